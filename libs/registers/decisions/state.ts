import { anchorsOf, present, type Due } from '../../declarations/index.ts';
import {
  isCommonFact,
  stepOf,
  unmoved,
  type Actor,
  type CivilDate,
  type EventId,
  type Refusal,
  type Step,
  type TextRef,
  type TitledAt,
} from '../../ledger/index.ts';
import { heldBasis, whyNotOnThat, type DecisionBasis } from './basis.ts';
import type { DecisionDeferred, DecisionEvent, DecisionMade, DecisionProposed } from './events.ts';
import {
  ADVICE,
  WAITED_FOR,
  type DecisionAdviceOn,
  type DecisionConditionStanding,
  type DecisionMaker,
  type DecisionOutcome,
  type DecisionPart,
  type DecisionStatus,
} from './fields.ts';
import { refuse } from './refusals.ts';

/** The latest advice on a heading; without words where papers print that it is not applicable, or a paper prints none. */
export interface Advice extends Step {
  readonly adviceOn: DecisionAdviceOn;
  readonly applies: boolean;
  readonly advice?: TextRef;
}

/** What came of it. Of one that was made: what was decided, on what basis, and what it cites. */
export interface Outcome extends Step {
  readonly how: DecisionOutcome;
  readonly decided?: TextRef;
  readonly basis?: DecisionBasis;
  readonly cites?: readonly string[];
  readonly why?: TextRef;
}

/** An action that it opens: what is to be done, by whom and when. */
export interface NamedAction extends Step {
  readonly title?: TextRef;
  readonly owner?: string;
  readonly due?: Due;
  readonly phrase?: TextRef;
}

export interface DecisionCondition extends Step {
  readonly subjectTo?: TextRef;
  readonly targetOn?: CivilDate;
  /** The post that sees to it, where it is followed as an action. */
  readonly owner?: string;
  readonly standing: DecisionConditionStanding;
  /** The latest report. */
  readonly reported?: Step & { readonly text?: TextRef };
}

/** It was put off: from when, and to when, as far as that was said. */
export interface Deferral extends Step {
  readonly from?: Due;
  readonly due?: Due;
  readonly phrase?: TextRef;
  readonly why?: TextRef;
}

/** A decision that has been proposed. Words are references to the events that hold them. */
export interface ProposedDecision {
  readonly status: DecisionStatus;
  readonly ref: string;
  readonly body: string;
  readonly maker: DecisionMaker;
  readonly title?: TextRef;
  readonly summary?: TextRef;
  readonly proposed: Step;
  /** When it is to be decided, as was said first and as was said last. */
  readonly firstDue?: Due;
  readonly due?: Due;
  readonly phrase?: TextRef;
  readonly drafted?: Step & { readonly recommendation?: TextRef };
  /** In the order in which they were rejected. */
  readonly options: readonly (Step & { readonly option?: TextRef; readonly why?: TextRef })[];
  /** The latest of each heading, in the order of the headings. */
  readonly advice: readonly Advice[];
  readonly openPart?: Step & { readonly content?: TextRef };
  readonly closedPart?: Step & { readonly content?: TextRef };
  readonly delegated?: Step & { readonly delegate: string; readonly why?: TextRef };
  readonly outcome?: Outcome;
  readonly deferrals: readonly Deferral[];
  readonly actions: readonly NamedAction[];
  readonly conditions: readonly DecisionCondition[];
  readonly recorded?: Step & { readonly publicInterest: boolean; readonly test?: TextRef };
  readonly published?: Step & { readonly notice?: string; readonly publishedAt?: TextRef };
  readonly withheld?: Step & { readonly exemption?: TextRef; readonly why?: TextRef };
  readonly variations: readonly (Step & { readonly variation?: TextRef; readonly why?: TextRef })[];
  readonly ended?: Step & {
    readonly how: 'REVOKED' | 'SUPERSEDED';
    readonly supersededBy?: string;
    readonly why?: TextRef;
  };
}

