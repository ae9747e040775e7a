import type { CivilDate, Dated, TextRef, ToldAt, ToldFields } from '../ledger/index.ts';
import type { Due } from './shapes.ts';

/** The due dates of a record, as its register folds them. */
export interface FoldedDue {
  readonly phrase?: TextRef;
  /** The first due date that named a day, a span or a meeting; absent while none did. */
  readonly original?: Due;
  readonly current?: Due;
  /**
   * The days on which the facts that set them took effect: the day of a meeting at which it is due is read as of then. Only for due
   * dates that name a meeting.
   */
  readonly originalSetOn?: CivilDate;
  readonly currentSetOn?: CivilDate;
  /** How often a due date that stood was put off. Setting the first one is no extension. */
  readonly extensions: number;
  /** How often one was moved to an earlier day: a later entry or a correction may leave a move so. */
  readonly broughtForward: number;
  /** Of the extensions: those made after the old date had passed (not where a meeting tells it), and those for which no reason was given. */
  readonly extendedLate: number;
  readonly extendedWithoutReason: number;
}

/** When something is due at a basis: days, the last one of a span, or that of the meeting. */
export interface DueDates {
  readonly phrase?: TextRef;
  /** Of a meeting: the day that it had when the due date was set, by all that is known at this basis. */
  readonly original: CivilDate | null;
  /** Of a meeting: its day wherever it has moved at this basis. */
  readonly current: CivilDate | null;
  readonly extensions: number;
  readonly broughtForward: number;
  /** Its meeting has another day now than when the due date was set: a movement of its own kind, and no extension. */
  readonly movedWithMeeting: boolean;
  /** No date, or its meeting is cancelled, has no known day, or is unknown to this reader at this basis. */
  readonly unanchored: boolean;
}

/** What must be known of a meeting to tell what is due there. */
export interface DueMeeting {
  readonly status: string;
  readonly date?: CivilDate;
  readonly dated?: Dated;
}

/**
 * The London day on which something is due, at the basis at which `meetingOf` reads meetings: the last day of a span, the
 * day of a meeting wherever it has moved.
 *
 * Null means *unanchored*: no date was given, or the meeting is cancelled, has no known day, or is unknown. See docs/time.md.
 */
export function dueDateOf(due: Due | undefined, meetingOf: (ref: string) => DueMeeting | null): CivilDate | null {
  if (due === undefined) return null;
  if (due.meeting === undefined) return due.on ?? due.dated?.to ?? null;
  const meeting = meetingOf(due.meeting);
  if (meeting === null || meeting.status === 'CANCELLED') return null;
  return meeting.date ?? meeting.dated?.to ?? null;
}

/** What a meeting was over a stretch of days: from the first to the day before `to`. */
export interface MeetingOver {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly state: DueMeeting;
}

/**
 * The day that a meeting had when something was said to be due there: on the day on which that took effect, by all that is known now, so
 * a correction of the meeting's day counts and a later postponement does not. Where it had none then, the first that it got. A
 * cancelled meeting keeps its day. Null while it has had none.
 *
 * `states`: what the meeting was, in the order of days.
 */
export function dayWhenSet(states: readonly MeetingOver[], setOn: CivilDate): CivilDate | null {
  for (const { to, state } of states) {
    const day = state.date ?? state.dated?.to;
    // Days are read as of the day on which it was set, or after it: never before.
    if (to > setOn && day !== undefined) return day;
  }
  return null;
}

/** The day on which it is due where something is told, wherever its meeting has moved there; null for none. */
export function dueDayAt(due: Due | undefined, at: ToldAt): CivilDate | null {
  return dueDateOf(due, (ref) => at.record<DueMeeting>('meetings', ref));
}

/** When something is due where it is told. */
export function dueDatesAt(due: FoldedDue, at: ToldAt): DueDates {
  const whenSet = (one: Due | undefined, setOn: CivilDate | undefined) =>
    one?.meeting === undefined || setOn === undefined
      ? dueDayAt(one, at)
      : dayWhenSet(at.statesOf<DueMeeting>('meetings', one.meeting), setOn);
  const current = dueDayAt(due.current, at);
  const currentWhenSet = whenSet(due.current, due.currentSetOn);
  return {
    ...(due.phrase === undefined ? {} : { phrase: due.phrase }),
    original: whenSet(due.original, due.originalSetOn),
    ...{ current, extensions: due.extensions, broughtForward: due.broughtForward },
    movedWithMeeting: current !== null && currentWhenSet !== null && current !== currentWhenSet,
    unanchored: current === null,
  };
}

/** What is told of when something is due, by the paths of what may be corrected and of what follows from it. */
export function toldOfDue(
  due: FoldedDue,
  { original, current, extensions, broughtForward, movedWithMeeting, unanchored }: DueDates,
): ToldFields {
  return {
    due: due.current,
    'due.phrase': due.phrase,
    'due.original': original,
    'due.current': current,
    'due.extensions': extensions,
    'due.broughtForward': broughtForward,
    'due.movedWithMeeting': movedWithMeeting,
    'due.unanchored': unanchored,
  };
}
