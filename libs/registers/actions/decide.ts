import {
  isCivilDate,
  isDated,
  isItemNumber,
  isRestricted,
  OFFICIAL_OPEN,
  stricter,
  type CivilDate,
  type Decision,
  type DecisionContext,
  type Draft,
  type JsonObject,
  type JsonValue,
  type Marking,
  type ReferenceWanted,
  type Refusal,
} from '../../ledger/index.ts';
import type {
  ActionCommand,
  AddActionEvidence,
  ConvertAction,
  DeferAction,
  DueInput,
  ExtendActionDueDate,
  GiveActionUpdate,
  MergeAction,
  RaiseAction,
  ReassignAction,
  ReportActionComplete,
  SupersedeAction,
} from './commands.ts';
import { isDigest } from './correctable.ts';
import type { ActionOwnEvent, Due } from './events.ts';
import { actionIn, isKnownBody, isKnownPost, meetingIn, type MeetingLink } from './links.ts';
import { dueDateOf } from './overdue.ts';
import { refuse, type ActionRefusal } from './refusals.ts';
import { inWords, isAmbiguous, isOpen, mayFollow, type ActionState, type RaisedAction } from './state.ts';

/**
 * Either what is to be recorded, or why not.
 *
 * The state of the action is asked first, so that nobody is sent to mend an input which could never be taken. `refusals.ts`
 * lists the order of all checks.
 */
export function decide(state: ActionState, command: ActionCommand, context: DecisionContext): Decision {
  const illegal = mayFollow(state, context.wouldBe(EVENT_OF[command.type]));
  if (illegal !== null) return { refusal: illegal };
  if (command.type === 'RaiseAction') return raiseAction(command, context);
  // `mayFollow` has refused every other command to an action that was not raised.
  const action = state as RaisedAction;
  switch (command.type) {
    case 'AgreeAction':
      return agreeAction();
    case 'GiveActionUpdate':
      return giveActionUpdate(command);
    case 'AddActionEvidence':
      return addActionEvidence(command);
    case 'ReportActionComplete':
      return reportActionComplete(command);
    case 'ReturnAction':
      return returnAction(context);
    case 'SignOffAction':
      return signOffAction();
    case 'ReassignAction':
      return reassignAction(action, command, context);
    case 'ExtendActionDueDate':
      return extendActionDueDate(action, command, context);
    case 'DeferAction':
      return deferAction(action, command, context);
    case 'ConvertAction':
      return convertAction(command);
    case 'MergeAction':
      return mergeAction(action, command, context);
    case 'SupersedeAction':
      return supersedeAction(action, command, context);
    case 'WithdrawAction':
      return withdrawAction(context);
    case 'ReopenAction':
      return reopenAction(context);
  }
}

/** The one event that each command leads to. */
const EVENT_OF: { readonly [type in ActionCommand['type']]: ActionOwnEvent['type'] } = {
  RaiseAction: 'ActionRaised',
  AgreeAction: 'ActionAgreed',
  GiveActionUpdate: 'UpdateGiven',
  AddActionEvidence: 'EvidenceAdded',
  ReportActionComplete: 'ActionReportedComplete',
  ReturnAction: 'ActionReturned',
  SignOffAction: 'ActionSignedOff',
  ReassignAction: 'ActionReassigned',
  ExtendActionDueDate: 'DueDateExtended',
  DeferAction: 'ActionDeferred',
  ConvertAction: 'ActionConverted',
  MergeAction: 'ActionMerged',
  SupersedeAction: 'ActionSuperseded',
  WithdrawAction: 'ActionWithdrawn',
  ReopenAction: 'ActionReopened',
};

function raiseAction(command: RaiseAction, context: DecisionContext): Decision {
  const { title, item, owner, organisation, priority, due = {} } = command;
  const { links, effectiveOn, imported } = context;
  if (isBlank(title)) return no('TITLE_NEEDED', 'title');
  if (item !== undefined && !isItemNumber(item)) return no('INVALID_ITEM', 'item');
  if (command.meeting === undefined && command.body === undefined) return no('NEEDS_MEETING_OR_BODY', 'meeting');
  const refusal = whyNotDue(due);
  if (refusal !== null) return { refusal };

  const meeting = command.meeting === undefined ? null : meetingIn(links, command.meeting);
  if (command.meeting !== undefined && meeting === null)
    return no('UNKNOWN_MEETING', 'meeting', { meeting: command.meeting });
  const unknown = whyNotMeeting(due.meeting, 'due.meeting', context);
  if (unknown !== null) return { refusal: unknown };
  if (meeting?.status === 'CANCELLED') return no('MEETING_CANCELLED', 'meeting', { meeting: meeting.ref });
  if (command.body !== undefined && !isKnownBody(links, command.body))
    return no('UNKNOWN_BODY', 'body', { body: command.body });
  if (meeting !== null && command.body !== undefined && meeting.body !== command.body)
    return no('OTHER_BODY', 'body', { meeting: meeting.ref, body: meeting.body });
  if (owner !== undefined && !isKnownPost(links, owner)) return no('UNKNOWN_POST', 'owner', { post: owner });
  // What a paper prints is held as it was printed, even where it cannot be.
  const dueOn = dueDay(factsOfDue(due), context);
  if (dueOn !== null && dueOn < effectiveOn && !imported)
    return no('DUE_BEFORE_RAISED', fieldOfDue(due), { due: dueOn, raised: effectiveOn });

  const body = meeting?.body ?? command.body!;
  const marking = markingOf(meeting, context);
  const draft = {
    type: 'ActionRaised',
    facts: present({ body, meeting: command.meeting, item, owner, organisation, priority, due: dueIfAny(due) }),
    texts: { title, phrase: wordsIn(due.phrase) },
    ...(isRestricted(marking) ? { marking } : {}),
  };
  return { events: [draft], reference: referenceWanted(body, meeting, marking, context) };
}

