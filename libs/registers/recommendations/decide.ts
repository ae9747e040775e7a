import { isOwnedAlike, ownersOf } from '../../access/index.ts';
import {
  draft,
  type Due,
  dueDateOf,
  type DueInput,
  heldDue,
  ifItMay,
  isBlank,
  Named,
  record,
} from '../../declarations/index.ts';
import {
  isRestricted,
  numberedIn,
  OFFICIAL_OPEN,
  stricter,
  type CivilDate,
  type Decision,
  type DecisionContext,
  type Draft,
  type Refusal,
} from '../../ledger/index.ts';
import { inForceOn, levelOf } from '../../rules/index.ts';
import { standingAt } from './closing.ts';
import type {
  AcceptRecommendationRisk,
  AllocateRecommendation,
  AnswerRecommendation,
  GrantRecommendationExtension,
  MakeRecommendation,
  MoveRecommendationDueDate,
  RecommendationCommand,
  RequestRecommendationExtension,
  SayOwnerWord,
  SupersedeRecommendation,
} from './commands.ts';
import * as Event from './events.ts';
import { asksWhetherClosed, markingsOf, meetingIn, recommendationIn, routesIn, scaleIn } from './links.ts';
import { no, refuse } from './refusals.ts';
import { inWords, mayFollow, type MadeRecommendation, type RecommendationState } from './state.ts';

/**
 * Either what is to be recorded, or why not: what recommendations alone know. `decideCommand` (`libs/declarations`) has asked whether the
 * input is sound, the event may follow, a reason is given where one is needed, and whatever the command names is there.
 */
export function decide(state: RecommendationState, command: RecommendationCommand, context: DecisionContext): Decision {
  if (command.type === 'MakeRecommendation') return make(command, context);
  // `mayFollow` has refused every other command to a recommendation that was not made.
  return decideOn(state as MadeRecommendation, command, context);
}

/** What is closed has no date to be moved and ends no other way; what is not is judged and opened by nobody. By the route in force that day. */
export function whyNotNow(
  state: RecommendationState,
  { type }: Pick<RecommendationCommand, 'type'>,
  { links, effectiveOn }: DecisionContext,
): Refusal | null {
  if (state.status === 'NOT_MADE' || !asksWhetherClosed(type)) return null;
  const { ref, ended } = state;
  const { status } = standingAt(state, routesIn(links, state), effectiveOn);
  const isClosed = status === 'CLOSED';
  if (type === 'JudgeRecommendationOutcome') return isClosed ? null : refuse('NOT_CLOSED_YET', { values: { ref } });
  if (type !== 'ReopenRecommendation') return isClosed ? refuse('RECOMMENDATION_CLOSED', { values: { ref } }) : null;
  if (isClosed || status === 'RISK_ACCEPTED' || ended !== undefined) return null;
  return refuse('NOTHING_TO_REOPEN', { values: { ref, status: inWords(status) } });
}

function decideOn(
  made: MadeRecommendation,
  command: Exclude<RecommendationCommand, MakeRecommendation>,
  context: DecisionContext,
): Decision {
  switch (command.type) {
    case 'AnswerRecommendation':
      return answer(command, context);
    case 'AllocateRecommendation':
      return allocate(made, command);
    case 'GradeRecommendation': {
      const graded = gradedBy(command.rule, command.level, null, context);
      return 'refusal' in graded ? graded : record(graded);
    }
    case 'UpdateRecommendation':
      return record(draft(Event.RecommendationUpdated, { texts: { update: command.text } }));
    case 'AddRecommendationEvidence': {
      const { title, fileName, sha256, cites, citesVersion } = command;
      const texts = { title, fileName, sha256: sha256?.toLowerCase() };
      return (
        whyNotVersion(command, context) ??
        record(draft(Event.RecommendationEvidenced, { facts: { cites, citesVersion }, texts }))
      );
    }
    case 'RequestRecommendationExtension':
      return requestExtension(made, command, context);
    case 'GrantRecommendationExtension':
      return grantExtension(made, command, context);
    case 'RefuseRecommendationExtension':
      return record(draft(Event.ExtensionRefused));
    case 'MoveRecommendationDueDate':
      return moveDueDate(made, command, context);
    case 'SayOwnerWord':
      return whyNotVersion(command, context) ?? record(draft(Event.OwnerWordSaid, wordOf(command)));
    case 'SayOfficeWord':
      return whyNotVersion(command, context) ?? record(draft(Event.OfficeWordSaid, wordOf(command)));
    case 'SayAuditorWord':
      return whyNotVersion(command, context) ?? record(draft(Event.AuditorWordSaid, wordOf(command)));
    case 'SayOriginatorWord':
      return whyNotVersion(command, context) ?? record(draft(Event.OriginatorWordSaid, wordOf(command)));
    case 'ClaimRecommendationShare':
      return record(draft(Event.ShareClaimed, { facts: { share: command.share }, texts: { text: command.text } }));
    case 'JudgeRecommendationOutcome': {
      const { outcome, cites, citesVersion, text, evidence } = command;
      const judged = draft(Event.OutcomeJudged, { facts: { outcome, cites, citesVersion }, texts: { text, evidence } });
      return whyNotVersion(command, context) ?? record(judged);
    }
    case 'AcceptRecommendationRisk':
      return acceptRisk(made, command, context);
    case 'SupersedeRecommendation':
      return supersede(made, command, context);
    case 'DeclineRecommendation':
      return record(draft(Event.RecommendationNotAdopted));
    case 'RemoveRecommendation':
      return record(draft(Event.RecommendationRemoved, { facts: { agreedBy: command.agreedBy } }));
    case 'ReopenRecommendation':
      return record(draft(Event.RecommendationReopened));
  }
}

