import { createHash, randomBytes } from 'node:crypto';
import { addDays, instantOf, londonDayOf, type Ids } from '../../libs/ledger/index.ts';
import { machineIds } from '../../libs/running-ledger/index.ts';
import type { Client, Json, Variables } from './client.ts';
import { mutation, operation } from './contract.ts';
import { randomNumbers } from './random-numbers.ts';
import type { ServedLedger } from './served-ledger.ts';
import { newPlace, serveLedger, type StoreKind } from './served-ledger.ts';

const SEED = Number(process.env['SEED'] ?? 20_231_009);
const STEPS = Number(process.env['STEPS'] ?? 250);
const QUESTIONS = 400;
const POSTS = ['opcc-officer', 'commissioner', 'force-lead', 'monitoring-officer', 'panel-member'] as const;
/** Bytes that the ledger draws for the characters of a reference. Those are the same on both sides, so that lists have one order. */
const BYTES_OF_A_REFERENCE: readonly number[] = [2, 8];

/** One of the two ledgers. Ids, positions and cursors are its own; what it answers is told without them. */
interface Side {
  readonly served: ServedLedger;
  readonly clients: Readonly<Record<string, Client>>;
  /** Names for ids and positions, by the order in which they first came. */
  readonly names: Map<string, string>;
  readonly positions: string[];
}

const clock = { at: Date.now(), now: () => clock.at };

function idsOf(seed: number): Ids {
  let drawn = 0;
  return {
    uuid: () => machineIds.uuid(),
    bytes(length) {
      if (!BYTES_OF_A_REFERENCE.includes(length)) return randomBytes(length);
      return createHash('sha256')
        .update(`${seed}/${(drawn += 1)}`)
        .digest()
        .subarray(0, length);
    },
  };
}

async function openSide(store: StoreKind): Promise<Side> {
  const place = await newPlace(store);
  // The double keeps the time of the test; a real server keeps its own, which the test then follows.
  if (place.protocolServer !== null)
    Object.defineProperty(place.protocolServer, 'clockOffset', { get: () => clock.at - Date.now() });
  const isReal = store === 'esdb' && place.protocolServer === null;
  const served = await serveLedger({
    place,
    clock,
    ids: idsOf(SEED),
    holding: isReal || process.env['EVENTSTOREDB_URL'] ? 'nothing' : 'example',
  });
  const clients: Record<string, Client> = { public: served.public };
  for (const post of POSTS) clients[post] = await served.as(post);
  return { served, clients, names: new Map(), positions: [] };
}

const TOKENS = /"(cursor|endCursor|position)":"([^"]+)"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** An answer with ids and positions by their names, and cursors by what they are made of. */
function told({ names, positions }: Side, text: string): string {
  return text.replace(TOKENS, (whole, field: string | undefined, token: string | undefined) => {
    if (field === undefined) return named(names, whole, 'id');
    if (field !== 'position')
      return `"${field}":${told({ names, positions } as Side, Buffer.from(token!, 'base64url').toString('utf8'))}`;
    if (!names.has(token!)) positions.push(token!);
    return `"position":"${named(names, token!, 'place')}"`;
  });
}

function named(names: Map<string, string>, token: string, kind: string): string {
  let name = names.get(token);
  if (name === undefined) names.set(token, (name = `${kind} ${names.size}`));
  return name;
}

