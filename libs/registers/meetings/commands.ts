import {
  atLeastOne,
  atMostOne,
  called,
  command,
  day,
  due,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  ofEnvelope,
  onlyWith,
  optional,
  saying,
  SESSION,
  span,
  time,
  words,
  yesNo,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office keeps the diary and the minutes. */
const OFFICE: MayIssue = ['opcc-officer'];

const session = ofEnvelope(optional(SESSION));

export const ScheduleMeeting = command('ScheduleMeeting', {
  says: 'Sets a meeting for a day, or for a span while no day is known. It gets its reference from the ledger.',
  opens: 'meeting',
  leadsTo: Event.MeetingScheduled,
  mayIssue: OFFICE,
  rules: [atMostOne('DAY_AMBIGUOUS', ['on', 'dated']), atLeastOne('DAY_NEEDED', ['on', 'dated'])],
  fields: {
    body: link('body', 'Reference of the body that meets.'),
    on: labelled('Day of the meeting', optional(day('The day on which it is to be; it may lie ahead.'))),
    dated: called(
      { api: 'span', column: 'on_dated' },
      labelled(
        'Span in which it is to be',
        optional(span('The span in which it is to be, while no day is known. Instead of `on`.')),
      ),
    ),
    session,
    title: optional(line('What it is called, if it has a name of its own.')),
  },
});
export type ScheduleMeeting = CommandOf<typeof ScheduleMeeting>;

export const HoldMeeting = command('HoldMeeting', {
  says: 'Records that a meeting was held.',
  about: 'meeting',
  leadsTo: Event.MeetingHeld,
  mayIssue: OFFICE,
  fields: {
    on: labelled(
      'Day on which it was held',
      optional(day('The day on which it was held. Default: the day for which it was set.')),
    ),
  },
});
export type HoldMeeting = CommandOf<typeof HoldMeeting>;

export const CancelMeeting = command('CancelMeeting', {
  says: 'Calls a meeting off. What was due there loses its date.',
  about: 'meeting',
  leadsTo: Event.MeetingCancelled,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'CANCELLATION_NEEDS_REASON' },
});
export type CancelMeeting = CommandOf<typeof CancelMeeting>;

export const PostponeMeeting = command('PostponeMeeting', {
  says: 'Moves a meeting, to a day or to no known day yet. Its reference stays. One that was cancelled is back in the diary.',
  about: 'meeting',
  leadsTo: Event.MeetingPostponed,
  mayIssue: OFFICE,
  rules: [atMostOne('DAY_AMBIGUOUS', ['to', 'dated'])],
  fields: {
    to: labelled(
      'Day to which it moves',
      optional(day('The day to which it moves; it may lie ahead. Default: to no known day.')),
    ),
    dated: called(
      { api: 'span', column: 'to_dated' },
      labelled(
        'Span to which it moves',
        optional(span('The span to which it moves, while no day is known. Instead of `to`.')),
      ),
    ),
  },
});
export type PostponeMeeting = CommandOf<typeof PostponeMeeting>;

export const MinuteItem = command('MinuteItem', {
  says: 'Records what the minutes say of one item.',
  about: 'meeting',
  leadsTo: Event.ItemMinuted,
  mayIssue: OFFICE,
  fields: {
    item: optional(
      itemNumber(
        'Number of the item, such as 5(iii), 14/2018/P or AC 23-07: at most 32 letters, digits, spaces, “/”, “-”, “.” and brackets.',
      ),
    ),
    title: optional(line('Its title.')),
    text: labelled('What was minuted', words('What was minuted.')),
    session,
    promise: optional(yesNo('Whether it is a promise that no action list holds. Default: no.')),
    owner: optional(link('post', 'The post that promised.')),
    due: labelled('When it is due', optional(due('When it is due.'))),
  },
});
export type MinuteItem = CommandOf<typeof MinuteItem>;

export const ArrangeMeeting = command('ArrangeMeeting', {
  says: 'Says where a meeting is, who chairs it, how many members must be there and where it is watched. What is left out stays.',
  about: 'meeting',
  leadsTo: Event.MeetingArranged,
  mayIssue: OFFICE,
  rules: [atLeastOne('NOTHING_ARRANGED', ['place', 'chair', 'quorum', 'webcast'])],
  fields: {
    place: optional(field.place),
    chair: optional(field.chair),
    quorum: optional(field.quorum),
    webcast: optional(field.webcast),
  },
});
export type ArrangeMeeting = CommandOf<typeof ArrangeMeeting>;

