import {
  byKind,
  DUE_MEMBERS,
  ENVELOPE_FIELDS,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../declarations/index.ts';
import { MUTATIONS } from '../registers/index.ts';

/** One command field and the column that gives it. */
export interface Field {
  readonly column: string;
  /** Where the value goes in the command: `['due', 'phrase']`. */
  readonly path: readonly string[];
  readonly shape: Shape;
  readonly required?: true;
}

/** What a row with this command means. The name is that of the mutation; the type is that of the register's command. */
export interface RowCommand {
  readonly type: string;
  readonly register: string | null;
  /** What `record` is about or, for a command that opens a record, what it opens. Null: any kind. */
  readonly kind: RecordKind | null;
  readonly opens: boolean;
  /** Corrections and the like hold from their target's day on, so they need no day of their own. */
  readonly common: boolean;
  readonly fields: readonly Field[];
}

type Columns = (column: string, path: readonly string[]) => readonly Field[];
const oneColumn =
  (shape: Shape): Columns =>
  (column, path) => [{ column, path, shape, ...(shape.optional === true ? {} : { required: true as const }) }];

/** The columns that give a field. A new shape does not compile until it stands here. */
const COLUMNS: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => Columns } = {
  line: oneColumn,
  words: oneColumn,
  digest: oneColumn,
  itemNumber: oneColumn,
  day: oneColumn,
  time: oneColumn,
  // Three: `<column>_how`, `<column>_from`, `<column>_to`.
  span: oneColumn,
  yesNo: oneColumn,
  oneOf: oneColumn,
  link: oneColumn,
  links: oneColumn,
  anyRecord: oneColumn,
  anyRecords: oneColumn,
  instant: oneColumn,
  count: oneColumn,
  share: oneColumn,
  // A row for each line, its columns with | between.
  rows: oneColumn,
  conditions: oneColumn,
  newReference: oneColumn,
  due: () => (column, path) =>
    Object.entries(DUE_MEMBERS).flatMap(([name, shape]) => columnsFor(shape, `${column}_${name}`, [...path, name])),
  // Made of the import and the key of the row.
  commandId: () => () => [],
  reference: oneColumn,
  eventOfRecord: oneColumn,
  path: oneColumn,
  anyValue: oneColumn,
  // In the columns `marking` and `session`, which every row has.
  marking: () => () => [],
};

function columnsFor(shape: Shape, column: string, path: readonly string[]): readonly Field[] {
  return byKind<Columns, []>(COLUMNS, shape)(column, path);
}

/** Every command that a row can give, by the name of its mutation. */
export const ROW_COMMANDS: { readonly [name: string]: RowCommand } = Object.fromEntries(
  Object.values(MUTATIONS).map(({ name, register, command, kind, amends }) => {
    const fields = Object.entries(command.fields).flatMap(([field, shape]) =>
      columnsFor(shape, shape.called?.column ?? snakeCase(field), [field]),
    );
    const opens = command.opens !== undefined;
    return [name, { type: command.type, register, kind, opens, common: amends, fields }];
  }),
);

/** What every command may carry, and the columns that give it; a session is said with the marking. */
export const ENVELOPE_ROW_FIELDS: readonly Field[] = Object.entries(ENVELOPE_FIELDS).flatMap(([path, shape]) =>
  path === 'session'
    ? []
    : columnsFor(shape, shape.called?.column ?? snakeCase(path.replace('.', '_')), path.split('.')),
);

/** Columns that any row may fill, whatever its command. */
export const ENVELOPE_COLUMNS: readonly string[] = [
  ...ENVELOPE_ROW_FIELDS.flatMap(columnsOf),
  ...['authority', 'recorded_on', 'marking', 'session', 'published'],
];

/** Columns that say which row it is; `source` shows where the row was taken from, and is not loaded. */
export const ROW_COLUMNS = ['key', 'command', 'record', 'source'] as const;

/** The columns of one field: itself, or the three of a span. */
export function columnsOf({ column, shape }: Pick<Field, 'column' | 'shape'>): readonly string[] {
  return shape.kind === 'span' ? [`${column}_how`, `${column}_from`, `${column}_to`] : [column];
}

/** Every column that a file may have. */
export const ALL_COLUMNS: readonly string[] = [
  ...new Set<string>([
    ...ROW_COLUMNS,
    ...ENVELOPE_COLUMNS,
    ...Object.values(ROW_COMMANDS).flatMap(({ fields }) => fields.flatMap(columnsOf)),
  ]),
];

/** By every name that a column may have in a file, the column: `owner_post` is `owner`, since a post is what it names. */
export const COLUMN_NAMED: ReadonlyMap<string, string> = new Map([
  ...Object.values(ROW_COMMANDS).flatMap(({ fields }) =>
    fields.flatMap(({ column, shape }) =>
      shape.kind === 'link' ? [[`${column}_${shape.record}`, column] as const] : [],
    ),
  ),
  ...ALL_COLUMNS.map((column) => [column, column] as const),
]);

/**
 * The column behind a field that a refusal names (`due.meeting`, `effectiveOn`, `ref`); undefined when no column gives it.
 */
export function columnOfField(command: RowCommand | undefined, refused: string): string | undefined {
  if (refused === 'ref' || refused === 'record') return 'record';
  const path = refused.split('.');
  for (const candidate of command?.fields ?? []) {
    if (candidate.path.length > path.length || !candidate.path.every((name, index) => name === path[index])) continue;
    const rest = path.slice(candidate.path.length);
    if (candidate.shape.kind === 'span') return `${candidate.column}_${rest[0] ?? 'to'}`;
    return candidate.column;
  }
  if (path[0] === 'source' && path.length === 1) return 'document';
  const plain = snakeCase(path[0] === 'source' ? path.slice(1).join('_') : path.join('_'));
  if (ALL_COLUMNS.includes(plain)) return plain;
  if (plain === 'dated') return 'dated_to';
  return command?.fields.find((candidate) => candidate.path[0] === path[0])?.column;
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
