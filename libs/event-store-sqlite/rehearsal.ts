import type { StreamName } from '../ledger/index.ts';
import {
  followByReading,
  Growth,
  refused,
  refusedByLimits,
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type Follower,
  type Following,
  type LoggedEvent,
  type LogPosition,
  type NewEvent,
  type ReadPage,
} from '../event-store/index.ts';
import { openTemporaryDatabase, type SqliteDatabase } from '../sqlite/index.ts';

const DEFAULT_LIMIT = 500;
/** No other store gives out a position that begins like this. */
const PREFIX = 'rehearsed ';

/**
 * A store in which nothing happens for good: it shows the base as it stood when the rehearsal was first used, holds appends on top of
 * it in a file that goes with it, and writes nothing to it. For trying an import before it is done.
 */
export function rehearse(base: EventStore): EventStore {
  return new Rehearsal(base);
}

class Rehearsal implements EventStore {
  readonly #base: EventStore;
  /** The base's head at the first use: what is written to the base later does not disturb the rehearsal. */
  #baseHead: Promise<LogPosition | null> | null = null;
  readonly #held = new HeldEvents();
  readonly #baseVersions = new Map<StreamName, number>();
  readonly #growth = new Growth();
  readonly #followings = new Set<Following>();
  #closed = false;

  constructor(base: EventStore) {
    this.#base = base;
  }

