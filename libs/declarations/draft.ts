import type { Draft, JsonObject, JsonValue, Marking } from '../ledger/index.ts';
import { isBlank } from './checks.ts';
import type { EventDeclaration, Facts, Texts } from './event.ts';
import type { Held, Plain } from './shapes.ts';

/** Facts as a decision says them: without the reference, which dispatch gives, and a member that is undefined is absent. */
type Drafted<F> = Plain<OrUndefined<Held<Pick<F, Exclude<keyof F, ReferenceKeys<F>>>>>>;
type ReferenceKeys<F> = {
  [Name in keyof F]: F[Name] extends { readonly kind: 'newReference' } ? Name : never;
}[keyof F];
type OrUndefined<Type> = {
  [Name in keyof Type]: undefined extends Type[Name] ? Type[Name] | undefined : Type[Name];
};

/** What a draft says beside the facts. */
interface Beside<T, P> {
  /** Words that are blank are none. */
  readonly texts?: { readonly [Name in keyof T]?: string | undefined };
  readonly persons?: { readonly [Name in keyof P]?: JsonValue | undefined };
  readonly person?: string | undefined;
  readonly marking?: Marking | undefined;
}

type FactsOf<F> = [Exclude<keyof F, ReferenceKeys<F>>] extends [never]
  ? { readonly facts?: Record<string, never> }
  : { readonly facts: Drafted<F> };

/** A decision that these are recorded. */
export function record(...events: readonly Draft[]): { readonly events: readonly Draft[] } {
  return { events };
}

/** An event about to be written, checked against its declaration. What is undefined is left out. */
export function draft<F extends Facts, T extends Texts, P extends Texts>(
  { type }: EventDeclaration<string, F, T, P>,
  ...[said = {} as FactsOf<F> & Beside<T, P>]: Record<never, never> extends FactsOf<F>
    ? [said?: FactsOf<F> & Beside<T, P>]
    : [said: FactsOf<F> & Beside<T, P>]
): Draft {
  const { facts = {}, texts, persons, person, marking } = said as { facts?: JsonObject } & Beside<T, P>;
  return {
    type,
    facts: present(facts) as JsonObject,
    ...(texts === undefined ? {} : { texts: saidIn(texts) }),
    ...(persons === undefined ? {} : { persons: present(persons) }),
    ...(person === undefined ? {} : { person }),
    ...(marking === undefined ? {} : { marking }),
  };
}

function saidIn(texts: NonNullable<Draft['texts']>): NonNullable<Draft['texts']> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => !isBlank(text)));
}

/** Without the members that are undefined: a fact is there or it is not. */
export function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>;
  };
}
