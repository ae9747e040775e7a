import { refused, StoreUnavailable, type AppendResult, type EventStore, type NewEvent } from '../event-store/index.ts';
import type { StreamName } from '../ledger/index.ts';

/** What a test wants of one append. */
export type AppendFault =
  /** Says that somebody else was first. Nothing is written. */
  | { readonly answer: 'conflict' }
  /** Gives no definite answer, after storing the events or without. */
  | { readonly answer: 'unknown'; readonly stored: boolean }
  | { readonly answer: 'refused'; readonly limit: Extract<AppendResult, { outcome: 'refused' }>['limit'] }
  /** Takes that many milliseconds. Past the deadline it answers `unknown`, and is stored all the same. */
  | { readonly answer: 'slow'; readonly ms: number };

/** Faults that a real store has and this one cannot be talked into. For tests; a server is never given any. */
export interface StoreFaults {
  /** Asked before each append, repeats included. Null lets it pass. */
  append?(stream: StreamName, expectedVersion: number, events: readonly NewEvent[]): AppendFault | null;
  /** While true, reads throw {@link StoreUnavailable}, followers are `down` and appends answer `unknown` without being stored. */
  away?(): boolean;
  /** While true, nothing that is asked is answered before its deadline: the worst way of being away. */
  silent?(): boolean;
  /** The most pages that the file may have: SQLite itself then says that the disk is full. */
  pages?(): number;
  /** Answers `stored` before the commit: the mistake that the kill tests must catch. */
  readonly acknowledgeEarly?: boolean;
}

const DEFAULT_DEADLINE_MS = 8_000;

/** The store, with the faults that a test asks for in front of it. */
export function withFaults(store: EventStore, faults: StoreFaults): EventStore {
  const present =
    <Args extends unknown[], Answer>(read: (...args: Args) => Promise<Answer>, waits = true) =>
    async (...args: Args): Promise<Answer> => {
      const isSilent = faults.silent?.() === true;
      if (isSilent && waits) await pause(DEFAULT_DEADLINE_MS);
      if (isSilent || faults.away?.() === true) throw new StoreUnavailable('a test took the store away');
      return read(...args);
    };
  return {
    async append(stream, expectedVersion, events, options) {
      const isSilent = faults.silent?.() === true;
      if (isSilent) await pause(options?.deadline ?? DEFAULT_DEADLINE_MS);
      if (isSilent || faults.away?.() === true) return { outcome: 'unknown', reason: 'a test took the store away' };
      const fault = faults.append?.(stream, expectedVersion, events) ?? null;
      if (fault === null) return store.append(stream, expectedVersion, events, options);
      if (fault.answer === 'conflict') return { outcome: 'conflict', actualVersion: expectedVersion + 1 };
      if (fault.answer === 'refused') return refused(fault.limit, 'a test asked for it');
      if (fault.answer === 'unknown') {
        if (fault.stored) await store.append(stream, expectedVersion, events, options);
        return { outcome: 'unknown', reason: 'a test asked for it' };
      }
      const late = pause(fault.ms).then(() => store.append(stream, expectedVersion, events));
      const deadline = options?.deadline ?? DEFAULT_DEADLINE_MS;
      if (fault.ms < deadline) return late;
      await pause(deadline);
      return { outcome: 'unknown', reason: `no answer within ${deadline} ms` };
    },
    readStream: present((stream, after, limit) => store.readStream(stream, after, limit)),
    readAll: present((after, limit) => store.readAll(after, limit)),
    head: present(() => store.head()),
    last: present(() => store.last()),
    isBefore: (a, b) => store.isBefore(a, b),
    follow: (after, follower) =>
      store.follow(after, {
        ...follower,
        events: present((events, caughtUp) => follower.events(events, caughtUp), false),
        connection: (state, reason) => follower.connection?.(state, reason),
      }),
    close: () => store.close(),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
