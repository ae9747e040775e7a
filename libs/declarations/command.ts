import type { Command, CommandEnvelope, LinkWanted, MayIssue, Refusal } from '../ledger/index.ts';
import { whyNotGiven } from './checks.ts';
import type { EventDeclaration } from './event.ts';
import { linksIn } from './links.ts';
import type { RecordKind } from './record-kinds.ts';
import type { Called, Given, Plain, Shape } from './shapes.ts';

/** Fields of a command. */
export interface Fields {
  readonly [field: string]: Shape;
}

/** What every input has, whatever it commands: a field of a command is not called so. */
type EnvelopeField = keyof CommandEnvelope | 'session' | 'ref' | 'type';

/** A field called like one of the envelope would replace it in an input: it is called otherwise there, or is the envelope's. */
type NotOfTheEnvelope<F extends Fields> = {
  readonly [Name in keyof F]: Name extends EnvelopeField
    ? F[Name] extends { readonly called: Called } | { readonly ofEnvelope: true }
      ? F[Name]
      : 'an input has a field of this name from the envelope: say called(…) or ofEnvelope(…)'
    : F[Name];
};

/**
 * At least or at most one of some fields is given (`due.on`: a member of one), or the first of two only with the second. A code of the register,
 * and the field that is blamed.
 */
export interface Rule<Name extends string = string> {
  readonly is: 'at least one' | 'at most one' | 'only with';
  readonly of: readonly Name[];
  readonly code: string;
  readonly blames: string;
}

export function atLeastOne<const Name extends string>(code: string, of: readonly Name[], blames = of[0]!): Rule<Name> {
  return { is: 'at least one', of, code, blames };
}

export function atMostOne<const Name extends string>(code: string, of: readonly Name[], blames = of[0]!): Rule<Name> {
  return { is: 'at most one', of, code, blames };
}

/** One field says nothing without another. */
export function onlyWith<const Name extends string>(code: string, one: Name, other: Name): Rule<Name> {
  return { is: 'only with', of: [one, other], code, blames: other };
}

/** Codes of the register, for an envelope without a reason, or without the paper that says so. */
export interface Requires {
  readonly reason?: string;
  readonly source?: string;
}

/** What a command says, said once. */
export interface CommandDeclaration<
  Type extends string = string,
  Opens extends RecordKind | undefined = RecordKind | undefined,
  F extends Fields = Fields,
> {
  readonly type: Type;
  /** What it does, in a sentence or two. */
  readonly says: string;
  /** What people call it on a form and on the way to one, where that is not its own name in words. */
  readonly label?: string;
  /** The kind of record that it opens. */
  readonly opens?: Opens;
  /** The kind of record that it is about, by `ref`; `any`: a record of any register. */
  readonly about?: RecordKind | 'any';
  /** What the API calls `ref`, where that is not its own name. */
  readonly refCalled?: string;
  /** The one event that it leads to. */
  readonly leadsTo: string;
  readonly mayIssue: MayIssue;
  /** What must stand in the envelope, with the register's code for when it does not. A paper that lacks it is held without. */
  readonly requires: Requires;
  /** It closes, shows, hides, takes back or erases something: a form has it checked once more before it is sent. */
  readonly consequential?: true;
  readonly rules: readonly Rule[];
  readonly fields: F;
}

/** Declares a command. */
export function command<
  const Type extends string,
  F extends Fields = Record<never, never>,
  const Opens extends RecordKind | undefined = undefined,
>(
  type: Type,
  declared: {
    readonly says: string;
    readonly label?: string;
    readonly opens?: Opens;
    readonly about?: RecordKind | 'any';
    readonly refCalled?: string;
    readonly leadsTo: Pick<EventDeclaration, 'type'>;
    readonly mayIssue: MayIssue;
    readonly requires?: Requires;
    readonly consequential?: true;
    readonly rules?: readonly Rule<(keyof F & string) | `${keyof F & string}.${string}`>[];
    readonly fields?: F & NotOfTheEnvelope<F>;
  },
): CommandDeclaration<Type, Opens, F> {
  const { leadsTo, requires = {}, rules = [], fields, ...more } = declared;
  return { type, ...more, leadsTo: leadsTo.type, requires, rules, fields: fields ?? ({} as F) };
}

/** The command that a declaration declares; of several, any of them. */
export type CommandOf<One> =
  One extends CommandDeclaration<infer Type, infer Opens, infer F>
    ? Plain<{ readonly type: Type } & (undefined extends Opens ? { readonly ref: string } : unknown) & Given<F>>
    : never;

type Values = Readonly<Record<string, unknown>>;

/**
 * What the input alone can tell to be wrong with a command: the first field at fault, in the order in which they are declared, then the
 * rules between them. The same for everybody: it depends on nothing that the ledger holds.
 */
export function whyNotInput(
  { fields, rules, opens }: CommandDeclaration,
  given: Command,
  sentences: { readonly [code: string]: string },
): Refusal | null {
  const values = given as unknown as Values;
  if (opens === undefined) {
    if (given.ref === undefined) return needed('ref');
    if (!REFERENCE.test(given.ref)) return { code: 'MALFORMED', sentence: REFERENCE_SENTENCE, field: 'ref' };
  }
  for (const [name, shape] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined) {
      if (shape.optional) continue;
      return needed(name);
    }
    const fault = whyNotGiven(shape, value);
    if (fault !== null) return { code: fault.code, sentence: fault.sentence, field: [name, ...fault.at].join('.') };
  }
  const surplus = Object.keys(values).find(
    (name) => name !== 'type' && name !== 'ref' && values[name] !== undefined && !Object.hasOwn(fields, name),
  );
  if (surplus !== undefined) return { code: 'MALFORMED', sentence: 'This command has no such field.', field: surplus };
  const [broken] = brokenRules({ rules }, values);
  return broken === undefined
    ? null
    : { code: broken.code, sentence: sentences[broken.code] ?? '', field: broken.blames };
}

/** The rules between fields that these values do not keep. */
export function brokenRules({ rules }: Pick<CommandDeclaration, 'rules'>, values: Values): readonly Rule[] {
  return rules.filter(({ is, of }) => {
    const given = of.map((path) => valueAt(values, path) !== undefined);
    if (is === 'only with') return given[0] === true && given[1] !== true;
    const count = given.filter(Boolean).length;
    return is === 'at least one' ? count === 0 : count > 1;
  });
}

/** Of a record of any kind. Whether there is one, and of which kind it must be, is not told by the input alone. */
export const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
export const REFERENCE_SENTENCE = 'A reference has letters, digits and hyphens, at most 64.';

function needed(field: string): Refusal {
  return { code: 'NEEDED', sentence: 'This is needed here.', field };
}

function valueAt(values: Values, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Values | null | undefined)?.[name] ?? undefined, values);
}

/** The other records that a command names, by the field that names each. */
export function namedIn({ fields }: Pick<CommandDeclaration, 'fields'>, given: Command): readonly LinkWanted[] {
  const values = given as unknown as Values;
  return Object.entries(fields).flatMap(([name, shape]) => linksIn(shape, values[name], name));
}

/** The declared commands of a register by their types. */
export function byType<One extends { readonly type: string }>(all: readonly One[]): { readonly [type: string]: One } {
  return Object.fromEntries(all.map((one) => [one.type, one]));
}
