import { whatMadeIt } from '../../../../../projections/index.ts';
import type { AnyRecordAsOf } from '../kind-on-pages.ts';
import { linesOf } from '../values.ts';
import type { RecordPart } from './record-part.ts';

/** Why the status of the record is what it is, in a sentence of its register. */
export const why: RecordPart = {
  template: 'frame/record/why.njk',
  async show({ visit: { view }, kind: { shown }, ref, record, drawing }) {
    const { status } = shown;
    if (record === null || status === undefined) return null;
    const made = await whatMadeIt(view, ref, (state) => status.of({ ref, state } as unknown as AnyRecordAsOf));
    const lines = made === null ? [] : await linesOf(status.why(record, made), drawing);
    return lines.length === 0 ? null : { lines };
  },
};
