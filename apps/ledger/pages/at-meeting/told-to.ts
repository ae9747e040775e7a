import { pointOfMeeting } from '../../../../libs/read-models/index.ts';
import type { RecordPart } from '../frame/record/record-part.ts';
import { toldPath } from './present-told.ts';

/** On the page of a meeting that was: the way to what it was told, and what it was not. */
export const toldTo: RecordPart = {
  template: 'at-meeting/told-to.njk',
  async show({ visit, ref, kind, record }) {
    if (kind.kind !== 'meeting' || record === null) return null;
    const point = await pointOfMeeting(visit.view, ref);
    return typeof point === 'string' ? null : { href: visit.link(toldPath(ref)) };
  },
};
