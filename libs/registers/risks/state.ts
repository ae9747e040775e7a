import { givenTo, heldOwners, ownersOf, whyNotSeparate, workOfOwners, type Given } from '../../access/index.ts';
import { present } from '../../declarations/index.ts';
import {
  isCommonFact,
  isHeldBefore,
  stepOf,
  unmoved,
  type CivilDate,
  type EventId,
  type Refusal,
  type Step,
  type TextRef,
  type TitledAt,
  type Work,
} from '../../ledger/index.ts';
import type { ScoreGiven } from '../../rules/index.ts';
import type { RiskControlAdded, RiskEvent, RiskProposed, RiskScored } from './events.ts';
import type {
  AssuranceLine,
  AssuranceOpinion,
  RiskAskedFor,
  RiskCategory,
  RiskControlEffectiveness,
  RiskControlKind,
  RiskControlStanding,
  RiskKind,
  RiskRegister,
  RiskResponse,
  RiskScoreOf,
  RiskSide,
} from './fields.ts';
import { refuse } from './refusals.ts';

/** A score that a risk was given. `why`: its rationale. */
export interface RiskScore extends Step, ScoreGiven {
  readonly of: RiskScoreOf;
  /** Of a target: the day by which it is to be so. */
  readonly targetOn?: CivilDate;
  readonly why?: TextRef;
}

/** The day of a control that was put in the place of another. */
export interface ControlMove extends Step {
  readonly from?: CivilDate;
  readonly to: CivilDate;
  readonly why?: TextRef;
}

export interface Assurance extends Step {
  readonly line: AssuranceLine;
  readonly opinion: AssuranceOpinion;
  readonly cites?: string;
  readonly text?: TextRef;
}

export interface RiskControl extends Step {
  readonly kind: RiskControlKind;
  readonly measure?: TextRef;
  readonly owner?: string;
  readonly standing: RiskControlStanding;
  /** The day from which it has been in place: of an existing one that on which it was added. */
  readonly inPlaceOn?: CivilDate;
  readonly effectiveness?: RiskControlEffectiveness;
  /** The first day by which it was to be in place, and the one that holds. */
  readonly firstTargetOn?: CivilDate;
  readonly targetOn?: CivilDate;
  readonly moves: readonly ControlMove[];
  /** The latest report. */
  readonly reported?: Step & { readonly text?: TextRef };
  /** The latest of each line. */
  readonly assurance: readonly Assurance[];
}

/** What was asked for and nobody has answered. */
export interface RiskAsked extends Step {
  readonly asksFor: RiskAskedFor;
  readonly side: RiskSide;
  readonly until?: CivilDate;
  readonly why?: TextRef;
}

export interface RiskEnded extends Step {
  readonly how: 'MERGED' | 'CLOSED';
  readonly into?: string;
  /** Of a closing: why it was asked for. */
  readonly askedWhy?: TextRef;
  readonly why?: TextRef;
}

/**
 * A risk that has been proposed. Words are references to the events that hold them. How its scores are banded, and so where it stands, is not told
 * here: the scale is another record (`status.ts`).
 */
