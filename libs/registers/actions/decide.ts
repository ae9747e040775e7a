import { heldOwners, isOwnedAlike, ownersOf } from '../../access/index.ts';
import {
  draft,
  type Due,
  dueDateOf,
  type DueInput,
  heldDue,
  isBlank,
  Linked,
  record,
} from '../../declarations/index.ts';
import {
  asOfSession,
  isRestricted,
  numberedIn,
  OFFICIAL_OPEN,
  stricter,
  type CivilDate,
  type Decision,
  type DecisionContext,
  type EventId,
  type Marking,
  type ReferenceWanted,
} from '../../ledger/index.ts';
import type {
  ActionCommand,
  AddActionEvidence,
  DeferAction,
  ExtendActionDueDate,
  MergeAction,
  RaiseAction,
  ReassignAction,
  SignOffAction,
  SupersedeAction,
} from './commands.ts';
import * as Event from './events.ts';
import { actionIn, decisionIn, isOpenedBy, meetingIn, minuteIn, type DecisionLink, type MeetingLink } from './links.ts';
import { no } from './refusals.ts';
import { inWords, isOpen, type ActionState, type RaisedAction } from './state.ts';

/**
 * Either what is to be recorded, or why not: what actions alone know. `decideCommand` (`libs/declarations`) has asked whether the input
 * is sound, the event may follow, a reason is given where one is needed, and whatever the command names is there.
 */
export function decide(state: ActionState, command: ActionCommand, context: DecisionContext): Decision {
  if (command.type === 'RaiseAction') return raiseAction(command, context);
  // `mayFollow` has refused every other command to an action that was not raised.
  const action = state as RaisedAction;
  switch (command.type) {
    case 'AgreeAction':
      return record(draft(Event.ActionAgreed));
    case 'GiveActionUpdate':
      return record(draft(Event.UpdateGiven, { texts: { update: command.text } }));
    case 'AddActionEvidence':
      return addActionEvidence(command, context);
    case 'ReportActionComplete':
      return record(
        draft(Event.ActionReportedComplete, { texts: { report: command.text, evidence: command.evidence } }),
      );
    case 'ReturnAction':
      return record(draft(Event.ActionReturned));
    case 'SignOffAction':
      return signOffAction(action, command, context);
    case 'ReassignAction':
      return reassignAction(action, command);
    case 'ExtendActionDueDate':
      return extendActionDueDate(action, command, context);
    case 'DeferAction':
      return deferAction(action, command, context);
    case 'ConvertAction':
      return record(draft(Event.ActionConverted, { facts: { into: command.into }, texts: { item: command.item } }));
    case 'MergeAction':
      return mergeAction(action, command, context);
    case 'SupersedeAction':
      return supersedeAction(action, command, context);
    case 'WithdrawAction':
      return record(draft(Event.ActionWithdrawn));
    case 'ReopenAction':
      return record(draft(Event.ActionReopened));
  }
}

function raiseAction(command: RaiseAction, context: DecisionContext): Decision {
  const { title, item, organisation, priority, raisedBy, occasion, keepsPromise, causedBy } = command;
  const { links, effectiveOn, imported } = context;
  const meeting = command.meeting === undefined ? null : meetingIn(links, command.meeting);
  if (meeting?.status === 'CANCELLED') return no('MEETING_CANCELLED', 'meeting', { meeting: meeting.ref });
  if (meeting !== null && command.body !== undefined && meeting.body !== command.body)
    return no('OTHER_BODY', 'body', { meeting: meeting.ref, body: meeting.body });
  const decision = command.decision === undefined ? null : decisionIn(links, command.decision);
  if (meeting !== null && decision !== null) return no('ORIGIN_AMBIGUOUS', 'decision');
  if (decision !== null && command.body !== undefined && decision.body !== command.body)
    return no('NOT_OF_THAT_BODY', 'body', { decision: decision.ref, body: decision.body });
  const unfounded = whyNotOpenedBy(command, decision) ?? whyNotRaisedSo(command, meeting);
  if (unfounded !== null) return unfounded;
  const due = heldDue(command.due);
  // What a paper prints is held as it was printed, even where it cannot be.
  const dueOn = dueDay(due, context);
  if (dueOn !== null && dueOn < effectiveOn && !imported)
    return no('DUE_BEFORE_RAISED', anchorIn(command.due), { due: dueOn, raised: effectiveOn });

  const body = meeting?.body ?? decision?.body ?? command.body!;
  const marking =
    decision === null ? markingOf(meeting, keepsPromise, context) : asHiddenAs(decision, causedBy, context);
  // What came of a decision by its reference was raised by it.
  const isSaid = raisedBy !== 'MEETING' && (raisedBy !== 'DECISION' || decision === null);
  const raised = draft(Event.ActionRaised, {
    facts: {
      ...{ body, meeting: command.meeting, item, keepsPromise, decision: command.decision, causedBy },
      ...{ organisation, priority, due, raisedBy: isSaid ? raisedBy : undefined, ...heldOwners(command) },
    },
    texts: { title, phrase: command.due?.phrase, occasion },
    marking: isRestricted(marking) ? marking : undefined,
  });
  const follows =
    command.followsFrom === undefined
      ? []
      : [draft(Linked, { facts: { to: command.followsFrom, as: 'FOLLOWS_FROM' } })];
  return { events: [raised, ...follows], reference: referenceWanted(body, meeting ?? decision, marking, context) };
}

