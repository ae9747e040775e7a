import { sql, type RawBuilder } from 'kysely';
import { BASES } from '../timeline/index.ts';
import { onceForEnds, type ComparedEnds } from './compared-ends.ts';
import type { LedgerView } from './ledger-view.ts';
import { nodesAt } from './interval-tree.ts';
import { recordsNaming } from './namings.ts';
import { tableOf, type Columns, type RecordProjection } from './projection.ts';
import { countsOf } from './paging.ts';
import { everyRecordOf } from './record-states.ts';
import { isInScope } from './scope.ts';
import {
  askedApart,
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
}

/** Records that may have changed, by their numbers. */
export interface MayHaveChanged {
  /** Null: any of the list. */
  readonly found: readonly number[] | null;
  /** Those that are told otherwise on the second day by the day alone: each is the same row on both. */
  readonly turned: readonly number[];
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
  return inOrder(ends, list, (await mayHaveChanged(ends, list, rag)).found);
}

/** Their numbers, in no order, whatever the bodies of which the views are. */
export async function mayHaveChanged<C extends Columns>(
  ends: ComparedEnds,
  list: Turning<C>,
  rag?: string,
): Promise<MayHaveChanged> {
  const { register } = list.projection;
  const [own, others, turned, mistaken] = await Promise.all([
    ownChanges(ends, register),
    toldByOthers(ends, list),
    turnedByTheDay(ends, list),
    namingMistaken(ends, register),
  ]);
  const isRecoloured = rag !== undefined && (await ownChanges(ends, 'rules')).some(({ ref }) => ref === rag);
  if (list.isShort === true || isRecoloured) return { found: null, turned };
  const records = [...own.map(({ record }) => record), ...others, ...turned];
  return { found: [...new Set([...records, ...mistaken])], turned };
}

/** Those that something was recorded of between the two instants, and those that something took effect of between the two days. */
function ownChanges(ends: ComparedEnds, register: string): Promise<readonly NumberedRecord[]> {
  const known = onceForEnds(ends, ownChanges, () => new Map<string, Promise<readonly NumberedRecord[]>>());
  const found = known.get(register) ?? readOwnChanges(ends, register);
  known.set(register, found);
  return found;
}

async function readOwnChanges(ends: ComparedEnds, register: string): Promise<readonly NumberedRecord[]> {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  const table = sql.table(tableOf(everyRecordOf(closing, register)));
  const isOwn = (await areManyBetween(ends, register))
    ? hasChanged(told, closing, table)
    : isAmongChanges(told, closing, table);
  const found = sql<NumberedRecord>`select records.record as record, records.ref as ref, records.belongs_to as body, '' as sortKey
    from records where records.register = ${register} and records.ref is not null and ${isOwn}
      and ${maySee(closing, openingAudiences(), sql.ref('records.record'))}`;
  const rows = await closing.answering
    .tables()
    .readApart<NumberedRecord>(found.compile(closing.answering.tables().query));
  return rows;
}

/** Is so much recorded or in effect between the two ends that most records of a register may well have changed? */
export async function areManyBetween({ told, closing }: ComparedEnds, register: string): Promise<boolean> {
  return eventsBetween(opened(told), opened(closing)) > MANY_OF_EACH * (await sizeOf(closing, register));
}

/** Where there are more of them for each record than so many, each record is asked whether it has one. */
const MANY_OF_EACH = 2;
/** So many are looked through at once, however few records there are. */
const FEW = 64;
/** So many days as make it likely that most records have one of their own. */
const LONG_DAYS = 3 * 365;

/** How many events there are at most that may have changed anything. */
function eventsBetween(told: OpenView, closing: OpenView): number {
  if (closing.point.day - told.point.day > LONG_DAYS) return Infinity;
  const since = closing.point.sequence - told.point.recordedSequence;
  return since > FEW ? since : 0;
}

/** How many records a register has, whoever may see them: by that alone nothing is answered, but how it is found. */
export async function sizeOf(view: LedgerView, register: string): Promise<number> {
  const counting = sql`select count(*) as count from records where register = ${register}`;
  const { query } = opened(view).answering.tables();
  const [found] = await countsOf<{ readonly count: number }>(view, { compile: () => counting.compile(query) });
  return found!.count;
}

/** SQL: for whom the event is that opened a record. */
function openingAudiences(): RawBuilder<unknown> {
  return sql`(select audiences from record_events as first where first.record = records.record and first.sequence = records.record)`;
}

/** SQL: is a record among those of what came to be known or took effect? */
function isAmongChanges(told: OpenView, closing: OpenView, table: RawBuilder<unknown>): RawBuilder<boolean> {
  const questions = [recordedSince(told, closing)];
  if (told.point.day < closing.point.day) questions.push(...takenEffect(told, closing, table));
  return sql<boolean>`records.record in (${sql.join(questions, sql` union all `)})`;
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
  const [firstRows, lastRows] = [rowsAsOf(first, list.projection, true), rowsAsOf(last, list.projection, true)];
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

/** Those that link to a record which became nothing, or something again, between the two instants. */
async function namingMistaken(ends: ComparedEnds, register: string): Promise<readonly number[]> {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  if (closing.reader.audience === 'full' && !closing.answering.tables().hasMistakes()) return [];
  const { query } = closing.answering.tables();
  const { rows } = await sql<{ readonly ref: string }>`select distinct records.ref as ref from mistakes
    join records on records.record = mistakes.record
    where records.ref is not null and records.record in (${recordedSince(told, closing)})`.execute(query);
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