/**
 * What is published in a hidden document, or is part of a hidden cause of concern, is as hidden as that is when it is recorded.
 */
function make(command: MakeRecommendation, context: DecisionContext): Decision {
  const { body, originator, kind, title, words, publication, item, partOf, addressedTo, owner, owners, dueSetBy } =
    command;
  const { envelope, effectiveOn, imported, links } = context;
  if (partOf !== undefined && !isCause(recommendationIn(links, partOf).kind))
    return no('PART_OF_NO_CAUSE', 'partOf', { recommendation: partOf });
  const due = heldDue(command.due);
  // What a paper prints is held as it was printed, even where it cannot be.
  const dueOn = dueDay(due, context);
  if (dueOn !== null && dueOn < effectiveOn && !imported)
    return no('DUE_BEFORE_MADE', anchorIn(command.due), { due: dueOn, made: effectiveOn });
  if (dueSetBy !== undefined && due === undefined) return no('DATE_NEEDED', 'due');

  const from = markingsOf(links, {
    ...(publication === undefined ? {} : { publication }),
    ...(partOf === undefined ? {} : { partOf }),
  });
  const marking = from.reduce(stricter, envelope.marking ?? OFFICIAL_OPEN);
  const levels: Draft[] = [];
  for (const [rule, level, kind, field] of [
    [command.priorityRule, command.priority, 'PRIORITY_SCALE', 'priority'],
    [command.gradeRule, command.grade, 'GRADE_SCALE', 'grade'],
  ] as const) {
    if (rule === undefined && level === undefined) continue;
    if (rule === undefined || level === undefined)
      return no('LEVEL_NEEDED', level === undefined ? field : `${field}Rule`);
    const graded = gradedBy(rule, level, kind, context, field);
    if ('refusal' in graded) return graded;
    levels.push(graded);
  }
  const { number } = command;
  const name = number === undefined || isBlank(number) ? [] : [draft(Named, { texts: { name: number } })];
  const made = draft(Event.RecommendationMade, {
    facts: {
      body,
      originator,
      kind,
      publication,
      item,
      partOf,
      addressedTo,
      owner,
      owners: owners === undefined ? undefined : [...owners],
      due,
      dueSetBy,
    },
    texts: { title, words, phrase: command.due?.phrase },
    marking: isRestricted(marking) ? marking : undefined,
  });
  const reference = numberedIn(`${body}-${effectiveOn.slice(0, 7)}`, 'R', marking);
  // What is hidden is so with its number and its level.
  const beside = [...levels, ...name].map((one) => (made.marking === undefined ? one : { ...one, marking }));
  return { events: [made, ...beside], reference };
}

/** The level by the version of the scale in force that day; or why not. `kind`: the sort of scale that it must be. */
function gradedBy(
  ref: string,
  level: string,
  kind: 'PRIORITY_SCALE' | 'GRADE_SCALE' | null,
  { links, effectiveOn }: DecisionContext,
  field = '',
): Draft | { readonly refusal: Refusal } {
  const [ruleField, levelField] = field === '' ? ['rule', 'level'] : [`${field}Rule`, field];
  const rule = scaleIn(links, ref);
  const isScale = kind === null ? rule.kind === 'PRIORITY_SCALE' || rule.kind === 'GRADE_SCALE' : rule.kind === kind;
  if (!isScale) return no('NO_SUCH_SCALE', ruleField, { rule: ref });
  const version = inForceOn(rule, effectiveOn);
  if (version === null) return no('SCALE_NOT_IN_FORCE', ruleField, { rule: ref, on: effectiveOn });
  if (levelOf(version.content, level) === null)
    return no('UNKNOWN_LEVEL', levelField, { rule: ref, version: version.version, level });
  const scale = rule.kind === 'PRIORITY_SCALE' ? 'PRIORITY' : 'GRADE';
  return draft(Event.RecommendationGraded, { facts: { scale, rule: ref, version: version.version, level } });
}

function isCause(kind: MadeRecommendation['kind']): boolean {
  return kind === 'CAUSE_OF_CONCERN' || kind === 'ACCELERATED_CAUSE_OF_CONCERN';
}

