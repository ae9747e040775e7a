import { loaderOf, pageOf, rowsAsOf, snapshotOf, type LedgerView, type Page, type PageWanted } from '../../libs/read-models/index.ts';
import type { MeetingState, ScheduledMeeting } from '../../libs/registers/meetings/index.ts';
import type { Dispute, MayAlreadyHold } from '../../libs/timeline/index.ts';
import { meetingCalendar } from './projection.ts';

/** A meeting at a basis. Items that the reader may not see are not among its items. */
export interface MeetingAsOf {
  readonly ref: string;
  readonly state: ScheduledMeeting;
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  readonly disputed: readonly Dispute[];
}

/** One meeting, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export function findMeeting(view: LedgerView, ref: string): Promise<MeetingAsOf | null> {
  return loaderOf(view, findMeeting, async (refs: readonly string[]) => {
    const rows = await rowsAsOf(view, meetingCalendar).selectAll().where('row.ref', 'in', refs).execute();
    const byRef = new Map(rows.map((row) => [row.ref, meetingOf(row)]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref);
}

/** The meetings at the basis, by date; those without a known day come last. */
export function listMeetings(view: LedgerView, filter: { readonly body?: string }, page: PageWanted): Promise<Page<MeetingAsOf>> {
  const all = rowsAsOf(view, meetingCalendar);
  const rows = filter.body === undefined ? all : all.where('row.body', '=', filter.body);
  return pageOf(view, rows, page, (found) => Promise.resolve(found.map(meetingOf)));
}

function meetingOf(row: { readonly ref: string; readonly snapshot: string }): MeetingAsOf {
  const { state, mayAlreadyHold, disputed } = snapshotOf<MeetingState>(row);
  return { ref: row.ref, state: state as ScheduledMeeting, mayAlreadyHold, disputed };
}
