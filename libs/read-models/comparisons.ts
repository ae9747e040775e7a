import { sql, type RawBuilder } from 'kysely';
import {
  amend,
  BASES,
  createComparison,
  isUnknown,
  linesOf,
  OTHER_KINDS,
  RESTATEMENT_KINDS,
  type AtEach,
  type BridgeLine,
  type CellKey,
  type ChangeKind,
  type ComparedBases,
  type ComparedCells,
  type Comparing,
  type ListChange,
  type NamedRecord,
  type RecordComparison,
  type StepName,
  type ToldRecord,
  type Unknown,
  type Wanted,
} from '../timeline/index.ts';
import { MOVEMENT_KINDS, type RecordEvent } from '../ledger/index.ts';
import {
  bySortKey,
  certainChanges,
  mayBeOthers,
  type CertainChanges,
  type MaybeChanged,
  type SomeCertain,
  type Standing,
} from './certain-changes.ts';
import {
  areManyBetween,
  changedRecords,
  inOrder,
  mayHaveChanged,
  namingMistaken,
  type NumberedRecord,
  type Turning,
} from './changed-records.ts';
import { onceForEnds, type ComparedEnds } from './compared-ends.ts';
import { inOrderOfGroups, keysUnder, type Grouping } from './groupings.ts';
import { movedAlike, type LastChange } from './last-changes.ts';
import type { LedgerView, Page, PageWanted } from './ledger-view.ts';
import { cursorOf, firstOf, groupsOf, keysOfCursor, pageOf } from './paging.ts';
import type { Columns, RecordProjection, ValuesOf } from './projection.ts';
import { ReadWorld } from './read-world.ts';
import type { RecordAsOf } from './record-states.ts';
import { Turn } from './turns.ts';
import { askedApart, isAmong, opened, rowsAsOf, type RowsQuery } from './view.ts';

/*
 * What changed from one basis to another, of any list: which records may have changed the tables find (`changed-records.ts`), whether a record is in the list
 * at a basis the list itself says there, and what lies between is walked event by event (`libs/timeline`). See docs/comparing.md.
 */

/** How the records of a list are grouped, at a basis and in between. */
export interface ComparedGrouping<C extends Columns> {
  readonly grouping: Grouping;
  /** SQL: the value under which a row counts. */
  readonly key: (view: LedgerView, all: RowsQuery<C>) => Promise<RawBuilder<string | null>>;
  /** The same of a record where it is told in between. */
  readonly cell: (one: ToldRecord) => CellKey;
  /** The column that alone tells it: nothing but an event of the record turns it. */
  readonly column?: keyof C & string;
  /** The types of the events that may turn it. Default: any. */
  readonly turnedBy?: readonly string[];
}

/** A list, as comparisons ask it. */
export interface ComparedList<
  Filter = object,
  By extends string = string,
  C extends Columns = Columns,
> extends Standing<C> {
  /** The rows at the basis that pass: those that the list itself has. */
  readonly rows: (view: LedgerView, filter: Filter) => Promise<RowsQuery<C>>;
  /** Does a record pass where it is told between two bases? Without what the record alone does not tell: see `asksOthers`. */
  readonly passes: (filter: Filter, one: ToldRecord) => boolean;
  /** Does the filter ask what the record alone does not tell, such as words or links? Then none only passes through the list. */
  readonly asksOthers: (filter: Filter) => boolean;
  readonly by: { readonly [by in By]: ComparedGrouping<C> };
  /** The registers of which something may be lacking. */
  readonly readFrom: readonly string[];
}

/** Which of those that changed are asked for, beside the filter of the list. */
export interface ChangedHow {
  readonly step?: StepName;
  readonly changes?: readonly ListChange[];
  readonly kinds?: readonly ChangeKind[];
}

/** A record that changed, with its place in the list. */
export interface ChangedRecord {
  readonly sortKey: string;
  readonly comparison: RecordComparison;
}

/** A table of which the cells of each record are told. */
interface Tabled {
  readonly cell: (one: ToldRecord) => CellKey;
  /** In which cell each stands at the three bases, where the list itself says so. Undefined: that is told there as it is in between. */
  readonly cells?: (ref: string) => CellsAtEach;
  /** The RAG rule by which it is coloured. */
  readonly rag?: string;
}

