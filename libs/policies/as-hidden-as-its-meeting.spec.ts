import { readerFor } from '../access/index.ts';
import { parseStored } from '../event-store/index.ts';
import { OFFICIAL_OPEN, type Control, type JsonObject, type Marking, type PlacedEvent } from '../ledger/index.ts';
import { pastEvent } from '../spec-kit/index.ts';
import { findAction, findMeeting, historyOf } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { asHiddenAsItsMeeting, PolicyRunner } from './index.ts';

const SENSITIVE: Marking = { ...OFFICIAL_OPEN, sensitive: true };
const CLOSED: Marking = { ...OFFICIAL_OPEN, session: 'CLOSED' };

type Told = readonly [sequence: number, type: string, facts?: JsonObject, marking?: Marking];
const record = (register: string, told: readonly Told[]): PlacedEvent[] =>
  told.map(([sequence, type, facts = {}, marking = OFFICIAL_OPEN], index) => ({
    ...pastEvent(register, { type, facts, marking, id: `${register}-${sequence}` }, index + 1),
    sequence,
  }));
const to = (marking: Marking): JsonObject => ({ to: { ...marking } });

describe('what an action owes to the meeting at which it was raised', () => {
  const SCHEDULED: Told = [1, 'MeetingScheduled', { session: 'OPEN' }];
  const RAISED: Told = [5, 'ActionRaised', { meeting: 'CGB-2023-06-21' }];
  const owed = (meeting: readonly Told[], action: readonly Told[] = [RAISED]) =>
    asHiddenAsItsMeeting
      .owed(record('meetings', meeting), record('actions', action))
      .map(({ cause, to: { sensitive, session } }) => [cause, sensitive, session]);

  it('is nothing while the meeting is open', () => {
    expect(owed([SCHEDULED, [6, 'MeetingHeld'], [7, 'Published']])).toEqual([]);
  });

  it('is each marking that hides the meeting more than before', () => {
    expect(owed([SCHEDULED, [6, 'Marked', to(SENSITIVE)]])).toEqual([['meetings-6', true, 'OPEN']]);
    expect(owed([SCHEDULED, [6, 'Marked', to(SENSITIVE)], [7, 'Marked', to(CLOSED)]])).toEqual([
      ['meetings-6', true, 'OPEN'],
      ['meetings-7', false, 'CLOSED'],
    ]);
    expect(owed([SCHEDULED, [6, 'Marked', to(SENSITIVE)], [7, 'Marked', to(OFFICIAL_OPEN)]])).toEqual([
      ['meetings-6', true, 'OPEN'],
    ]);
  });

  it('is nothing for what was marked of the meeting without the meeting', () => {
    expect(owed([SCHEDULED, [2, 'MeetingHeld'], [6, 'Marked', { target: 'meetings-2', ...to(SENSITIVE) }]])).toEqual(
      [],
    );
  });

  it('is what hides it again, when a marking that opened it is made void', () => {
    const opened: Told[] = [
      [1, 'MeetingScheduled', { session: 'OPEN' }, SENSITIVE],
      [2, 'Marked', to(OFFICIAL_OPEN)],
    ];
    expect(owed([...opened, [6, 'Voided', { target: 'meetings-2' }]])).toEqual([['meetings-6', true, 'OPEN']]);
  });

  it('is the marking and the session of the meeting as it was raised, where it was raised more openly', () => {
    expect(owed([[1, 'MeetingScheduled', { session: 'OPEN' }, SENSITIVE]])).toEqual([['actions-5', true, 'OPEN']]);
    expect(owed([[1, 'MeetingScheduled', { session: 'CLOSED' }]])).toEqual([['actions-5', false, 'CLOSED']]);
    expect(owed([SCHEDULED, [2, 'Marked', to(CLOSED)], [6, 'Marked', to(OFFICIAL_OPEN)]])).toEqual([
      ['actions-5', false, 'CLOSED'],
    ]);
    expect(owed([SCHEDULED, [2, 'Marked', to(CLOSED)], [3, 'Marked', to(OFFICIAL_OPEN)]])).toEqual([]);
  });

  it('is nothing once it was marked so, even where it was opened since', () => {
    const hidden: Told[] = [SCHEDULED, [6, 'Marked', to(SENSITIVE)]];
    expect(owed(hidden, [RAISED, [7, 'Marked', to(SENSITIVE)]])).toEqual([]);
    expect(owed(hidden, [RAISED, [7, 'Marked', to(SENSITIVE)], [8, 'Marked', to(OFFICIAL_OPEN)]])).toEqual([]);
    expect(owed(hidden, [[5, 'ActionRaised', {}, SENSITIVE]])).toEqual([]);
    // What it was marked and opened before is no answer.
    expect(
      owed(
        [SCHEDULED, [9, 'Marked', to(SENSITIVE)]],
        [RAISED, [7, 'Marked', to(SENSITIVE)], [8, 'Marked', to(OFFICIAL_OPEN)]],
      ),
    ).toEqual([['meetings-9', true, 'OPEN']]);
  });
});

