import type { CivilDate } from './dates.ts';
import type { RecordEvent } from './event.ts';

/** Whose work a record is: what `docs/writing.md` calls the owning and the reporting posts. */
export interface Work {
  /** Each from the day on which it was first given the work. */
  readonly posts: readonly { readonly post: string; readonly since: CivilDate }[];
  /** The persons who made the reports that stand, where they are named. */
  readonly reportedBy: readonly string[];
}

/** What of a register ends a record as done, which nobody may do to their own work. */
export interface Separation<State, Event extends RecordEvent> {
  /** The events that end it, by the command that leads to each. */
  readonly ends: { readonly [command: string]: Event['type'] };
  readonly workOf: (state: State) => Work;
}
