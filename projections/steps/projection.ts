import { sameValue, type Interval } from '../../libs/timeline/index.ts';

/** Since when something has been as it is, and when it was and comes to be another. Nothing lies before the first that there was. */
export interface Steps<Place> {
  readonly since: Place | null;
  /** From when it was what it was just before. */
  readonly previous: Place | null;
  readonly next: Place | null;
}

/** Something that holds from one place to just before another. */
export interface Held<Place, Value> {
  readonly over: Interval<Place>;
  readonly value: Value;
}

/** Answers on both sides that are read at once. */
const NEAR = 3;

/**
 * The steps around a place, of the answer that all makes that holds there. Pure.
 * @param end after all places
 */
export async function stepsAround<Place extends string, Value>(
  at: Place,
  held: readonly Held<Place, Value>[],
  end: Place,
  answerOf: (values: readonly Value[]) => Promise<unknown>,
): Promise<Steps<Place>> {
  const places = [...new Set(held.flatMap(({ over }) => over))].filter((place) => place < end).sort();
  // Each once: how often it is asked would tell of changes that are out of the reader's sight.
  const answers = new Map<Place, Promise<unknown>>();
  const answerAt = (place: Place) => {
    const values = () => held.filter(({ over: [from, to] }) => from <= place && place < to).map(({ value }) => value);
    const answer = answers.get(place) ?? answerOf(values());
    answers.set(place, answer);
    return answer;
  };
  const after = places.filter((place) => place > at);
  const before = places.slice(0, places.length - after.length).reverse();
  const [now] = await Promise.all([at, ...before.slice(0, NEAR), ...after.slice(0, NEAR)].map(answerAt));

  /** How many of these, one after the other, have that answer. */
  const alike = async (some: readonly Place[], answer: unknown): Promise<number> => {
    for (const [index, place] of some.entries()) if (!sameValue(await answerAt(place), answer)) return index;
    return some.length;
  };
  const ofNow = await alike(before, now);
  const earlier = before.slice(ofNow);
  const ofEarlier = earlier[0] === undefined ? 0 : await alike(earlier, await answerAt(earlier[0]));
  return {
    since: before[ofNow - 1] ?? null,
    previous: earlier[ofEarlier - 1] ?? null,
    next: after[await alike(after, now)] ?? null,
  };
}
