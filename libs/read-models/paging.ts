import { Buffer } from 'node:buffer';
import { sql } from 'kysely';
import type { Snapshot } from '../timeline/index.ts';
import { BadBasis, type LedgerView, type Page, type PageWanted } from './ledger-view.ts';
import { sortKeyOf, type Columns } from './projection.ts';
import { opened, type RowOf, type RowsQuery } from './view.ts';

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 500;

/** How many rows a page may have. @throws BadBasis for anything but 1 to 500 */
export function firstOf({ first = DEFAULT_PAGE }: PageWanted): number {
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
    throw new BadBasis('first', `A page has 1 to ${LARGEST_PAGE} entries.`);
  return first;
}

/** A cursor: opaque for readers, made of what they saw. */
export function cursorOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** What a cursor was made of. @throws BadBasis for what is no cursor */
export function keyOfCursor(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== cursor)
    throw new BadBasis('after', 'This is not a cursor that this ledger gave out.');
  return bytes.toString('utf8');
}

/** How many rows there are. What was counted once is not counted again until something is written. */
export async function countOf<C extends Columns>(view: LedgerView, rows: RowsQuery<C>): Promise<number> {
  const { counts } = opened(view).answering;
  const counting = rows.select(sql<number>`count(*)`.as('count'));
  const { sql: text, parameters } = counting.compile();
  const key = JSON.stringify([text, parameters]);
  let count = counts.get(key);
  if (count === undefined) {
    count = (await counting.executeTakeFirstOrThrow()).count;
    counts.set(key, count);
  }
  return count;
}

/** A page of rows in the order of their references, and how many there are in all. */
export async function pageByRef<C extends Columns, Node>(
  view: LedgerView,
  rows: RowsQuery<C>,
  wanted: PageWanted,
  nodesOf: (rows: readonly RowOf<C>[]) => Promise<readonly Node[]>,
): Promise<Page<Node>> {
  const first = firstOf(wanted);
  const after = wanted.after === undefined ? null : keyOfCursor(wanted.after);
  const following = after === null ? rows : rows.where(sql<boolean>`(row.ref_sort, row.ref) > (${sortKeyOf(after)}, ${after})`);
  const found = (await following
    .selectAll()
    .orderBy(sql`row.ref_sort`)
    .orderBy(sql`row.ref`)
    .limit(first + 1)
    .execute()) as unknown as readonly RowOf<C>[];
  const shown = found.slice(0, first);
  const nodes = await nodesOf(shown);
  const edges = shown.map(({ ref }, index) => ({ cursor: cursorOf(ref), node: nodes[index] as Node }));
  return {
    totalCount: await countOf(view, rows),
    edges,
    hasNextPage: found.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** The record as it was: what the timeline said. */
export function snapshotOf<State>(row: { readonly snapshot: string }): Snapshot<State> {
  return JSON.parse(row.snapshot) as Snapshot<State>;
}