export interface ProposedRisk {
  readonly status: 'PROPOSED' | 'REGISTERED';
  readonly ref: string;
  readonly body: string;
  readonly register: RiskRegister;
  readonly kind: RiskKind;
  readonly category?: RiskCategory;
  readonly title?: TextRef;
  readonly cause?: TextRef;
  readonly what?: TextRef;
  readonly effect?: TextRef;
  readonly cost?: TextRef;
  readonly reworded?: Step;
  /** Who is responsible, and who owns it beside. */
  readonly owner?: string;
  readonly owners?: readonly string[];
  /** The first day on which each post that ever owned it was given it. */
  readonly given: Given;
  readonly proposed: Step;
  readonly registered?: Step;
  /** Every score that it has held, in their order. */
  readonly scores: readonly RiskScore[];
  readonly appetite?: Step & { readonly rule?: string; readonly version: string; readonly most: number };
  readonly response?: Step & { readonly response: RiskResponse; readonly why?: TextRef };
  readonly controls: readonly RiskControl[];
  /** The latest current score or review. */
  readonly lookedAt?: Step;
  readonly latestReview?: Step & { readonly text?: TextRef };
  /** It was neither scored nor reviewed since it was registered, reopened, or given to its responsible officer. */
  readonly isNew: boolean;
  readonly asked?: RiskAsked;
  readonly requestsRefused: number;
  /** The latest acceptance. Without a day of a paper that does not say until when. */
  readonly acceptance?: Step & { readonly until?: CivilDate; readonly askedWhy?: TextRef; readonly why?: TextRef };
  /** From one register to another, in their order. */
  readonly moves: readonly (Step & {
    readonly is: 'ESCALATED' | 'DEESCALATED';
    readonly fromRegister: RiskRegister;
    readonly toRegister: RiskRegister;
    readonly why?: TextRef;
  })[];
  readonly ended?: RiskEnded;
  readonly reopenings: readonly (Step & { readonly why?: TextRef })[];
}

/** Before it is proposed, or when that was voided, a risk does not exist. */
export type RiskState = { readonly status: 'NOT_PROPOSED' } | ProposedRisk;

export const NOT_PROPOSED: RiskState = { status: 'NOT_PROPOSED' };

export function refOf(state: RiskState): string | null {
  return state.status === 'NOT_PROPOSED' ? null : state.ref;
}

/** The body whose risk it is. */
export function bodyOf(state: RiskState): string | null {
  return state.status === 'NOT_PROPOSED' ? null : state.body;
}

/** The posts that own it, the one that leads first; none while nobody does. */
export function ownersIn(state: RiskState): readonly string[] {
  return state.status === 'NOT_PROPOSED' ? [] : ownersOf(state);
}

/** Whose work it is: of the posts that own it, and of the one that asked for what nobody has answered. See `docs/writing.md`. */
export function workOf(state: RiskState): Work {
  if (state.status === 'NOT_PROPOSED') return { posts: [], reportedBy: [] };
  return workOfOwners(state, (state.asked ?? state.proposed).effectiveOn, state.asked);
}

/** Two risks of one body that are called alike may be one. */
export function titledAt(state: RiskState): TitledAt | null {
  if (state.status === 'NOT_PROPOSED' || state.title === undefined) return null;
  return { place: state.body, title: state.title };
}

/** The latest score of that sort. */
export function latestScore({ scores }: Pick<ProposedRisk, 'scores'>, of: RiskScoreOf): RiskScore | undefined {
  // By hand, as there may be many of which none is of that sort.
  for (let index = scores.length - 1; index >= 0; index -= 1) if (scores[index]!.of === of) return scores[index];
  return undefined;
}

/** What nobody decides on their own risk: that it is accepted or closed, goes on in another, and how much of it is within appetite. */
export const NOT_FOR_OWNERS = {
  SetRiskAppetite: 'RiskAppetiteSet',
  AcceptRisk: 'RiskAcceptanceGranted',
  CloseRisk: 'RiskClosed',
  MergeRisk: 'RiskMerged',
} as const satisfies { readonly [command: string]: RiskEvent['type'] };

const SEPARATE: readonly RiskEvent['type'][] = Object.values(NOT_FOR_OWNERS);

/** What is said of a risk on a register, and of no proposal. */
const OF_REGISTERED: readonly RiskEvent['type'][] = [
  'RiskReviewed',
  'RiskAcceptanceRequested',
  'RiskAcceptanceGranted',
  'RiskEscalated',
  'RiskDeescalated',
];

/** What answers each thing that may be asked for. */
const ANSWERS: { readonly [type: string]: RiskAskedFor } = {
  RiskAcceptanceGranted: 'ACCEPTANCE',
  RiskClosed: 'CLOSING',
};

/** What decides on where it stands, and so is decided no earlier than it was proposed. */
const DECIDES: readonly RiskEvent['type'][] = [
  'RiskRegistered',
  'RiskAcceptanceGranted',
  'RiskClosed',
  'RiskEscalated',
  'RiskDeescalated',
  'RiskMerged',
  'RiskReopened',
];