describe(`the same commands at the same times on both stores (seed ${SEED}, ${STEPS} commands)`, () => {
  const random = randomNumbers(SEED);
  const below = (count: number): number => Math.floor(random() * count);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const maybe = (fields: Variables): Variables => (random() < 0.5 ? fields : {});
  const sides: Side[] = [];
  const instants: string[] = [];
  const actions: string[] = ['CGB-2023-04-A1', 'CGB-2023-06-A2', 'CGB-2023-06-A4', 'CGB-2023-04-A99'];
  const meetings: string[] = ['CGB-2023-07-17', 'CGB-2023-10'];
  let accepted = 0;

  const today = (): string => londonDayOf(instantOf(clock.at));
  const day = (from: number, to: number): string => addDays(today(), from + below(to - from + 1));

  /** Moves both clocks on, together. Against a real server they follow its time. */
  function tick(): void {
    clock.at = Math.max(clock.at + 1 + below(50), process.env['EVENTSTOREDB_URL'] ? Date.now() : 0);
  }

  beforeAll(async () => {
    sides.push(await openSide('sqlite'), await openSide('esdb'));
    await both('opcc-officer', 'addBody', { ref: 'ZZB', name: 'A board' });
    await both('opcc-officer', 'addBody', { ref: 'CGB', name: 'Another board' });
    await both('opcc-officer', 'addPost', { ref: 'estates-lead', name: 'Estates lead', capacity: 'force-lead' });
  }, 120_000);
  afterAll(async () => {
    for (const { served } of sides) {
      await served.remove();
      served.place.remove();
    }
  });

  /** Sends one command to both. What is answered must be the same, told without ids and places. */
  async function both(post: string, field: string, input: Variables | ((side: Side) => Variables)): Promise<Json> {
    tick();
    const commandId = machineIds.uuid();
    const answers: string[] = [];
    for (const side of sides) {
      const said = typeof input === 'function' ? input(side) : input;
      const { text } = await side.clients[post]!.post(mutation(field), { input: { commandId, ...said } });
      answers.push(told(side, text));
    }
    expect([field, answers[1]]).toEqual([field, answers[0]]);
    const { data, errors } = JSON.parse(answers[0]!);
    if (errors === undefined || errors.length === 0) {
      accepted += 1;
      instants.push(instantOf(clock.at));
    }
    return data?.[field] ?? null;
  }

  /** An event of an action, each time in the words of the side that is asked. */
  async function anEventOf(ref: string): Promise<((side: Side) => string) | null> {
    const histories = new Map<Side, readonly string[]>();
    for (const side of sides) {
      await side.served.ready();
      const { ledger } = await side.clients['opcc-officer']!.asks('History', { ref });
      histories.set(side, ledger.action?.history.edges.map(({ node }: Json) => node.id) ?? []);
    }
    const count = histories.get(sides[0]!)!.length;
    if (count === 0) return null;
    const index = below(count);
    return (side) => histories.get(side)![index]!;
  }

  async function step(): Promise<void> {
    const ref = one(actions);
    const when = random() < 0.4 ? { effectiveOn: day(-40, 0) } : {};
    const common = {
      ...when,
      reason: 'As the minutes say.',
      ...maybe({ source: { document: 'Minutes', paragraph: '7(c)', publishedOn: day(-40, 0) } }),
    };
    const typed = (by: string) => ({ by, authority: { delegation: 'SoD-4' } });
    const due = one<Variables>([
      { on: day(-10, 60) },
      { meeting: one(meetings) },
      { phrase: 'next board' },
      { dated: { how: 'between', from: day(0, 5), to: day(6, 60) } },
    ]);
    const amend = async (post: string, field: string, more: Variables): Promise<void> => {
      const event = await anEventOf(ref);
      if (event !== null) await both(post, field, (side) => ({ ...common, ref, event: event(side), ...more }));
    };
    const raise = async () => {
      const hidden = random() < 0.2 ? { marking: 'OFFICIAL_SENSITIVE' } : {};
      const raised = await both('opcc-officer', 'raiseAction', {
        ...common,
        ...hidden,
        body: one(['CGB', 'ZZB']),
        title: `Raised at ${clock.at}`,
        ...maybe({ owner: one(['force-lead', 'estates-lead', 'commissioner']) }),
        ...maybe({ due }),
        ...maybe({ organisation: 'FORCE' }),
      });
      if (raised !== null) actions.push(raised.action.ref);
    };
    const kinds: readonly (() => Promise<unknown>)[] = [
      raise,
      raise,
      () => both('commissioner', 'agreeAction', { ...common, ref }),
      () => both('commissioner', 'agreeAction', { ...common, ref }),
      () =>
        both('opcc-officer', 'giveActionUpdate', {
          ...common,
          ref,
          text: `Begun at ${clock.at}`,
          ...typed(one(['force-lead', 'estates-lead'])),
        }),
      () => both('force-lead', 'reportActionComplete', { ...common, ref, text: 'Done.' }),
      () => both('force-lead', 'addActionEvidence', { ...common, ref, title: 'Photographs', sha256: 'a'.repeat(64) }),
      () => both('commissioner', 'signOffAction', { ...common, ref, authority: { decision: 'D-1' } }),
      () => both('commissioner', 'returnAction', { ...common, ref }),
      () => both('commissioner', 'reopenAction', { ...common, ref }),
      () => both('commissioner', 'withdrawAction', { ...common, ref }),
      () =>
        both('opcc-officer', 'reassignAction', {
          ...common,
          ref,
          owner: one(['force-lead', 'estates-lead', 'nobody']),
        }),
      () => both('opcc-officer', 'extendActionDueDate', { ...common, ref, due }),
      () => both('opcc-officer', 'deferAction', { ...common, ref, until: day(0, 50) }),
      () =>
        both('commissioner', 'convertAction', {
          ...common,
          ref,
          item: 'Of the forward plan',
          authority: { decision: 'D-2' },
        }),
      () => both('opcc-officer', 'mergeAction', { ...common, ref, into: one(actions) }),
      () =>
        both('opcc-officer', 'recordOtherwiseStated', {
          ...common,
          record: ref,
          path: one(['title', 'due.on', 'owner']),
          says: one(['In words', day(-5, 5)]),
          source: { document: 'Another paper' },
        }),
      () => both('monitoring-officer', 'publishAction', { ...common, ref }),
      () =>
        both('monitoring-officer', 'markAction', { ...common, ref, marking: one(['OFFICIAL', 'OFFICIAL_SENSITIVE']) }),
      () =>
        amend(
          'opcc-officer',
          'correctAction',
          one<Variables>([
            { path: 'title', is: 'Put right' },
            { path: 'effectiveOn', is: day(-40, 0) },
            { path: 'due.on', is: day(0, 40) },
            { path: 'owner', is: 'estates-lead' },
          ]),
        ),
      () => amend('monitoring-officer', 'voidActionEvent', {}),
      () => amend('monitoring-officer', 'restoreActionEvent', {}),
      async () => {
        const set = await both('opcc-officer', 'scheduleMeeting', {
          ...common,
          body: one(['CGB', 'ZZB']),
          on: day(-5, 40),
          ...maybe({ session: 'CLOSED' }),
        });
        if (set !== null) meetings.push(set.meeting.ref);
      },
      () => both('opcc-officer', 'postponeMeeting', { ...common, ref: one(meetings), to: day(0, 60) }),
      () => both('opcc-officer', 'cancelMeeting', { ...common, ref: one(meetings) }),
      () => both('opcc-officer', 'holdMeeting', { ...common, ref: one(meetings) }),
      () =>
        both('opcc-officer', 'minuteItem', { ...common, ref: one(meetings), text: 'It was agreed.', promise: true }),
    ];
    await one(kinds)();
  }

  it('are answered with the same bytes, whether they are taken or refused', async () => {
    for (let number = 0; number < STEPS; number += 1) await step();
    expect(accepted).toBeGreaterThan(STEPS / 4);
  }, 600_000);

  it('make ledgers that answer every question with the same bytes, of any date, as known at any time, on either clock', async () => {
    for (const side of sides) await side.served.ready();
    expect(sides[0]!.positions.length).toBe(sides[1]!.positions.length);
    expect(sides[0]!.positions.length).toBeGreaterThan(20);
    tick();
    const wrong: string[] = [];
    for (let number = 0; number < QUESTIONS; number += 1) {
      const reader = one(['public', ...POSTS]);
      const place = random() < 0.25 ? below(sides[0]!.positions.length) : null;
      const asOf = {
        ...maybe({ effective: random() < 0.3 ? one(['2023-04-19', '2023-06-30', '2023-10-09']) : day(-45, 0) }),
        ...maybe({ recorded: one(instants) }),
        ...maybe({ clock: one(['PROVEN', 'STATED']) }),
      };
      const pinned = (side: Side) => (place === null ? asOf : { ...asOf, position: side.positions[place] });
      const ref = one(actions);
      const [name, variables] = one<readonly [string, Variables]>([
        ['ActionOn', { ref }],
        ['History', { ref, first: 1 + below(20) }],
        [
          'Tracker',
          {
            first: 1 + below(60),
            filter: one<Variables>([
              {},
              { body: 'CGB' },
              { overdue: true },
              { text: 'raised' },
              { status: ['AGREED', 'DEFERRED'] },
            ]),
          },
        ],
        ['Counts', { by: one(['STATUS', 'PUBLISHED', 'OWNER', 'BODY', 'MEETING']) }],
        ['Meetings', {}],
        ['Contradictions', {}],
      ]);
      const answers = [];
      for (const side of sides)
        answers.push(
          told(side, (await side.clients[reader]!.post(operation(name), { ...variables, asOf: pinned(side) })).text),
        );
      if (answers[0] !== answers[1])
        wrong.push(`${reader} ${name} ${JSON.stringify([variables, asOf, place])}:\n${answers.join('\n')}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it('no longer, once one of them has been told something more (control)', async () => {
    const [one, other] = sides as [Side, Side];
    await one.clients['opcc-officer']!.does('raiseAction', { body: 'ZZB', title: 'On one side alone' });
    await one.served.ready();
    const ask = async (side: Side) =>
      told(side, (await side.clients['opcc-officer']!.post(operation('Counts'), { by: 'BODY' })).text);
    expect(await ask(one)).not.toBe(await ask(other));
  });
});
