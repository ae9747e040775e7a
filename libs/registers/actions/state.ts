import { givenTo, heldOwners, ownersOf, whyNotSeparate, workOfOwners, type Given } from '../../access/index.ts';
import { anchorsOf, type Due, type FoldedDue } from '../../declarations/index.ts';
import {
  isHeldBefore,
  stepOf,
  unmoved,
  type Actor,
  type CivilDate,
  type CommonFact,
  type EventId,
  type Refusal,
  type Step,
  type TextRef,
  type TitledAt,
  type Work,
} from '../../ledger/index.ts';
import type { ActionDeferred, ActionEvent, ActionRaised, ActionReassigned, DueDateExtended } from './events.ts';
import { actionStatus, type ActionStatus, type Organisation, type Priority, type RaisedBy } from './fields.ts';
import { refuse, type ActionRefusal } from './refusals.ts';

export const ACTION_STATUSES = Object.keys(actionStatus.members) as readonly ActionStatus[];

/** An action that has been raised. Words are references to the events that hold them. */
export interface RaisedAction {
  readonly status: ActionStatus;
  readonly ref: string;
  readonly body: string;
  readonly meeting?: string;
  readonly item?: string;
  readonly title?: TextRef;
  /** What raised it beside a meeting. */
  readonly raisedBy?: Exclude<RaisedBy, 'MEETING'>;
  readonly occasion?: TextRef;
  /** The event that minuted the promise which it keeps. */
  readonly keepsPromise?: EventId;
  /** The decision of which it came, and the entry of it that opens it. */
  readonly decision?: string;
  readonly causedBy?: EventId;
  /** The post that owns it; where several do, the one that leads. */
  readonly owner?: string;
  /** Those that own it beside that one: absent where none does. */
  readonly owners?: readonly string[];
  /** The first day on which each post that ever owned it was given it. */
  readonly given: Given;
  readonly organisation?: Organisation;
  readonly priority?: Priority;
  readonly raised: Step;
  readonly due: FoldedDue;
  readonly latestUpdate?: Step & { readonly text?: TextRef };
  /** The report that stands: gone when the action is returned or reopened. */
  readonly reportedComplete?: Step & { readonly text?: TextRef; readonly evidence?: TextRef };
  /** Set for SIGNED_OFF and CONVERTED. */
  readonly closed?: Step & { readonly outcome: 'SIGNED_OFF' | 'CONVERTED'; readonly item?: TextRef };
  readonly deferred?: { readonly meeting?: string; readonly until?: CivilDate; readonly phrase?: TextRef };
  /** Where a merged or superseded action went on. */
  readonly continuedAs?: string;
  readonly evidence: number;
  readonly reopened: number;
}

/** Before it is raised, or when the raising was voided, an action does not exist. */
export type ActionState = { readonly status: 'NOT_RAISED' } | RaisedAction;

export const NOT_RAISED: ActionState = { status: 'NOT_RAISED' };

/** What raised the action, as far as is said; null where nothing is, or where that is not for whoever asks. */
export function raisedByOf({
  raisedBy,
  meeting,
  decision,
}: Pick<RaisedAction, 'raisedBy' | 'meeting' | 'decision'>): RaisedBy | null {
  return raisedBy ?? (meeting !== undefined ? 'MEETING' : decision !== undefined ? 'DECISION' : null);
}

/** The posts that own the action, the one that leads first; none while nobody does. */
export function ownersIn(state: ActionState): readonly string[] {
  return state.status === 'NOT_RAISED' ? [] : ownersOf(state);
}

/** Whose work the action is: of the posts that own it, and of the one that made the report which stands. See `docs/writing.md`. */
export function workOf(state: ActionState): Work {
  if (state.status === 'NOT_RAISED') return { posts: [], reportedBy: [] };
  return workOfOwners(state, state.raised.effectiveOn, state.reportedComplete);
}

