import {
  daysBetween,
  firstInstantOf,
  isCommonFact,
  later,
  londonDayOf,
  type CivilDate,
  type EventId,
  type Instant,
  type RecordEvent,
} from '../ledger/index.ts';
import type { KnownEvent, RecordingClock } from './types.ts';

/** What is known: recorded by then on that clock, and nothing after that number in the ledger. */
export interface Knowledge {
  readonly clock: RecordingClock;
  /** Up to and including this instant. */
  readonly recorded: Instant;
  /** Number of the last event that counts. Default: all. */
  readonly sequence?: number;
}

/**
 * When the event was recorded, on the clock of stated dates.
 *
 * A native event: when the ledger recorded it. An imported one that states its day: the first instant of that day in London,
 * but never before the record was opened or the event that it amends was recorded, on the same clock.
 * @param events all events of the record, whichever of them are in question
 */
export function statedInstantOf(event: KnownEvent, events: readonly KnownEvent[]): Instant {
  if (event.stated === undefined) return event.recordedAt;
  return statedInstant(event, event.stated, openingOf(events), events);
}

/**
 * {@link statedInstantOf} for the events of one record, handed in one after the other in the order of the log: each costs the same,
 * however many went before.
 */
export function statedInstants(): (event: KnownEvent) => Instant {
  const instants = new Map<EventId, Instant>();
  let opening: Instant | null = null;
  return (event) => {
    let instant = event.stated === undefined ? event.recordedAt : firstInstantOf(event.stated);
    if (event.stated !== undefined) {
      const { target } = event.facts as { readonly target?: EventId };
      const amended = target === undefined || !isCommonFact(event) ? undefined : instants.get(target);
      for (const forerunner of [opening, amended]) if (forerunner != null) instant = later(instant, forerunner);
    }
    opening ??= instant;
    instants.set(event.id, instant);
    return instant;
  };
}

/** The events that were known at that basis, in the order in which they were given. */
export function knownAt(events: readonly KnownEvent[], at: Knowledge): readonly KnownEvent[] {
  const upTo = at.sequence ?? Number.MAX_SAFE_INTEGER;
  return events.filter((event) => event.sequence <= upTo && recordedOn(at.clock, event, events) <= at.recorded);
}

/** Days from the effective day to the day on which it was recorded or stated. Negative for a fact dated ahead. */
export function delayOf(event: Pick<RecordEvent, 'effectiveOn'>, recordedOrStatedDay: CivilDate): number {
  return daysBetween(event.effectiveOn, recordedOrStatedDay);
}

/**
 * By how many days something is late that takes effect on one day and is recorded on another; null when so many days are allowed. The one
 * place that says so: of what was recorded, of what is about to be, and of what somebody is about to send.
 */
export function lateBy(lateAfterDays: number, effectiveOn: CivilDate, recordedOn: CivilDate): number | null {
  const delay = delayOf({ effectiveOn }, recordedOn);
  return delay > lateAfterDays ? delay : null;
}

/** After how many days an entry is late that is recorded on a day: the register's own, or the allowance of the record's body that was in force then. */
export type LateAfter = (recordedOn: CivilDate) => number;

/**
 * Is it a late entry: recorded, on that clock, more days after it took effect than was allowed on the day of recording?
 *
 * Never true of a fact common to every register: a correction is not a late entry, however old what it corrects.
 * @param events all events of the record: an import's stated day may be held back by them. Default: the event alone.
 */
export function isLate(
  lateAfter: LateAfter,
  event: KnownEvent,
  clock: RecordingClock,
  events: readonly KnownEvent[] = [event],
): boolean {
  if (isCommonFact(event)) return false;
  const recorded = londonDayOf(recordedOn(clock, event, events));
  return lateBy(lateAfter(recorded), event.effectiveOn, recorded) !== null;
}

function recordedOn(clock: RecordingClock, event: KnownEvent, events: readonly KnownEvent[]): Instant {
  return clock === 'PROVEN' ? event.recordedAt : statedInstantOf(event, events);
}

function statedInstant(
  event: KnownEvent,
  stated: CivilDate,
  opening: KnownEvent | undefined,
  events: readonly KnownEvent[],
): Instant {
  let instant = firstInstantOf(stated);
  if (opening !== undefined && opening.version < event.version)
    instant = later(instant, statedInstantOf(opening, [opening]));
  const target = amendedBy(event, events);
  return target === undefined ? instant : later(instant, statedInstantOf(target, events));
}

function openingOf(events: readonly KnownEvent[]): KnownEvent | undefined {
  let opening = events[0];
  for (const event of events) if (opening === undefined || event.version < opening.version) opening = event;
  return opening;
}

/** The earlier event that it is about, if it is about one. */
function amendedBy(event: KnownEvent, events: readonly KnownEvent[]): KnownEvent | undefined {
  const { target } = event.facts as { readonly target?: EventId };
  if (target === undefined || !isCommonFact(event)) return undefined;
  return events.find(({ id, version }) => id === target && version < event.version);
}
