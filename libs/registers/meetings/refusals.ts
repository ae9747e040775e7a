import { ITEM_NUMBER_SENTENCE, refusing } from '../../ledger/index.ts';

/** Every reason for which a meeting is refused, in the order in which they are checked. */
export const MEETING_REFUSALS = {
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
  UNKNOWN_BODY: 'The directory knows no body {body}. Add the body first, or name another.',
  DAY_AMBIGUOUS:
    'More than one day is given. Give a day, a span of days or (for something due) a meeting, and leave the others out.',
  INVALID_DATE:
    'A date is a real day, written yyyy-mm-dd, and a span ends on or after the day on which it begins. Check the date.',
  DAY_NEEDED: 'No day is given. Say on which day it is, or over which span of days while the day is not known.',
  NOT_YET_HELD:
    'The meeting is on {on}, after the effective day {effectiveOn}. Record that it was held with its own day as the effective day, once that day has come.',
  CANCELLATION_NEEDS_REASON: 'Say why it is cancelled.',
  INVALID_ITEM: ITEM_NUMBER_SENTENCE,
  TEXT_NEEDED: 'Nothing is minuted. Say in "text" what the minutes say.',
  UNKNOWN_POST: 'The directory knows no post {post}. Add the post first, or name another.',
  UNKNOWN_MEETING: 'There is no meeting {meeting}. Schedule it first, or give a day or words instead.',
  NOTHING_CHANGES: 'The meeting is set for then already, so nothing was recorded. Give another day.',
} as const;

export const refuse = refusing(MEETING_REFUSALS);