/** Before it is proposed, or when that was voided, a decision does not exist. */
export type DecisionState = { readonly status: 'NOT_PROPOSED' } | ProposedDecision;

export const NOT_PROPOSED: DecisionState = { status: 'NOT_PROPOSED' };

export function refOf(state: DecisionState): string | null {
  return state.status === 'NOT_PROPOSED' ? null : state.ref;
}

export function bodyOf(state: DecisionState): string | null {
  return state.status === 'NOT_PROPOSED' ? null : state.body;
}

/** The post to which it was delegated: it decides, and sees all of it. */
export function ownersIn(state: DecisionState): readonly string[] {
  return state.status === 'NOT_PROPOSED' || state.delegated === undefined ? [] : [state.delegated.delegate];
}

/** Two decisions of one body that are called alike may be one. */
export function titledAt(state: DecisionState): TitledAt | null {
  if (state.status === 'NOT_PROPOSED' || state.title === undefined) return null;
  return { place: state.body, title: state.title };
}

/** The day on which it was made, for what names it as its authority; null where it was not made, and once it holds no longer. */
export function madeOn(state: DecisionState): CivilDate | null {
  if (state.status === 'NOT_PROPOSED' || state.outcome?.how !== 'MADE' || state.ended !== undefined) return null;
  return state.outcome.effectiveOn;
}

/** What of it an action may follow: what it asks somebody to do, and conditions that somebody sees to, in the order of the log. */
export function openingsIn({
  actions,
  conditions,
}: Pick<ProposedDecision, 'actions' | 'conditions'>): readonly EventId[] {
  return [...actions, ...conditions.filter(({ owner }) => owner !== undefined)].map(({ event }) => event);
}

/** The conditions that are still waited for. Of a decision that holds no longer none is. */
export function outstandingIn({
  conditions,
  ended,
}: Pick<ProposedDecision, 'conditions' | 'ended'>): readonly DecisionCondition[] {
  return ended === undefined ? conditions.filter(({ standing }) => WAITED_FOR.includes(standing)) : [];
}

/** The headings on which nobody advised, nor said that they are not applicable. */
export function unadvisedIn({ advice }: Pick<ProposedDecision, 'advice'>): readonly DecisionAdviceOn[] {
  return ADVICE.filter((heading) => advice.every(({ adviceOn }) => adviceOn !== heading));
}

/** What is prepared until something comes of it. */
const PREPARES: readonly DecisionEvent['type'][] = [
  'DecisionDrafted',
  'DecisionOptionRejected',
  'DecisionAdvised',
  'DecisionDelegated',
];
const COMES_OF_IT: { readonly [type: string]: DecisionOutcome } = {
  DecisionMade: 'MADE',
  DecisionDeferred: 'DEFERRED',
  DecisionRefused: 'REFUSED',
  DecisionNotTaken: 'NOT_TAKEN',
};
/** What is done to a decision that was made and holds. */
const OF_ONE_MADE: readonly DecisionEvent['type'][] = [
  'DecisionActionNamed',
  'DecisionConditionSet',
  'DecisionConditionReported',
  'DecisionVaried',
  'DecisionRevoked',
  'DecisionSuperseded',
];
/** What whoever decides does, and so a body at a meeting. */
const DECIDES: readonly DecisionEvent['type'][] = [
  'DecisionDelegated',
  'DecisionMade',
  'DecisionDeferred',
  'DecisionRefused',
  'DecisionActionNamed',
  'DecisionConditionSet',
  'DecisionVaried',
  'DecisionRevoked',
  'DecisionSuperseded',
];

/** Type and facts of one event. An event that would be written may lack what the command has yet to say. */
type Fact = {
  [Event in DecisionEvent as Event['type']]: {
    readonly type: Event['type'];
    readonly facts: Partial<Event['facts']>;
  };
}[DecisionEvent['type']];

