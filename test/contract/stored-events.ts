import { randomBytes, randomUUID } from 'node:crypto';
import type { NewEvent } from '../../libs/event-store/index.ts';
import {
  canonicalBytes,
  commitToEvent,
  commitToPart,
  OFFICIAL_OPEN,
  type EventHeader,
  type JsonValue,
  type StoredEvent,
  registerOfStream,
} from '../../libs/ledger/index.ts';

/** An event with the bytes that the ledger would store, one part in clear and nothing that a store looks into. */
export function newEvent(stream: string, facts: JsonValue = { number: 1 }, id: string = randomUUID()): NewEvent {
  const header: EventHeader = {
    v: 1,
    id,
    register: registerOfStream(stream),
    type: 'ActionRaised',
    schema: 1,
    stream,
    stamped: '2023-06-21T12:00:00.000Z',
    effectiveOn: '2023-06-21',
    marking: OFFICIAL_OPEN,
  };
  const eventNonce = randomBytes(32);
  const factsNonce = randomBytes(32);
  const part = commitToPart(factsNonce, 'facts', canonicalBytes(facts));
  const stored: StoredEvent = {
    header,
    nonces: { event: eventNonce.toString('base64url'), parts: { facts: factsNonce.toString('base64url') } },
    parts: [{ name: 'facts', value: facts }],
    commitments: {
      event: commitToEvent(eventNonce, canonicalBytes(header), [part]).toString('base64url'),
      parts: [part.toString('base64url')],
    },
  };
  return { id, type: header.type, bytes: canonicalBytes(stored) };
}

/** An event of exactly that many bytes. */
export function eventOfSize(stream: string, size: number): NewEvent {
  const empty = newEvent(stream, { padding: '' });
  return newEvent(stream, { padding: 'x'.repeat(size - empty.bytes.length) }, empty.id);
}

/** Events for one append, each of which says how many there are. */
export function newEvents(stream: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent(stream, { number: index + 1, of: count }));
}
