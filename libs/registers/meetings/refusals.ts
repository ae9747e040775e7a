import { refusing } from '../../ledger/index.ts';

/** Every reason for which a meeting is refused beside what the declarations say, in the order in which they are checked. (`DAY_NEEDED` is
 * asked again of a meeting that is held: its day may come from the state.) */
export const MEETING_REFUSALS = {
  DAY_AMBIGUOUS:
    'More than one day is given. Give a day, a span of days or (for something due) a meeting, and leave the others out.',
  DAY_NEEDED: 'No day is given. Say on which day it is, or over which span of days while the day is not known.',
  NOTHING_ARRANGED: 'Say something: where it is, who chairs it, how many must be there, or where it is watched.',
  NOTHING_SAID_OF_SITTING: 'Say when it opened, when it closed, or whether enough members were there.',
  CONTINUES_NEEDS_BOTH:
    'An item that is carried over is named by its meeting and by its entry there. Give both, or neither.',
  VERSION_NEEDS_PAPER: 'Name the document of which it is a version, or leave the version out.',
  DEFERRED_TO_TWO: 'It is put off to a meeting or to a month. Give one of them, or neither for a later meeting.',
  NOTHING_REPORTED: 'Say something: the overview, what the force said, or what the commissioner answered.',
  SUPPLEMENT_GIVES_NO_POSITION:
    'A supplementary paper on one item gives no position of the meeting. Leave out the item, or the day as at which.',
  TIME_NEEDS_DAY: 'Give the day to which the time belongs.',
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
  MINUTES_CONFIRMED:
    'The minutes of {ref} were confirmed, and what they say changes by a correcting minute alone, which names the meeting that agreed it. Record one.',
  ALREADY_CONFIRMED: 'The minutes of {ref} were confirmed already.',
  DEFERRED_TO_ITSELF: 'An item of {ref} is not put off to {ref}. Name another meeting, a month, or neither.',
  WITHOUT_AGENDA: 'No item of {ref} is on the agenda of which this could be said. List it first.',
  UNKNOWN_AGENDA_ITEM: 'This meeting has no agenda item {item}. Name the entry that listed it.',
  ITEM_SETTLED: 'This agenda item is {status} already. Correct or void the wrong fact, if it is wrong.',
  ALREADY_MINUTED: 'Item {item} is minuted already, and an item is minuted once. A promise may be minuted beside it.',
  CONTINUES_ITSELF: 'An item of {ref} is not carried over from {ref}. Name the earlier meeting.',
  ITEM_LISTED_ALREADY:
    'The agenda has an item {item} in that session already. Give another number, or withdraw that one first.',
  UNKNOWN_ITEM_NUMBER: 'Neither the agenda nor the minutes have an item {item}. List it first, or leave it out.',
  LEFT_BEFORE_JOINING: 'Nobody who came at item {joined} left before item {left}. Check both.',
  CLOSES_BEFORE_IT_OPENS: 'The meeting closes at {closed}, before it opens at {opened}. Check both.',
  NOTHING_TO_ANSWER: 'No question of the public at {ref} is without its answer.',
  UNKNOWN_QUESTION: 'This meeting has no question {question}. Name the entry that recorded it.',
  ALREADY_ANSWERED: 'This question is answered already. Correct or void the wrong answer, if it is wrong.',
  GROUND_TWICE: 'A paragraph stands there twice. Name each once.',
  NOT_YET_ISSUED: 'It is not {at} yet. Record that the papers were issued once they were.',
  POSITION_AFTER_ISSUE: 'No position is drawn as at {asAt}, after the papers were issued. Check both.',
  NOT_DRAFTED: 'The minutes of {ref} were not drafted yet on that day. Record that first.',
  NOT_CIRCULATED: 'The minutes of {ref} were not circulated yet on that day. Record that first.',
  NOT_CONFIRMED:
    'The minutes of {ref} were not confirmed yet on that day. Until then what they say is corrected where it stands.',
  ALREADY_PUBLISHED: 'The minutes of {ref} were published already.',
  NOT_A_LATER_MEETING: 'Minutes are confirmed, and corrected, at a later meeting than {ref} itself. Name that one.',
  NOT_IN_THE_MINUTES: 'No entry {minute} holds what the minutes of this meeting say. Name the one that does.',
  WITHDRAWAL_NEEDS_REASON: 'Say why it is taken off the agenda.',
  NOT_YET_HELD:
    'The meeting is on {on}, after the effective day {effectiveOn}. Record that it was held with its own day as the effective day, once that day has come.',
  CANCELLATION_NEEDS_REASON: 'Say why it is cancelled.',
  ATTENDER_UNNAMED: 'Say of each row who it is: an organisation, a post, or in words.',
  INTEREST_NEEDED: 'Say who declared it, or what was declared.',
  NOBODY_DECLARED: 'Where nobody declared an interest, there is nobody to name and nothing to say of it. Leave it out.',
  UNKNOWN_PAPER_VERSION: 'Document {paper} has no version {version}. Name one that it has.',
  UNKNOWN_CARRIED_OVER: 'Meeting {meeting} has no agenda item {item}. Name the entry that listed it there.',
  OF_ANOTHER_BODY: 'Meeting {meeting} is of another body. Minutes are confirmed, and corrected, by the body that met.',
  NOT_HELD_THEN: 'Meeting {meeting} was not held yet on that day, so it agreed nothing. Record that it was held first.',
  SLIP_NEEDS_CONFIRMED_MINUTES:
    'The minutes of {ref} were confirmed. The ledger’s own slips are put right with the confirmed document and the paragraph of it as the source: a slip in typing is corrected, and a correcting minute that was recorded by mistake taken back. What the minutes themselves say is changed by a correcting minute.',
  NOTHING_CHANGES: 'The meeting is set for then already, so nothing was recorded. Give another day.',
} as const;

export const refuse = refusing(MEETING_REFUSALS);