/** Is this fact legal in that state? Null if it is. */
export function mayFollow(state: DecisionState, event: DecisionEvent): Refusal | null {
  if (event.type === 'DecisionProposed')
    return state.status === 'NOT_PROPOSED' ? whyNotDue(event.facts.due) : refuse('ALREADY_PROPOSED');
  if (isCommonFact(event)) return null;
  if (state.status === 'NOT_PROPOSED') return refuse('NOT_PROPOSED');
  return whyNotStanding(state, event) ?? whyNotOnThatSay(state, event) ?? whyNotSo(state, event);
}

function whyNotStanding(state: ProposedDecision, { type, imported }: DecisionEvent): Refusal | null {
  const { ref, ended, outcome, drafted, advice, recorded, published } = state;
  const values = { ref };
  const isTaken = outcome !== undefined && outcome.how !== 'DEFERRED';
  if ((PREPARES.includes(type) || COMES_OF_IT[type] !== undefined) && isTaken)
    return refuse('DECISION_TAKEN', { values: { ref, how: inWords(outcome.how) } });
  // A paper prints what was decided, and not always what went before.
  if (imported !== true) {
    const needsDraft = type === 'DecisionAdvised' || type === 'DecisionMade' || type === 'DecisionRefused';
    if (needsDraft && drafted === undefined) return refuse('NOT_DRAFTED', { values });
    if (type === 'DecisionMade' && advice.length === 0) return refuse('NOT_ADVISED', { values });
  }
  if (OF_ONE_MADE.includes(type)) {
    if (outcome?.how !== 'MADE') return refuse('NOT_MADE', { values });
    if (ended !== undefined) return refuse('DECISION_ENDED', { values: { ref, how: inWords(ended.how) } });
  }
  switch (type) {
    case 'DecisionRecorded':
      if (outcome === undefined) return refuse('NOTHING_TO_RECORD', { values });
      return recorded === undefined ? null : refuse('ALREADY_RECORDED', { values });
    case 'DecisionNoticePublished':
    case 'DecisionWithheld':
      if (recorded === undefined) return refuse('NOT_RECORDED', { values });
      return published === undefined ? null : refuse('ALREADY_PUBLISHED', { values });
    default:
      return null;
  }
}

/** A body decides at a meeting of it, by which it is known: its reference begins with that of the body. Only a paper need not name it. */
function whyNotOnThatSay(
  { ref, body, maker, delegated, proposed }: ProposedDecision,
  { type, actor, imported }: DecisionEvent,
): Refusal | null {
  if (!DECIDES.includes(type)) return null;
  const { authority } = actor;
  const meeting =
    authority !== undefined && authority !== 'notStated' && 'meeting' in authority ? authority.meeting : null;
  const isForMeeting = maker === 'BODY' && (delegated === undefined || type === 'DecisionDelegated');
  if (isForMeeting && imported !== true) {
    if (meeting === null) return refuse('MEETING_DECIDES', { field: 'authority.meeting', values: { ref, body } });
    if (!meeting.startsWith(`${body}-`))
      return refuse('OTHER_BODY_MET', { field: 'authority.meeting', values: { ref, body } });
  }
  if (!isBefore(proposed, actor)) return null;
  return refuse('AUTHORITY_BEFORE_PROPOSED', {
    field: 'authority.meeting',
    values: { ref, heldOn: actor.heldOn ?? '', proposed: proposed.effectiveOn },
  });
}

/** Where its source gives no day, nobody can say that it had not been proposed before. */
function isBefore({ dated, effectiveOn }: Step, { heldOn }: Actor): boolean {
  if (heldOn === undefined) return false;
  return dated === undefined ? heldOn < effectiveOn : dated.from !== undefined && heldOn < dated.from;
}

