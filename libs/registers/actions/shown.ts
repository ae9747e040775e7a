import {
  show,
  type CauseShown,
  type Due,
  type DueDates,
  type MadeSo,
  type OpenedShown,
  type ShownValue,
} from '../../declarations/index.ts';
import type { Step, TextRef } from '../../ledger/index.ts';
import type { ActionOwnEvent } from './events.ts';
import { actionStatus, organisation, owner, priority, raisedOutside, type ActionStatus } from './fields.ts';
import { PUBLISHED_STATUSES, publishedStatusOf, type PublishedStatus } from './published.ts';
import { ACTION_STATUSES, isOpen, type RaisedAction } from './state.ts';

/** An action as its page and its list are given it: with the days that were worked out from the meetings at which it is due. */
interface ShownAction {
  readonly ref: string;
  readonly state: RaisedAction;
  readonly due: Omit<DueDates, 'unanchored'>;
  readonly overdue: boolean;
  /** Because of which entry it was raised, where this reader may see that. */
  readonly cause?: CauseShown | null;
  /** What its conversion opened. */
  readonly opened?: OpenedShown;
  /** The minute of the promise that it keeps, where this reader may see both. */
  readonly promise?: {
    readonly meeting: string;
    readonly minute: { readonly item?: string; readonly text?: TextRef };
  } | null;
}

const STATUSES = show.tags(actionStatus, {
  PROPOSED: 'purple',
  AGREED: 'blue',
  IN_PROGRESS: 'blue',
  REPORTED_COMPLETE: 'yellow',
  SIGNED_OFF: 'green',
  DEFERRED: 'orange',
  CONVERTED: 'green',
  MERGED: 'grey',
  SUPERSEDED: 'grey',
  WITHDRAWN: 'grey',
});

/** What a public paper prints. */
const PUBLISHED: { readonly [status in PublishedStatus]: string } = {
  NO_STATUS: 'No status',
  IN_PROGRESS: 'In progress',
  AWAITING_SIGN_OFF: 'Awaiting sign-off',
  COMPLETE: 'Complete',
};

/** What happened to an action, as people say it. */
export const ACTION_HAPPENED: { readonly [type in ActionOwnEvent['type']]: string } = {
  ActionRaised: 'Raised',
  ActionAgreed: 'Agreed',
  UpdateGiven: 'Update given',
  EvidenceAdded: 'Evidence added',
  ActionReportedComplete: 'Reported complete',
  ActionReturned: 'Returned for more work',
  ActionSignedOff: 'Signed off',
  ActionReassigned: 'Given to another owner',
  DueDateExtended: 'Due date extended',
  ActionDeferred: 'Deferred',
  ActionConverted: 'Completed by other means',
  ActionMerged: 'Merged into another action',
  ActionSuperseded: 'Superseded by another action',
  ActionWithdrawn: 'Withdrawn',
  ActionReopened: 'Reopened',
};

/** The statuses that a public paper prints as that one; `null`: those that it would not list. */
const printedAs = (published: PublishedStatus | null) =>
  ACTION_STATUSES.filter((status) => publishedStatusOf(status) === published);

const filters = {
  text: {
    kind: 'words',
    label: 'Words in the title or the latest update, a reference, or the number of an item',
    called: 'Words',
    most: 200,
  },
  status: {
    kind: 'oneOf',
    label: 'Status',
    called: 'Status',
    any: 'Any status',
    choices: show.choices(actionStatus),
  },
  published: {
    kind: 'oneOf',
    label: 'Status in a public paper',
    called: 'In a public paper',
    any: 'Any',
    choices: [
      ...PUBLISHED_STATUSES.map((value) => ({ value, words: PUBLISHED[value], of: printedAs(value) })),
      { value: 'NOT_LISTED', words: 'Not in a public list', of: printedAs(null) },
    ],
  },
  owner: { kind: 'link', label: 'Owner, alone or with others', called: 'Owner', any: 'Any owner', record: 'post' },
  body: { kind: 'link', label: 'Raised by the body', called: 'Body', any: 'Any body', record: 'body' },
  meeting: {
    kind: 'link',
    label: 'Raised at the meeting',
    called: 'Raised at',
    any: 'Any meeting',
    record: 'meeting',
  },
  extended: {
    kind: 'oneOf',
    label: 'Extended',
    called: 'Extended',
    any: 'Extended or not',
    choices: [
      { value: 'ONCE_OR_MORE', words: 'Once or more' },
      { value: 'MORE_THAN_ONCE', words: 'More than once' },
    ],
  },
  overdue: { kind: 'flag', label: 'Overdue only', called: 'Overdue' },
  overdueByOriginal: {
    kind: 'flag',
    label: 'Overdue by the first due date only',
    called: 'Overdue by the first due date',
  },
  reopened: { kind: 'flag', label: 'Reopened only', called: 'Reopened' },
} as const;

