import { givenTo, heldOwners, ownersOf, whyNotSeparate, workOfOwners, type Given } from '../../access/index.ts';
import { anchorsOf, dueDateOf, present, type Due, type FoldedDue } from '../../declarations/index.ts';
import {
  isCommonFact,
  isHeldBefore,
  stepOf,
  unmoved,
  type CivilDate,
  type Refusal,
  type Step,
  type TextRef,
  type TitledAt,
  type Work,
} from '../../ledger/index.ts';
import type { Party } from '../../rules/index.ts';
import type {
  ExtensionGranted,
  RecommendationDueDateMoved,
  RecommendationEvent,
  RecommendationMade,
  WordEvent,
} from './events.ts';
import type { Addressee, RecommendationKind, RecommendationOutcome, RecommendationResponse, Word } from './fields.ts';
import { refuse } from './refusals.ts';

/** What a party said of whether it is done. */
export interface WordSaid extends Step {
  readonly party: Party;
  readonly word: Word;
  readonly text?: TextRef;
  /** The evidence: in words, and the document that it is. */
  readonly evidence?: TextRef;
  readonly cites?: string;
  readonly citesVersion?: string;
}

/** A due date that was put in the place of another. */
export interface DueMove extends Step {
  readonly from: Due;
  readonly to: Due;
  readonly phrase?: TextRef;
  readonly why?: TextRef;
  readonly dueSetBy?: string;
  /** It was asked for, and granted. */
  readonly wasAskedFor: boolean;
  /**
   * To a later day, to an earlier one, or to the same. Where a meeting resolves either date, the days are not the recommendation's own, and it
   * counts as put off.
   */
  readonly is: 'EXTENDED' | 'BROUGHT_FORWARD' | 'SAME';
  /** Had the old date passed when it was moved? Absent where a meeting tells that date. */
  readonly afterItPassed?: boolean;
}

export interface RecommendationDue extends FoldedDue {
  /** Who set the date that stands, where it is said. */
  readonly dueSetBy?: string;
  /** Every move since the first date, in their order. */
  readonly moves: readonly DueMove[];
  /** Of the extensions: those made before the old date had passed. Neither these nor late ones where a meeting tells the old date. */
  readonly extendedInTime: number;
}

/** An extension that was asked for, and neither granted nor refused. */
export interface ExtensionAsked extends Step {
  readonly due: Due;
  readonly phrase?: TextRef;
  readonly why?: TextRef;
}

/** A level that was given by a version of a scale. */
export interface Graded {
  readonly rule: string;
  readonly version: string;
  readonly level: string;
}

/** How it ended otherwise than by being closed. */
export interface Ended extends Step {
  readonly how: 'SUPERSEDED' | 'NOT_ADOPTED' | 'REMOVED';
  readonly why?: TextRef;
  /** SUPERSEDED: the recommendation that replaces it, and the publication that does. */
  readonly supersededBy?: string;
  readonly supersededIn?: string;
  /** REMOVED: the body that agreed. */
  readonly agreedBy?: string;
}

/**
 * A recommendation that has been made. Words are references to the events that hold them. Whether it is closed is not told here:
 * the route that closes it is another record (`closing.ts`).
 */
export interface MadeRecommendation {
  readonly status: 'MADE';
  readonly ref: string;
  readonly body: string;
  readonly originator: string;
  readonly kind: RecommendationKind;
  readonly publication?: string;
  readonly item?: string;
  readonly partOf?: string;
  readonly addressedTo?: Addressee;
  /** Who leads, and who owns it beside. */
  readonly owner?: string;
  readonly owners?: readonly string[];
  /** The first day on which each post that ever owned it was given it. */
  readonly given: Given;
  readonly title?: TextRef;
  readonly words?: TextRef;
  readonly made: Step;
  /** The latest answer. */
  readonly answered?: Step & {
    readonly response: RecommendationResponse;
    readonly otherBody?: string;
    readonly answer?: TextRef;
    readonly why?: TextRef;
  };
  /** What was given by a scale, in the version that was in force then: the latest of each sort. */
  readonly priority?: Graded;
  readonly grade?: Graded;
  readonly due: RecommendationDue;
  readonly asked?: ExtensionAsked;
  /** How often an extension was refused. */
  readonly extensionsRefused: number;
  readonly latestUpdate?: Step & { readonly text?: TextRef };
  /** Pieces of evidence that were added. What a word cites is evidence beside. */
  readonly evidence: number;
  readonly latestShare?: Step & {
    readonly share: { readonly part: number; readonly of: number };
    readonly text?: TextRef;
  };
  /** What the parties said since the last reopening by a command, in its order. */
  readonly said: readonly WordSaid[];
  /** The reopenings by a command. */
  readonly reopenings: readonly (Step & { readonly why?: TextRef })[];
  /** Something was heard of the work, or it was opened again. */
  readonly begun: boolean;
  readonly riskAccepted?: Step & { readonly until?: CivilDate; readonly why?: TextRef };
  readonly ended?: Ended;
  /** The latest judgement. */
  readonly outcome?: Step & {
    readonly outcome: RecommendationOutcome;
    readonly text?: TextRef;
    readonly evidence?: TextRef;
    readonly cites?: string;
    readonly citesVersion?: string;
  };
}

