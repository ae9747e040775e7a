import {
  byKind,
  kindOfRecord,
  kindSpelt,
  columnsWritten,
  fieldAt,
  inClear,
  ENVELOPE,
  labelOf,
  looksOf,
  MOST_LINKS,
  readCells,
  readConditions,
  readCount,
  readReferences,
  readShare,
  whyNotGiven,
  type OneOf,
  type RecordKind,
  type Rows,
  type Shape,
  type ShapeKind,
  type ShapeOf,
  KINDS_OF_RECORD,
} from '../declarations/index.ts';
import { MUTATIONS, REGISTERS } from '../registers/index.ts';
import { isUuid, readMarking, type CivilDate, type Command, type Dated, type Marking } from '../ledger/index.ts';
import {
  ALL_COLUMNS,
  COLUMN_NAMED,
  columnsOf,
  ENVELOPE_COLUMNS,
  ENVELOPE_ROW_FIELDS,
  ROW_COLUMNS,
  ROW_COMMANDS,
  type Field,
  type RowCommand,
} from './columns.ts';
import { readDay, type WayOfDays } from './days.ts';
import { IMPORT_LIMITS, MANIFEST, readFolder, type ImportLimits } from './folder.ts';
import {
  withAt,
  type ImportPlan,
  type PlannedEnvelope,
  type PlannedRow,
  type PlannedRows,
  type RowLink,
} from './plan.ts';
import { MOST_PROBLEMS, nearest, Problems, type Problem } from './problems.ts';
import type { ImportProgress } from './run.ts';
import { readTable, type TableRow } from './table.ts';

export type ReadImport =
  { readonly plan: ImportPlan } | { readonly problems: readonly Problem[]; readonly found: number };

const KEY = /^[A-Za-z0-9][A-Za-z0-9._()-]{0,99}$/;

/**
 * Reads a folder into a plan, checking all that can be checked without a ledger. Nothing is written, and either the whole
 * folder passes or every problem is named (the first hundred listed, in the order of the files).
 *
 * @param progress told after each row how many bytes of all files have been read
 */
export async function readImport(
  folder: string,
  limits: ImportLimits = IMPORT_LIMITS,
  progress?: (progress: ImportProgress) => void,
): Promise<ReadImport> {
  const problems = new Problems();
  const read = await readFolder(folder, problems, limits);
  const files = read?.files ?? [];
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const tables: (readonly TableRow[])[] = [];
  let before = 0;
  for (const { name, bytes } of files) {
    const done = before;
    const soFar = (end: number) => progress?.({ done: done + end, total });
    tables.push(await readTable(name, bytes, COLUMN_NAMED, problems, soFar));
    before += bytes.length;
  }
  const rows = planRows(tables.flat(), read?.dates ?? 'yyyy-mm-dd', problems);
  if (read !== null && problems.found === 0 && rows.length === 0)
    problems.add({ file: MANIFEST, line: 1, column: 'files', sentence: 'No row is given in any of these files.' });
  if (read === null || problems.found > 0)
    return { problems: problems.inOrder([MANIFEST, ...files.map(({ name }) => name)]), found: problems.found };
  const { id, title } = read;
  return { plan: title === undefined ? { id, rows } : { id, title, rows } };
}

/** What is known of the rows while they are read one after another. */
interface Reading {
  readonly problems: Problems;
  /** Where each key stands in the whole import: a reference to a later row is told apart from an unknown one. */
  readonly places: ReadonlyMap<string, number>;
  readonly rows: readonly TableRow[];
  readonly days: WayOfDays;
  /** What the rows before this one are, by their places. */
  readonly earlier: (Earlier | undefined)[];
}
interface Earlier {
  readonly kind: RecordKind | null;
  readonly opens: boolean;
}

function earlierRow({ places, earlier }: Reading, key: string): Earlier | undefined {
  const place = places.get(key);
  return place === undefined ? undefined : earlier[place];
}