export const RecordAttendance = command('RecordAttendance', {
  says: 'Records who was there and who was not, by organisation or by post: the whole list, in the place of any before.',
  about: 'meeting',
  leadsTo: Event.AttendanceRecorded,
  mayIssue: OFFICE,
  fields: { attenders: field.attenders },
});
export type RecordAttendance = CommandOf<typeof RecordAttendance>;

export const RecordSitting = command('RecordSitting', {
  says: 'Records when a meeting opened and closed, and whether enough members were there. What is left out stays.',
  about: 'meeting',
  leadsTo: Event.SittingRecorded,
  mayIssue: OFFICE,
  rules: [atLeastOne('NOTHING_SAID_OF_SITTING', ['opened', 'closed', 'quorate'])],
  fields: {
    opened: optional(field.opened),
    closed: optional(field.closed),
    quorate: optional(yesNo('Whether enough members were there.')),
  },
});
export type RecordSitting = CommandOf<typeof RecordSitting>;

export const DeclareInterest = command('DeclareInterest', {
  says: 'Records an interest that somebody declared, or that nobody declared any.',
  label: 'Record a declaration of interest',
  about: 'meeting',
  leadsTo: Event.InterestDeclared,
  mayIssue: OFFICE,
  fields: {
    kind: labelled('Interest', field.interestKind),
    post: optional(link('post', 'The post that declared it.')),
    who: optional(line('Who declared it, as the minutes have it.')),
    agendaItem: optional(saying('The agenda item to which it relates.', field.agendaItem)),
    withdrew: optional(yesNo('Whether they left while it was dealt with.')),
    text: labelled('What was declared', optional(words('What was declared.'))),
  },
});
export type DeclareInterest = CommandOf<typeof DeclareInterest>;

export const RecordPublicQuestion = command('RecordPublicQuestion', {
  says: 'Records a question that a member of the public asked.',
  about: 'meeting',
  leadsTo: Event.PublicQuestionAsked,
  mayIssue: OFFICE,
  fields: {
    text: labelled('Question', words('What was asked.')),
    who: optional(line('Who asked.')),
    agendaItem: optional(saying('The agenda item under which it was asked.', field.agendaItem)),
  },
});
export type RecordPublicQuestion = CommandOf<typeof RecordPublicQuestion>;

export const AnswerPublicQuestion = command('AnswerPublicQuestion', {
  says: 'Records what was answered to a question of the public, at the meeting or in writing after it.',
  label: 'Record the answer to a public question',
  about: 'meeting',
  leadsTo: Event.PublicQuestionAnswered,
  mayIssue: OFFICE,
  fields: {
    question: field.question,
    text: labelled('Answer', words('What was answered.')),
    post: optional(link('post', 'The post that answered.')),
    inWriting: optional(yesNo('Whether it was answered in writing, and not at the meeting. Default: no.')),
  },
});
export type AnswerPublicQuestion = CommandOf<typeof AnswerPublicQuestion>;

export const ListAgendaItem = command('ListAgendaItem', {
  says: 'Puts an item on the agenda of a meeting, with its paper as a version of a document.',
  about: 'meeting',
  leadsTo: Event.AgendaItemListed,
  mayIssue: OFFICE,
  rules: [
    onlyWith('CONTINUES_NEEDS_BOTH', 'continues', 'fromMeeting'),
    onlyWith('CONTINUES_NEEDS_BOTH', 'fromMeeting', 'continues'),
    onlyWith('VERSION_NEEDS_PAPER', 'paperVersion', 'paper'),
  ],
  fields: {
    item: optional(itemNumber('Number of the item, such as 5(iii).')),
    title: line('Its title.'),
    section: optional(field.section),
    session,
    paper: optional(field.paper),
    paperVersion: optional(field.paperVersion),
    author: optional(field.author),
    fromMeeting: optional(field.fromMeeting),
    continues: labelled(
      'Carried over',
      optional(
        eventOfRecord('The entry that listed the item at the meeting from which it was carried over.', {
          of: 'fromMeeting',
          unknown: 'UNKNOWN_CARRIED_OVER',
        }),
      ),
    ),
  },
});
export type ListAgendaItem = CommandOf<typeof ListAgendaItem>;

export const PresentAgendaItem = command('PresentAgendaItem', {
  says: 'Records that an agenda item was presented, with its paper or verbally.',
  label: 'Record that an agenda item was presented',
  about: 'meeting',
  leadsTo: Event.AgendaItemPresented,
  mayIssue: OFFICE,
  fields: {
    agendaItem: field.agendaItem,
    verbally: optional(yesNo('Whether there was no paper, only a verbal update. Default: no.')),
  },
});
export type PresentAgendaItem = CommandOf<typeof PresentAgendaItem>;