/** Before it is made, or when that was voided, a recommendation does not exist. */
export type RecommendationState = { readonly status: 'NOT_MADE' } | MadeRecommendation;

export const NOT_MADE: RecommendationState = { status: 'NOT_MADE' };

export function refOf(state: RecommendationState): string | null {
  return state.status === 'NOT_MADE' ? null : state.ref;
}

/** The body that follows it up. */
export function bodyOf(state: RecommendationState): string | null {
  return state.status === 'NOT_MADE' ? null : state.body;
}

/** The posts that own it, the one that leads first; none while nobody does. */
export function ownersIn(state: RecommendationState): readonly string[] {
  return state.status === 'NOT_MADE' ? [] : ownersOf(state);
}

/** Whose work it is: of the posts that own it, and of the one whose word as its owner stands. See `docs/writing.md`. */
export function workOf(state: RecommendationState): Work {
  if (state.status === 'NOT_MADE') return { posts: [], reportedBy: [] };
  const report = state.said.filter(({ party }) => party === 'OWNER').at(-1);
  return workOfOwners(state, state.made.effectiveOn, report);
}

/** Two recommendations of one publication that are called alike may be one. */
export function titledAt(state: RecommendationState): TitledAt | null {
  if (state.status === 'NOT_MADE' || state.publication === undefined || state.title === undefined) return null;
  return { place: state.publication, title: state.title };
}

/** Is there any evidence: a piece that was added, or what a party's word gives. */
export function hasEvidence({ evidence, said }: MadeRecommendation): boolean {
  return evidence > 0 || said.some(givesEvidence);
}

export function givesEvidence({ evidence, cites }: WordSaid): boolean {
  return evidence !== undefined || cites !== undefined;
}

/** Whose word each event is. */
const PARTY_OF: { readonly [type in WordEvent['type']]: Party } = {
  OwnerWordSaid: 'OWNER',
  OfficeWordSaid: 'OFFICE',
  AuditorWordSaid: 'AUDITOR',
  OriginatorWordSaid: 'ORIGINATOR',
};

/**
 * What nobody does to their own work: to verify it, to move its date, and to end it. Each by the command that leads to it.
 */
export const NOT_FOR_OWNERS = {
  SayOfficeWord: 'OfficeWordSaid',
  SayAuditorWord: 'AuditorWordSaid',
  SayOriginatorWord: 'OriginatorWordSaid',
  GrantRecommendationExtension: 'ExtensionGranted',
  RefuseRecommendationExtension: 'ExtensionRefused',
  MoveRecommendationDueDate: 'RecommendationDueDateMoved',
  AcceptRecommendationRisk: 'RiskAccepted',
  SupersedeRecommendation: 'RecommendationSuperseded',
  DeclineRecommendation: 'RecommendationNotAdopted',
  RemoveRecommendation: 'RecommendationRemoved',
} as const satisfies { readonly [command: string]: RecommendationEvent['type'] };

const SEPARATE: readonly RecommendationEvent['type'][] = Object.values(NOT_FOR_OWNERS);

/** Said by a body outside, of whom an officer tells: on the authority of a document. */
const FROM_OUTSIDE: readonly RecommendationEvent['type'][] = ['AuditorWordSaid', 'OriginatorWordSaid'];