/** The row with that key, wherever it stands. */
function anyRow({ places, rows }: Reading, key: string): TableRow | undefined {
  const place = places.get(key);
  return place === undefined ? undefined : rows[place];
}

function keysBefore(reading: Reading): readonly string[] {
  return [...reading.places.keys()].filter((key) => earlierRow(reading, key) !== undefined);
}

/** There are few: each is made once. */
const EARLIER = new Map<string, Earlier>();
function earlierOf(kind: RecordKind | null, opens: boolean): Earlier {
  const name = `${kind} ${opens}`;
  const known = EARLIER.get(name) ?? { kind, opens };
  EARLIER.set(name, known);
  return known;
}

/** A row while it is read: where it collects its links, and how it complains. */
interface Row {
  readonly row: TableRow;
  readonly place: number;
  readonly cells: ReadonlyMap<string, string>;
  readonly reading: Reading;
  readonly links: RowLink[];
  readonly cell: (column: string) => string | undefined;
  readonly wrong: (column: string | undefined, sentence: string) => undefined;
}

type Planned = PlannedRow & { readonly published: boolean };

/** Checks all rows once. Each is planned anew whenever it is sent, for all plans at once would take more room than the files. */
function planRows(rows: readonly TableRow[], days: WayOfDays, problems: Problems): PlannedRows {
  const places = new Map<string, number>();
  for (const [place, row] of rows.entries()) {
    const key = row.cells().get('key');
    if (key !== undefined && !places.has(key)) places.set(key, place);
  }
  const { publishing, length } = checkPublications(plannedOneByOne(rows, places, days, problems), problems);
  return {
    length,
    *[Symbol.iterator]() {
      for (const { published: _, ...row } of plannedOneByOne(rows, places, days, new Problems()))
        yield publishing.has(row.key) ? { ...row, publishes: publicationOf(row) } : row;
    },
  };
}

function* plannedOneByOne(
  rows: readonly TableRow[],
  places: ReadonlyMap<string, number>,
  days: WayOfDays,
  problems: Problems,
): Generator<Planned> {
  const reading: Reading = { problems, places, rows, days, earlier: [] };
  for (const [place, row] of rows.entries()) {
    const cells = row.cells();
    const planned = planRow({
      row,
      place,
      reading,
      links: [],
      cells,
      cell: (column) => cells.get(column),
      wrong(column, sentence) {
        const cut = column === undefined ? null : row.endsBefore(column);
        const whole = cut === null ? sentence : `${cut} ${sentence}`;
        problems.add({ file: row.file, line: row.line, column, sentence: whole });
      },
    });
    if (planned !== null) yield planned;
  }
}

function planRow(row: Row): Planned | null {
  const { reading, cell, wrong, links } = row;
  const { file, line } = row.row;
  const key = readKey(row);
  const name = cell('command');
  if (name === undefined) wrong('command', 'Every row names a command, such as raiseAction.');
  const command = name === undefined ? undefined : Object.hasOwn(ROW_COMMANDS, name) ? ROW_COMMANDS[name] : undefined;
  if (name !== undefined && command === undefined) {
    const meant = nearest(name, Object.keys(ROW_COMMANDS));
    wrong('command', `There is no command "${name}".${meant === undefined ? '' : ` Is "${meant}" meant?`}`);
  }
  // What the row opens is remembered even if something else in it is wrong, so that later rows are not blamed for it.
  const kind = command === undefined ? null : readKindAndRecord(row, command);
  reading.earlier[row.place] = key === undefined ? undefined : earlierOf(kind, command?.opens ?? true);
  if (key === undefined || name === undefined || command === undefined) return null;

  refuseUnusedCells(row, name, command);
  let body: { readonly [name: string]: unknown } = { type: command.type };
  if (!command.opens) body = withAt(body, ['ref'], cell('record') ?? '');
  for (const field of command.fields) {
    const value = readField(row, field, 'command');
    if (value !== undefined) body = withAt(body, field.path, value);
  }
  const marking = readMarkingCells(row);
  if (command.type === 'Mark') {
    if (marking === undefined) wrong('marking', 'Say in "marking" or "session" how it is marked from now on.');
    else body = withAt(body, ['to'], cell('session') === undefined ? withoutSession(marking) : marking);
  }
  const envelope = readEnvelope(row, command, command.type === 'Mark' ? undefined : marking);
  if (kind === null) return null;
  return {
    file,
    line,
    key,
    name,
    register: kindOfRecord(kind).register,
    kind,
    opens: command.opens,
    command: body as unknown as Command,
    envelope,
    links,
    published: readPublished(row, marking),
  };
}