export const PassOverAgendaItem = command('PassOverAgendaItem', {
  says: 'Records that the meeting ended before it reached an agenda item.',
  label: 'Record that an agenda item was not reached',
  about: 'meeting',
  leadsTo: Event.AgendaItemNotReached,
  mayIssue: OFFICE,
  fields: { agendaItem: field.agendaItem },
});
export type PassOverAgendaItem = CommandOf<typeof PassOverAgendaItem>;

export const DeferAgendaItem = command('DeferAgendaItem', {
  says: 'Puts an agenda item off: to a meeting, to a month, or, where neither is said, to a later meeting. Where it is taken up, it is listed anew.',
  about: 'meeting',
  leadsTo: Event.AgendaItemDeferred,
  mayIssue: OFFICE,
  rules: [atMostOne('DEFERRED_TO_TWO', ['to', 'within'])],
  fields: {
    agendaItem: field.agendaItem,
    to: labelled('Meeting to which it is put off', optional(link('meeting', 'The meeting to which it is put off.'))),
    within: labelled(
      'Month to which it is put off',
      optional(span('The month, or other span, to which it is put off.')),
    ),
    phrase: labelled('In words', optional(line('To when, as the paper says it.'))),
  },
});
export type DeferAgendaItem = CommandOf<typeof DeferAgendaItem>;

export const WithdrawAgendaItem = command('WithdrawAgendaItem', {
  says: 'Takes an item off the agenda.',
  about: 'meeting',
  leadsTo: Event.AgendaItemWithdrawn,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'WITHDRAWAL_NEEDS_REASON' },
  fields: { agendaItem: field.agendaItem },
});
export type WithdrawAgendaItem = CommandOf<typeof WithdrawAgendaItem>;

export const ReportAgendaItem = command('ReportAgendaItem', {
  says: 'Records what the minutes say of an agenda item in three parts: overview, force update and the commissioner’s response. An item is minuted once.',
  label: 'Minute an agenda item in three parts',
  about: 'meeting',
  leadsTo: Event.AgendaItemReported,
  mayIssue: OFFICE,
  rules: [atLeastOne('NOTHING_REPORTED', ['overview', 'forceUpdate', 'response'])],
  fields: {
    agendaItem: field.agendaItem,
    overview: optional(field.overview),
    forceUpdate: optional(field.forceUpdate),
    response: optional(field.commissionersResponse),
  },
});
export type ReportAgendaItem = CommandOf<typeof ReportAgendaItem>;

export const RecordResolution = command('RecordResolution', {
  says: 'Records what a meeting resolved.',
  about: 'meeting',
  leadsTo: Event.ResolutionPassed,
  mayIssue: OFFICE,
  fields: {
    text: labelled('Resolution', words('What was resolved.')),
    outcome: labelled('What became of it', field.resolutionOutcome),
    agendaItem: optional(saying('The agenda item under which it was passed.', field.agendaItem)),
    inFavour: optional(field.inFavour),
    against: optional(field.against),
    abstained: optional(field.abstained),
  },
});
export type RecordResolution = CommandOf<typeof RecordResolution>;

export const ExcludePublic = command('ExcludePublic', {
  says: 'Records that a meeting excluded the public by resolution, with the paragraphs of Schedule 12A to the Local Government Act 1972 on which it did.',
  label: 'Record that the public was excluded',
  about: 'meeting',
  leadsTo: Event.PublicExcluded,
  mayIssue: OFFICE,
  fields: {
    grounds: field.grounds,
    agendaItem: optional(saying('The agenda item from which on the public was excluded.', field.agendaItem)),
    text: labelled(
      'Public interest',
      optional(words('Why the public interest in the exemption outweighed that in disclosure.')),
    ),
  },
});
export type ExcludePublic = CommandOf<typeof ExcludePublic>;

