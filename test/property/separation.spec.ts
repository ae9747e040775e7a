import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createDispatch, type Outcome, type RunningDispatch, type Submission } from '../../libs/dispatch/index.ts';
import { parseStored } from '../../libs/event-store/index.ts';
import { rehearse } from '../../libs/event-store-sqlite/index.ts';
import { memoryKeyStore } from '../../libs/keys/index.ts';
import { addDays, londonDayOf, recordEventOf, type RecordEvent, type Register } from '../../libs/ledger/index.ts';
import { postsOfTheDirectory } from '../../libs/policies/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { amend } from '../../libs/timeline/index.ts';
import { ledgerInAFolder, type LedgerInAFolder } from '../ledger-in-a-folder.ts';

/*
 * Separation of duties, in every arrangement of holders, days, shared posts, typists and order of entry that chance comes to, against
 * a naive reading of the rule in docs/writing.md which shares nothing with the ledger but the order in which facts fold.
 */

/** Histories by chance: `SEPARATION_RUNS=3000 npx vitest run test/property/separation` for many. */
const RUNS = Number(process.env['SEPARATION_RUNS'] ?? 60);
const DAY_0 = '2023-03-01';
const dayOf = (offset: number) => addDays(DAY_0, offset);
const OWNERS = ['owner-a', 'owner-b'] as const;
const SIGNERS = ['deputy', 'commissioner'] as const;
const why = { reason: 'As the minutes say.' };
const authority = { delegation: 'SoD-4' } as const;

interface Tenure {
  readonly post: (typeof OWNERS)[number] | 'deputy';
  /** Which of three persons. */
  readonly person: number;
  readonly from: number;
  readonly until: number | null;
  readonly shared: boolean;
}

type Step =
  | {
      readonly do: 'reassign' | 'correctOwner';
      readonly to: (typeof OWNERS)[number];
      readonly back: number;
      readonly first: boolean;
    }
  | { readonly do: 'voidReassignment' | 'restore' | 'return' | 'reopen'; readonly back: number }
  | {
      readonly do: 'report';
      readonly by: (typeof OWNERS)[number];
      readonly who: number;
      readonly typed: boolean;
      readonly back: number;
    }
  | {
      readonly do: 'signOff' | 'convert';
      readonly by: (typeof SIGNERS)[number];
      readonly who: number;
      /** Who types it for them; null: the signer. */
      readonly typist: 'opcc-officer' | 'monitoring-officer' | null;
      readonly back: number;
    };

interface History {
  readonly tenures: readonly Tenure[];
  /** Days that pass before each step. */
  readonly steps: readonly (readonly [wait: number, step: Step])[];
}

