import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countSlippage, listSlippage, type SlippageFilter } from './queries.ts';

const SECRET = { ...OFFICIAL_OPEN, sensitive: true };
const WHY = { reason: 'The supplier is late.' };

/*
 * From 1 April to 31 May 2023 a policy of CGB lets a date be put off once, and only before it has passed.
 */
describe('what slipped', () => {
  let ledger: LedgerBeingRead;
  let once: string;
  let often: string;
  let hiddenMeeting: string;
  let atMeeting: string;
  const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-03-20T12:00:00.000Z' });
    const [officer, monitoring, commissioner] = ['opcc-officer', 'monitoring-officer', 'commissioner'].map((post) =>
      ledger.as(post),
    ) as [ReturnType<typeof ledger.as>, ReturnType<typeof ledger.as>, ReturnType<typeof ledger.as>];
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const policy = await monitoring.does({
      ...{ type: 'AddRule', kind: 'DUE_DATE_POLICY', body: 'CGB', title: 'Due dates', as: 'due-dates' },
    });
    const raise = async (title: string, due: object) => {
      const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title, owner: 'force-lead', due });
      await commissioner.does({ type: 'AgreeAction', ref });
      return ref;
    };
    const extend = (ref: string, on: string) => officer.does({ type: 'ExtendActionDueDate', ref, due: { on }, ...WHY });
    once = await raise('Once', { on: '2023-06-30' });
    often = await raise('Often', { on: '2023-03-25' });
    hiddenMeeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-05-10', marking: SECRET });
    atMeeting = await raise('At a hidden meeting', { meeting: hiddenMeeting });
    // Before the policy, and after the date had passed.
    onDay('2023-03-28');
    await extend(often, '2023-04-20');
    onDay('2023-04-10');
    await extend(once, '2023-07-31');
    await extend(often, '2023-04-30');
    onDay('2023-05-15');
    await extend(often, '2023-06-30');
    await officer.does({
      type: 'PostponeMeeting',
      ref: hiddenMeeting,
      to: '2023-06-14',
      ...WHY,
      effectiveOn: '2023-04-28',
    });
    // Typed late: nothing that was granted by then was asked about it.
    await monitoring.does({
      ...{
        type: 'SetDueDatePolicy',
        ref: policy,
        mostExtensions: 1,
        beforeItPasses: true,
        reason: 'Found in the minutes.',
      },
      effectiveOn: '2023-04-01',
    });
    await monitoring.does({
      type: 'EndRule',
      ref: policy,
      reason: 'It was left to officers.',
      effectiveOn: '2023-06-01',
    });
    onDay('2023-06-20');
    await extend(often, '2023-09-30');
  });
  afterAll(() => ledger.remove());

  const listed = async (filter: SlippageFilter = {}, asOf = {}, reader = FULL) =>
    (await listSlippage(await ledger.view(asOf, reader), filter, {})).edges.map(({ node }) => node);
  const breaches = async (ref: string, asOf = {}) =>
    (await listed({}, asOf)).find(({ record }) => record === ref)?.moves.map((move) => move.breaches);

  it('says of each extension what it did not keep of the policy that was in force on its day, and of no other', async () => {
    expect(await breaches(once)).toEqual([[]]);
    expect(await breaches(often)).toEqual([
      [],
      ['EXTENDED_TOO_OFTEN'],
      ['EXTENDED_TOO_OFTEN', 'EXTENDED_TOO_LATE'],
      [],
    ]);
    expect((await listed({ breached: true })).map(({ record }) => record)).toEqual([often]);
    expect((await listed({ breached: false })).map(({ record }) => record)).toEqual([once, atMeeting]);
  });

  it('says so at any basis: before the policy was known, that nothing was broken', async () => {
    expect(await breaches(often, { effective: '2023-04-15' })).toEqual([[], ['EXTENDED_TOO_OFTEN']]);
    expect(await breaches(often, { effective: '2023-03-31' })).toEqual([[]]);
  });

  it('tells who moved it, why, by how many days and whether the old date had passed when it was recorded', async () => {
    const [first] = await listed({ owner: 'force-lead' });
    expect(first).toMatchObject({ record: once, original: '2023-06-30', current: '2023-07-31', totalDays: 31 });
    const [move] = first!.moves;
    expect(move).toMatchObject({ kind: 'EXTENDED', days: 31, afterItPassed: false, by: { post: 'opcc-officer' } });
    expect(await (await ledger.view()).text(move!.reason)).toBe(WHY.reason);
    const late = (await listed())
      .find(({ record }) => record === often)!
      .moves.map(({ afterItPassed }) => afterItPassed);
    expect(late).toEqual([true, false, true, false]);
    expect((await listed({ late: false })).map(({ record }) => record)).toEqual([once]);
  });

  it('moves what is due at a meeting with it, once it was known, and was late where the old day had passed by then', async () => {
    const [found] = await listed({ kind: 'MOVED_WITH_MEETING' });
    expect(found).toMatchObject({ record: atMeeting, original: '2023-05-10', current: '2023-06-14', totalDays: 35 });
    expect(found!.moves).toMatchObject([
      { record: hiddenMeeting, register: 'meetings', effectiveOn: '2023-04-28', afterItPassed: true, breaches: [] },
    ]);
    expect(await listed({ kind: 'MOVED_WITH_MEETING' }, { recorded: '2023-05-15T11:59:59.000Z' })).toEqual([]);
  });

  it('tells nothing of a move of a meeting that is not for the reader, in no list and no count', async () => {
    expect((await listed({}, {}, OFFICIAL)).map(({ record }) => record)).toEqual([once, often]);
    const counts = await countSlippage(await ledger.view({}, OFFICIAL), 'REGISTER', {});
    expect(counts).toEqual([
      {
        ...{ key: 'actions', label: 'actions', count: 2, moves: 5, extended: 5, broughtForward: 0 },
        ...{ movedWithMeeting: 0, late: 2, breached: 2, totalDays: 31 + 189 },
      },
    ]);
  });

  it('is counted by owner, body, and the month in which it was first due', async () => {
    const counted = async (by: Parameters<typeof countSlippage>[1]) =>
      (await countSlippage(await ledger.view(), by, {})).map(({ key, label, count }) => [key, label, count]);
    expect(await counted('BODY')).toEqual([['CGB', 'Board', 3]]);
    expect((await counted('OWNER')).map(([key, , count]) => [key, count])).toEqual([['force-lead', 3]]);
    expect(await counted('PUBLICATION')).toEqual([[null, 'no publication', 3]]);
    expect(await counted('MONTH')).toEqual([
      ['2023-03', '2023-03', 1],
      ['2023-05', '2023-05', 1],
      ['2023-06', '2023-06', 1],
    ]);
    expect(
      (await listed({ firstDueFrom: '2023-05-01', firstDueTo: '2023-05-31' })).map(({ record }) => record),
    ).toEqual([atMeeting]);
  });
});
