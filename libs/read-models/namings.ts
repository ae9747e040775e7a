import { sql, type RawBuilder } from 'kysely';
import { seriesIn } from '../declarations/index.ts';
import type { LedgerView, Page, PageWanted } from './ledger-view.ts';
import { fieldOfLink, seesLink } from './links.ts';
import { illustrativeSeen, isNotLeftOut } from './scope.ts';
import { countsOf, cursorOf, firstOf, keysOfCursor } from './paging.ts';
import type { RecordName } from './record-events.ts';
import type { RecordProjection } from './projection.ts';
import { everyRecordOf, type OtherRecords } from './record-states.ts';
import { groupAmongNaming } from './tables.ts';
import { askedApart, holdsAt, maySee, namingsByName, numberLookedAt, opened, rowsOfAll, setsSeenBy } from './view.ts';

/** A record that names another, and the fields of its state that do. */
export interface NamingRecord extends RecordName {
  readonly fields: readonly string[];
}

interface Found extends RecordName {
  readonly place: string;
  readonly named: string;
  readonly fields: string;
}

/** Which of those that name a record are asked for: those of a register, or those that name it under these very fields. */
export interface NamingGroup {
  readonly register: string;
  readonly fields?: readonly string[];
}

/**
 * The records whose state at the view's basis names that one, as far as its reader may see them: by register, then by the fields that do,
 * then by reference. Whether the reader may know of the one that is named is asked before. A page costs the same however many there are, and
 * whatever is hidden.
 * @param wanted `groups`: of these alone; `bodies`: those that the one that is named names, so that they are in it though illustrative
 */
