import { SESSION, show } from '../../declarations/index.ts';
import type { MeetingOwnEvent } from './events.ts';
import { meetingStatus, type MinutedItem, type ScheduledMeeting } from './state.ts';

/** A meeting as its page and its list are given it. */
interface ShownMeeting {
  readonly ref: string;
  readonly state: ScheduledMeeting;
  /** The actions that keep what was promised, by the event that minuted it. */
  readonly keptAs?: ReadonlyMap<string, readonly string[]>;
}

/** What is shown of an item of minutes. */
export const MINUTED_COLUMNS = ['Item', 'What was minuted', 'Promised by', 'Due', 'Kept as'] as const;

const STATES = show.tags(meetingStatus, {
  SCHEDULED: 'blue',
  HELD: 'green',
  POSTPONED: 'orange',
  CANCELLED: 'grey',
});

/** What happened to a meeting, as people say it. */
export const MEETING_HAPPENED: { readonly [type in MeetingOwnEvent['type']]: string } = {
  MeetingScheduled: 'Scheduled',
  MeetingHeld: 'Held',
  MeetingCancelled: 'Cancelled',
  MeetingPostponed: 'Postponed',
  ItemMinuted: 'Item minuted',
  MeetingArranged: 'Arranged',
  AttendanceRecorded: 'Attendance recorded',
  SittingRecorded: 'Opening and closing recorded',
  InterestDeclared: 'Declaration of interest',
  PublicQuestionAsked: 'Question of the public',
  PublicQuestionAnswered: 'Question of the public answered',
  AgendaItemListed: 'Item listed',
  AgendaItemPresented: 'Item presented',
  AgendaItemNotReached: 'Item not reached',
  AgendaItemDeferred: 'Item put off',
  AgendaItemWithdrawn: 'Item withdrawn',
  AgendaItemReported: 'Item minuted in three parts',
  ResolutionPassed: 'Resolution',
  PublicExcluded: 'Public excluded',
  PapersIssued: 'Papers issued',
  MinutesDrafted: 'Minutes drafted',
  MinutesCirculated: 'Minutes circulated',
  MinutesConfirmed: 'Minutes confirmed',
  MinutesPublished: 'Minutes published',
  MinutesCorrected: 'Correcting minute',
};

/** The day of a meeting; while none is known, its span. */
const dayOf = ({ date, dated }: ScheduledMeeting) =>
  date !== undefined ? show.day(date) : dated !== undefined ? show.span(dated) : null;

const filters = {
  status: {
    kind: 'oneOf',
    label: 'State',
    called: 'State',
    any: 'Any state',
    choices: show.choices(meetingStatus),
  },
  body: { kind: 'link', label: 'Body that meets', called: 'Body', any: 'Any body', record: 'body' },
} as const;

export const MEETING_SHOWN = show.records<ShownMeeting>()({
  one: 'meeting',
  opened: 'scheduled',
  says: 'When which body meets, what was minuted there, and what came of it.',
  heading: ({ state }) =>
    show.lines(
      show.text(state.title),
      show.sentence(show.named(state.body) ?? 'Meeting', ', ', dayOf(state) ?? 'no day known'),
    ),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref, state }) => (dayOf(state) === null ? show.said(ref) : show.sentence(dayOf(state), ` (${ref})`)),
  status: {
    of: ({ state }) => state.status,
    are: STATES,
    why: ({ state }, made) =>
      show.because(
        (MEETING_HAPPENED as { readonly [type: string]: string })[made.type] ?? 'So',
        made,
        state.status === 'SCHEDULED' || state.status === 'POSTPONED'
          ? ' Nobody has recorded since that it was held.'
          : null,
      ),
  },
  fields: [
    { label: 'State', shows: ({ state }) => show.status(state.status) },
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    { label: 'Day', shows: ({ state }) => dayOf(state) ?? show.said('No day is known') },
    {
      label: 'Moved',
      shows: ({ state }) => (state.postponements === 0 ? null : show.said(show.times(state.postponements))),
    },
    show.field('session', SESSION, ({ state }) => show.member(SESSION, state.session)),
  ],
  sections: [
    {
      heading: 'What was minuted',
      columns: MINUTED_COLUMNS,
      rows: ({ state, keptAs }) => state.items.map((item) => minutedRow(item, keptAs?.get(item.event) ?? [])),
      empty: 'Nothing that you may see was minuted.',
    },
  ],
  related: [
    {
      heading: 'Actions raised here',
      record: 'action',
      filter: 'meeting',
      empty: 'No action that you may see was raised here.',
    },
  ],
  names: {
    body: 'Of this body',
    'items.owner': 'Minuted something that it promised',
    'items.due.meeting': 'Minuted something as due there',
  },
  // Body and day stand in the heading.
  columns: [
    show.field('session', SESSION, ({ state }) => show.member(SESSION, state.session)),
    {
      label: 'Minuted',
      shows: ({ state: { items } }) =>
        show.said(items.length === 0 ? 'Nothing' : items.length === 1 ? '1 item' : `${items.length} items`),
    },
  ],
  filters,
  tabs: { by: 'status' },
});

/** An item of minutes as a row under {@link MINUTED_COLUMNS}. @param keptAs the actions that keep what it promises */
export function minutedRow(
  { item, title, text, promise, session, owner, due, phrase }: MinutedItem,
  keptAs: readonly string[],
) {
  return [
    show.said(item ?? 'Not numbered'),
    show.lines(show.text(title), show.quote(text), session === 'CLOSED' ? 'In closed session' : null),
    owner === undefined ? (promise ? show.said('A promise; nobody is named') : null) : show.named(owner),
    show.lines(due === undefined ? null : show.due(due), show.quote(phrase)),
    show.lines(...keptAs.map((action) => show.referred(action))) ?? (promise ? show.said('No action') : null),
  ];
}