function whyNotSo({ ref, conditions }: ProposedDecision, event: DecisionEvent): Refusal | null {
  const { type, facts } = event as unknown as Fact;
  switch (type) {
    case 'DecisionMade':
      if (facts.cites?.includes(ref) === true) return refuse('SAME_DECISION', { field: 'cites', values: { ref } });
      return event.imported === true ? null : whyNotOnThat(facts, event.effectiveOn);
    case 'DecisionDeferred':
    case 'DecisionActionNamed':
      return whyNotDue(facts.due);
    case 'DecisionConditionReported': {
      const { condition } = facts;
      // Before it is filled in: nothing can be said of a condition where there is none.
      if (condition === undefined)
        return conditions.length > 0 ? null : refuse('WITHOUT_CONDITIONS', { values: { ref } });
      if (conditions.some((one) => one.event === condition)) return null;
      return refuse('UNKNOWN_CONDITION', { field: 'condition', values: { ref, condition } });
    }
    case 'DecisionSuperseded':
      return facts.supersededBy === ref ? refuse('SAME_DECISION', { field: 'supersededBy', values: { ref } }) : null;
    default:
      return null;
  }
}

function whyNotDue(due: Due | undefined): Refusal | null {
  return due !== undefined && anchorsOf(due) > 1 ? refuse('DUE_AMBIGUOUS', { field: 'due' }) : null;
}

/** A status as it is said: `not taken`. */
export function inWords(status: string): string {
  return status === 'DEFERRED' ? 'put off' : status.toLowerCase().replaceAll('_', ' ');
}

/**
 * The state after one more event.
 *
 * Total over any subset of events in any order, for a reader may be kept from some of them and a correction may move one. Facts common to
 * every register leave the state as it is; the timeline applies them.
 */
export function evolve(state: DecisionState, event: DecisionEvent): DecisionState {
  if (event.type === 'DecisionProposed') return state.status === 'NOT_PROPOSED' ? propose(event) : state;
  if (state.status === 'NOT_PROPOSED') return state;
  const after = changed(state, event);
  return after === state ? state : { ...after, status: statusOf(after) };
}

function changed(state: ProposedDecision, event: Exclude<DecisionEvent, DecisionProposed>): ProposedDecision {
  const step = stepOf(event);
  const why = present({ why: event.texts.reason });
  switch (event.type) {
    case 'DecisionDrafted':
      return { ...state, drafted: { ...step, ...present({ recommendation: event.texts.recommendation }) } };
    case 'DecisionOptionRejected':
      return { ...state, options: [...state.options, { ...step, ...present({ option: event.texts.option }), ...why }] };
    case 'DecisionAdvised': {
      const given: Advice = { ...step, ...event.facts, ...present({ advice: event.texts.advice }) };
      const advice = [...state.advice.filter(({ adviceOn }) => adviceOn !== given.adviceOn), given];
      return { ...state, advice: advice.sort((a, b) => ADVICE.indexOf(a.adviceOn) - ADVICE.indexOf(b.adviceOn)) };
    }
    case 'DecisionPartWritten':
      return { ...state, [PART_OF[event.facts.part]]: { ...step, ...present({ content: event.texts.content }) } };
    case 'DecisionDelegated':
      return { ...state, delegated: { ...step, ...event.facts, ...why } };
    case 'DecisionMade':
      return withOutcome(state, made(event));
    case 'DecisionRefused':
      return withOutcome(state, { ...step, how: 'REFUSED', ...why });
    case 'DecisionNotTaken':
      return withOutcome(state, { ...step, how: 'NOT_TAKEN', ...why });
    case 'DecisionDeferred':
      return defer(state, event);
    case 'DecisionActionNamed': {
      const { title, phrase } = event.texts;
      return { ...state, actions: [...state.actions, { ...step, ...event.facts, ...present({ title, phrase }) }] };
    }
    case 'DecisionConditionSet': {
      const condition = { ...step, ...event.facts, ...present({ subjectTo: event.texts.subjectTo }) };
      return { ...state, conditions: [...state.conditions, { ...condition, standing: 'OUTSTANDING' }] };
    }
    case 'DecisionConditionReported': {
      const { condition, standing } = event.facts;
      const reported = { ...step, ...present({ text: event.texts.update }) };
      // A condition that the reader may not see is none: the state stays as it is.
      return state.conditions.every((one) => one.event !== condition)
        ? state
        : {
            ...state,
            conditions: state.conditions.map((one) => (one.event === condition ? { ...one, standing, reported } : one)),
          };
    }
    case 'DecisionRecorded':
      return { ...state, recorded: { ...step, ...event.facts, ...present({ test: event.texts.test }) } };
    case 'DecisionNoticePublished': {
      const { withheld: _withheld, ...lasting } = state;
      return {
        ...lasting,
        published: { ...step, ...event.facts, ...present({ publishedAt: event.texts.publishedAt }) },
      };
    }
    case 'DecisionWithheld':
      return { ...state, withheld: { ...step, ...present({ exemption: event.texts.exemption }), ...why } };
    case 'DecisionVaried': {
      const variation = { ...step, ...present({ variation: event.texts.variation }), ...why };
      return { ...state, variations: [...state.variations, variation] };
    }
    case 'DecisionRevoked':
      return { ...state, ended: { ...step, how: 'REVOKED', ...why } };
    case 'DecisionSuperseded':
      return { ...state, ended: { ...step, how: 'SUPERSEDED', ...event.facts, ...why } };
    default:
      return unmoved(state, event);
  }
}

