import { setTimeout } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  FORWARDS,
  type AllStreamResolvedEvent,
  type RecordedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import {
  StoreDamaged,
  StoreUnavailable,
  type LoggedEvent,
  type LogPosition,
  type ReadPage,
} from '../event-store/index.ts';
import type { StreamName } from '../ledger/index.ts';
import { drained, within, type Connection, type TimeLeft } from './connection.ts';
import { failureOf, reasonOf } from './failures.ts';
import { Feed } from './feed.ts';
import { comparePlaces, decodePosition, furthest, type Place, type Reached } from './positions.ts';
import { isSystemEvent, loggedAt, standingOf, WholeAppends, type Standing } from './recorded.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const TAKEN_AT_ONCE = 500;
/** Pages in which the head is looked for backwards, before the server is asked to filter. */
const HEAD_PAGES = [16, 256, 1_000];

/** A part of a stream. The server counts revisions from 0. */
export interface Range {
  readonly direction: typeof FORWARDS | typeof BACKWARDS;
  readonly fromRevision: bigint | typeof END;
  readonly maxCount: number;
}

/** Events of a stream as they stand, without gaps. */
export interface StandingEvents {
  readonly standing: readonly Standing[];
  /** For each event the place where its append ended. */
  readonly ends: readonly Place[];
}

/** Reads a ledger. Everything ends within its time, is bounded, and is drained: the client enforces no deadline on reads. */
export class EsdbReader {
  readonly #prefix: string;
  /** Reads of a stream and of the whole log. */
  readonly #calls: Connection;
  /** Subscriptions: one that is dropped takes the client's channel with it. */
  readonly #feeds: Connection;
  readonly #defends: (defence: 'position-gate' | 'whole-appends') => boolean;
  #closed = false;
  /** The head as last read, and how far the log had been searched for it. */
  #head: { readonly last: Place | null; readonly searched: Place } | null = null;
  /** Where the last page ended: the next one may start there unchecked. */
  #pageEnd: LogPosition | null = null;

  constructor(
    prefix: string,
    calls: Connection,
    feeds: Connection,
    defends: (defence: 'position-gate' | 'whole-appends') => boolean,
  ) {
    this.#prefix = prefix;
    this.#calls = calls;
    this.#feeds = feeds;
    this.#defends = defends;
  }

  close(): void {
    this.#closed = true;
  }

  /** The place of the last event in the database, whosever it is; null in an empty one. @throws StoreUnavailable */
  async endOfDatabase(time: TimeLeft): Promise<Place | null> {
    const [last] = await this.#whileItMayPass(time, () => this.#readBackwards(END, 1, time));
    return last?.event?.position ?? null;
  }

  /** Events of a stream after a version. @throws StoreDamaged when one is missing, StoreUnavailable */
  async standingIn(
    stream: StreamName,
    afterVersion: number,
    maxCount: number,
    time: TimeLeft,
  ): Promise<StandingEvents> {
    const range = { direction: FORWARDS, fromRevision: BigInt(afterVersion), maxCount } as const;
    const standing = (await this.recordedIn(stream, range, time)).map((event) => standingOf(this.#prefix, event));
    standing.forEach(({ version }, index) => {
      if (version === afterVersion + index + 1) return;
      throw new StoreDamaged(
        `${stream} lacks version ${afterVersion + index + 1}: it was cut, or its metadata hides it`,
      );
    });
    const last = standing.at(-1);
    if (last === undefined) return { standing, ends: [] };
    const endOfLast = last.more === 0 ? last.place : await this.#endOfAppend(stream, last.version + last.more, time);
    return { standing, ends: standing.map(({ more }, index) => standing[index + more]?.place ?? endOfLast) };
  }

  async #endOfAppend(stream: StreamName, version: number, time: TimeLeft): Promise<Place> {
    const [ending] = await this.recordedIn(
      stream,
      { direction: FORWARDS, fromRevision: BigInt(version - 1), maxCount: 1 },
      time,
    );
    if (ending === undefined) throw new StoreDamaged(`an append to ${stream} is torn: version ${version} is missing`);
    return standingOf(this.#prefix, ending).place;
  }

  /** A part of a stream; nothing when it does not exist. @throws StoreDamaged when it was deleted for ever, StoreUnavailable */
  async recordedIn(stream: StreamName, range: Range, time: TimeLeft): Promise<readonly RecordedEvent[]> {
    return this.recordedUnder(`${this.#prefix}${stream}`, range, time);
  }

  /** The same, by the stream's name in the database. */
  async recordedUnder(name: string, range: Range, time: TimeLeft): Promise<readonly RecordedEvent[]> {
    try {
      const resolved = await this.#whileItMayPass(time, () =>
        drained<ResolvedEvent>(
          this.#calls.client.readStream(name, { ...range, requiresLeader: true }),
          time.milliseconds,
        ),
      );
      return resolved.flatMap(({ event }) => event ?? []);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'absent') return [];
      if (failure.kind === 'tombstoned') throw new StoreDamaged(`a stream was deleted for ever: ${failure.reason}`);
      throw error;
    }
  }