/** What raised it is said in one way: a meeting by its reference, all else in words where there is no meeting to ask. */
function whyNotRaisedSo(
  { raisedBy, occasion, keepsPromise: promise, decision }: RaiseAction,
  meeting: MeetingLink | null,
): Decision | null {
  if (raisedBy === 'MEETING' && meeting === null) return no('NEEDS_MEETING', 'meeting');
  const isOutside = raisedBy !== undefined && raisedBy !== 'MEETING';
  const isByReference = raisedBy === 'DECISION' && decision !== undefined;
  if (isOutside && meeting === null && !isByReference && isBlank(occasion)) return no('NEEDS_OCCASION', 'occasion');
  if (!isOutside && !isBlank(occasion)) return no('OCCASION_OF_NOTHING', 'raisedBy');
  if (promise === undefined) return null;
  if (meeting === null) return no('PROMISE_NEEDS_MEETING', 'meeting');
  const minute = minuteIn(meeting, promise);
  if (minute === undefined) return no('PROMISE_NOT_MINUTED', 'keepsPromise', { meeting: meeting.ref });
  return minute.promise ? null : no('NOT_A_PROMISE', 'keepsPromise');
}

/** What opens it is an entry of the decision that is named, which opens an action. */
function whyNotOpenedBy({ causedBy }: RaiseAction, decision: DecisionLink | null): Decision | null {
  if (causedBy === undefined) return null;
  return decision !== null && isOpenedBy(decision, causedBy) ? null : no('UNKNOWN_CAUSE', 'causedBy');
}

function addActionEvidence(command: AddActionEvidence, { links }: DecisionContext): Decision {
  const { title, fileName, sha256, cites, citesVersion } = command;
  const versions = cites === undefined ? [] : links.versionsOf('documents', cites);
  if (citesVersion !== undefined && !versions.includes(citesVersion))
    return no('UNKNOWN_VERSION', 'citesVersion', { version: citesVersion });
  const texts = { title, fileName, sha256: sha256?.toLowerCase() };
  return record(draft(Event.EvidenceAdded, { facts: { cites, citesVersion }, texts }));
}

/**
 * Who may sign off, and on what authority, `mayFollow` has asked. What remains is raised before: whatever comes between, a condition is never
 * lost.
 */
function signOffAction(
  action: RaisedAction,
  { remaining = [] }: SignOffAction,
  { effectiveOn, imported }: DecisionContext,
): Decision {
  const late = remaining.findIndex(({ due }) => due !== undefined && due < effectiveOn);
  if (late >= 0 && !imported)
    return no('DUE_BEFORE_RAISED', `remaining.${late}.due`, { due: remaining[late]!.due!, raised: effectiveOn });
  const first = remaining.map(({ title, owner, due }): RaiseAction => ({
    type: 'RaiseAction',
    body: action.body,
    title,
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due: { on: due } }),
    followsFrom: action.ref,
  }));
  return { ...record(draft(Event.ActionSignedOff)), ...(first.length === 0 ? {} : { first }) };
}

function reassignAction(action: RaisedAction, command: ReassignAction): Decision {
  if (isOwnedAlike(ownersOf(action), ownersOf(command))) return no('NOTHING_CHANGES', 'owner');
  const facts = { owner: command.owner, owners: heldOwners(command).owners };
  return record(draft(Event.ActionReassigned, { facts }));
}

