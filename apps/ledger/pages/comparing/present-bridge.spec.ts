import type { Basis } from '../../../../libs/read-models/index.ts';
import { KINDS } from '../kinds.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { endsAnswered, readEnds } from './ends.ts';
import { presentBridge, type BridgeRead, type LineShown, type NamedCell } from './present-bridge.ts';
import { cellRead, cellWritten } from './cells.ts';

const QUERY = 'before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09';
const basis = (effective: string, recorded: string): Basis => ({
  ...{ effective, recorded, clock: 'STATED', position: 'p1', settled: true, timeZone: 'Europe/London' },
});
const BASES = {
  told: basis('2023-06-30', '2023-07-01T22:59:59.999Z'),
  knownNow: basis('2023-06-30', '2023-11-20T12:00:00.000Z'),
  closing: basis('2023-10-09', '2023-11-20T12:00:00.000Z'),
};
const AGREED: NamedCell = { key: 'AGREED', label: 'agreed' };
const DONE: NamedCell = { key: 'SIGNED_OFF', label: 'signed off' };
const NO_OWNER: NamedCell = { key: null, label: 'no owner' };
const visit = {
  link: ((path, parameters = []) => addressOf(path, {}, parameters)) as Visit['link'],
  query: new URLSearchParams(QUERY),
  dates: {},
  view: { basis: BASES.closing, reader: { audience: 'full' } } as Visit['view'],
};
const PATHS = { changes: '/actions/compare', bridge: '/actions/bridge' };

/** Four agreed as told. One more was learned of; two were signed off, one was raised and one withdrawn. */
const LINES: readonly LineShown[] = [
  { step: 'RESTATED', kind: 'LEARNED', from: null, to: AGREED, count: 1 },
  { step: 'MOVED', kind: 'RAISED', from: null, to: AGREED, count: 1 },
  { step: 'MOVED', kind: 'CLOSED', from: AGREED, to: DONE, count: 2 },
  { step: 'MOVED', kind: 'WITHDRAWN', from: AGREED, to: null, count: 1 },
];
const CELLS = [
  { ...AGREED, told: 4, knownNow: 5, closing: 3 },
  { ...DONE, told: 0, knownNow: 0, closing: 2 },
];

function page(of: Partial<BridgeRead> = {}) {
  const read = readEnds(visit.query);
  const bridge = { cells: CELLS, lines: LINES, total: { told: 4, knownNow: 5, closing: 5 } };
  return presentBridge(
    {
      narrowed: { kind: KINDS.action, asked: {}, problems: [], choices: {}, leavesOut: false },
      ...{
        ends: endsAnswered(read.ends!, BASES),
        readEnds: read,
        bases: BASES,
        groupings: ['STATUS', 'OWNER'],
        by: 'STATUS',
        bridge,
      },
      ...{ cell: undefined, line: null, inCell: null, ...of },
    },
    visit,
    PATHS,
  );
}

