import { setTimeout as pause } from 'node:timers/promises';
import type { EventId, StreamName } from '../ledger/index.ts';
import {
  StoreDamaged,
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
import { refused } from './limits.ts';

/** The furthest event that the store acknowledged, as it is remembered outside the log. */
export interface Acknowledged {
  readonly stream: StreamName;
  readonly version: number;
  readonly event: EventId;
  readonly position: LogPosition;
  /** Events that an operator accepted as missing from the middle of the log. */
  readonly missing: number;
}

/** Where the furthest acknowledged event is remembered. Not synced: a power cut may lose the last of it, never the log. */
export interface AcknowledgedMemory {
  read(): Acknowledged | null;
  remember(acknowledged: Acknowledged): void;
}

/** What is wrong with a log as a whole. */
export type LogFinding = 'empty' | 'shorter' | 'gaps';

const SENTENCES: { readonly [finding in LogFinding]: string } = {
  empty: 'The log is missing or empty, though this ledger has acknowledged events.',
  shorter: 'The log does not hold what this ledger acknowledged: it is an older copy, or has lost its end.',
  gaps: 'Events are missing from the middle of the log.',
};

/** The log is not the one that this ledger wrote. Nothing is served from it or written to it until an operator accepts it. */
export class LogRefused extends StoreDamaged {
  override readonly name = 'LogRefused';
  readonly finding: LogFinding;
  constructor(finding: LogFinding) {
    super(
      `${SENTENCES[finding]} Put the right log back, or accept this one as it stands: npm run ledger -- accept-log --reason "why".`,
    );
    this.finding = finding;
  }
}

const REMEMBER_EVERY_MS = 1_000;
const RETRY_MS = 1_000;

/**
 * What is remembered of a log outside it, and whether a log is the one that it is remembered of. One for each ledger that runs; noted
 * with every append and written down every second, so that it costs a command nothing.
 */
export class LogMemory {
  readonly #memory: AcknowledgedMemory;
  readonly #isUsed: () => boolean;
  readonly #remembering: NodeJS.Timeout;
  #latest: Acknowledged | null;
  #isRemembered = true;
  /** What an operator accepted in this process. */
  accepted: LogFinding | null = null;
  /** Set for good once a log was refused. */
  refusal: LogRefused | null = null;

  /** @param isUsed true if this ledger has written before, whatever is remembered of it */
  constructor(memory: AcknowledgedMemory, isUsed: () => boolean) {
    this.#memory = memory;
    this.#isUsed = isUsed;
    this.#latest = memory.read();
    this.#remembering = setInterval(() => this.#remember(), REMEMBER_EVERY_MS).unref();
  }

  /** Events that an operator accepted as missing from the middle of the log. */
  get missing(): number {
    return this.#latest?.missing ?? 0;
  }

  /** Is this the log? @throws LogRefused, StoreUnavailable */
  async look(store: EventStore): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    const finding = await this.#find(store);
    if (finding !== null) throw this.refuse(finding);
  }

  refuse(finding: LogFinding): LogRefused {
    return (this.refusal ??= new LogRefused(finding));
  }

  /** Takes a log as it stands, for the operator's command alone, and answers what was wrong with it. */
  async accept(store: EventStore): Promise<LogFinding | null> {
    if (this.accepted !== null) return this.accepted;
    this.accepted = await this.#find(store);
    const missing = (await store.missing?.()) ?? 0;
    this.#latest = { stream: '', version: 0, position: '', ...this.#latest, event: '', missing };
    return this.accepted;
  }

  /** That event was acknowledged. `isBefore`: of the store's positions. */
  note(acknowledged: Omit<Acknowledged, 'missing'>, isBefore: EventStore['isBefore']): void {
    const latest = this.#latest;
    if (latest !== null && latest.event !== '' && !isBefore(latest.position, acknowledged.position)) return;
    this.#latest = { ...acknowledged, missing: this.missing };
    this.#isRemembered = false;
  }

  close(): void {
    clearInterval(this.#remembering);
    this.#remember();
  }

  async #find(store: EventStore): Promise<LogFinding | null> {
    const latest = this.#latest;
    if (latest === null) {
      if (this.#isUsed() && (await store.head()) === null) return 'empty';
    } else if (latest.event !== '' && !(await isHeld(store, latest)))
      return (await store.head()) === null ? 'empty' : 'shorter';
    return ((await store.missing?.()) ?? 0) > this.missing ? 'gaps' : null;
  }

  #remember(): void {
    if (this.#isRemembered || this.#latest === null) return;
    this.#isRemembered = true;
    this.#memory.remember(this.#latest);
  }
}

async function isHeld(store: EventStore, { stream, version, event }: Acknowledged): Promise<boolean> {
  try {
    const { events } = await store.readStream(stream, version - 1, 1);
    return events[0]?.id === event;
  } catch (cause) {
    if (cause instanceof StoreDamaged) return false;
    throw cause;
  }
}

/**
 * Holds a log to what was acknowledged of it: the furthest acknowledged event is looked for before the first use of the store, after every
 * doubt about it, and when a stream turns out to be shorter than it was. A log that is empty, older or has gaps is refused, for reading
 * and for writing, until an operator accepts it; what is remembered outlives the process.
 */
export function guardLog(store: EventStore, memory: LogMemory): EventStore {
  return new Guard(store, memory);
}

class Guard implements EventStore {
  readonly #store: EventStore;
  readonly #memory: LogMemory;
  #isChecked = false;
  #checking: Promise<void> | null = null;
  /** Appends that wait for a look, and the last of them: whoever comes meanwhile waits behind it, or would overtake it. */
  #waiting = 0;
  #lastWaiting: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore, memory: LogMemory) {
    this.#store = store;
    this.#memory = memory;
  }

  async append(
    stream: StreamName,
    expectedVersion: number,
    events: readonly NewEvent[],
    options?: { readonly deadline?: number },
  ): Promise<AppendResult> {
    if (!this.#isChecked || this.#waiting > 0) {
      const turn = Promise.all([this.#isChecked ? null : this.#doubt(), this.#lastWaiting]);
      this.#lastWaiting = turn;
      this.#waiting += 1;
      const [doubtful] = await turn;
      this.#waiting -= 1;
      if (doubtful !== null) return doubtful;
    }
    const result = await this.#store.append(stream, expectedVersion, events, options);
    if (result.outcome === 'stored')
      this.#memory.note(
        { stream, version: result.version, event: events.at(-1)!.id, position: result.position },
        (a, b) => this.#store.isBefore(a, b),
      );
    // What answers after a doubt may be another log.
    if (result.outcome === 'unknown') this.#isChecked = false;
    if (result.outcome !== 'conflict' || result.actualVersion >= expectedVersion) return result;
    // Less stands there than the caller counts on. Nobody ever takes events away: either this is another log, or the caller is ahead
    // of an append of its own that is not stored yet.
    this.#isChecked = false;
    return (await this.#doubt()) ?? result;
  }

  /** Looks at the log. Null when it is the one; else what an append is answered. */
  async #doubt(): Promise<AppendResult | null> {
    try {
      await this.#check();
      return null;
    } catch (cause) {
      const reason = (cause as Error).message;
      return cause instanceof LogRefused ? refused('read-only', reason) : { outcome: 'unknown', reason };
    }
  }

  readStream(stream: StreamName, afterVersion?: number, limit?: number): Promise<ReadPage> {
    return this.#reading(() => this.#store.readStream(stream, afterVersion, limit));
  }

  readAll(after?: LogPosition, limit?: number): Promise<ReadPage> {
    return this.#reading(() => this.#store.readAll(after, limit));
  }

  head(): Promise<LogPosition | null> {
    return this.#reading(() => this.#store.head());
  }

  last(): Promise<LoggedEvent | null> {
    return this.#reading(() => this.#store.last());
  }

  async missing(): Promise<number> {
    return (await this.#store.missing?.()) ?? 0;
  }

  isBefore(a: LogPosition, b: LogPosition): boolean {
    return this.#store.isBefore(a, b);
  }

  follow(after: LogPosition | null, follower: Follower): Following {
    if (this.#isChecked) return this.#store.follow(after, follower);
    let inner: Following | null = null;
    let stopped = false;
    const begin = async (): Promise<void> => {
      for (let isDown = false; !stopped;) {
        try {
          await this.#check();
          inner = this.#store.follow(after, follower);
          return;
        } catch (cause) {
          if (!isDown) follower.connection?.('down', (cause as Error).message);
          isDown = true;
          await pause(RETRY_MS, undefined, { ref: false });
        }
      }
    };
    const begun = begin();
    return {
      async stop() {
        stopped = true;
        await begun;
        await inner?.stop();
      },
    };
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  async #check(): Promise<void> {
    this.#checking ??= this.#memory
      .look(this.#store)
      .then(() => void (this.#isChecked = true))
      .finally(() => (this.#checking = null));
    await this.#checking;
  }

  async #reading<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    if (!this.#isChecked) await this.#check();
    try {
      return await read();
    } catch (cause) {
      if (cause instanceof StoreUnavailable) this.#isChecked = false;
      throw cause;
    }
  }
}
