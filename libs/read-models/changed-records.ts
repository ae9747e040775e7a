import { sql, type RawBuilder } from 'kysely';
import { BASES } from '../timeline/index.ts';
import { onceForEnds, type ComparedEnds } from './compared-ends.ts';
import { viewOfAll } from './bodies.ts';
import { nodesAt } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { everMistaken } from './mistakes.ts';
import { recordsNaming } from './namings.ts';
import { tableOf, type AnyProjection, type Columns, type RecordProjection } from './projection.ts';
import { countsOf } from './paging.ts';
import { everyRecordOf } from './record-states.ts';
import { isInScope } from './scope.ts';
import { countOfList } from './totals.ts';
import {
  askedApart,
  holdsAt,
  isAmong,
  maySee,
  numberLookedAt,
  opened,
  rowsAsOf,
  setsSeenBy,
  type OpenView,
  type RowsQuery,
} from './view.ts';

/*
 * Which records may be told otherwise at one of the three bases of a comparison than at another: found by indexes, so that it costs what changed and not
 * what there is. More may be found than are: whether anything changed is told by walking.
 */

/** A record by the number that the tables have for it. */
export interface NumberedRecord {
  readonly record: number;
  readonly ref: string;
  readonly sortKey: string;
  /** The body to which it belongs, as the whole ledger tells it now. */
  readonly body: string | null;
}

/** By what other records those of a list are told, and how they are found by them. */
export interface ToldByOthers {
  readonly register: string;
  /** SQL: is a row told by one of these, although it does not name it? Default: those that name one are. */
  readonly rows?: (others: readonly NumberedRecord[]) => RawBuilder<boolean> | null;
}

/** What of a list turns on more than its own rows. */
export interface Turning<C extends Columns> {
  readonly projection: RecordProjection<never, C>;
  /** SQL: is a row of a record of the list? Default: all of the projection are. */
  readonly only?: RawBuilder<boolean>;
  /** True where there are few, and all may be told otherwise by the day. */
  readonly isShort?: boolean;
  readonly byOthers: readonly ToldByOthers[];
  /** SQL: what is told of a row by the day of a view. One that is told otherwise on the two days is among those that may have changed. */
  readonly turns: (view: ComparedEnds['told'], all: RowsQuery<C>) => Promise<readonly RawBuilder<unknown>[]>;
  /** True where a row turns on no other day than those in the columns of days of its projection, and those of the meetings that it names. */
  readonly turnsOnDays?: boolean;
}

/**
 * Records of a list that may have changed, in the order of the list; of the bodies of which any of the three views is.
 * @param rag a RAG rule by which they are coloured: where that changed, all may be of another colour
 */
export async function changedRecords<C extends Columns>(
  ends: ComparedEnds,
  list: Turning<C>,
  rag?: string,
): Promise<readonly NumberedRecord[]> {
  return inOrder(ends, list, await mayHaveChanged(ends, list, rag));
}

/** Their numbers, in no order, whatever the bodies of which the views are. Null: any of the list. */
export async function mayHaveChanged<C extends Columns>(
  ends: ComparedEnds,
  list: Turning<C>,
  rag?: string,
): Promise<readonly number[] | null> {
  if (list.isShort === true) return null;
  if (rag !== undefined && (await ownChanges(ends, 'rules')).some(({ ref }) => ref === rag)) return null;
  const [own, { beside }] = await Promise.all([ownChanges(ends, list.projection.register), besideItself(ends, list)]);
  return [...new Set([...own.map(({ record }) => record), ...beside])];
}

/**
 * Those that may have changed by something beside what was recorded of them: by another record or by the day. `turned`: those that are told otherwise on the
 * second day by the day alone, each of which is the same row on both.
 */
export async function besideItself<C extends Columns>(
  ends: ComparedEnds,
  list: Turning<C>,
): Promise<{ readonly beside: readonly number[]; readonly turned: readonly number[] }> {
  const [others, turned, mistaken] = await Promise.all([
    toldByOthers(ends, list),
    turnedByTheDay(ends, list),
    namingMistaken(ends, list.projection.register),
  ]);
  return { beside: [...new Set([...others, ...turned, ...mistaken])], turned };
}

/** Those that something was recorded of between the two instants, and those that something took effect of between the two days. */
function ownChanges(ends: ComparedEnds, register: string): Promise<readonly NumberedRecord[]> {
  const known = onceForEnds(ends, ownChanges, () => new Map<string, Promise<readonly NumberedRecord[]>>());
  const found = known.get(register) ?? readOwnChanges(ends, register);
  known.set(register, found);
  return found;
}

