import { show, type MadeSo, type OpenedShown, type ShownValue } from '../../declarations/index.ts';
import type { CivilDate, EventId, Step, TextRef } from '../../ledger/index.ts';
import type { DecisionOwnEvent } from './events.ts';
import {
  adviceOn,
  clock,
  conditionStanding,
  decisionStatus,
  maker,
  outcome,
  recommendation,
  type DecisionStatus,
} from './fields.ts';
import type { DecisionCondition, Deferral, NamedAction, ProposedDecision } from './state.ts';
import { unadvisedIn } from './state.ts';

/** A decision as its page and its list are given it. */
export interface ShownDecision {
  readonly ref: string;
  readonly state: ProposedDecision;
  /** The day on which it is to be decided, wherever its meeting has moved; null while no day is known. */
  readonly dueOn: CivilDate | null;
  /** That day has passed, and it is not in the log. */
  readonly neverRecorded: boolean;
  /** On its page: what each of its entries opened that opens something. */
  readonly opened?: ReadonlyMap<EventId, OpenedShown>;
  /** On its page: what it cites, as that stood at its basis. */
  readonly cited?: readonly CitedShown[];
}

/** A record that a decision cites, as it stood at the basis. */
export interface CitedShown {
  readonly ref: string;
  /** False where there was none yet. */
  readonly isThere: boolean;
  /** What it was about; and where it stood, in words, of a kind that has states. */
  readonly heading?: TextRef;
  readonly status?: string;
}

const STATUSES = show.tags(decisionStatus, {
  PROPOSED: 'purple',
  DRAFTED: 'blue',
  ADVISED: 'turquoise',
  DEFERRED: 'orange',
  MADE: 'yellow',
  REFUSED: 'red',
  NOT_TAKEN: 'grey',
  RECORDED: 'green',
  PUBLISHED: 'green',
  WITHHELD: 'pink',
  REVOKED: 'grey',
  SUPERSEDED: 'grey',
});

/** What happened to a decision, as people say it. */
export const DECISION_HAPPENED: { readonly [type in DecisionOwnEvent['type']]: string } = {
  DecisionProposed: 'Proposed',
  DecisionDrafted: 'Drafted',
  DecisionOptionRejected: 'Option rejected',
  DecisionAdvised: 'Advised',
  DecisionConsulted: 'Consulted on',
  DecisionPartWritten: 'Part written',
  DecisionDelegated: 'Delegated',
  DecisionMade: 'Made',
  DecisionActionNamed: 'Action named',
  DecisionDeferred: 'Put off',
  DecisionRefused: 'Refused',
  DecisionNotTaken: 'Not taken',
  DecisionConditionSet: 'Condition set',
  DecisionConditionReported: 'Condition reported on',
  DecisionSigned: 'Signed',
  DecisionRecorded: 'Recorded in the log',
  DecisionNoticePublished: 'Notice published',
  DecisionWithheld: 'Withheld from publication',
  DecisionVaried: 'Varied',
  DecisionRevoked: 'Revoked',
  DecisionSuperseded: 'Superseded',
};

const filters = {
  text: { kind: 'words', label: 'Words in the title, summary or decision, or a reference', called: 'Words', most: 200 },
  status: {
    kind: 'oneOf',
    label: 'Status',
    called: 'Status',
    any: 'Any status',
    choices: show.choices(decisionStatus),
  },
  outcome: {
    kind: 'oneOf',
    label: 'What came of it',
    called: 'What came of it',
    any: 'Anything or nothing',
    choices: show.choices(outcome),
  },
  maker: { kind: 'oneOf', label: 'Who decides', called: 'Who decides', any: 'Whoever', choices: show.choices(maker) },
  body: { kind: 'link', label: 'In the business of the body', called: 'Body', any: 'Any body', record: 'body' },
  madeBy: { kind: 'link', label: 'Made by the post', called: 'Made by', any: 'Any post', record: 'post' },
  delegate: { kind: 'link', label: 'Delegated to the post', called: 'Delegated to', any: 'Any post', record: 'post' },
  meeting: {
    kind: 'link',
    label: 'Decided at the meeting',
    called: 'Decided at',
    any: 'Any meeting',
    record: 'meeting',
  },
  conditionsOutstanding: { kind: 'flag', label: 'With conditions outstanding', called: 'Conditions outstanding' },
  conditionsOverdue: { kind: 'flag', label: 'With a condition past its day', called: 'Condition past its day' },
  neverRecorded: {
    kind: 'flag',
    label: 'Planned for a day that has passed, and not in the log',
    called: 'Never reached the log',
  },
  unadvised: { kind: 'flag', label: 'A heading of advice is missing', called: 'Advice missing' },
  publicInterest: { kind: 'flag', label: 'Of significant public interest', called: 'Of public interest' },
  unpublished: { kind: 'flag', label: 'In the log, and neither published nor withheld', called: 'Not published' },
  deferredTwice: { kind: 'flag', label: 'Put off twice or more', called: 'Put off twice or more' },
} as const;

