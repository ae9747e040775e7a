import { setImmediate, setTimeout } from 'node:timers/promises';
import type { EventStore, Follower, Following, LogPosition } from './event-store.ts';

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/** Tells followers in this process that the log has grown. Counting makes it impossible to miss an append between reading and waiting. */
export class Growth {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  announce(): void {
    this.#count += 1;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Resolves once there has been growth since `count`, or the signal fires. */
  async since(count: number, signal: AbortSignal): Promise<void> {
    if (this.#count !== count || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

/**
 * Follows a log that grows in this process: reads to its end, then waits for growth. A batch that the follower failed to take,
 * and a log that could not be read, are tried again after a pause; the follower hears of both as `connection`.
 */
export function followByReading(
  store: Pick<EventStore, 'readAll'>,
  growth: Growth,
  after: LogPosition | null,
  follower: Follower,
): Following {
  const stopped = new AbortController();
  const { signal } = stopped;

  async function run(): Promise<void> {
    let position = after;
    let failures = 0;
    while (!signal.aborted) {
      const grown = growth.count;
      try {
        const { events, atEnd } = await store.readAll(position ?? undefined);
        const last = events.at(-1);
        if (last !== undefined && !signal.aborted) {
          await follower.events(events, atEnd);
          position = last.position;
        }
        if (failures > 0) follower.connection?.('up');
        failures = 0;
        // Catching up on a long log leaves room for everybody else between two batches.
        if (atEnd) await growth.since(grown, signal);
        else await setImmediate();
      } catch (error) {
        if (failures === 0) follower.connection?.('down', error instanceof Error ? error.message : String(error));
        const pause = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** failures);
        failures += 1;
        await setTimeout(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
