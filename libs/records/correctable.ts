import { ENVELOPE_FIELDS, linksIn, whyNotHeld } from '../declarations/index.ts';
import {
  isCivilDate,
  isDated,
  type Correctable,
  type JsonValue,
  type LinkWanted,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { RECORD_COMMANDS_DECLARED, type Correct, type RecordCommand } from './commands.ts';

/** What may be corrected of every event, whatever its kind: its day, why it was done, and where it comes from. */
const OF_EVERY_EVENT: readonly Correctable[] = [
  { path: 'effectiveOn', is: 'date' },
  { path: 'dated', is: 'dated' },
  { path: 'reason', is: 'text' },
  { path: 'source.document', is: 'text' },
  { path: 'source.paragraph', is: 'text' },
  { path: 'source.quote', is: 'text' },
  { path: 'source.publishedOn', is: 'date' },
  ...(['source.record', 'source.version'] as const).map((path): Correctable => ({
    path,
    is: (value) => whyNotHeld(ENVELOPE_FIELDS[path]!, value),
    names: (value) => linksIn(ENVELOPE_FIELDS[path]!, value, path),
  })),
];

/** Of these an event may turn out to have none. What else may be taken away, the register's own checks say. */
const NEED_NOT_BE = ['dated', 'source.document', 'source.paragraph', 'source.quote', 'source.publishedOn'];

/** Fixed when an event is written, even if a register were to list one of them by mistake. */
const NEVER = ['ref', 'id', 'register', 'stream', 'type', 'schema', 'version', 'stamped', 'stated', 'actor', 'marking'];

/** What may be corrected under that path of an event of that type; undefined when nothing may. */
export function correctableAt<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  type: string,
  path: string,
): Correctable | undefined {
  if (NEVER.includes(path.split('.')[0] ?? '')) return undefined;
  return allOf(register, type).find((correctable) => correctable.path === path);
}

/** All that may be corrected of an event of that type. */
export function pathsOf<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  type: string,
): readonly string[] {
  return allOf(register, type).map(({ path }) => path);
}

function allOf<Event extends RecordEvent>(
  { correctable }: Pick<Register<unknown, Event>, 'correctable'>,
  type: string,
): readonly Correctable[] {
  const own = (correctable as { readonly [type: string]: readonly Correctable[] | undefined })[type] ?? [];
  return [...own, ...OF_EVERY_EVENT];
}

/** The other record that a command of every record names, to be looked up before it is decided. */
export function linksOfRecordCommand<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  events: readonly RecordEvent[],
  command: RecordCommand,
): readonly LinkWanted[] {
  return command.type === 'Correct'
    ? linksOfCorrection(register, events, command)
    : (RECORD_COMMANDS_DECLARED[command.type]?.namedIn(command) ?? []);
}

function linksOfCorrection<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  events: readonly RecordEvent[],
  { event, path, is }: Correct,
): readonly LinkWanted[] {
  const target = events.find(({ id }) => id === event);
  const correctable = target === undefined ? undefined : correctableAt(register, target.type, path);
  if (target === undefined || correctable === undefined || whyNot(correctable, is) !== null) return [];
  if (path === 'source.version') return citedBy(events, target);
  return (correctable.names?.(is) ?? []).map(({ register: of, ref }) => ({ register: of, ref, field: 'is' }));
}

/** Every document that an event was ever said to cite: a version is one of the document that it cites now. */
function citedBy(events: readonly RecordEvent[], { id, cites }: RecordEvent): readonly LinkWanted[] {
  const corrected = events.flatMap(({ type, facts }) =>
    type === 'Corrected' && facts['target'] === id && facts['path'] === 'source.record' ? [facts['is']] : [],
  );
  return [cites, ...corrected].flatMap((ref) => linksIn(ENVELOPE_FIELDS['source.record']!, ref, 'is'));
}

/** True when the register holds free words under that path, in whichever of its events. */
export function holdsWords<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  path: string,
): boolean {
  const own = Object.values(register.correctable) as readonly (readonly Correctable[])[];
  return [...own.flat(), ...OF_EVERY_EVENT].some(
    (correctable) => correctable.path === path && correctable.is === 'text',
  );
}

/** Why a value will not do under that path, in a sentence; null when it will. */
export function whyNot({ path, is }: Correctable, value: JsonValue): string | null {
  if (value === null && NEED_NOT_BE.includes(path)) return null;
  if (typeof is === 'function') return is(value);
  if (is === 'text')
    return typeof value === 'string' && value.trim() !== '' ? null : 'It is words. To take words away, void the event.';
  if (is === 'date')
    return typeof value === 'string' && isCivilDate(value) ? null : 'It is a real day, written yyyy-mm-dd.';
  return isDated(value)
    ? null
    : 'It is a span: its last day in "to", "by", "about" or "between" in "how", and for "between" the first day in "from".';
}