export const ACTION_SHOWN = show.records<ShownAction>()({
  one: 'action',
  opened: 'raised',
  says: 'Who has to do what by when, and how far it is.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref }) => show.said(ref),
  status: { of: ({ state }) => state.status, are: STATUSES, why },
  tags: ({ overdue, cause }) => [
    ...(overdue ? [{ words: 'Overdue', colour: 'red' } as const] : []),
    ...show.causeTags(cause),
  ],
  fields: [
    { label: 'Status', shows: ({ state }) => show.lines(show.status(state.status), inPaper(state.status)) },
    show.field('owner', owner, ({ state }) => owning(state) ?? show.said('Nobody is named')),
    show.field('organisation', organisation, ({ state }) => show.member(organisation, state.organisation)),
    show.field('priority', priority, ({ state }) => show.member(priority, state.priority)),
    { label: 'Raised', shows: raised },
    { label: 'Came of', shows: cameOf },
    { label: 'Keeps the promise', shows: promised },
    { label: 'Due', shows: dueLines },
    {
      label: 'Latest update',
      shows: ({ state: { latestUpdate } }) =>
        latestUpdate === undefined ? null : show.lines(doneBy(latestUpdate, null), show.quote(latestUpdate.text)),
    },
    {
      label: 'Reported complete',
      shows: ({ state: { reportedComplete: report } }) =>
        report === undefined
          ? null
          : show.lines(
              doneBy(report),
              show.quote(report.text),
              report.evidence === undefined ? null : show.sentence('Evidence: ', show.text(report.evidence)),
            ),
    },
    { label: 'Signed off', shows: closedAs('SIGNED_OFF') },
    { label: 'Complete by other means', shows: closedAs('CONVERTED') },
    { label: 'Goes on as', shows: ({ state }) => show.referred(state.continuedAs) },
    { label: 'Deferred', shows: deferred },
    {
      label: 'Evidence',
      shows: ({ state: { evidence } }) =>
        evidence === 0 ? null : show.said(`${evidence} ${evidence === 1 ? 'piece' : 'pieces'}, in the timeline below`),
    },
    {
      label: 'Reopened',
      shows: ({ state }) => (state.reopened === 0 ? null : show.said(show.times(state.reopened))),
    },
  ],
  beside: ({ state }) => (state.item === undefined ? null : show.said(`item ${state.item}`)),
  names: {
    body: 'Of this body',
    meeting: 'Raised there',
    decision: 'Came of it',
    owner: 'Owned by this post',
    owners: 'Owned by this post with another that leads',
    'due.original.meeting': 'First due there',
    'due.current.meeting': 'Due there',
    'deferred.meeting': 'Deferred to it',
    'raised.authority.meeting': 'Raised on its authority',
    'raised.authority.document': 'Raised on its authority',
    'raised.authority.decision': 'Raised on its authority',
    'latestUpdate.authority.meeting': 'Updated on its authority',
    'latestUpdate.authority.document': 'Updated on its authority',
    'reportedComplete.authority.meeting': 'Reported complete on its authority',
    'reportedComplete.authority.document': 'Reported complete on its authority',
    'closed.authority.meeting': 'Closed on its authority',
    'closed.authority.document': 'Closed on its authority',
    continuedAs: 'Went on as this one',
  },
  columns: [
    { label: 'Due', shows: dueBriefly },
    show.field('owner', owner, ({ state }) => owning(state) ?? show.said('Nobody named')),
    {
      label: 'Latest update',
      shows: ({ state: { latestUpdate } }) =>
        latestUpdate === undefined
          ? show.said('None')
          : show.lines(show.when(latestUpdate), show.text(latestUpdate.text, 120)),
    },
  ],
  filters,
  tabs: { by: 'status', beside: { filter: 'published', heading: 'What a public paper prints' } },
});

function inPaper(status: ActionStatus): string {
  const published = publishedStatusOf(status);
  return published === null
    ? 'A public paper would not list it.'
    : `A public paper would print: ${PUBLISHED[published]}.`;
}

/** A day and who it was. Where the source names nobody: what is said of that. */
function doneBy(step: Step, unnamed: string | null = 'the source does not say by whom'): ShownValue | null {
  return show.doneBy(step, unnamed);
}

function closedAs(outcome: 'SIGNED_OFF' | 'CONVERTED') {
  return ({ state: { closed }, opened }: ShownAction): ShownValue | null =>
    closed?.outcome !== outcome
      ? null
      : show.lines(
          doneBy(closed),
          closed.authority === null || Object.keys(closed.authority).length === 0
            ? 'The source names no authority.'
            : show.sentence('On the authority of: ', show.authority(closed.authority)),
          show.quote(closed.item),
          show.opened(closed.event, opened),
        );
}

/** The post that leads, then the others. Where the one that leads is not for this reader, the others are not said to lead. */
function owning({ owner: leads, owners = [] }: RaisedAction): ShownValue | null {
  if (owners.length === 0) return show.named(leads);
  const others = owners.flatMap((post, index) => [index === 0 ? null : ', ', show.named(post)]);
  return show.lines(show.named(leads), show.sentence('with ', ...others));
}

