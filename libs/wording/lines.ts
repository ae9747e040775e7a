import type { Authority, TextRef } from '../ledger/index.ts';
import { linesOfRows, type ShownKind, type ShownOf, type ShownValue } from '../declarations/index.ts';
import { datedInWords, dayInWords, instantInWords } from './days.ts';
import { IN_A_ROW, capitalised, illustrativeInWords, opening } from './phrases.ts';
import { authorityInWords, memberInWords } from './values.ts';

/** A piece of a line. Words that somebody wrote keep their line breaks, and may be one long word. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
  readonly written?: true;
  /** Of a record that belongs to an illustrative body: its text says so. */
  readonly illustrative?: true;
}
/** One line, as the template takes it. */
export type Line = readonly Piece[];

/** What drawing asks of the ledger, as its reader may see it. All that is asked for at once is one question. */
export interface Drawing {
  /** Does the record belong to an illustrative body? */
  isIllustrative(ref: string): Promise<boolean>;
  /** Words of the ledger, or null once erased or not for this reader. */
  text(ref: TextRef): Promise<string | null>;
  /** What a record is called, and where its page is; no page where there is no such record at the basis. */
  named(ref: string): Promise<Piece>;
  /** The way to the form of a command that opens a record, with boxes filled in; null where it is not offered now. */
  form(command: string, boxes: { readonly [field: string]: string }): Promise<string | null>;
  /** Who holds a post on the day asked about, as far as its reader may know; nothing of any other record. */
  holders(ref: string): Promise<readonly Line[]>;
  /** What a state of the record at hand is called. */
  status(status: string): string;
}

/** How each kind of value is drawn: the one table. What there is nothing to say of has no line. */
const DRAWN: {
  readonly [Kind in ShownKind]: (value: ShownOf<Kind>, drawing: Drawing) => Promise<readonly Line[]> | readonly Line[];
} = {
  words: ({ words }) => plain(words),
  text: async ({ text, quoted, most, row }, drawing) => {
    const whole = await drawing.text(text);
    const written = whole === null || row === undefined ? whole : (linesOfRows(whole)[row] ?? null);
    if (written === null || written === '') return [];
    const shown = most === undefined ? written : opening(written, most);
    return [[{ text: quoted ? `“${shown}”` : shown, written: true }]];
  },
  day: ({ day }) => plain(dayInWords(day)),
  span: ({ span }) => plain(datedInWords(span)),
  instant: ({ at }) => plain(instantInWords(at)),
  link: async ({ ref, by, did }, drawing) => {
    if (by === 'reference') return [[await referred(ref, drawing)]];
    const [name, holders] = await Promise.all([drawing.named(ref), did === true ? [] : drawing.holders(ref)]);
    return [[name, ...heldBy(holders)]];
  },
  oneOf: ({ shape, member }) => plain(memberInWords(shape, member)),
  status: ({ status }, drawing) => plain(drawing.status(status)),
  yesNo: ({ is }) => plain(is ? 'yes' : 'no'),
  due: async ({ due }, drawing) => {
    if (due.on !== undefined) return plain(dayInWords(due.on));
    if (due.dated !== undefined) return plain(datedInWords(due.dated));
    return due.meeting === undefined ? [] : [[{ text: 'at the meeting ' }, await referred(due.meeting, drawing)]];
  },
  authority: async ({ authority }, drawing) => {
    const record = authorityRecord(authority);
    return [authorityLine(authority, record === null ? null : await referred(record, drawing))];
  },
  form: async ({ command, boxes, words }, drawing) => {
    const href = await drawing.form(command, boxes);
    return [[href === null ? { text: words } : { text: words, href }]];
  },
  sentence: async ({ parts }, drawing) => {
    const drawn = await Promise.all(parts.map((part) => draw(part, drawing)));
    const pieces = drawn.flatMap((lines) => lines.flat());
    return pieces.length === 0 ? [] : [joined(pieces)];
  },
  list: async ({ of }, drawing) => (await Promise.all(of.map((one) => draw(one, drawing)))).flat(),
};

/** The lines in which a value is shown. None: there is nothing to show, or it is not for this reader. */
export async function linesOf(value: ShownValue | null, drawing: Drawing): Promise<readonly Line[]> {
  return value === null ? [] : (await draw(value, drawing)).map(begun);
}

/** What a cell of a table shows at once of long words, and how many characters are long. */
const BEGINNING = 120;
const LONG = 300;

/** How the lines of a cell begin, where they are too long to be looked through with others; null where they are not. */
export function beginningOf(lines: readonly Line[]): string | null {
  const text = lines.map((line) => line.map((piece) => piece.text).join('')).join(' ');
  return text.length <= LONG ? null : opening(text, BEGINNING);
}

/** The same in one line without any way to elsewhere, and without the names of people: for a heading, a choice of a form, a title. */
export async function wordsOf(value: ShownValue | null, drawing: Drawing): Promise<string | null> {
  if (value === null) return null;
  const lines = await draw(value, { ...drawing, holders: () => Promise.resolve([]) });
  return lines.length === 0 ? null : lines.map((line) => line.map(({ text }) => text).join('')).join(', ');
}

/** TypeScript does not see that the kind of the value and the entry of the table agree, which is said here and nowhere else. */
async function draw(value: ShownValue, drawing: Drawing): Promise<readonly Line[]> {
  return (DRAWN[value.kind] as (value: ShownValue, drawing: Drawing) => Promise<readonly Line[]>)(value, drawing);
}

function plain(text: string): readonly Line[] {
  return [[{ text }]];
}

/** ` (held by Ann Example and Ben Example)` */
function heldBy(holders: readonly Line[]): Line {
  const names = IN_A_ROW.formatToParts(holders.map((_, index) => String(index))).flatMap(({ type, value }) =>
    type === 'element' ? holders[Number(value)]! : [{ text: value }],
  );
  return names.length === 0 ? [] : [{ text: ' (held by ' }, ...names, { text: ')' }];
}

/** Its reference, and where its page is: there is none where there is no such record at the basis. */
async function referred(ref: string, drawing: Drawing): Promise<Piece> {
  return byReference(ref, await drawing.named(ref));
}

export function byReference(ref: string, named: Piece | undefined): Piece {
  const text = named?.illustrative === true ? illustrativeInWords(ref) : ref;
  return named?.href === undefined ? { text } : { text, href: named.href };
}

/** The meeting or the document that an authority is; null for any other. */
export function authorityRecord(authority: Authority): string | null {
  if ('meeting' in authority) return authority.meeting;
  return 'document' in authority ? authority.document : null;
}

/** `Meeting CGB-2023-06-21`, which leads to it, as a document does; a decision or a delegation is words for now. */
export function authorityLine(authority: Authority, record: Piece | null): Line {
  const [kind = ''] = Object.keys(authority);
  return record === null ? [{ text: authorityInWords(authority) }] : [{ text: `${capitalised(kind)} ` }, record];
}

/** Pieces of the register's own words that stand beside each other are one. */
function joined(pieces: Line): Line {
  const line: Piece[] = [];
  for (const piece of pieces) {
    const last = line.at(-1);
    if (last !== undefined && isPlain(last) && isPlain(piece)) line[line.length - 1] = { text: last.text + piece.text };
    else line.push(piece);
  }
  return line;
}

function isPlain({ href, written }: Piece): boolean {
  return href === undefined && written === undefined;
}

/** A line of the register's own words begins with a capital. */
function begun(line: Line): Line {
  const [first, ...others] = line;
  return first === undefined || !isPlain(first) ? line : [{ text: capitalised(first.text) }, ...others];
}
