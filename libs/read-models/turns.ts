import { setImmediate as nextTurn } from 'node:timers/promises';

/** As many as a loader asks for in one question. */
const OF_A_TURN = 500;

/** Works on all, so many at once, and lets whoever else waits have their turn in between: a long list keeps nobody from writing. */
export async function inTurns<One, Result>(
  all: readonly One[],
  work: (one: One) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < all.length; from += OF_A_TURN) {
    if (from > 0) await nextTurn();
    results.push(...(await Promise.all(all.slice(from, from + OF_A_TURN).map(work))));
  }
  return results;
}
