import DataLoader from 'dataloader';
import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { Audience, Reader } from '../access/index.ts';
import {
  nameCompared,
  type CivilDate,
  type EventId,
  type Instant,
  type OpeningPolicy,
  type Refusal,
  type Register,
  type TextRef,
} from '../ledger/index.ts';
import type { RecordingClock } from '../timeline/index.ts';
import { nodesAt } from './interval-tree.ts';
import type { Basis, LedgerView } from './ledger-view.ts';
import type { PositionTokens } from './positions.ts';
import {
  AUDIENCE_BIT,
  CLOCK_BIT,
  tableOf,
  type AnyProjection,
  type Columns,
  type RecordProjection,
  type StandardColumns,
  type ValuesOf,
} from './projection.ts';
import { EVERYTHING, isInScope, type Scope } from './scope.ts';
import type { IllustrativeBody, Question, ReadModelTables, Tables } from './tables.ts';
import { globOf } from './words.ts';

/** A basis as the tables know it. Fixed when a view is opened. */
export interface Point {
  readonly effective: CivilDate;
  /** The number of that day. */
  readonly day: number;
  /** No later than anything that is known, so that the same answer is asked for in the same words. */
  readonly recorded: Instant;
  readonly clock: RecordingClock;
  /** Nothing after this event counts. */
  readonly sequence: number;
  /** The last event of these that the ledger itself had recorded by then. */
  readonly recordedSequence: number;
}

/** Tables as views ask them: here, or for one that is read apart wholly in another thread. */
export interface AskedTables extends Pick<Tables, 'query' | 'readApart' | 'hasMistakes' | 'sequenceAt'> {
  ask<Row>(question: Question): readonly Row[] | Promise<readonly Row[]>;
}

/** What the views of one ledger share. */
export interface Answering {
  /** The tables that serve now: not the same ones before and after a rebuild. */
  tables(): AskedTables;
  readonly tokens: PositionTokens;
  readonly registers: readonly Register[];
  readonly projections: readonly AnyProjection[];
  /** Records that are still to be marked: those who may not see everything do not see them until they are. */
  withheld(): readonly number[];
  /** The policies that open records. */
  readonly opening: readonly OpeningPolicy[];
  /** Why what is owed because of an event was refused. */
  readonly refusedBecauseOf?: ((cause: EventId) => Refusal | null) | undefined;
  /** The bodies that were ever added as illustrative, whoever may see them. */
  illustrative(): readonly IllustrativeBody[];
  /** Questions that were put into words before, by their kind: see `asked-again.ts`. */
  readonly wordings: Map<string, Question>;
  /** Counts that were asked before, since the tables last changed. */
  readonly counts: Map<string, Promise<readonly unknown[]>>;
}

/** A row of a projection. */
export type RowOf<C extends Columns> = StandardColumns & ValuesOf<C>;
/** Rows of one projection at a basis, for one reader, under the name `row`: to be narrowed, ordered and counted. */
export type RowsQuery<C extends Columns> = SelectQueryBuilder<
  ReadModelTables & { readonly row: RowOf<C> },
  'row',
  object
>;

export class OpenView implements LedgerView {
  readonly basis: Basis;
  readonly reader: Reader;
  readonly point: Point;
  readonly answering: Answering;
  /** Of which bodies its lists are. See `bodies.ts`. */
  readonly scope: Scope;
  /** The basis by whose rules everything is banded and coloured; null: by those of its own. See `banding.ts`. */
  readonly bandedBy: LedgerView | null;
  readonly #words: DataLoader<TextRef, string | null, string>;
  readonly #loaders = new Map<object, unknown>();

  constructor(
    basis: Basis,
    reader: Reader,
    point: Point,
    answering: Answering,
    scope: Scope = EVERYTHING,
    bandedBy: LedgerView | null = null,
  ) {
    this.scope = scope;
    this.bandedBy = bandedBy;
    this.basis = basis;
    this.reader = reader;
    this.point = point;
    this.answering = answering;
    this.#words = new DataLoader((refs: readonly TextRef[]) => wordsOf(this, refs), {
      cacheKeyFn: ({ event, part }) => `${event}/${part}`,
      maxBatchSize: 500,
    });
  }

  async text(ref: TextRef | undefined): Promise<string | null> {
    return ref === undefined ? null : this.#words.load(ref);
  }

  /** See {@link loaderOf}. */
  loader<Loader>(owner: object, make: () => Loader): Loader {
    let loader = this.#loaders.get(owner) as Loader | undefined;
    if (loader === undefined) this.#loaders.set(owner, (loader = make()));
    return loader;
  }
}

