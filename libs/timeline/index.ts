export { amend, asItStood, fold, mistakeIn, type Foldable } from './amend.ts';
export {
  delayOf,
  isLate,
  lateBy,
  knownAt,
  statedInstantOf,
  statedInstants,
  type Knowledge,
  type LateAfter,
} from './clocks.ts';
export { kindOfType } from './changes.ts';
export { createComparison, linesOf } from './compare.ts';
export * from './comparison.ts';
export { GrowingReading } from './growing-reading.ts';
export { firstIllegal, holdersIn, isLegal, knowingHolders, type Lawful } from './legality.ts';
export { contains, createTimeline, type NamesIn, type Place, type RecordTimeline } from './rectangles.ts';
export { replayOf, REPLAY_ORDERS, type ReplayedAt, type ReplayedStep, type ReplayOrder } from './replay.ts';
export { sameValue } from './same-value.ts';
export * from './slippage.ts';
export { isAbsent, naiveSnapshot, snapshotAt, snapshotOf } from './snapshot.ts';
export { BEGINNING_OF_KNOWLEDGE, END_OF_KNOWLEDGE, END_OF_SEQUENCE } from './standing.ts';
export * from './types.ts';
