import { isRestricted, type EventId, type Marked, type Marking, type RecordEvent, type Voided } from '../ledger/index.ts';
import type { Audience } from './capacities.ts';

/** An event of a record, with who may see it today. */
export interface Visibility {
  readonly marking: Marking;
  readonly published: boolean;
}

/**
 * Who may see each event of one record, by the rights of today.
 *
 * `events`: all events of the record, by version. Re-marking counts from the moment it is recorded, for every reading of the
 * past as well; publishing covers the events up to and including the publishing one, and voiding a publication takes it back.
 * Nothing restricted is ever public.
 */
export function visibilityOf(events: readonly RecordEvent[]): ReadonlyMap<EventId, Visibility> {
  const voided = voidedEvents(events);
  let publishedUpTo = 0;
  let recordMarking: Marking | null = null;
  const eventMarkings = new Map<EventId, Marking>();
  for (const event of events) {
    if (voided.has(event.id)) continue;
    if (event.type === 'Published') publishedUpTo = Math.max(publishedUpTo, event.version);
    if (event.type === 'Marked') {
      const { target, to } = (event as Marked).facts;
      if (target === undefined) recordMarking = to;
      else eventMarkings.set(target, to);
    }
  }
  const visibility = new Map<EventId, Visibility>();
  for (const event of events) {
    const marking = eventMarkings.get(event.id) ?? recordMarking ?? event.marking;
    visibility.set(event.id, { marking, published: event.version <= publishedUpTo && !isRestricted(marking) });
  }
  return visibility;
}

/**
 * The events of one record that an audience may see; empty when it may not see the event that opened the record, for then
 * the record does not exist for it. An amendment of a hidden event is hidden too.
 */
export function visibleEvents<Event extends RecordEvent>(events: readonly Event[], audience: Audience): readonly Event[] {
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
