import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countMeetings, findMeeting, gapsOf, listMeetings } from './queries.ts';

/** Meetings of the Corporate Governance Board in 2023 (S1:L1302, L2196, L2545). */
describe('the calendar of meetings', () => {
  let ledger: LedgerBeingRead;
  let closed: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-03-01T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    for (const as of ['CGB', 'JARAP']) await officer.does({ type: 'AddBody', as, name: as });
    for (const on of ['2023-05-17', '2023-04-19', '2023-06-21'])
      await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
    await officer.does({ type: 'ScheduleMeeting', body: 'JARAP', on: '2023-05-02' });
    closed = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-05-20', session: 'CLOSED' });
    ledger.clock.set('2023-04-19T18:00:00.000Z');
    await officer.does({ type: 'HoldMeeting', ref: 'CGB-2023-04-19' });
    await officer.does({ type: 'MinuteItem', ref: 'CGB-2023-04-19', item: '5(i)', text: 'Open item' });
    await officer.does({
      type: 'MinuteItem',
      ref: 'CGB-2023-04-19',
      item: '9',
      text: 'Closed item',
      session: 'CLOSED',
    });
    ledger.clock.set('2023-05-03T12:00:00.000Z');
    for (const ref of ['CGB-2023-04-19', closed]) await officer.does({ type: 'IssuePapers', ref });
    await officer.does({ type: 'DraftMinutes', ref: 'CGB-2023-04-19' });
    await officer.does({ type: 'CancelMeeting', ref: 'CGB-2023-05-17', reason: 'May meeting cancelled.' });
    await officer.does({ type: 'PostponeMeeting', ref: 'CGB-2023-06-21' });
  });
  afterAll(() => ledger.remove());

  const listed = async (filter = {}, asOf = {}, reader?: typeof OFFICIAL) =>
    (await listMeetings(await ledger.view(asOf, reader), filter, {})).edges.map(({ node: { ref, state } }) => [
      ref,
      state.status,
      state.date,
    ]);

  it('is in the order of the days, with meetings without a day last, and keeps the day of one that was cancelled', async () => {
    expect(await listed()).toEqual([
      ['CGB-2023-04-19', 'HELD', '2023-04-19'],
      ['JARAP-2023-05-02', 'SCHEDULED', '2023-05-02'],
      ['CGB-2023-05-17', 'CANCELLED', '2023-05-17'],
      [closed, 'SCHEDULED', '2023-05-20'],
      ['CGB-2023-06-21', 'POSTPONED', undefined],
    ]);
  });

  it('answers for one body, and for an earlier day', async () => {
    expect(await listed({ body: 'JARAP' })).toEqual([['JARAP-2023-05-02', 'SCHEDULED', '2023-05-02']]);
    expect((await listed({ body: 'CGB' }, { effective: '2023-04-18' })).map(([, status]) => status)).toEqual([
      'SCHEDULED',
      'SCHEDULED',
      'SCHEDULED',
      'SCHEDULED',
    ]);
    expect(await listed({}, { effective: '2023-02-28' })).toEqual([]);
  });

  it('answers for one state, and counts by state and by body what the reader may see', async () => {
    expect(await listed({ status: ['SCHEDULED'] })).toEqual([
      ['JARAP-2023-05-02', 'SCHEDULED', '2023-05-02'],
      [closed, 'SCHEDULED', '2023-05-20'],
    ]);
    expect(await listed({ status: ['SCHEDULED'], body: 'CGB' })).toEqual([[closed, 'SCHEDULED', '2023-05-20']]);
    expect(await listed({ status: ['SCHEDULED'], body: 'CGB' }, {}, OFFICIAL)).toEqual([]);
    const counted = async (by: 'STATUS' | 'BODY', filter = {}, reader?: typeof OFFICIAL) =>
      Object.fromEntries(
        (await countMeetings(await ledger.view({}, reader), by, filter)).map(({ key, count }) => [key, count]),
      );
    expect(await counted('STATUS')).toEqual({ CANCELLED: 1, HELD: 1, POSTPONED: 1, SCHEDULED: 2 });
    expect(await counted('STATUS', {}, OFFICIAL)).toEqual({ CANCELLED: 1, HELD: 1, POSTPONED: 1, SCHEDULED: 1 });
    expect(await counted('STATUS', { body: 'JARAP' })).toEqual({ SCHEDULED: 1 });
    expect(await counted('BODY', { status: ['SCHEDULED'] })).toEqual({ CGB: 1, JARAP: 1 });
  });

  it('is narrowed by the days, of which a meeting without one has none, and by papers and minutes, alone and together', async () => {
    const refs = async (filter: object, reader?: typeof OFFICIAL) =>
      (await listed(filter, {}, reader)).map(([ref]) => ref);
    expect(await refs({ from: '2023-05-02' })).toEqual(['JARAP-2023-05-02', 'CGB-2023-05-17', closed]);
    expect(await refs({ from: '2023-05-03', to: '2023-05-17' })).toEqual(['CGB-2023-05-17']);
    expect(await refs({ to: '2023-05-02', body: 'CGB' })).toEqual(['CGB-2023-04-19']);
    expect(await refs({ papersIssued: true })).toEqual(['CGB-2023-04-19', closed]);
    expect(await refs({ papersIssued: true }, OFFICIAL)).toEqual(['CGB-2023-04-19']);
    expect(await refs({ papersIssued: false, status: ['SCHEDULED'] })).toEqual(['JARAP-2023-05-02']);
    expect(await refs({ minutes: ['DRAFT', 'CIRCULATED'] })).toEqual(['CGB-2023-04-19']);
    expect(await refs({ minutes: ['CONFIRMED'] })).toEqual([]);
    expect(await refs({ minutes: ['NONE'], body: 'CGB' })).toEqual(['CGB-2023-05-17', closed, 'CGB-2023-06-21']);
    const view = await ledger.view();
    expect(await countMeetings(view, 'MINUTES', {})).toEqual([
      { key: 'DRAFT', count: 1 },
      { key: 'NONE', count: 4 },
    ]);
    expect(await countMeetings(view, 'STATUS', { papersIssued: true })).toEqual([
      { key: 'HELD', count: 1 },
      { key: 'SCHEDULED', count: 1 },
    ]);
  });

  it('is paged in that order', async () => {
    const view = await ledger.view();
    const first = await listMeetings(view, {}, { first: 3 });
    const second = await listMeetings(view, {}, { first: 3, after: first.endCursor! });
    expect([first.totalCount, first.hasNextPage, second.hasNextPage]).toEqual([5, true, false]);
    expect(second.edges.map(({ node }) => node.ref)).toEqual([closed, 'CGB-2023-06-21']);
  });

  it('shows what was minuted, and nothing of closed sessions to those who may not know of them', async () => {
    const full = await ledger.view();
    const items = (await findMeeting(full, 'CGB-2023-04-19'))!.state.items;
    expect(await Promise.all(items.map(({ text }) => full.text(text)))).toEqual(['Open item', 'Closed item']);
    const official = await ledger.view({}, OFFICIAL);
    expect((await findMeeting(official, 'CGB-2023-04-19'))!.state.items.map(({ item }) => item)).toEqual(['5(i)']);
    expect(await official.text(items[1]!.text)).toBeNull();
    expect(await findMeeting(official, 'CGB-2023-05-20')).toBeNull();
    expect(await listed({}, {}, OFFICIAL)).toHaveLength(4);
  });
});

