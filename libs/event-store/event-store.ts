import {
  recordEventOf,
  storedEventOf,
  type EventHeader,
  type EventId,
  type RecordEvent,
  type StoredEvent,
  type StreamName,
} from '../ledger/index.ts';

/**
 * A place in the log. Opaque text: compare it with nothing but equality, and give it back only to the store that gave it.
 * It is given out only for the end of an append, never for the middle of one.
 */
export type LogPosition = string & { readonly kind?: 'log-position' };

/** One event ready to be stored. `bytes` is its canonical JSON; the same id is never used for two contents. */
export interface NewEvent {
  readonly id: EventId;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** An event as the store gives it back. */
export interface LoggedEvent {
  readonly id: EventId;
  readonly stream: StreamName;
  /** 1 for the first event of its stream, without gaps. */
  readonly version: number;
  /** Where it ended up. For one of several events appended together: the position of the append's last event. */
  readonly position: LogPosition;
  /** The very bytes that were appended. */
  readonly bytes: Uint8Array;
  /** The store's own time of the write, in milliseconds, if the store keeps one. */
  readonly storedAt?: number;
  /** Set where the store itself sees that what stands here cannot be right. */
  readonly damage?: string;
}

/** What became of an append. */
export type AppendResult =
  /** The events stand at the end of the stream. Also the answer to a repeat of the same attempt, however late. */
  | { readonly outcome: 'stored'; readonly version: number; readonly position: LogPosition }
  /** The stream has another version than expected. Nothing was written. Load, decide again. */
  | { readonly outcome: 'conflict'; readonly actualVersion: number }
  /** Nobody can say whether it was written: repeat the *same* attempt (ids, bytes, version) until the answer is definite. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** It can never be written like this, or the store takes no writes now. Nothing was written. */
  | {
      readonly outcome: 'refused';
      readonly limit: 'event-too-large' | 'append-too-large' | 'empty' | 'duplicate-id' | 'disk-full' | 'read-only';
      readonly reason: string;
    };

/** A stream or the log could not be read now. Try again later; nothing was decided. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The store holds something that this ledger never wrote, or lacks something that it did. Never retried: a person must look. */
export class StoreDamaged extends Error {
  override readonly name: string = 'StoreDamaged';
}

export interface ReadPage {
  readonly events: readonly LoggedEvent[];
  /** True when nothing stood after these events as the page was read. */
  readonly atEnd: boolean;
}

/** Delivered by {@link EventStore.follow}, in the order of the log, each event once. */
export interface Follower {
  /** The next events; the next call waits for the promise. `caughtUp` when the batch reached the end of the log. */
  events(events: readonly LoggedEvent[], caughtUp: boolean): Promise<void>;
  /** A place reached without an event of this ledger (shared logs): safe to resume from. */
  checkpoint?(position: LogPosition): Promise<void>;
  /** The store went away or came back. The follower resumes by itself. */
  connection?(state: 'up' | 'down', reason?: string): void;
}

export interface Following {
  /** Stops, after the batch in hand. */
  stop(): Promise<void>;
}

/**
 * The port to the log. No update, no delete, no truncate: an adapter cannot be asked to forget.
 *
 * Versions: number of events in the stream, 0 for none. Streams and events of other ledgers in the same database are never seen.
 * Every call ends within its deadline (milliseconds; default 8,000).
 */
export interface EventStore {
  /**
   * Appends all events or none, after exactly `expectedVersion` events. Concurrent calls may be written in one group.
   * Limits: event ≤ 64 KiB, append ≤ 1 MiB, at least one event, ids distinct. Never throws for an outcome.
   */
  append(
    stream: StreamName,
    expectedVersion: number,
    events: readonly NewEvent[],
    options?: { readonly deadline?: number },
  ): Promise<AppendResult>;
  /**
   * Events of a stream after `afterVersion` (default 0), at most `limit` (default 500). An absent stream is empty.
   * @throws StoreUnavailable
   */
  readStream(stream: StreamName, afterVersion?: number, limit?: number): Promise<ReadPage>;
  /**
   * Events of the whole ledger after `after` (default: from the start), at most about `limit` (default 500): an append is
   * never split between two pages.
   * @throws StoreUnavailable
   */
  readAll(after?: LogPosition, limit?: number): Promise<ReadPage>;
  /**
   * Position of the ledger's last event, or null if it has none. Reads the log anew.
   * @throws StoreUnavailable
   */
  head(): Promise<LogPosition | null>;
  /**
   * The ledger's last event, or null if it has none. Reads the log anew.
   * @throws StoreUnavailable
   */
  last(): Promise<LoggedEvent | null>;
  /** True if `a` stands before `b`. Both from this store. */
  isBefore(a: LogPosition, b: LogPosition): boolean;
  /** Delivers everything after `after`, then whatever is appended, until stopped. Survives the store going away. */
  follow(after: LogPosition | null, follower: Follower): Following;
  /**
   * How many events are gone from the middle of the log. Absent where a store cannot tell, because its positions have gaps by nature.
   * @throws StoreUnavailable
   */
  missing?(): Promise<number>;
  close(): Promise<void>;
}

/** An event is not what was written there, or it does not stand where it was written. Names it; holds nothing of its content. */
export class EventDamaged extends StoreDamaged {
  override readonly name = 'EventDamaged';
  /** The id under which the store holds it. */
  readonly event: EventId;
  constructor(event: EventId, why: string, options?: ErrorOptions) {
    super(`The event ${event} is damaged in the store: ${why}.`, options);
    this.event = event;
  }
}

/**
 * The stored object behind an event of the log, checked against its commitments and against the place where it stands. Every reading
 * that something is decided on or shown by goes through here; the words in it are proved when they are opened.
 * @throws EventDamaged
 */
export function parseStored(logged: Omit<LoggedEvent, 'position'>): StoredEvent {
  const stored = unplaced(logged);
  const { id, stream } = stored.header;
  const ctl = stored.parts.find(({ name }) => name === 'ctl')?.value as { readonly version?: unknown } | undefined;
  if (id !== logged.id || stream !== logged.stream || ctl?.version !== logged.version)
    throw new EventDamaged(logged.id, 'another event stands in its place', { cause: stored });
  return stored;
}

/** The stored object and the event behind it, as the domain sees it. @throws EventDamaged */
export function readLogged(logged: Omit<LoggedEvent, 'position'>): {
  readonly stored: StoredEvent;
  readonly event: RecordEvent;
} {
  const stored = parseStored(logged);
  try {
    return { stored, event: recordEventOf(stored) };
  } catch (cause) {
    throw new EventDamaged(logged.id, (cause as Error).message, { cause });
  }
}

/** The event that stands in the place of another, if it is whole otherwise: perhaps its own stream lacks it. */
export function strayIn(damage: EventDamaged): Pick<EventHeader, 'id' | 'stream'> | null {
  return damage.cause instanceof Error ? null : ((damage.cause as StoredEvent | undefined)?.header ?? null);
}

function unplaced({ id, bytes, damage }: Omit<LoggedEvent, 'position'>): StoredEvent {
  if (damage !== undefined) throw new EventDamaged(id, damage);
  try {
    return storedEventOf(bytes);
  } catch (cause) {
    throw new EventDamaged(id, (cause as Error).message, { cause });
  }
}
