import {
  isCommonFact,
  londonDayOf,
  type Actor,
  type CivilDate,
  type Corrected,
  type Dated,
  type EventId,
  type Instant,
  type JsonObject,
  type JsonValue,
  type Party,
  type RecordEvent,
  type Register,
  type Restored,
  type TextRef,
  type Voided,
} from '../../libs/ledger/index.ts';
import { amend, delayOf, isLate, type KnownEvent, type RecordingClock } from '../../libs/timeline/index.ts';

/** Where a fact comes from: references to the words of the source. */
export interface SourceRefs {
  readonly document?: TextRef;
  readonly paragraph?: TextRef;
  readonly quote?: TextRef;
  readonly publishedOn?: CivilDate;
}

/** What one correction changed. `null`: no value. */
export interface Amendment {
  /** The correction. */
  readonly by: EventId;
  readonly path: string;
  readonly was: JsonValue | TextRef;
  readonly is: JsonValue | TextRef;
}

/** One event of a record, as corrections known at the basis leave it. */
export interface HistoryRow {
  readonly id: EventId;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  /** When the ledger recorded it. */
  readonly recordedAt: Instant;
  /** The day on which an imported source says that it was recorded, else published; null for a native fact. */
  readonly stated: CivilDate | null;
  /** Days from the day on which it took effect to the day on which it was recorded, on the basis's clock. */
  readonly delayDays: number;
  /** Delayed beyond what the register allows. */
  readonly late: boolean;
  readonly dated: Dated | null;
  /** Null where an imported paper names nobody. */
  readonly by: Party | null;
  readonly enteredBy: Party;
  /** `notStated`: an imported paper prints an outcome and no signer. */
  readonly authority: NonNullable<Actor['authority']> | null;
  readonly reason?: TextRef;
  readonly source: SourceRefs | null;
  /** The text that its kind shows first. */
  readonly text?: TextRef;
  readonly facts: JsonObject;
  readonly amended: readonly Amendment[];
  /** A later fact known at the basis takes it back. */
  readonly voided: boolean;
}

export interface KnownOn {
  readonly event: KnownEvent;
  /** When it was recorded, on the basis's clock. */
  readonly recordedAt: Instant;
}

/**
 * The history of one record from the events that a reader may know, in their order. Facts that took effect after `effective`
 * are left out; amendments are not, for they have no day of their own. Pure.
 */
export function historyRows(register: Register, known: readonly KnownOn[], at: { effective: CivilDate; clock: RecordingClock }): readonly HistoryRow[] {
  const events = known.map(({ event }) => event);
  const voided = voidedAmong(events);
  const corrections = events.filter((event): event is KnownEvent & Corrected => event.type === 'Corrected' && !voided.has(event.id));
  const rows: HistoryRow[] = [];
  for (const { event, recordedAt } of known) {
    const own = corrections.filter(({ facts }) => facts.target === event.id);
    const { is, amended } = correctedBy(register, event, own);
    if (!isCommonFact(event) && is.effectiveOn > at.effective) continue;
    const { reason } = is.texts;
    const text = principalOf(register, is);
    rows.push({
      id: event.id,
      type: event.type,
      effectiveOn: is.effectiveOn,
      recordedAt: event.recordedAt,
      stated: event.stated ?? null,
      delayDays: delayOf(is, londonDayOf(recordedAt)),
      late: isLate(register, { ...event, effectiveOn: is.effectiveOn }, at.clock, events),
      dated: is.dated ?? null,
      by: event.actor.by ?? null,
      enteredBy: event.actor.enteredBy,
      authority: event.actor.authority ?? null,
      ...(reason === undefined ? {} : { reason }),
      source: sourceOf(is),
      ...(text === undefined ? {} : { text }),
      facts: is.facts,
      amended,
      voided: voided.has(event.id),
    });
  }
  return rows;
}

/** The source that an event names, or null. */
export function sourceOf({ texts, publishedOn }: Pick<RecordEvent, 'texts' | 'publishedOn'>): SourceRefs | null {
  const { document, paragraph, quote } = texts;
  const source = {
    ...(document === undefined ? {} : { document }),
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(quote === undefined ? {} : { quote }),
    ...(publishedOn === undefined ? {} : { publishedOn }),
  };
  return Object.keys(source).length === 0 ? null : source;
}

/** A value of an event by the path that corrections name it by; null when it has none. */
export function valueAt(event: RecordEvent, path: string): JsonValue | TextRef {
  if (path === 'effectiveOn') return event.effectiveOn;
  if (path === 'dated') return (event.dated as JsonValue | undefined) ?? null;
  if (path === 'source.publishedOn') return event.publishedOn ?? null;
  const texts: { readonly [field: string]: TextRef | undefined } = event.texts;
  const words = texts[path.replace(/^source\./, '')];
  if (words !== undefined) return words;
  let value: JsonValue | undefined = event.facts;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
    value = (value as JsonObject)[key];
  }
  return value ?? null;
}

/** An event with the corrections of it laid on one by one, and what each changed. */
export function correctedBy(
  register: Register,
  event: RecordEvent,
  corrections: readonly (RecordEvent & Corrected)[],
): { readonly is: RecordEvent; readonly amended: readonly Amendment[] } {
  let is = event;
  const amended: Amendment[] = [];
  corrections.forEach((correction, index) => {
    const { path } = correction.facts;
    const was = valueAt(is, path);
    is = amend(register, [event, ...corrections.slice(0, index + 1)])[0] ?? is;
    amended.push({ by: correction.id, path, was, is: valueAt(is, path) });
  });
  return { is, amended };
}

/** Events that a later one of these takes back, and that none gives back. A void is lifted by `Restored`, never voided itself. */
export function voidedAmong(events: readonly RecordEvent[]): ReadonlySet<EventId> {
  const voided = new Set<EventId>();
  for (const event of [...events].sort((a, b) => a.version - b.version)) {
    if (event.type === 'Voided') voided.add((event as Voided).facts.target);
    if (event.type === 'Restored') voided.delete((event as Restored).facts.target);
  }
  for (const { id, type } of events) if (type === 'Voided' || type === 'Restored') voided.delete(id);
  return voided;
}

function principalOf(register: Register, event: RecordEvent): TextRef | undefined {
  const kind = register.kinds.find(({ type, schema }) => type === event.type && schema === event.schema);
  const texts: { readonly [field: string]: TextRef | undefined } = event.texts;
  return kind?.principalText === undefined ? undefined : texts[kind.principalText];
}
