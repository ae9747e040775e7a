import {
  isCivilDate,
  isDated,
  isItemNumber,
  isMoment,
  isUuid,
  ITEM_NUMBER_SENTENCE,
  whyNotSoLong,
  type JsonObject,
  type JsonValue,
} from '../ledger/index.ts';
import { anchorsOf } from './due.ts';
import { labelOf } from './labels.ts';
import { kindOfRecord, kindSpelt, type RecordKind } from './record-kinds.ts';
import { inClear, linesOfRows, saysNothing, sealedColumns, textOfRows } from './rows.ts';
import {
  anyRecord,
  byKind,
  DUE_MEMBERS,
  MOST_ALTERNATIVES,
  MOST_CONDITIONS,
  MOST_COUNTED,
  MOST_LINKS,
  SHARE_MEMBERS,
  type AnyRecord,
  type Count,
  type Links,
  type OneOf,
  type Rows,
  type Shape,
  type ShapeKind,
  type ShapeOf,
  type Words,
} from './shapes.ts';

/** What the input alone can tell to be wrong, whatever the command. A rule between fields has a code of its register. */
export const INPUT_FAULTS = ['NEEDED', 'BLANK', 'MALFORMED', 'TOO_LONG', 'AMBIGUOUS'] as const;
export type InputFault = (typeof INPUT_FAULTS)[number];

/** What is wrong with a value, and where in it. */
export interface Fault {
  readonly code: InputFault;
  readonly sentence: string;
  /** Within the value: `['on']` of a due date. */
  readonly at: readonly string[];
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DIGEST = /^[0-9a-f]{64}$/i;
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9/-]{0,63}$/;
const PATH = /^[A-Za-z][A-Za-z0-9.]{0,63}$/;

/** What a value of each shape looks like: the sentence when it does not. */
const LOOKS: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => string } = {
  line: () => 'It is words.',
  words: () => 'It is words.',
  digest: () => 'The digest of a document is its SHA-256: 64 hexadecimal digits.',
  itemNumber: () => ITEM_NUMBER_SENTENCE,
  day: () => 'A date is a real day, written yyyy-mm-dd.',
  time: () => 'A time of day is written hh:mm, from 00:00 to 23:59.',
  span: () =>
    'It is a span: its last day in "to", "by", "about" or "between" in "how", and in "from" its first day, which "between" needs and which is not after the last.',
  yesNo: () => 'This is true or false.',
  oneOf: ({ members }) => `It is one of ${Object.keys(members).join(', ')}.`,
  link: referenceSentence,
  links: ({ record }) =>
    `It is a list of ${kindOfRecord(record).many}, at most ${MOST_LINKS}, each once. ${referenceSentence({ record })}`,
  anyRecord: ({ records }) =>
    records === null
      ? 'A record is named by its reference, such as CGB-2023-04-A1.'
      : `It is the reference of one of these: ${records.map((record) => `${record} (such as ${kindOfRecord(record).example})`).join(', ')}.`,
  anyRecords: () =>
    `It is a list of records, at most ${MOST_LINKS}, each once, by their references, such as CGB-2023-04-A1.`,
  instant: () => 'It is an instant with its offset, like 2023-10-09T17:00:00Z.',
  count: ({ least, most }) =>
    most === MOST_COUNTED
      ? `It is a whole number, at least ${least}.`
      : `It is a whole number from ${least} to ${most}.`,
  share: () => 'It is a part of a whole, such as 45 % or 9/20: whole numbers, and the part is no more than the whole.',
  rows: ({ columns, most }) =>
    `It is a list of rows, at most ${most}, each with ${Object.keys(columns)
      .map((column) => labelOf(column, columns[column]!).toLowerCase())
      .join(', ')}.`,
  conditions: () =>
    `It says by what a list is narrowed, such as “status: signed-off, agreed; body: CGB; overdue”: at most ${MOST_CONDITIONS} filters, each once.`,
  newReference: referenceSentence,
  due: () => 'It is an object with one of "on" (a day), "dated" (a span) and "meeting" (a reference), or an empty one.',
  commandId: () => 'A commandId is a UUID.',
  reference: () => 'This is a reference: letters, digits, "-" and "/", at most 64.',
  eventOfRecord: () => 'An event is named by its UUID.',
  path: () => 'A path is the name of a field, such as due.on.',
  anyValue: () => 'It is a value that JSON can hold.',
  marking: () => 'This ledger holds OFFICIAL matters only, SENSITIVE or not, of an open or a closed session.',
};

function referenceSentence({ record }: { readonly record: RecordKind }): string {
  const { written, example } = kindOfRecord(record);
  return `${record === 'action' ? 'An' : 'A'} ${record} is named by its reference, ${written}, such as ${example}.`;
}

