import { setTimeout as pause } from 'node:timers/promises';
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

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
const AWAY = 'the store is away';

export interface AwaitedStoreOptions {
  /** Connects. @throws StoreUnavailable when it cannot now: it is tried again */
  readonly open: () => Promise<EventStore>;
  /**
   * Is this the log that it should be? Asked each time the store becomes reachable, before anything is read from it for an answer,
   * brought into the read models, or written.
   * @throws StoreUnavailable when that cannot be told now; anything else refuses it for good
   */
  readonly admit: (store: EventStore) => Promise<void>;
  /** Order of two positions, which needs no store. */
  readonly isBefore: (a: LogPosition, b: LogPosition) => boolean;
  /** The log that was reached is not the one that it should be, or is damaged. Nothing is read or written any more. */
  readonly onRefused: (cause: unknown) => void;
}

/** A store that may be away, from the start or for a while. */
export interface AwaitedStore extends EventStore {
  /** False while it is away, or is being looked at after it came back. */
  readonly isHere: boolean;
  /** Resolves when it is here for the first time. Rejects with what refused it, or when it is closed before. */
  readonly firstHere: Promise<void>;
}

/**
 * Stands for a store that is opened when it can be, and looked at whenever it comes back: another log, or none, may answer at its
 * address then. While it is away reads throw {@link StoreUnavailable} at once, and nothing is written.
 */
export function awaitedStore(options: AwaitedStoreOptions): AwaitedStore {
  return new WaitingStore(options);
}

class WaitingStore implements AwaitedStore {
  readonly firstHere: Promise<void>;
  readonly #options: AwaitedStoreOptions;
  readonly #closing = new AbortController();
  #store: EventStore | null = null;
  #isHere = false;
  /** Resolves when it is here again. Never rejects. */
  #coming: Promise<void>;

  constructor(options: AwaitedStoreOptions) {
    this.#options = options;
    let failed: (cause: unknown) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => (failed = reject));
    failure.catch(() => undefined);
    this.#coming = this.#come(failed);
    this.firstHere = Promise.race([this.#coming, failure]);
    this.firstHere.catch(() => undefined);
  }

  get isHere(): boolean {
    return this.#isHere;
  }

  async append(
    stream: string,
    expectedVersion: number,
    events: readonly NewEvent[],
    options?: { readonly deadline?: number },
  ): Promise<AppendResult> {
    if (!this.#isHere || this.#store === null) return { outcome: 'unknown', reason: AWAY };
    return this.#store.append(stream, expectedVersion, events, options);
  }

  async readStream(stream: string, afterVersion?: number, limit?: number): Promise<ReadPage> {
    return this.#here().readStream(stream, afterVersion, limit);
  }

  async readAll(after?: LogPosition, limit?: number): Promise<ReadPage> {
    return this.#here().readAll(after, limit);
  }

  async head(): Promise<LogPosition | null> {
    return this.#here().head();
  }

  async last(): Promise<LoggedEvent | null> {
    return this.#here().last();
  }

  isBefore(a: LogPosition, b: LogPosition): boolean {
    return this.#options.isBefore(a, b);
  }

  follow(after: LogPosition | null, follower: Follower): Following {
    const stopped = new AbortController();
    const following = this.#follow(after, follower, stopped.signal);
    if (!this.#isHere) follower.connection?.('down', AWAY);
    return {
      stop: async () => {
        stopped.abort();
        await (await following)?.stop();
      },
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#isHere = false;
    await this.#store?.close();
  }

  #here(): EventStore {
    if (!this.#isHere || this.#store === null) throw new StoreUnavailable(AWAY);
    return this.#store;
  }

  async #follow(after: LogPosition | null, follower: Follower, stopped: AbortSignal): Promise<Following | null> {
    await this.#untilHere(stopped);
    if (stopped.aborted || this.#store === null) return null;
    follower.connection?.('up');
    return this.#store.follow(after, {
      ...follower,
      // Nothing of a log that has not been looked at is passed on.
      events: async (events, caughtUp) => {
        await this.#untilHere(stopped);
        if (!stopped.aborted) await follower.events(events, caughtUp);
      },
      connection: (state, reason) => {
        if (state === 'down') this.#lose();
        follower.connection?.(state, reason);
      },
    });
  }

  /** Resolves too when the store is closed or the signal fires: look whether it is here. */
  async #untilHere(signal: AbortSignal): Promise<void> {
    if (this.#isHere || signal.aborted || this.#closing.signal.aborted) return;
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    for (const one of [signal, this.#closing.signal]) one.addEventListener('abort', wake, { once: true });
    await Promise.race([this.#coming, woken]);
    for (const one of [signal, this.#closing.signal]) one.removeEventListener('abort', wake);
  }

  #lose(): void {
    if (!this.#isHere) return;
    this.#isHere = false;
    this.#coming = this.#come(() => undefined);
  }

  async #come(failed: (cause: unknown) => void): Promise<void> {
    const { signal } = this.#closing;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        if (signal.aborted) throw new StoreUnavailable('this store was closed');
        const opened = this.#store ?? (await this.#options.open());
        this.#store = opened;
        if (signal.aborted) await opened.close();
        else {
          await this.#options.admit(opened);
          this.#isHere = !signal.aborted;
          return;
        }
      } catch (cause) {
        if (signal.aborted) return failed(cause);
        if (!(cause instanceof StoreUnavailable)) {
          failed(cause);
          this.#options.onRefused(cause);
          return new Promise(() => undefined);
        }
        await pause(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
