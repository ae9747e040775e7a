import {
  anchorsOf,
  kindSpelt,
  present,
  type Due,
  type LinkedAndNamed,
  type RecordKind,
} from '../../declarations/index.ts';
import {
  daysBetween,
  isCommonFact,
  stepOf,
  unmoved,
  type CivilDate,
  type EventId,
  type Refusal,
  type Step,
  type TextRef,
  type TitledAt,
} from '../../ledger/index.ts';
import type { ForwardPlanEvent, ForwardPlanItemDeferred, ForwardPlanItemSuggested } from './events.ts';
import type {
  ForwardPlanOrigin,
  ForwardPlanOriginSaid,
  ForwardPlanPurpose,
  ForwardPlanRecurrence,
  ForwardPlanStatus,
} from './fields.ts';
import { refuse } from './refusals.ts';

/** Its paper came: on which day, which version, and when it was due then. */
export interface PaperReceived extends Step {
  readonly paper?: string;
  readonly paperVersion?: string;
  readonly dueOn?: CivilDate;
}

/** Where it came up at a meeting. */
interface AtMeeting {
  readonly meeting?: string;
  readonly agendaItem?: EventId;
}

/** It was put off: from where, and to where, as far as that was said. */
export interface ItemDeferral extends Step, AtMeeting {
  readonly from?: Due;
  readonly fromPhrase?: TextRef;
  readonly plannedFor?: Due;
  readonly phrase?: TextRef;
  readonly why?: TextRef;
}

export type Presentation = Step & AtMeeting;

/** An item that has been suggested. Words are references to the events that hold them. */
export interface PlannedItem extends LinkedAndNamed {
  readonly status: ForwardPlanStatus;
  readonly ref: string;
  readonly body: string;
  readonly title?: TextRef;
  readonly comments?: TextRef;
  readonly occasion?: TextRef;
  readonly sponsor?: string;
  readonly purpose?: ForwardPlanPurpose;
  readonly origin?: ForwardPlanOriginSaid;
  readonly recurrence: ForwardPlanRecurrence;
  readonly suggested: Step;
  /** The entry by which an action became it. That action is linked to it. */
  readonly causedBy?: EventId;
  /** For when it was planned first, and for when it is planned now. */
  readonly firstPlannedFor?: Due;
  readonly plannedFor?: Due;
  readonly phrase?: TextRef;
  readonly paperDueOn?: CivilDate;
  readonly scheduled?: Step;
  readonly commissioned?: Step & { readonly brief?: TextRef };
  /** Of the paper that is asked for now. */
  readonly received?: PaperReceived;
  /** Every paper that came, in order. */
  readonly receipts: readonly PaperReceived[];
  /** In order: the chain of all that it was put off from and to. */
  readonly deferrals: readonly ItemDeferral[];
  /** In order; of one that comes again, several. */
  readonly presentations: readonly Presentation[];
  readonly dropped?: Step & { readonly why?: TextRef };
}

/** Before it is suggested, or when that was voided, an item does not exist. */
export type ForwardPlanState = { readonly status: 'NOT_SUGGESTED' } | PlannedItem;

export const NOT_SUGGESTED: ForwardPlanState = { status: 'NOT_SUGGESTED' };

export function refOf(state: ForwardPlanState): string | null {
  return state.status === 'NOT_SUGGESTED' ? null : state.ref;
}

export function bodyOf(state: ForwardPlanState): string | null {
  return state.status === 'NOT_SUGGESTED' ? null : state.body;
}

/** Whoever brings it sees all of it. */
export function ownersIn(state: ForwardPlanState): readonly string[] {
  return state.status === 'NOT_SUGGESTED' || state.sponsor === undefined ? [] : [state.sponsor];
}

/** Two items of one body that are called alike may be one. */
export function titledAt(state: ForwardPlanState): TitledAt | null {
  if (state.status === 'NOT_SUGGESTED' || state.title === undefined) return null;
  return { place: state.body, title: state.title };
}

/** What a record is to an item that comes from it, by its kind. */
const COMES_FROM: { readonly [Kind in RecordKind]?: ForwardPlanOrigin } = {
  action: 'ACTION',
  recommendation: 'RECOMMENDATION',
  risk: 'RISK',
  decision: 'DECISION',
  meeting: 'MEETING',
  document: 'DOCUMENT',
  forwardPlanItem: 'FORWARD_PLAN_ITEM',
};

/** Where it comes from: what was said, else the first record that it follows from, as far as the state holds it. */
export function originOf({ origin, linked = [] }: Pick<PlannedItem, 'origin' | 'linked'>): ForwardPlanOrigin | null {
  if (origin !== undefined) return origin;
  for (const { as, to } of linked) {
    const kind = as === 'FOLLOWS_FROM' ? kindSpelt(to) : null;
    const from = kind === null ? undefined : COMES_FROM[kind];
    if (from !== undefined) return from;
  }
  return null;
}