function agreeAction(): Decision {
  return record('ActionAgreed');
}

function giveActionUpdate({ text }: GiveActionUpdate): Decision {
  if (isBlank(text)) return no('UPDATE_NEEDED', 'text');
  return record('UpdateGiven', {}, { update: text });
}

function addActionEvidence({ title, fileName, sha256 }: AddActionEvidence): Decision {
  if (isBlank(title)) return no('TITLE_NEEDED', 'title');
  const digest = sha256?.toLowerCase();
  if (digest !== undefined && !isDigest(digest)) return no('INVALID_DIGEST', 'sha256');
  return record('EvidenceAdded', {}, { title, fileName: wordsIn(fileName), sha256: digest });
}

function reportActionComplete({ text, evidence }: ReportActionComplete): Decision {
  return record('ActionReportedComplete', {}, { report: wordsIn(text), evidence: wordsIn(evidence) });
}

function returnAction(context: DecisionContext): Decision {
  return lacksReason(context) ? no('RETURN_NEEDS_REASON', 'reason') : record('ActionReturned');
}

/** Who may sign off or convert, and on what authority, `mayFollow` has asked. */
function signOffAction(): Decision {
  return record('ActionSignedOff');
}

function reassignAction(action: RaisedAction, { owner }: ReassignAction, { links }: DecisionContext): Decision {
  if (!isKnownPost(links, owner)) return no('UNKNOWN_POST', 'owner', { post: owner });
  if (owner === action.owner) return no('NOTHING_CHANGES', 'owner');
  return record('ActionReassigned', { owner });
}

function extendActionDueDate(action: RaisedAction, { due }: ExtendActionDueDate, context: DecisionContext): Decision {
  if (lacksReason(context)) return no('EXTENSION_NEEDS_REASON', 'reason');
  if (dueIfAny(due) === undefined) return no('DUE_NEEDED', 'due');
  const refusal = whyNotDue(due) ?? whyNotMeeting(due.meeting, 'due.meeting', context);
  if (refusal !== null) return { refusal };
  const current = dueDay(action.due.current, context);
  const wanted = dueDay(factsOfDue(due), context);
  // Without both days (a meeting that is cancelled, or whose day is not known) only the same meeting is certainly no extension.
  const isSameMeeting = due.meeting !== undefined && due.meeting === action.due.current?.meeting;
  if (isSameMeeting || (current !== null && wanted !== null && wanted <= current))
    return no('NOT_AN_EXTENSION', fieldOfDue(due), { current: current ?? action.due.current?.meeting ?? '' });
  return record('DueDateExtended', { due: factsOfDue(due) }, { phrase: wordsIn(due.phrase) });
}

function deferAction(
  action: RaisedAction,
  { meeting, until, phrase }: DeferAction,
  context: DecisionContext,
): Decision {
  if (lacksReason(context)) return no('DEFERRAL_NEEDS_REASON', 'reason');
  if (meeting !== undefined && until !== undefined) return no('DEFERRAL_AMBIGUOUS', 'until');
  if (until !== undefined && !isCivilDate(until)) return no('INVALID_DATE', 'until');
  const refusal = whyNotMeeting(meeting, 'meeting', context);
  if (refusal !== null) return { refusal };
  const { effectiveOn, imported } = context;
  if (until !== undefined && until < effectiveOn && !imported)
    return no('DEFERRED_TO_THE_PAST', 'until', { until, deferred: effectiveOn });
  const { deferred } = action;
  if (
    deferred !== undefined &&
    deferred.meeting === meeting &&
    deferred.until === until &&
    wordsIn(phrase) === undefined
  )
    return no('NOTHING_CHANGES');
  return record('ActionDeferred', { meeting, until }, { phrase: wordsIn(phrase) });
}

function convertAction({ into, item }: ConvertAction): Decision {
  return record('ActionConverted', { into }, { item: wordsIn(item) });
}

function mergeAction(action: RaisedAction, { into }: MergeAction, context: DecisionContext): Decision {
  if (lacksReason(context)) return no('MERGER_NEEDS_REASON', 'reason');
  const refusal = whyNotGoOnAs(action, into, 'into', context);
  return refusal === null ? record('ActionMerged', { into }) : { refusal };
}