/** What decides on where it stands, and so is decided no earlier than it was made. */
const DECIDES: readonly RecommendationEvent['type'][] = [
  'OfficeWordSaid',
  'RiskAccepted',
  'RecommendationSuperseded',
  'RecommendationNotAdopted',
  'RecommendationRemoved',
  'RecommendationReopened',
];

/** Type and facts of one event, so that the type tells which facts there are. An event that would be written may lack what the command has yet to say. */
type Fact = {
  [Event in RecommendationEvent as Event['type']]: {
    readonly type: Event['type'];
    readonly facts: Partial<Event['facts']>;
  };
}[RecommendationEvent['type']];

/**
 * Is this fact legal in that state? Null if it is.
 *
 * Whether it is closed another record decides, so nothing here turns on it: `decide` asks that at entry, and no later word, route or
 * correction unmakes what was decided then (`docs/writing.md`).
 */
export function mayFollow(state: RecommendationState, event: RecommendationEvent): Refusal | null {
  const { type, facts } = event as unknown as Fact;
  if (type === 'RecommendationMade') {
    if (state.status !== 'NOT_MADE') return refuse('ALREADY_MADE');
    if (facts.partOf !== undefined && facts.partOf === facts.ref) return sameAs(facts.partOf, 'partOf');
    return whyNotDue(facts.due, false) ?? whyNotDueThen(facts.due, event);
  }
  if (isCommonFact(event)) return null;
  if (state.status === 'NOT_MADE') return refuse('NOT_MADE');
  if (state.ended !== undefined && type !== 'RecommendationReopened')
    return refuse('RECOMMENDATION_ENDED', { values: { ref: state.ref, how: inWords(state.ended.how) } });
  const isAsked = state.asked !== undefined;
  if (type === 'ExtensionRequested' && isAsked)
    return refuse('EXTENSION_ALREADY_REQUESTED', { values: { ref: state.ref } });
  if ((type === 'ExtensionGranted' || type === 'ExtensionRefused') && !isAsked)
    return refuse('NO_EXTENSION_REQUESTED', { values: { ref: state.ref } });
  const refusal = whyNotTheirs(state, event) ?? whyNotOnThatSay(state, event);
  if (refusal !== null) return refusal;
  switch (type) {
    case 'ExtensionRequested':
    case 'ExtensionGranted':
    case 'RecommendationDueDateMoved':
      return whyNotDue(facts.due, true);
    case 'RiskAccepted':
      return whyNotUntil(facts.until, event);
    case 'RecommendationSuperseded':
      return facts.supersededBy === state.ref ? sameAs(state.ref, 'supersededBy') : null;
    default:
      return null;
  }
}

/** Nobody verifies their own work, moves its date or ends it. Of a body outside no holder need be known. */
function whyNotTheirs(state: MadeRecommendation, event: RecommendationEvent): Refusal | null {
  if (!SEPARATE.includes(event.type)) return null;
  const notSeparate = whyNotSeparate(workOf(state), event, FROM_OUTSIDE.includes(event.type) ? 'OUTSIDE' : 'HERE');
  if (notSeparate === null) return null;
  const about = { field: 'by', values: { ref: state.ref } };
  return refuse(notSeparate === 'OWN_WORK' ? 'OWNER_MAY_NOT_VERIFY' : 'VERIFIER_UNKNOWN', about);
}

/** What an outside body said stands in a document; only a paper, which is one, need not name it. What a meeting decided of it, it decided once there was one. */
function whyNotOnThatSay(state: MadeRecommendation, { type, actor, imported }: RecommendationEvent): Refusal | null {
  const { authority } = actor;
  if (FROM_OUTSIDE.includes(type)) {
    const isNamed = authority !== undefined && authority !== 'notStated' && 'document' in authority;
    if (!isNamed && imported !== true) return refuse('WORD_NEEDS_DOCUMENT', { field: 'authority.document' });
  }
  if (!DECIDES.includes(type) || !isHeldBefore(state.made, actor)) return null;
  return refuse('AUTHORITY_BEFORE_MADE', {
    field: 'authority.meeting',
    values: { ref: state.ref, heldOn: actor.heldOn ?? '', made: state.made.effectiveOn },
  });
}

