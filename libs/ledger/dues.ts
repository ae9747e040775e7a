import type { CivilDate, Dated } from './dates.ts';
import type { RecordEvent } from './event.ts';

/*
 * What the events of a register say of due dates, so that whoever asks how something slipped need know no register. See docs/slippage.md.
 */

/** A due date as an event holds it: a day, the last one of a span, or that of a meeting. Of a meeting that is not for the reader nothing is left. */
export interface DueHeld {
  readonly on?: CivilDate;
  readonly dated?: Dated;
  readonly meeting?: string;
}

/**
 * What an event does to a due date.
 *
 * `SETS`: it says when it is due, the first time or anew, and moves nothing. `GRANTS`: it was put off, or brought forward, by whoever may. `MOVES`: the same of a
 * date that nobody grants. `DEFERS`: the thing was put off, which is no move of its date.
 */
export type DueChange = 'SETS' | 'GRANTS' | 'MOVES' | 'DEFERS';

/** What an event says of one due date of its record. */
export interface DueSaid {
  /** Which of its dates: empty for that of the record, else what tells it from others: `paper`, or the entry that added what is due. */
  readonly of: string;
  readonly is: DueChange;
  /** Of a deferral: to when, as far as it was said. Absent: there is no date from here on. */
  readonly due?: DueHeld | undefined;
  /** A deferral that leaves the due date as it was. */
  readonly keeps?: boolean;
}

/** The due dates that records of a register have. */
export interface DuesKept<Event extends RecordEvent = RecordEvent> {
  /** What an event says of them, as it is corrected. Total: nothing of an event that says nothing of them. */
  readonly said: (event: Event) => readonly DueSaid[];
  /** The types of its events that say something of due dates, or of the day of a meeting. */
  readonly saying: readonly Event['type'][];
  /** Those among them that may move one, be it one of another record: things are due at a meeting. */
  readonly moving: readonly Event['type'][];
  /** The members of its state that hold due dates, so that what is due at a meeting is found from that. */
  readonly heldIn: readonly string[];
}
