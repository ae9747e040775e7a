import { kindSpelt, nameInWords } from '../../../../libs/declarations/index.ts';
import type { Page } from '../../../../libs/read-models/index.ts';
import type { AtEach, CellKey, ChangeKind, StepName } from '../../../../libs/timeline/index.ts';
import { capitalised, counted } from '../../../../libs/wording/index.ts';
import { addressOf, type Dates } from '../frame/dates.ts';
import { listPath, type AnyAsked } from '../frame/kind-on-pages.ts';
import { presentFilters } from '../frame/list/present-filters.ts';
import { rowsOf } from '../frame/list/present-list.ts';
import { parametersOf, slugOf } from '../frame/list/read-filter.ts';
import type { ListedRecord } from '../frame/list/read-list.ts';
import type { Narrowed } from '../frame/list/read-narrowed.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { signed, waterfallOf, type Bar } from '../waterfall/waterfall.ts';
import { cellWritten, groupingSlug, ruleOfGrouping, slugOfBasis, type BasisName } from './cells.ts';
import { endParameters, type Ends, type ReadEnds } from './ends.ts';
import { entryOf, isBanded, tabsOver, type PagesOver } from './present-changes.ts';
import {
  basesInWords,
  comparedFrom,
  betweenEnds,
  endsInWords,
  presentEnds,
  rulesInWords,
  STEPS_APART,
  type ComparedBasesShown,
} from './present-ends.ts';
import type { EntryRead } from './read-changes.ts';
import { kindInWords, STEP_CALLED } from './words-of-changes.ts';

/** A cell with what it is called. */
export interface NamedCell {
  readonly key: CellKey;
  readonly label: string;
}

/** A line of a bridge: so many records went from the one cell to the other, or came from or went to none. */
export interface LineShown {
  readonly step: StepName;
  readonly kind: ChangeKind;
  readonly from: NamedCell | null;
  readonly to: NamedCell | null;
  readonly count: number;
}

/** A bridge as its query answers it. */
export interface BridgeShown {
  readonly cells: readonly (NamedCell & AtEach<number>)[];
  readonly lines: readonly LineShown[];
  readonly total: AtEach<number>;
}

/** A line by which an address asks for its records. */
export type LineAsked = Pick<LineShown, 'step' | 'kind'> & {
  readonly from: CellKey | undefined;
  readonly to: CellKey | undefined;
};

export interface BridgeRead {
  readonly narrowed: Narrowed;
  readonly ends: Ends;
  readonly readEnds: ReadEnds;
  readonly bases: ComparedBasesShown;
  /** The groupings that the list offers, of which one is shown. */
  readonly groupings: readonly string[];
  readonly by: string;
  readonly bridge: BridgeShown;
  /** The cell of which alone it is told; undefined: all of them. */
  readonly cell: CellKey | undefined;
  /** The records of one line, where an address asks for them. */
  readonly line: {
    readonly asked: LineAsked;
    readonly page: Page<EntryRead>;
    readonly trail: readonly string[];
  } | null;
  /** The records of the cell at a basis, where an address asks for them. */
  readonly inCell: {
    readonly basis: BasisName;
    readonly page: Page<ListedRecord>;
    readonly trail: readonly string[];
  } | null;
}

type Parameters = readonly (readonly [name: string, value: string])[];