function whyNotDue(due: Due | undefined, isNeeded: boolean): Refusal | null {
  if (due === undefined) return null;
  const anchors = anchorsOf(due);
  if (anchors > 1) return refuse('DUE_AMBIGUOUS', { field: 'due' });
  return isNeeded && anchors === 0 ? refuse('DUE_NEEDED', { field: 'due' }) : null;
}

/** A due date of its own is not before it was made; what a paper prints is held as it was printed. */
function whyNotDueThen(due: Due | undefined, { effectiveOn, imported }: RecommendationEvent): Refusal | null {
  const day = ownDay(due);
  if (imported === true || day === null || day >= effectiveOn) return null;
  return refuse('DUE_BEFORE_MADE', {
    field: due?.on === undefined ? 'due.dated' : 'due.on',
    values: { due: day, made: effectiveOn },
  });
}

function whyNotUntil(until: CivilDate | undefined, { effectiveOn, imported }: RecommendationEvent): Refusal | null {
  if (imported === true || until === undefined || until >= effectiveOn) return null;
  return refuse('ACCEPTED_TO_THE_PAST', { field: 'until', values: { until, accepted: effectiveOn } });
}

function sameAs(ref: string, field: string): Refusal {
  return refuse('SAME_RECOMMENDATION', { field, values: { ref } });
}

/** A status as it is said: `not adopted`. */
export function inWords(status: string): string {
  return status.toLowerCase().replaceAll('_', ' ');
}

/**
 * The state after one more event.
 *
 * Total over any subset of events in any order, for a reader may be kept from some of them and a correction may move one. Facts common to
 * every register leave the state as it is; the timeline applies them.
 */
export function evolve(state: RecommendationState, event: RecommendationEvent): RecommendationState {
  if (event.type === 'RecommendationMade') return state.status === 'NOT_MADE' ? make(event) : state;
  if (state.status === 'NOT_MADE') return state;
  const step = stepOf(event);
  const why = present({ why: event.texts.reason });
  switch (event.type) {
    case 'RecommendationAnswered':
      return { ...state, answered: { ...step, ...event.facts, ...present({ answer: event.texts.answer }), ...why } };
    case 'RecommendationAllocated': {
      const { owner: _owner, owners: _owners, ...lasting } = state;
      const given = givenTo(state.given, ownersOf(event.facts), event.effectiveOn);
      return { ...lasting, ...heldOwners(event.facts), given };
    }
    case 'RecommendationGraded': {
      const { scale, ...graded } = event.facts;
      return { ...state, [scale === 'PRIORITY' ? 'priority' : 'grade']: graded };
    }
    case 'RecommendationUpdated':
      return { ...state, begun: true, latestUpdate: { ...step, ...present({ text: event.texts.update }) } };
    case 'RecommendationEvidenced':
      return { ...state, begun: true, evidence: state.evidence + 1 };
    case 'ExtensionRequested':
      return anchorsOf(event.facts.due) === 0
        ? state
        : { ...state, asked: { ...step, ...event.facts, ...present({ phrase: event.texts.phrase }), ...why } };
    case 'ExtensionGranted':
      return { ...withoutAsked(state), due: movedDue(state.due, event) };
    case 'ExtensionRefused':
      return { ...withoutAsked(state), extensionsRefused: state.extensionsRefused + 1 };
    case 'RecommendationDueDateMoved':
      return { ...state, due: movedDue(state.due, event) };
    case 'OwnerWordSaid':
    case 'OfficeWordSaid':
    case 'AuditorWordSaid':
    case 'OriginatorWordSaid': {
      const { text, evidence } = event.texts;
      const word = { ...step, party: PARTY_OF[event.type], ...event.facts, ...present({ text, evidence }) };
      return { ...state, begun: true, said: [...state.said, word] };
    }
    case 'ShareClaimed':
      return {
        ...state,
        begun: true,
        latestShare: { ...step, ...event.facts, ...present({ text: event.texts.text }) },
      };
    case 'OutcomeJudged': {
      const { text, evidence } = event.texts;
      return { ...state, outcome: { ...step, ...event.facts, ...present({ text, evidence }) } };
    }
    case 'RiskAccepted':
      return { ...state, riskAccepted: { ...step, ...event.facts, ...why } };
    case 'RecommendationSuperseded':
      return { ...state, ended: { ...step, how: 'SUPERSEDED', ...event.facts, ...why } };
    case 'RecommendationNotAdopted':
      return { ...state, ended: { ...step, how: 'NOT_ADOPTED', ...why } };
    case 'RecommendationRemoved':
      return { ...state, ended: { ...step, how: 'REMOVED', ...event.facts, ...why } };
    case 'RecommendationReopened': {
      const { ended: _ended, riskAccepted: _riskAccepted, ...lasting } = state;
      return { ...lasting, begun: true, said: [], reopenings: [...state.reopenings, { ...step, ...why }] };
    }
    default:
      return unmoved(state, event);
  }
}

