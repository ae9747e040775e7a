import { formsAbout } from '../../commands/forms-about.ts';
import type { Visit } from '../visits.ts';
import { recordPath } from '../kind-on-pages.ts';
import { pinnedTo } from '../pagination.ts';
import { presentHistory } from './present-history.ts';
import { readHistory } from './read-history.ts';
import type { RecordPart } from './record-part.ts';

/** Every event that brought the record there, with both dates, who, on what authority and from which paper. */
export const timeline: RecordPart = {
  template: 'frame/record/timeline.njk',
  async show({ visit, kind, ref, drawing }) {
    const { register } = kind;
    const [read, offers] = await Promise.all([
      readHistory(visit.view, { register, ref }, visit.query.get('after'), drawing),
      visit.offers(ref),
    ]);
    return {
      items: presentHistory(register, read, formsAbout(ref, offers)),
      further: furtherHistoryAt(recordPath(kind, ref), read.further, visit),
    };
  },
};

/** The address of the rest of a history, pinned to what was shown of it. */
export function furtherHistoryAt(
  path: string,
  after: string | null,
  { link, view }: Pick<Visit, 'link' | 'view'>,
): string | null {
  return after === null ? null : link(path, [['after', after], ...pinnedTo(view.basis)]);
}