/** What a page says of a bridge. Pure. */
export function presentBridge(
  read: BridgeRead,
  visit: Pick<Visit, 'link' | 'query' | 'dates' | 'view'>,
  paths: PagesOver,
) {
  const { narrowed, ends, bases, groupings, by } = read;
  const { kind, asked } = narrowed;
  const ofEnds = endParameters(ends);
  const filters = parametersOf(kind.shown.filters, asked);
  const ofGrouping: Parameters = [['by', groupingSlug(by)]];
  const own: Parameters = [...ofEnds, ...filters, ...ofGrouping];
  return {
    title: `Bridge of the ${kind.many} by ${groupingInWords(by)} ${endsInWords(ends, bases)}`,
    errors: narrowed.problems,
    caption: capitalised(kind.many),
    many: kind.many,
    bases: basesInWords(ends, bases),
    apart: STEPS_APART,
    compared: comparedFrom(paths.bridge, ends, bases, visit),
    tabs: tabsOver(paths, 'bridge', [...ofEnds, ...filters], visit),
    rules: rulesInWords(isBanded(kind), ends, paths.bridge, [...filters, ...ofGrouping], visit),
    ends: presentEnds(paths.bridge, read.readEnds, [...filters, ...ofGrouping]),
    ...presentFilters(narrowed, { path: paths.bridge, parameters: [...ofEnds, ...ofGrouping] }, visit),
    by: groupingInWords(by),
    groupings: groupings.map((one) => ({
      ...{ text: capitalised(groupingInWords(one)), active: one === by },
      href: visit.link(paths.bridge, [...ofEnds, ...filters, ['by', groupingSlug(one)]]),
    })),
    lines: linesOf(read, own, paths, visit),
    byCell: byCellOf(read, own, paths, visit),
    chart: chartOf(read),
    ofLine: ofLine(read, own, paths, visit),
    inCell: inCell(read, own, paths, visit),
  };
}

/** `MADE_BY` → `made by`. */
export function groupingInWords(by: string): string {
  const rule = ruleOfGrouping(by);
  return rule === null ? nameInWords(by).toLowerCase() : `colour under ${rule}`;
}

/** By how many a line changed the cell that is told of, or all of them. */
function effectOf({ from, to, count }: LineShown, cell: CellKey | undefined): number {
  const entered = cell === undefined ? to !== null : to !== null && to.key === cell;
  const left = cell === undefined ? from !== null : from !== null && from.key === cell;
  return (entered ? count : 0) - (left ? count : 0);
}

/** The levels that are told of: of one cell, or of all together. */
function levelsOf({ bridge, cell }: Pick<BridgeRead, 'bridge' | 'cell'>): AtEach<number> {
  if (cell === undefined) return bridge.total;
  return bridge.cells.find(({ key }) => key === cell) ?? { told: 0, knownNow: 0, closing: 0 };
}

function isShown({ from, to }: LineShown, cell: CellKey | undefined): boolean {
  return cell === undefined || [from, to].some((one) => one !== null && one.key === cell);
}

function sumOf(lines: readonly LineShown[], cell: CellKey | undefined): number {
  return lines.reduce((sum, line) => sum + effectOf(line, cell), 0);
}

/** The parameters that ask for the records of a line. */
function parametersOfLine({ step, kind, from, to }: LineShown): Parameters {
  return [
    ['line', `${slugOf(step)}.${slugOf(kind)}`],
    ...(from === null ? [] : [['left', cellWritten(from.key)] as const]),
    ...(to === null ? [] : [['entered', cellWritten(to.key)] as const]),
  ];
}

/** The bridge as a table: from how many were told, line by line, to how many there are at closing. */
function linesOf({ bridge, cell }: BridgeRead, own: Parameters, paths: PagesOver, { link }: Pick<Visit, 'link'>) {
  const levels = levelsOf({ bridge, cell });
  let reached = levels.told;
  const rowOf = (line: LineShown) => {
    reached += effectOf(line, cell);
    return {
      level: false,
      called: `${STEP_CALLED[line.step]}: ${kindInWords(line.kind).toLowerCase()}`,
      left: capitalised(line.from?.label ?? 'none'),
      entered: capitalised(line.to?.label ?? 'none'),
      count: line.count.toLocaleString('en-GB'),
      href: link(paths.bridge, [...own, ...parametersOfLine(line)]),
      says: ` ${line.count === 1 ? 'record' : 'records'}`,
      effect: signed(effectOf(line, cell)),
      reached: reached.toLocaleString('en-GB'),
    };
  };
  const level = (called: string, count: number) => ({ level: true, called, reached: count.toLocaleString('en-GB') });
  const shown = bridge.lines.filter((line) => isShown(line, cell));
  const of = (step: StepName) => shown.filter((line) => line.step === step).map(rowOf);
  return [
    level('Opening, as told', levels.told),
    ...of('RESTATED'),
    level('Opening, as known now', levels.knownNow),
    ...of('MOVED'),
    level('Closing', levels.closing),
  ];
}