describe('marking a meeting', () => {
  let ledger: LedgerBeingRead;
  let meeting: string;
  let refs: string[];
  const lead = readerFor('force-lead', 'force-lead');
  const troubles: object[] = [];

  beforeEach(async () => {
    troubles.length = 0;
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-20' });
    refs = [];
    for (const owner of ['commissioner', 'force-lead'])
      refs.push(await officer.does({ type: 'RaiseAction', meeting, title: `Of ${owner}`, owner }));
  });
  afterEach(() => ledger.remove());

  const runner = () =>
    new PolicyRunner({
      ledgerId: ledger.ledger.ledgerId,
      outstanding: () => ledger.models.outstanding(),
      submit: (submission) => ledger.ledger.dispatch.submit(submission),
      waitFor: (position) => ledger.models.waitFor(position),
      onTrouble: (about) => troubles.push(about),
    });
  const mark = (marking: Marking, more: object = {}) =>
    ledger
      .as('monitoring-officer')
      .does({ type: 'Mark', ref: meeting, to: marking, reason: 'Covert.', ...more }, 'meetings');
  const seen = async (reader = OFFICIAL) => {
    const view = await ledger.view({}, reader);
    const found = await Promise.all(refs.map((ref) => findAction(view, ref)));
    return [(await findMeeting(view, meeting)) !== null, ...found.map((one) => one !== null)];
  };
  const markedEvents = async () => {
    const { events } = await ledger.ledger.store.readAll(undefined, 500);
    return events
      .map((event) => parseStored(event))
      .filter(({ header }) => header.register === 'actions' && header.type === 'Marked');
  };

  it('withholds what arose from it until it is marked too, and leaves it marked', async () => {
    expect(await seen()).toEqual([true, true, true]);
    await mark(SENSITIVE);
    expect(await seen()).toEqual([false, false, false]);
    expect(await seen(FULL)).toEqual([true, true, true]);
    expect(await seen(lead)).toEqual([false, false, true]);
    expect(await markedEvents()).toEqual([]);
    await runner().run();
    expect(await markedEvents()).toHaveLength(2);
    expect(await ledger.models.outstanding()).toEqual([]);
    expect(await seen()).toEqual([false, false, false]);
    expect(await seen(lead)).toEqual([false, false, true]);
    expect(troubles).toEqual([]);
  });

  it('opens nothing else when it is opened again, and marks nothing twice', async () => {
    await mark(SENSITIVE);
    await Promise.all([runner().run(), runner().run()]);
    await mark(OFFICIAL_OPEN);
    await runner().run();
    expect(await seen()).toEqual([true, false, false]);
    expect(await markedEvents()).toHaveLength(2);
    await ledger.as('monitoring-officer').does({ type: 'Mark', ref: refs[0]!, to: OFFICIAL_OPEN }, 'actions');
    await runner().run();
    expect(await seen()).toEqual([true, true, false]);
    expect(await markedEvents()).toHaveLength(3);
  });

  it('is finished by the next start when it was cut off, after a rebuild too', async () => {
    await mark(CLOSED);
    const [first] = await ledger.models.outstanding();
    await ledger.caughtUp();
    expect(first).toBeDefined();
    const cutOff = runner();
    cutOff.close();
    await cutOff.run();
    expect(await markedEvents()).toEqual([]);
    await ledger.restart();
    expect(await seen()).toEqual([false, false, false]);
    await ledger.models.rebuild();
    expect(await seen()).toEqual([false, false, false]);
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
    await runner().run();
    expect(await markedEvents()).toHaveLength(2);
    await ledger.caughtUp();
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  });

  it('repeats none of its words in its consequences: an owner who may not see the meeting sees those', async () => {
    await mark(SENSITIVE);
    await ledger.caughtUp();
    await runner().run();
    const view = await ledger.view({}, lead);
    const { edges } = await historyOf(view, refs[1]!, {});
    const told = await Promise.all(edges.map(async ({ node }) => [node.type, await view.text(node.reason)]));
    expect(told).toEqual([
      ['ActionRaised', null],
      ['Marked', null],
    ]);
  });

  it('gives its consequences by whom, on what authority and when it was done itself, and names itself as their cause', async () => {
    await ledger.as('opcc-officer').does(
      {
        type: 'Mark',
        ref: meeting,
        to: SENSITIVE,
        reason: 'Covert.',
        by: 'monitoring-officer',
        authority: { delegation: 'SoD-4' },
        effectiveOn: '2023-09-01',
      },
      'meetings',
    );
    await ledger.caughtUp();
    const { cause } = (await ledger.models.outstanding())[0]!;
    await runner().run();
    for (const { header, parts } of await markedEvents()) {
      const part = (name: string) => parts.find((one) => one.name === name)?.value as JsonObject;
      expect(header).toMatchObject({ effectiveOn: '2023-09-01', marking: { ...SENSITIVE } });
      expect(part('facts')).toEqual(to(SENSITIVE));
      expect(part('actor')).toEqual({
        by: { post: 'monitoring-officer' },
        enteredBy: { post: 'opcc-officer', person: 'p-opcc-officer' },
        authority: { delegation: 'SoD-4' },
      });
      expect((part('ctl') as unknown as Control).causation).toBe(cause.id);
      expect(parts.some(({ name }) => name === 'text/reason')).toBe(false);
    }
  });

  it('marks what was recorded by mistake and what was closed', async () => {
    const view = await ledger.view();
    const raised = (await findAction(view, refs[0]!))!.state.raised.event;
    const monitoring = ledger.as('monitoring-officer');
    await monitoring.does({ type: 'Void', ref: refs[0]!, event: raised, reason: 'By mistake.' }, 'actions');
    await mark(SENSITIVE);
    await ledger.caughtUp();
    await runner().run();
    expect(await markedEvents()).toHaveLength(2);
    await monitoring.does({ type: 'Restore', ref: refs[0]!, event: raised, reason: 'None.' }, 'actions');
    expect(await seen()).toEqual([false, false, false]);
  });

  it('looks again for whoever asks while it ends, at whatever moment', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      let looks = 0;
      const idle = new PolicyRunner({
        ledgerId: ledger.ledger.ledgerId,
        outstanding: () => Promise.resolve((looks += 1)).then(() => []),
        submit: () => Promise.reject(new Error('nothing is outstanding')),
        waitFor: () => Promise.resolve(true),
        onTrouble: (about) => troubles.push(about),
      });
      const first = idle.run();
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const before = looks;
      await Promise.all([first, idle.run()]);
      expect([turns, looks > before]).toEqual([turns, true]);
    }
  });

  it('tries again when the store is away, and says so', async () => {
    await mark(SENSITIVE);
    await ledger.caughtUp();
    const away = new PolicyRunner({
      ledgerId: ledger.ledger.ledgerId,
      outstanding: () => ledger.models.outstanding(),
      submit: () => Promise.resolve({ outcome: 'unavailable', sentence: 'away' }),
      waitFor: () => Promise.resolve(true),
      onTrouble: (about) => troubles.push(about),
    });
    await away.run();
    away.close();
    expect(troubles).toEqual([
      { policy: 'as-hidden-as-its-meeting', outcome: 'unavailable' },
      { policy: 'as-hidden-as-its-meeting', outcome: 'unavailable' },
    ]);
    expect(await seen()).toEqual([false, false, false]);
  });
});
