import type { Page } from '../../../../libs/read-models/index.ts';
import type { PlaceInAList } from './date-bar.ts';
import type { Visit } from './visits.ts';

/** Pages that “Previous” can lead back through. From further away it leads to the first. */
const LONGEST_TRAIL = 100;

/** Ways to the pages before and after one of a list; null where there is one page. */
export interface Pagination {
  readonly previous: { readonly href: string } | null;
  readonly next: { readonly href: string } | null;
}

/**
 * Earlier and later pages. Cursors only lead on, so the address keeps those that one has come through; and it pins the position, so
 * that all pages are of one list even while facts are being recorded.
 *
 * @param trail cursors of the pages that one has come through, the last being the one before this page
 */
export function paginationOf(
  list: {
    readonly path: string;
    readonly parameters?: readonly (readonly [name: string, value: string])[];
    readonly page: Pick<Page<unknown>, 'hasNextPage' | 'endCursor'>;
    readonly trail: readonly string[];
    /** What the address calls the cursors. Default: `after`. */
    readonly called?: PlaceInAList;
  },
  { link, view }: Pick<Visit, 'link' | 'view'>,
): Pagination | null {
  const { path, parameters = [], page, trail, called = 'after' } = list;
  if (!page.hasNextPage && trail.length === 0) return null;
  const pinned = pinnedTo(view.basis);
  const to = (cursors: readonly string[]) =>
    link(path, [...parameters, ...cursors.map((cursor): [string, string] => [called, cursor]), ...pinned]);
  return {
    previous: trail.length === 0 ? null : { href: to(trail.slice(0, -1)) },
    next:
      page.hasNextPage && page.endCursor !== null
        ? { href: to([...trail, page.endCursor].slice(-LONGEST_TRAIL)) }
        : null,
  };
}

/** What pins an address to what was recorded up to now, so that the rest of a list is of the same list. */
export function pinnedTo({ position }: Visit['view']['basis']): readonly [name: string, value: string][] {
  return position === null ? [] : [['at', position]];
}