/** Undefined: in none. */
type CellsAtEach = AtEach<CellKey | undefined>;

/** The records of a list of which anything changed in either step, in the order of the list. */
export interface ChangesOf {
  /** How many there are. */
  count(): Promise<number>;
  /** Some of them: of the others is asked no more than whether they changed. */
  page(wanted: PageWanted): Promise<Page<RecordComparison>>;
  /** Each of them, with what changed. */
  all(): Promise<readonly ChangedRecord[]>;
}

/** Nothing is asked before one of its answers is. */
export function changedIn<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
): ChangesOf {
  const walks = new Map<string, Promise<ReadonlyMap<string, ChangedRecord>>>();
  const walkOnce = async (records: readonly MaybeChanged[]): Promise<readonly ChangedRecord[]> => {
    const left = new Map(records.filter(({ ref }) => !walks.has(ref)).map((one) => [one.ref, one.listed]));
    if (left.size > 0) {
      const unwalked = records.filter(({ ref }) => left.has(ref));
      const walking = walkedAs(ends, list, filter, unwalked, (ref) => left.get(ref)!).then(
        (all) => new Map(all.filter(isChanged).map((one) => [one.comparison.ref, one])),
      );
      for (const ref of left.keys()) walks.set(ref, walking);
    }
    const found = await Promise.all(records.map(async ({ ref }) => (await walks.get(ref)!).get(ref)));
    return found.filter((one) => one !== undefined);
  };
  const ask = askedTogether((some) => certainChanges(ends, list, (view) => list.rows(view, filter), some));
  const changed = async (wanted: SomeCertain) => {
    const { count, some, uncertain } = await ask(wanted);
    const refs = new Set((await walkOnce(uncertain)).map(({ comparison }) => comparison.ref));
    const all = [...some, ...uncertain.filter(({ ref }) => refs.has(ref))].toSorted(bySortKey);
    return { count: count + refs.size, all };
  };
  return {
    count: async () => (await changed(NONE_OF_THEM)).count,
    page: async (wanted) => {
      const { count, all } = await changed({ first: firstOf(wanted) + 1, after: afterOf(wanted) });
      return pageAmong(all, wanted, walkOnce, count);
    },
    all: async () => {
      const { some, uncertain } = await ask(ALL_OF_THEM);
      return walkOnce([...some, ...uncertain].toSorted(bySortKey));
    },
  };
}

/** One question for what is asked together, such as how many there are and the first of them: put when the last of what comes before it is answered. */
function askedTogether(
  ask: (some: () => SomeCertain) => Promise<CertainChanges>,
): (wanted: SomeCertain) => Promise<CertainChanges> {
  let answer: Promise<CertainChanges> | null = null;
  let [some, isPut] = [NONE_OF_THEM, false];
  return (wanted) => {
    if (answer !== null && wanted === NONE_OF_THEM) return answer;
    if (answer !== null && (isPut || some !== NONE_OF_THEM)) return ask(() => wanted);
    some = wanted;
    return (answer ??= ask(() => {
      isPut = true;
      return some;
    }));
  };
}

const NONE_OF_THEM: SomeCertain = { first: 0, after: null };
const ALL_OF_THEM: SomeCertain = { first: -1, after: null };

/** Those of them that are asked for. Whether one is by its kinds, no row tells. */
export function changesSo(changes: ChangesOf, how: ChangedHow): ChangesOf {
  if (Object.values(how).every((one) => one === undefined)) return changes;
  return changesWalked(async () => changedSo(await changes.all(), how));
}

/** These, of each of which it is known what changed. */
export function changesAmong(records: readonly ChangedRecord[]): ChangesOf {
  return changesWalked(() => Promise.resolve(records));
}

