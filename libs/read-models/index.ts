export { lateAfterOf } from './allowances.ts';
export { correctedBy, sourceOf, valueAt, voidedAmong, type Amendment, type SourceRefs } from './amendments.ts';
export { AGE_BANDS, ageSumsOf, agesOf, type AgeBand, type Ages, type AgeSums } from './ages.ts';
export {
  bodiesNamedBy,
  bodiesOf,
  hasIllustrative,
  isIllustrative,
  toldBeside,
  viewOfAll,
  viewOver,
  withinBodies,
  type OfBodies,
} from './bodies.ts';
export { ruleThatBands, viewBandedBy } from './banding.ts';
export {
  bridgeIn,
  bridgeOfColours,
  CHANGE_KINDS,
  changedIn,
  changesAmong,
  changesSo,
  comparedByColumn,
  comparedByColumns,
  compareRecord,
  countsOfChanged,
  eventAtClosing,
  hasIn,
  moversIn,
  recordsInCell,
  recordsOfColour,
  rowIn,
  toldKey,
  type BridgeCell,
  type BridgeLineOf,
  type BridgeOf,
  type ChangedHow,
  type ChangedRecord,
  type ChangesOf,
  type ColouredTable,
  type ComparedGrouping,
  type ComparedList,
  type Movers,
} from './comparisons.ts';
export type { NumberedRecord } from './changed-records.ts';
export { byRulesOfClosing, endsOver, endsSince, openEnds, type ComparedEnds } from './compared-ends.ts';
export { dueDatesOf, dueDayOf, isPastDue, type DueColumns } from './due-days.ts';
export { dayNumberOf } from './interval-tree.ts';
export { basisAtMeeting, pointOfMeeting, type NoPoint, type PointOfMeeting } from './at-meeting.ts';
export { citedBy, viewBeside, type BasisHeld, type Beside, type CitedAtBasis } from './beside.ts';
export {
  byMembers,
  byRecord,
  countsInGroups,
  inGroups,
  inOrderOfGroups,
  keysUnder,
  placeInOrder,
  type GroupCount,
  type Grouped,
  type Grouping,
} from './groupings.ts';
export * from './ledger-view.ts';
export { fieldOfLink, isTextRef, namesIn, openedAt, seesLink, withSeenLinks } from './links.ts';
export { mistakesAt, type Mistakes } from './mistakes.ts';
export {
  countNaming,
  isLinkedHere,
  isLinkedToOneOf,
  linksTo,
  pageNaming,
  recordsCalled,
  recordsNaming,
  recordsUnder,
  type LinkFrom,
  type NamingGroup,
  type NamingRecord,
} from './namings.ts';
export {
  delaysOfPlain,
  entriesApart,
  isWanted,
  latePlain,
  monthOf,
  type DelayCount,
  type EntriesWanted,
  type EntryFound,
  type EntryGrouping,
} from './entry-delays.ts';
export {
  dayBefore,
  factsApart,
  plainFacts,
  type FactFound,
  type FactsWanted,
  type PlainList,
} from './facts-of-meeting.ts';
export { followedIn, type FirstDueColumns } from './first-due.ts';
export {
  combinationsOf,
  countOf,
  cursorOf,
  firstOf,
  groupsOf,
  keysOfCursor,
  listedIn,
  pageOf,
  pageOfAll,
  workedOutOnce,
  type Combination,
  type Group,
} from './paging.ts';
export {
  sortKeyOf,
  tableOf,
  type AnyProjection,
  type ColumnKind,
  type Columns,
  type InState,
  type RecordProjection,
  type StandardColumns,
  type ValuesOf,
} from './projection.ts';
export { openKeptReadModels, ReadModelsNotKept, type KeptReadModels } from './kept-read-models.ts';
export { openingBecauseOf, owedBecauseOf, type Owed } from './owed.ts';
export {
  startReadModels,
  type Comparison,
  type Logger,
  type Progress,
  type ReadModels,
  type ReadModelsOptions,
  type ReadModelsStatus,
} from './read-models.ts';
export { eventsOfTypes, recordsCiting, recordsImportedAhead, recordsQuestionableBy } from './questionable.ts';
export {
  eventAsOf,
  eventsAsOf,
  positionToken,
  type EventAsOf,
  type EventOfRecord,
  type RecordName,
} from './record-events.ts';
export { rectanglesOf, type HeldRectangle, type RecordRectangles, type StateNumber } from './record-rectangles.ts';
export {
  disputedRecords,
  recordAsOf,
  recordsOf,
  recordsWhere,
  statesUpTo,
  type ListedRecord,
  type RecordAsOf,
  type StateOver,
} from './record-states.ts';
export {
  allTogether,
  punctualityOf,
  type DoneBy,
  type FirstDue,
  type FirstDuePeriod,
  type Followed,
  type Punctuality,
} from './punctuality.ts';
export { slippedRecords, type SlippedRecord } from './slippage.ts';
export { whyApart } from './said-of-facts.ts';
export { countOfList, groupsOfTotals, type WorkedOut } from './totals.ts';
export { replayedIn, type Replayed } from './replays.ts';
export { isFoundBy, soughtBy, type SoughtIn } from './search.ts';
export { inTurns } from './turns.ts';
export {
  askedApart,
  hasOrIsOf,
  incompleteIn,
  isAmong,
  isWord,
  lastKnownIn,
  loaderOf,
  lookedAt,
  numberLookedAt,
  onceFor,
  RecordDamaged,
  refuseDamaged,
  registerNamed,
  registerOf,
  rowsAsOf,
  rowsOfAll,
  textsHold,
  type RowOf,
  type RowsQuery,
} from './view.ts';
