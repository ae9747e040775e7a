import { sql } from 'kysely';
import {
  pageOf,
  recordAsOf,
  rowsAsOf,
  seesLink,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import type { ScheduledMeeting } from '../../libs/registers/meetings/index.ts';
import { meetingCalendar } from './projection.ts';

/** A meeting at a basis. What was minuted in closed session is not among its items for readers who may not know of it. */
export type MeetingAsOf = RecordAsOf<ScheduledMeeting>;

/** One meeting, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export function findMeeting(view: LedgerView, ref: string): Promise<MeetingAsOf | null> {
  return recordAsOf(view, 'meetings', ref);
}

/** The meetings at the basis, by date; those without a known day come last. */
export async function listMeetings(
  view: LedgerView,
  filter: { readonly body?: string },
  page: PageWanted,
): Promise<Page<MeetingAsOf>> {
  const { body } = filter;
  if (body === undefined)
    return pageOf(view, rowsAsOf(view, meetingCalendar), page, asIs, rowsAsOf(view, meetingCalendar, true));
  const ofTheBody = rowsAsOf(view, meetingCalendar, true).where('row.body', '=', body);
  // A body that is not for this reader has the meetings that no body has.
  const isSeen = await seesLink(view, body);
  return pageOf(view, isSeen ? ofTheBody : ofTheBody.where(sql<boolean>`1 = 0`), page, asIs);
}

function asIs(meeting: MeetingAsOf): MeetingAsOf {
  return meeting;
}
