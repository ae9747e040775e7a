import {
  day,
  due,
  event,
  fixed,
  itemNumber,
  kept,
  labelled,
  line,
  link,
  newReference,
  optional,
  saying,
  SESSION,
  span,
  words,
  yesNo,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';

/** A correction of the session says what it was; who may see the meeting is changed by marking it anew. */
const session = SESSION;

/**
 * A meeting set for a day, or for a span while no day is known ("October 2023"). The day is data: it may lie ahead. The reference stays
 * even when the day or the body in it turns out wrong. The span is not corrected: `dated` is when the fact itself took effect.
 */
export const MeetingScheduled = event('MeetingScheduled', {
  facts: {
    ref: newReference('meeting'),
    body: link('body', 'The body that meets.'),
    on: labelled('Day of the meeting', kept(optional(day('The day on which it is to be.')))),
    dated: labelled('Span in which it is to be', fixed(optional(span('The span in which it is to be.')))),
    session,
  },
  texts: { title: optional(line('What it is called.')) },
  leads: 'title',
});
export type MeetingScheduled = EventOf<typeof MeetingScheduled>;

export const MeetingHeld = event('MeetingHeld', {
  facts: { on: labelled('Day on which it was held', day('The day on which it was held.')) },
});
export type MeetingHeld = EventOf<typeof MeetingHeld>;

/** The date is kept in diaries; what was due there has lost its anchor. */
export const MeetingCancelled = event('MeetingCancelled');

/** Moved to another day, or to no known day yet. The reference stays. */
export const MeetingPostponed = event('MeetingPostponed', {
  facts: {
    to: labelled('Day to which it moves', optional(day('The day to which it moves.'))),
    dated: labelled('Span to which it moves', fixed(optional(span('The span to which it moves.')))),
  },
});

/**
 * What the minutes say of one item. A promise that no action list holds is a minuted item with `promise` true: it has no
 * reference of its own and no state.
 */
export const ItemMinuted = event('ItemMinuted', {
  facts: {
    item: optional(itemNumber('Number of the item.')),
    session: saying('Whether it was dealt with in an open or a closed session.', session),
    promise: yesNo('Whether it is a promise that no action list holds.'),
    owner: optional(link('post', 'The post that promised.')),
    due: labelled('When it is due', optional(due('When it is due.'))),
  },
  texts: {
    title: optional(line('Its title.')),
    text: labelled('What was minuted', words('What was minuted.')),
    phrase: labelled('When it is due, in words', optional(line('When it is due, in words.'))),
  },
  leads: 'text',
});
export type ItemMinuted = EventOf<typeof ItemMinuted>;

export const MEETING_EVENTS = [MeetingScheduled, MeetingHeld, MeetingCancelled, MeetingPostponed, ItemMinuted] as const;
export type MeetingOwnEvent = EventOf<(typeof MEETING_EVENTS)[number]>;
export type MeetingEvent = MeetingOwnEvent | CommonFact;
