import type { DueMeeting } from '../../declarations/index.ts';
import { addDays, addMonths, type CivilDate, type Dated } from '../../ledger/index.ts';
import { mayFallIn, type Cadence, type Stretch } from '../../rules/index.ts';
import type { ForwardPlanHome } from './fields.ts';
import type { PlannedItem } from './state.ts';

/*
 * Whether an item has a place to which it may come is told by the diary of its body and its cadence, on the day on which somebody asks. No fact
 * says it: a meeting that is cancelled, or a cadence that changes, takes the place of an item without anybody touching the item.
 */

/** What the diary has of one meeting of the body. */
export interface MeetingInDiary extends DueMeeting {
  readonly ref: string;
  readonly date?: CivilDate;
  readonly dated?: Dated;
}

/** What is known of a body on the day that is asked about: its meetings, and how often it meets, where a rule of it says so. */
export interface Diary {
  readonly meetings: readonly MeetingInDiary[];
  readonly cadence: Cadence | null;
}

/** The place of an item, on the day to which that diary belongs. A meeting that is not in it, as the reader may not see it, is none. */
export function homeOf({ plannedFor }: Pick<PlannedItem, 'plannedFor'>, diary: Diary): ForwardPlanHome {
  const { meeting: ref, on, dated } = plannedFor ?? {};
  if (ref !== undefined) {
    const meeting = diary.meetings.find((one) => one.ref === ref);
    return meeting === undefined ? 'NOWHERE' : homeAt(meeting, diary);
  }
  if (on !== undefined) {
    const thatDay = diary.meetings.filter(({ date }) => date === on);
    return thatDay.length > 0 && thatDay.every(isCancelled) ? 'MEETING_CANCELLED' : 'STANDS';
  }
  return dated === undefined ? 'NOWHERE' : homeWithin(dated, diary);
}

function homeAt(meeting: MeetingInDiary, diary: Diary): ForwardPlanHome {
  if (isCancelled(meeting)) return 'MEETING_CANCELLED';
  if (meeting.status === 'POSTPONED') return 'MEETING_POSTPONED';
  // It has a month and no day: whether one is to be there the cadence tells.
  return meeting.date === undefined && meeting.dated !== undefined ? homeWithin(meeting.dated, diary) : 'STANDS';
}

function homeWithin(dated: Dated, { meetings, cadence }: Diary): ForwardPlanHome {
  const within = stretchOf(dated);
  const there = meetings.filter(({ date }) => date !== undefined && date >= within.from && date <= within.to);
  if (there.some((one) => !isCancelled(one))) return 'STANDS';
  if (there.length > 0) return 'MEETING_CANCELLED';
  const days = meetings.flatMap((one) => (isCancelled(one) ? [] : (one.date ?? [])));
  return cadence === null || mayFallIn(cadence, days, within) ? 'STANDS' : 'NO_MEETING_EXPECTED';
}

/** What has no first day is the month in which it ends. */
function stretchOf({ from, to }: Dated): Stretch {
  const month: CivilDate = `${to.slice(0, 7)}-01`;
  return from === undefined ? { from: month, to: addDays(addMonths(month, 1), -1) } : { from, to };
}

function isCancelled({ status }: Pick<MeetingInDiary, 'status'>): boolean {
  return status === 'CANCELLED';
}