function changesWalked(walk: () => Promise<readonly ChangedRecord[]>): ChangesOf {
  const all = once(walk);
  return {
    count: async () => (await all()).length,
    page: async (wanted) => pageAmong(await all(), wanted, (some) => Promise.resolve(some)),
    all,
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

function isChanged({ comparison: { restated, moved } }: ChangedRecord): boolean {
  return restated !== null || moved !== null;
}

/** Records that are in the same lines of a table. */
export interface Movers {
  readonly cells: ComparedCells;
  /** The place in the list of the first of them. */
  readonly first: string;
  /** Their numbers. */
  readonly records: readonly number[];
  /** The one that was walked for its lines. Null: their rows tell these. */
  readonly walked: ChangedRecord | null;
}

/**
 * Those that move in the table of a grouping. Where rows tell their lines they are not walked. Several questions of one answer share what was found.
 */
export function moversIn<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  grouping: ComparedGrouping<C>,
  filter: Filter,
): Promise<readonly Movers[]> {
  const known = onceForEnds(ends, grouping, () => new Map<string, Promise<readonly Movers[]>>());
  const name = JSON.stringify(filter);
  const movers = known.get(name) ?? findMovers(ends, list, grouping, filter);
  known.set(name, movers);
  return movers;
}

async function findMovers<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  grouping: ComparedGrouping<C>,
  filter: Filter,
): Promise<readonly Movers[]> {
  const { projection } = list;
  // Of what is narrowed no row tells whether it passed in between.
  const isWhole = Object.values(filter).every((wanted) => wanted === undefined);
  const { column = null, turnedBy } = isWhole ? grouping : {};
  const mayMove = async () => {
    if (column === null) {
      const numbers = await mayHaveChanged(ends, list);
      return numbers === null ? null : sql`select value as record from json_each(${JSON.stringify(numbers)})`;
    }
    if (await areManyBetween(ends, projection.register)) return null;
    return mayBeOthers(ends, projection.register, await namingMistaken(ends, projection.register));
  };
  const [found, at] = await Promise.all([
    mayMove(),
    atEach(async (basis) => ({
      rows: await list.rows(ends[basis], filter),
      key: await grouping.key(ends[basis], allRows(ends[basis], list)),
    })),
  ]);
  const alike = await movedAlike(ends, list, at, found, column === null ? null : { column, turnedBy });
  const keys = await atEach((basis) =>
    keysFor(
      ends[basis],
      grouping.grouping,
      alike.flatMap(({ keys: own, last }) => [own[basis], last.RESTATED?.from, last.MOVED?.from]),
    ),
  );
  const keyAt = (basis: keyof CellsAtEach, value: string | null | undefined) =>
    value === undefined ? undefined : keys[basis].get(value);
  const told: Movers[] = [];
  const left = new Map<number, CellsAtEach>();
  for (const { keys: own, last, first, records } of alike) {
    const cells: CellsAtEach = {
      told: keyAt('told', own.told),
      knownNow: keyAt('knownNow', own.knownNow),
      closing: keyAt('closing', own.closing),
    };
    // Who stays in a cell is in no line.
    if (!isMoving(cells)) continue;
    const lineOf = (change: LastChange | null, from: CellKey | undefined, to: CellKey | undefined) => {
      if (from === to) return null;
      // From one value to another of the same cell is no change of cell: another came before it.
      const isCertain = change !== null && keyAt('closing', change.from) !== to;
      return isCertain ? { kind: change.kind, cause: null, from, to } : undefined;
    };
    const restated = lineOf(last.RESTATED, cells.told, cells.knownNow);
    const moved = lineOf(last.MOVED, cells.knownNow, cells.closing);
    if (restated === undefined || moved === undefined) for (const record of records) left.set(record, cells);
    else told.push({ cells: { cells, restated, moved }, first, records, walked: null });
  }
  const walked = await walkMovers(ends, list, grouping, filter, left);
  return [...told, ...walked].sort((a, b) => (a.first < b.first ? -1 : 1));
}

async function walkMovers<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  grouping: ComparedGrouping<C>,
  filter: Filter,
  moving: ReadonlyMap<number, CellsAtEach>,
): Promise<readonly Movers[]> {
  const records = await inOrder(ends, list, [...moving.keys()]);
  const cells = new Map(records.map(({ ref, record }) => [ref, moving.get(record)!]));
  const numbers = new Map(records.map(({ ref, record }) => [ref, record]));
  const listed = (ref: string) => listedBy(cells.get(ref)!);
  const table = { cell: grouping.cell, cells: (ref: string) => cells.get(ref)! };
  const walked = await walkedAs(ends, list, filter, records, listed, table);
  return walked.filter(isChanged).map((one) => {
    const { ref, tables } = one.comparison;
    return { cells: tables[TABLE]!, first: one.sortKey, records: [numbers.get(ref)!], walked: one };
  });
}

