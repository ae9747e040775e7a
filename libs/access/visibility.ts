import {
  isRestricted,
  OFFICIAL_OPEN,
  stricter,
  type EventId,
  type Marked,
  type Marking,
  type RecordEvent,
  type Voided,
} from '../ledger/index.ts';
import type { Audience } from './capacities.ts';

/**
 * Who may see one record, by the rights of today: a value that grows by one event ({@link visibilityWith}), and that stays the same
 * object unless the event decides who may see what.
 *
 * There are two markings, each for itself, and an event is seen by those who may see both. The record's is the one that it was
 * opened with, or that it was given since; an event's own is the one that it was written with, or that it was given since by name.
 * The opening event has none of its own until it is marked by name. So marking or publishing the record never opens an event
 * that was marked on its own. See docs/access.md.
 */
export interface RecordVisibility {
  /** The event that opened the record; null before it. */
  readonly opening: RecordEvent | null;
  /** The record's own marking. */
  readonly record: Marking;
  /** Events that were marked by name since they were written, and as what. */
  readonly marked: ReadonlyMap<EventId, Marking>;
  /** The public may see events up to this version, as far as they are not restricted. */
  readonly publishedUpTo: number;
  /** Re-markings and publications, void or not, and which of them are void. */
  readonly decidedBy: readonly RecordEvent[];
  readonly voided: ReadonlySet<EventId>;
}

const UNOPENED: RecordVisibility = {
  opening: null,
  record: OFFICIAL_OPEN,
  marked: new Map(),
  publishedUpTo: 0,
  decidedBy: [],
  voided: new Set(),
};

/** `events`: all events of the record, by version. */
export function visibilityOf(events: readonly RecordEvent[]): RecordVisibility {
  return events.reduce(visibilityWith, UNOPENED);
}

/** The same with the record's next event. The same object when nobody's sight of earlier events changes with it. */
export function visibilityWith(before: RecordVisibility, event: RecordEvent): RecordVisibility {
  if (before.opening === null) return { ...before, opening: event, record: event.marking };
  switch (event.type) {
    case 'Published':
    case 'Marked':
      return decided({ ...before, decidedBy: [...before.decidedBy, event] });
    case 'Voided':
    case 'Restored': {
      const { target } = (event as Voided).facts;
      if (!before.decidedBy.some(({ id }) => id === target)) return before;
      const voided = new Set(before.voided);
      if (event.type === 'Voided') voided.add(target);
      else voided.delete(target);
      return decided({ ...before, voided });
    }
    default:
      return before;
  }
}

function decided(visibility: RecordVisibility): RecordVisibility {
  let record = visibility.opening?.marking ?? OFFICIAL_OPEN;
  let publishedUpTo = 0;
  const marked = new Map<EventId, Marking>();
  for (const event of visibility.decidedBy) {
    if (visibility.voided.has(event.id)) continue;
    if (event.type === 'Published') publishedUpTo = Math.max(publishedUpTo, event.version);
    else {
      const { target, to } = (event as Marked).facts;
      if (target === undefined) record = to;
      else marked.set(target, to);
    }
  }
  return { ...visibility, record, publishedUpTo, marked };
}

/** What decides who may see an event, beside its record. */
type Markable = Pick<RecordEvent, 'id' | 'version' | 'type' | 'facts' | 'marking'>;

/** The marking that an event bears on its own today, whatever its record's is. */
export function ownMarkingOf(visibility: RecordVisibility, event: Markable): Marking {
  if (isOfTheRecord(visibility, event)) return ownMarkingOf(visibility, visibility.opening as RecordEvent);
  return visibility.marked.get(event.id) ?? (event.id === visibility.opening?.id ? OFFICIAL_OPEN : event.marking);
}

/** The marking by which an event is seen today: what hides it from whomever its record's or its own hides it. */
export function markingOf(visibility: RecordVisibility, event: Markable): Marking {
  return stricter(visibility.record, ownMarkingOf(visibility, event));
}

/**
 * May that audience see the event, the amended one aside? An amendment is seen by those who may also see its target, and nothing of a
 * record by those who may not see its opening: see {@link visibleEvents}.
 */
export function mayKnow(audience: Audience, visibility: RecordVisibility, event: Markable): boolean {
  if (audience === 'full') return true;
  if (isRestricted(markingOf(visibility, event))) return false;
  const published = isOfTheRecord(visibility, event) ? visibility.opening : event;
  return audience === 'official' || (published?.version ?? 0) <= visibility.publishedUpTo;
}

/**
 * Does it make the record void, or lift that? Such an event is seen by whoever may see the event that opened the record, however it
 * was marked and without a publication: nobody is left with a record that no longer stands, and everybody learns why.
 */
export function isOfTheRecord(
  { opening }: RecordVisibility,
  { type, facts }: Pick<RecordEvent, 'type' | 'facts'>,
): boolean {
  return (type === 'Voided' || type === 'Restored') && opening !== null && facts['target'] === opening.id;
}

/**
 * The events of one record that an audience may see; empty when it may not see the event that opened the record, for then
 * the record does not exist for it. An amendment of a hidden event is hidden too.
 */
export function visibleEvents<Event extends RecordEvent>(
  events: readonly Event[],
  audience: Audience,
  visibility: RecordVisibility = visibilityOf(events),
): readonly Event[] {
  const [opening] = events;
  if (opening === undefined || !mayKnow(audience, visibility, opening)) return [];
  const seen = new Set<EventId>();
  return events.filter((event) => {
    const sees = seesNext(audience, visibility, event, (id) => seen.has(id));
    if (sees) seen.add(event.id);
    return sees;
  });
}

/**
 * May an audience for which the record exists see its next event? `sees`: whether it sees an earlier one, by its id. This is
 * {@link visibleEvents} for one event more, as long as that event changes nobody's sight of earlier ones.
 */
export function seesNext(
  audience: Audience,
  visibility: RecordVisibility,
  event: RecordEvent,
  sees: (id: EventId) => boolean,
): boolean {
  const { target } = event.facts as { target?: EventId };
  return mayKnow(audience, visibility, event) && (target === undefined || sees(target));
}

/** True if that audience may read a part that bears a marking of its own. */
export function mayReadPart(audience: Audience, marking: Marking | undefined): boolean {
  return marking === undefined || audience === 'full' || !isRestricted(marking);
}