  /** @throws StoreDamaged, StoreUnavailable; RangeError when `after` is no position of this kind of store. */
  async page(after: LogPosition | undefined, limit: number, time: TimeLeft): Promise<ReadPage> {
    const from: Reached = after === undefined ? { event: null } : decodePosition(after);
    return this.#whileItMayPass(time, async () => {
      if (from.event !== null && after !== this.#pageEnd) await this.mustHold(from.event, time);
      const page = await this.#pageFrom(furthest(from), limit, time);
      this.#pageEnd = page.events.at(-1)?.position ?? null;
      return page;
    });
  }

  /**
   * The client's read of the whole log has no filter, and in a database with other ledgers would bring them all: a subscription that
   * is left at the end of the page has one.
   */
  async #pageFrom(from: Place | null, limit: number, time: TimeLeft): Promise<ReadPage> {
    const appends = new WholeAppends();
    const events: LoggedEvent[] = [];
    let atEnd = false;
    await this.#feedUntil(from, time, (event) => {
      if (event === 'caught-up') return (atEnd = true);
      // One event more than asked for tells that the page is not the last.
      if (events.length >= limit) return true;
      const standing = standingOf(this.#prefix, event);
      events.push(...(this.#defends('whole-appends') ? appends.add(standing) : [loggedAt(standing, standing.place)]));
      return false;
    });
    return { events, atEnd };
  }

  /** The last event of this ledger. @throws StoreUnavailable */
  async head(time: TimeLeft): Promise<Place | null> {
    return this.#whileItMayPass(time, () => this.#findHead(time));
  }

  /** The event at a place of this ledger. @throws StoreUnavailable */
  async standingAt(place: Place, time: TimeLeft): Promise<LoggedEvent> {
    const options = { fromPosition: place, maxCount: 1, direction: FORWARDS, requiresLeader: true } as const;
    const [found] = await this.#whileItMayPass(time, () =>
      drained<AllStreamResolvedEvent>(this.#calls.client.readAll(options), time.milliseconds),
    );
    if (found?.event === undefined) throw new StoreUnavailable('the last event of the log was not found');
    return loggedAt(standingOf(this.#prefix, found.event), place);
  }

  /**
   * From the end backwards, as far as the head of the last time or a few pages: most often the last event of the database is one of
   * this ledger. Past that the server's filter finds it, from where the search of the last time had come to.
   */
  async #findHead(time: TimeLeft): Promise<Place | null> {
    let end: Place | null = null;
    let before: Place | typeof END = END;
    const found = (last: Place | null): Place | null => {
      this.#head = end === null ? null : { last, searched: end };
      return last;
    };
    for (const maxCount of HEAD_PAGES) {
      const page = await this.#readBackwards(before, maxCount, time);
      for (const { event } of page) {
        const place: Place | undefined = event?.position;
        if (event === undefined || place === undefined) continue;
        // A database that ends earlier than it did is another one, or was restored.
        if (end === null && this.#head !== null && comparePlaces(place, this.#head.searched) < 0) this.#head = null;
        end ??= place;
        if (this.#isOurs(event)) return found(place);
        if (this.#head !== null && comparePlaces(place, this.#head.searched) <= 0) return found(this.#head.last);
        before = place;
      }
      if (page.length < maxCount) return found(null);
    }
    let last = this.#head?.last ?? null;
    await this.#feedUntil(this.#head?.searched ?? null, time, (event) => {
      if (event === 'caught-up') return true;
      last = event.position ?? last;
      return false;
    });
    return found(last);
  }

  #isOurs(event: RecordedEvent): boolean {
    return event.streamId.startsWith(this.#prefix) && !isSystemEvent(event);
  }

  #readBackwards(
    fromPosition: Place | typeof END,
    maxCount: number,
    time: TimeLeft,
  ): Promise<AllStreamResolvedEvent[]> {
    return drained(
      this.#calls.client.readAll({ direction: BACKWARDS, fromPosition, maxCount, requiresLeader: true }),
      time.milliseconds,
    );
  }

  /** A subscription to everything of this ledger after a place. */
  feed(from: Place | null): Feed {
    if (this.#closed) throw new StoreUnavailable('this store was closed');
    return new Feed(this.#feeds.client, this.#prefix, from);
  }

  /** Takes events of this ledger until told that it is enough. */
  async #feedUntil(
    from: Place | null,
    time: TimeLeft,
    enough: (event: RecordedEvent | 'caught-up') => boolean,
  ): Promise<void> {
    const feed = this.feed(from);
    const taking = async (): Promise<void> => {
      for (;;) {
        const arrivals = await feed.take(TAKEN_AT_ONCE);
        if (arrivals.length === 0) return;
        for (const arrival of arrivals) {
          if (arrival.kind === 'event' && enough(arrival.event)) return;
          if (arrival.kind === 'caught-up' && enough('caught-up')) return;
        }
      }
    };
    try {
      await within(time.milliseconds, taking());
    } finally {
      feed.close();
    }
  }

  /**
   * The server takes any position to go on from, also one of another database, and then delivers what it likes. So an event of this
   * ledger must stand there. @throws StoreDamaged, StoreUnavailable
   */
  async mustHold(place: Place, time: TimeLeft): Promise<void> {
    if (!this.#defends('position-gate')) return;
    const held = await this.holds(place, time).catch((error: unknown) => {
      throw error instanceof StoreDamaged ? error : new StoreUnavailable(reasonOf(error), { cause: error });
    });
    if (!held)
      throw new StoreDamaged(
        'no event of this ledger stands where it had got to: another database, or one restored from an older backup',
      );
  }

  /** Does the log of all events hold one of this ledger at that place? Rejects when that cannot be told now. */
  async holds(place: Place, time: TimeLeft): Promise<boolean> {
    try {
      const options = { fromPosition: place, maxCount: 1, direction: FORWARDS, requiresLeader: true } as const;
      const [found] = await drained<AllStreamResolvedEvent>(this.#calls.client.readAll(options), time.milliseconds);
      const { event } = found ?? {};
      return (
        event?.position !== undefined &&
        comparePlaces(event.position, place) === 0 &&
        event.streamId.startsWith(this.#prefix)
      );
    } catch (error) {
      // The server knows no event that starts there.
      if ((error as { code?: unknown }).code === 2 && failureOf(error).kind === 'unclear') return false;
      throw error;
    }
  }

  /** Tries again while there is time and the failure is a passing one. @throws StoreUnavailable, StoreDamaged, and what says that a stream is absent */
  async #whileItMayPass<Result>(time: TimeLeft, read: () => Promise<Result>): Promise<Result> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      if (this.#closed) throw new StoreUnavailable('this store was closed');
      try {
        return await read();
      } catch (error) {
        if (error instanceof StoreDamaged) throw error;
        const { kind } = failureOf(error);
        if (kind === 'absent' || kind === 'tombstoned') throw error;
        const mayPass = kind === 'passing' || error instanceof StoreUnavailable;
        if (!mayPass || time.milliseconds <= 2 * pause) {
          throw error instanceof StoreUnavailable ? error : new StoreUnavailable(reasonOf(error), { cause: error });
        }
        await setTimeout(pause);
      }
    }
  }
}