describe('a bridge', () => {
  it('leads line by line from what was told to what there is at closing, and comes out where it says', () => {
    const rows = page().lines.map((row) => [row.called, 'effect' in row ? row.effect : '', row.reached]);
    expect(rows).toEqual([
      ['Opening, as told', '', '4'],
      ['Restated: learned', '+1', '5'],
      ['Opening, as known now', '', '5'],
      ['Moved: raised', '+1', '6'],
      ['Moved: closed', '0', '6'],
      ['Moved: withdrawn', '−1', '5'],
      ['Closing', '', '5'],
    ]);
  });

  it('tells of one group alone where it is asked for, and comes out in that too', () => {
    const rows = page({ cell: 'SIGNED_OFF' }).lines.map((row) => [row.called, row.reached]);
    expect(rows).toEqual([
      ['Opening, as told', '0'],
      ['Opening, as known now', '0'],
      ['Moved: closed', '2'],
      ['Closing', '2'],
    ]);
  });

  it('names the group that was left and the one that was entered, and leads to the records of each line', () => {
    const [, learned] = page().lines;
    expect(learned).toMatchObject({
      ...{ left: 'None', entered: 'Agreed', count: '1' },
      href: '/actions/bridge?before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09&by=status&line=restated.learned&entered=in:AGREED',
    });
  });

  it('has every group with its three numbers, each the way to the list that it counts, at that basis', () => {
    const rows = page().byCell;
    expect(rows.map(({ label, numbers }) => [label, ...numbers.map(({ text }) => text)])).toEqual([
      ['Agreed', '4', '+1', '5', '−2', '3'],
      ['Signed off', '0', '0', '0', '+2', '2'],
      ['All of them', '4', '+1', '5', '0', '5'],
    ]);
    expect(rows[0]!.numbers.map(({ href }) => href)).toEqual([
      '/actions?status=agreed&on=2023-06-30&recorded=2023-07-01',
      expect.stringContaining('cell=in:AGREED'),
      '/actions?status=agreed&on=2023-06-30',
      expect.stringContaining('cell=in:AGREED'),
      '/actions?status=agreed&on=2023-10-09',
    ]);
    // Where nothing stands or changed there is nothing to go to.
    expect(rows[1]!.numbers.slice(0, 3).map(({ href }) => href)).toEqual([null, null, null]);
  });

  it('leads to the records themselves where no list has them: those without a group, or of a group that no filter asks for', () => {
    const cells = [{ ...NO_OWNER, told: 1, knownNow: 0, closing: 1 }];
    const bridge = { cells, lines: [], total: { told: 1, knownNow: 0, closing: 1 } };
    expect(page({ by: 'OWNER', bridge }).byCell[0]!.numbers.map(({ href }) => href)).toEqual([
      expect.stringContaining('by=owner&cell=in:&basis=told'),
      null,
      null,
      null,
      expect.stringContaining('by=owner&cell=in:&basis=closing'),
    ]);
  });

  it('draws beside it what each kind of change added and took', () => {
    const { bars, title } = page().chart;
    expect(bars.map(({ words }) => words)).toEqual([
      'Opening, as told: 4',
      'Learned: +1',
      'Opening, as known now: 5',
      'Raised: +1',
      'Withdrawn: −1',
      'Closing: 5',
    ]);
    expect(title).toContain('How 4 actions, as told, became 5 at closing. The numbers stand in the table.');
  });

  it('says its three bases in words, that its steps do not add apart, and from what it was answered', () => {
    const { bases, apart, compared, title } = page();
    expect(bases.map(({ called, says }) => `${called}: ${says}`)).toEqual([
      'As told: 30 June 2023, from what was recorded by the end of 1 July 2023',
      'As known now: 30 June 2023, from what was recorded by 20 November 2023 at midday',
      'At closing: 9 October 2023, from what was recorded by 20 November 2023 at midday',
    ]);
    expect(apart).toContain('each step by itself does not');
    expect(compared.answered).toBe(
      'Compared: 30 June 2023, from what was recorded by the end of 1 July 2023; with 9 October 2023, from what was recorded by 20 November 2023 at midday. Papers that were loaded later count from the dates that they state. You see everything that is held here.',
    );
    expect(compared.pinned).toBe(
      '/actions/bridge?before=2023-06-30&before-recorded=2023-07-01T22:59:59.999Z&after=2023-10-09&after-recorded=2023-11-20T12:00:00.000Z',
    );
    expect(title).toBe(
      'Bridge of the actions by status between 30 June 2023 as recorded by the end of 1 July 2023 and 9 October 2023',
    );
  });

  it('keeps its two dates and its filters in every way that it shows', () => {
    const asked = { owner: 'force-lead' };
    const shown = page({ narrowed: { kind: KINDS.action, asked, problems: [], choices: {}, leavesOut: false } });
    const ways = [...shown.tabs, ...shown.groupings].map(({ href }) => href);
    for (const way of ways)
      expect(way).toContain('before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09&owner=force-lead');
    expect(shown.filter.hidden.map(({ name }) => name)).toEqual(['before', 'before-recorded', 'after', 'by']);
    expect(shown.ends.hidden.map(({ name }) => name)).toEqual(['owner', 'by']);
  });
});

describe('a cell of a bridge in an address', () => {
  it('is told from those without a group, and from none', () => {
    for (const key of ['AGREED', 'none', 'in:x', null]) expect(cellRead(cellWritten(key))).toBe(key);
    expect(cellRead(null)).toBeUndefined();
    expect(cellRead('AGREED')).toBeUndefined();
  });
});
