import type { PlaceInAList } from '../date-bar.ts';
import { recordPath } from '../kind-on-pages.ts';
import { pinnedTo } from '../pagination.ts';
import type { RecordVisit } from './record-part.ts';

/**
 * The address of a place in a list on the page of a record, pinned to what was shown of it; null: of its beginning, as it stands now.
 *
 * @param list what the address calls the place, and the part of the page that holds the list
 */
export function placeInList(
  { visit, kind, ref }: Pick<RecordVisit, 'visit' | 'kind' | 'ref'>,
  list: { readonly parameter: PlaceInAList; readonly id: string },
  cursor: string | null,
): string {
  const place: [string, string][] = cursor === null ? [] : [[list.parameter, cursor], ...pinnedTo(visit.view.basis)];
  return `${visit.link(recordPath(kind, ref), place)}#${list.id}`;
}
