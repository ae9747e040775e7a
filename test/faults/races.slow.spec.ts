import { createDispatch, type Outcome, type RunningDispatch, type Submission } from '../../libs/dispatch/index.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { parseStored } from '../../libs/event-store/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import type { Control } from '../../libs/ledger/index.ts';
import { postsOfTheDirectory } from '../../libs/policies/index.ts';
import { openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { dayFromToday } from '../e2e/office.ts';
import { newPlace, type Place, type StoreKind } from '../e2e/served-ledger.ts';
import { randomNumbers } from '../e2e/random-numbers.ts';
import { actingAs, type Said } from '../ledger-in-a-folder.ts';

/** Rounds of a run: `RACES=200` for the full count. */
const ROUNDS = Number(process.env['RACES'] ?? 3);
const SEED = Number(process.env['SEED'] ?? 20231009);
interface Sent {
  readonly submission: Submission;
  readonly outcome: Outcome;
}

/** A dispatch that notes what was sent through it and what became of it. */
function noting(dispatch: RunningDispatch, sent: Sent[]): RunningDispatch {
  return {
    ...dispatch,
    async submit(submission) {
      const outcome = await dispatch.submit(submission);
      sent.push({ submission, outcome });
      return outcome;
    },
  };
}

type Racer = readonly [post: string, person: string | undefined, said: Said];

/** Commands that change what others of a race decide on. */
const CHANGES: readonly string[] = ['CancelMeeting', 'AppointHolder', 'Void', 'AddPost', 'SetPersonSubject'];
/** Who monitors, as the directory would know them. */
const MONITORING = 'person-mmmmm';

/** Under what the identity provider knows the chair of a round. */
const subjectOf = (round: number) => `chair-${round}@opcc`;

/** Sixteen who act at once on what the others decide on. `knownAs`: under which pseudonym a subject sends commands. */
async function race(
  dispatch: () => RunningDispatch,
  round: number,
  chance: () => number,
  knownAs: (subject: string) => string,
): Promise<void> {
  const officer = actingAs(dispatch, 'opcc-officer');
  const as = (post: string, person?: string) =>
    actingAs(dispatch, post, person, post === 'lead' ? 'force-lead' : undefined);
  const other = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: dayFromToday(0) });
  const name = (what: string) => `${what}-${round}`;
  const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: dayFromToday(0) });
  const [held, lead, ended] = [name('held'), name('lead'), name('ended')];
  for (const post of [held, lead, ended])
    await officer.does({ type: 'AddPost', as: post, name: post, capacity: 'force-lead' });
  const [first, second] = [
    await officer.does({ type: 'AddPerson', name: 'A' }),
    await officer.does({ type: 'AddPerson', name: 'B' }),
  ];
  await officer.does({ type: 'AppointHolder', ref: lead, person: first });
  const raise = (more: object): Said => ({ type: 'RaiseAction', body: 'CGB', title: 'Review', ...more });
  const reported = await officer.does(raise({ owner: lead }));
  await as('commissioner').does({ type: 'AgreeAction', ref: reported });
  await actingAs(dispatch, lead, first, 'force-lead').does({ type: 'ReportActionComplete', ref: reported });
  const proposed = await officer.does(raise({ owner: held }));
  // Somebody whom the directory knows no more, or does not know yet, signs nothing that has an owner.
  const [chair, awaiting] = [
    await officer.does({ type: 'AddPerson', name: 'C' }),
    await officer.does(raise({ owner: lead })),
  ];
  await as('commissioner').does({ type: 'AgreeAction', ref: awaiting });
  await actingAs(dispatch, lead, first, 'force-lead').does({ type: 'ReportActionComplete', ref: awaiting });
  const subject = subjectOf(round);
  const isTaken = round % 2 === 0;
  if (isTaken) await as('monitoring-officer', MONITORING).does({ type: 'SetPersonSubject', ref: chair, subject });
  const added = await eventsOf(officer, { type: 'AddPost', as: name('gone'), name: 'x' });

  const racers: Racer[] = [
    ['opcc-officer', undefined, { type: 'CancelMeeting', ref: other, reason: 'No quorum.' }],
    ['opcc-officer', undefined, { type: 'HoldMeeting', ref: meeting }],
    ...[meeting, other, other].map((at): Racer => ['opcc-officer', undefined, raise({ meeting: at })]),
    ['commissioner', undefined, { type: 'AgreeAction', ref: proposed, authority: { meeting } }],
    ['opcc-officer', undefined, { type: 'AppointHolder', ref: lead, person: second }],
    ['commissioner', second, { type: 'SignOffAction', ref: reported, authority: { decision: 'D-1' } }],
    ['commissioner', second, { type: 'SignOffAction', ref: reported, authority: { meeting } }],
    ['commissioner', knownAs(subject), { type: 'SignOffAction', ref: awaiting, authority: { decision: 'D-2' } }],
    ['monitoring-officer', MONITORING, { type: 'SetPersonSubject', ref: chair, ...(isTaken ? {} : { subject }) }],
    ['opcc-officer', undefined, { type: 'ReassignAction', ref: proposed, owner: name('gone') }],
    ['monitoring-officer', MONITORING, { type: 'Void', ref: name('gone'), event: added[0], reason: 'No such post.' }],
    ['opcc-officer', undefined, raise({ owner: name('gone') })],
    ['opcc-officer', undefined, { type: 'AddPost', as: name('new'), name: 'new', capacity: 'force-lead' }],
    ['opcc-officer', undefined, raise({ owner: name('new') })],
  ];
  expect(racers).toHaveLength(16);
  const order = racers.map((racer) => [chance(), racer] as const).sort(([a], [b]) => a - b);
  let answered = 0;
  await Promise.all(
    order.map(async ([wait, [post, person, said]]) => {
      // In every third round whoever changes something comes late, so that those who decide on it win as well.
      const isLate = round % 3 === 2 && CHANGES.includes(said.type);
      do await pause(wait * 6);
      while (isLate && answered < 10);
      const register = said.type === 'Void' ? 'directory' : undefined;
      await as(post, person).submit(said, register);
      answered += 1;
    }),
  );
}