/** The keys under which the reader may see each of these values counted. */
async function keysFor(
  view: LedgerView,
  grouping: Grouping,
  values: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string | null, CellKey>> {
  const each = [...new Set(values)].filter((value) => value !== undefined);
  const keys = await keysUnder(view, grouping, each);
  return new Map(each.map((value, index) => [value, keys[index]!]));
}

async function atEach<Value>(make: (basis: keyof AtEach<unknown>) => Promise<Value>): Promise<AtEach<Value>> {
  const [told, knownNow, closing] = await Promise.all(BASES.map(make));
  return { told: told!, knownNow: knownNow!, closing: closing! };
}

async function walkedIn<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  records: readonly Walked[],
  table?: Tabled,
): Promise<readonly ChangedRecord[]> {
  return walkedAs(ends, list, filter, records, await listedAt(ends, list, filter, records), table);
}

/** Walks these, of which the list says at which of the three bases each is in it. */
async function walkedAs<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  records: readonly Walked[],
  listedOf: (ref: string) => AtEach<boolean>,
  table?: Tabled,
): Promise<readonly ChangedRecord[]> {
  return walk(ends, list.projection.register, records, ({ ref }) => {
    const listed = listedOf(ref);
    return {
      listed,
      passes: passesBetween(list, filter, listed),
      ...(table === undefined ? {} : { tables: { [TABLE]: table.cell } }),
      ...(table?.cells === undefined ? {} : { cells: { [TABLE]: table.cells(ref) } }),
      ...(table?.rag === undefined ? {} : { rag: table.rag }),
    };
  });
}

/** A record, as it is walked: by its reference, and by the number that the tables have for it. */
type Walked = Pick<NumberedRecord, 'record' | 'ref' | 'sortKey'>;

/** One record, changed or not; null where it was at none of the three bases and passed through neither step, or is not for the reader. */
export async function compareRecord(
  ends: ComparedEnds,
  register: string,
  ref: string,
): Promise<RecordComparison | null> {
  const [found] = await walk(ends, register, [{ record: 0, ref, sortKey: ref }], () => ({}));
  if (found === undefined) return null;
  const { told, knownNow, closing, restated, moved } = found.comparison;
  return [told, knownNow, closing, restated, moved].every((one) => one === null) ? null : found.comparison;
}

/** Those of the records that changed which are asked for. Pure. */
function changedSo(all: readonly ChangedRecord[], { step, changes, kinds }: ChangedHow): readonly ChangedRecord[] {
  return all.filter(({ comparison: { restated, moved } }) => {
    const steps = [step === 'MOVED' ? null : restated, step === 'RESTATED' ? null : moved].filter(
      (one) => one !== null,
    );
    return steps.some(
      (one) =>
        (changes === undefined || changes.includes(one.change)) &&
        (kinds === undefined || one.kinds.some((kind) => kinds.includes(kind))),
    );
  });
}

function afterOf({ after }: PageWanted): string | null {
  return after === undefined ? null : (keysOfCursor(after, 1)[0] as string);
}