export const DECISION_SHOWN = show.records<ShownDecision>()({
  one: 'decision',
  opened: 'proposed',
  says: 'What was decided, by whom, on what advice and on what was then known, and what became of it.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref }) => show.said(ref),
  status: { of: ({ state }) => state.status, are: STATUSES, why },
  tags: ({ state, neverRecorded }) => [
    ...(neverRecorded ? [{ words: 'Never reached the log', colour: 'red' } as const] : []),
    ...(state.conditions.some(({ standing }) => standing === 'OUTSTANDING' || standing === 'NOT_MET')
      ? [{ words: 'Conditions outstanding', colour: 'orange' } as const]
      : []),
    ...(state.variations.length === 0 ? [] : [{ words: 'Varied', colour: 'blue' } as const]),
    ...(state.recorded?.publicInterest === true ? [{ words: 'Public interest', colour: 'purple' } as const] : []),
  ],
  fields: [
    { label: 'Status', shows: ({ state }) => show.status(state.status) },
    { label: 'Summary', shows: ({ state }) => show.text(state.summary) },
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    { label: 'Who decides', shows: whoDecides },
    { label: 'Proposed', shows: ({ state }) => doneBy(state.proposed) },
    { label: 'To be decided', shows: plannedFor },
    show.field('recommendation', recommendation, ({ state: { drafted } }) =>
      drafted === undefined ? null : show.lines(doneBy(drafted), show.quote(drafted.recommendation)),
    ),
    { label: 'What came of it', shows: cameOfIt },
    { label: 'On what was then known', shows: basisShown },
    { label: 'Open part', shows: ({ state }) => partShown(state.openPart) },
    { label: 'Closed part', shows: ({ state }) => partShown(state.closedPart) },
    { label: 'Signed', shows: signedShown },
    { label: 'Recorded', shows: recordedShown },
    { label: 'Published', shows: publishedShown },
    { label: 'Withheld', shows: withheldShown },
    { label: 'Ended', shows: endedShown },
    {
      label: 'No advice on',
      shows: ({ state }) => {
        const lacking = unadvisedIn(state);
        return state.drafted === undefined ? null : show.lines(...lacking.map((one) => show.member(adviceOn, one)));
      },
    },
  ],
  sections: [
    {
      heading: 'Advice',
      columns: ['On', 'Advice', 'Given'],
      rows: ({ state }) =>
        state.advice.map((one) => [
          show.member(adviceOn, one.adviceOn),
          show.lines(one.applies ? null : 'Not applicable', show.text(one.advice)),
          doneBy(one),
        ]),
      empty: 'There is no advice on it that you may see.',
    },
    {
      heading: 'Consultation',
      columns: ['Who', 'What they said', 'When'],
      rows: ({ state }) =>
        state.consultations.map((one) => [
          show.lines(show.named(one.body), show.named(one.post), show.text(one.who)),
          show.text(one.said),
          doneBy(one),
        ]),
      empty: 'There was no consultation that you may see.',
    },
    {
      heading: 'Rejected options',
      columns: ['Option', 'Why it was rejected', 'When'],
      rows: ({ state }) => state.options.map((one) => [show.text(one.option), show.text(one.why), doneBy(one)]),
      empty: 'No option that you may see was rejected.',
    },
    {
      heading: 'Actions that it opens',
      columns: ['What is to be done', 'Owner', 'Due', 'Action'],
      rows: ({ state, opened }) => state.actions.map((one) => actionRow(one, opened)),
      empty: 'It names no action that you may see.',
    },
    {
      heading: 'Conditions',
      columns: ['Condition', 'By', 'Whether it is met', 'Latest report', 'Seen to by'],
      rows: ({ state, opened }) => state.conditions.map((one) => conditionRow(one, opened)),
      empty: 'It is subject to nothing that you may see.',
    },
    {
      heading: 'What it cites',
      caption: 'Each as it stood at the basis of the decision',
      columns: ['Record', 'What it was about', 'Where it stood'],
      rows: ({ cited = [] }) =>
        cited.map(({ ref, isThere, heading, status }) => [
          show.referred(ref),
          show.text(heading),
          isThere ? (status === undefined ? null : show.said(status)) : show.said('There was none yet'),
        ]),
      empty: 'It cites nothing that you may see.',
    },
    {
      heading: 'Variations',
      columns: ['Varied', 'How it reads', 'Why'],
      rows: ({ state }) => state.variations.map((one) => [doneBy(one), show.text(one.variation), show.text(one.why)]),
      empty: 'It has no variation that you may see.',
    },
    {
      heading: 'Put off',
      columns: ['Put off', 'From', 'To', 'Why'],
      rows: ({ state }) => state.deferrals.map(deferralRow),
      empty: 'It was not put off, as far as you may see.',
    },
  ],
  names: {
    body: 'Decision in its business',
    'delegated.delegate': 'Delegated to this post',
    'delegated.authority.meeting': 'Delegated on its authority',
    'delegated.authority.document': 'Tells of its delegation',
    'delegated.authority.decision': 'Delegated on its authority',
    'due.meeting': 'To be decided there',
    'firstDue.meeting': 'First to be decided there',
    'deferrals.from.meeting': 'Put off from there',
    'deferrals.due.meeting': 'Put off to there',
    'outcome.cites': 'Cites it',
    'outcome.authority.meeting': 'Decided there',
    'outcome.authority.document': 'Tells what was decided',
    'outcome.authority.decision': 'Decided on its authority',
    'consultations.body': 'Consulted on it',
    'consultations.post': 'Consulted on it',
    'signed.signedBy': 'Signed by this post',
    'published.notice': 'Published in it',
    'ended.supersededBy': 'Superseded by this one',
    'ended.authority.meeting': 'Ended on its authority',
    'variations.authority.meeting': 'Varied there',
    'actions.owner': 'To do what it asks for',
    'actions.due.meeting': 'What it asks for is due there',
    'actions.authority.meeting': 'Asked there to do something',
    'conditions.owner': 'Sees to a condition',
    'conditions.authority.meeting': 'Made subject to a condition there',
  },
  columns: [
    { label: 'Decided', shows: ({ state: { outcome: is } }) => (is === undefined ? null : briefly(is)) },
    { label: 'To be decided', shows: ({ dueOn }) => (dueOn === null ? null : show.day(dueOn)) },
    {
      label: 'Conditions',
      shows: ({ state: { conditions } }) => {
        const met = conditions.filter(({ standing }) => standing === 'MET').length;
        return conditions.length === 0 ? null : show.said(`${met} of ${conditions.length} met`);
      },
    },
    {
      label: 'Published',
      shows: ({ state: { published } }) => (published === undefined ? null : show.day(published.effectiveOn)),
    },
  ],
  filters,
  tabs: { by: 'status' },
});

