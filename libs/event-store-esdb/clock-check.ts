import type { Clock } from '../ledger/index.ts';

/** More than this between a writer's clock and the store's stops the writer (docs/operating.md). */
const TOLERANCE_MS = 2_000;
/** An append that took longer says too little about the clocks. */
const QUICK_MS = 1_000;
const BETWEEN_LOOKS_MS = 1_000;

/** How far the writer's clock was found to be from the store's, in milliseconds: positive when the writer is ahead. */
export interface ClockOff {
  readonly aheadBy: number;
}

/**
 * Compares the writer's clock with the store's: the store notes when it wrote an event. A writer whose clock is off stops writing,
 * until a probe finds the clocks together again.
 */
export class ClockCheck {
  readonly #clock: Clock;
  /** Writes something that is no event of the ledger, and answers the store's time of it. */
  readonly #probe: () => Promise<number>;
  readonly #onClockOff: (off: ClockOff) => void;
  #off: ClockOff | null = null;
  #looked = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | null = null;

  constructor(clock: Clock, probe: () => Promise<number>, onClockOff: (off: ClockOff) => void) {
    this.#clock = clock;
    this.#probe = probe;
    this.#onClockOff = onClockOff;
  }

  /**
   * After an append: looks up the store's time of the event, at most once a second. A repeat of an old attempt bears an old stamp and
   * is passed over, because it did not end within a second of its stamp.
   */
  appended(stamped: number | null, storedAt: () => Promise<number | undefined>): void {
    if (stamped === null || this.#looking !== null || this.#clock.now() - stamped >= QUICK_MS) return;
    if (performance.now() - this.#looked < BETWEEN_LOOKS_MS) return;
    this.#look(async () => {
      const stored = await storedAt();
      if (stored !== undefined) this.#judge(stamped - stored);
    });
  }

  /** Why nothing may be written now; null when the clocks are together. */
  async objection(): Promise<string | null> {
    if (this.#off !== null && performance.now() - this.#looked >= BETWEEN_LOOKS_MS) {
      this.#look(async () => {
        const sent = this.#clock.now();
        const stored = await this.#probe();
        if (this.#clock.now() - sent < QUICK_MS) this.#judge(sent - stored);
      });
    }
    if (this.#off !== null) await this.#looking;
    return this.#off === null
      ? null
      : `this writer's clock is ${(this.#off.aheadBy / 1000).toFixed(1)} s ahead of the store's`;
  }

  #look(look: () => Promise<void>): void {
    this.#looking ??= look()
      .catch(() => undefined)
      .finally(() => {
        this.#looked = performance.now();
        this.#looking = null;
      });
  }

  #judge(aheadBy: number): void {
    const wasTogether = this.#off === null;
    this.#off = Math.abs(aheadBy) > TOLERANCE_MS ? { aheadBy } : null;
    if (this.#off !== null && wasTogether) this.#onClockOff(this.#off);
  }
}