async function readOwnChanges(ends: ComparedEnds, register: string): Promise<readonly NumberedRecord[]> {
  const closing = opened(ends.closing);
  const { has, are } = changedOfItself(ends, register);
  const isOwn = (await areManyBetween(ends, register)) ? has : sql`records.record in (${are})`;
  const found = sql<NumberedRecord>`select records.record as record, records.ref as ref, records.belongs_to as body, '' as sortKey
    from records where records.register = ${register} and records.ref is not null and ${isOwn}
      and ${maySee(closing, openingAudiences(), sql.ref('records.record'))}`;
  const rows = await closing.answering
    .tables()
    .readApart<NumberedRecord>(found.compile(closing.answering.tables().query));
  return rows;
}

/** Where there are more of them for each record than so many, each record is asked whether it has one. */
const MANY_OF_EACH = 2;
/** So many days as make it likely that most records have one of their own. */
const LONG_DAYS = 3 * 365;

/**
 * May most records of a register have changed? That only decides how they are found; yet what the reader may not see has no part in it, as it would show in
 * how long it takes.
 */
export async function areManyBetween({ told, closing }: ComparedEnds, register: string): Promise<boolean> {
  const [first, last] = [opened(told), opened(closing)];
  if (last.point.day - first.point.day > LONG_DAYS) return true;
  const all = viewOfAll(closing);
  const projection = everyRecordOf(all, register);
  const size = await countOfList(all, projection, {}, rowsAsOf(all, projection as RecordProjection, true))();
  const atMost = MANY_OF_EACH * size;
  const counting = sql`select count(*) as count from (select 1 from (${recordedSince(first, last)}) limit ${atMost + 1})`;
  const { query } = last.answering.tables();
  const [seen] = await countsOf<{ readonly count: number }>(closing, { compile: () => counting.compile(query) });
  return seen!.count > atMost;
}

/** SQL: for whom the event is that opened a record. */
function openingAudiences(): RawBuilder<unknown> {
  return sql`(select audiences from record_events as first where first.record = records.record and first.sequence = records.record)`;
}

/**
 * SQL: those of which something came to be known or took effect. `are`: found by that, records of other registers among them; `has`: asked of each of
 * `records`, which is less where most have something.
 */
export function changedOfItself(
  ends: ComparedEnds,
  register: string,
): { readonly are: RawBuilder<unknown>; readonly has: RawBuilder<boolean> } {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  const table = sql.table(tableOf(everyRecordOf(closing, register)));
  const questions = [recordedSince(told, closing)];
  if (told.point.day < closing.point.day) questions.push(...takenEffect(told, closing, table));
  return { are: sql.join(questions, sql` union all `), has: hasChanged(told, closing, table) };
}