/**
 * One loader of a view for each `owner`, made at the first call. A loader answers from the view's basis, for its reader, and
 * asks nothing twice.
 */
export function loaderOf<Key, Value>(
  view: LedgerView,
  owner: object,
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  nameOf: (key: Key) => string = String,
): DataLoader<Key, Value, string> {
  const make = () => new DataLoader<Key, Value, string>(load, { maxBatchSize: 500, cacheKeyFn: nameOf });
  return opened(view).loader(owner, make);
}

/** What is worked out once for a view, however often it is asked for: for each `owner`, at the first call. */
export function onceFor<Result>(view: LedgerView, owner: object, make: () => Result): Result {
  return opened(view).loader(owner, make);
}

/** The register whose references look like that, or null. */
export function registerOf(view: LedgerView, ref: string): Register | null {
  return opened(view).answering.registers.find((register) => register.seriesOf(ref) !== null) ?? null;
}

/** A register by its name, or null. */
export function registerNamed(view: LedgerView, name: string): Register | null {
  return opened(view).answering.registers.find((register) => register.name === name) ?? null;
}

/** The instant up to which facts count in the view: its basis's, or when the last was known that there is if that is earlier. */
export function lastKnownIn(view: LedgerView): Instant {
  return opened(view).point.recorded;
}

/** The view behind what a query was handed. */
export function opened(view: LedgerView): OpenView {
  if (view instanceof OpenView) return view;
  throw new TypeError('this view was not opened by the read models');
}

/**
 * The rows of a projection that a list has at the view's basis: those that hold and that its reader may see, of the bodies of which the view's
 * lists are. Of an illustrative body none, unless it is named or asked for (`bodies.ts`).
 *
 * @param filed see {@link rowsOfAll}
 */
export function rowsAsOf<State, C extends Columns>(
  view: LedgerView,
  projection: RecordProjection<State, C>,
  filed = false,
  audiences?: RawBuilder<unknown>,
): RowsQuery<C> {
  const rows = rowsOfAll(view, projection, filed, audiences);
  const within = isInScope(opened(view), sql.ref('row.belongs_to'));
  return within === null ? rows : rows.where(within);
}

/**
 * The rows of a projection that hold at the view's basis and that its reader may see: at most one for each record.
 *
 * A reader who owns records sees all of what the post owns today, and the rest like everybody of the same audience.
 *
 * @param filed true where many rows may have to be looked through: they are then found where they are filed for that basis,
 * among those that have the column by which the query narrows them. False for a page in order and for single references.
 */
export function rowsOfAll<State, C extends Columns>(
  view: LedgerView,
  projection: RecordProjection<State, C>,
  filed = false,
  audiences?: RawBuilder<unknown>,
): RowsQuery<C> {
  const { point, reader } = opened(view);
  // From whoever may see everything nothing is hidden that they would step over: a page is read off in order, and not sorted out of all there is.
  const isReadOff = !filed && reader.audience === 'full';
  const looked = audiences ?? (isReadOff ? numberLookedAt('row.audiences') : undefined);
  const rows = knownRows(view, projection, looked).where(isOfDay(point, 'row'));
  return filed ? rows.where(isFiledAt(point, 'row')) : rows;
}

/**
 * The rows of a projection by what is known at the view's basis, for its reader, whatever the day: for each record one for each stretch
 * of days over which it was the same.
 * @param audiences the column that says for whom a row is; where records are named, looked at in what their names find
 */
export function knownRows<State, C extends Columns>(
  view: LedgerView,
  projection: RecordProjection<State, C>,
  audiences: RawBuilder<unknown> = sql.ref('row.audiences'),
): RowsQuery<C> {
  const { answering, point, reader } = opened(view);
  return answering
    .tables()
    .query.selectFrom(sql`${sql.table(tableOf(projection))}`.as('row'))
    .where(isKnownAt(point, 'row'))
    .where(maySee({ reader, answering }, audiences, sql.ref('row.record')));
}

/**
 * SQL: does a rectangle hold at that point? Of those for one audience, at most one does for each record, or for each caveat.
 */
