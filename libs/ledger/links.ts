import type { EventId } from './event.ts';
import type { Marking } from './marking.ts';

/** Another record that a command names, to be looked up before the decision. */
export interface LinkWanted {
  readonly register: string;
  readonly ref: string;
  /** The input field that names it: said when it is unknown. */
  readonly field: string;
}

/** The records that a command names, as they stood on its effective day. */
export interface Links {
  /** The state of that record, or null if the ledger has none such (or the caller may not see it). */
  find(register: string, ref: string): unknown;
  /**
   * How that record is marked today, or one of its events; null likewise. What arises from it is as restricted.
   * @param event of an event of it that the caller may see
   */
  markingOf(register: string, ref: string, event?: EventId): Marking | null;
  /** The versions of it that the caller may know of today. None where there is no such record. */
  versionsOf(register: string, ref: string): readonly string[];
}
