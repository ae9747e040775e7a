import {
  byKind,
  DUE_MEMBERS,
  labelOf,
  nameInWords,
  SHARE_MEMBERS,
  shareWritten,
  type Columns,
  type OneOf,
  type RecordKind,
  type Share,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../declarations/index.ts';
import { isCivilDate, isDated, type Authority, type JsonObject, type JsonValue } from '../ledger/index.ts';
import { capacity } from '../registers/directory/index.ts';
import { datedInWords, dayInWords } from './days.ts';
import { capitalised } from './phrases.ts';

/** What posts, bodies and other records are called, by reference, as far as the reader may know them. */
export type Names = ReadonlyMap<string, string>;

const NO_NAMES: Names = new Map();

/** A value of that shape as people say it. `null`, and what says nothing: `nothing`. What does not fit the shape is said as what it is. */
export function valueInWords(shape: Shape, value: JsonValue, names: Names = NO_NAMES): string {
  if (value === null) return 'nothing';
  return byKind<string, [JsonValue, Names]>(IN_WORDS, shape, value, names);
}

type InWords<Of extends Shape = Shape> = (shape: Of, value: JsonValue, names: Names) => string;

const asItStands: InWords = (_, value) => (typeof value === 'string' ? value : plainly(value));
const asItIs: InWords = (_, value) => plainly(value);

/** A new shape does not compile until it stands here. */
const IN_WORDS: { readonly [Kind in ShapeKind]: InWords<ShapeOf<Kind>> } = {
  line: asItStands,
  words: asItStands,
  digest: asItStands,
  itemNumber: asItStands,
  day: asItIs,
  time: asItStands,
  span: asItIs,
  yesNo: asItIs,
  oneOf: (shape, value) => (typeof value === 'string' ? memberInWords(shape, value) : plainly(value)),
  link: ({ record }, value, names) =>
    typeof value === 'string' ? recordInWords(record, value, names) : plainly(value),
  links: ({ record }, value, names) => severalInWords(value, (ref) => recordInWords(record, ref, names)),
  anyRecord: (_, value, names) => (typeof value === 'string' ? (names.get(value) ?? value) : plainly(value)),
  anyRecords: (_, value, names) => severalInWords(value, (ref) => names.get(ref) ?? ref),
  instant: asItIs,
  count: asItIs,
  share: (_, value) => (isShare(value) ? shareInWords(value) : plainly(value)),
  rows: ({ columns }, value, names) =>
    Array.isArray(value)
      ? (value as readonly JsonValue[]).map((row) => rowInWords(columns, row, names)).join('; ')
      : plainly(value),
  conditions: (_, value, names) =>
    Array.isArray(value)
      ? (value as readonly JsonValue[])
          .map((one) => (isObject(one) ? conditionInWords(one, names) : plainly(one)))
          .join('; ')
      : plainly(value),
  newReference: asItStands,
  due: (_, value, names) => (isObject(value) && !isDated(value) ? dueInWords(value, names) : plainly(value)),
  commandId: asItStands,
  reference: asItStands,
  eventOfRecord: asItStands,
  path: asItStands,
  anyValue: asItIs,
  marking: (_, value) => (isObject(value) ? markingInWords(value) : plainly(value)),
};

/** What people call a member of a list. What another source says in its own words stays as it is. */
export function memberInWords({ members }: OneOf, value: string): string {
  if (Object.hasOwn(members, value)) return members[value]!.label;
  return /^[A-Z]+(_[A-Z]+)*$/.test(value) ? nameInWords(value) : plainly(value);
}

function severalInWords(value: JsonValue, inWords: (ref: string) => string): string {
  if (!Array.isArray(value)) return plainly(value);
  const refs = value as readonly JsonValue[];
  return refs.map((ref) => (typeof ref === 'string' ? inWords(ref) : plainly(ref))).join(', ') || 'nothing';
}

function recordInWords(record: RecordKind, ref: string, names: Names): string {
  return record === 'post' ? postInWords(ref, names.get(ref)) : (names.get(ref) ?? plainly(ref));
}

/** A post by the name that the directory gives it to this reader; else by what every ledger calls it, else by its reference in words. */
export function postInWords(post: string, name: string | null | undefined): string {
  return name ?? (Object.hasOwn(capacity.members, post) ? memberInWords(capacity, post) : nameInWords(post));
}

function dueInWords(due: JsonObject, names: Names): string {
  const said = Object.entries(due).map(([name, value]) => {
    const shape = Object.hasOwn(DUE_MEMBERS, name) ? DUE_MEMBERS[name as keyof typeof DUE_MEMBERS] : null;
    const text = shape === null || value === undefined ? plainly(value ?? null) : valueInWords(shape, value, names);
    return shape?.kind === 'link' ? `at the meeting ${text}` : text;
  });
  return said.join(', ') || 'nothing';
}

/** `Level: High, Days: 30`: what a row has none of is left out. */
function rowInWords(columns: Columns, row: JsonValue, names: Names): string {
  if (!isObject(row)) return plainly(row);
  const cells = Object.entries(columns).flatMap(([column, shape]) =>
    row[column] === undefined ? [] : [`${labelOf(column, shape)}: ${valueInWords(shape, row[column], names)}`],
  );
  return cells.join(', ') || 'nothing';
}

/** `status: signed off or agreed`. Of a record that is not for the reader only the filter is there. */
function conditionInWords({ filter, members, is, ofRecord }: JsonObject, names: Names): string {
  const called = typeof filter === 'string' ? nameInWords(filter) : '';
  const choices = members ?? is;
  if (Array.isArray(choices))
    return `${called}: ${choices.map((one) => names.get(String(one)) ?? nameInWords(String(one)).toLowerCase()).join(' or ')}`;
  return typeof ofRecord === 'string' ? `${called}: ${names.get(ofRecord) ?? ofRecord}` : called;
}

/** `45 %`, and what is of another whole than a hundred as it was said: `9 of 20 (45 %)`. */
export function shareInWords({ part, of }: Share): string {
  const written = shareWritten({ part, of });
  if (written.endsWith('%')) return written;
  const percent = of === 0 ? '' : ` (${Math.round((part / of) * 100)} %)`;
  return `${part.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}${percent}`;
}

function isShare(value: JsonValue): value is Share {
  return isObject(value) && Object.keys(SHARE_MEMBERS).every((member) => typeof value[member] === 'number');
}

function markingInWords({ sensitive, session }: JsonObject): string {
  const marked = sensitive === true ? 'Official-sensitive' : 'Official';
  return session === undefined ? marked : `${marked}, ${session === 'CLOSED' ? 'closed' : 'open'} session`;
}

/** What no shape tells: days, spans and numbers are known by themselves. */
function plainly(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (typeof value === 'number') return value.toLocaleString('en-GB');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isCivilDate(value) ? dayInWords(value) : value;
  if (isDated(value)) return datedInWords(value);
  const members = Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values(value);
  return members.map((member) => plainly(member ?? null)).join(', ') || 'nothing';
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Meeting CGB-2023-06-21`: on whose say. */
export function authorityInWords(authority: Authority): string {
  const [kind = '', reference = ''] = Object.entries(authority)[0] ?? [];
  return `${capitalised(kind)} ${reference}`;
}
