import { Buffer } from 'node:buffer';
import { sql, type RawBuilder } from 'kysely';
import { BadBasis, type LedgerView, type Page, type PageWanted } from './ledger-view.ts';
import { Recent } from '../recent/index.ts';
import { seesLink } from './links.ts';
import type { Columns } from './projection.ts';
import { recordsOf, type RecordAsOf } from './record-states.ts';
import { opened, type RowsQuery } from './view.ts';

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 500;

/** How many rows a page may have. @throws BadBasis for anything but 1 to 500 */
export function firstOf({ first = DEFAULT_PAGE }: PageWanted): number {
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
    throw new BadBasis('first', `A page has 1 to ${LARGEST_PAGE} entries.`);
  return first;
}

/** A cursor: opaque for readers, and made only of what they saw. */
export function cursorOf(...keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url');
}

/** What a cursor was made of. @throws BadBasis for what is no cursor of so many keys, at the field by which it was given */
export function keysOfCursor(cursor: string, count: number, field: 'after' | 'before' = 'after'): readonly string[] {
  const keys = jsonOf(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isCursor = Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string');
  if (!isCursor || cursorOf(...keys) !== cursor)
    throw new BadBasis(field, 'This is not a cursor that this ledger gave out.');
  return keys;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How many rows there are. */
export async function countOf<C extends Columns>(view: LedgerView, rows: RowsQuery<C>): Promise<number> {
  const [all] = await countsOf(view, rows.select(sql<null>`null`.as('key')).select(sql<number>`count(*)`.as('count')));
  return all?.count ?? 0;
}

/** How many rows there are with each value of a column, or of what is worked out of some; null for those without one. */
export function groupsOf<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  by: (keyof C & string) | RawBuilder<string | null>,
): Promise<readonly Group[]> {
  const key = typeof by === 'string' ? sql<string | null>`${sql.ref(`row.${by}`)}` : by;
  return countsOf(
    view,
    rows
      .select(key.as('key'))
      .select(sql<number>`count(*)`.as('count'))
      .groupBy(key),
  );
}

/** Rows that are alike in some columns, and how many they are. */
export interface Combination {
  readonly of: { readonly [column: string]: string | number | null };
  readonly count: number;
}

/**
 * How many rows there are with each combination of values of these columns that there is.
 * @param worked SQL for those that are no column but worked out of some
 */
export async function combinationsOf<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  columns: readonly string[],
  worked: { readonly [column: string]: RawBuilder<string | number | null> } = {},
): Promise<readonly Combination[]> {
  const named = [...new Set(columns)];
  const values = named.map((column) => worked[column] ?? sql<string | number | null>`${sql.ref(`row.${column}`)}`);
  const found = await countsOf<{ readonly [column: string]: string | number | null }>(
    view,
    rows
      .select(values.map((value, index) => value.as(`of_${named[index]!}`)))
      .select(sql<number>`count(*)`.as('count'))
      .groupBy(values),
  );
  return found.map((row) => ({
    of: Object.fromEntries(named.map((column) => [column, row[`of_${column}`]!])),
    count: row['count'] as number,
  }));
}

/** The references that rows hold in some columns, one space between each two, as far as the reader may see what they name; each once, in order. */
export async function listedIn<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  ...columns: readonly (keyof C & string)[]
): Promise<readonly string[]> {
  const lists = await Promise.all(
    columns.map((column) => groupsOf(view, rows.where(sql<boolean>`${sql.ref(`row.${column}`)} is not null`), column)),
  );
  const refs = [...new Set(lists.flat().flatMap(({ key }) => key?.split(' ') ?? []))].sort();
  // Asked also where nothing is listed: how often the tables are asked would tell of links to what is hidden.
  const [, ...seen] = await Promise.all(['', ...refs].map((ref) => seesLink(view, ref)));
  return refs.filter((_, index) => seen[index]);
}

export interface Group {
  readonly key: string | null;
  readonly count: number;
}

interface Counting {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] };
}

/** What was counted once is not counted again until something is written: counts over everything cannot be quick. */
export function countsOf<Row = Group>(view: LedgerView, counting: Counting): Promise<readonly Row[]> {
  const { answering } = opened(view);
  const { counts } = answering;
  const question = counting.compile();
  const name = JSON.stringify([question.sql, question.parameters]);
  let groups = counts.get(name) as Promise<readonly Row[]> | undefined;
  if (groups === undefined) {
    groups = answering.tables().readApart<Row>(question);
    counts.set(name, groups);
    groups.catch(() => counts.delete(name));
  }
  return groups;
}

/** As many answers are kept that were worked out of what was read. */
const MOST_WORKED_OUT = 8;
const WORKED_OUT = new WeakMap<object, Recent<string, Promise<readonly unknown[]>>>();

/**
 * What is worked out of many records is not worked out again until something is written, at the same basis and for the same reader: but for the last few, as it
 * may be much.
 * @param what names it: of one view, each name stands for one thing
 */
export function workedOutOnce<Row>(
  view: LedgerView,
  what: string,
  work: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const { answering, point, reader, scope } = opened(view);
  const name = JSON.stringify([what, point, reader, scope]);
  const kept = WORKED_OUT.get(answering.counts) ?? new Recent(MOST_WORKED_OUT);
  WORKED_OUT.set(answering.counts, kept);
  const rows = (kept.get(name) as Promise<readonly Row[]> | undefined) ?? work();
  kept.set(name, rows);
  rows.catch(() => kept.delete(name));
  return rows;
}

/**
 * A page of records in the order of the projection's sort key, and how many there are in all.
 * @param counted the same rows, found in the way that suits counting, or whoever knows how many they are. Default: the rows.
 * @param apart true where many rows may have to be looked through for a page.
 */
export async function pageOf<State, C extends Columns, Node>(
  view: LedgerView,
  rows: RowsQuery<C>,
  wanted: PageWanted,
  nodeOf: (record: RecordAsOf<State>) => Node | Promise<Node>,
  counted: RowsQuery<C> | (() => Promise<number>) = rows,
  apart = false,
): Promise<Page<Node>> {
  const first = firstOf(wanted);
  const after = wanted.after === undefined ? null : (keysOfCursor(wanted.after, 1)[0] as string);
  const following = after === null ? rows : rows.where(sql<boolean>`row.sort_key > ${after}`);
  const found = await recordsOf<State, C>(view, following.orderBy(sql`row.sort_key`).limit(first + 1), apart);
  const edges = await Promise.all(
    found
      .slice(0, first)
      .map(async ({ sortKey, record }) => ({ cursor: cursorOf(sortKey), node: await nodeOf(record) })),
  );
  return {
    totalCount: typeof counted === 'function' ? await counted() : await countOf(view, counted),
    edges,
    hasNextPage: found.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** A page of what is short enough to be at hand as a whole. `keyOf` names a node for its cursor, for ever. */
export function pageOfAll<Node>(
  nodes: readonly Node[],
  wanted: PageWanted,
  keyOf: (node: Node) => readonly string[],
): Page<Node> {
  const first = firstOf(wanted);
  const start =
    wanted.after === undefined ? 0 : nodes.findIndex((node) => cursorOf(...keyOf(node)) === wanted.after) + 1;
  if (wanted.after !== undefined && start === 0) throw new BadBasis('after', 'This is not a cursor of this list.');
  const edges = nodes.slice(start, start + first).map((node) => ({ cursor: cursorOf(...keyOf(node)), node }));
  return {
    totalCount: nodes.length,
    edges,
    hasNextPage: start + first < nodes.length,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}
