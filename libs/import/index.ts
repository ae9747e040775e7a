export { loadFolder, type LoadOptions, type LoadOutcome, type LoadPhase } from './load.ts';
export { readImport, type ReadImport } from './read.ts';
export {
  resolveRow,
  type ImportPlan,
  type PlannedEnvelope,
  type PlannedRow,
  type PlannedRows,
  type ResolvedRow,
  type RowLink,
  type Written,
} from './plan.ts';
export {
  commandIdFor,
  runImport,
  type ImportNotice,
  type ImportNotices,
  type ImportOutcome,
  type ImportProgress,
  type RunImport,
} from './run.ts';
export { IMPORT_LIMITS, type ImportLimits } from './folder.ts';
export { MOST_PROBLEMS, type Problem } from './problems.ts';
