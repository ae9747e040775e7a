import { sql, type RawBuilder } from 'kysely';
import { dayNumberOf } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { countsOf } from './paging.ts';
import type { Columns } from './projection.ts';
import type { RowsQuery } from './view.ts';

/** The ages, in days, at which a new band begins, where nobody asks for others: a month, a quarter, half a year, a year. */
export const AGE_BANDS: readonly number[] = [30, 90, 180, 365];

/** How many there are whose age, in whole days at the basis, lies from `from` up to and including `to`; null: without end. */
export interface AgeBand {
  readonly from: number;
  readonly to: number | null;
  readonly count: number;
}

/** How old some records are at a basis. */
export interface Ages {
  readonly count: number;
  /** The mean, in days, to one decimal place; null of none. */
  readonly averageDays: number | null;
  readonly oldestDays: number | null;
  /** All of them, from the youngest on. */
  readonly bands: readonly AgeBand[];
}

/** What ages are worked out from: sums, which can be added up. */
export interface AgeSums {
  readonly key: string | null;
  readonly count: number;
  readonly days: number;
  readonly oldest: number;
  /** By band. */
  readonly bands: readonly number[];
}

/**
 * The ages of these rows at the view's basis, by the values of a column or of what is worked out of some, or together under null. A day that is unknown counts as the last
 * on which it can have been.
 * @param since the column of the day from which the age counts, as {@link dayNumberOf} numbers it
 * @param bands the ages at which a new band begins, in order, above 0
 */
export async function ageSumsOf<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  since: keyof C & string,
  bands: readonly number[],
  by?: (keyof C & string) | RawBuilder<string | null>,
): Promise<readonly AgeSums[]> {
  const age = sql<number>`(${dayNumberOf(view.basis.effective)} - ${sql.ref(`row.${since}`)})`;
  const key =
    by === undefined ? sql<null>`null` : typeof by === 'string' ? sql<string | null>`${sql.ref(`row.${by}`)}` : by;
  const starts = [0, ...bands];
  const grouped = rows
    .where(sql<boolean>`${sql.ref(`row.${since}`)} is not null`)
    .select(key.as('key'))
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(${age})`.as('days'))
    .select(sql<number>`max(${age})`.as('oldest'))
    .select(
      starts.map((from, index) => {
        const to = starts[index + 1];
        const isIn = to === undefined ? sql`${age} >= ${from}` : sql`${age} >= ${from} and ${age} < ${to}`;
        return sql<number>`sum(case when ${isIn} then 1 else 0 end)`.as(`band${index}`);
      }),
    )
    .groupBy(key);
  const found = await countsOf<{ readonly [column: string]: number } & { readonly key: string | null }>(view, grouped);
  // Of no rows a sum without groups is one row of nothing.
  return found
    .filter(({ count }) => count! > 0)
    .map((row) => ({
      ...{ key: row.key, count: row['count']!, days: row['days']!, oldest: row['oldest']! },
      bands: starts.map((_, index) => row[`band${index}`]!),
    }));
}

/** Some of these together, as they are told. `bands`: as they were asked for. */
export function agesOf(sums: readonly AgeSums[], bands: readonly number[]): Ages {
  const total = (of: (one: AgeSums) => number) => sums.reduce((sum, one) => sum + of(one), 0);
  const count = total((one) => one.count);
  const starts = [0, ...bands];
  return {
    count,
    averageDays: count === 0 ? null : Math.round((total((one) => one.days) / count) * 10) / 10,
    oldestDays: count === 0 ? null : Math.max(...sums.map((one) => one.oldest)),
    bands: starts.map((from, index) => ({
      from,
      to: index === bands.length ? null : bands[index]! - 1,
      count: total((one) => one.bands[index]!),
    })),
  };
}