function extendActionDueDate(action: RaisedAction, command: ExtendActionDueDate, context: DecisionContext): Decision {
  const due = heldDue(command.due)!;
  const current = dueDay(action.due.current, context);
  const wanted = dueDay(due, context);
  // Without both days (a meeting that is cancelled, or whose day is not known) only the same meeting is certainly no extension.
  const isSameMeeting = due.meeting !== undefined && due.meeting === action.due.current?.meeting;
  if (isSameMeeting || (current !== null && wanted !== null && wanted <= current))
    return no('NOT_AN_EXTENSION', anchorIn(command.due), { current: current ?? action.due.current?.meeting ?? '' });
  return record(draft(Event.DueDateExtended, { facts: { due }, texts: { phrase: command.due.phrase } }));
}

function deferAction(
  { deferred }: RaisedAction,
  { meeting, until, phrase }: DeferAction,
  { effectiveOn, imported }: DecisionContext,
): Decision {
  if (until !== undefined && until < effectiveOn && !imported)
    return no('DEFERRED_TO_THE_PAST', 'until', { until, deferred: effectiveOn });
  if (deferred !== undefined && deferred.meeting === meeting && deferred.until === until && isBlank(phrase))
    return no('NOTHING_CHANGES');
  return record(draft(Event.ActionDeferred, { facts: { meeting, until }, texts: { phrase } }));
}

function mergeAction(action: RaisedAction, { into }: MergeAction, context: DecisionContext): Decision {
  return whyNotGoOnAs(action, into, 'into', context) ?? record(draft(Event.ActionMerged, { facts: { into } }));
}

function supersedeAction(
  action: RaisedAction,
  { supersededBy: by }: SupersedeAction,
  context: DecisionContext,
): Decision {
  return whyNotGoOnAs(action, by, 'supersededBy', context) ?? record(draft(Event.ActionSuperseded, { facts: { by } }));
}

/** May the action go on in that other one? */
function whyNotGoOnAs(action: RaisedAction, ref: string, field: string, { links }: DecisionContext): Decision | null {
  if (ref === action.ref) return no('SAME_ACTION', field, { ref });
  const { status } = actionIn(links, ref);
  return isOpen(status) ? null : no('OTHER_ACTION_CLOSED', field, { action: ref, status: inWords(status) });
}

function dueDay(due: Due | undefined, { links }: DecisionContext): CivilDate | null {
  return dueDateOf(due, (ref) => meetingIn(links, ref));
}

function anchorIn(due: DueInput | undefined): string {
  return due?.on !== undefined ? 'due.on' : due?.dated !== undefined ? 'due.dated' : 'due.meeting';
}

/**
 * What arises from a meeting is as restricted as its marking and its session are then, and what keeps a promise as the item that minuted
 * it, whatever else the command says.
 */
function markingOf(
  meeting: MeetingLink | null,
  promise: EventId | undefined,
  { envelope, links }: DecisionContext,
): Marking {
  const asked = envelope.marking ?? OFFICIAL_OPEN;
  if (meeting === null) return asked;
  const marked = links.markingOf('meetings', meeting.ref) ?? OFFICIAL_OPEN;
  const arising = asOfSession(stricter(asked, marked), meeting.session);
  const minute = promise === undefined ? undefined : minuteIn(meeting, promise);
  if (minute === undefined) return arising;
  const minuted = links.markingOf('meetings', meeting.ref, minute.event) ?? OFFICIAL_OPEN;
  return asOfSession(stricter(arising, minuted), minute.session);
}

/** What comes of a decision is as restricted as that is then, and as the entry that opens it. */
function asHiddenAs({ ref }: DecisionLink, entry: EventId | undefined, { envelope, links }: DecisionContext): Marking {
  const marked = [undefined, entry].map((event) => links.markingOf('decisions', ref, event) ?? OFFICIAL_OPEN);
  return marked.reduce(stricter, envelope.marking ?? OFFICIAL_OPEN);
}

/**
 * The month is that of the reference of the meeting or decision of which it came, which stays when a meeting moves; without either, that of the
 * day on which the action was raised.
 */
function referenceWanted(
  body: string,
  origin: MeetingLink | DecisionLink | null,
  marking: Marking,
  { effectiveOn }: DecisionContext,
): ReferenceWanted {
  const month = origin === null ? undefined : /-(\d{4}-\d{2})(?:-|$)/.exec(origin.ref)?.[1];
  const series = `${body}-${month ?? effectiveOn.slice(0, 7)}`;
  return numberedIn(series, 'A', marking);
}
