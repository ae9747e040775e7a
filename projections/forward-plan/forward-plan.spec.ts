import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import {
  countForwardPlanItems,
  findForwardPlanItem,
  FORWARD_PLAN_GROUPINGS,
  listForwardPlanItems,
  type ForwardPlanFilter,
  type ForwardPlanGrouping,
} from './queries.ts';

const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const reason = 'As the minutes say.';
const OCTOBER = { dated: { how: 'between', from: '2023-10-01', to: '2023-10-31' } };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
const refs: Record<string, string> = {};
const meetings: Record<string, string> = {};

const on = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);

async function suggested(title: string, more: object = {}): Promise<string> {
  return (refs[title] = await officer.does({ type: 'SuggestForwardPlanItem', body: 'CGB', title, ...more }));
}

async function planned(title: string, plannedFor: object, more: object = {}): Promise<string> {
  const ref = await suggested(title, more);
  await officer.does({ type: 'ScheduleForwardPlanItem', ref, plannedFor });
  return ref;
}

const viewOf = (reader = FULL, effective?: string) => ledger.view(effective === undefined ? {} : { effective }, reader);
const found = async (filter: ForwardPlanFilter, reader = FULL, effective?: string) => {
  const { edges, totalCount } = await listForwardPlanItems(await viewOf(reader, effective), filter, {});
  expect(totalCount).toBe(edges.length);
  return edges.map(({ node }) => Object.keys(refs).find((title) => refs[title] === node.ref)!).sort();
};
const item = async (title: string, reader = FULL, effective?: string) =>
  (await findForwardPlanItem(await viewOf(reader, effective), refs[title]!))!;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  const monitoring = ledger.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  const cadence = await monitoring.does({ type: 'AddRule', kind: 'CADENCE', body: 'CGB', title: 'How often' });
  await monitoring.does({ type: 'SetCadence', ref: cadence, every: 1, unit: 'MONTHS' });
  for (const day of ['2023-06-21', '2023-07-17', '2023-08-16', '2023-09-25'])
    meetings[day] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: day });
  meetings['secret'] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-09-26', ...hidden });
  const action = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'An action' });
  const secret = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'A secret action', ...hidden });

  await suggested('to be scheduled', { origin: 'PANEL' });
  await planned('for the August board', { meeting: meetings['2023-08-16'] });
  await planned('for October', OCTOBER);
  await planned('for the secret board', { meeting: meetings['secret'] });
  await planned('from an action', { on: '2023-07-17' }, { comesFrom: action, recurrence: 'ANNUAL' });
  await planned('from a secret action', { on: '2023-09-25' }, { comesFrom: secret, sponsor: 'force-lead' });
  await planned('hidden', { meeting: meetings['2023-08-16'] }, hidden);
  const decision = { purpose: 'DECISION', plannedFor: { on: '2023-07-17' } };
  await suggested('a decision that nobody recorded', decision);
  await suggested('a decision that was made', decision);
  await suggested('a decision that was recorded', decision);
  await suggested('a decision that was dropped', decision);
  const decided = async (title: string) => {
    const proposal = { type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title };
    const ref = await officer.does(proposal);
    await officer.does({ type: 'DraftDecision', ref, recommendation: 'Do it.' });
    await officer.does({ type: 'AdviseOnDecision', ref, adviceOn: 'FINANCE', applies: false });
    await ledger.as('commissioner').does({ type: 'MakeDecision', ref, decided: 'Agreed.' });
    return ref;
  };
  const made = await decided('a decision that was made');
  const recorded = await decided('a decision that was recorded');
  await officer.does({ type: 'RecordDecision', ref: recorded, publicInterest: false });
  const link = { type: 'LinkRecord', as: 'FOLLOWS_FROM' };
  await officer.does({ ...link, ref: made, to: refs['a decision that was made'] }, 'decisions');
  await officer.does({ ...link, ref: recorded, to: refs['a decision that was recorded'] }, 'decisions');
  await officer.does({ type: 'DropForwardPlanItem', ref: refs['a decision that was dropped'], reason });

  const late = await planned('with a late paper', { meeting: meetings['2023-06-21'] });
  await officer.does({ type: 'CommissionForwardPlanPaper', ref: late, paperDueOn: '2023-06-07' });
  const twice = await planned('put off twice', { meeting: meetings['2023-06-21'] });
  on('2023-06-10');
  await officer.does({ type: 'ReceiveForwardPlanPaper', ref: late });
  on('2023-06-21');
  await officer.does({ type: 'HoldMeeting', ref: meetings['2023-06-21'] });
  await officer.does({ type: 'PresentForwardPlanItem', ref: late, meeting: meetings['2023-06-21'] });
  const put = { type: 'DeferForwardPlanItem', ref: twice, reason };
  await officer.does({ ...put, plannedFor: { meeting: meetings['2023-07-17'] }, meeting: meetings['2023-06-21'] });
  on('2023-07-17');
  await officer.does({ type: 'HoldMeeting', ref: meetings['2023-07-17'] });
  await officer.does({ ...put, meeting: meetings['2023-07-17'] });
  // The board goes back to every two months, and calls off August.
  await monitoring.does({ type: 'SetCadence', ref: cadence, every: 2, unit: 'MONTHS' });
  await officer.does({ type: 'CancelMeeting', ref: meetings['2023-08-16'], reason });
  on('2023-11-01');
});
afterAll(() => ledger.remove());

