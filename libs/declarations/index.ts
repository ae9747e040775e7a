export * from './checks.ts';
export * from './command.ts';
export * from './decide.ts';
export * from './draft.ts';
export * from './due.ts';
export * from './due-days.ts';
export * from './envelope.ts';
export * from './event.ts';
export * from './labels.ts';
export * from './links.ts';
export * from './lists.ts';
export * from './movements.ts';
export * from './of-every-record.ts';
export * from './paths.ts';
export * from './record-kinds.ts';
export * from './register.ts';
export * from './rows.ts';
export * from './shapes.ts';
export * from './written.ts';
export * as show from './shown.ts';
export { OF_BODIES } from './shown.ts';
export type {
  Asked,
  Colour,
  FieldShown,
  FiltersShown,
  FilterShown,
  MatrixShown,
  SomeRows,
  OneOfFilter,
  CauseShown,
  MadeSo,
  OpenedShown,
  RecordShown,
  RelatedShown,
  SectionShown,
  ShownKind,
  ShownOf,
  ShownRecord,
  ShownValue,
  Tag,
} from './shown.ts';
