import { setTimeout } from 'node:timers/promises';
import {
  StoreDamaged,
  type Follower,
  type Following,
  type LoggedEvent,
  type LogPosition,
} from '../event-store/index.ts';
import type { Watcher } from './ack-watch.ts';
import type { Arrival, Feed } from './feed.ts';
import { failureOf, reasonOf } from './failures.ts';
import { comparePlaces, decodePosition, encodePosition, furthest, type Place, type Reached } from './positions.ts';
import { standingOf, WholeAppends } from './recorded.ts';

const BATCH = 500;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const CONFIRMATION_MS = 5_000;
/** gRPC ABORTED: the server drops a subscriber that is too slow for its buffer of 32 live events. Nothing is wrong with it. */
const TOO_SLOW = 10;

/** What following needs of the store. */
export interface Followed {
  readonly prefix: string;
  feed(from: Place | null): Feed;
  /** @throws StoreDamaged when no event of this ledger stands there, StoreUnavailable when that cannot be told now. */
  mustHold(place: Place): Promise<void>;
  /** Called for each event as the log shows it, before the follower gets it. */
  seen(event: LoggedEvent): void;
  damaged(sentence: string): void;
  readonly resubscribes: boolean;
}

/**
 * Delivers the log from a place on, in order and each event once, across every drop: the server drops a slow subscriber, and the
 * client never resumes by itself.
 */
export class LogFollowing implements Following, Watcher {
  /** Where it began, and how far the follower has taken the log. */
  readonly start: Place | null;
  #reached: Reached;
  /** True while the subscription is up, has shown the end of the log, and nothing waits to be delivered. */
  #atEnd = false;
  /** True when the last batch did not reach the end of the log. */
  #owesTheEnd = false;
  #up = true;
  readonly #store: Followed;
  readonly #follower: Follower;
  readonly #stopped = new AbortController();
  #feed: Feed | null = null;
  readonly #running: Promise<void>;

  constructor(store: Followed, after: LogPosition | null, follower: Follower) {
    this.#store = store;
    this.#follower = follower;
    this.#reached = after === null ? { event: null } : decodePosition(after);
    this.start = furthest(this.#reached);
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#feed?.close();
    await this.#running;
  }

  hasPassed(place: Place): boolean {
    const here = furthest(this.#reached);
    return here !== null && comparePlaces(here, place) >= 0;
  }

  get isAtEnd(): boolean {
    return this.#atEnd;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    let failures = 0;
    let taking = true;
    while (!signal.aborted) {
      try {
        if (this.#reached.event !== null) await this.#store.mustHold(this.#reached.event);
        if (signal.aborted) return;
        this.#feed = this.#store.feed(furthest(this.#reached));
        await this.#feed.confirmed(CONFIRMATION_MS);
        if (signal.aborted) return;
        // A follower that could not take a batch is up again when it has taken it.
        if (taking) this.#say('up');
        await this.#deliver(this.#feed, () => {
          [failures, taking] = [0, true];
          this.#say('up');
        });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof NotTaken) taking = false;
        if (error instanceof StoreDamaged) this.#store.damaged(error.message);
        if ((error as { code?: unknown }).code !== TOO_SLOW) this.#say('down', reasonOf(error));
        if (!this.#store.resubscribes && failureOf(error).kind === 'passing') return;
      } finally {
        this.#atEnd = false;
        this.#feed?.close();
        this.#feed = null;
      }
      // Most drops are over at once: the first pause is short.
      await setTimeout(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** failures), undefined, { signal }).catch(
        () => undefined,
      );
      failures += 1;
    }
  }

  /** Ends by throwing what ended the subscription or kept the follower from taking a batch; returns when stopped. */
  async #deliver(feed: Feed, progressed: () => void): Promise<void> {
    const appends = new WholeAppends();
    let live = false;
    for (;;) {
      const arrivals = await feed.take(BATCH);
      if (this.#stopped.signal.aborted) return;
      const { events, checkpoint, caughtUp } = this.#sort(arrivals, appends);
      live ||= caughtUp;
      const atEnd = live && feed.isDrained && !appends.isOpen;
      // An empty batch only says that the end was reached, when the last one could not yet.
      if (events.length > 0 || (atEnd && this.#owesTheEnd)) {
        this.#atEnd = false;
        for (const event of events) this.#store.seen(event);
        await taken(this.#follower.events(events, atEnd));
        const last = events.at(-1);
        if (last !== undefined) this.#reached = decodePosition(last.position);
        this.#owesTheEnd = !atEnd;
        progressed();
      }
      if (checkpoint !== null) await this.#passOn(checkpoint);
      this.#atEnd = atEnd;
    }
  }

  #sort(
    arrivals: readonly Arrival[],
    appends: WholeAppends,
  ): { events: LoggedEvent[]; checkpoint: Place | null; caughtUp: boolean } {
    const events: LoggedEvent[] = [];
    let checkpoint: Place | null = null;
    let caughtUp = false;
    for (const arrival of arrivals) {
      if (arrival.kind === 'event') {
        events.push(...appends.add(standingOf(this.#store.prefix, arrival.event)));
        checkpoint = null;
      } else if (arrival.kind === 'system-event') {
        const stream = arrival.event.streamId.slice(this.#store.prefix.length);
        this.#store.damaged(
          `the server wrote ${arrival.event.type} into ${stream}: a stream of the ledger was deleted or linked into`,
        );
        checkpoint = appends.isOpen ? null : arrival.place;
      } else if (arrival.kind === 'caught-up') caughtUp = true;
      // Between two events of one append there is no place to resume from.
      else checkpoint = appends.isOpen ? null : arrival.place;
    }
    return { events, checkpoint, caughtUp };
  }

  async #passOn(place: Place): Promise<void> {
    const here = furthest(this.#reached);
    if (here !== null && comparePlaces(place, here) <= 0) return;
    const reached = { event: this.#reached.event, searched: place };
    await taken(this.#follower.checkpoint?.(encodePosition(reached)));
    this.#reached = reached;
  }

  #say(state: 'up' | 'down', reason?: string): void {
    if (this.#up === (state === 'up')) return;
    this.#up = state === 'up';
    this.#follower.connection?.(state, reason);
  }
}

/** The follower failed to take what it was given: it gets it again. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

async function taken(taking: Promise<void> | undefined): Promise<void> {
  try {
    await taking;
  } catch (cause) {
    throw new NotTaken(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
