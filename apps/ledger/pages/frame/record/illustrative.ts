import { isIllustrative } from '../../../../../libs/read-models/index.ts';
import type { RecordPart } from './record-part.ts';

/** Whether the record belongs to an illustrative body. */
export const illustrative: RecordPart = {
  template: 'frame/record/illustrative.njk',
  async show({ visit, ref }) {
    if (!(await isIllustrative(visit.view, ref))) return null;
    return { tag: { text: 'Illustrative', classes: 'govuk-tag--purple' } };
  },
};