/** A page of them, of which alone more is told. `totalCount`: how many there are, where these are not all. */
async function pageAmong<One extends { readonly sortKey: string }>(
  all: readonly One[],
  wanted: PageWanted,
  told: (some: readonly One[]) => Promise<readonly ChangedRecord[]>,
  totalCount = all.length,
): Promise<Page<RecordComparison>> {
  const first = firstOf(wanted);
  const after = afterOf(wanted);
  const start = after === null ? 0 : all.findIndex(({ sortKey }) => sortKey > after);
  const following = start === -1 ? [] : all.slice(start);
  const some = await told(following.slice(0, first));
  const edges = some.map(({ sortKey, comparison }) => ({ cursor: cursorOf(sortKey), node: comparison }));
  return {
    totalCount,
    edges,
    hasNextPage: following.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** How many changed by which kind, and became what in the list. Pure. */
export function countsOfChanged(all: readonly ChangedRecord[]): {
  readonly byKind: readonly { readonly step: StepName; readonly kind: ChangeKind; readonly count: number }[];
  readonly byChange: readonly { readonly step: StepName; readonly change: ListChange; readonly count: number }[];
} {
  const kinds = new Map<string, { step: StepName; kind: ChangeKind; count: number }>();
  const changes = new Map<string, { step: StepName; change: ListChange; count: number }>();
  for (const { comparison } of all)
    for (const [step, of] of [
      ['RESTATED', comparison.restated],
      ['MOVED', comparison.moved],
    ] as const) {
      if (of === null) continue;
      const change = changes.get(`${step} ${of.change}`) ?? { step, change: of.change, count: 0 };
      changes.set(`${step} ${of.change}`, { ...change, count: change.count + 1 });
      for (const kind of of.kinds) {
        const counted = kinds.get(`${step} ${kind}`) ?? { step, kind, count: 0 };
        kinds.set(`${step} ${kind}`, { ...counted, count: counted.count + 1 });
      }
    }
  return { byKind: [...kinds.values()], byChange: [...changes.values()] };
}

/** A cell of a bridge, in the order of counts. */
export interface BridgeCell extends AtEach<number> {
  readonly key: CellKey;
  readonly label: string;
}

/** A line of a bridge. */
export interface BridgeLineOf {
  readonly step: StepName;
  readonly kind: ChangeKind;
  /** Undefined: none. */
  readonly from: Pick<BridgeCell, 'key' | 'label'> | undefined;
  readonly to: Pick<BridgeCell, 'key' | 'label'> | undefined;
  readonly count: number;
  readonly records: ChangesOf;
}

export interface BridgeOf {
  readonly cells: readonly BridgeCell[];
  readonly lines: readonly BridgeLineOf[];
  readonly total: AtEach<number>;
}

const TABLE = 'table';
export const CHANGE_KINDS: readonly ChangeKind[] = [...RESTATEMENT_KINDS, ...MOVEMENT_KINDS, ...OTHER_KINDS];

/** From how many of a list there were in each group to how many there are. */
export async function bridgeIn<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  by: string,
  filter: Filter,
): Promise<BridgeOf> {
  const grouping = list.by[by]!;
  const [movers, counts] = await Promise.all([
    moversIn(ends, list, grouping, filter),
    countsAtEach(ends, (view) => countsIn(view, list, grouping, filter)),
  ]);
  // Lines of which the records are asked for together are read together.
  const all = once(() =>
    inOrder(
      ends,
      list,
      movers.flatMap((one) => one.records),
    ),
  );
  const lines = linesOf(movers, ({ cells }) => cells, CHANGE_KINDS).map(({ records: of, ...line }) => {
    const records = changesOfMovers(ends, list, filter, of, all);
    return { ...line, records, count: of.reduce((sum, one) => sum + one.records.length, 0) };
  });
  return bridgeOf(lines, counts, (keys) => inOrderOfGroups(ends.closing, grouping.grouping, keys));
}

/**
 * What changed of those that are in a line: one that was not walked for it is when it is asked for.
 * @param all those of all lines, in their order
 */
function changesOfMovers<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  movers: readonly Movers[],
  all: () => Promise<readonly Walked[]>,
): ChangesOf {
  const movesAs = new Map(movers.flatMap((one) => one.records.map((record) => [record, one] as const)));
  const records = once(async () => (await all()).filter(({ record }) => movesAs.has(record)));
  const told = async (some: readonly Walked[]) => {
    const walkedFor = ({ record }: Walked) => movesAs.get(record)!.walked;
    const left = some.filter((one) => walkedFor(one) === null);
    const cells = new Map(left.map(({ ref, record }) => [ref, movesAs.get(record)!.cells.cells]));
    const walked = await walkedAs(ends, list, filter, left, (ref) => listedBy(cells.get(ref)!));
    const others = new Map(walked.map((one) => [one.comparison.ref, one]));
    return some.flatMap((one) => walkedFor(one) ?? others.get(one.ref) ?? []);
  };
  return {
    count: () => Promise.resolve(movesAs.size),
    page: async (wanted) => pageAmong(await records(), wanted, told),
    all: once(async () => told(await records())),
  };
}

/** A record is in the list where it is in a cell. */
function listedBy({ told, knownNow, closing }: CellsAtEach): AtEach<boolean> {
  return { told: told !== undefined, knownNow: knownNow !== undefined, closing: closing !== undefined };
}

