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
  type CellKey,
  type ChangeKind,
  type ComparedBases,
  type Comparing,
  type KnownEvent,
  type ListChange,
  type NamedRecord,
  type RecordComparison,
  type RecordsOfBody,
  type StepName,
  type Telling,
  type ToldRecord,
  type Unknown,
  type Wanted,
  type World,
} from '../timeline/index.ts';
import { MOVEMENT_KINDS, type RecordEvent } from '../ledger/index.ts';
import { maybeChanged, type MaybeChanged, type Standing } from './certain-changes.ts';
import { changedRecords, type NumberedRecord, type Turning } from './changed-records.ts';
import { onceForEnds, type ComparedEnds } from './compared-ends.ts';
import { inOrderOfGroups, keysUnder, type Grouping } from './groupings.ts';
import { withoutLinksTo } from './links.ts';
import type { LedgerView, Page, PageWanted } from './ledger-view.ts';
import { cursorOf, firstOf, groupsOf, keysOfCursor, pageOf } from './paging.ts';
import { CLOCK_BIT, tableOf, type Columns, type RecordProjection, type ValuesOf } from './projection.ts';
import { eventsAsOf } from './record-events.ts';
import { everyRecordOf, type RecordAsOf } from './record-states.ts';
import { inTurns, Turn } from './turns.ts';
import { askedApart, isAmong, maySee, opened, rowsAsOf, type RowsQuery } from './view.ts';

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
interface Tabled<C extends Columns> {
  readonly cell: (one: ToldRecord) => CellKey;
  /** The grouping by which the list itself says in which cell one stands at a basis. Undefined: that is told there as it is in between. */
  readonly grouping?: ComparedGrouping<C>;
  /** The RAG rule by which it is coloured. */
  readonly rag?: string;
}

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
    const left = records.filter(({ ref }) => !walks.has(ref));
    if (left.length > 0) {
      const walking = walkedIn(ends, list, filter, left).then(
        (all) => new Map(all.filter(isChanged).map((one) => [one.comparison.ref, one])),
      );
      for (const { ref } of left) walks.set(ref, walking);
    }
    const found = await Promise.all(records.map(async ({ ref }) => (await walks.get(ref)!).get(ref)));
    return found.filter((one) => one !== undefined);
  };
  const maybe = once(() => maybeChanged(ends, list, (view) => list.rows(view, filter)));
  const changed = once(async () => {
    const all = await maybe();
    const others = await walkOnce(all.filter(({ isCertain }) => !isCertain));
    const refs = new Set(others.map(({ comparison }) => comparison.ref));
    return all.filter(({ ref, isCertain }) => isCertain || refs.has(ref));
  });
  return {
    count: async () => (await changed()).length,
    page: async (wanted) => pageAmong(await changed(), wanted, walkOnce),
    all: async () => walkOnce(await maybe()),
  };
}

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

/** Those of which a line of a table may tell. Several questions of one answer share what was walked for a grouping. */
function changedInTable<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  table: Tabled<C>,
): Promise<readonly ChangedRecord[]> {
  const walkAll = async () =>
    walkedIn(ends, list, filter, await changedRecords(ends, list, table.rag), table).then((all) =>
      all.filter(isChanged),
    );
  // A table that is no grouping of the list is made anew for each question.
  if (table.grouping === undefined) return walkAll();
  const known = onceForEnds(ends, table.grouping, () => new Map<string, Promise<readonly ChangedRecord[]>>());
  const name = JSON.stringify(filter);
  const walked = known.get(name) ?? walkAll();
  known.set(name, walked);
  return walked;
}

