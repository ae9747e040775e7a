import type { MayAlreadyHold } from '../../../../../libs/timeline/index.ts';
import type { CivilDate } from '../../../../../libs/ledger/index.ts';
import { datedInWords, dayInWords, eventInWords } from '../../../../../libs/wording/index.ts';
import type { RecordPart } from './record-part.ts';

/** Facts that may already have taken effect: their sources give no day. */
export const mayAlreadyHold: RecordPart = {
  template: 'frame/record/may-already-hold.njk',
  show({ record, visit }) {
    if (record === null || record.mayAlreadyHold.length === 0) return Promise.resolve(null);
    const asked = visit.view.basis.effective;
    return Promise.resolve({ notices: record.mayAlreadyHold.map((one) => mayAlreadyHoldInWords(one, asked)) });
  },
};

export function mayAlreadyHoldInWords({ type, to }: Pick<MayAlreadyHold, 'type' | 'to'>, asked: CivilDate): string {
  return `${eventInWords(type)} ${datedInWords({ how: 'by', to })}. The source gives no day, so this may already have been so on ${dayInWords(asked)}.`;
}