async function eventsOf(by: ReturnType<typeof actingAs>, said: Said): Promise<readonly string[]> {
  const outcome = await by.submit(said);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.events;
}

interface Written {
  readonly commandId: string;
  readonly type: string;
  readonly stamped: string;
  readonly facts: unknown;
  readonly actor: unknown;
}

/** What the log holds of commands, in its order. */
async function logOf(ledger: RunningLedger): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (let after: string | undefined; ;) {
    const { events, atEnd } = await ledger.store.readAll(after, 500);
    for (const event of events) {
      const { header, parts } = parseStored(event);
      const part = (name: string) => parts.find((one) => one.name === name)?.value;
      const { command } = part('ctl') as unknown as Control;
      if (!['ledger', 'references'].includes(header.register))
        written.push({
          commandId: command.id,
          type: header.type,
          stamped: header.stamped,
          facts: part('facts'),
          actor: part('actor'),
        });
    }
    if (atEnd) return written;
    after = events.at(-1)!.position;
  }
}

/**
 * What the log holds that those before it forbid: every accepted command sent again, one after the other in the order of the log, to
 * an empty ledger. It must be accepted and write the same, with the same holders, or it was decided on what stood no longer.
 */
async function forbiddenIn(ledger: RunningLedger, sent: readonly Sent[]): Promise<readonly string[]> {
  const submissions = new Map(
    sent.map(({ submission, outcome }) => [submission.envelope.commandId, { submission, outcome }]),
  );
  const place = await newPlace('sqlite');
  let now = 0;
  const replayed = await openRunningLedger(place.settings, 'replay', { clock: { now: () => now } });
  const forbidden: string[] = [];
  /** What the replay calls a record, a person and an event. */
  const names = new Map<string, string>();
  const subjects = new Set(
    sent.flatMap(({ submission: { command } }) => ('subject' in command ? [String(command.subject)] : [])),
  );
  for (const subject of subjects) names.set(pseudonymOf(ledger.keys, subject), pseudonymOf(replayed.keys, subject));
  const renamed = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (_, member: unknown) =>
      typeof member === 'string' ? (names.get(member) ?? member) : member,
    ) as T;
  try {
    const log = await logOf(ledger);
    for (const [index, { commandId, stamped }] of log.entries()) {
      if (index > 0 && log[index - 1]!.commandId === commandId) continue;
      const { submission, outcome } = submissions.get(commandId)!;
      if (outcome.outcome !== 'accepted')
        throw new Error(`${submission.command.type} stands in the log and was answered ${outcome.outcome}`);
      now = Math.max(now, Date.parse(stamped));
      const again = await replayed.dispatch.submit(renamed(submission));
      if (again.outcome !== 'accepted') {
        forbidden.push(`${submission.command.type} ${submission.command.ref ?? ''}: ${JSON.stringify(again)}`);
        continue;
      }
      names.set(outcome.ref, again.ref);
      outcome.events.forEach((event, at) => names.set(event, again.events[at]!));
    }
    if (forbidden.length > 0) return forbidden;
    const alike = (written: Written) => JSON.stringify(renamed({ ...written, stamped: '' }));
    const anew = await logOf(replayed);
    log.forEach((written, index) => {
      const other = anew[index]!;
      if (alike(written) !== alike(other)) forbidden.push(`${alike(written)} would be ${alike(other)}`);
    });
    return forbidden;
  } finally {
    await replayed.close();
    place.remove();
  }
}