/** What a value of that shape looks like, in a sentence. */
export function looksOf(shape: Shape): string {
  return byKind<string, []>(LOOKS, shape);
}

/** Why a command may not give this value; null when it may. Says nothing of other records, nor of anything hidden. */
export function whyNotGiven(shape: Shape, value: unknown): Fault | null {
  return byKind(GIVEN_CHECKS, shape, value);
}

type Checks<Value, Result> = { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, value: Value) => Result };

const GIVEN_CHECKS: Checks<unknown, Fault | null> = {
  line: (shape, value) => whyNotText(shape, value, shape.most, shape.neverBlank),
  words: (shape, value) => whyNotText(shape, value),
  digest: matching(DIGEST),
  itemNumber: (shape, value) => ifNot(shape, typeof value === 'string' && isItemNumber(value)),
  time: matching(TIME),
  day: (shape, value) => ifNot(shape, typeof value === 'string' && isCivilDate(value)),
  span: whyNotSpan,
  yesNo: (shape, value) => ifNot(shape, typeof value === 'boolean'),
  oneOf: (shape, value) => ifNot(shape, isMember(shape, value)),
  link: (shape, value) => matching(kindOfRecord(shape.record).spelling)(shape, value),
  links: whyNotLinks,
  anyRecord: (shape, value) => ifNot(shape, isRecordOf(shape, value)),
  anyRecords: whyNotRecords,
  instant: (shape, value) => ifNot(shape, typeof value === 'string' && isMoment(value)),
  count: (shape, value) => ifNot(shape, isCounted(shape, value)),
  share: whyNotShare,
  rows: whyNotRows,
  conditions: whyNotConditions,
  newReference: (shape, value) => matching(kindOfRecord(shape.record).spelling)(shape, value),
  due: whyNotDue,
  commandId: (shape, value) => ifNot(shape, typeof value === 'string' && isUuid(value)),
  reference: matching(REFERENCE),
  eventOfRecord: (shape, value) => ifNot(shape, typeof value === 'string' && isUuid(value)),
  path: matching(PATH),
  anyValue: (shape, value) => whyNotAnything(shape, value, []),
  marking: (shape, value) => ifNot(shape, isMarking(value)),
};

/**
 * Why a correction may not put this value in the place of a fact, in a sentence; null when it may. `null` takes the value away, where
 * the event need not have one. Not the check of an input: a due date is given with words, and held without.
 */
export function whyNotHeld(shape: Shape, value: JsonValue): string | null {
  if (value === null && shape.optional && !shape.kept) return null;
  if (shape.kind === 'rows') return whyNotGiven(inClear(shape), value)?.sentence ?? null;
  if (shape.kind === 'due' && isObject(value) && 'phrase' in value) return looksOf(shape);
  if (shape.kind === 'conditions') return areHeld(value) ? null : looksOf(shape);
  return whyNotGiven(shape, value)?.sentence ?? null;
}

function fault(code: InputFault, sentence: string, at: readonly string[] = []): Fault {
  return { code, sentence, at };
}

function ifNot(shape: Shape, fits: boolean): Fault | null {
  return fits ? null : fault('MALFORMED', looksOf(shape));
}

function matching(pattern: RegExp): (shape: Shape, value: unknown) => Fault | null {
  return (shape, value) => ifNot(shape, typeof value === 'string' && pattern.test(value));
}

function isMember({ members }: OneOf, value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(members, value);
}

function whyNotLinks(shape: Links, value: unknown): Fault | null {
  const { spelling } = kindOfRecord(shape.record);
  return whyNotSeveral(shape, value, (ref) => spelling.test(ref), referenceSentence(shape));
}

function whyNotRecords(shape: Shape, value: unknown): Fault | null {
  return whyNotSeveral(shape, value, (ref) => kindSpelt(ref) !== null, LOOKS.anyRecord(anyRecord('')));
}

function whyNotSeveral(shape: Shape, value: unknown, isOne: (ref: string) => boolean, sentence: string): Fault | null {
  if (!Array.isArray(value)) return ifNot(shape, false);
  const named = value as readonly unknown[];
  if (named.length === 0) return fault('BLANK', 'This names nothing. Name one, or leave it out.');
  if (named.length > MOST_LINKS) return fault('TOO_LONG', `These are more than ${MOST_LINKS}. Name fewer.`);
  const wrong = named.findIndex((ref) => typeof ref !== 'string' || !isOne(ref));
  if (wrong >= 0) return fault('MALFORMED', sentence, [String(wrong)]);
  const again = named.findIndex((ref, index) => named.indexOf(ref) < index);
  return again < 0 ? null : fault('MALFORMED', `This is named twice: ${String(named[again])}.`, [String(again)]);
}

