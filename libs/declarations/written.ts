import { nameInWords } from './labels.ts';
import type { ColumnShape, Columns, ConditionInput, OneOf, Rows, Share } from './shapes.ts';

/*
 * How counts, shares, conditions and lists of references are written in one box of a form or one cell of a paper, and read back: what is written is
 * read as it was given.
 */

/** The references in a box or a cell: between them stand spaces, commas or line breaks. */
export function readReferences(written: string): readonly string[] {
  return written.split(/[\s,;]+/).filter((ref) => ref !== '');
}

/** What stands between commas or line breaks: words of several, by which a record is looked up, stay together. */
export function readPieces(written: string): readonly string[] {
  return written
    .split(/[,;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** `1234` and `1,234`; null for what is no whole number. Whether it is within its bounds, its shape says. */
export function readCount(written: string): number | null {
  return /^-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})$/.test(written) ? Number(written.replaceAll(',', '')) : null;
}

/** So many decimals of a percentage tell that it is of a hundred, a thousand or ten thousand. */
const MOST_DECIMALS = 2;

/** `45 %` is 45 of 100, and `12.5 %` 125 of 1,000; `9/20` and `9 of 20` are 9 of 20. Null for what is neither. */
export function readShare(written: string): Share | null {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d+))?\s*(?:%|per ?cent)$/i.exec(written) ?? [];
  if (whole !== undefined)
    return decimals.length > MOST_DECIMALS
      ? null
      : { part: Number(`${whole}${decimals}`), of: 100 * 10 ** decimals.length };
  const [, first, second] = /^([\d,]+)\s*(?:\/|of)\s*([\d,]+)$/i.exec(written) ?? [];
  const [part, of] = [first, second].map((one) => (one === undefined ? null : readCount(one)));
  return part == null || of == null ? null : { part, of };
}

/** A share as {@link readShare} reads it back. */
export function shareWritten({ part, of }: Share): string {
  const decimals = [100, 1_000, 10_000].indexOf(of);
  if (decimals < 0 || part > of) return `${part}/${of}`;
  return `${decimals === 0 ? part : `${Math.floor(part / 10 ** decimals)}.${String(part % 10 ** decimals).padStart(decimals, '0')}`} %`;
}

/** Between the columns of a row. Within words it is written `\|`, and a backslash `\\`. */
const BETWEEN_COLUMNS = ' | ';

/** Lines of cells: a row for each line that is not blank. An empty cell, and one with a dash alone, is undefined: it says nothing. */
export function readCells(written: string): readonly (readonly (string | undefined)[])[] {
  const lines = written.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => cellsIn(line).map((cell) => (/^[-–—]?$/.test(cell) ? undefined : cell)));
}

function cellsIn(line: string): readonly string[] {
  const cells = [''];
  for (const [piece] of line.matchAll(/\\[\\|]|[^]/g)) {
    if (piece === '|') cells.push('');
    else cells[cells.length - 1] += piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  return cells.map((cell) => cell.trim());
}

/** Rows as they are written in a box or a cell: {@link readCells} reads the cells back. */
export function rowsWritten(
  { columns }: Pick<Rows, 'columns'>,
  rows: readonly { readonly [column: string]: unknown }[],
): string {
  return rows
    .map((row) =>
      Object.entries(columns)
        .map(([column, shape]) => cellWritten(shape, row[column]).replace(/[\\|]/g, '\\$&'))
        .join(BETWEEN_COLUMNS)
        // What is left out at the end needs no sign that something is left out.
        .replace(/(?:\s*\|\s*)+$/, ''),
    )
    .join('\n');
}

/** What stands in a cell for a value of its column; an empty one for none. */
function cellWritten(shape: ColumnShape, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (shape.kind === 'share' && typeof value === 'object') return shareWritten(value as Share);
  if (shape.kind === 'yesNo' && typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The columns of rows as a box is headed: `Level | Meaning (optional) | Days`. */
export function columnsWritten(columns: Columns, called: (column: string, shape: ColumnShape) => string): string {
  return Object.entries(columns)
    .map(([column, shape]) => `${called(column, shape)}${shape.optional === true ? ' (optional)' : ''}`)
    .join(BETWEEN_COLUMNS);
}

/** A member of a list by its name or by what people call it, whatever its case; null for none of them. */
export function readMember({ members }: Pick<OneOf, 'members'>, written: string): string | null {
  const plain = (words: string) => nameInWords(words.replace(/\s+/g, ' ').toUpperCase()).toLowerCase();
  const all = Object.entries(members);
  const [found] =
    all.find(([member]) => member === written) ??
    all.find(([member]) => plain(member) === plain(written)) ??
    all.find(([, { label }]) => plain(label) === plain(written)) ??
    [];
  return found ?? null;
}

/** `status: signed-off, agreed; body: CGB; overdue`: what narrows a list. Null for what cannot be read so. */
export function readConditions(written: string): readonly ConditionInput[] | null {
  const parts = written.split(/[;\n]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const read = parts.map((part) => {
    const [, filter, choices] = /^([A-Za-z][A-Za-z0-9]*)(?:\s*[:=]\s*(\S.*))?$/.exec(part) ?? [];
    if (filter === undefined) return null;
    if (choices === undefined) return { filter };
    return { filter, is: choices.split(',').map((choice) => choice.trim().replace(/\s+/g, '-')) };
  });
  return read.includes(null) ? null : (read as readonly ConditionInput[]);
}

/** Conditions as {@link readConditions} reads them back. */
export function conditionsWritten(given: readonly ConditionInput[]): string {
  return given.map(({ filter, is }) => (is === undefined ? filter : `${filter}: ${is.join(', ')}`)).join('; ');
}
