export * from './ledger-view.ts';
export { countOf, cursorOf, firstOf, keyOfCursor, pageByRef, snapshotOf } from './paging.ts';
export {
  sortKeyOf,
  tableOf,
  type AnyProjection,
  type ColumnKind,
  type Columns,
  type RecordProjection,
  type StandardColumns,
  type ValuesOf,
} from './projection.ts';
export { startReadModels, type Logger, type Progress, type ReadModels, type ReadModelsOptions, type ReadModelsStatus } from './read-models.ts';
export { eventsAsOf, positionToken, type EventAsOf } from './record-events.ts';
export { incompleteIn, loaderOf, rowsAsOf, type RowOf, type RowsQuery } from './view.ts';