const PART_OF: { readonly [part in DecisionPart]: 'openPart' | 'closedPart' } = {
  OPEN: 'openPart',
  CLOSED: 'closedPart',
};

function propose(event: DecisionProposed): ProposedDecision {
  const { due, ...facts } = event.facts;
  const { title, summary, phrase } = event.texts;
  return {
    status: 'PROPOSED',
    ...facts,
    ...present({ title, summary, phrase, firstDue: due, due }),
    proposed: stepOf(event),
    options: [],
    advice: [],
    deferrals: [],
    actions: [],
    conditions: [],
    variations: [],
  };
}

function made(event: DecisionMade): Outcome {
  const { cites } = event.facts;
  const { decided, reason } = event.texts;
  return {
    ...stepOf(event),
    how: 'MADE',
    basis: heldBasis(event),
    ...present({ decided, cites, why: reason }),
  };
}

/** What was recorded of an outcome before tells nothing of this one. */
function withOutcome(state: ProposedDecision, outcome: Outcome): ProposedDecision {
  const { recorded: _recorded, published: _published, withheld: _withheld, ...lasting } = state;
  return { ...lasting, outcome };
}

function defer(state: ProposedDecision, event: DecisionDeferred): ProposedDecision {
  const { due } = event.facts;
  const { phrase, reason } = event.texts;
  const step = stepOf(event);
  const why = present({ why: reason });
  const deferral: Deferral = { ...step, ...present({ from: state.due, due, phrase }), ...why };
  const { due: _due, phrase: _phrase, ...lasting } = withOutcome(state, { ...step, how: 'DEFERRED', ...why });
  return {
    ...lasting,
    ...present({ firstDue: state.firstDue ?? due, due, phrase }),
    deferrals: [...state.deferrals, deferral],
  };
}

function statusOf(state: ProposedDecision): DecisionStatus {
  const { ended, published, withheld, recorded, outcome, advice, drafted } = state;
  if (ended !== undefined) return ended.how;
  if (published !== undefined) return 'PUBLISHED';
  if (withheld !== undefined) return 'WITHHELD';
  if (recorded !== undefined) return 'RECORDED';
  if (outcome !== undefined) return outcome.how;
  if (advice.length > 0) return 'ADVISED';
  return drafted === undefined ? 'PROPOSED' : 'DRAFTED';
}