/** Type and facts of one event. An event that would be written may lack what the command has yet to say. */
type Fact = {
  [Event in RiskEvent as Event['type']]: {
    readonly type: Event['type'];
    readonly facts: Partial<Event['facts']>;
  };
}[RiskEvent['type']];

/**
 * Is this fact legal in that state? Null if it is. How its scores are banded another record decides, so nothing here turns on it.
 */
export function mayFollow(state: RiskState, event: RiskEvent): Refusal | null {
  if (event.type === 'RiskProposed') return state.status === 'NOT_PROPOSED' ? null : refuse('ALREADY_PROPOSED');
  if (isCommonFact(event)) return null;
  if (state.status === 'NOT_PROPOSED') return refuse('NOT_PROPOSED');
  return (
    whyNotStanding(state, event) ??
    whyNotAsked(state, event) ??
    whyNotTheirs(state, event) ??
    whyNotOnThatSay(state, event) ??
    whyNotSo(state, event)
  );
}

function whyNotStanding({ ref, status, ended }: ProposedRisk, { type }: RiskEvent): Refusal | null {
  if (type === 'RiskReopened') return ended === undefined ? refuse('NOTHING_TO_REOPEN', { values: { ref } }) : null;
  if (ended !== undefined) return refuse('RISK_ENDED', { values: { ref, how: ended.how.toLowerCase() } });
  if (type === 'RiskRegistered')
    return status === 'REGISTERED' ? refuse('ALREADY_REGISTERED', { values: { ref } }) : null;
  return OF_REGISTERED.includes(type) && status === 'PROPOSED' ? refuse('NOT_REGISTERED', { values: { ref } }) : null;
}

/** One asks, another answers. A paper prints what was decided, and not always that somebody had asked. */
function whyNotAsked({ ref, asked }: ProposedRisk, { type, imported }: RiskEvent): Refusal | null {
  if (type === 'RiskAcceptanceRequested' || type === 'RiskClosureRequested')
    return asked === undefined ? null : refuse('REQUEST_PENDING', { values: { ref } });
  if (type === 'RiskRequestRefused') return asked === undefined ? refuse('NOTHING_ASKED', { values: { ref } }) : null;
  const wanted = ANSWERS[type];
  if (wanted === undefined || imported === true || asked?.asksFor === wanted) return null;
  return refuse('NOTHING_ASKED', { values: { ref } });
}

function whyNotTheirs(state: ProposedRisk, event: RiskEvent): Refusal | null {
  const { ref, controls } = state;
  if (event.type === 'RiskControlAssured') {
    const { line, control } = event.facts as Fact['facts'] & { line?: AssuranceLine; control?: EventId };
    const by = event.actor.by?.post;
    const answersFor = controls.find((one) => one.event === control)?.owner;
    const isOwn = by !== undefined && (by === answersFor || ownersOf(state).includes(by));
    return line !== undefined && line !== 'FIRST' && isOwn
      ? refuse('OWN_ASSURANCE', { field: 'by', values: { ref } })
      : null;
  }
  if (!SEPARATE.includes(event.type)) return null;
  const notSeparate = whyNotSeparate(workOf(state), event);
  if (notSeparate === null) return null;
  return refuse(notSeparate === 'OWN_WORK' ? 'OWNER_MAY_NOT_DECIDE' : 'DECIDER_UNKNOWN', {
    field: 'by',
    values: { ref },
  });
}

function whyNotOnThatSay({ ref, proposed }: ProposedRisk, { type, actor }: RiskEvent): Refusal | null {
  if (!DECIDES.includes(type) || !isHeldBefore(proposed, actor)) return null;
  return refuse('AUTHORITY_BEFORE_PROPOSED', {
    field: 'authority.meeting',
    values: { ref, heldOn: actor.heldOn ?? '', proposed: proposed.effectiveOn },
  });
}

