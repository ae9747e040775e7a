import { whatMadeIt } from '../../../../../projections/index.ts';
import { linesOf } from '../../../../../libs/wording/index.ts';
import type { RecordPart } from './record-part.ts';

/** Why the status of the record is what it is, in a sentence of its register. */
export const why: RecordPart = {
  template: 'frame/record/why.njk',
  async show({ visit: { view }, kind: { shown, reads }, ref, record, drawing }) {
    const { status } = shown;
    if (record === null || status === undefined) return null;
    const asShown = await reads.stood(view, record);
    const made = await whatMadeIt(view, ref, (state) => status.of(asShown(state)));
    const lines = made === null ? [] : await linesOf(status.why(record, made), drawing);
    return lines.length === 0 ? null : { lines };
  },
};