function readKey({ row, reading, cell, wrong }: Row): string | undefined {
  const key = cell('key');
  if (key === undefined)
    return wrong(
      'key',
      'Every row has a key of its own, such as april-7a. It is what makes loading it twice harmless.',
    );
  if (!KEY.test(key))
    return wrong('key', 'A key has at most 100 letters, digits, dots, brackets, hyphens and underscores.');
  const first = anyRow(reading, key)!;
  if (first !== row) return wrong('key', `The key "${key}" stands already in ${first.file}, line ${first.line}.`);
  return key;
}

/** The kind of record that the row is about, or null when that cannot be told. */
function readKindAndRecord(row: Row, command: RowCommand): RecordKind | null {
  const { cell, wrong, links, reading } = row;
  const record = cell('record');
  if (command.opens) {
    if (record !== undefined)
      wrong('record', 'This command opens a new record, so it names none. Leave the cell empty.');
    return command.kind;
  }
  if (record === undefined) {
    wrong('record', 'Say which record this is about: the key of the row that opened it, or its reference.');
    return null;
  }
  const kind = command.kind ?? kindOf(record, reading);
  if (kind === null) {
    namesNothing(row, 'record', record);
    return null;
  }
  const link = linkTo(row, 'record', record, [kind], 'command', ['ref']);
  if (link !== undefined) links.push(link);
  return kind;
}

function kindOf(cell: string, reading: Reading): RecordKind | null {
  const earlier = earlierRow(reading, cell);
  if (earlier !== undefined) return earlier.kind;
  if (reading.places.has(cell)) return null;
  return kindSpelt(cell);
}

/** The record that a cell names: an earlier row of this import, else a reference of the ledger. */
function linkTo(
  row: Row,
  column: string,
  cell: string,
  kinds: readonly RecordKind[],
  where: RowLink['in'],
  path: readonly string[],
): RowLink | undefined {
  const { reading, wrong } = row;
  const earlier = earlierRow(reading, cell);
  const named = (kind: RecordKind | null | undefined): kind is RecordKind => kind != null && kinds.includes(kind);
  if (earlier !== undefined && !earlier.opens)
    return wrong(column, `The row "${cell}" opens no record. Name the row that opened it.`);
  if (earlier !== undefined && earlier.kind !== null && !named(earlier.kind))
    return wrong(column, `The row "${cell}" opens a ${earlier.kind}, and this must be a ${kinds.join(' or a ')}.`);
  if (earlier !== undefined) return { in: where, path, column, cell, key: cell, names: earlier.kind ?? kinds[0]! };
  if (reading.places.has(cell)) return namesNothing(row, column, cell);
  const spelt = kindSpelt(cell);
  return named(spelt) ? { in: where, path, column, cell, names: spelt } : namesNothing(row, column, cell);
}

function namesNothing({ reading, wrong }: Row, column: string, cell: string): undefined {
  const later = anyRow(reading, cell);
  if (later !== undefined)
    return wrong(column, `"${cell}" is in ${later.file}, line ${later.line}, which does not come before this row.`);
  // A suggestion is only worth its time while the problem will be listed: an import may hold very many keys.
  const meant = reading.problems.found < MOST_PROBLEMS ? nearest(cell, keysBefore(reading)) : undefined;
  return wrong(
    column,
    `"${cell}" is neither the key of an earlier row nor a reference of the ledger.${meant === undefined ? '' : ` Is "${meant}" meant?`}`,
  );
}