/** An action belongs to the meeting at which it was raised. */
export function titledAt(state: ActionState): TitledAt | null {
  if (state.status === 'NOT_RAISED' || state.meeting === undefined || state.title === undefined) return null;
  return { place: state.meeting, title: state.title };
}

export function refOf(state: ActionState): string | null {
  return state.status === 'NOT_RAISED' ? null : state.ref;
}

/** The body whose action it is; null while there is none. */
export function bodyOf(state: ActionState): string | null {
  return state.status === 'NOT_RAISED' ? null : state.body;
}

/** Open: raised, and neither closed nor withdrawn nor gone on elsewhere. */
export function isOpen(status: ActionStatus): boolean {
  return OPEN.includes(status);
}

const OPEN: readonly ActionStatus[] = ['PROPOSED', 'AGREED', 'IN_PROGRESS', 'REPORTED_COMPLETE', 'DEFERRED'];
const WORKED_ON: readonly ActionStatus[] = ['AGREED', 'IN_PROGRESS', 'DEFERRED'];
const AGREED_AND_OPEN: readonly ActionStatus[] = [...WORKED_ON, 'REPORTED_COMPLETE'];
const ENDED: readonly ActionStatus[] = ['SIGNED_OFF', 'CONVERTED', 'MERGED', 'SUPERSEDED', 'WITHDRAWN'];

/** The facts that move a raised action. Those common to every register move nothing: the timeline applies them. */
type Movement = Exclude<ActionEvent['type'], 'ActionRaised' | CommonFact['type']>;

/** In which states each fact may take effect. */
const MAY_HAPPEN_IN: { readonly [type in Movement]: readonly ActionStatus[] } = {
  ActionAgreed: ['PROPOSED'],
  UpdateGiven: AGREED_AND_OPEN,
  EvidenceAdded: OPEN,
  ActionReportedComplete: WORKED_ON,
  ActionReturned: ['REPORTED_COMPLETE'],
  ActionSignedOff: ['REPORTED_COMPLETE'],
  ActionReassigned: ['PROPOSED', ...WORKED_ON],
  DueDateExtended: WORKED_ON,
  ActionDeferred: WORKED_ON,
  ActionConverted: AGREED_AND_OPEN,
  ActionMerged: AGREED_AND_OPEN,
  ActionSuperseded: AGREED_AND_OPEN,
  ActionWithdrawn: OPEN,
  ActionReopened: ENDED,
};

/** What ends an action as done. */
export const ENDS_AS_DONE = { SignOffAction: 'ActionSignedOff', ConvertAction: 'ActionConverted' } as const;

/** What decides on the state of an action, and so is decided no earlier than it was raised. */
const DECIDES: readonly ActionEvent['type'][] = [
  'ActionAgreed',
  'ActionReturned',
  'ActionSignedOff',
  'ActionConverted',
  'ActionWithdrawn',
  'ActionReopened',
];

/** Type and facts of one event, so that the type tells which facts there are. */
type Fact = { [Event in ActionEvent as Event['type']]: Pick<Event, 'type' | 'facts'> }[ActionEvent['type']];

/**
 * Is this fact legal in that state? Null if it is.
 *
 * Asked when it is decided, and again of every later fact when something is entered late, corrected, voided or imported. What a
 * decision minds beyond this, and why a later entry or a correction may undo it, is listed in `test/property/legality.spec.ts`.
 */
