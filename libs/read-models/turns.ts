import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long others wait while one works. */
const TURN_MS = 10;

/** The turn of somebody who works on one thing after another. */
export class Turn {
  #began = performance.now();

  /** Goes through what stops now and then, and lets whoever else waits have their turn once this one has lasted. */
  async goThrough<Result>(work: Iterator<void, Result>): Promise<Result> {
    for (;;) {
      const { done, value } = work.next();
      if (performance.now() - this.#began > TURN_MS) {
        await nextTurn();
        this.#began = performance.now();
      }
      if (done === true) return value;
    }
  }
}

/** As many as a loader asks for in one question. */
const OF_A_TURN = 500;

/**
 * Works on all, so many at once, and lets whoever else waits have their turn in between: a long list keeps nobody from writing.
 * @param atOnce Default: as many as a loader asks for in one question. Fewer where each is much work.
 */
export async function inTurns<One, Result>(
  all: readonly One[],
  work: (one: One) => Promise<Result>,
  atOnce: number = OF_A_TURN,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    if (from > 0) await nextTurn();
    results.push(...(await Promise.all(all.slice(from, from + atOnce).map(work))));
  }
  return results;
}