/** Does it come again after it was presented? */
export function comesAgain({ recurrence }: Pick<PlannedItem, 'recurrence'>): boolean {
  return recurrence !== 'NONE';
}

/** By how many days that paper was late; less than nothing where it was early, null where no day was set. */
export function latenessOf({ dueOn, effectiveOn }: PaperReceived): number | null {
  return dueOn === undefined ? null : daysBetween(dueOn, effectiveOn);
}

/** Is a paper still waited for by the day that was set? */
export function awaitsPaper({ status, received, paperDueOn }: PlannedItem): boolean {
  return paperDueOn !== undefined && received === undefined && status !== 'PRESENTED' && status !== 'DROPPED';
}

/** By how many days the paper of an item was late, or is by that day; null where it is not due yet, or no day was set. */
export function paperLateOn(item: PlannedItem, day: CivilDate): number | null {
  if (item.received !== undefined) return latenessOf(item.received);
  if (!awaitsPaper(item) || item.paperDueOn! >= day) return null;
  return daysBetween(item.paperDueOn!, day);
}

/** Type and facts of one event. An event that would be written may lack what the command has yet to say. */
type Fact = {
  [Event in ForwardPlanEvent as Event['type']]: {
    readonly type: Event['type'];
    readonly facts: Partial<Event['facts']>;
  };
}[ForwardPlanEvent['type']];

/** Is this fact legal in that state? Null if it is. */
export function mayFollow(state: ForwardPlanState, event: ForwardPlanEvent): Refusal | null {
  if (event.type === 'ForwardPlanItemSuggested')
    return state.status === 'NOT_SUGGESTED' ? whyNotPlaced(event.facts, event.facts) : refuse('ALREADY_SUGGESTED');
  if (isCommonFact(event)) return null;
  if (state.status === 'NOT_SUGGESTED') return refuse('NOT_SUGGESTED');
  return whyNotStanding(state, event) ?? whyNotSo(state, event);
}

/** What may be said of one that was presented and comes again, before it is scheduled anew. */
const BETWEEN_TWO: readonly ForwardPlanEvent['type'][] = [
  'ForwardPlanItemScheduled',
  'ForwardPlanItemRevised',
  'ForwardPlanItemDropped',
];
/** What is done with one that has a place. A paper prints what came of an item, and not always what went before. */
const OF_ONE_SCHEDULED: readonly ForwardPlanEvent['type'][] = [
  'ForwardPlanPaperCommissioned',
  'ForwardPlanPaperReceived',
  'ForwardPlanItemPresented',
  'ForwardPlanItemDeferred',
];

function whyNotStanding(state: PlannedItem, { type, imported }: ForwardPlanEvent): Refusal | null {
  const { ref, status, plannedFor, commissioned, received } = state;
  const values = { ref };
  if (status === 'DROPPED') return refuse('ITEM_DROPPED', { values });
  if (status === 'PRESENTED') {
    if (!comesAgain(state)) return refuse('ITEM_PRESENTED', { values });
    return BETWEEN_TWO.includes(type) ? null : refuse('NOT_SCHEDULED', { values });
  }
  if (status === 'SUGGESTED' && imported !== true && OF_ONE_SCHEDULED.includes(type))
    return refuse('NOT_SCHEDULED', { values });
  switch (type) {
    case 'ForwardPlanItemScheduled':
      return status === 'SUGGESTED' || (status === 'DEFERRED' && plannedFor === undefined)
        ? null
        : refuse('ALREADY_SCHEDULED', { values });
    case 'ForwardPlanPaperCommissioned':
      return status === 'COMMISSIONED' || status === 'RECEIVED' ? refuse('ALREADY_COMMISSIONED', { values }) : null;
    case 'ForwardPlanPaperReceived':
      if (received !== undefined) return refuse('ALREADY_RECEIVED', { values });
      return commissioned === undefined && imported !== true ? refuse('NOT_COMMISSIONED', { values }) : null;
    default:
      return null;
  }
}

function whyNotSo(state: PlannedItem, event: ForwardPlanEvent): Refusal | null {
  const { type, facts } = event as unknown as Fact;
  switch (type) {
    case 'ForwardPlanItemScheduled': {
      const { plannedFor } = facts;
      if (plannedFor !== undefined && anchorsOf(plannedFor) === 0)
        return refuse('PLACE_NEEDED', { field: 'plannedFor' });
      return whyNotPlaced(state, facts);
    }
    case 'ForwardPlanItemPresented':
      return whyNotOfBody(state, facts.meeting, 'meeting');
    case 'ForwardPlanItemDeferred':
      return whyNotPlaced(state, facts) ?? whyNotOfBody(state, facts.meeting, 'meeting');
    default:
      return null;
  }
}

