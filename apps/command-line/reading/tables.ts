import { canonicalJson } from '../../../libs/ledger/index.ts';
import { opening } from '../../../libs/wording/index.ts';

/** What stands in a cell: as people read it, and where programs read another word for it, as they do. */
export type Cell = string | number | null | { readonly code: string | null; readonly words: string };

/** One table of an answer. */
export interface Table {
  /** Under which name it stands in JSON, and is asked for as CSV. */
  readonly name: string;
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Too much to be looked through on a terminal: for JSON and CSV. */
  readonly forProgramsOnly?: true;
}

/** What a command answers. The first table is what was asked for. */
export interface Answer {
  /** What JSON says beside the tables. */
  readonly facts: { readonly [name: string]: unknown };
  /** The same for people, a line each. */
  readonly notes: readonly string[];
  readonly tables: readonly [Table, ...Table[]];
}

export const column = (key: string, label: string) => ({ key, label });

const WIDEST = 60;
const GAP = '  ';
/** What moves a cursor or turns the direction of writing is no part of a table on a terminal. */
// eslint-disable-next-line no-control-regex
const NOT_PRINTED = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** For people: columns one below the other, long words cut. */
export function asText({ notes, tables }: Answer): string {
  return [
    ...notes.map((note) => `${note.replace(NOT_PRINTED, ' ')}\n`),
    ...tables.filter((table) => table.forProgramsOnly !== true).map(textOf),
  ].join('\n');
}

function textOf({ name, columns, rows }: Table): string {
  if (rows.length === 0) return `${name}: none\n`;
  const lines = [columns.map(({ label }) => label), ...rows.map((row) => row.map(shownIn))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => [...line[index]!].length)));
  const ruled = [lines[0]!, widths.map((width) => '-'.repeat(width)), ...lines.slice(1)];
  const written = ruled.map((line) =>
    line
      .map((cell, index) => padded(cell, widths[index]!))
      .join(GAP)
      .trimEnd(),
  );
  return `${written.join('\n')}\n`;
}

function shownIn(cell: Cell): string {
  return opening(wordsIn(cell).replace(NOT_PRINTED, ' ').trim(), WIDEST);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - [...text].length);
}

/** RFC 4180, with the names of the columns in the first line. */
export function asCsv({ columns, rows }: Table): string {
  const lines = [columns.map(({ label }) => label), ...rows];
  return lines.map((line) => `${line.map(csvOf).join(',')}\r\n`).join('');
}

/** A spreadsheet would reckon with what begins so: an apostrophe before it says that it is words. */
const FORMULA = /^[=+\-@\t\r]/;

function csvOf(cell: Cell): string {
  const words = wordsIn(cell);
  const written = typeof cell !== 'number' && FORMULA.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

/** Canonical, in one line: keys sorted, so that the same answer is the same bytes. */
export function asJson({ facts, tables }: Answer): string {
  const inTables = tables.map(({ name, columns, rows }) => [
    name,
    rows.map((row) => Object.fromEntries(columns.map(({ key }, index) => [key, codeIn(row[index]!)]))),
  ]);
  return `${canonicalJson({ ...facts, ...Object.fromEntries(inTables) })}\n`;
}

function wordsIn(cell: Cell): string {
  return cell === null ? '' : typeof cell === 'object' ? cell.words : String(cell);
}

function codeIn(cell: Cell): string | number | null {
  return cell !== null && typeof cell === 'object' ? cell.code : cell;
}
