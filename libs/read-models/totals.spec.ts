import { readerFor } from '../access/index.ts';
import { actionTracker } from '../../projections/action-tracker/projection.ts';
import { countActions } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { groupsOfTotals, type LedgerView } from './index.ts';
import { spansUpTo } from './running-totals.ts';

const WHY = { reason: 'As the minutes say.' };

describe('spans of days', () => {
  it('share out all days up to one, each day in one of them', () => {
    for (const day of [0, 1, 7, 8, 63, 64, 511, 512, 4095, 4096, 4097, 738_000, 738_815]) {
      const lengths = spansUpTo(day).map(({ level, from, to }) => [from * 8 ** level, to * 8 ** level] as const);
      const inOrder = lengths.filter(([from, to]) => from < to).sort(([a], [b]) => a - b);
      expect(inOrder[0]![0]).toBe(0);
      expect(inOrder.at(-1)![1]).toBe(day + 1);
      for (const [index, [from]] of inOrder.slice(1).entries()) expect(from).toBe(inOrder[index]![1]);
      // However many days there are: at most seven of each length below the longest.
      for (const { level, from, to } of spansUpTo(day)) if (level < 4) expect(to - from).toBeLessThanOrEqual(8);
    }
  });
});

describe('running totals', () => {
  let ledger: LedgerBeingRead;
  let hidden: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', effectiveOn: '2023-01-01', ...WHY });
    const at = { effectiveOn: '2023-06-21', ...WHY };
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21', ...at });
    for (const owner of ['force-lead', 'commissioner'])
      await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Of the board', owner, ...at });
    hidden = await officer.does({ type: 'RaiseAction', meeting, title: 'Of the meeting', owner: 'force-lead', ...at });
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: hidden, ...at });
  });
  afterAll(() => ledger.remove());

  const told = (view: LedgerView) => groupsOfTotals(view, actionTracker, 'status', {});
  const counted = async (view: LedgerView) =>
    Object.fromEntries((await countActions(view, 'STATUS', {})).map(({ key, count }) => [key, count]));

  it('tell how many there are now and on any day, as known now', async () => {
    expect(await told(await ledger.view())).toEqual([
      { key: 'AGREED', count: 1 },
      { key: 'PROPOSED', count: 2 },
    ]);
    expect(await told(await ledger.view({ effective: '2023-06-21' }, OFFICIAL))).toHaveLength(2);
    expect(await told(await ledger.view({ effective: '2023-06-20' }))).toEqual([]);
  });

  it('tell how many there are by owner, over everything and in one body', async () => {
    const byOwner = async (filter: object) => groupsOfTotals(await ledger.view(), actionTracker, 'owner', filter);
    const all = [
      { key: 'commissioner', count: 1 },
      { key: 'force-lead', count: 2 },
    ];
    expect(await byOwner({})).toEqual(all);
    expect(await byOwner({ body: 'CGB' })).toEqual(all);
    expect(await byOwner({ owner: 'force-lead' })).toBeNull();
  });

  it('tell nothing of what was known before, nor to whoever owns some of them: these are counted', async () => {
    expect(await told(await ledger.view({ recorded: '2023-10-09T10:00:00Z' }))).toBeNull();
    expect(await told(await ledger.view({}, readerFor('force-lead', 'force-lead')))).toBeNull();
    expect(await counted(await ledger.view({ recorded: '2023-10-09T10:00:00Z' }))).toEqual({});
  });

  it('tell nothing of a body that is not there, and nothing that is narrowed by more', async () => {
    for (const filter of [{ body: 'NOBODY' }, { owner: 'force-lead' }, { text: 'board' }])
      expect(await groupsOfTotals(await ledger.view({}, OFFICIAL), actionTracker, 'status', filter)).toBeNull();
    expect(await groupsOfTotals(await ledger.view(), actionTracker, 'status', { body: 'CGB' })).toHaveLength(2);
    expect(await groupsOfTotals(await ledger.view(), actionTracker, 'status', { status: [] })).toEqual([]);
  });

  it('tell of a view nothing that was written after it was opened', async () => {
    const before = await ledger.view();
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Later', effectiveOn: '2023-06-22', ...WHY });
    await ledger.caughtUp();
    expect(await told(before)).toBeNull();
    expect(await counted(before)).toEqual({ AGREED: 1, PROPOSED: 2 });
    expect(await counted(await ledger.view())).toEqual({ AGREED: 1, PROPOSED: 3 });
  });

  it('count nothing that is still to be marked, for whoever may not see everything', async () => {
    const marked = {
      type: 'Mark',
      ref: 'CGB-2023-06-21',
      to: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
    };
    await ledger.as('monitoring-officer').does({ ...marked, ...WHY }, 'meetings');
    expect(await counted(await ledger.view({}, OFFICIAL))).toEqual({ PROPOSED: 3 });
    expect(await counted(await ledger.view({}, FULL))).toEqual({ AGREED: 1, PROPOSED: 3 });
    await ledger.drawConsequences();
    expect(await counted(await ledger.view({}, OFFICIAL))).toEqual({ PROPOSED: 3 });
    expect(await told(await ledger.view({}, OFFICIAL))).toEqual([{ key: 'PROPOSED', count: 3 }]);
  });
});