function promised({ promise }: ShownAction): ShownValue | null {
  if (promise === null || promise === undefined) return null;
  const { meeting, minute } = promise;
  const item = minute.item === undefined ? null : `, item ${minute.item}`;
  return show.lines(show.sentence('minuted at ', show.named(meeting), item), show.quote(minute.text));
}

/** The decision of which it came; and whether the entry that opened it turned out to be a mistake. */
function cameOf({ state: { decision }, cause }: ShownAction): ShownValue | null {
  const of = show.referred(cause?.record ?? decision);
  return of === null
    ? null
    : show.lines(of, cause?.voided === true ? 'What opened it there was recorded by mistake.' : null);
}

/** Of a body that the reader may not see nothing is said. */
function raised({ state }: ShownAction): ShownValue | null {
  const item = state.item === undefined ? null : `, item ${state.item}`;
  const body = show.named(state.body);
  const at =
    state.meeting === undefined
      ? show.sentence('outside a meeting, ', show.when(state.raised))
      : show.sentence('meeting of ', show.named(state.meeting));
  const raisedBy = show.member(raisedOutside, state.raisedBy);
  return show.lines(
    show.sentence(body, body === null ? null : ', ', at, item),
    raisedBy === null ? null : show.sentence('by: ', raisedBy),
    show.quote(state.occasion),
  );
}

function dueLines({ state, due }: ShownAction): ShownValue | null {
  const current = state.due.current;
  return show.lines(
    due.current === null
      ? undated(current, isOpen(state.status))
      : show.sentence(show.day(due.current), atMeeting(current)),
    show.quote(due.phrase),
    due.original === null || due.original === due.current ? null : show.sentence('First due ', show.day(due.original)),
    due.movedWithMeeting ? 'The meeting has moved since this due date was set' : null,
    due.extensions === 0 ? null : `Extended ${show.times(due.extensions)}`,
    due.broughtForward === 0 ? null : `Brought forward ${show.times(due.broughtForward)}`,
  );
}

function atMeeting(due: Due | undefined): ShownValue | null {
  if (due?.meeting !== undefined) return show.sentence(', at the meeting ', show.referred(due.meeting));
  return due?.dated === undefined ? null : show.sentence(', the last day of the time ', show.span(due.dated));
}

/** Unanchored: nothing tells the day. Of an open action somebody must settle one. */
function undated(due: Due | undefined, isStillOpen: boolean): ShownValue | null {
  const needed = isStillOpen ? '. It needs one to be followed up.' : '.';
  if (due?.meeting === undefined) return show.said(`No date is known${needed}`);
  const meeting = show.referred(due.meeting);
  return show.sentence('No date is known: the meeting ', meeting, ' is cancelled, or has no known day', needed);
}

function dueBriefly({ due }: ShownAction): ShownValue | null {
  return show.lines(
    due.current === null ? (due.phrase === undefined ? 'No date' : null) : show.day(due.current),
    show.quote(due.phrase),
    due.extensions === 0 ? null : `Extended ${show.times(due.extensions)}`,
  );
}

function deferred({ state: { deferred: to } }: ShownAction): ShownValue | null {
  if (to === undefined) return null;
  if (to.until !== undefined) return show.sentence('Until ', show.day(to.until));
  if (to.meeting !== undefined) return show.sentence('To the meeting ', show.referred(to.meeting));
  return show.said('Without a date');
}

/** What has not followed on a status, or where it leads. */
const SINCE: { readonly [status in ActionStatus]?: (state: RaisedAction) => readonly (ShownValue | string | null)[] } =
  {
    PROPOSED: () => [' Nobody has agreed it since.'],
    AGREED: () => [' No work on it has been told of since.'],
    REPORTED_COMPLETE: () => [' Nobody has signed it off since.'],
    DEFERRED: ({ deferred: to }) =>
      to?.until !== undefined
        ? [' It is put off until ', show.day(to.until), '.']
        : to?.meeting === undefined
          ? []
          : [' It is put off until the meeting ', show.referred(to.meeting), '.'],
    MERGED: goesOn,
    SUPERSEDED: goesOn,
  };

function goesOn({ continuedAs }: RaisedAction) {
  return continuedAs === undefined ? [] : [' It goes on as ', show.referred(continuedAs), '.'];
}

/** Why its status is what it is, and where it is overdue, why that. */
function why({ state, due, overdue }: ShownAction, made: MadeSo): ShownValue | null {
  const happened = (ACTION_HAPPENED as { readonly [type: string]: string })[made.type] ?? 'So';
  return show.lines(
    show.because(happened, made, ...(SINCE[state.status]?.(state) ?? [])),
    !overdue || due.current === null
      ? null
      : show.sentence(
          'Overdue: it was due on ',
          show.day(due.current),
          due.movedWithMeeting ? ', the day to which its meeting moved' : null,
          due.extensions === 0 ? null : `, after it was extended ${show.times(due.extensions)}`,
          '.',
        ),
  );
}
