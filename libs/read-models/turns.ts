import { setImmediate as nextTurn } from 'node:timers/promises';

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
