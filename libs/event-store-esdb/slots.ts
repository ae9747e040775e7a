import type { TimeLeft } from './connection.ts';

/**
 * Lets only so many through at a time. Without it, many appends that are repeated at once after an outage keep client and server so
 * busy that none is answered in time, and all are repeated again.
 */
export class Slots {
  #free: number;
  readonly #waiting = new Set<(mayEnter: boolean) => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs the task when its turn comes; null when that was not in time. */
  async whenFree<Result>(time: TimeLeft, task: () => Promise<Result>): Promise<Result | null> {
    if (!(await this.#enter(time))) return null;
    try {
      return await task();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next(true);
    }
  }

  async #enter(time: TimeLeft): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const answer = (mayEnter: boolean): void => {
        clearTimeout(late);
        this.#waiting.delete(answer);
        resolve(mayEnter);
      };
      const late = setTimeout(() => answer(false), time.milliseconds);
      this.#waiting.add(answer);
    });
  }
}
