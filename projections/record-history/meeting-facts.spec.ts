import type { Reader } from '../../libs/access/index.ts';
import type { AsOf } from '../../libs/read-models/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import type { MeetingList } from './meeting-facts.ts';
import { historyOf, meetingFacts, wordsOf } from './queries.ts';

const REF = 'CGB-2023-06-21';
const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const LATE = { reason: 'The minutes came late.' };

/*
 * A board that meets on 21 June 2023, whose papers were issued on 14 June at half past four by the clocks of London: 15:30 UTC. Each update says in its words
 * where it belongs.
 */
describe('the lists of a meeting', () => {
  let ledger: LedgerBeingRead;
  let action: string;
  let mistaken: string;
  let hidden: string;
  let linked: string;
  let panel: string;
  let person: string;
  let madeUp: string;
  let lateByMistake: string;

  const officer = () => ledger.as('opcc-officer');
  const at = (instant: string) => ledger.clock.set(instant);
  const noon = (day: string) => at(`${day}T12:00:00.000Z`);
  const update = (text: string, effectiveOn: string, more: object = {}, ref = action) =>
    ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref, text, effectiveOn, ...LATE, ...more });
  const eventSaying = async (text: string, ref = action): Promise<string> => {
    const view = await ledger.view();
    for (const { node } of (await historyOf(view, ref, { first: 500 })).edges)
      if ((await wordsOf(view, node)) === text) return node.id;
    throw new Error(`nothing says ${text}`);
  };
  const raise = (title: string, more: object = {}) =>
    officer().does({ type: 'RaiseAction', body: 'CGB', title, owner: 'force-lead', ...more });
  const listed = async (list: MeetingList, asOf: AsOf = {}, reader: Reader = FULL, meeting = REF) => {
    const view = await ledger.view(asOf, reader);
    const page = await meetingFacts(view, meeting, { list, register: 'actions' }, { first: 500 });
    if (page === null) return null;
    expect(page.totalCount).toBe(page.edges.length);
    return Promise.all(page.edges.map(async ({ node }) => (await wordsOf(view, node.event)) ?? node.event.type));
  };

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    await officer().does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' });
    action = await raise('An action');
    mistaken = await raise('Recorded by mistake');
    for (const ref of [action, mistaken]) await ledger.as('commissioner').does({ type: 'AgreeAction', ref });
    await update('of what was recorded by mistake', '2023-06-01', {}, mistaken);
    noon('2023-06-13');
    await update('told', '2023-06-13');
    await update('told, of another day', '2023-06-10');
    await update('told, and corrected before', '2023-06-12');
    await update('told, and taken back', '2023-06-12');
    const before = await eventSaying('told, and corrected before');
    await officer().does({
      type: 'Correct',
      ref: action,
      event: before,
      path: 'effectiveOn',
      is: '2023-06-11',
      ...LATE,
    });
    hidden = await raise('Hidden');
    linked = await raise('Linked to what is hidden');
    await officer().does({ type: 'LinkRecord', ref: linked, to: hidden, as: 'FOLLOWS_FROM' });
    await officer().does({ type: 'AddBody', as: 'FEN', name: 'Made up', illustrative: true });
    await officer().does({ type: 'AddPost', as: 'fen-lead', name: 'A post', capacity: 'force-lead', body: 'FEN' });
    await officer().does({ type: 'AddBody', as: 'FENPANEL', name: 'Made up', illustrative: true });
    await officer().does({ type: 'BeginReading', ref: 'FENPANEL', reads: 'FEN' });
    panel = await officer().does({ type: 'ScheduleMeeting', body: 'FENPANEL', on: '2023-06-21' });
    person = await officer().does({ type: 'AddPerson', name: 'Nobody' });
    await officer().does({ type: 'AppointHolder', ref: 'fen-lead', person });
    madeUp = await officer().does({ type: 'RaiseAction', body: 'FEN', title: 'Made up' });
    at('2023-06-14T15:30:00.000Z');
    await update('told at the last instant', '2023-06-14');
    at('2023-06-14T15:30:00.001Z');
    await update('not told by an instant', '2023-06-14');
    await raise('Not told by an instant either');
    await officer().does({ type: 'IssuePapers', ref: REF, at: '16:30' });
    noon('2023-06-15');
    await update('not told', '2023-06-10');
    await update('not told, and taken back', '2023-06-10');
    await raise('Hidden, and late', { effectiveOn: '2023-06-10', marking: SENSITIVE, ...LATE });
    lateByMistake = await raise('Late, and by mistake', { effectiveOn: '2023-06-10', ...LATE });
    noon('2023-06-16');
    await update('since the papers', '2023-06-16');
    noon('2023-06-21');
    await officer().does({ type: 'HoldMeeting', ref: REF });
    const raised = await raise('Raised there', { body: undefined, meeting: REF });
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: raised });
    await officer().does({
      type: 'DeferAction',
      ref: action,
      until: '2023-09-01',
      authority: { meeting: REF },
      ...LATE,
    });
    noon('2023-06-25');
    await update('on the day of the meeting', '2023-06-21');
    await update('after the meeting', '2023-06-22');
    await update('moved into it', '2023-06-23');
    await update('moved out of it', '2023-06-10');
    const correct = (event: string, is: string) =>
      officer().does({ type: 'Correct', ref: action, event, path: 'effectiveOn', is, ...LATE });
    await correct(await eventSaying('told, of another day'), '2023-06-24');
    await correct(await eventSaying('moved into it'), '2023-06-12');
    await correct(await eventSaying('moved out of it'), '2023-06-22');
    const monitoring = ledger.as('monitoring-officer');
    const view = await ledger.view();
    const { edges } = await historyOf(view, action, { first: 500 });
    const correction = edges.find(({ node }) => node.type === 'Corrected' && node.facts['target'] === before)!.node.id;
    for (const event of [
      await eventSaying('told, and taken back'),
      await eventSaying('not told, and taken back'),
      correction,
    ])
      await monitoring.does({ type: 'Void', ref: action, event, reason: 'It was not so.' });
    for (const ref of [mistaken, lateByMistake]) {
      const opening = (await historyOf(view, ref, {})).edges[0]!.node.id;
      await monitoring.does({ type: 'Void', ref, event: opening, reason: 'By mistake.' });
    }
    await monitoring.does({ type: 'Mark', ref: action, event: await eventSaying('not told'), to: SENSITIVE });
    await monitoring.does({ type: 'Mark', ref: hidden, to: SENSITIVE });
    await monitoring.does({ type: 'Publish', ref: action });
  });
  afterAll(() => ledger.remove());

  it('hold, as told, what was recorded by the cut-off and ever held to be effective by then, whatever became of it since', async () => {
    expect(await listed('TOLD')).toEqual([
      'An action',
      'Recorded by mistake',
      'ActionAgreed',
      'ActionAgreed',
      'of what was recorded by mistake',
      'told',
      'told, of another day',
      'told, and corrected before',
      'told, and taken back',
      'Hidden',
      'Linked to what is hidden',
      'Linked',
      'told at the last instant',
    ]);
  });

  it('hold, as not told, what was recorded since, stands, and is effective by the day of the cut-off', async () => {
    expect(await listed('NOT_TOLD')).toEqual([
      'not told by an instant',
      'Not told by an instant either',
      'not told',
      'Hidden, and late',
      'moved into it',
    ]);
  });

  it('hold, as since the papers, what is effective after that day and by the meeting’s', async () => {
    expect(await listed('SINCE_THE_PAPERS')).toEqual(['since the papers', 'on the day of the meeting']);
  });

  it('hold, as entered near the cut-off, what was told and recorded within a day before it, and all that was recorded since', async () => {
    expect(await listed('WITHIN_A_DAY_BEFORE')).toEqual(['told at the last instant']);
    expect(await listed('AFTER_THE_CUT_OFF')).toEqual([
      'not told by an instant',
      'Not told by an instant either',
      'not told',
      'Hidden, and late',
      'since the papers',
      'on the day of the meeting',
      'moved into it',
    ]);
    expect(await listed('AFTER_THE_CUT_OFF', {}, OFFICIAL)).not.toContain('not told');
  });

  it('hold beside what was told and amended since, with what amended it', async () => {
    const view = await ledger.view();
    const page = (await meetingFacts(view, REF, { list: 'RESTATED_SINCE' }, {}))!;
    const rows = await Promise.all(
      page.edges.map(async ({ node: { record, event, amendedSince } }) => [
        record,
        await wordsOf(view, event),
        ...amendedSince.map(({ type }) => type),
      ]),
    );
    expect(rows).toEqual([
      [mistaken, 'Recorded by mistake', 'Voided'],
      [action, 'told, of another day', 'Corrected'],
      [action, 'told, and corrected before', 'Voided'],
      [action, 'told, and taken back', 'Voided'],
    ]);
  });

  it('say of each how long it took to be recorded', async () => {
    const { edges } = (await meetingFacts(await ledger.view(), REF, { list: 'NOT_TOLD' }, {}))!;
    expect(edges.map(({ node: { event } }) => event.delayDays)).toEqual([0, 0, 5, 5, 13]);
  });

  it('are as known at the basis: nothing was not told by what was known before it was recorded', async () => {
    expect(await listed('NOT_TOLD', { recorded: '2023-06-22T12:00:00.000Z' })).toEqual([
      'not told by an instant',
      'Not told by an instant either',
      'not told',
      'not told, and taken back',
      'Hidden, and late',
      'Late, and by mistake',
    ]);
    expect(await listed('RESTATED_SINCE', { recorded: '2023-06-22T12:00:00.000Z' })).toEqual([]);
  });

  it('are none on a day before the meeting, and of a meeting that there is not', async () => {
    expect(await listed('TOLD', { effective: '2023-06-20' })).toBeNull();
    expect(await listed('TOLD', {}, FULL, 'CGB-2024-01-01')).toBeNull();
  });

  it('have nothing that their reader may not see, and count it nowhere', async () => {
    expect(await listed('NOT_TOLD', {}, OFFICIAL)).toEqual([
      'not told by an instant',
      'Not told by an instant either',
      'moved into it',
    ]);
    const told = await listed('TOLD', {}, OFFICIAL);
    expect(told).toContain('Linked to what is hidden');
    expect(told).not.toContain('Linked');
    expect(told).not.toContain('Hidden');
  });

  it('have nothing that belongs to an illustrative body, nor a person who belongs to none but such', async () => {
    const view = await ledger.view();
    const { edges } = (await meetingFacts(view, REF, { list: 'TOLD', register: 'directory' }, { first: 500 }))!;
    expect(edges.map(({ node }) => node.record)).toEqual(['CGB']);
  });

  it('of an illustrative panel hold what belongs to it and to the bodies that it reads', async () => {
    const view = await ledger.view();
    const { edges } = (await meetingFacts(view, panel, { list: 'TOLD' }, { first: 500 }))!;
    const records = edges.map(({ node }) => node.record);
    for (const one of ['FEN', 'fen-lead', person, madeUp, 'FENPANEL', 'CGB']) expect(records).toContain(one);
  });

  it('are read page by page, each fact once', async () => {
    const view = await ledger.view();
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 20; pages += 1) {
      const page = (await meetingFacts(
        view,
        REF,
        { list: 'TOLD' },
        { first: 2, ...(after === undefined ? {} : { after }) },
      ))!;
      seen.push(...page.edges.map(({ node }) => node.event.id));
      if (!page.hasNextPage) break;
      after = page.endCursor!;
    }
    const whole = (await meetingFacts(view, REF, { list: 'TOLD' }, {}))!;
    expect(seen).toEqual(whole.edges.map(({ node }) => node.event.id));
    // The body was told as well: every register counts.
    expect(whole.edges.map(({ node }) => node.register)).toContain('directory');
    await expect(meetingFacts(view, REF, { list: 'TOLD' }, { after: 'bm8' })).rejects.toMatchObject({ field: 'after' });
    await expect(meetingFacts(view, REF, { list: 'TOLD' }, { first: 0 })).rejects.toMatchObject({ field: 'first' });
  });
});
