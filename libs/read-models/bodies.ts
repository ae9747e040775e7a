import { sql } from 'kysely';
import { kindSpelt } from '../declarations/index.ts';
import { amend, asItStood, fold } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { recordsNaming } from './namings.ts';
import type { RecordProjection } from './projection.ts';
import { eventsAsOf, type RecordName } from './record-events.ts';
import { everyRecordOf, recordAsOf } from './record-states.ts';
import { belongsTo, EVERYTHING, illustrativeSeen, isMadeUp, isWithin, type Belonging, type Scope } from './scope.ts';
import { loaderOf, numberLookedAt, onceFor, opened, OpenView, registerOf, rowsOfAll } from './view.ts';

/*
 * Of which bodies a list is. Every list of every register is narrowed in the one way, in `rowsAsOf`, by what its view is of; and what belongs to an
 * illustrative body is in none, unless that body is named or asked for.
 */

/** Of which bodies a list is wanted. All that is given applies. */
export interface OfBodies {
  /** Of these alone. */
  readonly bodies?: readonly string[];
  /** Of the bodies that this one reads at the basis. */
  readonly readBy?: string;
  /** Of illustrative bodies alone, or of none. Absent: of those alone that are named. */
  readonly illustrative?: boolean;
}

/**
 * The view for a list of these bodies. A reference that a filter names (of a body, or of a record of one) names its body too: then it is in the list
 * although it is illustrative.
 * @param refs what the list is narrowed by otherwise: references, and words that may be one
 */
export async function viewOver(
  view: LedgerView,
  { bodies, readBy, illustrative }: OfBodies,
  refs: readonly string[] = [],
): Promise<LedgerView> {
  const isAsked = bodies !== undefined || readBy !== undefined || illustrative !== undefined;
  if (!isAsked && (refs.length === 0 || !hasIllustrative(view))) return view;
  const read = readBy === undefined ? undefined : await readByBody(view, readBy);
  const seen = bodies === undefined ? undefined : await seenAmong(view, bodies);
  const among = seen === undefined ? read : read === undefined ? seen : seen.filter((ref) => read.includes(ref));
  const named = illustrative === undefined ? await bodiesNamedBy(view, refs) : [];
  const isOf = { among: among ?? null, illustrative: illustrative ?? null, named: [...(among ?? []), ...named] };
  return scopedTo(view, isOf);
}

/** The same view, but for the bodies of which its lists are. */
function scopedTo(view: LedgerView, scope: Scope): LedgerView {
  const { basis, reader, point, answering, bandedBy } = opened(view);
  return new OpenView(basis, reader, point, answering, scope, bandedBy);
}

/** What is not for this reader finds what a reference of nothing finds. */
async function seenAmong(view: LedgerView, refs: readonly string[]): Promise<readonly string[]> {
  const isSeen = await Promise.all(refs.map((ref) => seesLink(view, ref)));
  return refs.filter((_, index) => isSeen[index]);
}

interface Reading {
  readonly record?: string;
  readonly reads?: readonly string[];
}

/** The bodies that a body reads at the basis, as far as the reader may see both. */
async function readByBody(view: LedgerView, ref: string): Promise<readonly string[]> {
  return kindSpelt(ref) === 'body' ? ((await recordAsOf<Reading>(view, 'directory', ref))?.state.reads ?? []) : [];
}

/** The bodies that references name: those to which what they are of belongs, and those that it reads. */
export async function bodiesNamedBy(view: LedgerView, refs: readonly string[]): Promise<readonly string[]> {
  if (!hasIllustrative(view)) return [];
  const named = [...new Set(refs)].filter((ref) => registerOf(view, ref) !== null);
  const each = named.map(async (ref) => [...(await bodiesOf(view, ref)), ...(await readByBody(view, ref))]);
  return (await Promise.all(each)).flat().filter((body) => body !== null);
}

/**
 * The bodies to which a record belongs at the basis; of one that was recorded by mistake, those to which it belonged. Not to be told as it is: a
 * reader may not see some of them. All that are asked for at once are the same few questions.
 */
