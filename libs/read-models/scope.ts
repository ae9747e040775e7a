import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '../access/index.ts';
import type { Register } from '../ledger/index.ts';
import { AUDIENCE_BIT } from './projection.ts';
import type { IllustrativeBody } from './tables.ts';

/** Of which bodies the lists of a view are, resolved to references. See `bodies.ts`, which makes it of what is asked. */
export interface Scope {
  /** Of these bodies alone; null: of all. */
  readonly among: readonly string[] | null;
  /** Of illustrative bodies alone, or of none; null: of those that are named. */
  readonly illustrative: boolean | null;
  /** Bodies that what is asked for names. */
  readonly named: readonly string[];
}

/** What is asked of a view about it. */
interface Scoped {
  readonly scope: Scope;
  readonly reader: Reader;
  readonly answering: { illustrative(): readonly IllustrativeBody[]; withheld(): readonly number[] };
}

/** What every list is of, where nothing is asked: everything but what belongs to illustrative bodies. */
export const EVERYTHING: Scope = { among: null, illustrative: null, named: [] };

/**
 * The body to which a record belongs: the one rule. An action, a document or a recommendation of a meeting is opened for the body that meets,
 * so it belongs to that. Pure.
 */
export function belongsTo<State>(register: Pick<Register<State>, 'bodyOf' | 'belongsTo'>, state: State): string | null {
  return (register.belongsTo ?? register.bodyOf)?.(state) ?? null;
}

/**
 * The illustrative bodies that the reader may know of, whatever the basis: what was added as illustrative is so for ever, also where it was
 * recorded by mistake, so that nothing of it gets into a real figure then. One that is hidden from the reader is none: its records read as those
 * of no body do.
 */
export function illustrativeSeen({ answering, reader }: Pick<Scoped, 'answering' | 'reader'>): readonly string[] {
  const all = answering.illustrative();
  if (all.length === 0) return [];
  const withheld = reader.audience === 'full' ? [] : answering.withheld();
  return all
    .filter(({ record, audiences }) => (audiences & AUDIENCE_BIT[reader.audience]) !== 0 && !withheld.includes(record))
    .map(({ ref }) => ref);
}

/**
 * The bodies to which a record belongs: one at most, but for a person, who belongs to those of the posts that they hold or held. Null stands for
 * that of a post that belongs to none.
 */
export type Belonging = readonly (string | null)[];

/** Does a record of these bodies belong to illustrative ones, and to no other? */
export function isMadeUp(view: Scoped, bodies: Belonging): boolean {
  const madeUp = illustrativeSeen(view);
  return bodies.length > 0 && bodies.every((body) => body !== null && madeUp.includes(body));
}

/** Is a record of these bodies in the lists of the view? */
export function isWithin(view: Scoped, bodies: Belonging): boolean {
  const { among, illustrative, named } = view.scope;
  const isOneOf = (refs: readonly string[]) => bodies.some((body) => body !== null && refs.includes(body));
  if (among !== null && !isOneOf(among)) return false;
  if (illustrative !== null) return isMadeUp(view, bodies) === illustrative;
  return !isMadeUp(view, bodies) || isOneOf(named);
}

/**
 * SQL: is the record with that number in lists that are narrowed by nothing but who may see it? Not where it belongs to an illustrative body that is
 * not among these. Null where every record is.
 */
export function isNotLeftOut(
  view: Scoped,
  record: RawBuilder<unknown>,
  named = view.scope.named,
): RawBuilder<boolean> | null {
  const left = illustrativeSeen(view).filter((ref) => !named.includes(ref));
  if (left.length === 0) return null;
  return sql<boolean>`${record} not in (select records.record from records where records.belongs_to in (${sql.join(left)}))`;
}

/** SQL: the same of rows that belong to one body or to none; null where every row is. */
export function isInScope(view: Scoped, body: RawBuilder<unknown>): RawBuilder<boolean> | null {
  const { among, illustrative, named } = view.scope;
  const madeUp = illustrativeSeen(view);
  const isOneOf = (refs: readonly string[]) =>
    refs.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`${body} in (${sql.join(refs)})`;
  const conditions: RawBuilder<boolean>[] = [];
  if (among !== null) conditions.push(isOneOf(among));
  if (illustrative === true) conditions.push(isOneOf(madeUp));
  const left = illustrative === true ? [] : madeUp.filter((ref) => illustrative === false || !named.includes(ref));
  if (left.length > 0) conditions.push(sql<boolean>`(${body} is null or ${body} not in (${sql.join(left)}))`);
  return conditions.length === 0 ? null : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