  async append(stream: StreamName, expectedVersion: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const unfit = refusedByLimits(events);
    if (unfit !== null) return unfit;
    if (this.#closed) return refused('read-only', 'the rehearsal is over');
    try {
      const fromBase = await this.#baseVersion(stream);
      // From here to the end nothing waits, so nobody writes between the check of the version and the writing.
      const version = Math.max(fromBase, this.#held.versionOf(stream));
      if (version !== expectedVersion) return await this.#repeatOrConflict(stream, expectedVersion, version, events);
      return this.#hold(stream, version, events);
    } catch (error) {
      return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #hold(stream: StreamName, version: number, events: readonly NewEvent[]): AppendResult {
    // It may have ended while the base was read.
    if (this.#closed) throw new StoreUnavailable('the rehearsal is over');
    const through = this.#held.add(stream, version, events);
    this.#growth.announce();
    return { outcome: 'stored', version: version + events.length, position: positionOf(through) };
  }

  async #repeatOrConflict(
    stream: StreamName,
    expectedVersion: number,
    version: number,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const standing = (await this.readStream(stream, expectedVersion, events.length)).events;
    for (const [index, event] of events.entries()) {
      const found = standing[index];
      if (found?.id !== event.id) return { outcome: 'conflict', actualVersion: version };
      if (Buffer.compare(found.bytes, event.bytes) !== 0)
        return refused('duplicate-id', `another event has the id ${event.id}`);
    }
    const last = standing.at(-1);
    return last === undefined
      ? { outcome: 'conflict', actualVersion: version }
      : { outcome: 'stored', version: last.version, position: last.position };
  }

  async readStream(stream: StreamName, afterVersion = 0, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    if (this.#closed) throw new StoreUnavailable('the rehearsal is over');
    const fromBase = await this.#baseVersion(stream);
    const page =
      afterVersion >= fromBase
        ? { events: [], atEnd: true }
        : await this.#asItStood(() => this.#base.readStream(stream, afterVersion, limit));
    if (!page.atEnd) return page;
    const room = limit - page.events.length;
    // One more, to know whether any is left.
    const held = this.#held.ofStream(stream, Math.max(afterVersion, fromBase), room + 1);
    return { events: [...page.events, ...held.slice(0, room)], atEnd: held.length <= room };
  }

  async readAll(after?: LogPosition, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    if (after?.startsWith(PREFIX)) return this.#readRehearsed(numberOf(after), limit);
    const page = await this.#asItStood(() => this.#base.readAll(after, limit));
    if (!page.atEnd) return page;
    const rest =
      page.events.length < limit
        ? this.#readRehearsed(0, limit - page.events.length)
        : { events: [], atEnd: this.#held.count === 0 };
    return { events: [...page.events, ...rest.events], atEnd: rest.atEnd };
  }

  async head(): Promise<LogPosition | null> {
    const pinned = await this.#pinnedHead();
    return this.#held.count > 0 ? positionOf(this.#held.count) : pinned;
  }

  async last(): Promise<LoggedEvent | null> {
    const head = await this.#pinnedHead();
    const [held] = this.#held.range(this.#held.count - 1, this.#held.count);
    return held ?? (head === null ? null : this.#base.last());
  }

  isBefore(a: LogPosition, b: LogPosition): boolean {
    if (!b.startsWith(PREFIX)) return !a.startsWith(PREFIX) && this.#base.isBefore(a, b);
    return !a.startsWith(PREFIX) || numberOf(a) < numberOf(b);
  }

  follow(after: LogPosition | null, follower: Follower): Following {
    const following = followByReading(this, this.#growth, after, follower);
    this.#followings.add(following);
    return following;
  }

  /** Ends the rehearsal. The base stays open: it belongs to whoever opened it. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#followings].map((following) => following.stop()));
    this.#held.close();
  }

  #readRehearsed(after: number, limit: number): ReadPage {
    if (this.#closed) throw new StoreUnavailable('the rehearsal is over');
    const through = this.#held.endOfAppend(after + Math.max(1, limit));
    return { events: this.#held.range(after, through), atEnd: through >= this.#held.count };
  }

  async #baseVersion(stream: StreamName): Promise<number> {
    let version = this.#baseVersions.get(stream);
    if (version === undefined) {
      version = 0;
      for (let atEnd = false; !atEnd;) {
        const page = await this.#asItStood(() => this.#base.readStream(stream, version));
        version = page.events.at(-1)?.version ?? version;
        atEnd = page.atEnd;
      }
      // Those that the base does not have may be very many: it is asked again.
      if (version > 0) this.#baseVersions.set(stream, version);
    }
    return version;
  }

  async #asItStood(read: () => Promise<ReadPage>): Promise<ReadPage> {
    const head = await this.#pinnedHead();
    const page = await read();
    const events = page.events.filter(({ position }) => head !== null && !this.#base.isBefore(head, position));
    return { events, atEnd: page.atEnd || events.length < page.events.length };
  }

  async #pinnedHead(): Promise<LogPosition | null> {
    if (this.#closed) throw new StoreUnavailable('the rehearsal is over');
    this.#baseHead ??= this.#base.head().catch((error: unknown) => {
      this.#baseHead = null;
      throw error;
    });
    return this.#baseHead;
  }
}

function numberOf(position: LogPosition): number {
  return Number(position.slice(PREFIX.length));
}

function positionOf(number: number): LogPosition {
  return `${PREFIX}${number}`;
}

interface HeldRow {
  readonly id: string;
  readonly stream: StreamName;
  readonly version: number;
  readonly through: number;
  readonly bytes: Buffer;
}

/** What was rehearsed, numbered from 1. A rehearsal of 100,000 rows holds more than fits into memory beside everything else. */
class HeldEvents {
  readonly #database: SqliteDatabase = openTemporaryDatabase();
  readonly #insert;
  readonly #version;
  readonly #ofStream;
  readonly #range;
  readonly #through;
  count = 0;

  constructor() {
    // `through`: number of the last event of the same append, which is the position of all of them.
    this.#database.exec(`
      CREATE TABLE held (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, through INTEGER NOT NULL,
        bytes BLOB NOT NULL
      );
      CREATE UNIQUE INDEX held_in_stream ON held (stream, version);`);
    this.#insert = this.#database.prepare('INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)');
    this.#version = this.#database
      .prepare<[string], number | null>('SELECT max(version) FROM held WHERE stream = ?')
      .pluck();
    this.#ofStream = this.#database.prepare<[string, number, number], HeldRow>(
      'SELECT * FROM held WHERE stream = ? AND version > ? ORDER BY version LIMIT ?',
    );
    this.#range = this.#database.prepare<[number, number], HeldRow>(
      'SELECT * FROM held WHERE number > ? AND number <= ? ORDER BY number',
    );
    this.#through = this.#database.prepare<[number], number>('SELECT through FROM held WHERE number = ?').pluck();
  }

  /** @returns the number of the last of them */
  add(stream: StreamName, version: number, events: readonly NewEvent[]): number {
    const through = this.count + events.length;
    for (const [index, { id, bytes }] of events.entries())
      this.#insert.run(this.count + 1 + index, id, stream, version + 1 + index, through, bytes);
    return (this.count = through);
  }

  /** 0 where nothing is held of that stream. */
  versionOf(stream: StreamName): number {
    return this.#version.get(stream) ?? 0;
  }

  ofStream(stream: StreamName, afterVersion: number, limit: number): readonly LoggedEvent[] {
    return this.#ofStream.all(stream, afterVersion, limit).map(logged);
  }

  range(after: number, through: number): readonly LoggedEvent[] {
    return this.#range.all(after, through).map(logged);
  }

  /** The number of the last event of the append of that one, or of all if there is none. */
  endOfAppend(number: number): number {
    return this.#through.get(number) ?? this.count;
  }

  close(): void {
    this.#database.close();
  }
}

function logged({ id, stream, version, through, bytes }: HeldRow): LoggedEvent {
  return { id, stream, version, position: positionOf(through), bytes };
}
