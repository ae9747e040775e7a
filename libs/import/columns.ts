import { CAPACITIES } from '../access/index.ts';

/** What a row can be about. */
export type Kind = 'action' | 'meeting' | 'body' | 'post' | 'person';

export const REGISTER_OF: { readonly [kind in Kind]: string } = {
  action: 'actions',
  meeting: 'meetings',
  body: 'directory',
  post: 'directory',
  person: 'directory',
};

/** What a cell holds, and so how it is read. */
export type Shape =
  | 'text'
  | 'date'
  | 'yes-no'
  /** Three columns: `<column>_how`, `<column>_from`, `<column>_to`. */
  | 'dated'
  /** The number of an agenda or minute item. */
  | 'item'
  | 'digest'
  /** Text; or JSON, when it is true, false or null or begins with `{`, `[` or `"`. */
  | 'value'
  /** An event: the key of the row that wrote it, or its id. */
  | 'event'
  | { readonly oneOf: readonly string[]; readonly upperCase?: boolean }
  /** The reference that a new record is to have. */
  | { readonly newReference: Kind }
  /** A record: the key of the row that opened it, or its reference. */
  | { readonly record: Kind };

/** One command field and the column that gives it. */
export interface Field {
  readonly column: string;
  /** Where the value goes in the command: `['due', 'phrase']`. */
  readonly path: readonly string[];
  readonly shape: Shape;
  readonly required?: boolean;
}

/** What a row with this command means. The name is that of the mutation; the type is that of the register's command. */
export interface RowCommand {
  readonly type: string;
  /** What `record` is about or, for a command that opens a record, what it opens. Null: any kind. */
  readonly kind: Kind | null;
  readonly opens: boolean;
  /** Corrections and the like hold from their target's day on, so they need no day of their own. */
  readonly common: boolean;
  readonly fields: readonly Field[];
}

const organisation: Shape = { oneOf: ['OPCC', 'FORCE', 'JOINT'], upperCase: true };
const session: Shape = { oneOf: ['OPEN', 'CLOSED'], upperCase: true };

function field(
  column: string,
  shape: Shape = 'text',
  options: { path?: readonly string[]; required?: boolean } = {},
): Field {
  const path = options.path ?? [camelCase(column)];
  return options.required === undefined ? { column, path, shape } : { column, path, shape, required: options.required };
}

function due(): readonly Field[] {
  return [
    field('due_phrase', 'text', { path: ['due', 'phrase'] }),
    field('due_on', 'date', { path: ['due', 'on'] }),
    field('due_meeting', { record: 'meeting' }, { path: ['due', 'meeting'] }),
    field('due_dated', 'dated', { path: ['due', 'dated'] }),
  ];
}

function opens(kind: Kind, type: string, fields: readonly Field[]): RowCommand {
  return { type, kind, opens: true, common: false, fields };
}

function about(kind: Kind, type: string, fields: readonly Field[] = []): RowCommand {
  return { type, kind, opens: false, common: false, fields };
}

function common(kind: Kind | null, type: string, fields: readonly Field[] = []): RowCommand {
  return { type, kind, opens: false, common: true, fields };
}

const required = { required: true } as const;

/** Every command that a row can give, by the name of its mutation. */
export const ROW_COMMANDS: { readonly [name: string]: RowCommand } = {
  addBody: opens('body', 'AddBody', [
    field('as', { newReference: 'body' }, required),
    field('name', 'text', required),
    field('organisation', { oneOf: ['OPCC', 'FORCE', 'JOINT', 'PANEL'], upperCase: true }),
  ]),
  addPost: opens('post', 'AddPost', [
    field('as', { newReference: 'post' }, required),
    field('name', 'text', required),
    field('body', { record: 'body' }),
    field('capacity', { oneOf: CAPACITIES }),
  ]),
  addPerson: opens('person', 'AddPerson', [field('name', 'text', required), field('contact')]),
  setPersonSubject: about('person', 'SetPersonSubject', [field('subject')]),
  appointHolder: about('post', 'AppointHolder', [
    field('person', { record: 'person' }, required),
    field('until', 'date'),
    field('interim', 'yes-no'),
    field('shared', 'yes-no'),
  ]),

  scheduleMeeting: opens('meeting', 'ScheduleMeeting', [
    field('body', { record: 'body' }, required),
    field('on', 'date'),
    field('on_dated', 'dated', { path: ['dated'] }),
    field('session', session),
    field('title'),
  ]),
  holdMeeting: about('meeting', 'HoldMeeting', [field('on', 'date')]),
  cancelMeeting: about('meeting', 'CancelMeeting'),
  postponeMeeting: about('meeting', 'PostponeMeeting', [
    field('to', 'date'),
    field('to_dated', 'dated', { path: ['dated'] }),
  ]),
  minuteItem: about('meeting', 'MinuteItem', [
    field('item', 'item'),
    field('title'),
    field('text', 'text', required),
    field('session', session),
    field('promise', 'yes-no'),
    field('owner', { record: 'post' }),
    ...due(),
  ]),

  raiseAction: opens('action', 'RaiseAction', [
    field('meeting', { record: 'meeting' }),
    field('body', { record: 'body' }),
    field('item', 'item'),
    field('title', 'text', required),
    field('owner', { record: 'post' }),
    field('organisation', organisation),
    field('priority', { oneOf: ['HIGH', 'MEDIUM', 'LOW'], upperCase: true }),
    ...due(),
  ]),
  agreeAction: about('action', 'AgreeAction'),
  giveActionUpdate: about('action', 'GiveActionUpdate', [field('text', 'text', required)]),
  addActionEvidence: about('action', 'AddActionEvidence', [
    field('title', 'text', required),
    field('file_name'),
    field('sha256', 'digest'),
  ]),
  reportActionComplete: about('action', 'ReportActionComplete', [field('text'), field('evidence')]),
  returnAction: about('action', 'ReturnAction'),
  signOffAction: about('action', 'SignOffAction'),
  reassignAction: about('action', 'ReassignAction', [field('owner', { record: 'post' }, required)]),
  extendActionDueDate: about('action', 'ExtendActionDueDate', due()),
  deferAction: about('action', 'DeferAction', [
    field('phrase'),
    field('meeting', { record: 'meeting' }),
    field('until', 'date'),
  ]),
  convertAction: about('action', 'ConvertAction', [
    field('into', { oneOf: ['FORWARD_PLAN_ITEM'], upperCase: true }, required),
    field('item', 'text'),
  ]),
  mergeAction: about('action', 'MergeAction', [field('into', { record: 'action' }, required)]),
  supersedeAction: about('action', 'SupersedeAction', [field('superseded_by', { record: 'action' }, required)]),
  withdrawAction: about('action', 'WithdrawAction'),
  reopenAction: about('action', 'ReopenAction'),

  ...commonCommands('action', 'Action'),
  ...commonCommands('meeting', 'Meeting'),
  ...commonCommands('body', 'Body'),
  ...commonCommands('post', 'Post'),
  ...commonCommands('person', 'Person'),
  recordOtherwiseStated: common(null, 'RecordOtherwiseStated', [
    field('event', 'event'),
    field('path', 'text', required),
    field('says', 'value', required),
  ]),
};