/** A table that a list has beside its groupings: coloured by a RAG rule. */
export interface ColouredTable<Filter, C extends Columns = Columns> {
  readonly rag: string;
  /** The rows of those that pass there and stand in one cell at a basis. */
  readonly rows: (view: LedgerView, filter: Filter, cell: CellKey) => Promise<RowsQuery<C>>;
  /** How many of those that pass there are in each cell at a basis. */
  readonly counts: (view: LedgerView, filter: Filter) => Promise<ReadonlyMap<CellKey, number>>;
  readonly cell: (one: ToldRecord) => CellKey;
  /** Keys in their order, and what each is called. */
  readonly called: (keys: readonly CellKey[]) => Promise<ReadonlyMap<CellKey, string>>;
}

/** The same of a table that is coloured by a RAG rule. */
export async function bridgeOfColours<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  { rag, counts, cell, called }: ColouredTable<Filter, C>,
  filter: Filter,
): Promise<BridgeOf> {
  const walked = await walkedIn(ends, list, filter, await changedRecords(ends, list, rag), { cell, rag });
  const lines = linesOf(walked.filter(isChanged), ({ comparison }) => comparison.tables[TABLE], CHANGE_KINDS);
  return bridgeOf(
    lines.map(({ records, ...line }) => ({ ...line, count: records.length, records: changesAmong(records) })),
    await countsAtEach(ends, (view) => counts(view, filter)),
    called,
  );
}

type LineOf = Omit<BridgeLineOf, 'from' | 'to'> & Pick<BridgeLine, 'from' | 'to'>;

async function bridgeOf(
  moves: readonly LineOf[],
  counts: ReadonlyMap<CellKey, AtEach<number>>,
  called: (keys: readonly CellKey[]) => Promise<ReadonlyMap<CellKey, string>>,
): Promise<BridgeOf> {
  const labels = await called([
    ...counts.keys(),
    ...moves.flatMap(({ from, to }) => [from, to].filter((key) => key !== undefined)),
  ]);
  const cells = [...labels].flatMap(([key, label]) => {
    const at = counts.get(key);
    return at === undefined ? [] : [{ key, label, ...at }];
  });
  const place = (key: CellKey | undefined) =>
    key === undefined ? undefined : { key, label: labels.get(key) ?? String(key) };
  return {
    cells,
    lines: moves.map((line) => ({ ...line, from: place(line.from), to: place(line.to) })),
    total: cells.reduce(
      (sum, { told, knownNow, closing }) => ({
        told: sum.told + told,
        knownNow: sum.knownNow + knownNow,
        closing: sum.closing + closing,
      }),
      { told: 0, knownNow: 0, closing: 0 },
    ),
  };
}

type Writable<Value> = { -readonly [name in keyof Value]: Value[name] };

/** How many there are in each cell at each of the three bases. */
async function countsAtEach(
  ends: ComparedEnds,
  count: (view: LedgerView) => Promise<Iterable<readonly [CellKey, number]>>,
): Promise<ReadonlyMap<CellKey, AtEach<number>>> {
  const counts = new Map<CellKey, Writable<AtEach<number>>>();
  for (const basis of BASES)
    for (const [key, many] of await count(ends[basis])) {
      const at = counts.get(key) ?? { told: 0, knownNow: 0, closing: 0 };
      counts.set(key, at);
      at[basis] += many;
    }
  return counts;
}

/** How many of a list there are in each group at a basis: as the list itself counts them there. */
async function countsIn<Filter extends object, C extends Columns>(
  view: LedgerView,
  list: ComparedList<Filter, string, C>,
  { grouping, key }: ComparedGrouping<C>,
  filter: Filter,
): Promise<readonly (readonly [CellKey, number])[]> {
  const found = await groupsOf(view, await list.rows(view, filter), await key(view, allRows(view, list)));
  const keys = await keysUnder(
    view,
    grouping,
    found.map((one) => one.key),
  );
  return found.map(({ count }, index) => [keys[index]!, count] as const);
}

function allRows<C extends Columns>(view: LedgerView, { projection, only }: Turning<C>): RowsQuery<C> {
  const rows = rowsAsOf(view, projection, true);
  return only === undefined ? rows : rows.where(only);
}