export async function pageNaming(
  view: LedgerView,
  named: string,
  wanted: PageWanted & { readonly groups?: readonly NamingGroup[]; readonly bodies: readonly string[] },
): Promise<Page<NamingRecord>> {
  const first = firstOf(wanted);
  const after = wanted.after === undefined ? '' : (keysOfCursor(wanted.after, 1)[0] as string);
  const ranges = wanted.groups?.map(rangeOf) ?? [['', '~'] as const];
  const among = amongNaming(view, wanted.bodies);
  const inOrder = (set: number, [from, to]: Range) =>
    sql`select * from (
      select place, register, ref, named, fields ${seenNaming(view, sql`= ${named}`, set)} ${among}
        and place > ${after > from ? after : from} and place < ${to} order by place limit ${first + 1})`;
  const pages = setsSeenBy(view.reader).flatMap((set) => ranges.map((range) => inOrder(set, range)));
  const [found, counts] = await Promise.all([
    pages.length === 0
      ? []
      : asked<Found>(view, sql`select * from (${sql.join(pages, sql` union all `)}) order by place limit ${first + 1}`),
    countsNaming(view, named, wanted.bodies),
  ]);
  const edges = found.slice(0, first).map((one) => ({ cursor: cursorOf(one.place), node: recordIn(one) }));
  const isWanted = (group: string) => ranges.some(([from, to]) => from <= `${group} ` && `${group} ` < to);
  return {
    totalCount: counts.reduce((sum, { key, count }) => sum + (isWanted(key) ? count : 0), 0),
    edges,
    hasNextPage: found.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/**
 * The numbers of the records of a register whose state at the basis names that other one under one of these fields, as far as the reader may
 * see them. Found by the name, so that it costs no more than there are such.
 */
export async function recordsUnder(
  view: LedgerView,
  named: string,
  register: string,
  fields: readonly string[],
): Promise<readonly number[]> {
  const [from, to] = rangeOf({ register });
  // They are kept as JSON.
  const isOne = sql.join(
    fields.map((field) => sql`instr(fields, ${JSON.stringify(field)}) > 0`),
    sql` or `,
  );
  const ofSet = (set: number) =>
    sql`select namings.record ${seenNaming(view, sql`= ${named}`, set)} and place > ${from} and place < ${to} and (${isOne})`;
  const found = await asked<{ readonly record: number }>(
    view,
    sql`${sql.join(setsSeenBy(view.reader).map(ofSet), sql` union all `)}`,
  );
  return found.map(({ record }) => record);
}

/** How many records name that one at the basis, for each register and the fields that do. */
export async function countNaming(
  view: LedgerView,
  named: string,
  bodies: readonly string[],
): Promise<readonly (Required<NamingGroup> & { readonly count: number })[]> {
  return (await countsNaming(view, named, bodies)).map(({ key, count }) => {
    const [register = '', fields = ''] = key.split(' ');
    return { register, fields: fields.split('+'), count };
  });
}

type Range = readonly [after: string, before: string];

/** A space comes before all that may stand in a name, and nothing else between the two of these. */
function rangeOf({ register, fields }: NamingGroup): Range {
  const beginning = fields === undefined ? register : groupAmongNaming(register, fields);
  return [`${beginning} `, `${beginning}!`];
}

async function countsNaming(
  view: LedgerView,
  named: string,
  bodies: readonly string[],
): Promise<readonly { readonly key: string; readonly count: number }[]> {
  // Register and fields: up to the second space.
  const rest = sql`instr(place, ' ')`;
  const group = sql<string>`substr(place, 1, ${rest} + instr(substr(place, ${rest} + 1), ' ') - 1)`;
  const among = amongNaming(view, bodies);
  const ofSet = (set: number) => sql`select ${group} as key ${seenNaming(view, sql`= ${named}`, set)} ${among}`;
  const all = sql.join(setsSeenBy(view.reader).map(ofSet), sql` union all `);
  const question = compiled(view, sql`select key, count(*) as count from (${all}) group by key order by key`);
  return (await countsOf(view, question)).map(({ key, count }) => ({ key: key ?? '', count }));
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

/** SQL: without those of illustrative bodies, but for these. */
function amongNaming(view: LedgerView, bodies: readonly string[]): RawBuilder<unknown> {
  const within = isNotLeftOut(opened(view), sql.ref('namings.record'), bodies);
  return within === null ? sql`` : sql`and ${within}`;
}

/** SQL: from what is for one set of audiences, so that what is hidden is not even passed over. */
function seenNaming(view: LedgerView, named: RawBuilder<unknown>, set: number): RawBuilder<unknown> {
  return sql`from namings where named ${named} and audiences = ${set} and ${holdsAt(opened(view).point, 'namings')}
    and ${maySee(opened(view), sql`${set}`, sql.ref('namings.record'))}`;
}

/** At most so many records of one name: it is no name then. */
const MOST_OF_ONE_NAME = 50;

/** The records that are known under that very name at the view's basis, by register and reference: names need not be unique. */
export async function recordsCalled(view: LedgerView, name: string): Promise<readonly RecordName[]> {
  const found = await asked<Found>(
    view,
    sql`select place, register, ref, named, fields ${namingsByName(view, name)} order by place limit ${MOST_OF_ONE_NAME}`,
  );
  return found
    .filter(({ ref }, index) => ref !== found[index - 1]?.ref)
    .map(({ register, ref }) => ({ register, ref }));
}

/** A link that leads to a record, at the basis. */
export interface LinkFrom extends RecordName {
  readonly as: string;
  /** The record to which it leads. */
  readonly to: string;
}

/** At most so many that lead to one record, in the order of {@link pageNaming}: that has them all. */
const MOST_TO_ONE = 500;

/** The links that lead to these records, as far as the reader may see from where. One question for all; nothing else that names them is read. */
export async function linksTo(view: LedgerView, refs: readonly string[]): Promise<readonly LinkFrom[]> {
  if (refs.length === 0) return [];
  const { answering } = opened(view);
  const ranges = answering.registers.map(({ name }): Range => {
    const beginning = groupAmongNaming(name, [fieldOfLink('')]);
    return [beginning, `${beginning}~`];
  });
  const of = (set: number) =>
    ranges.map(
      ([from, to]) => sql`select place, register, ref, named, fields
        ${seenNaming(view, sql`in (${sql.join(refs)})`, set)} and place > ${from} and place < ${to}`,
    );
  const all = sql.join(setsSeenBy(view.reader).flatMap(of), sql` union all `);
  const found = await asked<Found>(
    view,
    sql`select place, register, ref, named, fields from (
      select *, row_number() over (partition by named order by place) as number from (${all}))
      where number <= ${MOST_TO_ONE} order by place`,
  );
  return found.map((one) => {
    const [field = ''] = recordIn(one).fields;
    return { register: one.register, ref: one.ref, to: one.named, as: field.slice(fieldOfLink('').length) };
  });
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

/** Which links of a record are asked for: those that it has to others, or those that others have to it. */
export interface LinksWanted {
  readonly register: string;
  readonly saidIn: 'ITSELF' | 'THE_OTHER';
  /** What one is to the other. Default: whatever it is. */
  readonly as?: string;
  /** The register of which the other one is. Default: whichever. */
  readonly other?: string | undefined;
}

/**
 * SQL: 1 for a row of that register whose record has such a link, as far as the reader may see both ends, else 0. A link to what they may
 * not see is a link to nothing. One question for all links that may have to be left out.
 */
export async function isLinkedHere(
  view: LedgerView,
  { register, saidIn, as, other }: LinksWanted,
): Promise<RawBuilder<number>> {
  const { answering } = opened(view);
  const seen = isLinkSeen(view, as);
  const isOfLists = amongNaming(view, opened(view).scope.named);
  if (saidIn === 'THE_OTHER') {
    const isOfOther = other === undefined ? sql`` : sql`and namings.register = ${other}`;
    return sql`case when exists (select 1 from namings where namings.named = row.ref ${isOfOther} and ${seen} ${isOfLists})
      then 1 else 0 end`;
  }
  const all = answering
    .tables()
    .query.selectFrom('namings')
    .select('namings.named')
    .distinct()
    .where('namings.register', '=', register)
    .where(sql<boolean>`${seen}`);
  const named = (await askedApart<{ readonly named: string }>(view, all))
    .map((one) => one.named)
    .filter((ref) => other === undefined || seriesIn(other, ref) !== null);
  const isSeen = await Promise.all(named.map((ref) => seesLink(view, ref)));
  const kept = named.filter((_, index) => isSeen[index]);
  const among = kept.length === 0 ? sql`1 = 0` : sql`namings.named in (${sql.join(kept)})`;
  return sql`case when exists (select 1 from namings where namings.record = row.record and ${among} and ${seen}) then 1 else 0 end`;
}

/** SQL: is a naming a link, as whatever or as that, which holds at the basis and of which the reader may see the record that has it? */
function isLinkSeen(view: LedgerView, as?: string): RawBuilder<unknown> {
  const linked =
    as === undefined ? sql`namings.fields like '["linked.%'` : sql`namings.fields = ${`["${fieldOfLink(as)}"]`}`;
  return sql`${linked} and ${holdsAt(opened(view).point, 'namings')}
    and ${maySee(opened(view), numberLookedAt('namings.audiences'), sql.ref('namings.record'))}`;
}

/**
 * SQL: is the record of a row of that register linked to one of those others, whichever of the two says so, as far as the reader may see both
 * ends and the link? Asked within the question for the rows, so that it is no question more. What belongs to illustrative bodies counts for what
 * belongs to such bodies alone, and otherwise it does not matter of which bodies the list is.
 */
export function isLinkedToOneOf(
  view: LedgerView,
  register: string,
  { register: other, column, among }: OtherRecords,
): RawBuilder<boolean> {
  const projection = everyRecordOf(view, other);
  if (!Object.hasOwn(projection.columns, column)) throw new TypeError(`rows of ${other} have no ${column}`);
  const others = (within: RawBuilder<boolean> | null) => {
    const rows = rowsOfAll(view, projection as RecordProjection, true).where(
      sql<boolean>`${sql.ref(`row.${column}`)} in (${sql.join(among)})`,
    );
    return (within === null ? rows : rows.where(within))
      .select(sql<number>`row.record`.as('record'))
      .select(sql<string>`row.ref`.as('ref'));
  };
  const seen = isLinkSeen(view);
  const isAmong = (within: RawBuilder<boolean> | null) => sql<boolean>`row.ref in (
    select namings.named from ${others(within)} as other
      join namings on namings.record = other.record where ${seen}
    union select namings.ref from ${others(within)} as other
      join namings on namings.named = other.ref where namings.register = ${register} and ${seen})`;
  const madeUp = illustrativeSeen(opened(view));
  if (madeUp.length === 0) return isAmong(null);
  const belongs = sql`row.belongs_to in (${sql.join(madeUp)})`;
  return sql<boolean>`(${isAmong(sql<boolean>`not coalesce(${belongs}, 0)`)} or (coalesce(${belongs}, 0) and ${isAmong(null)}))`;
}
