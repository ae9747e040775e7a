import { anchorsOf, show, type CauseShown, type Due, type MadeSo, type ShownValue } from '../../declarations/index.ts';
import type { CivilDate, TextRef } from '../../ledger/index.ts';
import type { ForwardPlanOwnEvent } from './events.ts';
import {
  home,
  HOMELESS,
  itemStatus,
  origin,
  purpose,
  recurrence,
  type ForwardPlanHome,
  type ForwardPlanStatus,
} from './fields.ts';
import {
  latenessOf,
  originOf,
  type ItemDeferral,
  type PaperReceived,
  type PlannedItem,
  type Presentation,
} from './state.ts';

/** An item as its page and its list are given it. */
export interface ShownForwardPlanItem {
  readonly ref: string;
  /** On its page: the entry by which an action became it, where this reader may see that. */
  readonly cause?: CauseShown | null;
  readonly state: PlannedItem;
  /** The day for which it is planned, wherever its meeting has moved; null while no day is known. */
  readonly plannedOn: CivilDate | null;
  /** Whether it has a place to which it may come; null where nothing is to come of it any more. */
  readonly home: ForwardPlanHome | null;
  /** That day has passed, and it was neither presented, put off nor dropped. */
  readonly missed: boolean;
  /** By how many days its paper was late, or is; null where it is not due yet, or no day was set. */
  readonly paperLate: number | null;
  /** A decision was to be taken on it, that day has passed, and none that is linked to it is in the log of decisions. */
  readonly neverRecorded: boolean;
}

const STATUSES = show.tags(itemStatus, {
  SUGGESTED: 'purple',
  SCHEDULED: 'blue',
  COMMISSIONED: 'turquoise',
  RECEIVED: 'yellow',
  PRESENTED: 'green',
  DEFERRED: 'orange',
  DROPPED: 'grey',
});

/** What happened to an item, as people say it. */
export const FORWARD_PLAN_HAPPENED: { readonly [type in ForwardPlanOwnEvent['type']]: string } = {
  ForwardPlanItemSuggested: 'Suggested',
  ForwardPlanItemRevised: 'Revised',
  ForwardPlanItemScheduled: 'Scheduled',
  ForwardPlanPaperCommissioned: 'Paper commissioned',
  ForwardPlanPaperReceived: 'Paper received',
  ForwardPlanItemPresented: 'Presented',
  ForwardPlanItemDeferred: 'Put off',
  ForwardPlanItemDropped: 'Taken off the plan',
};

const filters = {
  text: { kind: 'words', label: 'Words in the item or its comments, or a reference', called: 'Words', most: 200 },
  status: { kind: 'oneOf', label: 'Status', called: 'Status', any: 'Any status', choices: show.choices(itemStatus) },
  home: {
    kind: 'oneOf',
    label: 'Its place',
    called: 'Its place',
    any: 'Any place or none',
    choices: show.choices(home),
  },
  purpose: { kind: 'oneOf', label: 'Purpose', called: 'Purpose', any: 'Any purpose', choices: show.choices(purpose) },
  origin: {
    kind: 'oneOf',
    label: 'Where it comes from',
    called: 'Where it comes from',
    any: 'Anywhere',
    choices: show.choices(origin),
  },
  recurrence: {
    kind: 'oneOf',
    label: 'Whether it comes again',
    called: 'Whether it comes again',
    any: 'Once or again',
    choices: show.choices(recurrence),
  },
  body: { kind: 'link', label: 'On the plan of the body', called: 'Body', any: 'Any body', record: 'body' },
  sponsor: { kind: 'link', label: 'Brought by the post', called: 'Sponsor', any: 'Any post', record: 'post' },
  plannedMeeting: {
    kind: 'link',
    label: 'Planned for the meeting',
    called: 'Planned for',
    any: 'Any meeting or none',
    record: 'meeting',
  },
  presentedMeeting: {
    kind: 'link',
    label: 'Presented at the meeting',
    called: 'Presented at',
    any: 'Any meeting or none',
    record: 'meeting',
  },
  homeless: { kind: 'flag', label: 'With no meeting, month or day that stands', called: 'Without a place' },
  promiseBroken: {
    kind: 'flag',
    label: 'Promised to a meeting that was cancelled or postponed, or to a month in which none falls',
    called: 'Promised to a meeting that is not to be',
  },
  missed: { kind: 'flag', label: 'Its day has passed, and nothing is recorded of it', called: 'Missed' },
  deferredTwice: { kind: 'flag', label: 'Put off twice or more', called: 'Put off twice or more' },
  paperLate: { kind: 'flag', label: 'Its paper was late, or is', called: 'Paper late' },
  neverRecorded: {
    kind: 'flag',
    label: 'A decision was planned for a day that has passed, and none is in the log',
    called: 'Planned decision never recorded',
  },
} as const;

