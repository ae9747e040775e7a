import { Buffer } from 'node:buffer';
import type { RecordedEvent } from '@eventstore/db-client';
import { StoreDamaged, StoreUnavailable, type LoggedEvent } from '../event-store/index.ts';
import { encodePosition, type Place } from './positions.ts';

/**
 * Metadata of an event in the database: how many events of the same append stand after it. Left out for the last one, and so for
 * nearly all. The server keeps appends whole but does not tell where one ends, and a position is given out only for an end.
 */
export interface AppendMark {
  readonly more: number;
}

/** An event as it stands in the database. */
export interface Standing extends Omit<LoggedEvent, 'position'> {
  readonly place: Place;
  /** Events of the same append after this one. */
  readonly more: number;
}

/** In a stream read of a server before 22.6, which tells no places. */
const NO_PLACE = 2n ** 64n - 1n;

/**
 * Takes an event of this ledger as the client gives it. The client parses the JSON; writing it again gives the very bytes, because
 * they are canonical.
 *
 * @throws StoreDamaged when the ledger cannot have written it.
 */
export function standingOf(prefix: string, recorded: RecordedEvent): Standing {
  const { id, streamId, revision, type, position, created } = recorded;
  const stream = streamId.slice(prefix.length);
  if (!recorded.isJson || typeof recorded.data !== 'object' || recorded.data === null) {
    throw new StoreDamaged(`event ${id} in ${stream} (${type}) is not JSON as this ledger writes it`);
  }
  if (position === undefined || position.commit === NO_PLACE) {
    throw new StoreUnavailable(
      'this server does not tell where the events of a stream stand: EventStoreDB 22.6 or later is needed',
    );
  }
  return {
    id,
    stream,
    version: Number(revision) + 1,
    place: position,
    more: moreAfter(recorded.metadata),
    bytes: Buffer.from(JSON.stringify(recorded.data), 'utf8'),
    storedAt: created.getTime(),
  };
}

/** True for what the server itself writes into a stream: tombstones, links. Never an event of the ledger. */
export function isSystemEvent(recorded: { readonly type: string }): boolean {
  return recorded.type.startsWith('$');
}

function moreAfter(metadata: unknown): number {
  const { more } = (metadata ?? {}) as Partial<AppendMark>;
  return typeof more === 'number' && Number.isSafeInteger(more) && more > 0 ? more : 0;
}

/** Puts the events of one append together again, and gives each of them the place where the append ended. */
export class WholeAppends {
  #open: Standing[] = [];

  /** True between the first and the last event of an append. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The events of an append, once its last one has come; nothing before. @throws StoreDamaged when it comes torn. */
  add(event: Standing): readonly LoggedEvent[] {
    const before = this.#open.at(-1);
    if (before !== undefined && !isNext(before, event)) {
      throw new StoreDamaged(
        `the append of event ${before.id} breaks off after version ${before.version} of ${before.stream}`,
      );
    }
    // Nearly all appends have one event, and a rebuild reads them all.
    if (event.more === 0 && before === undefined) return [loggedAt(event, event.place)];
    this.#open.push(event);
    if (event.more > 0) return [];
    const whole = this.#open;
    this.#open = [];
    return whole.map((one) => loggedAt(one, event.place));
  }
}

function isNext(before: Standing, event: Standing): boolean {
  return event.stream === before.stream && event.version === before.version + 1 && event.more === before.more - 1;
}

export function loggedAt({ id, stream, version, bytes, storedAt }: Standing, end: Place): LoggedEvent {
  const position = encodePosition({ event: end });
  return { id, stream, version, position, bytes, ...(storedAt === undefined ? {} : { storedAt }) };
}
