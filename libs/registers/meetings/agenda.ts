import type { HeldRow } from '../../declarations/index.ts';
import type { EventId } from '../../ledger/index.ts';
import type { attenders } from './fields.ts';
import { placeOf, type AgendaItem, type MinutedItem, type ScheduledMeeting } from './state.ts';

/** A row of the attendance, and where it stands in the list: its words stand there. */
export interface Attender {
  readonly row: number;
  readonly of: HeldRow<(typeof attenders)['columns']>;
}

/**
 * Who was there when an item was dealt with: members, and those in attendance, who had come by then and had not left. Null while nobody recorded who was
 * there. The item is told by its place ({@link placeOf}).
 */
export function presentAt(meeting: ScheduledMeeting, place: number): readonly Attender[] | null {
  if (meeting.attendance === undefined) return null;
  return meeting.attendance.rows.flatMap((of, row) => {
    if (of.as !== 'PRESENT' && of.as !== 'IN_ATTENDANCE') return [];
    const hasCome = of.joined === undefined || placeOf(meeting, of.joined) <= place;
    const hasLeft = of.left !== undefined && placeOf(meeting, of.left) <= place;
    return hasCome && !hasLeft ? [{ row, of }] : [];
  });
}

/** The place of an agenda item, or of what was minuted under a number. */
export function placeOfItem(meeting: ScheduledMeeting, event: EventId): number {
  const listed = meeting.agenda.findIndex((one) => one.event === event);
  if (listed >= 0) return listed;
  const minuted: MinutedItem | undefined = meeting.items.find((one) => one.event === event);
  if (minuted === undefined) return -1;
  return minuted.item === undefined
    ? meeting.agenda.length + meeting.items.indexOf(minuted)
    : placeOf(meeting, minuted.item);
}

/**
 * Was it listed for a meeting that was held, and never taken there: not reached, or nothing is recorded of it? What was not reached and put off since
 * counts until it is taken up at another meeting: papers say “to be moved to the next board”, and it is on no agenda again.
 */
export function isNeverReached(
  { status }: Pick<ScheduledMeeting, 'status'>,
  item: Pick<AgendaItem, 'status' | 'passedOver'>,
  continuedAt: readonly string[] = [],
): boolean {
  if (item.status === 'DEFERRED') return item.passedOver !== undefined && continuedAt.length === 0;
  return item.status === 'NOT_REACHED' || (item.status === 'LISTED' && status === 'HELD');
}