/** What every register has: `correctAction` is the command Correct of the register `actions`. */
function commonCommands(kind: Kind, word: string): { [name: string]: RowCommand } {
  return {
    [`correct${word}`]: common(kind, 'Correct', [
      field('event', 'event', required),
      field('path', 'text', required),
      field('is', 'value', required),
    ]),
    [`void${word}Event`]: common(kind, 'Void', [field('event', 'event', required)]),
    [`restore${word}Event`]: common(kind, 'Restore', [field('event', 'event', required)]),
    [`publish${word}`]: common(kind, 'Publish'),
    [`mark${word}`]: common(kind, 'Mark', [field('event', 'event')]),
  };
}

/** Columns that any row may fill, whatever its command. */
export const ENVELOPE_COLUMNS = [
  'effective_on',
  'dated_how',
  'dated_from',
  'dated_to',
  'before',
  'by',
  'authority_meeting',
  'authority_decision',
  'authority_delegation',
  'authority',
  'document',
  'paragraph',
  'quote',
  'published_on',
  'recorded_on',
  'reason',
  'marking',
  'session',
  'published',
] as const;

/** Columns that say which row it is; `source` shows where the row was taken from, and is not loaded. */
export const ROW_COLUMNS = ['key', 'command', 'record', 'source'] as const;

/** The columns of one field: itself, or the three of a span. */
export function columnsOf({ column, shape }: Field): readonly string[] {
  return shape === 'dated' ? [`${column}_how`, `${column}_from`, `${column}_to`] : [column];
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
      typeof shape === 'object' && 'record' in shape ? [[`${column}_${shape.record}`, column] as const] : [],
    ),
  ),
  ...ALL_COLUMNS.map((column) => [column, column] as const),
]);

/** The spelling of references, by kind. The ledger alone says whether one exists. */
export const REFERENCE_SPELLING: { readonly [kind in Kind]: RegExp } = {
  action: /^[A-Z][A-Z0-9]{0,15}-\d{4}-\d{2}-A[A-Za-z0-9]+$/,
  meeting: /^[A-Z][A-Z0-9]{0,15}-\d{4}-\d{2}(-\d{2})?(-(\d+|[a-z][a-z2-9]{4}))?$/,
  body: /^[A-Z][A-Z0-9]{0,15}$/,
  post: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  person: /^[a-z0-9][a-z0-9-]{7,63}$/,
};

/**
 * The column behind a field that a refusal names (`due.meeting`, `effectiveOn`, `ref`); undefined when no column gives it.
 */
export function columnOfField(command: RowCommand | undefined, refused: string): string | undefined {
  if (refused === 'ref' || refused === 'record') return 'record';
  const path = refused.split('.');
  for (const candidate of command?.fields ?? []) {
    if (candidate.path.length > path.length || !candidate.path.every((name, index) => name === path[index])) continue;
    const rest = path.slice(candidate.path.length);
    if (candidate.shape === 'dated') return `${candidate.column}_${rest[0] ?? 'to'}`;
    return candidate.column;
  }
  if (path[0] === 'source' && path.length === 1) return 'document';
  const plain = snakeCase(path[0] === 'source' ? path.slice(1).join('_') : path.join('_'));
  if (ALL_COLUMNS.includes(plain)) return plain;
  if (plain === 'dated') return 'dated_to';
  return command?.fields.find((candidate) => candidate.path[0] === path[0])?.column;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
