import { sql, type RawBuilder } from 'kysely';
import { BASES, type AtEach } from '../timeline/index.ts';
import {
  areManyBetween,
  besideItself,
  changedOfItself,
  inOrder,
  type NumberedRecord,
  type Turning,
} from './changed-records.ts';
import type { ComparedEnds } from './compared-ends.ts';
import type { LedgerView } from './ledger-view.ts';
import { everMistaken } from './mistakes.ts';
import { tableOf, type Columns } from './projection.ts';
import { isAmong, opened, type RowsQuery } from './view.ts';

/*
 * Of which records it is certain that they changed, by their rows alone: whoever counts them, or wants a page of many, then walks the others and those of the
 * page. See docs/comparing.md.
 */

/** What of a list tells that a record changed. */
export interface Standing<C extends Columns> extends Turning<C> {
  /** Columns that may be another while the same is told. */
  readonly notTold?: readonly (keyof C & string)[];
  /** True where what turns with the day is told as it turns: then one of which it did is told otherwise. */
  readonly isToldByTurns?: boolean;
}

/** A record that changed or may have changed, and at which of the three bases it is in the list. */
export interface MaybeChanged extends Pick<NumberedRecord, 'record' | 'ref' | 'sortKey'> {
  readonly listed: AtEach<boolean>;
}

/** Some of those that changed for certain, in the order of the list: so many after a key, or from the beginning. */
export interface SomeCertain {
  /** -1: all of them. */
  readonly first: number;
  readonly after: string | null;
}

export interface CertainChanges {
  /** How many changed for certain. */
  readonly count: number;
  /** Those of them that are asked for, in the order of the list. */
  readonly some: readonly MaybeChanged[];
  /** The others that may have changed, in the order of the list. */
  readonly uncertain: readonly MaybeChanged[];
}

/**
 * Which records changed for certain: one that is in the list at one end of a step and not at the other; and one that is in it at both and holds another value
 * in a column, or is told otherwise by the day. Nothing is certain of what one holds that links to a record by mistake. One that is the same row at all three
 * bases did not change, unless the day or another record may tell it otherwise. Where few may have changed, each is looked up; where many, all that stands
 * at the three bases is laid side by side.
 * @param rows those that pass at a basis, as the list has them there
 * @param some asked last, when nothing but this question is left
 */
export async function certainChanges<C extends Columns>(
  ends: ComparedEnds,
  list: Standing<C>,
  rows: (view: LedgerView) => Promise<RowsQuery<C>>,
  some: () => SomeCertain,
): Promise<CertainChanges> {
  const { projection, isShort = false } = list;
  const [{ beside, turned }, areMany, each] = await Promise.all([
    besideItself(ends, list),
    isShort || areManyBetween(ends, projection.register),
    Promise.all(BASES.map((basis) => rows(ends[basis]))),
  ]);
  const sides = sidesOf(each);
  const [told, known, closing] = sides.columns;
  const own = sql.table(tableOf(projection));
  const isBeside = isShort ? sql`1` : isAmong(sql.ref('record'), beside);
  const { first, after } = some();
  const question = sql<Found>`
    with standing as materialized (${
      areMany
        ? besideEachOther(sides)
        : lookedUp(
            sides.rows,
            sides.rows.map((_, side) => columnOf(side)),
            projection.register,
            mayBeOthers(ends, projection.register, beside),
          )
    }),
    judged as materialized (
      select record, coalesce(${closing}, ${known}, ${told}) as place,
        ${told} is not null as told, ${known} is not null as knownNow, ${closing} is not null as closing,
        case when ${hasChanged(ends, list, sides, turned)} then 1
          when ${allOf(sides.steps.map(([one, other]) => sql`${one} = ${other}`))} and not ${isBeside} then 0 end as isChanged
      from standing where coalesce(${told}, ${known}, ${closing}) is not null),
    listed as (
      select record, ref, sort_key, told, knownNow, closing, isChanged
      from judged cross join (select rowid as own, ref, sort_key from ${own}) on own = place)
    select 'COUNT' as what, count(*) as record, null as ref, null as sortKey, 0 as told, 0 as knownNow, 0 as closing from judged where isChanged = 1
    union all select 'ABSENT', record, null, null, 0, 0, 0 from (${
      areMany
        ? sql`select record from records where register = ${projection.register} and ref is not null
            and record not in (select record from standing) and (${isBeside} or ${changedOfItself(ends, projection.register).has})`
        : sql`select record from standing where coalesce(${told}, ${known}, ${closing}) is null`
    })
    union all select 'UNCERTAIN', record, ref, sort_key, told, knownNow, closing from listed where isChanged is null
    union all select * from (
      select 'CERTAIN', record, ref, sort_key, told, knownNow, closing from listed
      where isChanged = 1 and sort_key > ${after ?? ''} order by sort_key limit ${first})`;
  const tables = opened(ends.closing).answering.tables();
  const found = await tables.readApart<Found>(question.compile(tables.query));
  const are = (wanted: Found['what']) => found.filter(({ what }) => what === wanted);
  // They stand at none of the bases, and may have passed through.
  const absent = await inOrder(
    ends,
    list,
    are('ABSENT').map(({ record }) => record),
  );
  return {
    count: are('COUNT')[0]!.record,
    some: are('CERTAIN').map(listedIn),
    uncertain: [...are('UNCERTAIN'), ...absent.map((one) => ({ ...one, told: 0, knownNow: 0, closing: 0 }))]
      .map(listedIn)
      .toSorted(bySortKey),
  };
}