/** The Corporate Governance Board of 2023 (S1:L1302, L2196, L2545). */
describe('the gaps between meetings that were held', () => {
  it('are 30, 63, 26 and 70 days, and those that were cancelled or are another body’s are none', async () => {
    const ledger = await ledgerBeingRead({ at: '2023-03-01T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    for (const as of ['CGB', 'JARAP']) await officer.does({ type: 'AddBody', as, name: as });
    for (const on of ['2023-03-20', '2023-04-19', '2023-05-17', '2023-06-21', '2023-07-17', '2023-09-25'])
      await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
    await officer.does({ type: 'ScheduleMeeting', body: 'JARAP', on: '2023-05-02' });
    await officer.does({ type: 'CancelMeeting', ref: 'CGB-2023-05-17', reason: 'Nobody could come.' });
    for (const ref of [
      'CGB-2023-03-20',
      'CGB-2023-04-19',
      'JARAP-2023-05-02',
      'CGB-2023-06-21',
      'CGB-2023-07-17',
      'CGB-2023-09-25',
    ]) {
      ledger.clock.set(`${ref.slice(-10)}T18:00:00.000Z`);
      await officer.does({ type: 'HoldMeeting', ref });
    }
    expect((await gapsOf(await ledger.view(), 'CGB')).map(({ days }) => days)).toEqual([30, 63, 26, 70]);
    expect(
      (await gapsOf(await ledger.view({ effective: '2023-05-31' }), 'CGB')).map(({ from, to, days }) => [
        from.ref,
        to.ref,
        days,
      ]),
    ).toEqual([['CGB-2023-03-20', 'CGB-2023-04-19', 30]]);
    expect(await gapsOf(await ledger.view(), 'JARAP')).toEqual([]);
    await ledger.remove();
  });
});