export function mayFollow(state: ActionState, event: ActionEvent): Refusal | null {
  const { type, facts } = event as Fact;
  if (type === 'ActionRaised') {
    if (state.status !== 'NOT_RAISED') return refuse('ALREADY_RAISED');
    return isAmbiguous(facts.due) ? refuse('DUE_AMBIGUOUS', { field: 'due' }) : whyNotDueThen(facts, event);
  }
  if (!Object.hasOwn(MAY_HAPPEN_IN, type)) return null;
  if (state.status === 'NOT_RAISED') return refuse('NOT_RAISED');
  if (!MAY_HAPPEN_IN[type as Movement].includes(state.status))
    return refuse(whyNot(type as Movement, state.status), {
      values: { ref: state.ref, status: inWords(state.status) },
    });
  if (type === 'ActionSignedOff' || type === 'ActionConverted') {
    const refusal = whyNotEnded(state, type, event);
    if (refusal !== null) return refusal;
  }
  if (DECIDES.includes(type) && isBeforeRaised(state, event.actor))
    return refuse('AUTHORITY_BEFORE_RAISED', {
      field: 'authority.meeting',
      values: { ref: state.ref, heldOn: event.actor.heldOn ?? '', raised: state.raised.effectiveOn },
    });
  if (type === 'DueDateExtended') {
    if (isAmbiguous(facts.due)) return refuse('DUE_AMBIGUOUS', { field: 'due' });
    if (facts.due !== undefined && anchorsOf(facts.due) === 0) return refuse('DUE_NEEDED', { field: 'due' });
  }
  if (type === 'ActionDeferred') return whyNotDeferred(facts, event);
  const continuedAs = type === 'ActionMerged' ? facts.into : type === 'ActionSuperseded' ? facts.by : undefined;
  return continuedAs === state.ref ? refuse('SAME_ACTION', { values: { ref: state.ref } }) : null;
}

/** A meeting held before there was an action decided nothing about it. The one at which it was raised is always in time. */
function isBeforeRaised({ meeting, raised }: RaisedAction, actor: Actor): boolean {
  const { authority } = actor;
  if (authority === undefined || authority === 'notStated') return false;
  return !('meeting' in authority && authority.meeting === meeting) && isHeldBefore(raised, actor);
}

/** A due date that the action itself names is not before it was raised; what a paper prints is held as it was printed. */
function whyNotDueThen({ due }: ActionRaised['facts'], { effectiveOn, imported }: ActionEvent): Refusal | null {
  const day = dayIn(due);
  if (imported === true || day === null || day >= effectiveOn) return null;
  return refuse('DUE_BEFORE_RAISED', {
    field: due?.on === undefined ? 'due.dated' : 'due.on',
    values: { due: day, raised: effectiveOn },
  });
}

/** Deferred to a meeting or until a day, and to none that has passed. */
function whyNotDeferred(
  { meeting, until }: ActionDeferred['facts'],
  { effectiveOn, imported }: ActionEvent,
): Refusal | null {
  if (meeting !== undefined && until !== undefined) return refuse('DEFERRAL_AMBIGUOUS', { field: 'until' });
  if (imported === true || until === undefined || until >= effectiveOn) return null;
  return refuse('DEFERRED_TO_THE_PAST', { field: 'until', values: { until, deferred: effectiveOn } });
}

/** Nobody ends their own work as done, and whoever does says on what authority; only a paper may not state it. */
function whyNotEnded(
  state: RaisedAction,
  type: 'ActionSignedOff' | 'ActionConverted',
  event: ActionEvent,
): Refusal | null {
  const notSeparate = whyNotSeparate(workOf(state), event);
  const about = { field: 'by', values: { ref: state.ref } };
  if (notSeparate === 'OWN_WORK') return refuse('OWNER_MAY_NOT_SIGN_OFF', about);
  if (notSeparate === 'UNKNOWN_PERSON') return refuse('SIGNER_UNKNOWN', about);
  const { authority } = event.actor;
  if (authority !== undefined && (authority !== 'notStated' || event.imported === true)) return null;
  const code = type === 'ActionSignedOff' ? 'SIGN_OFF_NEEDS_AUTHORITY' : 'CONVERSION_NEEDS_AUTHORITY';
  return refuse(code, { field: 'authority' });
}

