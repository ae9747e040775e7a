import {
  byMembers,
  byRecord,
  comparedByColumns,
  hasIn,
  rowIn,
  type ComparedList,
} from '../../libs/read-models/index.ts';
import { meetingStatus, minutesStanding } from '../../libs/registers/meetings/index.ts';
import { meetingCalendar } from './projection.ts';
import { filteredMeetings, MEETING_COLUMN_OF, type MeetingFilter, type MeetingGrouping } from './queries.ts';

/** How meetings are compared. */
export const meetingsCompared: ComparedList<MeetingFilter, MeetingGrouping, typeof meetingCalendar.columns> = {
  projection: meetingCalendar,
  byOthers: [],
  turns: () => Promise.resolve([]),
  rows: filteredMeetings,
  passes({ body, status, minutes, papersIssued, from, to }, one) {
    const row = rowIn(meetingCalendar, one);
    const day = row.day ?? null;
    return (
      hasIn(meetingCalendar, one, { body, status, minutes }) &&
      (papersIssued === undefined || (row.papers ?? 0) > 0 === papersIssued) &&
      (from === undefined || (day !== null && day >= from)) &&
      (to === undefined || (day !== null && day <= to))
    );
  },
  asksOthers: () => false,
  by: comparedByColumns(
    meetingCalendar,
    {
      STATUS: byMembers(meetingStatus.members, 'no status'),
      BODY: byRecord('no body', ['directory', 'name']),
      MINUTES: byMembers(minutesStanding.members, 'no minutes'),
    },
    MEETING_COLUMN_OF,
  ),
  readFrom: ['meetings'],
};
