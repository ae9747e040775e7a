import { END_OF_DAYS } from '../../libs/ledger/index.ts';
import { sortKeyOf, type RecordProjection } from '../../libs/read-models/index.ts';
import type { MeetingState, MinutesStanding } from '../../libs/registers/meetings/index.ts';

const COLUMNS = { status: 'text', body: 'text', day: 'text', minutes: 'text', papers: 'integer' } as const;

/** When which body meets. One row for each state of a meeting. */
export const meetingCalendar: RecordProjection<MeetingState, typeof COLUMNS> = {
  name: 'meeting_calendar',
  version: 3,
  register: 'meetings',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['status']],
  days: ['day'],
  totals: [['status', 'body']],
  // Without a known day they come last.
  sortKey: ({ state }, ref) =>
    `${(state.status === 'NOT_SCHEDULED' ? undefined : state.date) ?? END_OF_DAYS} ${sortKeyOf(ref)}`,
  row({ state }) {
    if (state.status === 'NOT_SCHEDULED') return null;
    const { status, body, date, dated, minutes, papers } = state;
    const standing: MinutesStanding = minutes?.status ?? 'NONE';
    return { status, body, day: date ?? dated?.to ?? null, minutes: standing, papers: papers.length };
  },
};