function refuseUnusedCells({ cells, wrong }: Row, name: string, command: RowCommand): void {
  const used = new Set<string>([...ROW_COLUMNS, ...ENVELOPE_COLUMNS, ...command.fields.flatMap(columnsOf)]);
  for (const column of cells.keys())
    if (ALL_COLUMNS.includes(column) && !used.has(column))
      wrong(column, `The command ${name} takes no "${column}". Leave the cell empty.`);
}

function readField(row: Row, { column, shape, path, required }: Field, where: RowLink['in']): unknown {
  const { cell, wrong } = row;
  if (shape.kind === 'span') return readDated(row, column);
  const value = cell(column);
  if (value === undefined) return required === true ? wrong(column, `"${column}" is needed here.`) : undefined;
  return byKind(READ_CELL, shape, { row, column, value, where, path });
}

/** A cell that is not empty, of the field that stands at `path` in the command or its envelope. */
interface Cell {
  readonly row: Row;
  readonly column: string;
  readonly value: string;
  readonly where: RowLink['in'];
  readonly path: readonly string[];
}

const asItStands = (_: Shape, { value }: Cell): unknown => value;

/** A cell that holds what its shape says it looks like. */
function checked(shape: Shape, { row, column, value }: Cell): unknown {
  return whyNotGiven(shape, value) === null ? value : row.wrong(column, looksOf(shape));
}

function readAs<Value>(shape: Shape, { row, column }: Cell, value: Value): Value | undefined {
  return whyNotGiven(shape, value) === null ? value : row.wrong(column, looksOf(shape));
}

/** Each cell as a cell of a paper of its own; what is wrong in it is told by its row and column. */
function readRows(shape: Rows, { row, column, value, where, path }: Cell): unknown {
  const columns = Object.entries(shape.columns);
  const read = readCells(value).map((cells, index) => {
    const called = (name: string) => labelOf(name, shape.columns[name]!);
    if (cells.length > columns.length)
      return row.wrong(
        column,
        `Row ${index + 1} has ${cells.length} columns, and these are all: ${columnsWritten(shape.columns, called)}.`,
      );
    const given = columns.map(([name, of], place) => {
      const cell = cells[place];
      const wrong = (_: string | undefined, sentence: string) =>
        row.wrong(column, `Row ${index + 1}, ${called(name).toLowerCase()}: ${sentence}`);
      if (cell === undefined) return [name, of.optional === true ? undefined : wrong(column, 'This is needed here.')];
      const inRow: Row = { ...row, cell: () => cell, wrong };
      return [
        name,
        byKind(READ_CELL, of, { row: inRow, column, value: cell, where, path: [...path, String(index), name] }),
      ];
    });
    return Object.fromEntries(given.filter(([, of]) => of !== undefined)) as unknown;
  });
  return read.length === 0 ? row.wrong(column, looksOf(shape)) : read;
}

/** What an earlier row opened is named by its key: only its own spelling is left to check once that is known. */
function readLinks(shape: Shape, { row, column, value, where, path }: Cell, kinds: readonly RecordKind[]): unknown {
  const refs = readReferences(value);
  if (refs.length > MOST_LINKS || new Set(refs).size < refs.length || refs.length === 0)
    return row.wrong(column, looksOf(shape));
  for (const [index, ref] of refs.entries()) {
    const link = linkTo(row, column, ref, kinds, where, [...path, String(index)]);
    if (link !== undefined) row.links.push(link);
  }
  return refs;
}

const ALL_KINDS = KINDS_OF_RECORD;