type Found = Omit<MaybeChanged, 'listed'> &
  AtEach<number> & { readonly what: 'COUNT' | 'ABSENT' | 'UNCERTAIN' | 'CERTAIN' };

function listedIn({ record, ref, sortKey, told, knownNow, closing }: Omit<Found, 'what'>): MaybeChanged {
  return { record, ref, sortKey, listed: { told: told === 1, knownNow: knownNow === 1, closing: closing === 1 } };
}

export function bySortKey(a: { readonly sortKey: string }, b: { readonly sortKey: string }): number {
  return a.sortKey < b.sortKey ? -1 : 1;
}

type Column = RawBuilder<number | null>;

/** The rows of a list at the three bases, each question once: two bases may be the same. */
interface Sides<C extends Columns> {
  readonly rows: readonly RowsQuery<C>[];
  /** SQL: the row of a record at each basis; null: it is not in the list there. */
  readonly columns: readonly [told: Column, known: Column, closing: Column];
  /** The columns of the two ends of each step in which anything can be otherwise. */
  readonly steps: readonly (readonly [Column, Column])[];
}

function sidesOf<C extends Columns>(each: readonly RowsQuery<C>[]): Sides<C> {
  const names = each.map((one) => {
    const { sql: words, parameters } = one.compile();
    return JSON.stringify([words, parameters]);
  });
  const distinct = [...new Set(names)];
  const [told, known, closing] = names.map((name) => columnOf(distinct.indexOf(name)));
  const steps: (readonly [Column, Column])[] = [];
  if (names[0] !== names[1]) steps.push([told!, known!]);
  if (names[1] !== names[2]) steps.push([known!, closing!]);
  return { rows: distinct.map((name) => each[names.indexOf(name)]!), columns: [told!, known!, closing!], steps };
}

function columnOf(side: number): Column {
  return sql.ref(`side_${side}`);
}

/** SQL: every record that stands at a basis, and its rows. */
function besideEachOther<C extends Columns>({ rows }: Sides<C>): RawBuilder<unknown> {
  const each = rows.map((one, side) => {
    const placed = one.select(sql<number>`row.record`.as('record')).select(sql<number>`row.rowid`.as('place'));
    return sql`select ${sql.lit(side)} as side, record, place from ${placed}`;
  });
  const places = rows.map((_, side) => sql`max(case side when ${sql.lit(side)} then place end) as ${columnOf(side)}`);
  return sql`select record, ${sql.join(places)} from (${sql.join(each, sql` union all `)}) group by record`;
}

/** SQL: those that may have changed by themselves, and these beside. */
export function mayBeOthers(ends: ComparedEnds, register: string, beside: readonly number[]): RawBuilder<unknown> {
  const { are } = changedOfItself(ends, register);
  return sql`${are} union select value from json_each(${JSON.stringify(beside)})`;
}

/** SQL: these records of a register, and the place of each in some rows. They are found by its reference, which does not grow with what else there is. */
export function lookedUp<C extends Columns>(
  rows: readonly RowsQuery<C>[],
  columns: readonly RawBuilder<unknown>[],
  register: string,
  found: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const places = rows.map((one, side) => {
    const own = one.where(sql<boolean>`row.ref = records.ref and row.record = records.record`);
    return sql`${own.select(sql<number>`row.rowid`.as('place'))} as ${columns[side]!}`;
  });
  return sql`select records.record as record, ${sql.join(places)}
    from (${found}) as found cross join records on records.record = found.record
    where records.register = ${register} and records.ref is not null`;
}

/** SQL: did a record change for certain? */
function hasChanged<C extends Columns>(
  { closing: view }: ComparedEnds,
  { projection, notTold = [], isToldByTurns = false }: Standing<C>,
  { columns: [, known, closing], steps }: Sides<C>,
  turned: readonly number[],
): RawBuilder<boolean> {
  const told = Object.keys(projection.columns).filter((column) => !notTold.includes(column as keyof C & string));
  const differ = told.map((column) => sql`${sql.ref(`one.${column}`)} is not ${sql.ref(`other.${column}`)}`);
  const own = sql.table(tableOf(projection));
  const isAnother = steps.map(
    ([was, is]) => sql`${was} <> ${is} and exists (select 1 from ${own} as one cross join ${own} as other
      where one.rowid = ${was} and other.rowid = ${is} and (${sql.join(differ, sql` or `)}))`,
  );
  const cameOrWent = steps.map(([was, is]) => sql`(${was} is null) <> (${is} is null)`);
  const isTurned = isToldByTurns ? sql`${known} = ${closing} and ${isAmong(sql.ref('record'), turned)}` : sql`0`;
  return sql<boolean>`(${anyOf(cameOrWent)} or ${isTurned} or ${anyOf(isAnother)} and ${namesNoMistake(view, sql.ref('record'))})`;
}

function anyOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`0` : sql`(${sql.join(conditions, sql` or `)})`;
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1` : sql`(${sql.join(conditions, sql` and `)})`;
}

/**
 * SQL: does a record name none that was ever void, as far as the reader may know? What is so of links to one is told at each place by whether it is. Those that
 * are hidden have no part in it: what names one would be looked into further, which takes longer.
 */
export function namesNoMistake(view: LedgerView, record: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${record} not in (
    select namings.record from namings where named in (select ref from ${everMistaken(view)}))`;
}
