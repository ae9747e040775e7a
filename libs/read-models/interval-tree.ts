import { addDays, daysBetween, type CivilDate } from '../ledger/index.ts';
import { END_OF_SEQUENCE, type Interval } from '../timeline/index.ts';

/*
 * Rectangles are filed in a relational interval tree (Kriegel, Pötke, Seidl, 2000): each under one node of a binary tree that
 * exists only as arithmetic. All rectangles that hold at a place are filed under the few nodes on the way from the root to it,
 * so an ordinary index finds them, however long the history is.
 *
 * Every event leaves two kinds of rectangle behind: one that still stands, for its days, and one that tells what was believed
 * before, for its stretch of the log. Those still standing are filed by their days, under positive nodes; those superseded by
 * their stretch of the log, under negative ones. So a record has about one rectangle of each kind at any place.
 */

const FIRST_DAY: CivilDate = '0000-01-01';
/** Days of ten thousand years fit. */
const DAY_BITS = 22;
const SEQUENCE_BITS = 31;
/** How the tables write the end of a rectangle that still stands: four bytes instead of eight. */
export const OPEN_SEQUENCE = 2 ** SEQUENCE_BITS - 1;

const dayNumbers = new Map<CivilDate, number>();

/** A day as a number from 1, to be compared and filed. */
export function dayNumberOf(day: CivilDate): number {
  let number = dayNumbers.get(day);
  if (number === undefined) {
    if (dayNumbers.size > 100_000) dayNumbers.clear();
    dayNumbers.set(day, (number = daysBetween(FIRST_DAY, day) + 1));
  }
  return number;
}

/** The day of that number. */
export function dayOfNumber(number: number): CivilDate {
  return addDays(FIRST_DAY, number - 1);
}

/** The end of a stretch of the log as the tables write it. */
export function sequenceEndOf(end: number): number {
  return end === END_OF_SEQUENCE ? OPEN_SEQUENCE : end;
}

/** The node under which a rectangle is filed. */
export function nodeOf(effective: Interval<CivilDate>, sequence: Interval<number>): number {
  if (sequence[1] === END_OF_SEQUENCE) return forkOf(dayNumberOf(effective[0]), dayNumberOf(effective[1]) - 1);
  return -forkOf(sequence[0], sequence[1] - 1);
}

/** The nodes under which everything is filed that holds on that day and at any of these events. */
export function nodesAt(effective: CivilDate, sequences: readonly number[]): readonly number[] {
  const superseded = sequences.filter((sequence) => sequence > 0).flatMap((sequence) => wayTo(sequence, SEQUENCE_BITS));
  return [...wayTo(dayNumberOf(effective), DAY_BITS), ...new Set(superseded.map((node) => -node))];
}

/** The highest node between two numbers, both included: the last one on the ways to both. */
function forkOf(first: number, last: number): number {
  const level = 31 - Math.clz32((first - 1) ^ last);
  return (last >> level) << level;
}

function wayTo(number: number, bits: number): readonly number[] {
  const way: number[] = [];
  let node = 2 ** (bits - 1);
  for (let step = node / 2; node !== number; step /= 2) {
    way.push(node);
    node += number > node ? step : -step;
  }
  return [...way, number];
}
