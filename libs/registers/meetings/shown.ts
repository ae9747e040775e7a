import { SESSION, show, type ShownValue } from '../../declarations/index.ts';
import type { EventId } from '../../ledger/index.ts';
import { isNeverReached } from './agenda.ts';
import { cutOffOf } from './cut-off.ts';
import type { MeetingOwnEvent } from './events.ts';
import {
  agendaItemStatus,
  attendance,
  chair,
  exemptParagraph,
  interestKind,
  minutesStanding,
  minutesStatus,
  place,
  quorum,
  resolutionOutcome,
  webcast,
} from './fields.ts';
import { meetingStatus, type AgendaItem, type MinutedItem, type ScheduledMeeting } from './state.ts';

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
  minutes: {
    kind: 'oneOf',
    label: 'Minutes',
    called: 'Minutes',
    any: 'Whatever has come of its minutes',
    choices: show.choices(minutesStanding),
  },
  papersIssued: { kind: 'flag', label: 'With papers issued', called: 'Papers issued' },
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
    show.field('place', place, ({ state }) => show.text(state.place)),
    show.field('chair', { ...chair, label: 'Chair' }, ({ state }) => show.doer(state.chair)),
    show.field('quorum', { ...quorum, label: 'Quorum' }, quorumShown),
    { label: 'Opened and closed', shows: sat },
    show.field('webcast', { ...webcast, label: 'Webcast' }, ({ state }) => show.text(state.webcast)),
    { label: 'Cut-off', shows: cutOffShown },
    { label: 'Minutes', shows: minutesShown },
  ],
  sections: [
    {
      heading: 'Agenda',
      columns: ['Item', 'Where it stands', 'Put off', 'Paper', 'What was said'],
      rows: ({ state }) => state.agenda.map((item) => agendaRow(state, item)),
      empty: 'No item that you may see is on the agenda.',
    },
    {
      heading: 'Who was there',
      columns: ['Who', 'How', 'How many', 'From and until'],
      rows: ({ state }) => attendanceRows(state),
      empty: 'Nothing that you may see is recorded of who was there.',
    },
    {
      heading: 'Declarations of interest',
      columns: ['Interest', 'Who', 'What', 'About', 'Left meanwhile'],
      rows: ({ state }) =>
        state.interests.map((one) => [
          show.member(interestKind, one.kind),
          show.lines(show.doer(one.post), show.text(one.who)),
          show.text(one.text),
          itemNamed(state, one.agendaItem),
          one.withdrew === undefined ? null : show.yesNo(one.withdrew),
        ]),
      empty: 'No declaration that you may see is recorded.',
    },
    {
      heading: 'Questions of the public',
      columns: ['Question', 'Asked by', 'Answer', 'Answered by'],
      rows: ({ state }) =>
        state.questions.map(({ text, who, answer }) => [
          show.text(text),
          show.text(who),
          answer === undefined
            ? show.said('Not answered yet')
            : show.lines(show.text(answer.text), answer.inWriting ? 'In writing' : null),
          show.doer(answer?.post),
        ]),
      empty: 'No question that you may see was asked.',
    },
    {
      heading: 'Resolutions and exclusions',
      columns: ['What', 'Became of it', 'About', 'Votes'],
      rows: ({ state }) => [
        ...state.resolutions.map((one) => [
          show.text(one.text),
          show.member(resolutionOutcome, one.outcome),
          itemNamed(state, one.agendaItem),
          votes(one),
        ]),
        ...state.exclusions.map((one) => [
          show.lines(
            'The public was excluded',
            ...one.grounds.map(({ paragraph }) => show.member(exemptParagraph, paragraph)),
            show.quote(one.text),
          ),
          null,
          itemNamed(state, one.agendaItem),
          null,
        ]),
      ],
      empty: 'Nothing that you may see was resolved.',
    },
    {
      heading: 'Papers issued',
      columns: ['Issued', 'Position as at', 'About', 'Paper', 'What'],
      rows: ({ state }) =>
        state.papers.map((one) => [
          show.instant(one.issued),
          one.asAt === undefined ? show.said('Gives none') : show.instant(one.asAt),
          itemNamed(state, one.agendaItem),
          paperShown(one),
          show.text(one.note),
        ]),
      empty: 'No papers that you may see were issued.',
    },
    {
      heading: 'Correcting minutes',
      columns: ['Agreed', 'At', 'What the minutes are to say'],
      rows: ({ state }) =>
        (state.minutes?.corrections ?? []).map((one) => [
          show.when(one),
          show.named(one.agreedAt),
          show.quote(one.text),
        ]),
      empty: 'No correcting minute that you may see was agreed.',
    },
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
    {
      heading: 'Decided here',
      record: 'decision',
      filter: 'meeting',
      empty: 'No decision that you may see was made on its authority.',
    },
  ],
  names: {
    body: 'Of this body',
    'items.owner': 'Minuted something that it promised',
    'items.due.meeting': 'Minuted something as due there',
    chair: 'Chaired by this post',
    'attendance.rows.body': 'Records whether it was there',
    'attendance.rows.post': 'Records whether it was there',
    'interests.post': 'An interest that it declared',
    'questions.answer.post': 'A question that it answered',
    'agenda.paper': 'A paper of its agenda',
    'agenda.author': 'Has a paper of this post',
    'agenda.fromMeeting': 'Took up an item from it',
    'agenda.deferrals.putOffTo': 'Put an item off to it',
    'papers.paper': 'Issued with its papers',
    'minutes.paper': 'Its minutes',
    'minutes.confirmed.confirmedAt': 'Its minutes were confirmed there',
    'minutes.corrections.agreedAt': 'A correcting minute was agreed there',
  },
  // Body and day stand in the heading.
  columns: [
    show.field('session', SESSION, ({ state }) => show.member(SESSION, state.session)),
    {
      label: 'Minuted',
      shows: ({ state: { items, agenda } }) => {
        const minuted = items.length + agenda.filter(({ report }) => report !== undefined).length;
        return show.said(minuted === 0 ? 'Nothing' : minuted === 1 ? '1 item' : `${minuted} items`);
      },
    },
    {
      label: 'Minutes',
      shows: ({ state: { minutes } }) => (minutes === undefined ? null : show.member(minutesStatus, minutes.status)),
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

function quorumShown({ state: { quorum: least, quorate } }: ShownMeeting): ShownValue | null {
  return show.lines(
    least === undefined ? null : `${least} members`,
    quorate === undefined ? null : quorate ? 'Enough were there' : 'Not enough were there',
  );
}

function sat({ state: { opened, closed } }: ShownMeeting): ShownValue | null {
  return show.lines(
    opened === undefined ? null : `Opened at ${opened}`,
    closed === undefined ? null : `Closed at ${closed}`,
  );
}

/** As at when what it had before it was drawn, where papers say so; else by which day. */
function cutOffShown({ state }: ShownMeeting): ShownValue | null {
  const cutOff = cutOffOf(state);
  if (cutOff === null) return null;
  return cutOff.issue === undefined
    ? show.sentence('The end of ', show.day(cutOff.effective), ': no papers give a position')
    : show.sentence(show.instant(cutOff.recorded), ', by its papers');
}

function minutesShown({ state: { minutes } }: ShownMeeting): ShownValue | null {
  if (minutes === undefined) return null;
  const { confirmed, published } = minutes;
  return show.lines(
    show.member(minutesStatus, minutes.status),
    confirmed === undefined
      ? null
      : show.sentence('Confirmed at ', show.named(confirmed.confirmedAt), ', ', show.when(confirmed)),
    published === undefined ? null : show.sentence('Published ', show.when(published)),
    show.text(published?.publishedAt),
    paperShown(minutes),
  );
}

function paperShown({
  paper,
  paperVersion,
}: {
  readonly paper?: string;
  readonly paperVersion?: string;
}): ShownValue | null {
  const named = show.named(paper);
  return named === null ? null : show.sentence(named, paperVersion === undefined ? null : `, version ${paperVersion}`);
}

/** The item that an entry listed, by its number and title. */
function itemNamed({ agenda }: ScheduledMeeting, event: EventId | undefined): ShownValue | null {
  const item = agenda.find((one) => one.event === event);
  return item === undefined
    ? null
    : show.sentence(item.item === undefined ? null : `${item.item} `, show.text(item.title));
}

function agendaRow(state: ScheduledMeeting, item: AgendaItem): readonly (ShownValue | null)[] {
  const { report, settled, deferrals } = item;
  return [
    // The number before the title, so that words have the room.
    show.lines(
      itemNamed(state, item.event) ?? show.said(item.item ?? 'Not numbered'),
      show.text(item.section),
      item.session === 'CLOSED' ? 'For closed session' : null,
      item.fromMeeting === undefined ? null : show.sentence('Carried over from ', show.named(item.fromMeeting)),
    ),
    show.lines(
      show.member(agendaItemStatus, item.status),
      item.status === 'LISTED' && isNeverReached(state, item)
        ? 'The meeting was held, and nothing is recorded of it'
        : null,
      item.status === 'DEFERRED' && item.passedOver !== undefined ? 'It was not reached' : null,
      show.quote(settled?.why),
    ),
    show.lines(
      ...deferrals.map(({ putOffTo: to, within, phrase }) =>
        show.lines(
          show.named(to) ?? (within === undefined ? show.said('To a later meeting') : show.span(within)),
          show.quote(phrase),
        ),
      ),
    ),
    show.lines(paperShown(item), item.author === undefined ? null : show.sentence('By ', show.doer(item.author))),
    show.lines(
      said('Overview', report?.overview),
      said('Force update', report?.forceUpdate),
      said('Commissioner’s response', report?.response),
    ),
  ];
}

function said(called: string, words: AgendaItem['title']): ShownValue | null {
  const quoted = show.quote(words);
  return quoted === null ? null : show.sentence(`${called}: `, quoted);
}

function attendanceRows({ attendance: list }: ScheduledMeeting): readonly (readonly (ShownValue | null)[])[] {
  return (list?.rows ?? []).map(({ as, body, post, people, joined, left }, row) => [
    show.lines(show.named(body), show.doer(post), show.textOfRow(list?.words.who, row)),
    show.member(attendance, as),
    people === undefined ? null : show.said(String(people)),
    show.lines(
      joined === undefined ? null : `From item ${joined}`,
      left === undefined ? null : `Left before item ${left}`,
    ),
  ]);
}

function votes({
  inFavour,
  against,
  abstained,
}: {
  readonly inFavour?: number;
  readonly against?: number;
  readonly abstained?: number;
}): ShownValue | null {
  return show.lines(
    inFavour === undefined ? null : `${inFavour} in favour`,
    against === undefined ? null : `${against} against`,
    abstained === undefined ? null : `${abstained} abstained`,
  );
}
