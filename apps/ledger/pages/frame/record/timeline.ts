import { formsAbout } from '../../commands/forms-about.ts';
import { placeInList } from './place-in-list.ts';
import { latenessInWords, presentHistory } from './present-history.ts';
import { readHistory } from './read-history.ts';
import type { RecordPart } from './record-part.ts';

const LIST = { parameter: 'after', id: 'timeline' } as const;

/** Every event that brought the record there, with both dates, who, on what authority and from which paper. */
export const timeline: RecordPart = {
  template: 'frame/record/timeline.njk',
  async show(at) {
    const { visit, kind, ref, drawing } = at;
    const { register } = kind;
    const after = visit.query.get(LIST.parameter);
    const [read, offers] = await Promise.all([
      readHistory(visit.view, { register, ref }, after, drawing),
      visit.offers(ref),
    ]);
    return {
      lateness: latenessInWords(read.history),
      items: presentHistory(register, read, formsAbout(ref, offers)),
      first: after === null ? null : placeInList(at, LIST, null),
      further: read.further === null ? null : placeInList(at, LIST, read.further),
    };
  },
};