/** The same cell by cell: what was told and what was restated make what is known now, and with what moved what there is at closing. */
function byCellOf(read: BridgeRead, own: Parameters, paths: PagesOver, { link }: Pick<Visit, 'link'>) {
  const { bridge, cell } = read;
  const rowOf = (label: string, key: CellKey | undefined, levels: AtEach<number>) => {
    const href = link(paths.bridge, key === undefined ? own : [...own, ['cell', cellWritten(key)]]);
    const level = (called: string, basis: keyof AtEach<number>) => ({
      ...{ called, text: levels[basis].toLocaleString('en-GB') },
      ...{
        href:
          levels[basis] === 0
            ? null
            : (listAt(read, basis, key) ?? link(paths.bridge, [...own, ...parametersOfCell(basis, key ?? null)])),
        says: `, ${label}: ${called.toLowerCase()}`,
      },
    });
    const net = (called: string, step: StepName) => {
      const lines = bridge.lines.filter((line) => line.step === step);
      const some = lines.some((line) => isShown(line, key));
      return {
        ...{ called, text: signed(sumOf(lines, key)), href: some ? href : null },
        says: `, ${label}: ${called.toLowerCase()}, line by line`,
      };
    };
    return {
      ...{ label, href, current: key === cell },
      numbers: [
        level('As told', 'told'),
        net('Restated', 'RESTATED'),
        level('As known now', 'knownNow'),
        net('Moved', 'MOVED'),
        level('At closing', 'closing'),
      ],
    };
  };
  return [
    ...bridge.cells.map((one) => rowOf(capitalised(one.label), one.key, one)),
    rowOf('All of them', undefined, bridge.total),
  ];
}

function parametersOfCell(basis: BasisName, key: CellKey): Parameters {
  return [
    ['cell', cellWritten(key)],
    ['basis', slugOfBasis(basis)],
  ];
}

/** The list of those that are counted, as it is at that basis; null where the list has no filter for the group. */
function listAt(
  { narrowed: { kind, asked }, ends, bases, by }: BridgeRead,
  basis: keyof AtEach<unknown>,
  key: CellKey | undefined,
): string | null {
  const { filters } = kind.shown;
  const dates = datesAt({ ends, bases }, basis);
  const to = (more: AnyAsked) => addressOf(listPath(kind), dates, parametersOf(filters, { ...asked, ...more }));
  if (key === undefined) return to({});
  const name = filterOfGrouping(by);
  const filter = filters[name];
  if (key === null || filter === undefined || asked[name] !== undefined) return null;
  const has =
    filter.kind === 'link'
      ? kindSpelt(key) === filter.record
      : filter.kind === 'oneOf' && filter.choices.some(({ value }) => value === key);
  return has ? to({ [name]: key }) : null;
}