/** What a cell of each shape is in the command. A new shape does not compile until it stands here. */
const READ_CELL: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, cell: Cell) => unknown } = {
  // Whether words may be taken, the ledger says.
  line: asItStands,
  words: asItStands,
  path: asItStands,
  digest(shape, cell) {
    const digest = checked(shape, cell);
    return typeof digest === 'string' ? digest.toLowerCase() : undefined;
  },
  itemNumber: checked,
  day: (_, { row, column }) => readDate(row, column),
  time: checked,
  span: (_, { row, column }) => readDated(row, column),
  yesNo: (_, { row, column }) => readYesNo(row, column),
  oneOf: readOneOf,
  newReference: checked,
  link({ record }, { row, column, value, where, path }) {
    const link = linkTo(row, column, value, [record], where, path);
    if (link !== undefined) row.links.push(link);
    return value;
  },
  links: (shape, cell) => readLinks(shape, cell, [shape.record]),
  anyRecord({ records }, { row, column, value, where, path }) {
    const link = linkTo(row, column, value, records ?? ALL_KINDS, where, path);
    if (link !== undefined) row.links.push(link);
    return value;
  },
  anyRecords: (shape, cell) => readLinks(shape, cell, ALL_KINDS),
  instant: checked,
  count: (shape, cell) => readAs(shape, cell, readCount(cell.value)),
  share: (shape, cell) => readAs(shape, cell, readShare(cell.value)),
  rows: readRows,
  conditions(shape, cell) {
    const { row, column, value, where, path } = cell;
    const read = readAs(shape, cell, readConditions(value));
    // A record that an earlier row opened is named by its key.
    for (const [index, { is = [] }] of (read ?? []).entries())
      for (const [place, choice] of is.entries()) {
        if (earlierRow(row.reading, choice) === undefined) continue;
        const at = [...path, String(index), 'is', String(place)];
        const link = linkTo(row, column, choice, ALL_KINDS, where, at);
        if (link !== undefined) row.links.push(link);
      }
    return read;
  },
  // Its members have columns of their own.
  due: asItStands,
  commandId: asItStands,
  reference: checked,
  eventOfRecord(_, { row, column, value, where, path }) {
    const link = linkToEvent(row, column, value, where, path);
    if (link !== undefined) row.links.push(link);
    return value;
  },
  // Text; or JSON, when it is true, false or null or begins with `{`, `[` or `"`.
  anyValue: (_, cell) => readCorrection(cell),
  marking: asItStands,
};

/** Written in capitals and with spaces for underscores as well, unless the values themselves are written small. */
function readOneOf({ members, scalar }: OneOf, { row, column, value }: Cell): unknown {
  const known = Object.keys(members);
  const spelled = scalar === true ? value : value.toUpperCase().replace(/[\s-]+/g, '_');
  if (known.includes(spelled)) return spelled;
  const meant = nearest(spelled, known);
  return row.wrong(
    column,
    `"${value}" is not one of ${known.join(', ')}.${meant === undefined ? '' : ` Is ${meant} meant?`}`,
  );
}

/** What no text says: read by the shape of the field that the row names. */
const READ_BY_ITS_SHAPE: readonly ShapeKind[] = ['count', 'share', 'links', 'anyRecords', 'rows'];