/** What is not accepted whole says why; only a paper need not. */
function answer({ response, otherBody, answer: words }: AnswerRecommendation, context: DecisionContext): Decision {
  const isSaidWhy = response === 'DEPENDENT' && otherBody !== undefined;
  if (response !== 'ACCEPTED' && !isSaidWhy && isBlank(context.envelope.reason) && !context.imported)
    return no('RESPONSE_NEEDS_REASON', 'reason');
  if (otherBody !== undefined && response !== 'DEPENDENT') return no('NOT_DEPENDENT', 'otherBody');
  return record(draft(Event.RecommendationAnswered, { facts: { response, otherBody }, texts: { answer: words } }));
}

function allocate(made: MadeRecommendation, { owner, owners = [] }: AllocateRecommendation): Decision {
  if (isOwnedAlike(ownersOf(made), ownersOf({ owner, owners }))) return no('NOTHING_CHANGES', 'owner');
  const others = owners.length === 0 ? undefined : [...owners];
  return record(draft(Event.RecommendationAllocated, { facts: { owner, owners: others } }));
}

function requestExtension(
  made: MadeRecommendation,
  command: RequestRecommendationExtension,
  context: DecisionContext,
): Decision {
  const due = heldDue(command.due)!;
  return (
    whyNotLater(made, due, command.due, context) ??
    record(draft(Event.ExtensionRequested, { facts: { due }, texts: { phrase: command.due.phrase } }))
  );
}

/** Granted as it was asked for, unless another date is given. The words of the date that was asked for stay with the request. */
function grantExtension(
  made: MadeRecommendation,
  command: GrantRecommendationExtension,
  context: DecisionContext,
): Decision {
  const due = heldDue(command.due) ?? made.asked!.due;
  return (
    whyNotLater(made, due, command.due, context) ??
    record(draft(Event.ExtensionGranted, { facts: { due }, texts: { phrase: command.due?.phrase } }))
  );
}

function moveDueDate(made: MadeRecommendation, command: MoveRecommendationDueDate, context: DecisionContext): Decision {
  const due = heldDue(command.due)!;
  const { current } = made.due;
  const [was, is] = [dueDay(current, context), dueDay(due, context)];
  const isSameMeeting = due.meeting !== undefined && due.meeting === current?.meeting;
  if (isSameMeeting || (was !== null && was === is)) return no('NOTHING_CHANGES', anchorIn(command.due));
  const { dueSetBy } = command;
  return record(
    draft(Event.RecommendationDueDateMoved, { facts: { due, dueSetBy }, texts: { phrase: command.due.phrase } }),
  );
}

/** An extension is later than the date that stands. Without both days only the same meeting is certainly none. */
function whyNotLater(
  { due: { current } }: MadeRecommendation,
  due: Due,
  given: DueInput | undefined,
  context: DecisionContext,
): Decision | null {
  const [was, is] = [dueDay(current, context), dueDay(due, context)];
  const isSameMeeting = due.meeting !== undefined && due.meeting === current?.meeting;
  if (!isSameMeeting && (was === null || is === null || is > was)) return null;
  return no('NOT_AN_EXTENSION', given === undefined ? undefined : anchorIn(given), {
    current: was ?? current?.meeting ?? '',
  });
}

function wordOf({ word, text, evidence, cites, citesVersion }: Omit<SayOwnerWord, 'type'>) {
  return { facts: { word, cites, citesVersion }, texts: { text, evidence } };
}

function acceptRisk(made: MadeRecommendation, { until }: AcceptRecommendationRisk, context: DecisionContext): Decision {
  if (until === undefined && !context.imported) return no('UNTIL_NEEDED', 'until');
  const accepted = draft(Event.RiskAccepted, { facts: { until } });
  return ifItMay(mayFollow, made, accepted, context);
}

function supersede(
  made: MadeRecommendation,
  { supersededBy, supersededIn }: SupersedeRecommendation,
  context: DecisionContext,
): Decision {
  const superseded = draft(Event.RecommendationSuperseded, { facts: { supersededBy, supersededIn } });
  return ifItMay(mayFollow, made, superseded, context);
}

function whyNotVersion(
  { cites, citesVersion }: { readonly cites?: string; readonly citesVersion?: string },
  { links }: DecisionContext,
): Decision | null {
  const versions = cites === undefined ? [] : links.versionsOf('documents', cites);
  if (citesVersion === undefined || versions.includes(citesVersion)) return null;
  return no('UNKNOWN_VERSION', 'citesVersion', { version: citesVersion });
}

function dueDay(due: Due | undefined, { links }: DecisionContext): CivilDate | null {
  return dueDateOf(due, (ref) => meetingIn(links, ref));
}

function anchorIn(due: DueInput | undefined): string {
  return due?.on !== undefined ? 'due.on' : due?.dated !== undefined ? 'due.dated' : 'due.meeting';
}
