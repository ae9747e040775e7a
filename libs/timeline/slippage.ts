import {
  daysBetween,
  londonDayOf,
  type CivilDate,
  type DueHeld,
  type DueSaid,
  type Instant,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { amend } from './amend.ts';

/*
 * How what is due slipped: docs/slippage.md. Pure; `test/model/naive-slippage.ts` says the same in the plainest way.
 */

/** An event that the reader may know, and when it was recorded on the basis's clock. */
export interface KnownThen {
  readonly event: RecordEvent;
  readonly recordedAt: Instant;
}

/** The day that a meeting had from one of its own days on; null while none is known. */
export interface DayOfMeeting {
  readonly event: RecordEvent;
  readonly recordedAt: Instant;
  readonly day: CivilDate | null;
  readonly isCancelled: boolean;
}

export const MOVES_OF_DATES = ['EXTENDED', 'BROUGHT_FORWARD', 'MOVED_WITH_MEETING'] as const;
export type KindOfMove = (typeof MOVES_OF_DATES)[number];

/** What changed a due date, or was said beside it. */
export interface DateStep {
  /** The fact, as it is corrected: of the record, or of the meeting that moved. */
  readonly event: RecordEvent;
  readonly recordedAt: Instant;
  /** Null where no day is known: a meeting had none, is cancelled, or is not for the reader. */
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

/** A due date that was moved. */
export interface DateMove extends DateStep {
  readonly kind: KindOfMove;
  /** Granted by whoever may, so that the policies of the body ask after it. */
  readonly isGranted: boolean;
  /** The meeting that moved. */
  readonly meeting?: string;
  /** Days from the old date to the new one; fewer than none where it was brought forward. Null where either is unknown. */
  readonly days: number | null;
  /** Recorded after the old date had passed. Null where that is unknown. */
  readonly afterItPassed: boolean | null;
}

/** A due date of a record, and how it slipped. */
export interface DateSlippage {
  /** Which of its dates: see {@link DueSaid}. */
  readonly of: string;
  /** The first day on which it was due; null where none is known. */
  readonly original: CivilDate | null;
  /** The day on which it is due; null for none: no date stands, or its meeting is cancelled or has no known day. */
  readonly current: CivilDate | null;
  readonly moves: readonly DateMove[];
  /** Deferrals, and dates that were set anew: shown beside, and no moves. */
  readonly beside: readonly (DateStep & { readonly kind: 'DEFERRED' | 'SET_ANEW' })[];
}

/** What is asked of a register. */
type Slipping = Pick<Register, 'initial' | 'evolve' | 'upcast' | 'refOf' | 'opening' | 'dues'>;

/**
 * Each due date of a record up to a day, with its moves in the order in which they took effect, from the events that the reader may know: as they are
 * corrected, without what is void. Dates that never were are left out.
 * @param daysOfMeeting see {@link daysOfMeeting}: of a meeting, up to that day; none for one that is not there or not for the reader
 */
export function slippageOf(
  register: Slipping,
  known: readonly KnownThen[],
  effective: CivilDate,
  daysOf: (meeting: string) => readonly DayOfMeeting[],
): readonly DateSlippage[] {
  const { dues } = register;
  if (dues === undefined) return [];
  const recordedAt = new Map(known.map((one) => [one.event.id, one.recordedAt]));
  const dates = new Map<string, DueDate>();
  let state = register.initial;
  for (const event of factsUpTo(register, known, effective)) {
    const isThere = register.refOf(state) !== null;
    state = register.evolve(state, event);
    // What took effect before there was the record says nothing of it, and it is opened once.
    if (register.refOf(state) === null || (isThere && register.opening.includes(event.type))) continue;
    for (const said of dues.said(event)) {
      let date = dates.get(said.of);
      if (date === undefined) dates.set(said.of, (date = new DueDate(said.of, daysOf)));
      date.say(said, event, recordedAt.get(event.id)!);
    }
  }
  return [...dates.values()].flatMap((date) => date.told(effective) ?? []);
}

/**
 * What a meeting was at the end of each day on which something of it took effect, up to a day: one that was moved twice on one day moved once. The event is the
 * last of that day that gave it another day.
 */
export function daysOfMeeting(
  register: Slipping,
  known: readonly KnownThen[],
  effective: CivilDate,
): readonly DayOfMeeting[] {
  const recordedAt = new Map(known.map((one) => [one.event.id, one.recordedAt]));
  const days: DayOfMeeting[] = [];
  let state = register.initial;
  for (const event of factsUpTo(register, known, effective)) {
    state = register.evolve(state, event);
    const { status, date, dated } = state as MeetingState;
    const [day, isCancelled] = [date ?? dated?.to ?? null, status === 'CANCELLED'];
    const last = days.at(-1);
    const isSameDay = last?.event.effectiveOn === event.effectiveOn;
    const by = isSameDay && last.day === day ? last : { event, recordedAt: recordedAt.get(event.id)! };
    if (isSameDay) days.pop();
    days.push({ event: by.event, recordedAt: by.recordedAt, day, isCancelled });
  }
  return days;
}

interface MeetingState {
  readonly status: string;
  readonly date?: CivilDate;
  readonly dated?: { readonly to: CivilDate };
}

function factsUpTo(register: Slipping, known: readonly KnownThen[], effective: CivilDate): readonly RecordEvent[] {
  const amended = amend(
    register,
    known.map(({ event }) => event),
  );
  return amended.filter(({ effectiveOn }) => effectiveOn <= effective);
}

/** A date that stands: what was said, since when, and the day on which it is due as far as that was followed. */
interface Standing {
  readonly due: DueHeld;
  readonly setOn: CivilDate;
  /** Null as long as no day is known. */
  last: CivilDate | null;
  /** Up to when its meeting was followed, that day included. */
  followed: CivilDate;
}

/** One due date, told event by event. */
class DueDate {
  readonly #of: string;
  readonly #daysOf: (meeting: string) => readonly DayOfMeeting[];
  readonly #moves: DateMove[] = [];
  readonly #beside: (DateStep & { readonly kind: 'DEFERRED' | 'SET_ANEW' })[] = [];
  #first: Pick<Standing, 'due' | 'setOn'> | null = null;
  #now: Standing | null = null;

  constructor(of: string, daysOf: (meeting: string) => readonly DayOfMeeting[]) {
    this.#of = of;
    this.#daysOf = daysOf;
  }

  say({ is, due, keeps }: DueSaid, event: RecordEvent, recordedAt: Instant): void {
    const on = event.effectiveOn;
    const was = this.#now;
    this.#followMeeting(on);
    const from = was?.last ?? null;
    const to = due === undefined ? null : this.#dayWhenSet(due, on);
    if (keeps !== true)
      this.#now = due === undefined ? null : { due, setOn: on, last: this.#dayOn(due, on), followed: on };
    if (due !== undefined && keeps !== true) this.#first ??= { due, setOn: on };
    const step = { event, recordedAt, from, to };
    if (was === null && due === undefined) return;
    if (is === 'DEFERS') this.#beside.push({ kind: 'DEFERRED', ...step });
    else if (was === null || due === undefined) return;
    else if (is === 'SETS') this.#beside.push({ kind: 'SET_ANEW', ...step });
    else {
      const kind = kindOf(was.due, due);
      if (kind !== null) this.#moves.push({ kind, isGranted: is === 'GRANTS', ...step, ...between(step) });
    }
  }

  told(effective: CivilDate): DateSlippage | null {
    this.#followMeeting(effective);
    const [first, now] = [this.#first, this.#now];
    if (first === null) return null;
    return {
      of: this.#of,
      original: this.#dayWhenSet(first.due, first.setOn),
      current: now === null ? null : this.#dueNow(now.due),
      moves: this.#moves,
      beside: this.#beside,
    };
  }

  /** What is due at a meeting moves with it, up to a day and that one included. */
  #followMeeting(until: CivilDate): void {
    const now = this.#now;
    if (now?.due.meeting === undefined) return;
    for (const { event, recordedAt, day } of this.#daysOf(now.due.meeting)) {
      if (event.effectiveOn <= now.followed || event.effectiveOn > until || day === null) continue;
      const step = { event, recordedAt, from: now.last, to: day };
      const isMoved = now.last !== null && now.last !== day;
      now.last = day;
      if (!isMoved) continue;
      const { meeting } = now.due;
      this.#moves.push({ kind: 'MOVED_WITH_MEETING', isGranted: false, meeting, ...step, ...between(step) });
    }
    now.followed = until;
  }

  /** The day on which it was due when that was said, of a meeting as it was known to be at the end of that day. */
  #dayOn(due: DueHeld, on: CivilDate): CivilDate | null {
    if (due.meeting === undefined) return ownDay(due);
    return this.#daysOf(due.meeting).findLast(({ event }) => event.effectiveOn <= on)?.day ?? null;
  }

  /** The same; of a meeting that had no day then, the first that it got. */
  #dayWhenSet(due: DueHeld, on: CivilDate): CivilDate | null {
    const day = this.#dayOn(due, on);
    if (day !== null || due.meeting === undefined) return day;
    return (
      this.#daysOf(due.meeting).find(({ event, day: later }) => event.effectiveOn > on && later !== null)?.day ?? null
    );
  }

  #dueNow(due: DueHeld): CivilDate | null {
    if (due.meeting === undefined) return ownDay(due);
    const last = this.#daysOf(due.meeting).at(-1);
    return last === undefined || last.isCancelled ? null : last.day;
  }
}

/**
 * As the registers count them: by the days that the dates themselves name. Where a meeting tells either, it was recorded as an extension and counts as one. To the
 * same day is no move.
 */
function kindOf(was: DueHeld, is: DueHeld): 'EXTENDED' | 'BROUGHT_FORWARD' | null {
  const [from, to] = [ownDay(was), ownDay(is)];
  if (from === null || to === null || to > from) return 'EXTENDED';
  return to < from ? 'BROUGHT_FORWARD' : null;
}

function between({ from, to, recordedAt }: Pick<DateStep, 'from' | 'to' | 'recordedAt'>) {
  return {
    days: from === null || to === null ? null : daysBetween(from, to),
    afterItPassed: from === null ? null : londonDayOf(recordedAt) > from,
  };
}

/** The day that a due date itself names, the last one of a span; null where a meeting tells it. */
function ownDay({ on, dated, meeting }: DueHeld): CivilDate | null {
  return meeting === undefined ? (on ?? dated?.to ?? null) : null;
}