/** What is put in the place of a field, or stated otherwise of it: as the cell of that field is written, else a text, a day or JSON. */
function readCorrection(at: Cell): unknown {
  const { row, column, value } = at;
  const shape = shapeNamed(row);
  if (shape === null || !READ_BY_ITS_SHAPE.includes(shape.kind) || /^([[{]|null$)/.test(value))
    return readValue(row, column, value);
  return byKind(READ_CELL, shape.kind === 'rows' ? inClear(shape) : shape, at);
}

/** What is declared of the field that a row names by `path`: of the event, where an earlier row of this import wrote it, else of any of the register. */
function shapeNamed({ cell, reading }: Row): Shape | null {
  const record = cell('record');
  const kind = record === undefined ? null : kindOf(record, reading);
  const register = kind === null ? null : REGISTERS.find(({ name }) => name === kindOfRecord(kind).register);
  const target = anyRow(reading, cell('event') ?? '')
    ?.cells()
    .get('command');
  const event = target === undefined ? undefined : MUTATIONS[target]?.command.leadsTo;
  return register == null
    ? null
    : (fieldAt({ register, ...(event === undefined ? {} : { event }), path: cell('path') ?? '' })?.shape ?? null);
}

/** Paths of days end so: `due.on`, `effectiveOn`. */
const PATH_OF_DAY = /(^|\.)(on|effectiveOn|date|until|from|to)$/;
const LOOKS_LIKE_DAY = /^\d+[/-]\d+[/-]\d+([ T]\S+)?$/;

function readValue({ cell, wrong, reading }: Row, column: string, value: string): unknown {
  if (LOOKS_LIKE_DAY.test(value) && PATH_OF_DAY.test(cell('path') ?? '')) {
    const day = readDay(value, reading.days);
    return typeof day === 'string' ? day : wrong(column, day.sentence);
  }
  if (!/^([{["]|(true|false|null)$)/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return wrong(
      column,
      'This begins like JSON and is not JSON. Put text that begins with a bracket or a quote in JSON quotes.',
    );
  }
}

function linkToEvent(
  row: Row,
  column: string,
  cell: string,
  where: RowLink['in'],
  path: readonly string[],
): RowLink | undefined {
  if (earlierRow(row.reading, cell) !== undefined) return { in: where, path, column, cell, key: cell, names: 'event' };
  if (isUuid(cell)) return { in: where, path, column, cell, names: 'event' };
  const later = anyRow(row.reading, cell);
  if (later !== undefined) return namesNothing(row, column, cell);
  return row.wrong(column, `"${cell}" is neither the key of an earlier row nor the id of an event.`);
}

function readDate({ cell, wrong, reading }: Row, column: string): CivilDate | undefined {
  const value = cell(column);
  if (value === undefined) return undefined;
  const day = readDay(value, reading.days);
  return typeof day === 'string' ? day : wrong(column, day.sentence);
}

function readYesNo({ cell, wrong }: Row, column: string): boolean | undefined {
  const value = cell(column)?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'yes') return true;
  return value === 'no' ? false : wrong(column, 'Write yes or no.');
}

function readDated(row: Row, prefix: string): Dated | undefined {
  const { cell, wrong } = row;
  const [how, from, to] = [cell(`${prefix}_how`), readDate(row, `${prefix}_from`), readDate(row, `${prefix}_to`)];
  const given = ['how', 'from', 'to'].some((part) => cell(`${prefix}_${part}`) !== undefined);
  if (!given) return undefined;
  if (how !== 'by' && how !== 'about' && how !== 'between')
    return wrong(`${prefix}_how`, 'Say how the days are meant: by, about or between.');
  if (cell(`${prefix}_to`) === undefined) return wrong(`${prefix}_to`, `"${how}" needs the last day.`);
  if (how === 'between' && cell(`${prefix}_from`) === undefined)
    return wrong(`${prefix}_from`, '"between" needs both days.');
  if (to === undefined) return undefined;
  if (from !== undefined && from > to) return wrong(`${prefix}_from`, 'A span begins on or before its last day.');
  return from === undefined ? { how, to } : { how, from, to };
}

/** Re-marking without a word of the session leaves the session as it is. */
function withoutSession({ classification, sensitive }: Marking): Omit<Marking, 'session'> {
  return { classification, sensitive };
}

function readMarkingCells({ cell, wrong }: Row): Marking | undefined {
  const marking = cell('marking');
  const session = cell('session')?.toUpperCase();
  if (session !== undefined && session !== 'OPEN' && session !== 'CLOSED')
    return wrong('session', 'A session is open or closed.');
  if (marking === undefined && session === undefined) return undefined;
  const read = readMarking(marking ?? 'OFFICIAL', session ?? 'OPEN');
  return 'refusal' in read ? wrong('marking', read.refusal.sentence) : read.marking;
}

function readEnvelope(row: Row, command: RowCommand, marking: Marking | undefined): PlannedEnvelope {
  const { cell, wrong } = row;
  const effectiveOn = readDate(row, 'effective_on');
  const dated = readDated(row, 'dated');
  if (dated !== undefined && effectiveOn !== undefined)
    wrong(
      'effective_on',
      'A fact without a known day takes effect on the last day of its span. Leave one of the two out.',
    );
  const saysWhen =
    cell('effective_on') !== undefined || cell('dated_how') !== undefined || cell('dated_to') !== undefined;
  if (!saysWhen && !command.common)
    wrong('effective_on', 'Say on which day it took effect; if the paper gives none, use dated_how and dated_to.');
  const authority = readAuthority(row);
  let envelope: PlannedEnvelope = { by: null };
  for (const field of ENVELOPE_ROW_FIELDS) {
    if (field.path[0] === 'effectiveOn' || field.path[0] === 'dated') continue;
    const value = readField(row, field, 'envelope');
    if (value !== undefined) envelope = withAt({ ...envelope }, field.path, value);
  }
  const stated = readDate(row, 'recorded_on') ?? envelope.source?.publishedOn;
  return {
    ...envelope,
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
    ...(dated === undefined ? {} : { dated }),
    ...(authority === undefined ? {} : { authority }),
    ...(marking === undefined ? {} : { marking }),
    ...(stated === undefined ? {} : { stated }),
  };
}

/** Papers may print that nobody is named; else each kind of authority has a column. */
function readAuthority({ cell, wrong }: Row): 'notStated' | undefined {
  const columns = [...Object.keys(ENVELOPE.authority.members).map((kind) => `authority_${kind}`), 'authority'];
  const [column, ...more] = columns.filter((one) => cell(one) !== undefined);
  if (more.length > 0)
    return wrong(more[0], 'Name one authority: a meeting, a decision, a delegation, a document, or "not stated".');
  if (column !== 'authority') return undefined;
  return cell(column)?.toLowerCase() === 'not stated'
    ? 'notStated'
    : wrong(
        column,
        'The only value here is "not stated". Name a meeting, a decision, a delegation or a document in its own column.',
      );
}

function readPublished(row: Row, marking: Marking | undefined): boolean {
  const { cell, wrong } = row;
  const published = readYesNo(row, 'published') ?? false;
  if (published && cell('published_on') === undefined)
    wrong('published_on', 'What was made public was so on a day: say when.');
  if (published && marking !== undefined && (marking.sensitive || marking.session === 'CLOSED'))
    wrong('published', 'What is marked SENSITIVE or was dealt with in closed session is never public.');
  return published;
}

/**
 * Publishing covers all events of a record up to then, so it is done once, after the last row of the record that a paper made
 * public; and a row that was not public cannot stand before one that was.
 */
function checkPublications(
  rows: Iterable<Planned>,
  problems: Problems,
): { readonly publishing: ReadonlySet<string>; readonly length: number } {
  const lastPublic = new Map<string, string>();
  const firstOther = new Map<string, { readonly file: string; readonly line: number }>();
  let length = 0;
  for (const row of rows) {
    length += 1;
    const record = recordOf(row);
    const { file, line, key } = row;
    const other = firstOther.get(record);
    if (row.published && other !== undefined) {
      const sentence = `Publishing this would publish ${other.file}, line ${other.line}, of the same record too. Put what is public first.`;
      problems.add({ file, line, column: 'published', sentence });
    }
    if (row.published) lastPublic.set(record, key);
    else if (other === undefined) firstOther.set(record, { file, line });
  }
  return { publishing: new Set(lastPublic.values()), length };
}

function recordOf({ key, opens, links, kind }: PlannedRow): string {
  if (opens) return `row ${key}`;
  const record = links.find((link) => link.in === 'command' && link.column === 'record');
  return record?.key === undefined ? `${kind} ${record?.cell}` : `row ${record.key}`;
}

/** Nobody is named as having published a paper: that it is public is shown by the paper itself. */
function publicationOf({ envelope }: PlannedRow): PlannedEnvelope {
  const { document, publishedOn } = envelope.source ?? {};
  return {
    ...(publishedOn === undefined ? {} : { effectiveOn: publishedOn, stated: publishedOn }),
    by: null,
    authority: 'notStated',
    source: {
      ...(document === undefined ? {} : { document }),
      ...(publishedOn === undefined ? {} : { publishedOn }),
    },
  };
}
