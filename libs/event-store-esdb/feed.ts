import {
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type RecordedEvent,
} from '@eventstore/db-client';
import { DeadlinePassed } from './failures.ts';
import { isSystemEvent } from './recorded.ts';
import type { Place } from './positions.ts';

/** What a subscription brings, in the order of the log. */
export type Arrival =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** The server's own events in a stream of this ledger. */
  | { readonly kind: 'system-event'; readonly event: RecordedEvent; readonly place: Place }
  | { readonly kind: 'checkpoint'; readonly place: Place }
  | { readonly kind: 'caught-up' };

/** Events that may wait on this side before the server is held back. */
const BUFFER = 256;
/** In windows of 32 events of anybody: a checkpoint after 256 events that are not ours. */
const CHECKPOINT_WINDOWS = 8;

/**
 * One subscription to all events of a ledger, filtered at the server, pulled by its reader. The client hands checkpoints and "caught
 * up" to listeners while the events before them may still wait to be read: here all stand in one line.
 */
export class Feed {
  readonly #subscription: AllStreamSubscription;
  readonly #marks: { readonly after: number; readonly arrival: Arrival }[] = [];
  #read = 0;
  #confirmed = false;
  #failure: { readonly error: unknown } | null = null;
  #closed = false;
  #wake: (() => void) | null = null;

  /** Everything after `from` (null: from the start) in streams whose names begin with the prefix. */
  constructor(client: EventStoreDBClient, prefix: string, from: Place | null) {
    // What is thrown in here becomes an unhandled rejection in the client, and the subscription stands still: only take a note.
    const checkpointReached = (_: unknown, place: Place): void => {
      this.#mark({ kind: 'checkpoint', place: { commit: place.commit, prepare: place.prepare } });
    };
    this.#subscription = client.subscribeToAll(
      {
        fromPosition: from === null ? START : { commit: from.commit, prepare: from.prepare },
        filter: streamNameFilter({ prefixes: [prefix], checkpointInterval: CHECKPOINT_WINDOWS, checkpointReached }),
      },
      { highWaterMark: BUFFER },
    );
    const ends = (error: unknown) => () => this.#fail(error);
    this.#subscription
      .on('readable', () => this.#wake?.())
      .on('confirmation', () => {
        this.#confirmed = true;
        this.#wake?.();
      })
      .on('caughtUp', () => this.#mark({ kind: 'caught-up' }))
      .on('error', (error: unknown) => this.#fail(error))
      .on('end', ends(new Error('the server ended the subscription')))
      .on('close', ends(new Error('the subscription was cut off')));
  }

  /** True when nothing waits to be taken. */
  get isDrained(): boolean {
    return this.#marks.length === 0 && this.#subscription.readableLength === 0;
  }

  /** Resolves once the server has answered at all. @throws what ended the subscription, or DeadlinePassed. */
  async confirmed(milliseconds: number): Promise<void> {
    const late = setTimeout(() => this.#fail(new DeadlinePassed(milliseconds)), milliseconds);
    try {
      while (!this.#confirmed && this.#failure === null && !this.#closed) await this.#somethingNew();
    } finally {
      clearTimeout(late);
    }
    if (!this.#confirmed && this.#failure !== null) throw this.#failure.error;
  }

  /**
   * At least one and at most `limit` arrivals; waits for the first. Empty only when the feed was closed.
   * @throws what ended the subscription, after everything that came before it was taken.
   */
  async take(limit: number): Promise<readonly Arrival[]> {
    for (;;) {
      if (this.#closed) return [];
      const taken = this.#takeWaiting(limit);
      if (taken.length > 0) return taken;
      if (this.#failure !== null) throw this.#failure.error;
      await this.#somethingNew();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#subscription.unsubscribe().catch(() => undefined);
    this.#subscription.destroy();
    this.#wake?.();
  }

  #takeWaiting(limit: number): Arrival[] {
    const taken: Arrival[] = [];
    while (taken.length < limit) {
      const mark = this.#marks[0];
      if (mark !== undefined && mark.after <= this.#read) {
        this.#marks.shift();
        taken.push(mark.arrival);
        continue;
      }
      const resolved = this.#subscription.read() as { event?: RecordedEvent } | null;
      if (resolved === null) break;
      this.#read += 1;
      if (resolved.event === undefined) continue;
      taken.push(arrivalOf(resolved.event));
    }
    return taken;
  }

  #mark(arrival: Arrival): void {
    const after = this.#read + this.#subscription.readableLength;
    const last = this.#marks.at(-1);
    // A newer checkpoint says all that the one before it said.
    if (last?.after === after && last.arrival.kind === arrival.kind) this.#marks.pop();
    this.#marks.push({ after, arrival });
    this.#wake?.();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  #somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}

function arrivalOf(event: RecordedEvent): Arrival {
  return isSystemEvent(event) ? { kind: 'system-event', event, place: event.position! } : { kind: 'event', event };
}
