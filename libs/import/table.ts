import { Buffer, isUtf8 } from 'node:buffer';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { MAX_TEXT_BYTES } from '../ledger/index.ts';
import { nearest, type Problems } from './problems.ts';

/** No file that is read holds this character. */
const BETWEEN_CELLS = '\0';

/** One row of a CSV file. There may be very many, so it holds its cells as one text. */
export class TableRow {
  readonly #header: Header;
  readonly #cells: string;
  /** The line on which the row begins. A quoted cell may run over several. */
  readonly line: number;

  constructor(header: Header, line: number, cells: readonly string[]) {
    this.#header = header;
    this.#cells = cells.join(BETWEEN_CELLS);
    this.line = line;
  }

  get file(): string {
    return this.#header.file;
  }

  /** The cells that are not empty, by column. */
  cells(): ReadonlyMap<string, string> {
    const cells = this.#cells.split(BETWEEN_CELLS).map((cell, place) => [this.#header.columns[place]!, cell] as const);
    return new Map(cells.filter(([, cell]) => cell !== ''));
  }

  /** Says that the row ends before that column, where it does: spreadsheets leave away the empty cells at the end of a row. */
  endsBefore(column: string): string | null {
    const { columns } = this.#header;
    const { length } = this.#cells.split(BETWEEN_CELLS);
    return columns.indexOf(column) < length
      ? null
      : `This row has ${count(length, 'cell')}, and "${column}" is column ${columns.indexOf(column) + 1}.`;
  }
}

interface Header {
  readonly file: string;
  readonly columns: readonly string[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How much one file may hold. The papers of ten years are far below this. */
export const MOST_COLUMNS = 200;
export const MOST_ROWS = 200_000;
/** Bytes of one row, its quotes and commas included: eight texts of the greatest length. */
export const MOST_ROW_BYTES = 8 * MAX_TEXT_BYTES;

/**
 * Reads CSV (RFC 4180, UTF-8, with or without the byte order mark that Excel writes). Cells are trimmed; an empty cell is not
 * given, nor is one that a spreadsheet left away at the end of its row; rows without any cell are passed over.
 *
 * After a quote that is out of place nobody can tell where the next row begins, so reading ends there; the rows before it are
 * still checked. It ends too at the first line that passes a limit: {@link MOST_COLUMNS}, {@link MOST_ROWS}, {@link MOST_ROW_BYTES}.
 *
 * @param columns by every name that a column may have, as {@link asColumn} writes it, the name by which its cells are asked for
 * @param progress told after each row how many bytes have been read
 */
export async function readTable(
  file: string,
  bytes: Buffer,
  columns: ReadonlyMap<string, string>,
  problems: Problems,
  progress?: (bytes: number) => void,
): Promise<readonly TableRow[]> {
  if (!isReadableText(file, bytes, problems)) return [];
  const before = problems.found;
  let header: Header | null = null;
  const rows: TableRow[] = [];
  let read = 0;
  /** False: nothing after this row is read. */
  const take = (line: number, cells: readonly string[]): boolean => {
    const stop = (sentence: string): false => {
      problems.add({ file, line, sentence });
      return false;
    };
    if (cells.length > MOST_COLUMNS)
      return stop(`This line has ${cells.length} cells; a file has at most ${MOST_COLUMNS} columns.`);
    if (header === null) {
      header = { file, columns: readHeader(file, { line, cells }, columns, problems) };
      return true;
    }
    if ((read += 1) > MOST_ROWS) return stop(`A file has at most ${MOST_ROWS} rows. Split it here.`);
    const row = rowOf(header, line, cells, problems);
    if (row !== null) rows.push(row);
    return true;
  };
  await readRecords(file, bytes, problems, (line, cells, end) => {
    progress?.(end);
    return take(line, cells);
  });
  if (header === null && problems.found === before)
    problems.add({ file, line: 1, sentence: 'This file is empty. Its first line names the columns.' });
  return rows;
}

function rowOf(header: Header, line: number, cells: readonly string[], problems: Problems): TableRow | null {
  const { file, columns } = header;
  if (cells.every((cell) => cell.trim() === '')) return null;
  if (cells.length > columns.length) {
    const sentence = `This row has ${count(cells.length, 'cell')}, but the header names ${count(columns.length, 'column')}. Put quotes round a cell that holds a comma.`;
    problems.add({ file, line, sentence });
    return null;
  }
  const given = cells.map((cell) => asTyped(cell.trim()));
  for (const [index, value] of given.entries()) {
    const length = Buffer.byteLength(value, 'utf8');
    if (length > MAX_TEXT_BYTES)
      problems.add({
        file,
        line,
        column: columns[index]!,
        sentence: `This cell has ${length} bytes; at most ${MAX_TEXT_BYTES} are kept. Shorten it.`,
      });
  }
  return new TableRow(header, line, given);
}

/**
 * Where a ledger writes a cell that a spreadsheet would take for a formula it puts an apostrophe before it, as people do; it is no part
 * of the words. Any other cell is kept as it stands: `=`, `+`, `-` and `@` begin words too.
 */
function asTyped(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function isReadableText(file: string, bytes: Buffer, problems: Problems): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    problems.add({ file, line: 1, sentence: 'This file is written in UTF-16. Save it as "CSV UTF-8".' });
    return false;
  }
  // Nearly always at once. Line by line only to say which.
  if (isUtf8(bytes) && !bytes.includes(0)) return true;
  const before = problems.found;
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) problems.add({ file, line, sentence: 'This line is not UTF-8. Save the file as "CSV UTF-8".' });
    if (text.includes(0)) problems.add({ file, line, sentence: 'This line holds a NUL byte, which is no text.' });
    start = end + 1;
  }
  return problems.found === before;
}

interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Ends the parser, which has no other way to be told that it is enough. */
class Enough extends Error {}
class RowTooLong extends Error {}

/** Bytes that the parser is given at a time. Between two pieces whatever else the process does gets its turn. */
const PIECE = 64 * 1024;

/** @param take given the line on which a row begins, its cells and where it ends; false: it is enough */
async function readRecords(
  file: string,
  bytes: Buffer,
  problems: Problems,
  take: (line: number, cells: readonly string[], end: number) => boolean,
): Promise<void> {
  const lineAfter = lineCounter(bytes);
  let end = 0;
  // The parser's own limit does not count commas.
  const refuseTooLong = (through: number): void => {
    if (through - end > MOST_ROW_BYTES) throw new RowTooLong();
  };
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    on_record(cells: string[], { bytes: read }: { bytes: number }) {
      refuseTooLong(read);
      if (!take(lineAfter(end), cells, read)) throw new Enough();
      end = read;
      return null;
    },
  });
  // Whoever writes is told.
  parser.on('error', () => undefined);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      await new Promise<void>((resolve, reject) => {
        parser.write(bytes.subarray(at, at + PIECE), (cause) => (cause ? reject(cause) : resolve()));
      });
      refuseTooLong(at);
      await nextTurn();
    }
    parser.end();
    await finished(parser, { readable: false });
  } catch (cause) {
    if (cause instanceof Enough) return;
    if (!(cause instanceof RowTooLong) && !(cause instanceof CsvError)) throw cause;
    const wrong =
      cause instanceof RowTooLong ? `This row has more than ${MOST_ROW_BYTES} bytes.` : whatIsWrong(cause.code);
    problems.add({ file, line: lineAfter(end), sentence: `${wrong} Nothing after this row could be read.` });
  } finally {
    parser.destroy();
  }
}

/**
 * Tells on which line the record begins that follows a place in the file; places are asked for in their order. The parser
 * counts lines too, but takes the CRLF within a quoted cell for two.
 */
function lineCounter(bytes: Buffer): (place: number) => number {
  let [counted, line] = [0, 1];
  return (place) => {
    let start = place;
    while (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN) start += 1;
    for (; counted < start; counted += 1) if (bytes[counted] === LINE_FEED) line += 1;
    return line;
  };
}

function whatIsWrong(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A cell of this row opens with a quote that is never closed.';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'In this row something other than a comma follows the closing quote of a cell. Double a quote that belongs to the text.';
    case 'INVALID_OPENING_QUOTE':
      return 'In this row a quote stands inside a cell without quotes. Put the whole cell in quotes and double the quote inside.';
    default:
      return `This row is not CSV (${code}).`;
  }
}

function readHeader(
  file: string,
  header: TextRecord,
  columns: ReadonlyMap<string, string>,
  problems: Problems,
): readonly string[] {
  const written = header.cells.map((cell) => cell.trim());
  const names = written.map((name) => columns.get(asColumn(name)) ?? name);
  const { line } = header;
  if (names.length === 1 && /[;\t]/.test(names[0]!)) {
    problems.add({
      file,
      line,
      sentence: 'The columns seem to be separated by semicolons or tabs. Separate them by commas.',
    });
    return names;
  }
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    if (name === '') problems.add({ file, line, sentence: `Column ${index + 1} has no name.` });
    else if (first !== index) {
      const also = written[first] === written[index] ? '' : `, as "${written[first]}" and as "${written[index]}"`;
      problems.add({ file, line, column: name, sentence: `The column "${name}" stands here twice${also}.` });
    } else if (!columns.has(asColumn(name))) {
      const meant = nearest(asColumn(name), [...columns.values()]);
      const sentence = `There is no column "${name}".${meant === undefined ? '' : ` Is "${meant}" meant?`}`;
      problems.add({ file, line, column: name, sentence });
    }
  });
  return names;
}

/** A column is named without regard to case, and with spaces for underscores. */
export function asColumn(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
