import {
  atLeastOne,
  atMostOne,
  called,
  command,
  day,
  due,
  itemNumber,
  labelled,
  line,
  link,
  ofEnvelope,
  optional,
  SESSION,
  span,
  words,
  yesNo,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';

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

export const MEETING_COMMANDS = [ScheduleMeeting, HoldMeeting, CancelMeeting, PostponeMeeting, MinuteItem] as const;
export type MeetingCommand = CommandOf<(typeof MEETING_COMMANDS)[number]>;