const back = fc.nat(8);
const who = fc.nat(4);
const history: fc.Arbitrary<History> = fc.record({
  tenures: fc.array(
    fc.record({
      post: fc.constantFrom(...OWNERS, 'deputy' as const),
      person: fc.nat(2),
      from: fc.integer({ min: -10, max: 12 }),
      until: fc.option(fc.nat(10)),
      shared: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  steps: fc.array(
    fc.tuple(
      fc.nat(3),
      fc.oneof(
        fc.record({
          do: fc.constantFrom('reassign' as const, 'correctOwner' as const),
          to: fc.constantFrom(...OWNERS),
          back,
          first: fc.boolean(),
        }),
        fc.record({
          do: fc.constantFrom('voidReassignment' as const, 'restore' as const, 'return' as const, 'reopen' as const),
          back,
        }),
        {
          weight: 2,
          arbitrary: fc.record({
            do: fc.constant('report' as const),
            by: fc.constantFrom(...OWNERS),
            who,
            typed: fc.boolean(),
            back,
          }),
        },
        {
          weight: 3,
          arbitrary: fc.record({
            do: fc.constantFrom('signOff' as const, 'convert' as const),
            by: fc.constantFrom(...SIGNERS),
            who,
            typist: fc.constantFrom('opcc-officer' as const, 'monitoring-officer' as const, null),
            back,
          }),
        },
      ),
    ),
    { minLength: 4, maxLength: 12 },
  ),
});

/** Persons who hold a post on a day, read from the tenures one by one. */
function holdersOn(
  tenures: readonly Tenure[],
  persons: readonly string[],
  post: string,
  day: string,
): readonly string[] {
  const own = tenures
    .filter((one) => one.post === post && dayOf(one.from) <= day)
    .map((one, order) => ({ ...one, order }))
    .sort((a, b) => a.from - b.from || a.order - b.order);
  const since = own.findLastIndex(({ shared }) => !shared);
  return own
    .slice(Math.max(since, 0))
    .filter(({ from, until }) => until === null || day <= dayOf(from + until))
    .map(({ person }) => persons[person]!);
}

interface End {
  readonly by: { readonly post: string; readonly person?: string };
  readonly typist: string;
  readonly effectiveOn: string;
  readonly entered: string;
}

/** The rule, read naively: may this end what happened before it, with these holders? */
function breaksTheRule(
  before: readonly RecordEvent[],
  end: End,
  holders: (post: string, day: string) => readonly string[],
): boolean {
  let owner: string | undefined;
  let report: RecordEvent | undefined;
  const given = new Map<string, string>();
  for (const event of before) {
    const { owner: named } = event.facts as { owner?: string };
    if ((event.type === 'ActionRaised' || event.type === 'ActionReassigned') && named !== undefined) {
      owner = named;
      if (!given.has(named) || given.get(named)! > event.effectiveOn) given.set(named, event.effectiveOn);
    }
    if (event.type === 'ActionReportedComplete') report = event;
    if (['ActionReturned', 'ActionReopened'].includes(event.type)) report = undefined;
  }
  const posts = [owner, report?.actor.by?.post].filter((post) => post !== undefined);
  const workers = new Set<string>();
  for (const post of posts)
    for (let day = given.get(post) ?? dayOf(0); day <= end.entered; day = addDays(day, 1))
      for (const person of holders(post, day)) workers.add(person);
  const signers = end.by.person === undefined ? holders(end.by.post, end.effectiveOn) : [end.by.person];
  const people = [...signers, end.typist];
  if (posts.includes(end.by.post)) return true;
  if (people.some((person) => workers.has(person) || person === report?.actor.by?.person)) return true;
  const isUnknown = signers.length === 0 || people.some((person) => !person.startsWith('person-'));
  return workers.size > 0 && isUnknown;
}

let house: LedgerInAFolder;
beforeAll(async () => {
  house = await ledgerInAFolder({ at: `${dayOf(-20)}T12:00:00.000Z` });
});
afterAll(() => house.remove());

/** What may be wrong with a ledger. */
interface Faults {
  readonly registers?: readonly Register[];
  readonly posts?: typeof postsOfTheDirectory;
}

interface Lived {
  /** Ends that stand in the log though the rule forbids them. */
  readonly broken: number;
  /** Ends that were refused though the rule allows them. */
  readonly overcautious: number;
  readonly ended: number;
  readonly refused: number;
}

async function live({ tenures, steps }: History, faults: Faults = {}): Promise<Lived> {
  let now = Date.parse(`${dayOf(-20)}T12:00:00.000Z`);
  const store = rehearse(house.ledger.store);
  const dispatch = createDispatch({
    ...house.ledger,
    clock: { now: () => now },
    keys: memoryKeyStore(),
    store,
    posts: faults.posts ?? postsOfTheDirectory,
    registers: faults.registers ?? REGISTERS,
  });
  try {
    return await lived(dispatch);
  } finally {
    await dispatch.idle();
    dispatch.close();
  }

  async function lived(sending: RunningDispatch): Promise<Lived> {
    const give = (
      register: string,
      command: object,
      envelope: object,
      caller: Submission['caller'],
    ): Promise<Outcome> =>
      sending.submit({
        register,
        command: command as never,
        envelope: { commandId: randomUUID(), ...why, ...envelope },
        caller,
      });
    const officer = { post: 'opcc-officer', person: 'person-offic', capacity: 'opcc-officer' } as const;
    const monitoring = { post: 'monitoring-officer', person: 'person-monit', capacity: 'monitoring-officer' } as const;
    /** Whoever may keep that part of the directory. */
    const keep = async (command: object, envelope: object = {}): Promise<string> => {
      for (const caller of [officer, monitoring]) {
        const outcome = await give('directory', command, envelope, caller);
        if (outcome.outcome === 'accepted') return outcome.ref;
        if (outcome.outcome !== 'forbidden') throw new Error(JSON.stringify([command, outcome]));
      }
      throw new Error(`nobody may ${JSON.stringify(command)}`);
    };
    await keep({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const persons: string[] = [];
    for (const name of ['A', 'B', 'C']) persons.push(await keep({ type: 'AddPerson', name }));
    for (const as of OWNERS) await keep({ type: 'AddPost', as, name: as, capacity: 'force-lead' });
    await keep({ type: 'AddPost', as: 'deputy', name: 'deputy', capacity: 'commissioner' });
    const told: Tenure[] = [];
    for (const tenure of tenures) {
      const { post: ref, person, from, until, shared } = tenure;
      const lasting = until === null ? {} : { until: dayOf(from + until) };
      const command = { type: 'AppointHolder', ref, person: persons[person], shared, ...lasting };
      const outcome = await give('directory', command, { effectiveOn: dayOf(from) }, monitoring);
      const again =
        outcome.outcome === 'forbidden'
          ? await give('directory', command, { effectiveOn: dayOf(from) }, officer)
          : outcome;
      if (again.outcome === 'accepted') told.push(tenure);
    }
    const holders = (post: string, day: string) => holdersOn(told, persons, post, day);
    const people = [...persons, 'person-other', 'p-stranger'];

    now = Date.parse(`${dayOf(0)}T12:00:00.000Z`);
    const raised = await give(
      'actions',
      { type: 'RaiseAction', body: 'CGB', title: 't', owner: 'owner-a' },
      {},
      officer,
    );
    if (raised.outcome !== 'accepted') throw new Error(JSON.stringify(raised));
    const { ref, stream } = raised;
    const chair = { post: 'commissioner', person: 'person-chair', capacity: 'commissioner' } as const;
    await give('actions', { type: 'AgreeAction', ref }, {}, chair);
    const events = async (): Promise<readonly RecordEvent[]> =>
      (await store.readStream(stream, 0, 500)).events.map((one) => recordEventOf(parseStored(one)));
    const inForce = async () =>
      amend(
        REGISTERS.find(({ name }) => name === 'actions')!,
        await events(),
      );

    let [overcautious, refused] = [0, 0];
    for (const [wait, step] of steps) {
      now += wait * 86_400_000;
      const today = londonDayOf(new Date(now).toISOString());
      const effectiveOn = [dayOf(0), addDays(today, -step.back)].sort().at(-1)!;
      const all = await events();
      const last = (type: string) => all.findLast((event) => event.type === type);
      switch (step.do) {
        case 'reassign':
          await give('actions', { type: 'ReassignAction', ref, owner: step.to }, { effectiveOn }, officer);
          break;
        case 'correctOwner': {
          const event = (step.first ? undefined : last('ActionReassigned')) ?? all[0]!;
          await give('actions', { type: 'Correct', ref, event: event.id, path: 'owner', is: step.to }, {}, officer);
          break;
        }
        case 'voidReassignment':
        case 'restore': {
          const type = step.do === 'restore' ? 'Restore' : 'Void';
          const target =
            step.do === 'restore' ? (last('Voided')?.facts['target'] as string) : last('ActionReassigned')?.id;
          if (target !== undefined) await give('actions', { type, ref, event: target }, {}, monitoring);
          break;
        }
        case 'return':
          await give('actions', { type: 'ReturnAction', ref }, { effectiveOn }, chair);
          break;
        case 'reopen':
          await give('actions', { type: 'ReopenAction', ref }, { effectiveOn }, chair);
          break;
        case 'report': {
          const caller = step.typed
            ? officer
            : { post: step.by, person: people[step.who]!, capacity: 'force-lead' as const };
          const typed = step.typed ? { by: step.by, authority } : {};
          await give('actions', { type: 'ReportActionComplete', ref, text: 't' }, { effectiveOn, ...typed }, caller);
          break;
        }
        case 'signOff':
        case 'convert': {
          const command =
            step.do === 'signOff'
              ? { type: 'SignOffAction', ref }
              : { type: 'ConvertAction', ref, into: 'FORWARD_PLAN_ITEM' };
          const capacity: Submission['caller']['capacity'] = step.typist ?? 'commissioner';
          const caller = { post: step.typist ?? step.by, person: people[step.who]!, capacity };
          const typed = step.typist === null ? {} : { by: step.by };
          const before = (await inForce()).filter((event) => event.effectiveOn <= effectiveOn);
          const outcome = await give('actions', command, { effectiveOn, authority, ...typed }, caller);
          const code = outcome.outcome === 'refused' ? outcome.refusal.code : '';
          if (code !== 'OWNER_MAY_NOT_SIGN_OFF' && code !== 'SIGNER_UNKNOWN') break;
          refused += 1;
          const [sole, ...more] = holders(step.by, effectiveOn);
          const person = step.typist === null ? caller.person : more.length > 0 ? undefined : sole;
          const by = { post: step.by, ...(person === undefined ? {} : { person }) };
          const end = { by, typist: caller.person, effectiveOn, entered: today };
          if (!breaksTheRule(before, end, holders)) overcautious += 1;
        }
      }
    }
    const standing = await inForce();
    const ends = standing.filter(({ type }) => type === 'ActionSignedOff' || type === 'ActionConverted');
    const broken = ends.filter((event) => {
      const { by, enteredBy } = event.actor;
      const end = {
        by: by!,
        typist: enteredBy.person ?? '',
        effectiveOn: event.effectiveOn,
        entered: londonDayOf(event.stamped),
      };
      return breaksTheRule(standing.slice(0, standing.indexOf(event)), end, holders);
    });
    return { broken: broken.length, overcautious, ended: ends.length, refused };
  }
}

describe('nobody ends their own work as done', () => {
  it('in any arrangement of holders, days, shared posts, typists and order of entry, and whoever may is not kept from it', async () => {
    let [ended, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        const lived = await live(one);
        ended += lived.ended;
        refused += lived.refused;
        expect([lived.broken, lived.overcautious]).toEqual([0, 0]);
      }),
      { seed: 20231009, numRuns: RUNS },
    );
    // Something was ended, and something was refused: else nothing was tried.
    expect(ended).toBeGreaterThan(RUNS / 6);
    expect(refused).toBeGreaterThan(RUNS / 6);
  }, 600_000);

  const actionsThat = (change: (register: Register) => Register): readonly Register[] =>
    REGISTERS.map((register) => (register.name === 'actions' ? change(register) : register));
  const FAULTS: readonly (readonly [fault: string, seed: number, faults: Faults])[] = [
    [
      'legality does not ask',
      4,
      {
        registers: actionsThat((register) => ({
          ...register,
          mayFollow(state, event) {
            const refusal = register.mayFollow(state, event);
            return ['OWNER_MAY_NOT_SIGN_OFF', 'SIGNER_UNKNOWN'].includes(refusal?.code ?? '') ? null : refusal;
          },
        })),
      },
    ],
    [
      'only those count who hold the post today',
      20231009,
      {
        posts: {
          ...postsOfTheDirectory,
          holdersBetween: (post, _from, to) => postsOfTheDirectory.holdersBetween(post, to, to),
        },
      },
    ],
    [
      'only those count who held the post when it was given the work',
      4,
      {
        posts: {
          ...postsOfTheDirectory,
          holdersBetween: (post, from) => postsOfTheDirectory.holdersBetween(post, from, from),
        },
      },
    ],
    [
      'the post that reported is not asked about',
      4,
      {
        registers: actionsThat((register) => ({
          ...register,
          separation: {
            ...register.separation!,
            workOf(state) {
              const { posts, reportedBy } = register.separation!.workOf(state);
              return { posts: posts.filter(({ post }) => register.ownersOf(state).includes(post)), reportedBy };
            },
          },
          mayFollow(state, event) {
            const { reportedComplete: _report, ...other } = state as { reportedComplete?: unknown };
            const isEnd = ['ActionSignedOff', 'ActionConverted'].includes(event.type);
            return register.mayFollow(state, event) === null || !isEnd
              ? register.mayFollow(state, event)
              : register.mayFollow(other, event);
          },
        })),
      },
    ],
  ];

  it.each(FAULTS)(
    'this test turns red when %s',
    async (_, seed, faults) => {
      const checked = await fc.check(
        fc.asyncProperty(history, async (one) => (await live(one, faults)).broken === 0),
        { seed, numRuns: 300, endOnFailure: true },
      );
      expect(checked.failed).toBe(true);
    },
    600_000,
  );
});
