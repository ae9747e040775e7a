import {
  markingOf,
  mayKnow,
  readerFor,
  visibilityOf,
  visibilityWith,
  visibleEvents,
  type RecordVisibility,
} from '../access/index.ts';
import {
  isCommonFact,
  type CivilDate,
  type EventId,
  type Marking,
  type RecordEvent,
  type Refusal,
  type Register,
  type Voided,
} from '../ledger/index.ts';
import { amend, asItStood, fold, knowingHolders, mistakeIn } from '../timeline/index.ts';
import type { Caller } from './submission.ts';

/**
 * What the writer has worked out of one record, kept from one command to the next. A value: it grows by making another, which
 * reads no more than the new events where they come last.
 */
export interface Fold {
  /** All events of the record, by version. */
  readonly events: readonly RecordEvent[];
  /** Those of its own facts that are in force, corrected, in fold order. */
  readonly facts: readonly RecordEvent[];
  /** The state after all of them. */
  readonly end: unknown;
  /** The latest day on which one of them took effect; `''` when there is none. */
  readonly lastDay: CivilDate | '';
  /** Events that others amend or stand before. One of them would not simply come last. */
  readonly named: ReadonlySet<EventId>;
  readonly visibility: RecordVisibility;
  /** The void of the record, while it stands: then nothing of the record holds. */
  readonly mistake: (RecordEvent & Voided) | null;
}

/** Does the event leave every fact before it as it is, and in its place? Pure. */
export type FallsLast = (fold: Fold, event: RecordEvent) => boolean;

/** Amendments change what stands before them, and a late entry or one with a `before` falls among it: those are folded anew. */
export const fallsLast: FallsLast = (fold, event) => {
  if (isCommonFact(event)) return !['Corrected', 'Voided', 'Restored'].includes(event.type);
  if (fold.mistake !== null) return false;
  return event.effectiveOn >= fold.lastDay && event.before === undefined && !fold.named.has(event.id);
};

/** The fold of a record before its first event. */
export function unfolded(register: Register): Fold {
  return {
    events: [],
    facts: [],
    end: register.initial,
    lastDay: '',
    named: new Set(),
    visibility: visibilityOf([]),
    mistake: null,
  };
}

/** The fold with the next events of the record. */
export function grown(register: Register, before: Fold, more: readonly RecordEvent[], isLast = fallsLast): Fold {
  const events = before.events.concat(more);
  const visibility = more.reduce(visibilityWith, before.visibility);
  const facts = factsAtEnd(register, before, more, isLast);
  if (facts === null) return { ...foldedAfresh(register, events), visibility };
  if (facts.length === 0) return { ...before, events, visibility };
  const end = facts.reduce(register.evolve, before.end);
  return { ...before, events, facts: before.facts.concat(facts), end, lastDay: facts.at(-1)!.effectiveOn, visibility };
}

/** The facts among the next events, if each of these simply comes last; else null. */
function factsAtEnd(
  register: Register,
  before: Fold,
  more: readonly RecordEvent[],
  isLast: FallsLast,
): readonly RecordEvent[] | null {
  const facts: RecordEvent[] = [];
  let { lastDay } = before;
  for (const event of more) {
    if (!isLast({ ...before, lastDay }, event)) return null;
    if (isCommonFact(event)) continue;
    facts.push(register.upcast(event));
    lastDay = event.effectiveOn;
  }
  return facts;
}

function foldedAfresh(register: Register, events: readonly RecordEvent[]): Omit<Fold, 'visibility'> {
  const facts = amend(register, events);
  const named = new Set<EventId>();
  for (const { before, facts: said } of events)
    for (const id of [before, said['target']]) if (typeof id === 'string') named.add(id);
  return {
    events,
    facts,
    end: fold(register, facts),
    lastDay: facts.at(-1)?.effectiveOn ?? '',
    named,
    mistake: mistakeIn(events),
  };
}

/** By the array of all events of the record, which is how everybody here names what was read. */
const FOLDS = new WeakMap<readonly RecordEvent[], Fold>();

/** Remembers the fold of a record that was read, for whoever asks about its events. */
export function remember(fold: Fold): Fold {
  FOLDS.set(fold.events, fold);
  return fold;
}