/** A day and who it was. Where the source names nobody, the day alone. */
function doneBy(step: Step): ShownValue | null {
  const who = show.doer(step.by);
  return who === null ? show.when(step) : show.sentence(show.when(step), ': ', who);
}

function onAuthority({ authority }: Step): ShownValue | null {
  return authority === null || Object.keys(authority).length === 0
    ? null
    : show.sentence('On the authority of ', show.authority(authority));
}

function because(why: TextRef | undefined): ShownValue | null {
  return why === undefined ? null : show.sentence('Because: ', show.text(why));
}

function whoDecides({ state: { maker: first, delegated } }: ShownDecision): ShownValue | null {
  const delegate = show.named(delegated?.delegate);
  return show.lines(
    show.member(maker, first),
    delegated === undefined || delegate === null
      ? null
      : show.sentence('Delegated to ', delegate, ', ', doneBy(delegated)),
    delegated === undefined || delegate === null ? null : onAuthority(delegated),
  );
}

function plannedFor({ state: { due, firstDue, phrase, deferrals }, dueOn }: ShownDecision): ShownValue | null {
  const atMeeting = due?.meeting === undefined ? null : show.sentence(', at the meeting ', show.referred(due.meeting));
  return show.lines(
    dueOn === null
      ? due === undefined
        ? null
        : show.sentence('No day is known', atMeeting)
      : show.sentence(show.day(dueOn), atMeeting),
    show.quote(phrase),
    firstDue === undefined || deferrals.length === 0 ? null : show.sentence('First: ', show.due(firstDue)),
    deferrals.length === 0 ? null : `Put off ${show.times(deferrals.length)}`,
  );
}

