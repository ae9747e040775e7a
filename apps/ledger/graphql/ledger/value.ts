import { AnswerError } from '../errors.ts';
import type { OfferedMutation } from '../../ledger.ts';
import type { CivilDate } from '../../../../libs/ledger/index.ts';
import type { Ages, DoneBy, FirstDuePeriod, LedgerView, Page, PageWanted } from '../../../../libs/read-models/index.ts';

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
export const LONGEST_SEARCH = 200;

/** The filter of a list that may search for words. */
export function searchIn<Filter extends { readonly text?: string }>(filter: Filter | null | undefined) {
  const wanted = given(filter);
  if ((wanted.text?.length ?? 0) > LONGEST_SEARCH)
    throw new AnswerError('INVALID', `A search has at most ${LONGEST_SEARCH} characters.`, { field: 'filter.text' });
  return wanted;
}

const MOST_BANDS = 20;

/** How ages are asked for. */
export interface AgesAsked<Grouping> {
  readonly bands?: readonly number[] | null;
  readonly by?: Grouping | null;
}

/** The ages at which bands begin; undefined for those of the ledger. */
export function ageBands(bands: readonly number[] | null | undefined): readonly number[] | undefined {
  const inOrder = (bands ?? []).every((band, index) => band > (bands![index - 1] ?? 0));
  if (inOrder && (bands?.length ?? 0) <= MOST_BANDS) return bands ?? undefined;
  throw new AnswerError(
    'INVALID',
    `Bands begin at ages above 0, each above the one before it, at most ${MOST_BANDS}.`,
    {
      field: 'bands',
    },
  );
}

/** Ages as the API calls them. */
export function agesValue({ bands, groups = [], ...ages }: Ages & { readonly groups?: readonly Ages[] }): object {
  return {
    ...ages,
    bands: bands.map(({ from, to, count }) => ({ fromDays: from, toDays: to, count })),
    groups: groups.map(agesValue),
  };
}

/** How it is asked what was first due in a period. */
export interface FirstDueAsked {
  readonly from?: CivilDate | null;
  readonly to?: CivilDate | null;
  readonly doneBy?: CivilDate | null;
  readonly by?: DoneBy | null;
}

/** The period that is asked for. */
export function periodIn(period: FirstDueAsked, { basis }: LedgerView): Omit<FirstDuePeriod, 'asOf'> {
  const { from, to, doneBy = basis.effective } = given(period);
  if (from !== undefined && to !== undefined && from > to)
    throw new AnswerError('INVALID', 'The last day of a period is not before its first.', { field: 'to' });
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), doneBy };
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
