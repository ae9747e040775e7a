import type {
  CivilDate,
  Corrected,
  EventId,
  JsonObject,
  JsonValue,
  RecordEvent,
  Register,
  Restored,
  TextRef,
  Voided,
} from '../ledger/index.ts';
import { amend } from '../timeline/index.ts';

/** Where a fact comes from: references to the words of the source. */
export interface SourceRefs {
  readonly document?: TextRef;
  readonly paragraph?: TextRef;
  readonly quote?: TextRef;
  readonly publishedOn?: CivilDate;
  /** Reference of the document that it is; absent also where the reader may not see that. */
  readonly record?: string;
  readonly version?: string;
}

/** What one correction changed. `null`: no value. */
export interface Amendment {
  /** The correction. */
  readonly by: EventId;
  readonly path: string;
  readonly was: JsonValue | TextRef;
  readonly is: JsonValue | TextRef;
}

/** The source that an event names, or null. */
export function sourceOf({
  texts,
  publishedOn,
  cites: record,
  citesVersion: version,
}: Pick<RecordEvent, 'texts' | 'publishedOn' | 'cites' | 'citesVersion'>): SourceRefs | null {
  const { document, paragraph, quote } = texts;
  const source = {
    ...(document === undefined ? {} : { document }),
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(quote === undefined ? {} : { quote }),
    ...(publishedOn === undefined ? {} : { publishedOn }),
    ...(record === undefined ? {} : { record }),
    ...(version === undefined ? {} : { version }),
  };
  return Object.keys(source).length === 0 ? null : source;
}

/** A value of an event by the path that corrections name it by; null when it has none. */
export function valueAt(event: RecordEvent, path: string): JsonValue | TextRef {
  if (path === 'effectiveOn') return event.effectiveOn;
  if (path === 'dated') return (event.dated as JsonValue | undefined) ?? null;
  if (path === 'source.publishedOn') return event.publishedOn ?? null;
  if (path === 'source.record') return event.cites ?? null;
  if (path === 'source.version') return event.citesVersion ?? null;
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