export async function bodiesOf(view: LedgerView, ref: string): Promise<Belonging> {
  const register = registerOf(view, ref);
  if (register === null) return [];
  if (kindSpelt(ref) === 'person') return bodiesOfPersons(view).load(ref);
  const body = await bodiesOfRecords(view, register.name).load(ref);
  if (body !== undefined) return body === null ? [] : [body];
  const events = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  const before = belongsTo(register, fold(register, amend(register, asItStood(events))));
  return before === null ? [] : [before];
}

/** By the rows, which hold what a record says of itself, also where the body was recorded by mistake. Undefined for one that is not there. */
function bodiesOfRecords(view: LedgerView, register: string) {
  const projection = everyRecordOf(view, register);
  return loaderOf(view, projection.row, async (refs: readonly string[]) => {
    const found = await rowsOfAll(view, projection as RecordProjection, false, numberLookedAt('row.audiences'))
      .where(sql<boolean>`row.ref in (${sql.join(refs)})`)
      .select(sql<string>`row.ref`.as('ref'))
      .select(sql<string | null>`row.belongs_to`.as('body'))
      .execute();
    const bodies = new Map(found.map(({ ref, body }) => [ref, body]));
    return refs.map((ref) => bodies.get(ref));
  });
}

function bodiesOfPersons(view: LedgerView) {
  return loaderOf<string, Belonging>(view, bodiesOfPersons, async (refs) => {
    const naming = (await recordsNaming(view, refs)).filter(({ ref }) => kindSpelt(ref) === 'post');
    const posts = [...new Set(naming.map(({ ref }) => ref))];
    const bodies = new Map(await Promise.all(posts.map(async (post) => [post, await bodiesOf(view, post)] as const)));
    return refs.map((ref) =>
      naming.flatMap(({ ref: post, named }) => (named === ref ? (bodies.get(post)![0] ?? null) : [])),
    );
  });
}

/** Does the record belong to an illustrative body? As far as the reader may know. Nothing is asked as long as there is none. */
export async function isIllustrative(view: LedgerView, ref: string): Promise<boolean> {
  return hasIllustrative(view) && isMadeUp(opened(view), await bodiesOf(view, ref));
}

/**
 * The view for what is chosen from by hand, as in a form: lists leave out nothing, and whoever draws a choice says of it that it is illustrative.
 */
export function viewOfAll(view: LedgerView): LedgerView {
  if (!hasIllustrative(view)) return view;
  return onceFor(view, viewOfAll, () => scopedTo(view, { ...EVERYTHING, named: illustrativeSeen(opened(view)) }));
}

/** Are there illustrative bodies that the reader may know of? */
export function hasIllustrative(view: LedgerView): boolean {
  return illustrativeSeen(opened(view)).length > 0;
}

/** Those that are told on the page of a record: without what belongs to illustrative bodies, but for one that the record itself names. */
export async function toldBeside<One>(
  view: LedgerView,
  ref: string,
  all: readonly One[],
  nameOf: (one: One) => string,
): Promise<readonly One[]> {
  if (!hasIllustrative(view)) return all;
  const [named, ...bodies] = await Promise.all([
    bodiesNamedBy(view, [ref]),
    ...all.map((one) => bodiesOf(view, nameOf(one))),
  ]);
  return all.filter((_, index) => {
    const own = bodies[index]!;
    return !isMadeUp(opened(view), own) || own.some((body) => body !== null && named.includes(body));
  });
}

/** Those of what is listed otherwise than by the rows of a projection that are of the bodies of which the view's lists are. */
export async function withinBodies<One>(
  view: LedgerView,
  all: readonly One[],
  nameOf: (one: One) => Pick<RecordName, 'ref'>,
): Promise<readonly One[]> {
  const { among, illustrative } = opened(view).scope;
  if (among === null && illustrative === null && !hasIllustrative(view)) return all;
  const bodies = await Promise.all(all.map((one) => bodiesOf(view, nameOf(one).ref)));
  return all.filter((_, index) => isWithin(opened(view), bodies[index]!));
}
