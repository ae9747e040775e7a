import { sql, type RawBuilder } from 'kysely';
import type { LedgerView, Page, PageWanted } from './ledger-view.ts';
import { countsOf, cursorOf, firstOf, keysOfCursor } from './paging.ts';
import type { RecordName } from './record-events.ts';
import { placeAmongNaming } from './tables.ts';
import { askedApart, holdsAt, maySee, opened, setsSeenBy } from './view.ts';

/** A record that names another, and the fields of its state that do. */
export interface NamingRecord extends RecordName {
  readonly fields: readonly string[];
}

interface Found extends RecordName {
  readonly place: string;
  readonly named: string;
  readonly fields: string;
}

/**
 * The records whose state at the view's basis names that one, as far as its reader may see them: by register, then by reference. Whether
 * the reader may know of the one that is named is asked before. A page costs the same however many there are, and whatever is hidden.
 * @param register of this register alone
 */
export async function pageNaming(
  view: LedgerView,
  named: string,
  wanted: PageWanted & { readonly register?: string },
): Promise<Page<NamingRecord>> {
  const first = firstOf(wanted);
  const { register } = wanted;
  const after = wanted.after === undefined ? '' : (keysOfCursor(wanted.after, 1)[0] as string);
  const [from, to] = register === undefined ? ['', '~'] : [placeAmongNaming(register), `${register}!`];
  const inOrder = (set: number) =>
    sql`select * from (
      select place, register, ref, named, fields ${seenNaming(view, sql`= ${named}`, set)}
        and place > ${after > from ? after : from} and place < ${to} order by place limit ${first + 1})`;
  const pages = sql.join(setsSeenBy(view.reader).map(inOrder), sql` union all `);
  const [found, counts] = await Promise.all([
    asked<Found>(view, sql`select * from (${pages}) order by place limit ${first + 1}`),
    countNaming(view, named),
  ]);
  const edges = found.slice(0, first).map((one) => ({ cursor: cursorOf(one.place), node: recordIn(one) }));
  const totals = register === undefined ? [...counts.values()] : [counts.get(register) ?? 0];
  return {
    totalCount: totals.reduce((sum, count) => sum + count, 0),
    edges,
    hasNextPage: found.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** How many records of each register name that one at the basis: of those that have any, in their order. */
export async function countNaming(view: LedgerView, named: string): Promise<ReadonlyMap<string, number>> {
  const register = sql<string>`substr(place, 1, instr(place, ' ') - 1)`;
  const ofSet = (set: number) => sql`select ${register} as key ${seenNaming(view, sql`= ${named}`, set)}`;
  const all = sql.join(setsSeenBy(view.reader).map(ofSet), sql` union all `);
  const groups = await countsOf(
    view,
    compiled(view, sql`select key, count(*) as count from (${all}) group by key order by key`),
  );
  return new Map(groups.map(({ key, count }) => [key ?? '', count]));
}

/** All records that name one of these at the basis, each with the one that it names. */
export async function recordsNaming(
  view: LedgerView,
  refs: readonly string[],
): Promise<readonly (NamingRecord & { readonly named: string })[]> {
  if (refs.length === 0) return [];
  const ofSet = (set: number) =>
    sql`select place, register, ref, named, fields ${seenNaming(view, sql`in (${sql.join(refs)})`, set)}`;
  const found = await asked<Found>(view, sql`${sql.join(setsSeenBy(view.reader).map(ofSet), sql` union all `)}`);
  return found.map((one) => ({ ...recordIn(one), named: one.named }));
}

/** SQL: from what is for one set of audiences, so that what is hidden is not even passed over. */
function seenNaming(view: LedgerView, named: RawBuilder<unknown>, set: number): RawBuilder<unknown> {
  return sql`from namings where named ${named} and audiences = ${set} and ${holdsAt(opened(view).point, 'namings')}
    and ${maySee(opened(view), sql`${set}`, sql.ref('namings.record'))}`;
}

function recordIn({ register, ref, fields }: Found): NamingRecord {
  return { register, ref, fields: JSON.parse(fields) as readonly string[] };
}

function compiled(view: LedgerView, question: RawBuilder<unknown>) {
  const { query } = opened(view).answering.tables();
  return { compile: () => question.compile(query) };
}

function asked<Row>(view: LedgerView, question: RawBuilder<unknown>): Promise<readonly Row[]> {
  return askedApart<Row>(view, compiled(view, question));
}