/** One place only, and a meeting of the body on whose plan it is. */
function whyNotPlaced(of: { readonly body: string }, { plannedFor }: { readonly plannedFor?: Due }): Refusal | null {
  if (plannedFor === undefined) return null;
  if (anchorsOf(plannedFor) > 1) return refuse('PLANNED_AMBIGUOUS', { field: 'plannedFor' });
  return whyNotOfBody(of, plannedFor.meeting, 'plannedFor.meeting');
}

/** A meeting is known by its reference, which begins with that of its body and never changes. */
function whyNotOfBody({ body }: { readonly body: string }, meeting: string | undefined, field: string): Refusal | null {
  if (meeting === undefined || meeting.startsWith(`${body}-`)) return null;
  return refuse('OTHER_BODY', { field, values: { body } });
}

/**
 * The state after one more event.
 *
 * Total over any subset of events in any order, for a reader may be kept from some of them and a correction may move one. Facts common to
 * every register leave the state as it is; the timeline applies them.
 */
export function evolve(state: ForwardPlanState, event: ForwardPlanEvent): ForwardPlanState {
  if (event.type === 'ForwardPlanItemSuggested') return state.status === 'NOT_SUGGESTED' ? suggested(event) : state;
  if (state.status === 'NOT_SUGGESTED') return state;
  const step = stepOf(event);
  const why = present({ why: event.texts.reason });
  switch (event.type) {
    case 'ForwardPlanItemRevised': {
      const { title, comments } = event.texts;
      return { ...state, ...event.facts, ...present({ title, comments }) };
    }
    case 'ForwardPlanItemScheduled': {
      const { plannedFor, paperDueOn } = event.facts;
      const { commissioned: _commissioned, received: _received, phrase: _phrase, ...lasting } = state;
      const papers = state.status === 'PRESENTED' ? {} : present(papersOf(state));
      return {
        ...(state.status === 'PRESENTED' ? withoutPaperDay(lasting) : lasting),
        ...papers,
        ...present({ paperDueOn, phrase: event.texts.phrase }),
        status: 'SCHEDULED',
        scheduled: step,
        plannedFor,
        firstPlannedFor: state.firstPlannedFor ?? plannedFor,
      };
    }
    case 'ForwardPlanPaperCommissioned': {
      const { received: _received, ...lasting } = state;
      const commissioned = { ...step, ...present({ brief: event.texts.brief }) };
      return { ...lasting, ...event.facts, status: 'COMMISSIONED', commissioned };
    }
    case 'ForwardPlanPaperReceived': {
      const received = { ...step, ...event.facts, ...present({ dueOn: state.paperDueOn }) };
      return { ...state, status: 'RECEIVED', received, receipts: [...state.receipts, received] };
    }
    case 'ForwardPlanItemPresented':
      return {
        ...state,
        status: 'PRESENTED',
        presentations: [...state.presentations, { ...step, ...event.facts }],
      };
    case 'ForwardPlanItemDeferred':
      return deferred(state, event);
    case 'ForwardPlanItemDropped':
      return { ...state, status: 'DROPPED', dropped: { ...step, ...why } };
    default:
      return unmoved(state, event);
  }
}

function papersOf({ commissioned, received }: PlannedItem) {
  return { commissioned, received };
}

function withoutPaperDay<Of extends Pick<PlannedItem, 'paperDueOn'>>(state: Of): Omit<Of, 'paperDueOn'> {
  const { paperDueOn: _paperDueOn, ...lasting } = state;
  return lasting;
}

function suggested(event: ForwardPlanItemSuggested): PlannedItem {
  const { plannedFor, convertedFrom: _convertedFrom, ...facts } = event.facts;
  const { title, comments, occasion, phrase } = event.texts;
  return {
    status: 'SUGGESTED',
    ...facts,
    ...present({ title, comments, occasion, phrase, plannedFor, firstPlannedFor: plannedFor }),
    suggested: stepOf(event),
    receipts: [],
    deferrals: [],
    presentations: [],
  };
}

/** By when its paper was due holds no longer; a paper that is there stays. */
function deferred(state: PlannedItem, event: ForwardPlanItemDeferred): PlannedItem {
  const { plannedFor, paperDueOn, meeting, agendaItem } = event.facts;
  const { phrase, reason } = event.texts;
  const deferral: ItemDeferral = {
    ...stepOf(event),
    ...present({ from: state.plannedFor, fromPhrase: state.phrase, plannedFor, phrase, meeting, agendaItem }),
    ...present({ why: reason }),
  };
  const { plannedFor: _plannedFor, phrase: _phrase, ...lasting } = withoutPaperDay(state);
  return {
    ...lasting,
    ...present({ plannedFor, phrase, paperDueOn, firstPlannedFor: state.firstPlannedFor ?? plannedFor }),
    status: 'DEFERRED',
    deferrals: [...state.deferrals, deferral],
  };
}