/** What is worked out of these events: remembered from when they were read, or else worked out now. */
export function foldOf(register: Register, events: readonly RecordEvent[]): Fold {
  return FOLDS.get(events) ?? remember({ ...grown(register, unfolded(register), events), events });
}

/** The facts of a loaded record that are in force, corrected and in fold order. */
export function inForce(register: Register, events: readonly RecordEvent[]): readonly RecordEvent[] {
  return foldOf(register, events).facts;
}

/** State from all that is known, whatever the day. */
export function stateNow(register: Register, events: readonly RecordEvent[]): unknown {
  return foldOf(register, events).end;
}

/** The void of the record, while it stands. */
export function mistakeNow(register: Register, events: readonly RecordEvent[]): (RecordEvent & Voided) | null {
  return foldOf(register, events).mistake;
}

/** The posts that own the record by all that is known, the one that leads first; of one that was recorded by mistake, those that did. */
export function ownersNow(register: Register, events: readonly RecordEvent[]): readonly string[] {
  const { end, mistake } = foldOf(register, events);
  return register.ownersOf(mistake === null ? end : fold(register, amend(register, asItStood(events))));
}

/** State at the end of a day, or just before one of that day's events. */
export function stateOn(register: Register, events: readonly RecordEvent[], day: CivilDate, before?: EventId): unknown {
  const { facts, end, lastDay } = foldOf(register, events);
  if (before === undefined && lastDay <= day) return end;
  const upTo = facts.filter((event) => event.effectiveOn <= day);
  const index = before === undefined ? -1 : upTo.findIndex((event) => event.id === before);
  return fold(register, index < 0 ? upTo : upTo.slice(0, index));
}

/** How a loaded record is marked today, its opening by name included. */
export function recordMarking(register: Register, events: readonly RecordEvent[]): Marking {
  const { visibility } = foldOf(register, events);
  return visibility.opening === null ? visibility.record : markingOf(visibility, visibility.opening);
}

/** The same, or how one of its events is marked. */
export function markingToday(register: Register, events: readonly RecordEvent[], event?: EventId): Marking {
  const named = event === undefined ? undefined : events.find(({ id }) => id === event);
  return named === undefined ? recordMarking(register, events) : markingOf(foldOf(register, events).visibility, named);
}

/** Those events of a loaded record that the caller may see; null when these are all of them, by the caller's clearance. */
export function eventsSeenBy(
  register: Register,
  { events }: Pick<Fold, 'events'>,
  caller: Caller,
): readonly RecordEvent[] | null {
  const { audience } = readerFor(caller.post, caller.capacity);
  if (audience === 'full') return null;
  return seesWhole(register, { events }, caller)
    ? events
    : visibleEvents(events, audience, foldOf(register, events).visibility);
}

/** May the caller see all of a loaded record, by their clearance or because their post owns it, alone or with others? */
export function seesWhole(register: Register, { events }: Pick<Fold, 'events'>, caller: Caller): boolean {
  const { audience, ownsAs } = readerFor(caller.post, caller.capacity);
  return audience === 'full' || (ownsAs !== undefined && ownersNow(register, events).includes(ownsAs));
}

/** True if the record exists for the caller: what they may not see is not there. */
export function isVisible(register: Register, { events }: Pick<Fold, 'events'>, caller: Caller): boolean {
  const { visibility } = foldOf(register, events);
  const { opening } = visibility;
  if (opening === null) return false;
  const { audience } = readerFor(caller.post, caller.capacity);
  return mayKnow(audience, visibility, opening) || seesWhole(register, { events }, caller);
}

/**
 * Why one of these events may not follow, asked at the state in which the record stands; null: they may. Undefined when one of
 * them does not come last, so that every fact must be asked again.
 */
export function whyNotLast(
  register: Register,
  events: readonly RecordEvent[],
  added: readonly RecordEvent[],
  isLast = fallsLast,
): Refusal | null | undefined {
  const standing = foldOf(register, events);
  const facts = factsAtEnd(register, standing, added, isLast);
  if (facts === null) return undefined;
  let state = standing.end;
  for (const fact of facts) {
    const refusal = register.mayFollow(
      state,
      knowingHolders(register, fact, () => events.concat(added)),
    );
    if (refusal !== null) return refusal;
    state = register.evolve(state, fact);
  }
  return null;
}