function whyNot(type: Movement, status: ActionStatus): ActionRefusal {
  if (type === 'ActionReopened') return 'NOT_CLOSED';
  if (!isOpen(status)) return 'ACTION_CLOSED';
  if (type === 'ActionAgreed') return 'ALREADY_AGREED';
  if (type === 'ActionReturned' || type === 'ActionSignedOff') return 'NOT_REPORTED_COMPLETE';
  if (status === 'PROPOSED') return 'NOT_AGREED';
  return type === 'ActionReportedComplete' ? 'ALREADY_REPORTED_COMPLETE' : 'AWAITING_SIGN_OFF';
}

/** A status as it is said: `reported complete`. */
export function inWords(status: ActionStatus): string {
  return status.toLowerCase().replaceAll('_', ' ');
}

/** More than one of day, span and meeting: nobody could tell when it is due. */
function isAmbiguous(due: Due | undefined): boolean {
  return due !== undefined && anchorsOf(due) > 1;
}

/**
 * The state after one more event.
 *
 * Total over any subset of events in any order, for a reader may be kept from some of them and a correction may move one: an
 * action exists from the event that raised it, and every later fact then says what it says, even where the step before it
 * is not seen. Facts common to every register leave the state as it is; the timeline applies them.
 */
export function evolve(state: ActionState, event: ActionEvent): ActionState {
  if (event.type === 'ActionRaised') return state.status === 'NOT_RAISED' ? raise(event) : state;
  if (state.status === 'NOT_RAISED') return state;
  switch (event.type) {
    case 'ActionAgreed':
      return state.status === 'PROPOSED' ? enter(state, 'AGREED') : state;
    case 'UpdateGiven':
      return {
        ...(startsWork(state.status) ? enter(state, 'IN_PROGRESS') : state),
        latestUpdate: saying(event, event.texts.update),
      };
    case 'EvidenceAdded':
      return { ...state, evidence: state.evidence + 1 };
    case 'ActionReportedComplete': {
      const { report, evidence } = event.texts;
      const step = { ...saying(event, report), ...(evidence === undefined ? {} : { evidence }) };
      return { ...enter(state, 'REPORTED_COMPLETE'), reportedComplete: step };
    }
    case 'ActionReturned':
      return enter(state, 'IN_PROGRESS');
    case 'ActionSignedOff':
      return { ...enter(state, 'SIGNED_OFF'), closed: { ...stepOf(event), outcome: 'SIGNED_OFF' } };
    case 'ActionReassigned':
      return reassigned(state, event);
    case 'DueDateExtended':
      return { ...state, due: extended(state.due, event) };
    case 'ActionDeferred': {
      const { phrase } = event.texts;
      return { ...enter(state, 'DEFERRED'), deferred: { ...event.facts, ...(phrase === undefined ? {} : { phrase }) } };
    }
    case 'ActionConverted': {
      const { item } = event.texts;
      const step = { ...stepOf(event), outcome: 'CONVERTED', ...(item === undefined ? {} : { item }) } as const;
      return { ...enter(state, 'CONVERTED'), closed: step };
    }
    case 'ActionMerged':
      return { ...enter(state, 'MERGED'), continuedAs: event.facts.into };
    case 'ActionSuperseded':
      return { ...enter(state, 'SUPERSEDED'), continuedAs: event.facts.by };
    case 'ActionWithdrawn':
      return enter(state, 'WITHDRAWN');
    case 'ActionReopened':
      return { ...enter(state, 'IN_PROGRESS'), reopened: state.reopened + 1 };
    default:
      return unmoved(state, event);
  }
}

/** Given to others, who alone own it from then on. */
function reassigned(action: RaisedAction, { facts, effectiveOn }: ActionReassigned): RaisedAction {
  const { owner: _owner, owners: _owners, ...lasting } = action;
  return { ...lasting, ...heldOwners(facts), given: givenTo(action.given, ownersOf(facts), effectiveOn) };
}