function briefly(is: NonNullable<ProposedDecision['outcome']>): ShownValue | null {
  return show.sentence(show.member(outcome, is.how), ', ', doneBy(is));
}

function cameOfIt({ state: { outcome: is } }: ShownDecision): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(briefly(is), onAuthority(is), show.quote(is.decided), because(is.why));
}

function basisShown({ state: { outcome: is } }: ShownDecision): ShownValue | null {
  if (is?.basis === undefined) return null;
  const { on, recorded, clock: by } = is.basis;
  return show.lines(
    show.sentence('As of ', show.day(on), ', as recorded by ', show.instant(recorded)),
    show.sentence('Recorded time: ', show.member(clock, by)),
  );
}

function partShown(is: ProposedDecision['openPart']): ShownValue | null {
  return is === undefined ? null : show.lines(show.text(is.content), doneBy(is));
}

function signedShown({ state: { signed: is } }: ShownDecision): ShownValue | null {
  if (is === undefined) return null;
  const who = show.named(is.signedBy);
  return who === null ? show.when(is) : show.sentence(show.when(is), ', by ', who);
}

function recordedShown({ state: { recorded: is } }: ShownDecision): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    doneBy(is),
    is.publicInterest ? 'Of significant public interest' : 'Not of significant public interest',
    show.quote(is.test),
  );
}

function publishedShown({ state: { published: is } }: ShownDecision): ShownValue | null {
  if (is === undefined) return null;
  const notice = show.named(is.notice);
  return show.lines(doneBy(is), show.text(is.publishedAt), notice === null ? null : show.sentence('Notice: ', notice));
}

function withheldShown({ state: { withheld: is } }: ShownDecision): ShownValue | null {
  return is === undefined ? null : show.lines(doneBy(is), show.text(is.exemption), because(is.why));
}

function endedShown({ state: { ended: is } }: ShownDecision): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    show.sentence(is.how === 'REVOKED' ? 'Revoked, ' : 'Superseded, ', doneBy(is)),
    is.supersededBy === undefined ? null : show.sentence('In its place stands ', show.referred(is.supersededBy)),
    onAuthority(is),
    because(is.why),
  );
}

function actionRow(one: NamedAction, opened: ShownDecision['opened']): readonly (ShownValue | null)[] {
  return [
    show.lines(show.text(one.title), doneBy(one)),
    show.named(one.owner),
    show.lines(one.due === undefined ? null : show.due(one.due), show.quote(one.phrase)),
    show.opened(one.event, opened?.get(one.event)),
  ];
}

function conditionRow(one: DecisionCondition, opened: ShownDecision['opened']): readonly (ShownValue | null)[] {
  const { reported } = one;
  return [
    show.lines(show.text(one.subjectTo), doneBy(one)),
    one.targetOn === undefined ? null : show.day(one.targetOn),
    show.member(conditionStanding, one.standing),
    reported === undefined ? null : show.lines(doneBy(reported), show.quote(reported.text)),
    show.lines(show.named(one.owner), show.opened(one.event, opened?.get(one.event))),
  ];
}

function deferralRow(one: Deferral): readonly (ShownValue | null)[] {
  return [
    doneBy(one),
    one.from === undefined ? null : show.due(one.from),
    show.lines(one.due === undefined ? null : show.due(one.due), show.quote(one.phrase)),
    show.text(one.why),
  ];
}

/** What has not followed on a status. */
const SINCE: { readonly [status in DecisionStatus]?: string } = {
  PROPOSED: ' Nobody has drafted it since.',
  DRAFTED: ' Nobody has advised on it since.',
  ADVISED: ' Nothing has come of it since.',
  DEFERRED: ' Nothing else has come of it since.',
  MADE: ' Nobody has recorded it in the log since.',
  REFUSED: ' Nobody has recorded that in the log since.',
  NOT_TAKEN: ' Nobody has recorded that in the log since.',
  RECORDED: ' It was neither published nor withheld since.',
};

function why({ state, dueOn, neverRecorded }: ShownDecision, so: MadeSo): ShownValue | null {
  const happened = (DECISION_HAPPENED as { readonly [type: string]: string })[so.type] ?? 'So';
  return show.lines(
    show.because(happened, so, SINCE[state.status]),
    !neverRecorded || dueOn === null
      ? null
      : show.sentence('It was to be decided on ', show.day(dueOn), ', and never reached the log.'),
  );
}
