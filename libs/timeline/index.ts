export { amend, asItStood, fold, mistakeIn, type Foldable } from './amend.ts';
export { delayOf, isLate, knownAt, statedInstantOf, type Knowledge } from './clocks.ts';
export { firstIllegal, holdersIn, isLegal, knowingHolders, type Lawful } from './legality.ts';
export {
  BEGINNING_OF_KNOWLEDGE,
  contains,
  createTimeline,
  END_OF_KNOWLEDGE,
  END_OF_SEQUENCE,
  type Place,
  type RecordTimeline,
} from './rectangles.ts';
export { isAbsent, naiveSnapshot, snapshotAt } from './snapshot.ts';
export * from './types.ts';