export const FORWARD_PLAN_ITEM_SHOWN = show.records<ShownForwardPlanItem>()({
  one: 'forward plan item',
  opened: 'suggested',
  says: 'What is to come before which meeting, by whom, when its paper is due, how often it was put off, and what became of it.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Item',
  unheaded: 'Item not shown: erased, or not for you to see',
  named: ({ ref }) => show.said(ref),
  status: { of: ({ state }) => state.status, are: STATUSES, why },
  tags: ({ state, home: place, missed, paperLate, neverRecorded, cause }) => [
    ...show.causeTags(cause),
    ...(isHomeless(place) ? [{ words: home.members[place].label, colour: 'red' } as const] : []),
    ...(place === 'MEETING_POSTPONED' ? [{ words: home.members[place].label, colour: 'orange' } as const] : []),
    ...(missed ? [{ words: 'Missed', colour: 'red' } as const] : []),
    ...(neverRecorded ? [{ words: 'Planned decision never recorded', colour: 'red' } as const] : []),
    ...(paperLate !== null && paperLate > 0 ? [{ words: 'Paper late', colour: 'orange' } as const] : []),
    ...(state.deferrals.length > 1
      ? [{ words: `Put off ${show.times(state.deferrals.length)}`, colour: 'orange' } as const]
      : []),
  ],
  fields: [
    { label: 'Status', shows: ({ state }) => show.status(state.status) },
    { label: 'Comments', shows: ({ state }) => show.text(state.comments) },
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    { label: 'Sponsor', shows: ({ state }) => show.named(state.sponsor) },
    { label: 'Purpose', shows: ({ state }) => show.member(purpose, state.purpose) },
    { label: 'Planned for', shows: plannedShown },
    { label: 'Its place', shows: ({ home: place }) => (place === null ? null : show.member(home, place)) },
    { label: 'Comes again', shows: ({ state }) => show.member(recurrence, state.recurrence) },
    {
      label: 'Where it comes from',
      shows: ({ state, cause }) =>
        show.lines(
          show.member(origin, originOf(state) ?? undefined),
          show.text(state.occasion),
          cause === null || cause === undefined ? null : show.sentence('Converted from ', show.referred(cause.record)),
          cause?.voided === true ? 'The conversion was recorded by mistake.' : null,
        ),
    },
    { label: 'Suggested', shows: ({ state }) => show.doneBy(state.suggested) },
    { label: 'Scheduled', shows: ({ state }) => (state.scheduled === undefined ? null : show.doneBy(state.scheduled)) },
    {
      label: 'Paper due on',
      shows: ({ state }) => (state.paperDueOn === undefined ? null : show.day(state.paperDueOn)),
    },
    {
      label: 'Paper commissioned',
      shows: ({ state: { commissioned: is } }) =>
        is === undefined ? null : show.lines(show.doneBy(is), show.quote(is.brief)),
    },
    { label: 'Paper', shows: paperShown },
    { label: 'Taken off the plan', shows: droppedShown },
  ],
  sections: [
    {
      heading: 'Put off',
      columns: ['Put off', 'From', 'To', 'Why'],
      rows: ({ state }) => show.rows(state.deferrals, deferralRow),
      empty: 'It was not put off, as far as you may see.',
    },
    {
      heading: 'Presented',
      columns: ['When', 'At'],
      rows: ({ state }) => show.rows(state.presentations, presentationRow),
      empty: 'It was not presented, as far as you may see.',
    },
    {
      heading: 'Papers received',
      columns: ['Received', 'Due', 'Late', 'Paper'],
      rows: ({ state }) => show.rows(state.receipts, receiptRow),
      empty: 'No paper of it that you may see came.',
    },
  ],
  names: {
    body: 'On its forward plan',
    sponsor: 'Brought by this post',
    'plannedFor.meeting': 'Planned for there',
    'firstPlannedFor.meeting': 'First planned for there',
    'deferrals.from.meeting': 'Put off from there',
    'deferrals.plannedFor.meeting': 'Put off to there',
    'deferrals.meeting': 'Put off there',
    'deferrals.authority.meeting': 'Put off on its authority',
    'presentations.meeting': 'Presented there',
    'received.paper': 'Its paper',
    'receipts.paper': 'Its paper',
  },
  columns: [
    { label: 'Planned for', shows: ({ plannedOn, state }) => inList(plannedOn, state) },
    { label: 'Sponsor', shows: ({ state }) => show.named(state.sponsor) },
    {
      label: 'Put off',
      shows: ({ state: { deferrals } }) => (deferrals.length === 0 ? null : show.said(show.times(deferrals.length))),
    },
    { label: 'Paper', shows: ({ paperLate }) => lateInWords(paperLate) },
  ],
  filters,
  tabs: { by: 'status' },
});

