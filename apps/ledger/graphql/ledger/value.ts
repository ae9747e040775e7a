import { AnswerError } from '../errors.ts';
import type { OfferedMutation } from '../../ledger.ts';
import type { LedgerView, Page, PageWanted } from '../../../../libs/read-models/index.ts';

/**
 * What stands between two levels of an answer: a row of a projection, and the view that it was read from, so that whatever is
 * asked below it is answered from the same basis. Fields that need no question are read off as they are.
 */
export type Seen<Row> = Row & { readonly view: LedgerView };

export function seen<Row extends object>(view: LedgerView, row: Row): Seen<Row> {
  return { ...row, view };
}

export function seenOrNull<Row extends object>(view: LedgerView, row: Row | null): Seen<Row> | null {
  return row === null ? null : seen(view, row);
}

/** Arguments of every list. */
export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export function pageWanted({ first, after }: ListArguments): PageWanted {
  return { ...(typeof first === 'number' ? { first } : {}), ...(typeof after === 'string' ? { after } : {}) };
}

/** A page as Relay writes it. */
export function connection<Row, Node>(page: Page<Row>, nodeOf: (row: Row) => Node) {
  return {
    totalCount: page.totalCount,
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(node) })),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
  };
}

/** An input object without its nulls: null and absent are the same. */
export function given<Input extends object>(
  input: Input | null | undefined,
): { [key in keyof Input]?: NonNullable<Input[key]> } {
  const entries = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as { [key in keyof Input]?: NonNullable<Input[key]> };
}

/** Characters of a search. */
const LONGEST_SEARCH = 200;

/** The filter of a list that may search for words. */
export function searchIn<Filter extends { readonly text?: string }>(filter: Filter | null | undefined) {
  const wanted = given(filter);
  if ((wanted.text?.length ?? 0) > LONGEST_SEARCH)
    throw new AnswerError('INVALID', `A search has at most ${LONGEST_SEARCH} characters.`, { field: 'filter.text' });
  return wanted;
}

/** Parent of all that is asked of the ledger at a basis. */
export interface Root {
  readonly view: LedgerView;
}
/** The same, with what whoever asks may write. */
export interface LedgerRoot extends Root {
  readonly basis: LedgerView['basis'];
  /** Null at a basis that is not now. */
  readonly offers: (ref: string | null) => Promise<readonly OfferedMutation[] | null>;
}
export interface ByRef {
  readonly ref: string;
}

/** Resolvers of one type's fields: those that must ask something. They need nothing injected: the parent brings its view. */
export type Fields<Parent> = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each field has arguments of its own
  readonly [field: string]: (parent: Parent, args: any) => unknown;
};