/** The records that stand in one cell at a basis, as the list has them there; of those without a group, the key is null. */
export async function recordsInCell<Filter extends object, C extends Columns>(
  view: LedgerView,
  list: ComparedList<Filter, string, C>,
  { by, key, filter }: { readonly by: string; readonly key: CellKey; readonly filter: Filter },
  page: PageWanted,
): Promise<Page<RecordAsOf<unknown>>> {
  const { grouping, key: keyHere } = list.by[by]!;
  const rows = await list.rows(view, filter);
  const is = await keyHere(view, allRows(view, list));
  const values = (await groupsOf(view, rows, is)).map((one) => one.key);
  const keys = await keysUnder(view, grouping, values);
  const own = values.filter((_, index) => keys[index] === key);
  const named = own.filter((value) => value !== null);
  const inIt = sql<boolean>`(${sql.join(
    [
      named.length === 0 ? sql`1 = 0` : sql`${is} in (${sql.join(named)})`,
      own.includes(null) ? sql`${is} is null` : sql`1 = 0`,
    ],
    sql` or `,
  )})`;
  return pageOfRecords(view, rows.where(inIt), page);
}

/** The same of a table that is coloured by a RAG rule. */
export async function recordsOfColour<Filter extends object, C extends Columns>(
  view: LedgerView,
  { rows }: ColouredTable<Filter, C>,
  { key, filter }: { readonly key: CellKey; readonly filter: Filter },
  page: PageWanted,
): Promise<Page<RecordAsOf<unknown>>> {
  return pageOfRecords(view, await rows(view, filter, key), page);
}

function pageOfRecords<C extends Columns>(view: LedgerView, rows: RowsQuery<C>, page: PageWanted) {
  return pageOf(view, rows, page, (record: RecordAsOf<unknown>) => record, undefined, true);
}

/** Which of these are in the list at each of the three bases, as it says itself there. */
async function listedAt<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  records: readonly Walked[],
): Promise<(ref: string) => AtEach<boolean>> {
  const numbers = records.map(({ record }) => record);
  const refs = await atEach(async (basis) => {
    const rows = (await list.rows(ends[basis], filter)).where(isAmong(sql.ref('row.record'), numbers));
    const found = await askedApart<{ readonly ref: string }>(ends[basis], rows.select(sql<string>`row.ref`.as('ref')));
    return new Set(found.map(({ ref }) => ref));
  });
  return (ref) => ({ told: refs.told.has(ref), knownNow: refs.knownNow.has(ref), closing: refs.closing.has(ref) });
}

function isMoving({ told, knownNow, closing }: CellsAtEach): boolean {
  return told !== knownNow || knownNow !== closing;
}

/** What the record does not tell by itself holds between two bases as it does at one of them. */
function passesBetween<Filter extends object, C extends Columns>(
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  { told, knownNow, closing }: AtEach<boolean>,
): (one: ToldRecord) => boolean {
  const isAnywhere = told || knownNow || closing || !list.asksOthers(filter);
  return (one) => isAnywhere && list.passes(filter, one);
}

/** Walks each of these, and reads what it is told by as soon as that is known. */
async function walk(
  ends: ComparedEnds,
  register: string,
  records: readonly Walked[],
  wantedFor: (one: Walked) => Wanted,
): Promise<readonly ChangedRecord[]> {
  const { comparing, world } = await walkingOf(ends);
  await world.read(records.map(({ ref }) => ({ register, ref })));
  const done = new Map<string, RecordComparison>();
  // A walk is much work: whoever else waits has their turn.
  const turn = new Turn();
  let left = records;
  while (left.length > 0) {
    const unknown: Unknown['unknown'][number][] = [];
    const waiting: Walked[] = [];
    for (const one of left) {
      const closing = ends.byRulesOfClosing === true ? { closing: true } : {};
      const answer = await turn.goThrough(comparing.walk(register, one.ref, { ...wantedFor(one), ...closing }));
      if (isUnknown(answer)) {
        unknown.push(...answer.unknown);
        waiting.push(one);
      } else done.set(one.ref, answer);
    }
    if (unknown.length > 0) await world.read(unknown);
    left = waiting;
  }
  return records.flatMap(({ ref, sortKey }) => {
    const comparison = done.get(ref);
    return comparison === undefined ? [] : [{ sortKey, comparison }];
  });
}

interface Walking {
  readonly comparing: Comparing;
  readonly world: ReadWorld;
}

