import { sql, type RawBuilder } from 'kysely';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { countOf, type Group } from './paging.ts';
import { CLOCK_BIT, type AnyProjection, type Columns } from './projection.ts';
import { spansUpTo, totalsSetsOf } from './running-totals.ts';
import { isInScope } from './scope.ts';
import { opened, setsSeenBy, type OpenView, type RowsQuery } from './view.ts';

/*
 * Counts over everything, read off running totals instead of counting the rows: they cost the same however many records there are. Totals
 * tell what is known now, on any day. Whatever they cannot tell is null here, and then the rows are counted.
 */

/** Values that columns are to have: one, or one of several. What is undefined does not narrow. */
export interface Having {
  readonly [column: string]: string | readonly string[] | undefined;
}

/** What is worked out of some columns, of `row`. */
export interface WorkedOut {
  readonly key: RawBuilder<string | null>;
  readonly of: readonly string[];
}

/**
 * How many records there are at the view's basis with each value of a column, or of what is worked out of some, as its rows would be counted.
 * Null where running totals cannot tell: of what was known before, for a reader who sees some records and not others of one audience, or
 * narrowed by anything but these columns.
 * @param filter everything by which the list is narrowed: other members than totalled columns are beyond totals
 * @param only what else must be so of the columns
 */
export async function groupsOfTotals(
  view: LedgerView,
  projection: AnyProjection,
  by: string | WorkedOut,
  filter: object,
  only?: RawBuilder<boolean>,
): Promise<readonly Group[] | null> {
  const { key, of } = typeof by === 'string' ? { key: sql<string | null>`${sql.ref(`row.${by}`)}`, of: [by] } : by;
  const having: Having = definedIn(filter);
  const set = totalsSetsOf(projection).find(({ columns }) =>
    [...of, ...Object.keys(having)].every((column) => columns.includes(column)),
  );
  if (set === undefined || !canTell(opened(view))) return null;
  // Whoever owns some with others finds those too, and totals count each under the one that leads.
  if (having['owner'] !== undefined && 'co_owners' in projection.columns) return null;
  // What is not for this reader finds what a reference of nothing finds: the rows say so.
  const refs = Object.values(having).filter((value) => typeof value === 'string');
  if (!(await Promise.all(refs.map((ref) => seesLink(view, ref)))).every(Boolean)) return null;
  return totalsIn(view, set, key, having, only);
}

/** How many rows a list has that is narrowed by that filter: by running totals where they can tell, else counted. */
export function countOfList<C extends Columns>(
  view: LedgerView,
  projection: AnyProjection,
  filter: object,
  rows: RowsQuery<C>,
): () => Promise<number> {
  return async () => {
    const [set] = totalsSetsOf(projection);
    const groups = set === undefined ? null : await groupsOfTotals(view, projection, set.columns[1]!, filter);
    return groups === null ? countOf(view, rows) : groups.reduce((sum, { count }) => sum + count, 0);
  };
}

function definedIn(filter: object): Having {
  return Object.fromEntries(Object.entries(filter as Having).filter(([, value]) => value !== undefined));
}

async function totalsIn(view: LedgerView, ...asked: Asked): Promise<readonly Group[] | null> {
  const asking = opened(view);
  const { answering, point } = asking;
  const tables = answering.tables();
  const totals = await tables.ask<Total>(totalsQuestion(asking, ...asked).compile(tables.query));
  // Something was written since the view was opened, or is known that was not known at its basis: these are not the numbers that it is to tell.
  if (totals.some(({ sequence, knownTo }) => sequence !== point.sequence || knownTo > point.recorded)) return null;
  return totals.flatMap(({ key, count }) => (count > 0 ? [{ key, count }] : []));
}

/** Does whoever asks see what stands for whole audiences, and nothing more or less? */
function canTell({ answering, reader }: OpenView): boolean {
  if (reader.ownsAs !== undefined) return false;
  return reader.audience === 'full' || answering.withheld().length === 0;
}

type Asked = readonly [
  set: { readonly table: string; readonly columns: readonly string[] },
  key: RawBuilder<string | null>,
  having: Having,
  only: RawBuilder<boolean> | undefined,
];

interface Total extends Group {
  /** How far the tables go. */
  readonly sequence: number;
  readonly knownTo: string;
}

/** One row for each key, each beside how far the tables go; where there is none, one that says that. */
function totalsQuestion(asking: OpenView, ...[{ table, columns }, key, having, only]: Asked): RawBuilder<unknown> {
  const { point, reader } = asking;
  const isOfReader = sql`audiences in (${sql.raw(setsSeenBy(reader).join(', '))}) and (clocks & ${CLOCK_BIT[point.clock]}) <> 0`;
  const spans = spansUpTo(point.day).map(
    ({ level, from, to }) =>
      sql`select * from ${sql.table(table)} where level = ${level} and span >= ${from} and span < ${to} and ${isOfReader}`,
  );
  const values = columns.map((column) => sql`nullif(${sql.ref(column)}, '') as ${sql.ref(column)}`);
  const summed = sql`
    select ${sql.join(values)}, sum(change) as count from (${sql.join(spans, sql` union all `)})
    group by ${sql.join(columns.map((column) => sql.ref(column)))} having sum(change) <> 0`;
  const conditions = [...conditionsOf(having), only, isInScope(asking, sql.ref('row.belongs_to'))];
  const narrowed = conditions.filter((one) => one !== undefined && one !== null);
  return sql`
    select checkpoint.sequence, checkpoint.known_to as knownTo, counted.key, coalesce(counted.count, 0) as count
    from checkpoint left join (
      select ${key} as key, sum(row.count) as count from (${summed}) as row
      ${narrowed.length === 0 ? sql`` : sql`where ${sql.join(narrowed, sql` and `)}`} group by 1) as counted on 1 = 1`;
}

function conditionsOf(having: Having): readonly RawBuilder<unknown>[] {
  return Object.entries(having).map(([column, value = []]) =>
    typeof value === 'string'
      ? sql`${sql.ref(`row.${column}`)} = ${value}`
      : sql`${sql.ref(`row.${column}`)} in (${sql.join([...value])})`,
  );
}
