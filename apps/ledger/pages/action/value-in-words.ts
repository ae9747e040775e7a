import { isCivilDate, isDated, type JsonObject, type JsonValue } from '../../../../libs/ledger/index.ts';
import { ACTION_STATUSES, type ActionStatus } from '../../../../libs/registers/actions/index.ts';
import {
  capitalised,
  datedInWords,
  dayInWords,
  ORGANISATIONS,
  postInWords,
  PRIORITIES,
  statusInWords,
} from '../frame/words.ts';

const FIELDS: { readonly [path: string]: string } = {
  title: 'Title',
  body: 'Body',
  meeting: 'Meeting',
  item: 'Item',
  owner: 'Owner',
  organisation: 'Organisation',
  priority: 'Priority',
  status: 'Status',
  due: 'When it is due',
  'due.phrase': 'When it is due, in words',
  phrase: 'When it is due, in words',
  'due.on': 'Due date',
  'due.dated': 'Span in which it is due',
  'due.meeting': 'Meeting at which it is due',
  'due.original': 'First due date',
  'due.current': 'Due date',
  latestUpdate: 'Latest update',
  update: 'Update',
  report: 'Report',
  evidence: 'Evidence',
  reportedComplete: 'Report of completion',
  closed: 'How it was closed',
  deferred: 'Deferral',
  until: 'Deferred until',
  continuedAs: 'Where it goes on',
  into: 'Where it goes on',
  by: 'What replaces it',
  fileName: 'File name',
  sha256: 'Digest of the file',
  effectiveOn: 'Day on which it took effect',
  dated: 'When it took effect',
  'source.publishedOn': 'When the source was published',
  'source.document': 'Source document',
  'source.paragraph': 'Place in the source',
  'source.quote': 'Words of the source',
  reason: 'Reason',
};

/** A field as people call it. `path`: as corrections name it. */
export function fieldInWords(path: string): string {
  return FIELDS[path] ?? capitalised(path.replaceAll('.', ', '));
}

/**
 * A value of a field as people say it: days in words, posts and bodies by name, statuses in words. `null`: nothing.
 *
 * @param names of posts and bodies, as far as the reader may see them
 */
export function valueInWords(path: string, value: JsonValue, names: ReadonlyMap<string, string> = new Map()): string {
  if (value === null) return 'nothing';
  if (typeof value === 'number') return value.toLocaleString('en-GB');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return textInWords(path, value, names);
  if (isDated(value)) return datedInWords(value);
  const members = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((one) => [path, one] as const)
    : membersOf(path, value as JsonObject);
  return members.map(([name, member]) => valueInWords(name, member, names)).join(', ') || 'nothing';
}

function membersOf(path: string, value: JsonObject): readonly (readonly [path: string, value: JsonValue])[] {
  return Object.entries(value).map(([name, member]) =>
    name === 'meeting' && typeof member === 'string'
      ? [`${path}.${name}`, `at the meeting ${member}`]
      : [`${path}.${name}`, member],
  );
}

function textInWords(path: string, text: string, names: ReadonlyMap<string, string>): string {
  if (isCivilDate(text)) return dayInWords(text);
  switch (path) {
    case 'owner':
    case 'capacity':
      return postInWords(text, names.get(text));
    case 'body':
      return names.get(text) ?? text;
    case 'status':
    case 'closed':
    case 'session':
      return isOneOf(ACTION_STATUSES, text) ? statusInWords(text) : wordOfAList(text);
    case 'organisation':
      return Object.hasOwn(ORGANISATIONS, text) ? ORGANISATIONS[text as keyof typeof ORGANISATIONS] : wordOfAList(text);
    case 'priority':
      return Object.hasOwn(PRIORITIES, text) ? PRIORITIES[text as keyof typeof PRIORITIES] : text;
    default:
      return text;
  }
}

function isOneOf(statuses: readonly ActionStatus[], text: string): text is ActionStatus {
  return (statuses as readonly string[]).includes(text);
}

/** `POSTPONED` → `Postponed`. What another source says in its own words stays as it is. */
function wordOfAList(text: string): string {
  return /^[A-Z]+(_[A-Z]+)*$/.test(text) ? capitalised(text.replaceAll('_', ' ').toLowerCase()) : text;
}
