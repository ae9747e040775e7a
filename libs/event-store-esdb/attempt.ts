import { Buffer } from 'node:buffer';
import { jsonEvent, type EventData, type JSONType } from '@eventstore/db-client';
import { refusedByLimits, type AppendResult, type NewEvent } from '../event-store/index.ts';
import { isUuid, NotCanonical, type EventId, type StreamName } from '../ledger/index.ts';

/** One append, as it is sent: the same ids, bytes and version, however often it is repeated. */
export interface Attempt {
  readonly stream: StreamName;
  /** Name of the stream in the database. */
  readonly name: string;
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
  readonly sent: readonly EventData[];
  /** When the writer stamped the last event, in milliseconds, if its header says so. */
  readonly stamped: number | null;
}

/**
 * Checks an append before the client sees it, since the client takes badly to what it cannot send: it breaks the appends of others,
 * never answers, or brings the process down.
 *
 * @throws TypeError, RangeError or NotCanonical for what only a programmer can get wrong.
 */
export function attemptOf(
  prefix: string,
  stream: StreamName,
  expectedVersion: number,
  events: readonly NewEvent[],
): Attempt | Extract<AppendResult, { outcome: 'refused' }> {
  if (!isStreamName(stream)) throw new TypeError('a stream is named by visible characters without spaces');
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0)
    throw new RangeError(`${expectedVersion} is no version of a stream`);
  const unfit = refusedByLimits(events);
  if (unfit !== null) return unfit;
  const parsed = events.map((event) => checked(event));
  const metadata = events.map((_, index) =>
    index === events.length - 1 ? undefined : { more: events.length - 1 - index },
  );
  return {
    stream,
    name: `${prefix}${stream}`,
    expectedVersion,
    events,
    sent: events.map(({ id, type }, index) => {
      const more = metadata[index];
      return jsonEvent({
        id,
        type,
        data: parsed[index] as JSONType,
        ...(more === undefined ? {} : { metadata: more }),
      });
    }),
    stamped: stampOf(parsed.at(-1)),
  };
}

export function isStreamName(stream: string): boolean {
  return /^[\x21-\x7e]{1,500}$/.test(stream);
}

/** The data of the event, known to come back as the same bytes after the client has written and parsed it. */
function checked({ id, type, bytes }: NewEvent): unknown {
  if (!isUuid(id)) throw new TypeError('the id of an event is a UUID');
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(type)) throw new TypeError('the type of an event is a word of letters and digits');
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let data: unknown;
  try {
    data = JSON.parse(view.toString('utf8'));
  } catch (cause) {
    throw new NotCanonical('these bytes are not JSON', { cause });
  }
  if (typeof data !== 'object' || data === null || !Buffer.from(JSON.stringify(data), 'utf8').equals(view)) {
    throw new NotCanonical('these bytes would not come back from the database as they are');
  }
  return data;
}

function stampOf(data: unknown): number | null {
  const stamped = (data as { header?: { stamped?: unknown } } | undefined)?.header?.stamped;
  const time = typeof stamped === 'string' ? Date.parse(stamped) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/**
 * Where this process wrote, tried to write or read the latest ids. The server compares ids only at the very place of a repeat: at the
 * end of a stream it writes an id a second time.
 */
export class KnownIds {
  /** Two generations, so that forgetting the oldest costs nothing. */
  #young = new Map<EventId, string>();
  #old = new Map<EventId, string>();
  readonly #generation: number;

  constructor(generation = 50_000) {
    this.#generation = generation;
  }

  placeOf(id: EventId): string | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  learn(id: EventId, stream: StreamName, version: number): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, place(stream, version));
  }

  /** The attempt was not written and never will be: its ids are free again. */
  forget(id: EventId): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  /** `repeat`: tried before, at this very place. `elsewhere`: an id that belongs to another place. */
  standOf({
    stream,
    expectedVersion,
    events,
  }: Pick<Attempt, 'stream' | 'expectedVersion' | 'events'>): 'new' | 'repeat' | 'elsewhere' {
    let stand: 'new' | 'repeat' = 'new';
    for (const [index, { id }] of events.entries()) {
      const known = this.placeOf(id);
      if (known === undefined) continue;
      if (known !== place(stream, expectedVersion + index + 1)) return 'elsewhere';
      stand = 'repeat';
    }
    return stand;
  }
}

function place(stream: StreamName, version: number): string {
  return `${stream} ${version}`;
}