/** SQL: the same, asked of each record: the first that is found is enough. */
function hasChanged(told: OpenView, closing: OpenView, table: RawBuilder<unknown>): RawBuilder<boolean> {
  const { ofLedger, ofPapers } = since(told, closing);
  const { point } = closing;
  const each = [
    sql`exists (select 1 from record_events as one where one.record = records.record and ${ofLedger})`,
    ...ofPapers.map((are) => sql`records.record in (select one.record from record_events as one where ${are})`),
    sql`exists (select 1 from ${table} as one where one.ref = records.ref and one.record = records.record and ${seenHere(closing)}
      and effective_from > ${told.point.day} and effective_from <= ${point.day}
      and sequence_from <= ${point.sequence} and sequence_to > ${point.recordedSequence})`,
  ];
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** SQL: the records of what counts at the second end and not at the first, by what was known. */
function recordedSince(told: OpenView, closing: OpenView): RawBuilder<unknown> {
  const { ofLedger, ofPapers } = since(told, closing);
  const each = [ofLedger, ...ofPapers].map((are) => sql`select one.record from record_events as one where ${are}`);
  return sql.join(each, sql` union all `);
}

/** SQL: is `one` an event of that? Those that the ledger recorded; and on the clock of stated dates those that papers state. */
function since(
  told: OpenView,
  closing: OpenView,
): { readonly ofLedger: RawBuilder<boolean>; readonly ofPapers: readonly RawBuilder<boolean>[] } {
  const [was, is] = [told.point, closing.point];
  const seen = seenHere(closing);
  const ofLedger = sql<boolean>`${seen}
    and sequence > ${was.recordedSequence} and sequence <= ${is.clock === 'PROVEN' ? is.recordedSequence : is.sequence}`;
  if (is.clock === 'PROVEN') return { ofLedger, ofPapers: [] };
  const ofPapers = sql<boolean>`${seen} and imported = 1
    and sequence <= ${is.sequence} and known_at <= ${is.recorded}
    and (known_at > ${was.recorded} or sequence > ${was.sequence})`;
  return { ofLedger: sql<boolean>`${ofLedger} and imported = 0`, ofPapers: [ofPapers] };
}

/**
 * SQL: what `one` is that the reader may see. Whoever owns something finds all that anybody may see by its audiences: of what is not for them a record is no more likely to
 * have changed, and is not read to find out.
 */
function seenHere(view: OpenView): RawBuilder<boolean> {
  return sql<boolean>`one.audiences in (${sql.raw(setsSeenBy(view.reader).join(', '))})
    and ${maySee(view, sql`(+one.audiences)`, sql.ref('one.record'))}`;
}

/**
 * SQL: the records of which a row begins between the two days. It ends there too, and is filed under a node between them, or it still holds on the
 * last of them; what was superseded since is filed by the log.
 */
function takenEffect(told: OpenView, closing: OpenView, table: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  const { point } = closing;
  const nodes = nodesAt(point.effective, [point.sequence, point.recordedSequence]);
  const begins = sql`select one.record from ${table} as one where ${seenHere(closing)}
    and effective_from > ${told.point.day} and effective_from <= ${point.day} and sequence_from <= ${point.sequence}`;
  return [
    sql`${begins} and node > ${told.point.day} and node <= ${point.day}`,
    sql`${begins} and node in (${sql.join(nodes)})`,
  ];
}

/** Those that are told by records of other registers which may have changed. */
async function toldByOthers<C extends Columns>(ends: ComparedEnds, list: Turning<C>): Promise<readonly number[]> {
  const each = await Promise.all(
    list.byOthers.map(async ({ register, rows }) => {
      const others = await ownChanges(ends, register);
      if (others.length === 0) return [];
      if (rows === undefined)
        return namingOnes(
          ends,
          list.projection.register,
          others.map(({ ref }) => ref),
        );
      const among = rows(others);
      return among === null ? [] : numbersOf(ends, list.projection, among);
    }),
  );
  return each.flat();
}

/** At most so many values to a question. */
const NAMED_AT_ONCE = 5_000;

/** The numbers of those that name one of these at any of the three bases. */
async function namingOnes(ends: ComparedEnds, register: string, refs: readonly string[]): Promise<readonly number[]> {
  const naming = new Set<string>();
  for (let from = 0; from < refs.length; from += NAMED_AT_ONCE) {
    const named = refs.slice(from, from + NAMED_AT_ONCE);
    for (const found of await Promise.all(BASES.map((basis) => recordsNaming(ends[basis], named))))
      for (const one of found) if (one.register === register) naming.add(one.ref);
  }
  if (naming.size === 0) return [];
  const { query } = opened(ends.closing).answering.tables();
  const { rows } = await sql<{ readonly record: number }>`select record from records
    where register = ${register} and ${isAmong(sql.ref('ref'), [...naming])}`.execute(query);
  return rows.map(({ record }) => record);
}

/** The numbers of those of which a row at any of the three bases is so. */
async function numbersOf<C extends Columns>(
  ends: ComparedEnds,
  projection: RecordProjection<never, C>,
  which: RawBuilder<boolean>,
): Promise<readonly number[]> {
  const each = await Promise.all(
    BASES.map((basis) =>
      askedApart<{ readonly record: number }>(
        ends[basis],
        rowsAsOf(ends[basis], projection, true)
          .where(which)
          .select(sql<number>`row.record`.as('record')),
      ),
    ),
  );
  return each.flat().map(({ record }) => record);
}

/** Those that are told otherwise on the second day than on the first because of the day alone. */
async function turnedByTheDay<C extends Columns>(ends: ComparedEnds, list: Turning<C>): Promise<readonly number[]> {
  const [first, last] = [ends.knownNow, ends.closing];
  if (first.basis.effective === last.basis.effective) return [];
  const among = await turningBetween(ends, list);
  if (among?.length === 0) return [];
  const [firstRows, lastRows] = [rowsAmong(first, list.projection, among), rowsAmong(last, list.projection, among)];
  const [was, is] = await Promise.all([list.turns(first, firstRows), list.turns(last, lastRows)]);
  if (was.length === 0) return [];
  const day = opened(first).point.day;
  const turned = lastRows
    .where(sql<boolean>`row.effective_from <= ${day}`)
    .where(
      sql<boolean>`(${sql.join(
        was.map((one, index) => sql`${one} is not ${is[index]}`),
        sql` or `,
      )})`,
    )
    .select(sql<number>`row.record`.as('record'));
  return (await askedApart<{ readonly record: number }>(last, turned)).map(({ record }) => record);
}

/**
 * The rows that hold on both days of those of which a day lies between the two, or that of a meeting which they name; null: any, where these are not looked up.
 * Found by the days, which does not grow with what else there is.
 */
async function turningBetween<C extends Columns>(
  ends: ComparedEnds,
  { projection, turnsOnDays = false }: Turning<C>,
): Promise<readonly number[] | null> {
  if (!turnsOnDays || (await areManyBetween(ends, projection.register))) return null;
  const [first, last] = [opened(ends.knownNow), opened(ends.closing)];
  const sets = sql.raw(setsSeenBy(last.reader).join(', '));
  const withDay = ({ days = [], ...table }: AnyProjection) =>
    sql.join(
      days.map(
        (day) => sql`select record from ${sql.table(tableOf(table))}
          where ${sql.ref(day)} >= ${first.basis.effective} and ${sql.ref(day)} < ${last.basis.effective} and (+audiences) in (${sets})`,
      ),
      sql` union all `,
    );
  const question = sql<{ readonly place: number }>`
    with found as (
      ${withDay(projection)} union
      select record from namings where audiences in (${sets}) and named in (
        select ref from records where record in (${withDay(everyRecordOf(last, 'meetings'))})))
    select own.rowid as place from found cross join records on records.record = found.record
    cross join ${sql.table(tableOf(projection))} as own on own.ref = records.ref and own.record = records.record
    where records.register = ${projection.register} and ${holdsAt(last.point, 'own')} and own.effective_from <= ${first.point.day}`;
  const tables = last.answering.tables();
  const found = await tables.readApart<{ readonly place: number }>(question.compile(tables.query));
  return found.map(({ place }) => place);
}

/** These of the rows, which hold at a basis; null: all. They are found by their places, whatever else is asked of them. */
function rowsAmong<C extends Columns>(
  view: LedgerView,
  projection: RecordProjection<never, C>,
  places: readonly number[] | null,
): RowsQuery<C> {
  if (places === null) return rowsAsOf(view, projection, true);
  const among = sql`(select own.*, own.rowid as rowid from json_each(${JSON.stringify(places)}) as one
    cross join ${sql.table(tableOf(projection))} as own on own.rowid = one.value)`;
  const rows = opened(view).answering.tables().query.selectFrom(among.as('row'));
  return rows.where(maySee(opened(view), sql.ref('row.audiences'), sql.ref('row.record')));
}

/** Those that link to a record which became nothing, or something again, between the two instants. */
export async function namingMistaken(ends: ComparedEnds, register: string): Promise<readonly number[]> {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  if (closing.reader.audience === 'full' && !closing.answering.tables().hasMistakes()) return [];
  const { query } = closing.answering.tables();
  const { rows } = await sql<{ readonly ref: string }>`select ref from ${everMistaken(closing)}
    where record in (${recordedSince(told, closing)})`.execute(query);
  return rows.length === 0
    ? []
    : namingOnes(
        ends,
        register,
        rows.map(({ ref }) => ref),
      );
}

/** These (null: all), as the list has them in order; of the bodies of which any of the three views is. */
export async function inOrder<C extends Columns>(
  ends: ComparedEnds,
  { projection, only = sql<boolean>`1 = 1` }: Pick<Turning<C>, 'projection' | 'only'>,
  found: readonly number[] | null,
): Promise<readonly NumberedRecord[]> {
  if (found?.length === 0) return [];
  const closing = opened(ends.closing);
  const { reader, answering } = closing;
  const within = BASES.map((basis) => isInScope(opened(ends[basis]), sql.ref('row.belongs_to')));
  const isWithin = within.some((one) => one === null)
    ? sql<boolean>`1 = 1`
    : sql<boolean>`(${sql.join(
        within.map((one) => one!),
        sql` or `,
      )})`;
  const question = sql<NumberedRecord>`select row.record as record, row.ref as ref, max(row.sort_key) as sortKey, row.belongs_to as body
    from ${sql.table(tableOf(projection))} as row
    where ${found === null ? sql`1 = 1` : isAmong(sql.ref('row.record'), found)}
      and ${maySee({ reader, answering }, numberLookedAt('row.audiences'), sql.ref('row.record'))} and ${isWithin} and ${only}
    group by row.record order by sortKey`;
  const tables = answering.tables();
  return tables.readApart<NumberedRecord>(question.compile(tables.query));
}
