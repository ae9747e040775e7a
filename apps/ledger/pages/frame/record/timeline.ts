import { formsAbout } from '../../commands/forms-about.ts';
import { replayPath } from '../../replay/path.ts';
import { placeInList } from './place-in-list.ts';
import { latenessInWords, presentHistory } from './present-history.ts';
import { placeOfEvent, readHistory } from './read-history.ts';
import type { RecordPart, RecordVisit } from './record-part.ts';

const LIST = { parameter: 'after', id: 'timeline' } as const;

/** Every event that brought the record there, with both dates, who, on what authority and from which paper. */
export const timeline: RecordPart = {
  template: 'frame/record/timeline.njk',
  async show(at) {
    const { visit, kind, ref, drawing } = at;
    const { register } = kind;
    const after = visit.query.get(LIST.parameter) ?? (await placeOfNewest(at));
    const [read, offers] = await Promise.all([
      readHistory(visit.view, { register, ref }, after, drawing),
      visit.offers(ref),
    ]);
    return {
      replay: visit.link(replayPath(kind, ref)),
      lateness: latenessInWords(read.history),
      items: presentHistory(register, read, formsAbout(ref, offers)),
      first: after === null ? null : placeInList(at, LIST, null),
      further: read.further === null ? null : placeInList(at, LIST, read.further),
    };
  },
};

/** Whoever has just recorded something, or comes for one entry, is led to the page of the timeline on which that stands. */
async function placeOfNewest({ visit: { query, view }, ref }: RecordVisit): Promise<string | null> {
  const sought = query.get('done') ?? query.get('event');
  return sought === null ? null : placeOfEvent(view, ref, sought);
}