/** `MADE_BY` → `madeBy`: a list calls a filter as it calls the grouping by the same. */
function filterOfGrouping(by: string): string {
  return by.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The bars of the chart: the three levels, and between them what each kind of change added and took. */
function chartOf({ bridge, cell, narrowed }: BridgeRead) {
  const levels = levelsOf({ bridge, cell });
  const bars: readonly Bar[] = [
    { kind: 'level', label: 'Opening, as told', count: levels.told },
    ...barsOf('RESTATED', bridge.lines, cell),
    { kind: 'level', label: 'Opening, as known now', count: levels.knownNow },
    ...barsOf('MOVED', bridge.lines, cell),
    { kind: 'level', label: 'Closing', count: levels.closing },
  ];
  const { kind } = narrowed;
  const called = bridge.cells.find(({ key }) => key === cell)?.label;
  const which = cell === undefined || called === undefined ? '' : ` (${called})`;
  return {
    ...waterfallOf(bars),
    says:
      cell === undefined
        ? 'The chart is of all of them. What only went from one group to another is in none of its bars: the name of a group, below, leads to its own.'
        : `The chart and the lines beside it are of one group: ${called ?? 'there is none of it'}.`,
    title: `How ${counted(levels.told, kind.shown.one, kind.many)}${which}, as told, became ${levels.closing.toLocaleString('en-GB')} at closing. The numbers stand in the table.`,
  };
}

function barsOf(step: StepName, lines: readonly LineShown[], cell: CellKey | undefined): readonly Bar[] {
  const of = lines.filter((line) => line.step === step);
  const kinds = [...new Set(of.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const effects = of.filter((line) => line.kind === kind).map((line) => effectOf(line, cell));
    const added = effects.filter((by) => by > 0).reduce((sum, by) => sum + by, 0);
    const taken = effects.filter((by) => by < 0).reduce((sum, by) => sum + by, 0);
    return [added, taken]
      .filter((by) => by !== 0)
      .map((by): Bar => ({ kind: 'change', label: kindInWords(kind), by, outlined: step === 'RESTATED' }));
  });
}

/** The records of the line that is asked for, each with what changed it. */
function ofLine(
  { line, bridge, narrowed: { kind }, ends }: BridgeRead,
  own: Parameters,
  paths: PagesOver,
  visit: Pick<Visit, 'link' | 'view'>,
) {
  if (line === null) return null;
  const { asked, page, trail } = line;
  const found = bridge.lines.find((one) => isAskedFor(one, asked));
  const label = (key: CellKey | undefined) =>
    key === undefined ? 'none' : (bridge.cells.find((one) => one.key === key)?.label ?? key ?? 'none');
  return {
    heading: `${STEP_CALLED[asked.step]}: ${kindInWords(asked.kind).toLowerCase()}, from ${label(asked.from)} to ${label(asked.to)}`,
    total: counted(page.totalCount, kind.shown.one, kind.many),
    entries: page.edges.map(({ node }) => entryOf(node, kind, ends, visit, paths)),
    all: { text: 'The whole bridge', href: visit.link(paths.bridge, own) },
    pagination: paginationOf(
      {
        called: 'entry',
        path: paths.bridge,
        parameters: [...own, ...(found === undefined ? [] : parametersOfLine(found))],
        page,
        trail,
      },
      visit,
    ),
  };
}

export function isAskedFor({ step, kind, from, to }: LineShown, asked: LineAsked): boolean {
  return step === asked.step && kind === asked.kind && from?.key === asked.from && to?.key === asked.to;
}

const BASIS_CALLED: { readonly [basis in BasisName]: string } = {
  told: 'as told',
  knownNow: 'as known now',
  closing: 'at closing',
};

/** The records of a group at one of the bases, as a list shows them, each the way to how it stood there. */
function inCell(read: BridgeRead, own: Parameters, paths: PagesOver, visit: Pick<Visit, 'link' | 'view'>) {
  const {
    inCell: asked,
    bridge,
    cell,
    narrowed: { kind },
  } = read;
  if (asked === null || cell === undefined) return null;
  const { basis, page, trail } = asked;
  const label = bridge.cells.find(({ key }) => key === cell)?.label ?? 'none of them';
  const at: Visit['link'] = (path, parameters) => addressOf(path, datesAt(read, basis), parameters);
  return {
    heading: `${capitalised(label)}, ${BASIS_CALLED[basis]}`,
    list: rowsOf(kind, page, counted(page.totalCount, kind.shown.one, kind.many), { link: at }),
    isEmpty: page.edges.length === 0,
    all: { text: 'The whole bridge', href: visit.link(paths.bridge, own) },
    pagination: paginationOf(
      { called: 'entry', path: paths.bridge, parameters: [...own, ...parametersOfCell(basis, cell)], page, trail },
      visit,
    ),
  };
}

function datesAt({ ends, bases }: Pick<BridgeRead, 'ends' | 'bases'>, basis: BasisName): Dates {
  return basis === 'told' ? ends.before : basis === 'closing' ? ends.after : betweenEnds(ends, bases);
}
