import {
  isRestricted,
  stricter,
  type EventId,
  type Marked,
  type Marking,
  type RecordEvent,
  type Voided,
} from '../ledger/index.ts';
import type { Audience } from './capacities.ts';

/** An event of a record, with who may see it today. */
export interface Visibility {
  readonly marking: Marking;
  readonly published: boolean;
}

/**
 * Who may see each event of one record, by the rights of today.
 *
 * `events`: all events of the record, by version. Re-marking counts for every reading of the past as well. Re-marking the record
 * re-marks the events up to then, whatever each was marked; a later event bears its own marking or the record's, whichever is
 * stricter. Publishing covers the events up to and including the publishing one, and voiding a publication takes it back.
 * Nothing restricted is ever public.
 */
export function visibilityOf(events: readonly RecordEvent[]): ReadonlyMap<EventId, Visibility> {
  const voided = voidedEvents(events);
  const markings = new Map<EventId, Marking>();
  let record: Marking | null = null;
  let publishedUpTo = 0;
  for (const event of events) {
    markings.set(event.id, record === null ? event.marking : stricter(event.marking, record));
    if (voided.has(event.id)) continue;
    if (event.type === 'Published') publishedUpTo = Math.max(publishedUpTo, event.version);
    if (event.type !== 'Marked') continue;
    const { target, to } = (event as Marked).facts;
    if (target !== undefined) markings.set(target, to);
    else {
      record = to;
      for (const id of markings.keys()) markings.set(id, to);
    }
  }
  return new Map(
    events.map(({ id, version }) => {
      const marking = markings.get(id)!;
      return [id, { marking, published: version <= publishedUpTo && !isRestricted(marking) }];
    }),
  );
}

/**
 * The events of one record that an audience may see; empty when it may not see the event that opened the record, for then
 * the record does not exist for it. An amendment of a hidden event is hidden too.
 */
export function visibleEvents<Event extends RecordEvent>(
  events: readonly Event[],
  audience: Audience,
): readonly Event[] {
  const first = events[0];
  if (first === undefined) return events;
  const visibility = visibilityOf(events);
  const seen = new Set<EventId>();
  const visible: Event[] = [];
  for (const event of events) {
    if (!mayKnow(audience, visibility.get(event.id))) continue;
    const target = (event.facts as { target?: EventId }).target;
    if (target !== undefined && !seen.has(target)) continue;
    seen.add(event.id);
    visible.push(event);
  }
  return seen.has(first.id) ? visible : [];
}

/** True if that audience may read a part that bears a marking of its own. */
export function mayReadPart(audience: Audience, marking: Marking | undefined): boolean {
  return marking === undefined || audience === 'full' || !isRestricted(marking);
}

function mayKnow(audience: Audience, visibility: Visibility | undefined): boolean {
  if (visibility === undefined) return false;
  if (audience === 'full') return true;
  if (audience === 'official') return !isRestricted(visibility.marking);
  return visibility.published;
}

function voidedEvents(events: readonly RecordEvent[]): ReadonlySet<EventId> {
  const voided = new Set<EventId>();
  for (const event of events) {
    const target = (event as Voided).facts.target;
    if (event.type === 'Voided') voided.add(target);
    if (event.type === 'Restored') voided.delete(target);
  }
  return voided;
}
