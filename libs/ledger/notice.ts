import type { CivilDate } from './dates.ts';
import type { RecordEvent, TextRef } from './event.ts';
import type { Links, LinkWanted } from './links.ts';

/** What was recorded may be a slip. It stops nothing: whoever recorded it is told. See `docs/writing.md`. */
export interface Notice {
  readonly code: string;
  readonly sentence: string;
  /** The record to look at: the one that was written to, or another that it does not fit. */
  readonly record: string;
}

/** A fact that was recorded and what is around it, all of it as far as whoever recorded it may see. */
export interface Noticed<State = unknown, Event extends RecordEvent = RecordEvent> {
  /** The record that was written to. */
  readonly ref: string;
  readonly event: Event;
  /** The record by all that is known, with the fact. */
  readonly after: State;
  /** The same without it. */
  readonly before: () => State;
  /** Other records of the register of the same place and title, if the fact gave the record either. See `Register.titledAt`. */
  readonly namesakes: readonly string[];
  /** The records that the rule wants, by all that is known. */
  readonly links: Pick<Links, 'find'> & {
    /** The first day on which that record may have been there; null when there is none such, or nobody can say. */
    readonly since: (register: string, ref: string) => CivilDate | null;
  };
}

/** One reason to look again. Pure: `says` is asked of every fact of its register, after it was recorded. */
export interface NoticeRule<State = unknown, Event extends RecordEvent = RecordEvent> {
  readonly wants?: (event: Event, after: State) => readonly Pick<LinkWanted, 'register' | 'ref'>[];
  readonly says: (noticed: Noticed<State, Event>) => Notice | null;
}

/** Where a record belongs and what it is called there. */
export interface TitledAt {
  readonly place: string;
  readonly title: TextRef;
}
