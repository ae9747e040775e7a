import { MAX_APPEND_BYTES, MAX_EVENT_BYTES } from '../ledger/index.ts';
import type { AppendResult, NewEvent } from './event-store.ts';

type Refused = Extract<AppendResult, { outcome: 'refused' }>;

/** What can never be written, whatever the store holds; null when the events keep to the limits. The same on every store. */
export function refusedByLimits(events: readonly NewEvent[]): Refused | null {
  if (events.length === 0) return refused('empty', 'an append holds at least one event');
  const large = events.find(({ bytes }) => bytes.length > MAX_EVENT_BYTES);
  if (large !== undefined)
    return refused('event-too-large', `an event of ${large.bytes.length} bytes is over ${MAX_EVENT_BYTES}`);
  const total = appendSize(events);
  if (total > MAX_APPEND_BYTES)
    return refused('append-too-large', `an append of ${total} bytes is over ${MAX_APPEND_BYTES}`);
  if (new Set(events.map(({ id }) => id)).size < events.length)
    return refused('duplicate-id', 'two events of one append have the same id');
  return null;
}

export function refused(limit: Refused['limit'], reason: string): Refused {
  return { outcome: 'refused', limit, reason };
}

/** Bytes that an adapter may add to each event of an append, beside its type. */
const MARK_BYTES = 16;

/**
 * What counts against the limit of one append, in bytes. EventStoreDB counts the type in UTF-16 and the metadata too: counting alike
 * on every store lets a ledger move from one to the other.
 */
export function appendSize(events: readonly NewEvent[]): number {
  return events.reduce((sum, { bytes, type }) => sum + bytes.length + 2 * type.length + MARK_BYTES, 0);
}