function raise(event: ActionRaised): RaisedAction {
  const { due, owner: _owner, owners: _owners, ...facts } = event.facts;
  const { title, phrase, occasion } = event.texts;
  return {
    status: 'PROPOSED',
    ...facts,
    ...heldOwners(event.facts),
    given: givenTo({}, ownersOf(event.facts), event.effectiveOn),
    ...(title === undefined ? {} : { title }),
    ...(occasion === undefined ? {} : { occasion }),
    raised: stepOf(event),
    due: {
      ...(phrase === undefined ? {} : { phrase }),
      ...(due === undefined || anchorsOf(due) === 0 ? {} : firstDue(due, event)),
      extensions: 0,
      broughtForward: 0,
      extendedLate: 0,
      extendedWithoutReason: 0,
    },
    evidence: 0,
    reopened: 0,
  };
}

/** The action in another status, without what belonged to the one that it leaves. A report outlives its sign-off, not a return. */
function enter(action: RaisedAction, status: ActionStatus): RaisedAction {
  const { closed: _closed, deferred: _deferred, continuedAs: _continuedAs, reportedComplete, ...lasting } = action;
  const keepsReport = reportedComplete !== undefined && status !== 'IN_PROGRESS' && status !== 'DEFERRED';
  return { ...lasting, status, ...(keepsReport ? { reportedComplete } : {}) };
}

/** An update shows that work goes on: from a proposal (its agreement may be hidden), once agreed, and after a deferral. */
function startsWork(status: ActionStatus): boolean {
  return status === 'PROPOSED' || status === 'AGREED' || status === 'DEFERRED';
}

/**
 * A move to a later day is an extension, one to an earlier day is brought forward, and neither is refused: the order in which
 * extensions are entered is no part of legality (`docs/writing.md`).
 *
 * Words about the new date replace the old ones. The first date resolves the words that stood, so they are kept beside it.
 */
function extended(before: FoldedDue, event: DueDateExtended): FoldedDue {
  const { due } = event.facts;
  const { phrase } = event.texts;
  if (anchorsOf(due) === 0) return before;
  const words = phrase === undefined ? {} : { phrase };
  if (before.current === undefined) return { ...before, ...words, ...firstDue(due, event) };
  const { phrase: _outdated, currentSetOn: _setOn, ...lasting } = before;
  const [was, is] = [dayIn(before.current), dayIn(due)];
  // Where a meeting resolves either of them, the days are not the action's own: it was recorded as an extension and counts as one.
  const isEarlier = was !== null && is !== null && is < was;
  const isSame = was !== null && is === was;
  const put = isEarlier || isSame ? 0 : 1;
  return {
    ...lasting,
    ...words,
    current: due,
    ...setOn('currentSetOn', due, event),
    extensions: before.extensions + put,
    broughtForward: before.broughtForward + (isEarlier ? 1 : 0),
    extendedLate: before.extendedLate + (was !== null && was < event.effectiveOn ? put : 0),
    extendedWithoutReason: before.extendedWithoutReason + (event.texts.reason === undefined ? put : 0),
  };
}

function firstDue(due: Due, event: ActionRaised | DueDateExtended): Partial<FoldedDue> {
  return { original: due, current: due, ...setOn('originalSetOn', due, event), ...setOn('currentSetOn', due, event) };
}

function setOn(
  field: 'originalSetOn' | 'currentSetOn',
  { meeting }: Due,
  { effectiveOn }: Pick<ActionEvent, 'effectiveOn'>,
): Partial<FoldedDue> {
  return meeting === undefined ? {} : { [field]: effectiveOn };
}

/** The day that a due date itself names, the last one of a span; null where a meeting or words alone tell it. */
function dayIn(due: Due | undefined): CivilDate | null {
  return due?.on ?? due?.dated?.to ?? null;
}

function saying(event: ActionEvent, text: TextRef | undefined): Step & { readonly text?: TextRef } {
  return text === undefined ? stepOf(event) : { ...stepOf(event), text };
}
