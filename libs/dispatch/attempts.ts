import type { AppendResult, EventStore, NewEvent } from '../event-store/index.ts';
import type { StreamName } from '../ledger/index.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Appends until the outcome is definite: after any doubt the *same* attempt (ids, bytes, version) is repeated, with growing
 * pauses, for as long as it takes. Whoever waits has a deadline of their own.
 */
export async function appendUntilDefinite(
  store: EventStore,
  stream: StreamName,
  expectedVersion: number,
  events: readonly NewEvent[],
  isStopping: () => boolean,
): Promise<AppendResult> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const result = await store.append(stream, expectedVersion, events);
    if (result.outcome !== 'unknown' || isStopping()) return result;
    await new Promise((resume) => setTimeout(resume, pause).unref());
  }
}
