import { Buffer } from 'node:buffer';
import type { LoggedEvent, NewEvent } from '../event-store/index.ts';
import type { EventId } from '../ledger/index.ts';
import type { StoreAlarm } from './alarms.ts';
import { comparePlaces, type Place } from './positions.ts';

/** Acknowledged events that are waited for at one time. Beyond it the oldest are no longer waited for, and the log says so. */
const LONGEST_LIST = 50_000;

interface Awaited {
  readonly bytes: Uint8Array;
  acknowledged: { readonly at: number; readonly place: Place } | null;
}

/** The part of a following that tells whether an event must have been seen by now. */
export interface Watcher {
  readonly start: Place | null;
  /** True when whatever stood at the place when it was written has been delivered, or never will be. */
  hasPassed(place: Place): boolean;
  /** True while the subscription is up and has shown what it says is the end of the log. */
  readonly isAtEnd: boolean;
}

/**
 * Every acknowledged event must show in the log of all events, with its bytes. Servers of this kind have lost events from `$all`
 * that they had acknowledged; projections would never know.
 */
export class AckWatch {
  readonly #awaited = new Map<EventId, Awaited>();
  readonly #patience: number;
  readonly #watchers: ReadonlySet<Watcher>;
  readonly #alarm: (alarm: StoreAlarm) => void;
  readonly #overflow: () => void;
  readonly #holds: (place: Place) => Promise<boolean>;
  #sweeping: NodeJS.Timeout | null = null;

  /** `patience`: milliseconds after which an event must have been seen by a following that has got so far. */
  constructor(options: {
    readonly patience: number;
    readonly watchers: ReadonlySet<Watcher>;
    readonly alarm: (alarm: StoreAlarm) => void;
    readonly overflow: () => void;
    /** Does the log of all events hold an event at that place? Rejects when that cannot be told now. */
    readonly holds: (place: Place) => Promise<boolean>;
  }) {
    this.#patience = options.patience;
    this.#watchers = options.watchers;
    this.#alarm = options.alarm;
    this.#overflow = options.overflow;
    this.#holds = options.holds;
  }

  /** Before an attempt is sent: a following may see its events before the answer comes. */
  sent(events: readonly NewEvent[]): void {
    if (this.#watchers.size === 0) return;
    for (const { id, bytes } of events)
      if (!this.#awaited.has(id)) this.#awaited.set(id, { bytes, acknowledged: null });
    if (this.#awaited.size <= LONGEST_LIST) return;
    this.#overflow();
    for (const id of this.#awaited.keys()) {
      this.#awaited.delete(id);
      if (this.#awaited.size <= LONGEST_LIST / 2) break;
    }
  }

  /** The answer has come; unless it was an acknowledgement before, the events are not waited for. */
  unacknowledged(events: readonly NewEvent[]): void {
    for (const { id } of events) if (this.#awaited.get(id)?.acknowledged === null) this.#awaited.delete(id);
  }

  acknowledged(events: readonly NewEvent[], place: Place): void {
    const watched = [...this.#watchers].some(({ start }) => start === null || comparePlaces(start, place) < 0);
    for (const { id } of events) {
      const awaited = this.#awaited.get(id);
      if (awaited === undefined) continue;
      if (watched) awaited.acknowledged ??= { at: performance.now(), place };
      else this.#awaited.delete(id);
    }
    this.#sweepLater();
  }

  seen({ id, bytes }: LoggedEvent): void {
    const awaited = this.#awaited.get(id);
    if (awaited === undefined) return;
    this.#awaited.delete(id);
    if (Buffer.compare(awaited.bytes, bytes) === 0) return;
    this.#alarm({
      code: 'ACKED_DIFFERS',
      eventId: id,
      sentence: `the log shows other bytes for event ${id} than were appended`,
    });
  }

  close(): void {
    this.#awaited.clear();
    if (this.#sweeping !== null) clearTimeout(this.#sweeping);
  }

  #sweepLater(): void {
    if (this.#sweeping !== null || this.#awaited.size === 0) return;
    this.#sweeping = setTimeout(() => {
      void this.#sweep().finally(() => {
        this.#sweeping = null;
        this.#sweepLater();
      });
    }, this.#patience / 2).unref();
  }

  async #sweep(): Promise<void> {
    const before = performance.now() - this.#patience;
    for (const [id, { acknowledged }] of [...this.#awaited]) {
      if (acknowledged === null || acknowledged.at > before) continue;
      const watchers = [...this.#watchers].filter(
        ({ start }) => start === null || comparePlaces(start, acknowledged.place) < 0,
      );
      if (watchers.length === 0) this.#awaited.delete(id);
      if (!(await this.#isMissing(watchers, acknowledged.place)) || !this.#awaited.delete(id)) continue;
      this.#alarm({
        code: 'ACKED_MISSING',
        eventId: id,
        sentence: `event ${id} was acknowledged and does not show in the log of all events`,
      });
    }
  }

  async #isMissing(watchers: readonly Watcher[], place: Place): Promise<boolean> {
    if (watchers.some((watcher) => watcher.hasPassed(place))) return true;
    if (!watchers.some(({ isAtEnd }) => isAtEnd)) return false;
    // A subscription that stands still looks as if it were at the end: ask the log itself.
    return this.#holds(place).then(
      (held) => !held,
      () => false,
    );
  }
}