/** Runs the rounds on a store, and gives what was sent and what the log holds that it should not. */
async function runRaces(store: StoreKind, rounds: number, seed: number, defencesOff: readonly 'sharing'[] = []) {
  const place: Place = await newPlace(store);
  const ledger = await openRunningLedger(place.settings, 'races');
  try {
    const sent: Sent[] = [];
    const dispatch = noting(createDispatch({ ...ledger, posts: postsOfTheDirectory, defencesOff }), sent);
    await actingAs(() => dispatch, 'opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const chance = randomNumbers(seed);
    for (let round = 0; round < rounds; round += 1)
      await race(
        () => dispatch,
        round,
        chance,
        (subject) => pseudonymOf(ledger.keys, subject),
      );
    return { sent, forbidden: await forbiddenIn(ledger, sent) };
  } finally {
    await ledger.close();
    place.remove();
  }
}

const outcomesOf = (sent: readonly Sent[], type: string) =>
  sent.filter(({ submission }) => submission.command.type === type).map(({ outcome }) => outcome.outcome);

describe.each<StoreKind>(['sqlite', 'esdb'])('sixteen who act at once on what the others decide on (%s)', (store) => {
  it('write nothing that what stands before it in the log forbids', async () => {
    const { sent, forbidden } = await runRaces(store, ROUNDS, SEED);
    expect(forbidden).toEqual([]);
    // Each kind of command won at times, and none was left without an answer.
    for (const type of [
      'CancelMeeting',
      'HoldMeeting',
      'SignOffAction',
      'AppointHolder',
      'SetPersonSubject',
      'Void',
      'ReassignAction',
      'RaiseAction',
      'AgreeAction',
    ])
      expect([type, outcomesOf(sent, type)]).toEqual([type, expect.arrayContaining(['accepted'])]);
    const answers = new Set(sent.map(({ outcome }) => outcome.outcome));
    expect([...answers].filter((one) => !['accepted', 'refused', 'not-found'].includes(one))).toEqual([]);
    expect(answers).toContain('refused');
  }, 600_000);

  it('are seen to do so when nobody shares what a decision reads', async () => {
    const { forbidden } = await runRaces(store, Math.max(6, ROUNDS / 10), SEED, ['sharing']);
    expect(forbidden).not.toEqual([]);
  }, 600_000);
});