function supersedeAction(action: RaisedAction, { supersededBy }: SupersedeAction, context: DecisionContext): Decision {
  if (lacksReason(context)) return no('SUPERSESSION_NEEDS_REASON', 'reason');
  const refusal = whyNotGoOnAs(action, supersededBy, 'supersededBy', context);
  return refusal === null ? record('ActionSuperseded', { by: supersededBy }) : { refusal };
}

function withdrawAction(context: DecisionContext): Decision {
  return lacksReason(context) ? no('WITHDRAWAL_NEEDS_REASON', 'reason') : record('ActionWithdrawn');
}

function reopenAction(context: DecisionContext): Decision {
  return lacksReason(context) ? no('REOPENING_NEEDS_REASON', 'reason') : record('ActionReopened');
}

/** A paper that gives no reason is held without one: the paper answers for it. */
function lacksReason({ envelope, imported }: DecisionContext): boolean {
  return !imported && isBlank(envelope.reason);
}

/** Is this a due date at all, and only one? */
function whyNotDue(due: DueInput): Refusal | null {
  if (isAmbiguous(factsOfDue(due))) return refuse('DUE_AMBIGUOUS', { field: 'due' });
  if (due.on !== undefined && !isCivilDate(due.on)) return refuse('INVALID_DATE', { field: 'due.on' });
  if (due.dated !== undefined && !isDated({ ...due.dated })) return refuse('INVALID_DATE', { field: 'due.dated' });
  return null;
}

function whyNotMeeting(meeting: string | undefined, field: string, { links }: DecisionContext): Refusal | null {
  if (meeting === undefined || meetingIn(links, meeting) !== null) return null;
  return refuse('UNKNOWN_MEETING', { field, values: { meeting } });
}

/** May the action go on in that other one? */
function whyNotGoOnAs(action: RaisedAction, ref: string, field: string, { links }: DecisionContext): Refusal | null {
  if (ref === action.ref) return refuse('SAME_ACTION', { field, values: { ref } });
  const other = actionIn(links, ref);
  if (other === null) return refuse('UNKNOWN_ACTION', { field, values: { action: ref } });
  if (isOpen(other.status)) return null;
  return refuse('OTHER_ACTION_CLOSED', { field, values: { action: ref, status: inWords(other.status) } });
}

function dueDay(due: Due | undefined, { links }: DecisionContext): CivilDate | null {
  return dueDateOf(due, (ref) => meetingIn(links, ref));
}

function factsOfDue({ on, dated, meeting }: DueInput): Due {
  return present({ on, dated: dated === undefined ? undefined : present({ ...dated }), meeting });
}

/** Absent when only words say when it is due. */
function dueIfAny(due: DueInput): Due | undefined {
  const facts = factsOfDue(due);
  return Object.keys(facts).length === 0 ? undefined : facts;
}

function fieldOfDue(due: DueInput): string {
  return due.on !== undefined ? 'due.on' : due.dated !== undefined ? 'due.dated' : 'due.meeting';
}

/** What arises from a meeting is as restricted as its marking and its session are then, whatever else the command says. */
function markingOf(meeting: MeetingLink | null, { envelope, links }: DecisionContext): Marking {
  const asked = envelope.marking ?? OFFICIAL_OPEN;
  if (meeting === null) return asked;
  const marked = links.markingOf('meetings', meeting.ref) ?? OFFICIAL_OPEN;
  return stricter(asked, stricter(marked, { ...OFFICIAL_OPEN, session: meeting.session }));
}

/**
 * The month is that of the meeting's reference, which stays when the meeting moves; without a meeting, that of the day on
 * which the action was raised. Numbers would tell how many closed actions there are, so those end in random characters.
 */
function referenceWanted(
  body: string,
  meeting: MeetingLink | null,
  marking: Marking,
  { effectiveOn }: DecisionContext,
): ReferenceWanted {
  const month = meeting === null ? undefined : /-(\d{4}-\d{2})(?:-|$)/.exec(meeting.ref)?.[1];
  const series = `${body}-${month ?? effectiveOn.slice(0, 7)}`;
  return { series, stem: `${series}-A`, style: isRestricted(marking) ? 'RANDOM' : 'NEXT' };
}

function record(
  type: ActionOwnEvent['type'],
  facts: { readonly [field: string]: JsonValue | undefined } = {},
  texts: Draft['texts'] = {},
): Decision {
  return { events: [{ type, facts: present(facts), texts }] };
}

function no(code: ActionRefusal, field?: string, values?: Record<string, string | number>): Decision {
  return {
    refusal: refuse(code, { ...(field === undefined ? {} : { field }), ...(values === undefined ? {} : { values }) }),
  };
}

/** Without the members that are undefined: a fact is there or it is not. */
function present<Facts extends JsonObject>(facts: { readonly [field: string]: JsonValue | undefined }): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

function wordsIn(text: string | undefined): string | undefined {
  return isBlank(text) ? undefined : text;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
