import {
  ANCHORS,
  byKind,
  DUE_MEMBERS,
  kindOfRecord,
  columnsWritten,
  kindSpelt,
  labelOf,
  readCells,
  readMember,
  whyNotRow,
  readConditions,
  readCount,
  readPieces,
  readReferences,
  readShare,
  whyNotGiven,
  type ColumnShape,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../../../../libs/declarations/index.ts';
import { readDay } from '../frame/dates.ts';
import type { FormField } from './fields.ts';
import { tickOf } from './fill-in.ts';
import { dayTyped, isUntouched, wordsTyped, type Problem, type Typed } from './typed.ts';
import { withinASentence } from './words-of-fields.ts';

/** What was read: a value as an input of the API has it, none where nothing was typed, or what is wrong with what was. */
interface Reading {
  readonly value?: unknown;
  readonly problems?: readonly Problem[];
}

/** A value of which the shape is known once its path is. */
export interface ValueNamed {
  readonly shape: Shape;
  /** It may be taken away. */
  readonly mayBeNone: boolean;
}

/** What a field is read with, beside its boxes. */
export interface ReadingOf {
  readonly typed: Typed;
  readonly label: string;
  /** What stands under the path that a correction or a dispute names. */
  readonly value: ValueNamed | null;
}

type Read<Kind extends ShapeKind> = (shape: ShapeOf<Kind>, name: string, of: ReadingOf) => Reading;

/** How what was typed is read back. A new shape does not compile until it stands here. */
const READ: { readonly [Kind in ShapeKind]: Read<Kind> } = {
  line: (shape, name, of) =>
    shape.neverBlank === true && shape.optional === true ? orNone(name, of, undefined, text) : text(shape, name, of),
  words: text,
  digest: text,
  itemNumber: text,
  day,
  time: text,
  span,
  yesNo: (_, name, { typed }) => {
    const answer = wordsTyped(typed, name);
    return answer === '' ? {} : { value: answer === 'yes' ? true : answer === 'no' ? false : answer };
  },
  oneOf: text,
  link: ({ record }, name, { typed }) => {
    const chosen = wordsTyped(typed, `${name}.found`) || wordsTyped(typed, name);
    return chosen === '' ? {} : { value: referenceIn(chosen, record) };
  },
  links: ({ inOrder }, name, { typed }) => {
    const refs = referencesTyped(typed, name, inOrder);
    return refs.length === 0 ? {} : { value: refs };
  },
  anyRecord: (_, name, { typed }) => {
    const chosen = wordsTyped(typed, name);
    const [, within = ''] = /\(([^()]+)\)$/.exec(chosen) ?? [];
    return chosen === '' ? {} : { value: kindSpelt(within) === null ? chosen : within };
  },
  anyRecords: (_, name, { typed }) => {
    const refs = readReferences(wordsTyped(typed, name));
    return refs.length === 0 ? {} : { value: refs };
  },
  instant: text,
  count: (_, name, { typed }) => asWritten(wordsTyped(typed, name), readCount),
  share: (_, name, { typed }) => asWritten(wordsTyped(typed, name), readShare),
  rows: (shape, name, { typed }) => readRows(shape, name, wordsTyped(typed, name)),
  conditions: (_, name, { typed }) => asWritten(wordsTyped(typed, name), readConditions),
  newReference: text,
  due: (_, name, of) => due(name, of, ['phrase', ...ANCHORS]),
  commandId: text,
  reference: text,
  eventOfRecord: text,
  path: text,
  anyValue: (shape, name, of) =>
    shape.otherwise === null && of.value?.mayBeNone !== false
      ? orNone(name, of, null, ofItsShape)
      : ofItsShape(shape, name, of),
  marking: text,
};

/** What must be done where something is missing. */
const ASKED: { readonly [Kind in ShapeKind]: 'Enter' | 'Select' } = {
  line: 'Enter',
  words: 'Enter',
  digest: 'Enter',
  itemNumber: 'Enter',
  day: 'Enter',
  time: 'Enter',
  span: 'Enter',
  yesNo: 'Select',
  oneOf: 'Select',
  link: 'Select',
  links: 'Select',
  anyRecord: 'Enter',
  anyRecords: 'Enter',
  instant: 'Enter',
  count: 'Enter',
  share: 'Enter',
  rows: 'Enter',
  conditions: 'Enter',
  newReference: 'Enter',
  due: 'Enter',
  commandId: 'Enter',
  reference: 'Enter',
  eventOfRecord: 'Select',
  path: 'Select',
  anyValue: 'Enter',
  marking: 'Select',
};

/** Reads one field: its value, and all that its shape finds wrong with it. */
export function readField({ name, shape, label }: FormField, of: Omit<ReadingOf, 'label'>): Reading {
  const reading = readShape(shape, name, { ...of, label });
  if (reading.problems !== undefined && reading.problems.length > 0) return reading;
  const { value } = reading;
  if (value === undefined)
    return shape.optional === true || (shape.otherwise !== undefined && shape.kind !== 'anyValue')
      ? {}
      : { problems: [{ path: name, sentence: missing(shape, label) }] };
  const fault = checkedAs(shape, of.value?.shape ?? null, value);
  if (fault === null) return { value };
  const sentence = shape.kind === 'link' ? notChosen(shape.record) : fault.sentence;
  return { problems: [{ path: [name, ...fault.at].join('.'), sentence }] };
}

/** Words were typed, by which records are looked up. */
function notChosen(record: RecordKind): string {
  return `Choose the ${record} among those that are found, or type its reference`;
}

function checkedAs(shape: Shape, valueShape: Shape | null, value: unknown) {
  // A marking is read by the same function as that of the API; what a correction takes away, by the register.
  if (shape.kind === 'marking' || (shape.kind === 'anyValue' && value === null)) return null;
  return whyNotGiven(shape.kind === 'anyValue' && valueShape !== null ? valueShape : shape, value);
}

function readShape(shape: Shape, name: string, of: ReadingOf): Reading {
  return byKind<Reading, [string, ReadingOf]>(READ, shape, name, of);
}

/** `Enter the title`, `Select the new owner`, `Enter what it should say`. */
export function missing(shape: Shape, label: string): string {
  const called = withinASentence(label);
  return `${ASKED[shape.kind]} ${/^(what|when|where|who|how)\b/.test(called) ? called : `the ${called}`}`;
}

function text(_: Shape, name: string, { typed }: ReadingOf): Reading {
  const value = wordsTyped(typed, name);
  return value === '' ? {} : { value };
}

function ofItsShape(shape: Shape, name: string, of: ReadingOf): Reading {
  if (of.value === null) return text(shape, name, of);
  return of.value.shape.kind === 'due' ? due(name, of, ANCHORS) : readShape(of.value.shape, name, of);
}

/** What may be taken away is taken away by a box of its own: an empty one may have been forgotten. */
function orNone(
  name: string,
  of: ReadingOf,
  none: null | undefined,
  read: (shape: Shape, name: string, of: ReadingOf) => Reading,
): Reading {
  const untouched = isUntouched(new Map([...of.typed].filter(([box]) => box !== `${name}.none`)), name);
  if (of.typed.get(`${name}.none`) === 'yes')
    return untouched
      ? { value: none }
      : { problems: [{ path: name, sentence: `${of.label}: say it, or say that there is none, not both` }] };
  return untouched
    ? { problems: [{ path: name, sentence: `Enter ${withinASentence(of.label)}, or say that there is none` }] }
    : read({ kind: 'anyValue', says: '' }, name, of);
}

function day(_: Shape, name: string, { typed, label }: ReadingOf): Reading {
  const read = readDay(dayTyped(typed, name));
  if (typeof read === 'string') return read === '' ? {} : { value: read };
  return { problems: [{ path: name, sentence: `${label} ${read.what}`, parts: read.parts }] };
}

function span(shape: Shape, name: string, of: ReadingOf): Reading {
  if (isUntouched(of.typed, name)) return {};
  const how = wordsTyped(of.typed, `${name}.how`);
  const from = day(shape, `${name}.from`, { ...of, label: 'First day' });
  const to = day(shape, `${name}.to`, { ...of, label: 'Last day' });
  const problems = [
    ...(how === '' ? [{ path: `${name}.how`, sentence: 'Select what is known of the time' }] : []),
    ...(from.problems ?? []),
    ...(how === 'between' && from.problems === undefined && from.value === undefined
      ? [{ path: `${name}.from`, sentence: 'Enter the first day' }]
      : []),
    ...(to.problems ?? []),
    ...(to.problems === undefined && to.value === undefined
      ? [{ path: `${name}.to`, sentence: 'Enter the last day' }]
      : []),
  ];
  if (problems.length > 0) return { problems };
  const first = from.value as string | undefined;
  if (first !== undefined && first > (to.value as string))
    return { problems: [{ path: `${name}.to`, sentence: 'The last day must not be before the first' }] };
  return { value: { how, ...(first === undefined ? {} : { from: first }), to: to.value } };
}

function due(name: string, of: ReadingOf, members: readonly (keyof typeof DUE_MEMBERS)[]): Reading {
  const read = members.map(
    (member) => [member, readShape(DUE_MEMBERS[member], `${name}.${member}`, { ...of, label: 'The day' })] as const,
  );
  const problems = read.flatMap(([, reading]) => reading.problems ?? []);
  if (problems.length > 0) return { problems };
  const said = read.filter(([, { value }]) => value !== undefined);
  return said.length === 0 ? {} : { value: Object.fromEntries(said.map(([member, { value }]) => [member, value])) };
}

/** Every row by itself, so that all rows that are wrong are told of at once. */
function readRows(shape: ShapeOf<'rows'>, name: string, written: string): Reading {
  const columns = Object.entries(shape.columns);
  const read = readCells(written).map((cells, index): Reading => {
    if (cells.length > columns.length)
      return { problems: [{ path: name, sentence: tooManyColumns(shape, index, cells.length) }] };
    const row = Object.fromEntries(
      columns.flatMap(([column, of], place) => {
        const cell = cells[place];
        return cell === undefined ? [] : [[column, cellTyped(of, cell)]];
      }),
    );
    const fault = whyNotRow(shape, row, index);
    return fault === null ? { value: row } : { problems: [{ path: name, sentence: fault.sentence }] };
  });
  const problems = read.flatMap((one) => one.problems ?? []);
  if (problems.length > 0) return { problems };
  return read.length === 0 ? {} : { value: read.map(({ value }) => value) };
}

function tooManyColumns({ columns }: ShapeOf<'rows'>, index: number, many: number): string {
  const called = columnsWritten(columns, (column, of) => labelOf(column, of));
  return `Row ${index + 1} has ${many} columns, and these are all: ${called}`;
}

/** A cell of a row. What is not written as its column is stays as it was typed. */
function cellTyped(shape: ColumnShape, cell: string): unknown {
  switch (shape.kind) {
    case 'count':
      return readCount(cell) ?? cell;
    case 'share':
      return readShare(cell) ?? cell;
    case 'oneOf':
      return readMember(shape, cell) ?? cell;
    case 'link':
      return referenceIn(cell, shape.record);
    case 'yesNo':
      return /^yes$/i.test(cell) ? true : /^no$/i.test(cell) ? false : cell;
    case 'day': {
      const [, day, month, year] = /^(\d{1,2})[ /.](\d{1,2}|[A-Za-z]+)[ /.](\d{4})$/.exec(cell) ?? [];
      const read = year === undefined ? cell : readDay({ day: day!, month: month!, year });
      return typeof read === 'string' ? read : cell;
    }
    case 'line':
    case 'itemNumber':
      return cell;
  }
}

/** What is not written so stays as it was typed, for its shape to say what is wrong. */
function asWritten(written: string, read: (written: string) => unknown): Reading {
  return written === '' ? {} : { value: read(written) ?? written };
}

/**
 * The records that were ticked, in the order of their boxes, and then those whose references were typed: before them, where their order
 * means something. Words by which records were looked up say nothing once one is ticked.
 */
export function referencesTyped(typed: Typed, name: string, inOrder = false): readonly string[] {
  const ticked = tickedIn(typed, name);
  const sought = (typed.get(`${name}-sought`) ?? '').trim();
  const said = readPieces(wordsTyped(typed, name))
    .filter((piece) => ticked.length === 0 || piece !== sought)
    .flatMap(readReferences);
  return inOrder
    ? [...said, ...ticked.filter((ref) => !said.includes(ref))]
    : [...ticked, ...said.filter((ref) => !ticked.includes(ref))];
}

/** The records of a list whose boxes are ticked. */
export function tickedIn(typed: Typed, name: string): readonly string[] {
  const before = tickOf(name, '');
  return [...typed].flatMap(([box, value]) =>
    box.startsWith(before) && value === 'yes' ? [box.slice(before.length)] : [],
  );
}

/** `Chief Constable (chief-constable)`, as a choice is written, or a reference by itself. Anything else as it was typed. */
export function referenceIn(chosen: string, record: ShapeOf<'link'>['record']): string {
  const { spelling } = kindOfRecord(record);
  const [, within = ''] = /\(([^()]+)\)$/.exec(chosen) ?? [];
  return spelling.test(within) ? within : chosen;
}
