import type { StreamName } from '../ledger/index.ts';
import {
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type Follower,
  type Following,
  type LoggedEvent,
  type LogPosition,
  type NewEvent,
  type ReadPage,
} from './event-store.ts';
import { followByReading, Growth } from './follow.ts';
import { refused, refusedByLimits } from './limits.ts';

const DEFAULT_LIMIT = 500;
/** No other store gives out a position that begins like this. */
const PREFIX = 'rehearsed ';

/**
 * A store in which nothing happens for good: it shows the base as it stood when the rehearsal was first used, holds appends in
 * memory on top of it, and writes nothing. For trying an import before it is done.
 */
export function rehearse(base: EventStore): EventStore {
  return new Rehearsal(base);
}

class Rehearsal implements EventStore {
  readonly #base: EventStore;
  /** The base's head at the first use: what is written to the base later does not disturb the rehearsal. */
  #baseHead: Promise<LogPosition | null> | null = null;
  readonly #rehearsed: LoggedEvent[] = [];
  readonly #byStream = new Map<StreamName, LoggedEvent[]>();
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
      if (this.#closed) throw new StoreUnavailable('the rehearsal is over');
      const fromBase = await this.#baseVersion(stream);
      // From here to the end nothing waits, so nobody writes between the check of the version and the writing.
      const version = fromBase + (this.#byStream.get(stream)?.length ?? 0);
      if (version !== expectedVersion) return await this.#repeatOrConflict(stream, expectedVersion, version, events);
      return this.#hold(stream, version, events);
    } catch (error) {
      return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #hold(stream: StreamName, version: number, events: readonly NewEvent[]): AppendResult {
    const position: LogPosition = `${PREFIX}${this.#rehearsed.length + events.length}`;
    const logged = events.map(({ id, bytes }, index) => ({
      id,
      stream,
      version: version + 1 + index,
      position,
      bytes: Uint8Array.from(bytes),
    }));
    this.#rehearsed.push(...logged);
    const ofStream = this.#byStream.get(stream);
    if (ofStream === undefined) this.#byStream.set(stream, [...logged]);
    else ofStream.push(...logged);
    this.#growth.announce();
    return { outcome: 'stored', version: version + events.length, position };
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
    const rehearsed = this.#byStream.get(stream) ?? [];
    const from = Math.max(0, afterVersion - fromBase);
    const through = from + limit - page.events.length;
    return { events: [...page.events, ...rehearsed.slice(from, through)], atEnd: rehearsed.length <= through };
  }

  async readAll(after?: LogPosition, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    if (after?.startsWith(PREFIX)) return this.#readRehearsed(numberOf(after), limit);
    const page = await this.#asItStood(() => this.#base.readAll(after, limit));
    if (!page.atEnd) return page;
    const rest =
      page.events.length < limit
        ? this.#readRehearsed(0, limit - page.events.length)
        : { events: [], atEnd: this.#rehearsed.length === 0 };
    return { events: [...page.events, ...rest.events], atEnd: rest.atEnd };
  }

  async head(): Promise<LogPosition | null> {
    const pinned = await this.#pinnedHead();
    return this.#rehearsed.at(-1)?.position ?? pinned;
  }

  async last(): Promise<LoggedEvent | null> {
    const head = await this.#pinnedHead();
    const rehearsed = this.#rehearsed.at(-1);
    if (rehearsed !== undefined || head === null) return rehearsed ?? null;
    return this.#base.last();
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
  }

  #readRehearsed(count: number, limit: number): ReadPage {
    const lastOfPage = this.#rehearsed[count + Math.max(1, limit) - 1];
    const through = lastOfPage === undefined ? this.#rehearsed.length : numberOf(lastOfPage.position);
    return { events: this.#rehearsed.slice(count, through), atEnd: through >= this.#rehearsed.length };
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
      this.#baseVersions.set(stream, version);
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
