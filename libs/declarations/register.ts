import type {
  Command,
  CommonFact,
  DeclaredCommand,
  EventKind,
  LinkWanted,
  MayIssue,
  RecordEvent,
  Register,
  Tells,
} from '../ledger/index.ts';
import { isBlank } from './checks.ts';
import { namedIn, whyNotInput, type CommandDeclaration } from './command.ts';
import { ENVELOPE_FACTS } from './envelope.ts';
import { countedBy } from './lists.ts';
import { correctableIn, kindsOf, upcastAmong, type EventDeclaration } from './event.ts';
import { MOVEMENTS_OF_EVERY_RECORD, OF_EVERY_RECORD, withFactsOfEveryRecord } from './of-every-record.ts';
import { seriesIn, type RecordKind } from './record-kinds.ts';
import type { Shape } from './shapes.ts';
import type { FiltersShown } from './shown.ts';

/** A register, with what it declares. */
export interface DeclaredRegister<
  State = unknown,
  Event extends RecordEvent = RecordEvent,
  Cmd extends Command = Command,
> extends Register<State, Event, Cmd> {
  /** Its own, then those that every record has. */
  readonly events: readonly EventDeclaration[];
  readonly commands: readonly CommandDeclaration[];
  /** Fields of the state that another source may state otherwise, without naming the event that holds them. */
  readonly stateFields: StateFields;
  /** What is told of its records at a basis, and what each event of them is as a movement: see docs/comparing.md. */
  readonly told: Tells<State>;
}

export interface StateFields {
  readonly [path: string]: Shape;
}

type Derived =
  | 'kinds'
  | 'opening'
  | 'opens'
  | 'mayIssue'
  | 'links'
  | 'lists'
  | 'upcast'
  | 'correctable'
  | 'disputable'
  | 'linesAt'
  | 'declared'
  | 'seriesOf';

/** A register of what it means and of what it declares: everything that follows from the declarations is made here. */
export function registerOf<State, Event extends RecordEvent, Cmd extends Command>(
  register: Omit<Register<State, Event, Cmd>, Derived> & {
    readonly events: readonly EventDeclaration[];
    readonly commands: readonly CommandDeclaration[];
    readonly stateFields: StateFields;
    readonly told: Tells<State, Exclude<Event['type'], CommonFact['type']>>;
    /** The kinds of its events as they were written before. */
    readonly earlier?: readonly EventKind[];
    /** What narrows the list of each kind of its records: on its page, and where it is counted. */
    readonly filters: { readonly [Kind in RecordKind]?: FiltersShown };
    /** Records that a command does not name, and its decision must know all the same. */
    readonly linksBeside?: (command: Cmd, state: State) => readonly LinkWanted[];
  },
): DeclaredRegister<State, Event, Cmd> {
  const { name, commands, stateFields, told, refusals, filters, linksBeside, earlier, ...own } = register;
  const events = [...register.events, ...OF_EVERY_RECORD];
  const kinds = kindsOf(name, events, earlier);
  const opening = commands.filter(({ opens }) => opens !== undefined);
  const declared = Object.fromEntries(commands.map((one) => [one.type, decidedBy(one, refusals)]));
  return {
    ...own,
    ...withFactsOfEveryRecord(register),
    ...{ name, events, commands, stateFields, refusals, kinds, declared },
    told: { ...told, movements: { ...told.movements, ...MOVEMENTS_OF_EVERY_RECORD } },
    opening: [...new Set(opening.map(({ leadsTo }) => leadsTo as Event['type']))],
    opens: opening.map(({ type }) => type),
    mayIssue: mayIssueOf(commands) as Register<State, Event, Cmd>['mayIssue'],
    lists: Object.fromEntries(Object.entries(filters).map(([kind, of]) => [kind, countedBy(of)])),
    links: (command, state) => [
      ...(declared[command.type]?.namedIn(command) ?? []),
      ...(state === undefined ? [] : (linksBeside?.(command, state) ?? [])),
    ],
    upcast: upcastAmong(name, kinds),
    correctable: correctableIn(events) as Register<State, Event>['correctable'],
    disputable: Object.keys(stateFields),
    linesAt: (path) => textsAt(events, path).some(({ kind }) => kind === 'words'),
    seriesOf: (ref) => seriesIn(name, ref),
  };
}

/** Who may issue each of these commands. */
export function mayIssueOf<Type extends string>(
  commands: readonly CommandDeclaration<Type>[],
): { readonly [type in Type]: MayIssue } {
  return Object.fromEntries(commands.map(({ type, mayIssue }) => [type, mayIssue])) as { [type in Type]: MayIssue };
}

/** What of a declaration whoever decides must know. */
export function decidedBy(one: CommandDeclaration, sentences: { readonly [code: string]: string }): DeclaredCommand {
  const { leadsTo, requires } = one;
  return {
    leadsTo,
    whyNotInput: (command) => whyNotInput(one, command, sentences),
    // A paper that gives no reason is held without one: the paper answers for it.
    whyNotEnvelope: ({ envelope, imported }) =>
      requires.reason === undefined || imported || !isBlank(envelope.reason)
        ? null
        : { code: requires.reason, sentence: sentences[requires.reason] ?? '', field: 'reason' },
    linesIn: (command, register) => linesIn(one, command, register),
    namedIn: (command) => namedIn(one, command),
  };
}

/** The texts of events that stand under a path, those of the envelope among them. */
function textsAt(events: readonly EventDeclaration[], path: string): readonly Shape[] {
  return [ENVELOPE_FACTS, ...events.map(({ texts }) => texts)].flatMap((texts: StateFields) => texts[path] ?? []);
}

/** Words of many lines; and what a correction, or another source, puts in the place of such. */
function linesIn(
  { fields }: CommandDeclaration,
  command: Command,
  { linesAt }: Pick<Register, 'linesAt'>,
): readonly string[] {
  const { path } = command as { readonly path?: unknown };
  const named = typeof path === 'string' && linesAt(path);
  return Object.keys(fields).filter((name) => {
    const { kind } = fields[name]!;
    return kind === 'words' || (kind === 'anyValue' && named);
  });
}