async function walkedIn<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  records: readonly Walked[],
  table?: Tabled<C>,
): Promise<readonly ChangedRecord[]> {
  const standing = await standingAt(ends, list, filter, records, table?.grouping);
  // The list itself says in which cell each stands: who stays in it is in no line, and is not walked.
  const moving = table?.grouping === undefined ? records : records.filter(({ ref }) => isMoving(standing(ref)));
  return walk(ends, list.projection.register, moving, ({ ref }) => {
    const cells = standing(ref);
    const listed = {
      told: cells.told !== undefined,
      knownNow: cells.knownNow !== undefined,
      closing: cells.closing !== undefined,
    };
    return {
      listed,
      passes: passesBetween(list, filter, listed),
      ...(table === undefined ? {} : { tables: { [TABLE]: table.cell } }),
      ...(table?.grouping === undefined ? {} : { cells: { [TABLE]: cells } }),
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

/** A page of them, of which alone more is told. */
async function pageAmong<One extends { readonly sortKey: string }>(
  all: readonly One[],
  wanted: PageWanted,
  told: (some: readonly One[]) => Promise<readonly ChangedRecord[]>,
): Promise<Page<RecordComparison>> {
  const first = firstOf(wanted);
  const after = wanted.after === undefined ? null : (keysOfCursor(wanted.after, 1)[0] as string);
  const start = after === null ? 0 : all.findIndex(({ sortKey }) => sortKey > after);
  const following = start === -1 ? [] : all.slice(start);
  const some = await told(following.slice(0, first));
  const edges = some.map(({ sortKey, comparison }) => ({ cursor: cursorOf(sortKey), node: comparison }));
  return {
    totalCount: all.length,
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
  readonly records: readonly ChangedRecord[];
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
  const [changed, counts] = await Promise.all([
    changedInTable(ends, list, filter, { cell: grouping.cell, grouping }),
    countsAtEach(ends, (view) => countsIn(view, list, grouping, filter)),
  ]);
  return bridgeOf(changed, counts, (keys) => inOrderOfGroups(ends.closing, grouping.grouping, keys));
}

/** A table that a list has beside its groupings: coloured by a RAG rule. */
export interface ColouredTable<Filter> {
  readonly rag: string;
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
  { rag, counts, cell, called }: ColouredTable<Filter>,
  filter: Filter,
): Promise<BridgeOf> {
  const changed = await changedInTable(ends, list, filter, { cell, rag });
  return bridgeOf(changed, await countsAtEach(ends, (view) => counts(view, filter)), called);
}

async function bridgeOf(
  changed: readonly ChangedRecord[],
  counts: ReadonlyMap<CellKey, AtEach<number>>,
  called: (keys: readonly CellKey[]) => Promise<ReadonlyMap<CellKey, string>>,
): Promise<BridgeOf> {
  const moves = linesOf(changed, ({ comparison }) => comparison.tables[TABLE], CHANGE_KINDS);
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
  return pageOf(view, rows.where(inIt), page, (record: RecordAsOf<unknown>) => record, undefined, true);
}

/** Where each of these stands at each of the three bases, as the list itself says there; undefined: it is not in the list. */
async function standingAt<Filter extends object, C extends Columns>(
  ends: ComparedEnds,
  list: ComparedList<Filter, string, C>,
  filter: Filter,
  records: readonly Walked[],
  grouping: ComparedGrouping<C> | null = null,
): Promise<(ref: string) => AtEach<CellKey | undefined>> {
  const numbers = records.map(({ record }) => record);
  const [told, knownNow, closing] = await Promise.all(
    BASES.map(async (name) => {
      const view = ends[name];
      const rows = (await list.rows(view, filter)).where(isAmong(sql.ref('row.record'), numbers));
      const key = grouping === null ? sql<null>`null` : await grouping.key(view, allRows(view, list));
      const found = await askedApart<{ readonly ref: string; readonly key: string | null }>(
        view,
        rows.select(sql<string>`row.ref`.as('ref')).select(key.as('key')),
      );
      const keys =
        grouping === null
          ? []
          : await keysUnder(
              view,
              grouping.grouping,
              found.map((one) => one.key),
            );
      return new Map(found.map(({ ref }, index) => [ref, keys[index] ?? null]));
    }),
  );
  return (ref) => ({ told: told!.get(ref), knownNow: knownNow!.get(ref), closing: closing!.get(ref) });
}

function isMoving({ told, knownNow, closing }: AtEach<CellKey | undefined>): boolean {
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

/**
 * The records that a comparison is told by, as the reader may see them by what is known at the second end: read as they are asked for, many in one
 * question.
 */
class ReadWorld implements World {
  readonly registers: World['registers'];
  readonly #view: LedgerView;
  readonly #events = new Map<string, readonly KnownEvent[]>();
  readonly #ofBodies = new Map<string, readonly string[]>();
  #mistaken: readonly NamedRecord[] = [];

  constructor(view: LedgerView) {
    this.#view = view;
    this.registers = opened(view).answering.registers as unknown as readonly Telling[];
  }

  get mistaken(): readonly NamedRecord[] {
    return this.#mistaken;
  }

  eventsOf(register: string, ref: string): readonly KnownEvent[] | undefined {
    return this.#events.get(`${register}/${ref}`);
  }

  refsOfBody(register: string, body: string): readonly string[] | undefined {
    return this.#ofBodies.get(`${register}/${body}`);
  }

  withoutLinksTo<State>(state: State, isNothing: (ref: string) => boolean): State {
    return withoutLinksTo(state, isNothing);
  }

  async readMistaken(): Promise<void> {
    this.#mistaken = await everMistaken(this.#view);
  }

  async read(wanted: Unknown['unknown']): Promise<void> {
    await inTurns(wanted, (one) => ('ref' in one ? this.#readRecord(one) : this.#readOfBody(one)));
  }

  async #readRecord({ register, ref }: NamedRecord): Promise<void> {
    const known = (await eventsAsOf(this.#view, { register, ref })).map(({ event }) => event);
    this.#events.set(
      `${register}/${ref}`,
      known.toSorted((a, b) => a.sequence - b.sequence),
    );
  }

  async #readOfBody({ register, body }: RecordsOfBody): Promise<void> {
    const { answering, reader, point } = opened(this.#view);
    const { query } = answering.tables();
    const { rows } = await sql<{ readonly ref: string }>`select distinct row.ref as ref
      from ${sql.table(tableOf(everyRecordOf(this.#view, register)))} as row
      where row.belongs_to = ${body} and (row.clocks & ${CLOCK_BIT[point.clock]}) <> 0 and row.sequence_from <= ${point.sequence}
        and ${maySee({ reader, answering }, sql.ref('row.audiences'), sql.ref('row.record'))}`.execute(query);
    const refs = rows.map(({ ref }) => ref);
    this.#ofBodies.set(`${register}/${body}`, refs);
    await this.read(refs.filter((ref) => this.eventsOf(register, ref) === undefined).map((ref) => ({ register, ref })));
  }
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

/** The records that were ever void, as far as the reader may know of them. */
async function everMistaken(view: LedgerView): Promise<readonly NamedRecord[]> {
  const { answering, reader } = opened(view);
  const tables = answering.tables();
  if (reader.audience === 'full' && !tables.hasMistakes()) return [];
  const { rows } = await sql<NamedRecord>`select distinct records.register as register, records.ref as ref from mistakes
    join records on records.record = mistakes.record
    join record_events on record_events.record = mistakes.record and record_events.sequence = mistakes.sequence
    where records.ref is not null
      and ${maySee({ reader, answering }, sql`(+record_events.audiences)`, sql.ref('mistakes.record'))}`.execute(
    tables.query,
  );
  return rows;
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
): ComparedGrouping<C> {
  return {
    grouping,
    key: () => Promise.resolve(sql<string | null>`${sql.ref(`row.${column}`)}`),
    cell: (one) => {
      const value = rowIn(projection, one)[column] ?? null;
      return value === null || grouping.under === undefined ? (value as CellKey) : grouping.under(String(value));
    },
  };
}

/** The same for all groupings that are columns. */
export function comparedByColumns<By extends string, C extends Columns>(
  projection: RecordProjection<never, C>,
  groupings: { readonly [by in By]: Grouping },
  columns: { readonly [by in By]: keyof C & string },
): { readonly [by in By]: ComparedGrouping<C> } {
  const each = Object.entries<Grouping>(groupings).map(([by, grouping]) => [
    by,
    comparedByColumn(projection, grouping, columns[by as By]),
  ]);
  return Object.fromEntries(each) as { readonly [by in By]: ComparedGrouping<C> };
}

/** What is told of a field, as a key of a grouping. */
export function toldKey({ told }: ToldRecord, path: string): CellKey {
  const value = told[path] ?? null;
  return typeof value === 'string' ? value : null;
}
