import { pointOfMeeting } from '../../../../libs/read-models/index.ts';
import type { RecordPart } from '../frame/record/record-part.ts';
import type { MeetingList } from '../../../../projections/index.ts';
import { LISTS, parametersOf } from './lists.ts';
import { toldPath } from './present-told.ts';

/** On the page of a meeting that was: the way to what it was told, and what it was not. */
export const toldTo: RecordPart = {
  template: 'at-meeting/told-to.njk',
  async show({ visit, ref, kind, record }) {
    if (kind.kind !== 'meeting' || record === null) return null;
    const point = await pointOfMeeting(visit.view, ref);
    if (typeof point === 'string') return null;
    const to = (list: MeetingList) => visit.link(toldPath(ref), parametersOf(LISTS.find((one) => one.list === list)!));
    return { told: to('TOLD'), within: to('WITHIN_A_DAY_BEFORE'), after: to('AFTER_THE_CUT_OFF') };
  },
};