function make(event: RecommendationMade): MadeRecommendation {
  const { due, dueSetBy, owner, owners, ...facts } = event.facts;
  const { title, words, phrase } = event.texts;
  const owned = heldOwners(present({ owner, owners }));
  return {
    status: 'MADE',
    ...facts,
    ...owned,
    given: givenTo({}, ownersOf(owned), event.effectiveOn),
    ...present({ title, words }),
    made: stepOf(event),
    due: {
      ...present({ phrase }),
      ...(due === undefined || anchorsOf(due) === 0 ? {} : { ...firstDue(due, event), ...present({ dueSetBy }) }),
      moves: [],
      extensions: 0,
      broughtForward: 0,
      extendedInTime: 0,
      extendedLate: 0,
      extendedWithoutReason: 0,
    },
    extensionsRefused: 0,
    evidence: 0,
    said: [],
    reopenings: [],
    begun: false,
  };
}

function withoutAsked({ asked: _asked, ...lasting }: MadeRecommendation): MadeRecommendation {
  return lasting;
}

/** As of an action: the first date resolves the words that stood, and is no move; words about a new date replace the old ones. */
function movedDue(before: RecommendationDue, event: ExtensionGranted | RecommendationDueDateMoved): RecommendationDue {
  const { due } = event.facts;
  const { dueSetBy } = event.facts as RecommendationDueDateMoved['facts'];
  const words = present({ phrase: event.texts.phrase });
  if (anchorsOf(due) === 0) return before;
  if (before.current === undefined) return { ...before, ...words, ...firstDue(due, event), ...present({ dueSetBy }) };
  const { phrase: _outdated, currentSetOn: _setOn, dueSetBy: _setBy, ...lasting } = before;
  const [was, will] = [ownDay(before.current), ownDay(due)];
  const is = was === null || will === null || will > was ? 'EXTENDED' : will < was ? 'BROUGHT_FORWARD' : 'SAME';
  const afterItPassed = was === null ? undefined : was < event.effectiveOn;
  const move: DueMove = {
    ...stepOf(event),
    from: before.current,
    to: due,
    ...words,
    ...present({ why: event.texts.reason, dueSetBy, afterItPassed }),
    wasAskedFor: event.type === 'ExtensionGranted',
    is,
  };
  const isExtension = is === 'EXTENDED';
  return {
    ...lasting,
    ...words,
    current: due,
    ...setOn('currentSetOn', due, event),
    ...present({ dueSetBy }),
    moves: [...before.moves, move],
    extensions: before.extensions + (isExtension ? 1 : 0),
    broughtForward: before.broughtForward + (is === 'BROUGHT_FORWARD' ? 1 : 0),
    extendedInTime: before.extendedInTime + (isExtension && afterItPassed === false ? 1 : 0),
    extendedLate: before.extendedLate + (isExtension && afterItPassed === true ? 1 : 0),
    extendedWithoutReason: before.extendedWithoutReason + (isExtension && move.why === undefined ? 1 : 0),
  };
}

function firstDue(due: Due, event: RecommendationEvent): Partial<RecommendationDue> {
  return { original: due, current: due, ...setOn('originalSetOn', due, event), ...setOn('currentSetOn', due, event) };
}

function setOn(
  field: 'originalSetOn' | 'currentSetOn',
  { meeting }: Due,
  { effectiveOn }: Pick<RecommendationEvent, 'effectiveOn'>,
): Partial<RecommendationDue> {
  return meeting === undefined ? {} : { [field]: effectiveOn };
}

/** The day that a due date itself names, the last one of a span; null where a meeting or words alone tell it. */
function ownDay(due: Due | undefined): CivilDate | null {
  return dueDateOf(due, () => null);
}
