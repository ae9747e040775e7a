import {
  commonKinds,
  isCommonFact,
  kind,
  type Correctable,
  type EventKind,
  type RecordEvent,
} from '../ledger/index.ts';
import { whyNotHeld, whyNotLinesOf } from './checks.ts';
import { linksIn } from './links.ts';
import { sealedColumns, textOfColumn } from './rows.ts';
import {
  ANCHORS,
  DUE_MEMBERS,
  type Held,
  type InClear,
  type Rows,
  type Sealed,
  type Shape,
  type Words,
} from './shapes.ts';

/** Facts of an event: what stands in clear. */
export interface Facts {
  readonly [field: string]: InClear & Marks;
}
/** Texts of an event, and what of it lies under the key of a person. */
export interface Texts {
  readonly [field: string]: Sealed & Marks;
}
type Marks = Pick<Shape, 'optional' | 'fixed' | 'kept'>;
type None = Record<never, never>;

/** What an event holds, said once. */
export interface EventDeclaration<
  Type extends string = string,
  F extends Facts = Facts,
  T extends Texts = Texts,
  P extends Texts = Texts,
> {
  readonly type: Type;
  readonly facts: F;
  /** In the order in which they are committed to: part of the format. */
  readonly texts: T;
  readonly persons: P;
  readonly schema: number;
  /** The text that a reader of the history is shown first. */
  readonly leads?: string;
  readonly forwardDated?: true;
  /** Of the persons: what is compared and never shown. */
  readonly unread?: readonly string[];
}

/** Declares an event: past tense, with a subject. Free words are texts: among the facts they do not compile. */
export function event<
  const Type extends string,
  F extends Facts = None,
  T extends Texts = None,
  P extends Texts = None,
>(
  type: Type,
  declared: {
    readonly facts?: F;
    readonly texts?: T;
    readonly persons?: P;
    readonly leads?: keyof T & string;
    readonly schema?: number;
    readonly forwardDated?: true;
    readonly unread?: readonly (keyof P & string)[];
  } = {},
): EventDeclaration<Type, F, T, P> {
  const { facts, texts, persons, schema = 1, ...more } = declared;
  return { type, schema, facts: facts ?? ({} as F), texts: texts ?? ({} as T), persons: persons ?? ({} as P), ...more };
}

/** The event that a declaration declares; of several, any of them. */
export type EventOf<One> =
  One extends EventDeclaration<infer Type, infer F, infer T, infer P>
    ? RecordEvent<Type, Held<F>, (keyof T | keyof P) & string>
    : never;

/** The kind of an event as it was before some of its texts were added to it: the facts may have gained what need not be there. */
export function earlierKind(
  register: string,
  { type, texts, leads }: EventDeclaration,
  { schema, without }: { readonly schema: number; readonly without: readonly string[] },
): EventKind {
  return kind(register, type, schema, {
    texts: Object.keys(texts).filter((text) => !without.includes(text)),
    ...(leads === undefined ? {} : { principal: leads }),
  });
}

/** All kinds of a register: its own, those that every record has, and `earlier` schemas of them. */
export function kindsOf(
  register: string,
  events: readonly EventDeclaration[],
  earlier: readonly EventKind[] = [],
): readonly EventKind[] {
  return [
    ...events.map(({ type, schema, texts, persons, leads, unread, forwardDated }) =>
      kind(register, type, schema, {
        texts: Object.keys(texts),
        persons: Object.keys(persons),
        ...(leads === undefined ? {} : { principal: leads }),
        ...(unread === undefined ? {} : { unread: unread.map((field) => `person/${field}` as const) }),
        ...(forwardDated === undefined ? {} : { forwardDated }),
      }),
    ),
    ...earlier,
    ...commonKinds(register),
  ];
}

/**
 * Brings an event of any schema ever written to the current one, or as far as `to`: it says the same in each, and lacks what was added
 * since. A register that wrote a kind in another shape before has its own.
 * @throws RangeError for a kind that this version does not know: its record must not be read as though it were understood.
 */
export function upcastAmong<Event extends RecordEvent>(
  register: string,
  kinds: readonly EventKind[],
): (event: RecordEvent, to?: number) => Event {
  const known = new Set(kinds.map(({ type, schema }) => `${type}/${schema}`));
  const current = new Map<string, number>();
  for (const { type, schema } of kinds) current.set(type, Math.max(schema, current.get(type) ?? 0));
  return (one, to = current.get(one.type)) => {
    if (!known.has(`${one.type}/${one.schema}`) || to === undefined || to < one.schema)
      throw new RangeError(`${register} know no ${one.type} of schema ${one.schema} (event ${one.id})`);
    return (to === one.schema ? one : { ...one, schema: to }) as Event;
  };
}

/**
 * What a correction may change of the events of a register. Never a reference, nor what lies under the key of a person: the words of a
 * correction stand under a key of their own, and would outlive the erasure of the person.
 */
export function correctableIn(events: readonly EventDeclaration[]): {
  readonly [type: string]: readonly Correctable[];
} {
  const all = events.filter((one) => !isCommonFact(one)).map((one) => [one.type, correctableOf(one)] as const);
  return Object.fromEntries(all.filter(([, paths]) => paths.length > 0));
}

function correctableOf({ facts, texts }: EventDeclaration): readonly Correctable[] {
  const held = Object.entries(facts).filter(([, shape]) => shape.kind !== 'newReference' && !shape.fixed);
  const worded = Object.entries(texts).filter(([, shape]) => !shape.fixed);
  return [
    ...held.flatMap(([path, shape]) => [
      correctableAs(path, shape),
      // A due date of one form is corrected in place; as a whole it is turned into another form, or, when empty, into none.
      ...(shape.kind === 'due'
        ? ANCHORS.map((anchor) => correctableAs(`${path}.${anchor}`, { ...DUE_MEMBERS[anchor], kept: true }))
        : []),
    ]),
    ...worded.map(([path, shape]): Correctable =>
      shape.kind === 'words' && shape.rowsOf !== undefined
        ? { path, is: 'text', fits: fitsRows(shape, shape.rowsOf.field) }
        : { path, is: 'text' },
    ),
  ];
}

/** A line of it is of one row of the event. */
function fitsRows(shape: Words, field: string): NonNullable<Correctable['fits']> {
  return (text, { facts }) =>
    typeof text === 'string' ? whyNotLinesOf(shape, text, Array.isArray(facts[field]) ? facts[field].length : 0) : null;
}

/** There stay as many rows as there are lines of words for them. */
function keepsRows(path: string, shape: Rows): NonNullable<Correctable['fits']> {
  return (value, { facts, texts }) => {
    const isWorded = sealedColumns(shape).some(([column]) => Object.hasOwn(texts, textOfColumn(path, column)));
    const [before, after] = [facts[path], value].map((rows) => (Array.isArray(rows) ? rows.length : 0));
    return !isWorded || before === after
      ? null
      : `Each of these ${before} rows has words of its own, so a correction keeps as many. Take the entry back and record it anew.`;
  };
}

function correctableAs(path: string, shape: Shape): Correctable {
  return {
    path,
    is: (value) => whyNotHeld(shape, value),
    names: (value) => linksIn(shape, value, path),
    ...(shape.kind === 'rows' ? { fits: keepsRows(path, shape) } : {}),
  };
}