function whyNotSo({ ref, register, controls }: ProposedRisk, event: RiskEvent): Refusal | null {
  const { type, facts } = event as unknown as Fact;
  switch (type) {
    case 'RiskControlMoved':
    case 'RiskControlReported':
    case 'RiskControlAssured': {
      const { control } = facts;
      // Before it is filled in: nothing can be said of a control where there is none.
      if (control === undefined) return controls.length > 0 ? null : refuse('WITHOUT_CONTROLS', { values: { ref } });
      if (controls.some((one) => one.event === control)) return null;
      return refuse('UNKNOWN_CONTROL', { field: 'control', values: { ref, control } });
    }
    case 'RiskAcceptanceRequested':
    case 'RiskAcceptanceGranted': {
      const { until } = facts;
      const { imported, effectiveOn } = event;
      if (imported === true || until === undefined || until >= effectiveOn) return null;
      return refuse('ACCEPTED_TO_THE_PAST', { field: 'until', values: { until, from: effectiveOn } });
    }
    case 'RiskEscalated':
    case 'RiskDeescalated':
      return facts.register === register ? refuse('SAME_REGISTER', { field: 'register', values: { ref } }) : null;
    case 'RiskMerged':
      return facts.into === ref ? refuse('SAME_RISK', { field: 'into', values: { ref } }) : null;
    default:
      return null;
  }
}

/**
 * The state after one more event.
 *
 * Total over any subset of events in any order, for a reader may be kept from some of them and a correction may move one. Facts common to
 * every register leave the state as it is; the timeline applies them.
 */
export function evolve(state: RiskState, event: RiskEvent): RiskState {
  if (event.type === 'RiskProposed') return state.status === 'NOT_PROPOSED' ? propose(event) : state;
  if (state.status === 'NOT_PROPOSED') return state;
  const step = stepOf(event);
  const why = present({ why: event.texts.reason });
  switch (event.type) {
    case 'RiskRegistered':
      return { ...state, status: 'REGISTERED', registered: step, isNew: true };
    case 'RiskAllocated': {
      const { owner: _owner, owners: _owners, ...lasting } = state;
      const held = heldOwners(event.facts);
      const given = givenTo(state.given, ownersOf(event.facts), event.effectiveOn);
      return { ...lasting, ...held, given, isNew: state.isNew || held.owner !== state.owner };
    }
    case 'RiskReworded': {
      const { title, cause, what, effect, cost } = event.texts;
      return { ...state, ...event.facts, ...present({ title, cause, what, effect, cost }), reworded: step };
    }
    case 'RiskScored':
      return score(state, event, step);
    case 'RiskReviewed':
      return {
        ...state,
        isNew: false,
        lookedAt: step,
        latestReview: { ...step, ...present({ text: event.texts.update }) },
      };
    case 'RiskAppetiteSet':
      return { ...state, appetite: { ...step, ...event.facts } };
    case 'RiskResponseChosen':
      return { ...state, response: { ...step, ...event.facts, ...why } };
    case 'RiskControlAdded':
      return { ...state, controls: [...state.controls, addedControl(event)] };
    case 'RiskControlMoved': {
      const { control, targetOn } = event.facts;
      return withControl(state, control, (one) => ({
        ...one,
        firstTargetOn: one.firstTargetOn ?? targetOn,
        targetOn,
        // The first day is no move.
        moves:
          one.targetOn === undefined
            ? one.moves
            : [...one.moves, { ...step, from: one.targetOn, to: targetOn, ...why }],
      }));
    }
    case 'RiskControlReported': {
      const { control, standing, ...said } = event.facts;
      return withControl(state, control, (one) => {
        const { inPlaceOn, ...lasting } = one;
        const now = standing ?? one.standing;
        return {
          ...lasting,
          ...said,
          standing: now,
          ...(now === 'IN_PLACE' ? { inPlaceOn: inPlaceOn ?? event.effectiveOn } : {}),
          reported: { ...step, ...present({ text: event.texts.update }) },
        };
      });
    }
    case 'RiskControlAssured': {
      const { control, ...had } = event.facts;
      const assurance: Assurance = { ...step, ...had, ...present({ text: event.texts.update }) };
      return withControl(state, control, (one) => ({
        ...one,
        assurance: [...one.assurance.filter(({ line }) => line !== had.line), assurance],
      }));
    }
    case 'RiskAcceptanceRequested':
      return { ...state, asked: { ...step, asksFor: 'ACCEPTANCE', ...event.facts, ...why } };
    case 'RiskClosureRequested':
      return { ...state, asked: { ...step, asksFor: 'CLOSING', ...event.facts, ...why } };
    case 'RiskAcceptanceGranted': {
      const { asked, ...lasting } = state;
      return { ...lasting, acceptance: { ...step, ...event.facts, ...askedWhy(asked), ...why } };
    }
    case 'RiskClosed': {
      const { asked, ...lasting } = state;
      return { ...lasting, ended: { ...step, how: 'CLOSED', ...askedWhy(asked), ...why } };
    }
    case 'RiskRequestRefused': {
      const { asked: _asked, ...lasting } = state;
      return { ...lasting, requestsRefused: state.requestsRefused + 1 };
    }
    case 'RiskEscalated':
    case 'RiskDeescalated': {
      const { register } = event.facts;
      const is = event.type === 'RiskEscalated' ? 'ESCALATED' : 'DEESCALATED';
      const move = { ...step, is, fromRegister: state.register, toRegister: register, ...why } as const;
      return { ...state, register, moves: [...state.moves, move] };
    }
    case 'RiskMerged': {
      const { asked: _asked, ...lasting } = state;
      return { ...lasting, ended: { ...step, how: 'MERGED', ...event.facts, ...why } };
    }
    case 'RiskReopened': {
      const { ended: _ended, ...lasting } = state;
      return { ...lasting, isNew: true, reopenings: [...state.reopenings, { ...step, ...why }] };
    }
    default:
      return unmoved(state, event);
  }
}

