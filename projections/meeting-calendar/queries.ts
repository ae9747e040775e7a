import { sql } from 'kysely';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  countOfList,
  groupsOf,
  groupsOfTotals,
  lookedAt,
  pageOf,
  recordAsOf,
  recordsOf,
  rowsAsOf,
  rowsOfAll,
  seesLink,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  gapsBetween,
  type Gap,
  type MeetingStatus,
  type MinutesStanding,
  type ScheduledMeeting,
} from '../../libs/registers/meetings/index.ts';
import { meetingCalendar } from './projection.ts';

/** A meeting at a basis. What was minuted in closed session is not among its items for readers who may not know of it. */
export type MeetingAsOf = RecordAsOf<ScheduledMeeting>;

/** One meeting, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export function findMeeting(view: LedgerView, ref: string): Promise<MeetingAsOf | null> {
  return recordAsOf(view, 'meetings', ref);
}

/** Which meetings. What is not given does not narrow; states are alternatives, and an empty list lets nothing through. */
export interface MeetingFilter {
  readonly body?: string;
  readonly status?: readonly MeetingStatus[];
  readonly minutes?: readonly MinutesStanding[];
  /** At least one issue of papers that stands; or none. */
  readonly papersIssued?: boolean;
  /** Its day, or the last day of the span in which it is to be: on that day or after it, and on that day or before it. */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

/** By what meetings are counted. */
export type MeetingGrouping = 'STATUS' | 'BODY' | 'MINUTES';

/** How many meetings are in one group. */
export interface MeetingCount {
  readonly key: string;
  readonly count: number;
}

/** The meetings at the basis, by date; those without a known day come last. */
export async function listMeetings(
  view: LedgerView,
  filter: MeetingFilter,
  page: PageWanted,
): Promise<Page<MeetingAsOf>> {
  const narrowed = await filtered(view, filter);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const count = countOfList(view, meetingCalendar, filter, narrowed);
  return pageOf(view, isNarrowed ? narrowed : rowsAsOf(view, meetingCalendar), page, asIs, count);
}

const GROUPED = { STATUS: 'status', BODY: 'body', MINUTES: 'minutes' } as const satisfies Record<
  MeetingGrouping,
  string
>;

/** How many meetings at the basis pass the filter, by state, by the body that meets or by where their minutes stand; only groups that have one. */
export async function countMeetings(
  view: LedgerView,
  by: MeetingGrouping,
  filter: MeetingFilter,
): Promise<readonly MeetingCount[]> {
  const groups =
    (await groupsOfTotals(view, meetingCalendar, GROUPED[by], filter)) ??
    (await groupsOf(view, await filtered(view, filter), GROUPED[by]));
  const counts = await Promise.all(
    groups.map(async ({ key, count }) =>
      // A body that is not for this reader counts under no key.
      key !== null && (by !== 'BODY' || (await seesLink(view, key))) ? [{ key, count }] : [],
    ),
  );
  return counts.flat();
}

/** From one held meeting of a body to the next, in days, as far as this reader may see them. */
export async function gapsOf(
  view: LedgerView,
  body: string,
): Promise<readonly Gap<{ readonly ref: string; readonly date: string }>[]> {
  if (!(await seesLink(view, body))) return [];
  const rows = rowsAsOf(view, meetingCalendar, true).where('row.body', '=', body);
  const meetings = await recordsOf<ScheduledMeeting, typeof meetingCalendar.columns>(view, rows, true);
  return gapsBetween(
    meetings.flatMap(({ record: { ref, state } }) =>
      state.status === 'HELD' && state.date !== undefined ? [{ ref, date: state.date }] : [],
    ),
  );
}

/** The meetings of a body that were held by the day of the view, in the order of their days, as far as this reader may see them. */
export async function meetingsHeld(view: LedgerView, body: string): Promise<readonly MeetingAsOf[]> {
  if (!(await seesLink(view, body))) return [];
  const rows = rowsOfAll(view, meetingCalendar, true)
    .where('row.body', '=', body)
    .where(lookedAt('status'), '=', 'HELD');
  const meetings = await recordsOf<ScheduledMeeting, typeof meetingCalendar.columns>(view, rows, true);
  return meetings
    .map(({ record }) => record)
    .filter(({ state: { date } }) => date !== undefined && date <= view.basis.effective);
}

async function filtered(view: LedgerView, { body, status, minutes, papersIssued, from, to }: MeetingFilter) {
  let rows = rowsAsOf(view, meetingCalendar, true);
  if (status !== undefined) rows = rows.where(body === undefined ? 'row.status' : lookedAt('status'), 'in', status);
  if (minutes !== undefined) rows = rows.where('row.minutes', 'in', minutes);
  if (papersIssued !== undefined) rows = rows.where('row.papers', papersIssued ? '>' : '=', 0);
  if (from !== undefined) rows = rows.where('row.day', '>=', from);
  if (to !== undefined) rows = rows.where('row.day', '<=', to);
  if (body === undefined) return rows;
  rows = rows.where('row.body', '=', body);
  // A body that is not for this reader has the meetings that no body has.
  return (await seesLink(view, body)) ? rows : rows.where(sql<boolean>`1 = 0`);
}

function asIs(meeting: MeetingAsOf): MeetingAsOf {
  return meeting;
}

/** For comparing: see `compared-queries.ts`. */
export { filtered as filteredMeetings, GROUPED as MEETING_COLUMN_OF };
