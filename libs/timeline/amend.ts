import {
  isCommonFact,
  linkedIn,
  type Corrected,
  type EventId,
  type JsonObject,
  type JsonValue,
  type OtherwiseStated,
  type RecordEvent,
  type Register,
  type Restored,
  type Voided,
} from '../ledger/index.ts';
import type { Dispute } from './types.ts';

/** What of a register its timeline needs. Every register has it. */
export type Foldable<State, Event extends RecordEvent> = Pick<
  Register<State, Event>,
  'initial' | 'evolve' | 'upcast' | 'refOf'
>;

/** A record as its events tell it, before any question of dates. */
export interface Reading<Event extends RecordEvent> {
  /** The record's own facts that are in force, corrected, of the current schema, in fold order. */
  readonly amended: readonly Event[];
  /** What other sources say otherwise, unless that was voided, in the order of recording. */
  readonly disputes: readonly Dispute[];
}

/**
 * The record's own facts that are in force, as corrected, in the order in which they fold: by effective day, then `before`,
 * then version.
 *
 * `events` may be any subset of one record's events, in any order: what is not known does not count, and an amendment whose
 * target is not known amends nothing. The facts common to every register (see `libs/ledger/common-facts.ts`) amend and
 * dispute; they are not in the answer.
 *
 * Source of the rules: docs/time.md.
 */
export function amend<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly RecordEvent[],
): readonly Event[] {
  return readingOf(register, events).amended;
}

const NOTHING_HOLDS: Reading<never> = { amended: [], disputes: [] };

/** {@link amend}, with what is said otherwise. While the fact that opened the record is void, nothing of it holds. */
export function readingOf<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly RecordEvent[],
): Reading<Event> {
  const ordered = inVersionOrder(events);
  const voided = voidedOf(ordered);
  const opening = openingIn(ordered);
  if (opening !== undefined && voided.has(opening.id)) return NOTHING_HOLDS;
  const corrections = new Map<EventId, Corrected[]>();
  const disputes: Dispute[] = [];
  const own: RecordEvent[] = [];
  for (const event of ordered) {
    if (voided.has(event.id)) continue;
    if (!isCommonFact(event)) own.push(event);
    else if (event.type === 'OtherwiseStated') disputes.push(disputeOf(event));
    else if (event.type === 'Corrected') {
      const earlier = corrections.get(event.facts.target);
      if (earlier === undefined) corrections.set(event.facts.target, [event]);
      else earlier.push(event);
    }
  }
  const amended = own.map((event) => register.upcast(corrected(register, event, corrections.get(event.id) ?? [])));
  return { amended: inFoldOrder(amended), disputes: disputes.map((dispute) => ofLink(dispute, amended)) };
}

/**
 * The void of the fact that opened the record, where it stands among these events: the record was recorded by mistake, and nothing
 * of it holds until that fact is restored. Null for a record that stands.
 */
export function mistakeIn(events: readonly RecordEvent[]): (RecordEvent & Voided) | null {
  const ordered = inVersionOrder(events);
  const opening = openingIn(ordered);
  const last = opening === undefined ? undefined : ordered.findLast((event) => isOfTheRecord(event, opening));
  return last?.type === 'Voided' ? (last as Voided) : null;
}

/** The same events without what made the record void or restored it: the record as it stood, and will stand once it is restored. */
export function asItStood<Event extends RecordEvent>(events: readonly Event[]): readonly Event[] {
  const opening = openingIn(events);
  if (opening === undefined || !events.some((event) => isOfTheRecord(event, opening))) return events;
  return events.filter((event) => !isOfTheRecord(event, opening));
}

/** Is it a void of the record, or the end of one? */
function isOfTheRecord(event: RecordEvent, opening: RecordEvent): boolean {
  return (event.type === 'Voided' || event.type === 'Restored') && event.facts['target'] === opening.id;
}

function openingIn(events: readonly RecordEvent[]): RecordEvent | undefined {
  return events.find(({ version }) => version === 1);
}

/** State after folding facts that {@link amend} gave. */
export function fold<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  amended: readonly Event[],
): State {
  let state = register.initial;
  for (const event of amended) state = register.evolve(state, event);
  return state;
}

function inVersionOrder(events: readonly RecordEvent[]): readonly RecordEvent[] {
  return events.every((event, index) => index === 0 || (events[index - 1] as RecordEvent).version < event.version)
    ? events
    : [...events].sort((a, b) => a.version - b.version);
}

/** A void is not itself voided: `Restored` lifts it. Of both, the last known wins. */
function voidedOf(ordered: readonly RecordEvent[]): ReadonlySet<EventId> {
  const voided = new Set<EventId>();
  const lasting = new Set<EventId>();
  for (const event of ordered) {
    if (event.type !== 'Voided' && event.type !== 'Restored') continue;
    const { target } = (event as Voided | Restored).facts;
    lasting.add(event.id);
    if (event.type === 'Restored') voided.delete(target);
    else if (!lasting.has(target)) voided.add(target);
  }
  for (const id of lasting) voided.delete(id);
  return voided;
}

/** A dispute about a link, with where that leads as the link is read now. */
function ofLink(dispute: Dispute, amended: readonly RecordEvent[]): Dispute {
  const target = dispute.target === undefined ? undefined : amended.find(({ id }) => id === dispute.target);
  const linkedTo = target === undefined ? undefined : linkedIn(target);
  return linkedTo === undefined ? dispute : { ...dispute, linkedTo };
}

