import { kindOfRecord, type CommandDeclaration, type RecordKind, KINDS_OF_RECORD } from '../declarations/index.ts';
import { isCommonFact, type MayIssue } from '../ledger/index.ts';
import { RECORD_COMMANDS, type RecordCommand } from '../records/index.ts';
import { REGISTERS } from './registers.ts';

/** A command as the API and papers name it. */
export interface DeclaredMutation {
  /** `raiseAction`, `correctAction` */
  readonly name: string;
  readonly command: CommandDeclaration;
  /** The kind of record that it opens or is about, and its register; null for a record of any. */
  readonly kind: RecordKind | null;
  readonly register: string | null;
  readonly mayIssue: MayIssue;
  /** It amends or marks what is there: it holds from its target's day on, so it needs no day of its own. */
  readonly amends: boolean;
}

/** What the commands of every record are called where they are about one kind of it; null for those that take any. */
const NAME_OF: { readonly [type in RecordCommand['type']]: ((kind: string) => string) | null } = {
  Correct: (kind) => `correct${kind}`,
  Void: (kind) => `void${kind}Event`,
  Restore: (kind) => `restore${kind}Event`,
  Publish: (kind) => `publish${kind}`,
  Mark: (kind) => `mark${kind}`,
  RecordOtherwiseStated: null,
  LinkRecord: null,
  UnlinkRecord: null,
  NameRecord: null,
  WithdrawName: null,
};

const ofRegisters = REGISTERS.flatMap(({ name: register, commands }) =>
  commands
    // An operator's command has no other door than the command line.
    .filter(({ mayIssue }) => mayIssue !== 'OPERATOR')
    .map((command): DeclaredMutation => {
      const kind = command.opens ?? (command.about as RecordKind);
      return { name: small(command.type), command, kind, register, mayIssue: command.mayIssue, amends: false };
    }),
);

const ofKinds = KINDS_OF_RECORD.flatMap((kind) => {
  const { register } = kindOfRecord(kind);
  const otherwise = REGISTERS.find(({ name }) => name === register)?.mayIssueForRecord;
  return RECORD_COMMANDS.flatMap((command): readonly DeclaredMutation[] => {
    const name = NAME_OF[command.type]?.(capital(kind));
    const mayIssue = otherwise?.[command.type] ?? command.mayIssue;
    return name === undefined ? [] : [{ name, command, kind, register, mayIssue, amends: amends(command) }];
  });
});

const ofAny = RECORD_COMMANDS.filter(({ type }) => NAME_OF[type] === null).map((command): DeclaredMutation => {
  return {
    name: small(command.type),
    command,
    kind: null,
    register: null,
    mayIssue: command.mayIssue,
    amends: amends(command),
  };
});

/** Every command that comes in by the API or from papers, by its name there. */
export const MUTATIONS: Readonly<Record<string, DeclaredMutation>> = Object.fromEntries(
  [...ofRegisters, ...ofKinds, ...ofAny].map((mutation) => [mutation.name, mutation]),
);

function amends({ leadsTo }: CommandDeclaration): boolean {
  return isCommonFact({ type: leadsTo });
}

function small(type: string): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}

/** `raiseAction` → `RaiseAction`: names of the API are made of names of commands and kinds. */
export function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
