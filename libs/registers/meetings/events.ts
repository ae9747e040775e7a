import {
  day,
  due,
  event,
  eventOfRecord,
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
  rowTexts,
  span,
  time,
  words,
  yesNo,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

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

/** Where it is, who chairs it, how many must be there and where it is watched. What is left out stays. */
export const MeetingArranged = event('MeetingArranged', {
  facts: { chair: optional(field.chair), quorum: optional(field.quorum) },
  texts: { place: optional(field.place), webcast: optional(field.webcast) },
  leads: 'place',
});
export type MeetingArranged = EventOf<typeof MeetingArranged>;

/** The whole list: a later one takes the place of an earlier one. */
export const AttendanceRecorded = event('AttendanceRecorded', {
  facts: { attenders: field.attenders },
  texts: rowTexts('attenders', field.attenders),
});
export type AttendanceRecorded = EventOf<typeof AttendanceRecorded>;

/** When it opened and closed, and whether enough members were there. */
export const SittingRecorded = event('SittingRecorded', {
  facts: {
    opened: optional(field.opened),
    closed: optional(field.closed),
    quorate: optional(yesNo('Whether enough members were there.')),
  },
});
export type SittingRecorded = EventOf<typeof SittingRecorded>;

export const InterestDeclared = event('InterestDeclared', {
  facts: {
    kind: labelled('Interest', field.interestKind),
    post: optional(link('post', 'The post that declared it.')),
    agendaItem: optional(saying('The agenda item to which it relates.', field.agendaItem)),
    withdrew: optional(yesNo('Whether they left while it was dealt with.')),
  },
  texts: {
    who: optional(line('Who declared it, as the minutes have it.')),
    text: labelled('What was declared', optional(words('What was declared.'))),
  },
  leads: 'text',
});
export type InterestDeclared = EventOf<typeof InterestDeclared>;

export const PublicQuestionAsked = event('PublicQuestionAsked', {
  facts: { agendaItem: optional(saying('The agenda item under which it was asked.', field.agendaItem)) },
  texts: { text: labelled('Question', words('What was asked.')), who: optional(line('Who asked.')) },
  leads: 'text',
});
export type PublicQuestionAsked = EventOf<typeof PublicQuestionAsked>;

export const PublicQuestionAnswered = event('PublicQuestionAnswered', {
  facts: {
    question: fixed(field.question),
    post: optional(link('post', 'The post that answered.')),
    inWriting: yesNo('Whether it was answered in writing, and not at the meeting.'),
  },
  texts: { text: labelled('Answer', words('What was answered.')) },
  leads: 'text',
});
export type PublicQuestionAnswered = EventOf<typeof PublicQuestionAnswered>;

/** One item of the agenda. What it was carried over from is an item of another meeting, by the entry that listed it there. */
export const AgendaItemListed = event('AgendaItemListed', {
  facts: {
    item: optional(itemNumber('Number of the item.')),
    session: saying('Whether it is for an open or a closed session.', session),
    paper: optional(field.paper),
    paperVersion: optional(field.paperVersion),
    author: optional(field.author),
    fromMeeting: optional(fixed(field.fromMeeting)),
    continues: optional(fixed(labelled('Carried over', eventOfRecord('The entry that listed it there.')))),
  },
  texts: { title: line('Its title.'), section: optional(field.section) },
  leads: 'title',
});
export type AgendaItemListed = EventOf<typeof AgendaItemListed>;

export const AgendaItemPresented = event('AgendaItemPresented', {
  facts: {
    agendaItem: fixed(field.agendaItem),
    verbally: yesNo('Whether there was no paper, only a verbal update.'),
  },
});
export type AgendaItemPresented = EventOf<typeof AgendaItemPresented>;

/** The meeting ended before it. */
export const AgendaItemNotReached = event('AgendaItemNotReached', { facts: { agendaItem: fixed(field.agendaItem) } });
export type AgendaItemNotReached = EventOf<typeof AgendaItemNotReached>;

/** To a meeting, to a month or other span, or, with neither, to a later meeting. */
export const AgendaItemDeferred = event('AgendaItemDeferred', {
  facts: {
    agendaItem: fixed(field.agendaItem),
    to: labelled('Meeting to which it is put off', optional(link('meeting', 'The meeting to which it is put off.'))),
    within: labelled(
      'Month to which it is put off',
      optional(span('The month, or other span, to which it is put off.')),
    ),
  },
  texts: { phrase: labelled('In words', optional(line('To when, as the paper says it.'))) },
  leads: 'phrase',
});
export type AgendaItemDeferred = EventOf<typeof AgendaItemDeferred>;

export const AgendaItemWithdrawn = event('AgendaItemWithdrawn', { facts: { agendaItem: fixed(field.agendaItem) } });
export type AgendaItemWithdrawn = EventOf<typeof AgendaItemWithdrawn>;

/** What the minutes say of an agenda item in the three parts of the reports of governance boards. */
export const AgendaItemReported = event('AgendaItemReported', {
  facts: { agendaItem: fixed(field.agendaItem) },
  texts: {
    overview: optional(field.overview),
    forceUpdate: optional(field.forceUpdate),
    response: optional(field.commissionersResponse),
  },
  leads: 'overview',
});
export type AgendaItemReported = EventOf<typeof AgendaItemReported>;

export const ResolutionPassed = event('ResolutionPassed', {
  facts: {
    outcome: labelled('What became of it', field.resolutionOutcome),
    agendaItem: optional(fixed(saying('The agenda item under which it was passed.', field.agendaItem))),
    inFavour: optional(field.inFavour),
    against: optional(field.against),
    abstained: optional(field.abstained),
  },
  texts: { text: labelled('Resolution', words('What was resolved.')) },
  leads: 'text',
});
export type ResolutionPassed = EventOf<typeof ResolutionPassed>;

/** By resolution, for the items from that one on, or for the whole meeting. */
export const PublicExcluded = event('PublicExcluded', {
  facts: {
    grounds: field.grounds,
    agendaItem: optional(saying('The agenda item from which on the public was excluded.', field.agendaItem)),
  },
  texts: {
    text: labelled(
      'Public interest',
      optional(words('Why the public interest in the exemption outweighed that in disclosure.')),
    ),
  },
  leads: 'text',
});
export type PublicExcluded = EventOf<typeof PublicExcluded>;

/**
 * Papers went out, on the effective day. They give a position where they say as at when it was drawn, and the first issue without: which is the first
 * is told by the issues that whoever reads may see, so it is no fact. See `issues.ts` and `cut-off.ts`.
 */
export const PapersIssued = event('PapersIssued', {
  facts: {
    at: labelled('Time of issue', optional(time('The time at which they were issued.'))),
    asAt: labelled('Position as at', optional(day('The day as at which their position was drawn.'))),
    asAtTime: labelled('Position as at the time', optional(time('The time as at which their position was drawn.'))),
    agendaItem: optional(saying('The one agenda item that they are about.', field.agendaItem)),
    paper: optional(field.paper),
    paperVersion: optional(field.paperVersion),
  },
  texts: { note: optional(line('What was issued, in words.')) },
  leads: 'note',
});
export type PapersIssued = EventOf<typeof PapersIssued>;

const minutesPaper = {
  paper: optional(saying('The document that holds the minutes.', field.paper)),
  paperVersion: optional(field.paperVersion),
};

export const MinutesDrafted = event('MinutesDrafted', { facts: minutesPaper });
export type MinutesDrafted = EventOf<typeof MinutesDrafted>;

export const MinutesCirculated = event('MinutesCirculated');
export type MinutesCirculated = EventOf<typeof MinutesCirculated>;

/** From here on what the minutes say changes by a correcting minute alone. */
export const MinutesConfirmed = event('MinutesConfirmed', {
  facts: {
    confirmedAt: labelled(
      'Confirmed at',
      link('meeting', 'The later meeting that confirmed them as a correct record.'),
    ),
    ...minutesPaper,
  },
});
export type MinutesConfirmed = EventOf<typeof MinutesConfirmed>;

export const MinutesPublished = event('MinutesPublished', {
  texts: { publishedAt: labelled('Where', optional(line('Where they were published: an address, or words.'))) },
  leads: 'publishedAt',
});
export type MinutesPublished = EventOf<typeof MinutesPublished>;

/** A correcting minute: a later meeting agreed that confirmed minutes are to say otherwise. What they said before stays beside it. */
export const MinutesCorrected = event('MinutesCorrected', {
  facts: {
    minute: fixed(field.minute),
    agreedAt: labelled('Agreed at', link('meeting', 'The meeting that agreed the correcting minute.')),
  },
  texts: { text: labelled('What the minutes are to say', words('What the minutes are to say in its place.')) },
  leads: 'text',
});
export type MinutesCorrected = EventOf<typeof MinutesCorrected>;

export const MEETING_EVENTS = [
  MeetingScheduled,
  MeetingHeld,
  MeetingCancelled,
  MeetingPostponed,
  ItemMinuted,
  MeetingArranged,
  AttendanceRecorded,
  SittingRecorded,
  InterestDeclared,
  PublicQuestionAsked,
  PublicQuestionAnswered,
  AgendaItemListed,
  AgendaItemPresented,
  AgendaItemNotReached,
  AgendaItemDeferred,
  AgendaItemWithdrawn,
  AgendaItemReported,
  ResolutionPassed,
  PublicExcluded,
  PapersIssued,
  MinutesDrafted,
  MinutesCirculated,
  MinutesConfirmed,
  MinutesPublished,
  MinutesCorrected,
] as const;
export type MeetingOwnEvent = EventOf<(typeof MEETING_EVENTS)[number]>;
export type MeetingEvent = MeetingOwnEvent | CommonFact;