function disputeOf(event: OtherwiseStated): Dispute {
  const { target, path, says } = event.facts;
  return { event: event.id, ...(target === undefined ? {} : { target }), path, says: says ?? event.texts.says ?? null };
}

function corrected<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  original: RecordEvent,
  corrections: readonly Corrected[],
): RecordEvent {
  let event = original;
  for (const correction of corrections) {
    // A path means what it meant in the schema in which it was written.
    if (event.schema < correction.facts.schema) event = register.upcast(event, correction.facts.schema);
    event = patched(event, correction);
  }
  return event;
}

const SOURCE_TEXTS: { readonly [path: string]: string } = {
  'source.document': 'document',
  'source.paragraph': 'paragraph',
  'source.quote': 'quote',
};

/** Lays one correction on an event. `null` takes the value away, where there need not be one. */
function patched(event: RecordEvent, correction: Corrected): RecordEvent {
  const { path, is } = correction.facts;
  const words = correction.texts.is;
  const field = SOURCE_TEXTS[path] ?? path;
  if (words !== undefined) return { ...event, texts: { ...event.texts, [field]: words } };
  if (is === undefined) return event;
  if (path === 'effectiveOn') {
    // Once a source gives the day, there is no span left within which it may have been.
    return typeof is === 'string' ? { ...without(event, 'dated'), effectiveOn: is } : event;
  }
  if (path === 'dated') {
    if (is === null) return without(event, 'dated');
    const dated = is as unknown as NonNullable<RecordEvent['dated']>;
    return typeof dated.to === 'string' ? { ...event, dated, effectiveOn: dated.to } : event;
  }
  if (path === 'source.publishedOn') {
    return typeof is === 'string' ? { ...event, publishedOn: is } : without(event, 'publishedOn');
  }
  // A version is one of the document that was cited: with another document it says nothing.
  if (path === 'source.record')
    return { ...without(without(event, 'cites'), 'citesVersion'), ...(typeof is === 'string' ? { cites: is } : {}) };
  if (path === 'source.version')
    return { ...without(event, 'citesVersion'), ...(typeof is === 'string' ? { citesVersion: is } : {}) };
  if (is === null && Object.hasOwn(event.texts, field)) return { ...event, texts: without(event.texts, field) };
  return { ...event, facts: withValueAt(event.facts, path.split('.'), is) };
}

function withValueAt(object: JsonObject, path: readonly string[], is: JsonValue): JsonObject {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return is === null ? without(object, key) : { ...object, [key]: is };
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  if (is === null && !isObject(inner)) return object;
  return { ...object, [key]: withValueAt(isObject(inner) ? inner : {}, rest, is) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without<T extends object>(object: T, key: string): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;
}

function inFoldOrder<Event extends RecordEvent>(events: Event[]): readonly Event[] {
  events.sort((a, b) =>
    a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.version - b.version,
  );
  return events.some((event) => event.before !== undefined) ? withBeforeHeeded(events) : events;
}

/**
 * Puts each fact just before the one that its `before` names, if both took effect on the same day. Several before the same
 * one keep their order. Facts that are before each other in a circle keep the order of their versions.
 */
function withBeforeHeeded<Event extends RecordEvent>(sorted: readonly Event[]): readonly Event[] {
  const followerOf = followers(sorted);
  const foregoing = new Map<Event, Event[]>();
  const rest: Event[] = [];
  for (const event of sorted) {
    const follower = followerOf(event);
    if (follower === undefined) rest.push(event);
    else foregoing.set(follower, [...(foregoing.get(follower) ?? []), event]);
  }
  const ordered: Event[] = [];
  const place = (event: Event): void => {
    foregoing.get(event)?.forEach(place);
    ordered.push(event);
  };
  rest.forEach(place);
  return ordered;
}

/** For a fact in force, the one just before which it is to stand, if there is one. */
export function followers<Event extends RecordEvent>(facts: readonly Event[]): (event: Event) => Event | undefined {
  const byId = new Map(facts.map((event) => [event.id, event]));
  const next = (event: Event): Event | undefined => {
    const named = event.before === undefined ? undefined : byId.get(event.before);
    return named?.effectiveOn === event.effectiveOn ? named : undefined;
  };
  const inCircle = (event: Event): boolean => {
    const met = new Set<Event>();
    for (let at = next(event); at !== undefined && !met.has(at); at = next(at)) {
      if (at === event) return true;
      met.add(at);
    }
    return false;
  };
  return (event) => (event.before === undefined || inCircle(event) ? undefined : next(event));
}

/**
 * Fold order as text: of two facts in force the one with the lesser text folds first. It changes only when the fact, or one that it
 * is to stand before, does.
 */
export function foldPlaces<Event extends RecordEvent>(amended: readonly Event[]): (event: Event) => string {
  const followerOf = followers(amended);
  return (event) => {
    let path = `${orderOf(event)}~`;
    // What stands before another is after it in this text, and `~` comes after every digit.
    for (let at = followerOf(event); at !== undefined; at = followerOf(at)) path = `${orderOf(at)}${path}`;
    return `${event.effectiveOn}/${path}`;
  };
}

/** Order of recording as text. */
export function orderOf({ version }: Pick<RecordEvent, 'version'>): string {
  return String(version).padStart(10, '0');
}
