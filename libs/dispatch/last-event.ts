import { parseStored, type EventStore } from '../event-store/index.ts';
import { later, type EventId, type Instant } from '../ledger/index.ts';
import type { ReadBefore } from './records.ts';

/** The id of the last event that the ledger had recorded by an instant, whatever it is of; null where there was none. */
export type LastEventBy = (instant: Instant) => Promise<EventId | null>;

const PAGE = 500;

/**
 * Told from the log, so that no decision depends on how far the read models have come: they say from where on the log is to be read, and
 * where they have come to the end that is a page without events. Where there are none, what was read for one decision is not read again for the next.
 *
 * An event is recorded at the greatest stamp up to its place, so the first one after that instant ends the search.
 */
export function lastEventIn(context: {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly readBefore?: Pick<ReadBefore, 'lastRecordedBy'> | undefined;
}): LastEventBy {
  const { store, readBefore } = context;
  let reached: ReturnType<ReadBefore['lastRecordedBy']> = null;
  let before: Promise<unknown> = Promise.resolve();

  async function search(instant: Instant): Promise<EventId | null> {
    const known =
      readBefore?.lastRecordedBy(instant) ?? (reached !== null && reached.recorded <= instant ? reached : null);
    let last = known?.event ?? null;
    let recorded = known?.recorded ?? '';
    for (let after = known?.position; ;) {
      const page = await store.readAll(after, PAGE);
      for (const logged of page.events) {
        recorded = later(recorded, parseStored(logged).header.stamped);
        if (recorded > instant) return last;
        last = logged.id;
        reached = { event: last, recorded, position: logged.position };
      }
      if (page.atEnd) return last;
      after = page.events.at(-1)?.position;
    }
  }

  // One after the other: what the first reads the others need not.
  return (instant) => {
    const found = before.then(() => search(instant));
    before = found.catch(() => undefined);
    return found;
  };
}
