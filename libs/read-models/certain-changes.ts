import { sql, type RawBuilder } from 'kysely';
import { BASES } from '../timeline/index.ts';
import { inOrder, mayHaveChanged, sizeOf, type NumberedRecord, type Turning } from './changed-records.ts';
import type { ComparedEnds } from './compared-ends.ts';
import type { LedgerView } from './ledger-view.ts';
import { tableOf, type Columns } from './projection.ts';
import { holdsAt, isAmong, opened, type RowsQuery } from './view.ts';

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

/** A record that may have changed, and whether it did for certain. */
export interface MaybeChanged extends Pick<NumberedRecord, 'record' | 'ref' | 'sortKey'> {
  readonly isCertain: boolean;
}

/**
 * Records that may have changed, in the order of the list. For certain one did that is in the list at one end of a step and not at the other; and one that is in it at
 * both and holds another value in a column, or is told otherwise by the day. Nothing is certain of what one holds that links to a record by mistake.
 * @param rows those that pass at a basis, as the list has them there
 */
export async function maybeChanged<C extends Columns>(
  ends: ComparedEnds,
  list: Standing<C>,
  rows: (view: LedgerView) => Promise<RowsQuery<C>>,
): Promise<readonly MaybeChanged[]> {
  const { found, turned } = await mayHaveChanged(ends, list);
  if (found?.length === 0) return [];
  const { answering } = opened(ends.closing);
  const tables = answering.tables();
  const areMany = found === null || found.length * FEW_OF > (await sizeOf(ends.closing, list.projection.register));
  const own = sql.table(tableOf(list.projection));
  const sides = await Promise.all(
    BASES.map(async (basis, side) => {
      const view = ends[basis];
      const all = await rows(view);
      return (
        found === null ? all : all.where(areMany ? isAmong(sql.ref('row.record'), found) : isOf(view, own, found))
      )
        .select(sql<number>`${sql.lit(side)}`.as('side'))
        .select(sql<number>`row.record`.as('record'))
        .select(sql<number>`row.rowid`.as('place'));
    }),
  );
  const placeAt = (side: number) => sql`max(case side when ${sql.lit(side)} then place end)`;
  const question = sql<MaybeChanged>`
    with standing as (
      select record, ${placeAt(0)} as told, ${placeAt(1)} as known, ${placeAt(2)} as closing
      from (${sql.join(
        sides.map((one) => sql`select * from ${one}`),
        sql` union all `,
      )}) group by record)
    select standing.record as record, coalesce(c.ref, b.ref, a.ref) as ref, coalesce(c.sort_key, b.sort_key, a.sort_key) as sortKey,
      ((a.record is null) <> (b.record is null) or (b.record is null) <> (c.record is null)
        or (${isAnother(list, ['a', 'b'])} or ${isAnother(list, ['b', 'c'])}) and ${namesNoMistake(sql.ref('standing.record'))}
        or ${list.isToldByTurns === true && turned.length > 0 ? sql`b.rowid = c.rowid and ${isAmong(sql.ref('standing.record'), turned)}` : sql`0`}) as isCertain
    from standing left join ${own} as a on a.rowid = told left join ${own} as b on b.rowid = known left join ${own} as c on c.rowid = closing
    order by sortKey`;
  const standing = await tables.readApart<MaybeChanged>(question.compile(tables.query));
  const stands = new Set(standing.map(({ record }) => record));
  // They stand at none of the bases, and may have passed through.
  const others = await inOrder(ends, list, found === null ? null : found.filter((record) => !stands.has(record)));
  const through = others.flatMap(({ record, ref, sortKey }) =>
    stands.has(record) ? [] : [{ record, ref, sortKey, isCertain: false }],
  );
  const all = standing.map((one) => ({ ...one, isCertain: Boolean(one.isCertain) }));
  return through.length === 0 ? all : [...all, ...through].toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
}

/** Where fewer than one of so many records may have changed, each is looked up by itself. */
export const FEW_OF = 3;

/** SQL: is a row one that holds at the basis of one of these records? Found by their references, which does not grow with what else there is. */
export function isOf(view: LedgerView, table: RawBuilder<unknown>, numbers: readonly number[]): RawBuilder<boolean> {
  return sql<boolean>`row.rowid in (select own.rowid from json_each(${JSON.stringify(numbers)}) as one
    cross join records on records.record = one.value
    cross join ${table} as own on own.ref = records.ref and own.record = records.record
    where ${holdsAt(opened(view).point, 'own')})`;
}

/** SQL: does a record hold another value in these two of its rows, of which something else is told? */
function isAnother<C extends Columns>(
  { projection, notTold = [] }: Standing<C>,
  [one, other]: readonly [string, string],
): RawBuilder<boolean> {
  const told = Object.keys(projection.columns).filter((column) => !notTold.includes(column));
  const differ = told.map((column) => sql`${sql.ref(`${one}.${column}`)} is not ${sql.ref(`${other}.${column}`)}`);
  return sql<boolean>`(${sql.ref(`${one}.rowid`)} <> ${sql.ref(`${other}.rowid`)} and (${sql.join(differ, sql` or `)}))`;
}

/** SQL: does a record name none that was ever void? What is so of links to one is told at each place by whether it is. */
export function namesNoMistake(record: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${record} not in (select namings.record from namings where named in (
    select records.ref from mistakes join records on records.record = mistakes.record where records.ref is not null))`;
}