function propose(event: RiskProposed): ProposedRisk {
  const { owner, owners, ...facts } = event.facts;
  const { title, cause, what, effect, cost } = event.texts;
  const owned = heldOwners(present({ owner, owners }));
  return {
    status: 'PROPOSED',
    ...facts,
    ...owned,
    given: givenTo({}, ownersOf(owned), event.effectiveOn),
    ...present({ title, cause, what, effect, cost }),
    proposed: stepOf(event),
    scores: [],
    controls: [],
    isNew: true,
    requestsRefused: 0,
    moves: [],
    reopenings: [],
  };
}

/** The current score is what a review is about: to say how it would be, or is to be, looks at nothing. */
function score(state: ProposedRisk, event: RiskScored, step: Step): ProposedRisk {
  const given: RiskScore = { ...step, ...event.facts, ...present({ why: event.texts.reason }) };
  const scores = [...state.scores, given];
  return event.facts.of === 'CURRENT' ? { ...state, scores, isNew: false, lookedAt: step } : { ...state, scores };
}

function addedControl(event: RiskControlAdded): RiskControl {
  const { kind, owner, targetOn } = event.facts;
  const isThere = kind === 'EXISTING';
  return {
    ...stepOf(event),
    kind,
    ...present({ measure: event.texts.measure, owner, firstTargetOn: targetOn, targetOn }),
    standing: isThere ? 'IN_PLACE' : 'NOT_IN_PLACE',
    ...(isThere ? { inPlaceOn: event.effectiveOn } : {}),
    moves: [],
    assurance: [],
  };
}

/** A control that the reader may not see is none: the state stays as it is. */
function withControl(state: ProposedRisk, control: EventId, then: (one: RiskControl) => RiskControl): ProposedRisk {
  const at = state.controls.findIndex((one) => one.event === control);
  return at < 0 ? state : { ...state, controls: state.controls.with(at, then(state.controls[at]!)) };
}

function askedWhy(asked: RiskAsked | undefined) {
  return present({ askedWhy: asked?.why });
}