function isRecordOf({ records }: AnyRecord, value: unknown): boolean {
  const kind = typeof value === 'string' ? kindSpelt(value) : null;
  return kind !== null && (records === null || records.includes(kind));
}

function isCounted({ least, most }: Count, value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function whyNotShare(shape: Shape, value: unknown): Fault | null {
  if (!isObject(value)) return ifNot(shape, false);
  const surplus = Object.keys(value).find((name) => !Object.hasOwn(SHARE_MEMBERS, name));
  if (surplus !== undefined) return fault('MALFORMED', looksOf(shape), [surplus]);
  const { of, part } = value;
  if (!isCounted(SHARE_MEMBERS.of, of)) return fault('MALFORMED', looksOf(shape), ['of']);
  return isCounted({ ...SHARE_MEMBERS.part, most: of as number }, part)
    ? null
    : fault('MALFORMED', looksOf(shape), ['part']);
}

function whyNotRows(shape: Rows, value: unknown): Fault | null {
  if (!Array.isArray(value)) return ifNot(shape, false);
  const given = value as readonly unknown[];
  if (given.length === 0) return fault('BLANK', 'There is no row. Give one, or leave it out.');
  if (given.length > shape.most) return fault('TOO_LONG', `These are more than ${shape.most} rows. Give fewer.`);
  for (const [index, row] of given.entries()) {
    const wrong = whyNotRow(shape, row, index);
    if (wrong !== null) return wrong;
  }
  // Each column of words is kept as one text.
  for (const [column] of sealedColumns(shape)) {
    const tooLong = whyNotSoLong(textOfRows((given as readonly JsonObject[]).map((row) => row[column])));
    if (tooLong !== null) return fault('TOO_LONG', `${columnInWords(shape, column)} of all rows: ${tooLong}`);
  }
  return null;
}

/** What is wrong with a row, the column of it by name. @param index its place among the rows, from 0 */
export function whyNotRow(shape: Rows, row: unknown, index: number): Fault | null {
  const at = [String(index)];
  if (!isObject(row)) return fault('MALFORMED', `Row ${index + 1}: ${looksOf(shape)}`, at);
  const surplus = Object.keys(row).find((column) => !Object.hasOwn(shape.columns, column) && row[column] !== undefined);
  if (surplus !== undefined) return fault('MALFORMED', `Row ${index + 1} has no such column.`, [...at, surplus]);
  for (const [column, of] of Object.entries(shape.columns)) {
    const wrong = whyNotInColumn(of, row[column]);
    if (wrong !== null)
      return {
        code: wrong.code,
        sentence: `Row ${index + 1}, ${columnInWords(shape, column).toLowerCase()}: ${wrong.sentence}`,
        at: [...at, column, ...wrong.at],
      };
  }
  return null;
}

function whyNotInColumn(shape: Shape, value: unknown): Fault | null {
  const isNone = value === undefined || value === null;
  if (isNone) return shape.optional === true ? null : fault('NEEDED', 'This is needed here.');
  // A dash alone stands for no words.
  if (shape.kind === 'line' && shape.optional !== true && typeof value === 'string' && saysNothing(value))
    return fault('BLANK', 'This says nothing. Say it.');
  return whyNotGiven(shape, value);
}

function columnInWords({ columns }: Rows, column: string): string {
  return labelOf(column, columns[column]!);
}

/**
 * Why another text may not take the place of a column of words, in a sentence: it has a line for each of so many rows. Null when it may, and
 * of a text that is no such column.
 */
export function whyNotLinesOf({ rowsOf }: Words, text: string, rows: number): string | null {
  if (rowsOf === undefined) return null;
  const lines = linesOfRows(text);
  if (lines.length !== rows)
    return `There are ${rows} rows, and this has ${lines.length} lines. Give one line for each row, – where it has no words.`;
  const blank = rowsOf.needed ? lines.indexOf(null) : -1;
  return blank < 0 ? null : `Line ${blank + 1} says nothing, and each row needs its words.`;
}

/** The name of a filter; a choice of one, or a reference. None is words, as they stand in clear. */
const FILTER = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
const CHOICE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

function whyNotConditions(shape: Shape, value: unknown): Fault | null {
  if (!Array.isArray(value)) return ifNot(shape, false);
  const given = value as readonly unknown[];
  if (given.length === 0) return fault('BLANK', 'This narrows nothing. Say by what, or leave it out.');
  if (given.length > MOST_CONDITIONS) return fault('TOO_LONG', `These are more than ${MOST_CONDITIONS} filters.`);
  const wrong = given.findIndex(
    (one) => !isCondition(one, ['filter', 'is'], ({ is }) => is === undefined || areChoices(is)),
  );
  if (wrong >= 0) {
    const one = given[wrong];
    const surplus = isObject(one) ? Object.keys(one).find((name) => name !== 'filter' && name !== 'is') : undefined;
    return fault('MALFORMED', looksOf(shape), [String(wrong), ...(surplus === undefined ? [] : [surplus])]);
  }
  const filters = (given as readonly { readonly filter: string }[]).map(({ filter }) => filter);
  const again = filters.findIndex((filter, index) => filters.indexOf(filter) < index);
  return again < 0 ? null : fault('MALFORMED', `This filter stands there twice: ${filters[again]}.`, [String(again)]);
}

function areHeld(value: JsonValue): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) =>
      isCondition(
        one,
        ['filter', 'members', 'ofRecord'],
        ({ members, ofRecord }) =>
          (members === undefined || (ofRecord === undefined && areChoices(members))) &&
          (ofRecord === undefined || (typeof ofRecord === 'string' && kindSpelt(ofRecord) !== null)),
      ),
    )
  );
}

