import type { JsonObject, RecordEvent, TextRef } from '../ledger/index.ts';
import { labelOf } from './labels.ts';
import { kindOfRecord } from './record-kinds.ts';
import {
  optional,
  words,
  type ClearIn,
  type Columns,
  type ColumnShape,
  type GivenRow,
  type HeldRow,
  type Rows,
  type SealedIn,
  type Words,
} from './shapes.ts';

/*
 * Rows hold words beside days, numbers and references. Words are sealed, so of each column of words an event has a text, with a line for each
 * row; the rows without them stand among its facts, as a due date gives its phrase away to a text.
 */

type TextName<Field extends string, Column extends string> = `${Field}${Capitalize<Column>}`;
type RowTexts<Field extends string, C extends Columns> = {
  readonly [Column in SealedIn<C> as TextName<Field, Column>]: Words & { readonly optional: true };
};

/** What stands in a line of words for a row that has none: an empty line at the end of a text would be lost when it is typed again. */
const NONE = '–';

/** The text of an event that holds a column of words. */
export function textOfColumn(field: string, column: string): string {
  return `${field}${column.charAt(0).toUpperCase()}${column.slice(1)}`;
}

/** The texts of an event for the columns of words of its rows, to be declared among its texts. */
export function rowTexts<const Field extends string, C extends Columns>(
  field: Field,
  shape: Rows<C>,
): RowTexts<Field, C> {
  const all = sealedColumns(shape).map(([column, of]) => [
    textOfColumn(field, column),
    {
      ...optional(words(`${of.says} One line for each row, in their order; ${NONE} where a row has none.`)),
      label: `${labelOf(field, shape)}: ${withSmallLetter(labelOf(column, of))}`,
      rowsOf: { field, column, needed: of.optional !== true },
    },
  ]);
  return Object.fromEntries(all) as RowTexts<Field, C>;
}

function withSmallLetter(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** What a draft holds of rows that a command gives: the facts and the texts of the event. Of none: neither. */
export function heldRows<const Field extends string, C extends Columns>(
  field: Field,
  shape: Rows<C>,
  given: readonly GivenRow<C>[],
): {
  readonly facts: { readonly [Name in Field]: readonly HeldRow<C>[] };
  readonly texts: { readonly [Name in keyof RowTexts<Field, C>]?: string };
};
export function heldRows<const Field extends string, C extends Columns>(
  field: Field,
  shape: Rows<C>,
  given: readonly GivenRow<C>[] | undefined,
): {
  readonly facts: { readonly [Name in Field]?: readonly HeldRow<C>[] };
  readonly texts: { readonly [Name in keyof RowTexts<Field, C>]?: string };
};
export function heldRows(field: string, shape: { readonly columns: Columns }, given?: readonly object[]): unknown {
  if (given === undefined) return { facts: {}, texts: {} };
  const rows = given as readonly JsonObject[];
  const texts = sealedColumns(shape).map(([column]) => [
    textOfColumn(field, column),
    textOfRows(rows.map((row) => row[column])),
  ]);
  return { facts: { [field]: rows.map((row) => clearIn(shape, row)) }, texts: Object.fromEntries(texts) as object };
}

/** A row without its words, nor what was not given. */
function clearIn({ columns }: { readonly columns: Columns }, row: JsonObject): JsonObject {
  const clear = Object.keys(columns).filter((column) => columns[column]!.kind !== 'line');
  return Object.fromEntries(clear.flatMap((column) => (row[column] === undefined ? [] : [[column, row[column]]])));
}

/** A column of words as one text, a line for each row. Of no words at all: an empty one, which no event holds. */
export function textOfRows(column: readonly unknown[]): string {
  const lines = column.map((one) => {
    const line = (typeof one === 'string' ? one : '').replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ').trim();
    return saysNothing(line) ? NONE : line;
  });
  return lines.every((line) => line === NONE) ? '' : lines.join('\n');
}

/** The lines of a text of a column: the words of each row, null where it has none. */
export function linesOfRows(text: string): readonly (string | null)[] {
  return text.split('\n').map((line) => (saysNothing(line) ? null : line.trim()));
}

/** An empty cell, and one with a dash alone. */
export function saysNothing(cell: string): boolean {
  return /^\s*[-–—]?\s*$/.test(cell);
}

/** Rows as a state has them: without their words, and the texts in which each column of words stands. */
export interface RowsOfState<C extends Columns = Columns> {
  readonly rows: readonly HeldRow<C>[];
  readonly words: { readonly [Column in SealedIn<C>]?: TextRef };
}

/** The rows of an event, for the state of its record. An event that has none has no rows. */
export function rowsOf<C extends Columns>(event: RecordEvent, field: string, shape: Rows<C>): RowsOfState<C> {
  const held = event.facts[field];
  const texts = sealedColumns(shape).flatMap(([column]) => {
    const text = event.texts[textOfColumn(field, column)];
    return text === undefined ? [] : [[column, text]];
  });
  return {
    rows: Array.isArray(held) ? held : [],
    words: Object.fromEntries(texts) as RowsOfState<C>['words'],
  };
}

/** The same rows with their words, as they were given, as far as the reader may read them. @param text opens a text for the reader */
export async function rowsWithWords<C extends Columns>(
  shape: Rows<C>,
  { rows, words: texts }: RowsOfState<C>,
  text: (of: TextRef) => Promise<string | null>,
): Promise<readonly Partial<GivenRow<C>>[]> {
  const columns = await Promise.all(
    sealedColumns(shape).map(async ([column]) => {
      const of = (texts as { readonly [column: string]: TextRef | undefined })[column];
      const opened = of === undefined ? null : await text(of);
      return [column, opened === null ? [] : linesOfRows(opened)] as const;
    }),
  );
  return rows.map((row, index) => {
    const said = columns.flatMap(([column, lines]) => (lines[index] == null ? [] : [[column, lines[index]]]));
    return { ...row, ...Object.fromEntries(said) } as Partial<GivenRow<C>>;
  });
}

/** The columns that hold words. */
export function sealedColumns({ columns }: { readonly columns: Columns }): readonly (readonly [string, ColumnShape])[] {
  return Object.entries(columns).filter(([, { kind }]) => kind === 'line');
}

/** The rows as the facts of an event hold them: without the columns of words. */
export function inClear<C extends Columns>(shape: Rows<C>): Rows<ClearIn<C>> {
  const columns = Object.fromEntries(Object.entries(shape.columns).filter(([, { kind }]) => kind !== 'line'));
  return { ...shape, columns } as unknown as Rows<ClearIn<C>>;
}

/** A row that might be given: what every column looks like. */
export function exampleRow({ columns }: Pick<Rows, 'columns'>): GivenRow<Columns> {
  return Object.fromEntries(
    Object.entries(columns).map(([column, shape]) => [column, exampleOf(shape)]),
  ) as GivenRow<Columns>;
}

function exampleOf(shape: ColumnShape): unknown {
  switch (shape.kind) {
    case 'line':
      return 'Its words';
    case 'itemNumber':
      return '7(c)';
    case 'count':
      return Math.min(shape.most, Math.max(shape.least, 3));
    case 'share':
      return { part: 45, of: 100 };
    case 'day':
      return '2023-10-09';
    case 'yesNo':
      return true;
    case 'oneOf':
      return Object.keys(shape.members)[0];
    case 'link':
      return kindOfRecord(shape.record).example;
  }
}