export const IssuePapers = command('IssuePapers', {
  says: 'Records that papers of a meeting were issued, on the effective day. The first issue gives a position as at its own instant unless another is said; a supplementary paper on one item gives none.',
  about: 'meeting',
  leadsTo: Event.PapersIssued,
  mayIssue: OFFICE,
  rules: [
    atMostOne('SUPPLEMENT_GIVES_NO_POSITION', ['agendaItem', 'asAt']),
    onlyWith('TIME_NEEDS_DAY', 'asAtTime', 'asAt'),
    onlyWith('VERSION_NEEDS_PAPER', 'paperVersion', 'paper'),
  ],
  fields: {
    at: labelled(
      'Time of issue',
      optional(
        time(
          'The time at which they were issued. Default: the moment of entry, where they are entered on their day; else the end of it.',
        ),
      ),
    ),
    asAt: labelled(
      'Position as at',
      optional(
        day(
          'The day as at which their position was drawn. Default: of the first issue, the instant of issue; of any other, they give none.',
        ),
      ),
    ),
    asAtTime: labelled(
      'Position as at the time',
      optional(time('The time as at which their position was drawn. Default: the end of that day.')),
    ),
    agendaItem: optional(
      saying('The one agenda item that they are about, of a supplementary paper.', field.agendaItem),
    ),
    paper: optional(field.paper),
    paperVersion: optional(field.paperVersion),
    note: optional(line('What was issued, in words.')),
  },
});
export type IssuePapers = CommandOf<typeof IssuePapers>;

const minutesPaper = {
  paper: optional(saying('The document that holds the minutes.', field.paper)),
  paperVersion: optional(field.paperVersion),
};

export const DraftMinutes = command('DraftMinutes', {
  says: 'Records that the minutes of a meeting were drafted.',
  label: 'Record that minutes were drafted',
  about: 'meeting',
  leadsTo: Event.MinutesDrafted,
  mayIssue: OFFICE,
  rules: [onlyWith('VERSION_NEEDS_PAPER', 'paperVersion', 'paper')],
  fields: minutesPaper,
});
export type DraftMinutes = CommandOf<typeof DraftMinutes>;

export const CirculateMinutes = command('CirculateMinutes', {
  says: 'Records that the draft minutes were sent to those who were there.',
  label: 'Record that minutes were circulated',
  about: 'meeting',
  leadsTo: Event.MinutesCirculated,
  mayIssue: OFFICE,
});
export type CirculateMinutes = CommandOf<typeof CirculateMinutes>;

export const ConfirmMinutes = command('ConfirmMinutes', {
  says: 'Records that a later meeting confirmed the minutes as a correct record. From then on what they say changes by a correcting minute alone.',
  label: 'Record that minutes were confirmed',
  about: 'meeting',
  leadsTo: Event.MinutesConfirmed,
  mayIssue: OFFICE,
  consequential: true,
  rules: [onlyWith('VERSION_NEEDS_PAPER', 'paperVersion', 'paper')],
  fields: {
    confirmedAt: labelled('Confirmed at', link('meeting', 'The later meeting of the same body that confirmed them.')),
    ...minutesPaper,
  },
});
export type ConfirmMinutes = CommandOf<typeof ConfirmMinutes>;

export const PublishMinutes = command('PublishMinutes', {
  says: 'Records that the confirmed minutes were published elsewhere. It opens nothing here: who may see what, markings and publishing decide.',
  label: 'Record that minutes were published',
  about: 'meeting',
  leadsTo: Event.MinutesPublished,
  mayIssue: OFFICE,
  fields: { publishedAt: labelled('Where', optional(line('Where they were published: an address, or words.'))) },
});
export type PublishMinutes = CommandOf<typeof PublishMinutes>;

export const CorrectMinutes = command('CorrectMinutes', {
  says: 'Records a correcting minute: a later meeting agreed that confirmed minutes are to say otherwise. What they said before stays beside it.',
  label: 'Record a correcting minute',
  about: 'meeting',
  leadsTo: Event.MinutesCorrected,
  mayIssue: OFFICE,
  consequential: true,
  fields: {
    minute: field.minute,
    agreedAt: labelled('Agreed at', link('meeting', 'The later meeting of the same body that agreed it.')),
    text: labelled('What the minutes are to say', words('What the minutes are to say in its place.')),
  },
});
export type CorrectMinutes = CommandOf<typeof CorrectMinutes>;

export const MEETING_COMMANDS = [
  ScheduleMeeting,
  HoldMeeting,
  CancelMeeting,
  PostponeMeeting,
  MinuteItem,
  ArrangeMeeting,
  RecordAttendance,
  RecordSitting,
  DeclareInterest,
  RecordPublicQuestion,
  AnswerPublicQuestion,
  ListAgendaItem,
  PresentAgendaItem,
  PassOverAgendaItem,
  DeferAgendaItem,
  WithdrawAgendaItem,
  ReportAgendaItem,
  RecordResolution,
  ExcludePublic,
  IssuePapers,
  DraftMinutes,
  CirculateMinutes,
  ConfirmMinutes,
  PublishMinutes,
  CorrectMinutes,
] as const;
export type MeetingCommand = CommandOf<(typeof MEETING_COMMANDS)[number]>;