function isCondition(one: unknown, names: readonly string[], fits: (one: JsonObject) => boolean): boolean {
  if (!isObject(one) || Object.keys(one).some((name) => !names.includes(name))) return false;
  return typeof one['filter'] === 'string' && FILTER.test(one['filter']) && fits(one);
}

function areChoices(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_ALTERNATIVES &&
    new Set(value).size === value.length &&
    value.every((choice) => typeof choice === 'string' && CHOICE.test(choice))
  );
}

/** True for words that say nothing. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

/** A blank text of what need not be given is as good as none. */
function whyNotText(shape: Shape, value: unknown, most?: number, neverBlank = shape.optional !== true): Fault | null {
  if (typeof value !== 'string') return ifNot(shape, false);
  const unfit = whyNotStorable(value);
  if (unfit !== null) return unfit;
  if (most !== undefined && value.trim().length > most)
    return fault('TOO_LONG', `This has more than ${most} characters. Shorten it.`);
  return neverBlank && isBlank(value) ? fault('BLANK', 'This says nothing. Say it, or leave it out.') : null;
}

function whyNotStorable(text: string): Fault | null {
  if (!text.isWellFormed() || text.includes('\0'))
    return fault('MALFORMED', 'This text holds characters that cannot be stored.');
  const tooLong = whyNotSoLong(text);
  return tooLong === null ? null : fault('TOO_LONG', tooLong);
}

function whyNotDue(shape: Shape, value: unknown): Fault | null {
  if (!isObject(value)) return ifNot(shape, false);
  for (const [name, given] of Object.entries(value)) {
    if (given === undefined) continue;
    if (!Object.hasOwn(DUE_MEMBERS, name)) return ifNot(shape, false);
    const wrong = whyNotGiven(DUE_MEMBERS[name as keyof typeof DUE_MEMBERS], given);
    if (wrong !== null) return { ...wrong, at: [name, ...wrong.at] };
  }
  return anchorsOf(value) > 1
    ? fault('AMBIGUOUS', 'Give one due date only: a day, a span of days or a meeting.')
    : null;
}

function whyNotAnything(shape: Shape, value: unknown, at: readonly string[]): Fault | null {
  if (typeof value === 'string') {
    const unfit = whyNotStorable(value);
    return unfit === null ? null : { ...unfit, at };
  }
  if (value === undefined) return ifNot(shape, false);
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const wrong = member === undefined ? null : whyNotAnything(shape, member, [...at, name]);
    if (wrong !== null) return wrong;
  }
  return null;
}

function whyNotSpan(shape: Shape, value: unknown): Fault | null {
  return isDated(value) ? null : fault('MALFORMED', looksOf(shape), isObject(value) ? wrongIn(value) : []);
}

/** Where a span is wrong. */
function wrongIn(span: JsonObject): readonly string[] {
  const { how, to } = span;
  if (Object.keys(span).some((part) => !['how', 'from', 'to'].includes(part))) return [];
  if (how !== 'by' && how !== 'about' && how !== 'between') return ['how'];
  return typeof to !== 'string' || !isCivilDate(to) ? ['to'] : ['from'];
}

function isMarking(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { classification, sensitive, session } = value;
  const isSession = session === undefined || session === 'OPEN' || session === 'CLOSED';
  return classification === 'OFFICIAL' && typeof sensitive === 'boolean' && isSession;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
