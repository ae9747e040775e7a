import { namesOf } from '../../../../../projections/index.ts';
import type { RecordPart } from './record-part.ts';

/** The names under which papers know the record, beside its title. */
export const knownAs: RecordPart = {
  template: 'frame/record/known-as.njk',
  async show({ visit, ref }) {
    const names = await namesOf(visit.view, ref);
    return names.length === 0 ? null : { names };
  },
};