describe('the forward plan', () => {
  it('tells what was on it on a day, and what became of it', async () => {
    const standing = async (title: string, effective?: string) => {
      const { state, plannedOn } = await item(title, FULL, effective);
      return [state.status, plannedOn];
    };
    expect(await standing('put off twice', '2023-06-20')).toEqual(['SCHEDULED', '2023-06-21']);
    expect(await standing('put off twice', '2023-06-21')).toEqual(['DEFERRED', '2023-07-17']);
    expect(await standing('put off twice')).toEqual(['DEFERRED', null]);
    expect(await standing('with a late paper', '2023-06-10')).toEqual(['RECEIVED', '2023-06-21']);
    expect(await standing('with a late paper')).toEqual(['PRESENTED', '2023-06-21']);
    expect(await found({ presentedMeeting: meetings['2023-06-21']! })).toEqual(['with a late paper']);
  });

  it('keeps the chain of what was put off: from which meeting to which, and that it was to no day', async () => {
    const { state } = await item('put off twice');
    expect(state.deferrals.map(({ from, plannedFor }) => [from?.meeting, plannedFor?.meeting])).toEqual([
      [meetings['2023-06-21'], meetings['2023-07-17']],
      [meetings['2023-07-17'], undefined],
    ]);
    expect(await found({ deferred: 2 })).toEqual(['put off twice']);
    expect(await found({ deferred: 2 }, FULL, '2023-07-16')).toEqual([]);
  });

  it('tells what has no home: from the day on which a board was called off, or met less often', async () => {
    const before = ['to be scheduled'];
    expect(await found({ homeless: true }, FULL, '2023-07-16')).toEqual(before);
    expect(await found({ homeless: true })).toEqual([
      ...['for October', 'for the August board', 'hidden', 'put off twice', 'to be scheduled'],
    ]);
    expect(await found({ promiseBroken: true })).toEqual(['for October', 'for the August board', 'hidden']);
    expect(await found({ promiseBroken: true }, FULL, '2023-07-16')).toEqual([]);
    expect(await found({ home: ['NO_MEETING_EXPECTED'] })).toEqual(['for October']);
    expect((await item('for October')).home).toBe('NO_MEETING_EXPECTED');
    expect((await item('for October', FULL, '2023-07-16')).home).toBe('STANDS');
    expect((await item('for the August board')).home).toBe('MEETING_CANCELLED');
    expect((await item('with a late paper')).home).toBeNull();
  });

  it('takes a meeting that the reader may not see for none, and an item of it for one without a place', async () => {
    expect((await item('for the secret board')).home).toBe('STANDS');
    const { home, state, plannedOn } = await item('for the secret board', OFFICIAL);
    expect([home, state.plannedFor?.meeting, plannedOn]).toEqual(['NOWHERE', undefined, null]);
    expect(await found({ home: ['NOWHERE'] }, OFFICIAL)).toContain('for the secret board');
    expect(await found({ plannedMeeting: meetings['secret']! }, OFFICIAL)).toEqual([]);
    expect(await found({ homeless: true }, OFFICIAL)).not.toContain('hidden');
  });

  it('tells what it comes from by the link, as far as the reader may see the record', async () => {
    expect(await found({ origin: ['ACTION'] })).toEqual(['from a secret action', 'from an action']);
    expect(await found({ origin: ['ACTION'] }, OFFICIAL)).toEqual(['from an action']);
    expect(await found({ origin: ['PANEL'] })).toEqual(['to be scheduled']);
  });

  it('tells whose day has passed with nothing recorded, until it was put off', async () => {
    expect(await found({ missed: true }, FULL, '2023-07-17')).toEqual([]);
    expect(await found({ missed: true }, FULL, '2023-07-18')).toEqual([
      ...[
        'a decision that nobody recorded',
        'a decision that was made',
        'a decision that was recorded',
        'from an action',
      ],
    ]);
  });

  it('tells which planned decisions were never recorded: neither by one that is only made, nor once it was dropped', async () => {
    const never = ['a decision that nobody recorded', 'a decision that was made'];
    expect(await found({ neverRecorded: true }, FULL, '2023-07-17')).toEqual([]);
    expect(await found({ neverRecorded: true })).toEqual(never);
    for (const title of ['a decision that was recorded', 'a decision that was dropped'])
      expect((await item(title)).neverRecorded).toBe(false);
    expect((await item('a decision that was made')).neverRecorded).toBe(true);
  });

  it('tells late papers by whole days, and those that have not come', async () => {
    expect((await item('with a late paper')).paperLate).toBe(3);
    expect((await item('with a late paper', FULL, '2023-06-09')).paperLate).toBe(2);
    expect((await item('with a late paper', FULL, '2023-06-07')).paperLate).toBeNull();
    expect(await found({ paperLate: true }, FULL, '2023-06-07')).toEqual([]);
    expect(await found({ paperLate: true }, FULL, '2023-06-08')).toEqual(['with a late paper']);
    expect(await found({ paperLate: true })).toEqual(['with a late paper']);
  });

  it('lists by every filter what each item says of itself, at every basis and for each reader', async () => {
    for (const reader of [FULL, OFFICIAL])
      for (const effective of ['2023-06-01', '2023-06-21', '2023-07-17', '2023-07-18', '2023-11-01']) {
        const view = await viewOf(reader, effective);
        const all = (await listForwardPlanItems(view, {}, { first: 500 })).edges.map(({ node }) => node);
        const says: {
          readonly [filter in 'missed' | 'neverRecorded' | 'paperLate']: (one: (typeof all)[number]) => boolean;
        } = {
          missed: (one) => one.missed,
          neverRecorded: (one) => one.neverRecorded,
          paperLate: (one) => (one.paperLate ?? 0) > 0,
        };
        for (const [filter, is] of Object.entries(says))
          for (const wanted of [true, false]) {
            const listed = await listForwardPlanItems(view, { [filter]: wanted }, { first: 500 });
            expect([filter, wanted, listed.edges.map(({ node }) => node.ref)]).toEqual([
              ...[filter, wanted, all.filter((one) => is(one) === wanted).map(({ ref }) => ref)],
            ]);
          }
        const homes = await countForwardPlanItems(view, 'HOME', {});
        for (const { key, count } of homes)
          expect([effective, key, count]).toEqual([effective, key, all.filter(({ home }) => home === key).length]);
        expect(homes.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      }
  });

  it('counts what it lists, by everything that it is counted by', async () => {
    for (const reader of [FULL, OFFICIAL])
      for (const by of FORWARD_PLAN_GROUPINGS satisfies readonly ForwardPlanGrouping[]) {
        const groups = await countForwardPlanItems(await viewOf(reader), by, {});
        const all = (await found({}, reader)).length;
        expect([by, groups.reduce((sum, { count }) => sum + count, 0)]).toEqual([by, all]);
      }
    const origins = (await countForwardPlanItems(await viewOf(OFFICIAL), 'ORIGIN', {})).map(({ key, count }) => [
      key,
      count,
    ]);
    expect(origins).toEqual(
      expect.arrayContaining([
        ['PANEL', 1],
        ['ACTION', 1],
      ]),
    );
  });
});