export function holdsAt(point: Point, table: string): RawBuilder<boolean> {
  return sql<boolean>`${isOfDay(point, table)} and ${isKnownAt(point, table)}`;
}

function isOfDay({ day }: Point, table: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${table}.effective_from`)} <= ${day} and ${sql.ref(`${table}.effective_to`)} > ${day}`;
}

/** SQL: is it known there, whatever the day? */
export function isKnownAt({ recorded, sequence, recordedSequence, clock }: Point, table: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  // A row of the stated clock alone is bounded by its stated instants, any other by what the ledger had recorded by then.
  const upTo =
    clock === 'PROVEN' || sequence === recordedSequence
      ? sql`${recordedSequence}`
      : sql`case ${column('clocks')} when ${CLOCK_BIT.STATED} then ${sequence} else ${recordedSequence} end`;
  return sql<boolean>`${column('sequence_from')} <= ${upTo} and ${column('sequence_to')} > ${upTo}
    and (${column('clocks')} & ${CLOCK_BIT[clock]}) <> 0
    and (${column('clocks')} <> ${CLOCK_BIT.STATED}
      or (${column('known_from')} <= ${recorded} and ${column('known_to')} > ${recorded}))`;
}

/**
 * SQL: is it filed where all that holds at that point is? What stands is looked for among what was superseded too: it may be superseded
 * between the opening of a view and its question, and is then filed elsewhere.
 */
export function isFiledAt({ effective, sequence, recordedSequence }: Point, table: string): RawBuilder<boolean> {
  const nodes = nodesAt(effective, [sequence, recordedSequence]);
  return sql<boolean>`${sql.ref(`${table}.node`)} in (${sql.join(nodes)})`;
}

/**
 * SQL: does a row that is filed for the basis have that value in an indexed column, or is it of one of these records? Each is found by itself:
 * said as alternatives, every row would be looked through.
 */
export function hasOrIsOf(
  view: LedgerView,
  projection: AnyProjection,
  column: string,
  value: string,
  records: readonly number[],
): RawBuilder<boolean> {
  const { point, reader } = opened(view);
  const table = sql.table(tableOf(projection));
  return sql<boolean>`row.rowid in (
    select own.rowid from ${table} as own where ${sql.ref(`own.${column}`)} = ${value}
      and ${isOneOf(sql.ref('own.audiences'), setsSeenBy(reader))} and ${isFiledAt(point, 'own')}
    union all select other.rowid from ${table} as other where other.record in (${sql.join(records)}))`;
}

/**
 * SQL: a text column of the rows, to be looked at in what another column finds. By itself the database may well choose the index of
 * the column that finds the most.
 */
export function lookedAt(column: string): RawBuilder<string> {
  return sql<string>`(${sql.ref(`row.${column}`)} || '')`;
}

/** SQL: the same for a column of numbers: who may see a row is looked at in rows that are found by what they are of. */
export function numberLookedAt(column: string): RawBuilder<number> {
  return sql<number>`(+${sql.ref(column)})`;
}

/**
 * SQL: may the reader see what is for these audiences, of this record? What is withheld is still to be marked, and is seen by those alone
 * who may see everything, or all of that record.
 */
export function maySee(
  { reader, answering }: { readonly reader: Reader; readonly answering: Pick<Answering, 'withheld'> },
  audiences: RawBuilder<unknown>,
  record: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const nothingWithheld = answering.withheld().length === 0;
  const isFor = (audience: Audience) =>
    audience === 'full' || nothingWithheld
      ? isOneOf(audiences, setsFor(AUDIENCE_BIT[audience]))
      : sql`(${isOneOf(audiences, setsFor(AUDIENCE_BIT[audience]))} and ${record} not in (select withheld.record from withheld))`;
  if (reader.ownsAs === undefined) return sql<boolean>`${isFor(reader.audience)}`;
  const forEither = isOneOf(audiences, setsFor(AUDIENCE_BIT[reader.audience] | AUDIENCE_BIT.full));
  return sql<boolean>`(${forEither} and case when ${owned(reader.ownsAs, record)} then ${isFor('full')} else ${isFor(reader.audience)} end)`;
}

/** The sets of audiences among which all stands that the reader may see: asked one by one, each is found in order. */
export function setsSeenBy({ audience, ownsAs }: Reader): readonly number[] {
  return setsFor(AUDIENCE_BIT[audience] | (ownsAs === undefined ? 0 : AUDIENCE_BIT.full));
}

