import { Buffer } from 'node:buffer';
import { sql } from 'kysely';
import type { Snapshot } from '../timeline/index.ts';
import { BadBasis, type LedgerView, type Page, type PageWanted } from './ledger-view.ts';
import type { Columns } from './projection.ts';
import { opened, type RowOf, type RowsQuery } from './view.ts';

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

/** What a cursor was made of. @throws BadBasis for what is no cursor of so many keys */
export function keysOfCursor(cursor: string, count: number): readonly string[] {
  const keys = jsonOf(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isCursor = Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string');
  if (!isCursor || cursorOf(...keys) !== cursor) throw new BadBasis('after', 'This is not a cursor that this ledger gave out.');
  return keys;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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

/** A page of rows in the order of the projection's sort key, and how many there are in all. */
export async function pageOf<C extends Columns, Node>(
  view: LedgerView,
  rows: RowsQuery<C>,
  wanted: PageWanted,
  nodesOf: (rows: readonly RowOf<C>[]) => Promise<readonly Node[]>,
): Promise<Page<Node>> {
  const first = firstOf(wanted);
  const after = wanted.after === undefined ? null : keysOfCursor(wanted.after, 2);
  const following = after === null ? rows : rows.where(sql<boolean>`(row.sort_key, row.ref) > (${after[0]}, ${after[1]})`);
  const found = (await following
    .selectAll()
    .orderBy(sql`row.sort_key`)
    .orderBy(sql`row.ref`)
    .limit(first + 1)
    .execute()) as unknown as readonly RowOf<C>[];
  const shown = found.slice(0, first);
  const nodes = await nodesOf(shown);
  const edges = shown.map(({ sort_key, ref }, index) => ({ cursor: cursorOf(sort_key, ref), node: nodes[index] as Node }));
  return {
    totalCount: await countOf(view, rows),
    edges,
    hasNextPage: found.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** A page of what is short enough to be at hand as a whole. `keyOf` names a node for its cursor, for ever. */
export function pageOfAll<Node>(nodes: readonly Node[], wanted: PageWanted, keyOf: (node: Node) => readonly string[]): Page<Node> {
  const first = firstOf(wanted);
  const start = wanted.after === undefined ? 0 : nodes.findIndex((node) => cursorOf(...keyOf(node)) === wanted.after) + 1;
  if (wanted.after !== undefined && start === 0) throw new BadBasis('after', 'This is not a cursor of this list.');
  const edges = nodes.slice(start, start + first).map((node) => ({ cursor: cursorOf(...keyOf(node)), node }));
  return {
    totalCount: nodes.length,
    edges,
    hasNextPage: start + first < nodes.length,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** The record as it was: what the timeline said. */
export function snapshotOf<State>(row: { readonly snapshot: string }): Snapshot<State> {
  return JSON.parse(row.snapshot) as Snapshot<State>;
}
