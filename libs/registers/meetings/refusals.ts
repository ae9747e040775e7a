import { refusing } from '../../ledger/index.ts';

/** Every reason for which a meeting is refused beside what the declarations say, in the order in which they are checked. (`DAY_NEEDED` is
 * asked again of a meeting that is held: its day may come from the state.) */
export const MEETING_REFUSALS = {
  DAY_AMBIGUOUS:
    'More than one day is given. Give a day, a span of days or (for something due) a meeting, and leave the others out.',
  DAY_NEEDED: 'No day is given. Say on which day it is, or over which span of days while the day is not known.',
  ALREADY_SCHEDULED: 'This meeting is scheduled already. Postpone it to move it, or schedule another one.',
  NOT_SCHEDULED:
    'This meeting was not scheduled yet on that day. Give a later effective day, or correct the day from which it was scheduled.',
  ALREADY_HELD:
    'This meeting was held, and what was held is neither held again, cancelled nor moved. Correct or void the wrong fact instead.',
  MEETING_CANCELLED:
    'This meeting was cancelled. If it took place after all, postpone it to its new day first, or void the cancellation.',
  ALREADY_CANCELLED: 'This meeting was cancelled already. There is nothing left to cancel.',
  NOT_HELD:
    'Only a meeting that was held has minutes, and this one was not held yet on that day. Record that it was held first.',
  NOT_YET_HELD:
    'The meeting is on {on}, after the effective day {effectiveOn}. Record that it was held with its own day as the effective day, once that day has come.',
  CANCELLATION_NEEDS_REASON: 'Say why it is cancelled.',
  NOTHING_CHANGES: 'The meeting is set for then already, so nothing was recorded. Give another day.',
} as const;

export const refuse = refusing(MEETING_REFUSALS);