/** Every set of audiences that has one of these. Named one by one, rows are found by audience first: hidden ones cost no time. */
function setsFor(bits: number): readonly number[] {
  return [1, 2, 3, 4, 5, 6, 7].filter((set) => (set & bits) !== 0);
}

/** SQL: is it one of these values, of which there may be more than a question has room for one by one? */
export function isAmong(value: RawBuilder<unknown>, among: readonly (string | number)[]): RawBuilder<boolean> {
  return sql<boolean>`${value} in (select value from json_each(${JSON.stringify(among)}))`;
}

/** SQL: is an event, of a table of `record_events` by that name, known there? */
export function isEventKnownAt(
  { recorded, sequence, recordedSequence, clock }: Point,
  table: string,
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return clock === 'PROVEN'
    ? sql<boolean>`${column('sequence')} <= ${recordedSequence}`
    : sql<boolean>`(${column('sequence')} <= ${sequence} and ${column('known_at')} <= ${recorded})`;
}

function isOneOf(audiences: RawBuilder<unknown>, sets: readonly number[]): RawBuilder<unknown> {
  return sql`${audiences} in (${sql.raw(sets.join(', '))})`;
}

/** SQL: asked of one record, and not gathered for all that the post owns: a question about few rows must not grow with those. */
function owned(post: string, record: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from records as whose where whose.record = ${record} and instr(whose.owners_now, ' ' || ${post} || ' ') > 0)`;
}

/** The answer to a question for which many rows may have to be looked through: outside this thread, which goes on meanwhile. */
export function askedApart<Row>(view: LedgerView, question: { compile(): Question }): Promise<readonly Row[]> {
  return opened(view).answering.tables().readApart<Row>(question.compile());
}

/** A record of which something is damaged in the store: nothing of it is shown as fact, to anybody who might have seen it. */
export class RecordDamaged extends Error {
  override readonly name = 'RecordDamaged';
  readonly ref: string;
  /** @param isCertain false where another record of the register may be the one that is damaged */
  constructor(ref: string, isCertain = true) {
    super(
      isCertain
        ? `What the ledger holds of ${ref} is damaged in the store. Nothing of it is shown until the store is mended.`
        : `The ledger cannot tell whether it holds ${ref}: in the store, a record is damaged together with its reference.`,
    );
    this.ref = ref;
  }
}

/**
 * For whoever asked for a record and found none: it may be there and damaged. Where a record only names it, it reads as one that is
 * not known, and the list says that it may be missing something.
 *
 * A record of which the opening and the reservation are damaged has lost its reference: it could be any that is not found. So of none
 * is it said then that there is no such record.
 * @throws RecordDamaged
 */
export async function refuseDamaged(view: LedgerView, register: string, ref: string): Promise<void> {
  const found = await parkedFor(view)
    .innerJoin('records', 'records.record', 'parked.record')
    .select('records.ref')
    .where('parked.register', '=', register)
    .where('parked.reason', '=', 'damaged')
    .where((is) => is.or([is('records.ref', '=', ref), is('records.ref', 'is', null)]))
    .orderBy('records.ref', (by) => by.desc().nullsLast())
    .executeTakeFirst();
  if (found !== undefined) throw new RecordDamaged(ref, found.ref !== null);
}

/** How many records of these registers this reader may be missing something of, because an event is damaged or could not be applied. */
export async function incompleteIn(view: LedgerView, ...registers: readonly string[]): Promise<number> {
  const { incomplete } = await parkedFor(view)
    .select(({ fn }) => fn.countAll<number>().as('incomplete'))
    .where('register', 'in', registers)
    .executeTakeFirstOrThrow();
  return incomplete;
}

/** SQL: is it parked at that point? A damaged record is damaged from its first event on: what it was before is not known either. */
export function isParkedAt({ sequence }: Pick<Point, 'sequence'>): RawBuilder<boolean> {
  return sql<boolean>`case parked.reason when 'damaged' then parked.record else parked.sequence end <= ${sequence}`;
}

/** What is parked at the view's basis. */
function parkedFor(view: LedgerView) {
  const { answering, point, reader } = opened(view);
  return answering
    .tables()
    .query.selectFrom('parked')
    .where(isParkedAt(point))
    .where(maySee({ reader, answering }, sql.ref('parked.audiences'), sql.ref('parked.record')));
}

/** SQL: may the reader read a part that the `texts` table marks as restricted or not? */
function mayReadWords(reader: Reader): RawBuilder<boolean> {
  if (reader.audience === 'full') return sql<boolean>`1 = 1`;
  if (reader.ownsAs === undefined) return sql<boolean>`texts.restricted = 0`;
  return sql<boolean>`(texts.restricted = 0 or ${owned(reader.ownsAs, sql.ref('texts.record'))})`;
}

/** Words of this ledger that count at the view's basis and that its reader may read. */
function readableTexts(view: OpenView) {
  return view.answering
    .tables()
    .query.selectFrom('log_events')
    .innerJoin('texts', 'texts.sequence', 'log_events.sequence')
    .innerJoin('record_events', (join) =>
      join.onRef('record_events.record', '=', 'texts.record').onRef('record_events.sequence', '=', 'texts.sequence'),
    )
    .where(mayRead(view));
}

/** SQL: do words count at the view's basis, and may its reader read them? Of `texts` with its `log_events` and `record_events`. */
export function mayRead({ answering, point, reader }: OpenView): RawBuilder<boolean> {
  const seen = maySee({ reader, answering }, numberLookedAt('record_events.audiences'), sql.ref('texts.record'));
  return sql<boolean>`(log_events.sequence <= ${point.sequence} and ${seen} and ${mayReadWords(reader)})`;
}

/**
 * SQL: do any of these texts hold the words, as far as the reader may read them, or is the record known by them as a name? Capitals do not matter, nor which quotes and dashes
 * (`words.ts`). `places`: columns that name an event and a part of it.
 */
export function textsHold(
  view: LedgerView,
  places: readonly (readonly [event: string, part: string])[],
  words: string,
): RawBuilder<boolean> {
  const pattern = `*${globOf(words)}*`;
  const holds = places.map(
    ([event, part]) =>
      sql<boolean>`exists ${readableTexts(opened(view))
        .select(sql<number>`1`.as('found'))
        .where(sql<boolean>`log_events.event = ${sql.ref(event)} and texts.part = ${sql.ref(part)}`)
        .where(sql<boolean>`lower(texts.content) glob ${pattern}`)}`,
  );
  return sql<boolean>`(${sql.join([...holds, isCalled(view, words)], sql` or `)})`;
}

/** SQL: is a row of a record that is known under that very name at the view's basis, as far as the reader may read it? */
function isCalled(view: LedgerView, name: string): RawBuilder<boolean> {
  return sql<boolean>`row.record in (select namings.record ${namingsByName(view, name)})`;
}

/** SQL: from which records, and where they are known under that very name: capitals and spaces do not matter, nor which quotes and dashes. */
export function namingsByName(view: LedgerView, name: string): RawBuilder<unknown> {
  const { answering, point, reader } = opened(view);
  const words = readableTexts(opened(view))
    .select(sql<string>`log_events.event || '/' || texts.part`.as('place'))
    .where('texts.called', '=', nameCompared(name));
  return sql`from namings where namings.named in ${words} and ${holdsAt(point, 'namings')}
    and ${maySee({ reader, answering }, sql.ref('namings.audiences'), sql.ref('namings.record'))}`;
}

/** SQL: is what a column holds these words, and no others? Spaces and capitals do not matter, nor which quotes and dashes. */
export function isWord(column: string, words: string): RawBuilder<boolean> {
  return sql<boolean>`coalesce(lower(replace(${sql.ref(column)}, ' ', '')) glob ${globOf(words.replace(/\s/g, ''))}, 0)`;
}

/** Words, in one question for all of them. */
async function wordsOf(view: OpenView, refs: readonly TextRef[]): Promise<readonly (string | null)[]> {
  const found = await readableTexts(view)
    .select(['log_events.event', 'texts.part', 'texts.content'])
    .where('log_events.event', 'in', [...new Set(refs.map(({ event }) => event))])
    .where('texts.part', 'in', [...new Set(refs.map(({ part }) => part))])
    .execute();
  const byPlace = new Map(found.map(({ event, part, content }) => [`${event}/${part}`, content]));
  return refs.map(({ event, part }) => byPlace.get(`${event}/${part}`) ?? null);
}