function worldOf(ends: ComparedEnds): ReadWorld {
  return onceForEnds(ends, ReadWorld, () => new ReadWorld(ends.closing));
}

function walkingOf(ends: ComparedEnds): Promise<Walking> {
  return onceForEnds(ends, walkingOf, () => begin(ends));
}

/** What was ever a mistake is asked for first: a walk takes it in when it begins. */
async function begin(ends: ComparedEnds): Promise<Walking> {
  const world = worldOf(ends);
  await world.readMistaken();
  return { world, comparing: createComparison(world, basesOf(ends)) };
}

function basesOf({ told, closing }: ComparedEnds): ComparedBases {
  const [first, last] = [opened(told), opened(closing)];
  const basisOf = ({ basis, point }: typeof first) => ({
    effective: basis.effective,
    recorded: basis.recorded,
    sequence: point.sequence,
  });
  return { clock: last.basis.clock, before: basisOf(first), after: basisOf(last) };
}

/** An event of a record that was walked, as corrected by what is known at the second end. */
export function eventAtClosing(ends: ComparedEnds, { register, ref }: NamedRecord, event: RecordEvent): RecordEvent {
  const known = onceForEnds(ends, eventAtClosing, () => new Map<string, ReadonlyMap<string, RecordEvent>>());
  const name = `${register}/${ref}`;
  let events = known.get(name);
  if (events === undefined) {
    const world = worldOf(ends);
    const foldable = world.registers.find((one) => one.name === register)!;
    events = new Map(amend(foldable, world.eventsOf(register, ref) ?? []).map((one) => [one.id, one]));
    known.set(name, events);
  }
  return events.get(event.id) ?? event;
}

/** What the row of a record holds where it is told between two bases: so lists, and what lies between, say the same. */
export function rowIn<C extends Columns>(
  projection: RecordProjection<never, C>,
  { state, ref }: ToldRecord,
): ValuesOf<C> {
  return projection.row({ state: state as never }, ref) ?? ({} as ValuesOf<C>);
}

/** Are the values of these columns there what is wanted of each? What is undefined is not asked; of a list, any will do. */
export function hasIn<C extends Columns>(
  projection: RecordProjection<never, C>,
  one: ToldRecord,
  wanted: { readonly [column in keyof C]?: string | readonly string[] | undefined },
): boolean {
  const row = rowIn(projection, one);
  return Object.entries<string | readonly string[] | undefined>(wanted).every(([column, is]) => {
    if (is === undefined) return true;
    const value = row[column as keyof C] ?? null;
    return value !== null && (typeof is === 'string' ? value === is : is.includes(String(value)));
  });
}

/** Grouped by a column of the rows. */
export function comparedByColumn<C extends Columns>(
  projection: RecordProjection<never, C>,
  grouping: Grouping,
  column: keyof C & string,
  turnedBy?: readonly string[],
): ComparedGrouping<C> {
  return {
    grouping,
    key: () => Promise.resolve(sql<string | null>`${sql.ref(`row.${column}`)}`),
    column,
    ...(turnedBy === undefined ? {} : { turnedBy }),
    cell: (one) => {
      const value = rowIn(projection, one)[column] ?? null;
      return value === null || grouping.under === undefined ? (value as CellKey) : grouping.under(String(value));
    },
  };
}

/** The same for all groupings that are columns. `turnedBy`: of those of which it is known what may turn them. */
export function comparedByColumns<By extends string, C extends Columns>(
  projection: RecordProjection<never, C>,
  groupings: { readonly [by in By]: Grouping },
  columns: { readonly [by in By]: keyof C & string },
  turnedBy: { readonly [by in By]?: readonly string[] } = {},
): { readonly [by in By]: ComparedGrouping<C> } {
  const each = Object.entries<Grouping>(groupings).map(([by, grouping]) => [
    by,
    comparedByColumn(projection, grouping, columns[by as By], turnedBy[by as By]),
  ]);
  return Object.fromEntries(each) as { readonly [by in By]: ComparedGrouping<C> };
}

/** What is told of a field, as a key of a grouping. */
export function toldKey({ told }: ToldRecord, path: string): CellKey {
  const value = told[path] ?? null;
  return typeof value === 'string' ? value : null;
}