function isHomeless(place: ForwardPlanHome | null): place is ForwardPlanHome {
  return (HOMELESS as readonly (ForwardPlanHome | null)[]).includes(place);
}

function plannedShown({ plannedOn, state }: ShownForwardPlanItem): ShownValue | null {
  const { plannedFor, firstPlannedFor, phrase, deferrals } = state;
  return show.lines(
    inList(plannedOn, state),
    show.quote(phrase),
    !namesPlace(plannedFor) && phrase === undefined && deferrals.length > 0
      ? 'A later meeting that nobody named'
      : null,
    !namesPlace(firstPlannedFor) || deferrals.length === 0 ? null : show.sentence('First: ', show.due(firstPlannedFor)),
    deferrals.length === 0 ? null : `Put off ${show.times(deferrals.length)}`,
  );
}

/** A place of which nothing is left, as its meeting is not for the reader, is as good as none. */
function namesPlace(place: Due | undefined): place is Due {
  return place !== undefined && anchorsOf(place) > 0;
}

function inList(plannedOn: CivilDate | null, { plannedFor }: PlannedItem): ShownValue | null {
  if (!namesPlace(plannedFor)) return null;
  if (plannedFor.meeting === undefined) return show.due(plannedFor);
  const meeting = show.referred(plannedFor.meeting);
  return plannedOn === null
    ? show.sentence('No day is known: ', meeting)
    : show.sentence(show.day(plannedOn), ', ', meeting);
}

function paperShown({ state: { received, paperDueOn }, paperLate }: ShownForwardPlanItem): ShownValue | null {
  if (received === undefined)
    return paperDueOn === undefined || paperLate === null ? null : show.sentence('Not there: ', lateInWords(paperLate));
  return show.lines(show.doneBy(received), paperOf(received), lateInWords(paperLate));
}

function paperOf({ paper, paperVersion }: PaperReceived): ShownValue | null {
  return show.sentence(show.named(paper), paperVersion === undefined ? null : `, version ${paperVersion}`);
}

/** `3 days late`, `on time`, `2 days early`. */
function lateInWords(days: number | null): ShownValue | null {
  if (days === null) return null;
  if (days === 0) return show.said('On time');
  const many = Math.abs(days);
  return show.said(`${many} ${many === 1 ? 'day' : 'days'} ${days > 0 ? 'late' : 'early'}`);
}

function droppedShown({ state: { dropped: is } }: ShownForwardPlanItem): ShownValue | null {
  return is === undefined ? null : show.lines(show.doneBy(is), because(is.why));
}

function because(why: TextRef | undefined): ShownValue | null {
  return why === undefined ? null : show.sentence('Because: ', show.text(why));
}

function deferralRow(one: ItemDeferral): readonly (ShownValue | null)[] {
  const { meeting, from, fromPhrase, plannedFor, phrase } = one;
  return [
    show.lines(show.doneBy(one), meeting === undefined ? null : show.sentence('At ', show.referred(meeting))),
    show.lines(namesPlace(from) ? show.due(from) : null, show.quote(fromPhrase)),
    show.lines(
      namesPlace(plannedFor) ? show.due(plannedFor) : null,
      show.quote(phrase),
      !namesPlace(plannedFor) && phrase === undefined ? 'A later meeting' : null,
    ),
    show.text(one.why),
  ];
}

function presentationRow(one: Presentation): readonly (ShownValue | null)[] {
  return [show.doneBy(one), show.referred(one.meeting)];
}

function receiptRow(one: PaperReceived): readonly (ShownValue | null)[] {
  return [
    show.doneBy(one),
    one.dueOn === undefined ? null : show.day(one.dueOn),
    lateInWords(latenessOf(one)),
    paperOf(one),
  ];
}

/** What has not followed on a status. */
const SINCE: { readonly [status in ForwardPlanStatus]?: string } = {
  SUGGESTED: ' Nobody has scheduled it since.',
  SCHEDULED: ' Nobody has asked for a paper since, and it was not presented.',
  COMMISSIONED: ' Its paper has not come since.',
  RECEIVED: ' It was not presented since.',
  DEFERRED: ' Nothing else has come of it since.',
};

function why({ state, home: place, plannedOn, missed }: ShownForwardPlanItem, so: MadeSo): ShownValue | null {
  const happened = (FORWARD_PLAN_HAPPENED as { readonly [type: string]: string })[so.type] ?? 'So';
  return show.lines(
    show.because(happened, so, SINCE[state.status]),
    place === null || place === 'STANDS' ? null : home.members[place].says,
    !missed || plannedOn === null
      ? null
      : show.sentence('It was planned for ', show.day(plannedOn), ', and nothing is recorded of it.'),
  );
}
