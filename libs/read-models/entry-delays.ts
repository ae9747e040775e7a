import { sql, type RawBuilder } from 'kysely';
import { kindSpelt } from '../declarations/index.ts';
import { daysBetween, type CivilDate, type EventId } from '../ledger/index.ts';
import { allowancesAt, type Allowance } from './allowances.ts';
import { withinBodies } from './bodies.ts';
import { dayNumberOf, dayOfNumber } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { isOfLinkToNothing } from './link-facts.ts';
import { seesLink } from './links.ts';
import { countsOf } from './paging.ts';
import type { RecordName } from './record-events.ts';
import { illustrativeSeen, isInScope } from './scope.ts';
import {
  isAmong,
  isEventKnownAt,
  isParkedAt,
  maySee,
  numberLookedAt,
  opened,
  setsSeenBy,
  type OpenView,
} from './view.ts';

/*
 * How long after it took effect each fact was entered, found by the days that stand in an index, without a look at what it says. Only records of which an event
 * takes something back or says another day of it are read: `entriesApart` names them, and `projections/record-history` decides. Every fact is found in one of
 * the two ways, and none in both.
 */

/** Which entries. All that is given applies. */
export interface EntriesWanted {
  /** Of records of this register. */
  readonly register?: string;
  /** Entered by this post. */
  readonly post?: string;
  /** Recorded on this day or later, and by this day, on the clock of the basis. */
  readonly recordedFrom?: CivilDate;
  readonly recordedTo?: CivilDate;
}

/** By what entries are counted: the post that entered them, the register of their record, or the month in which they were recorded. */
export type EntryGrouping = 'POST' | 'REGISTER' | 'MONTH';

/** So many entries of one group were recorded so many days after they took effect. */
export interface DelayCount {
  readonly key: string | null;
  readonly delayDays: number;
  readonly late: boolean;
  readonly count: number;
}

/** An entry by its place in the ledger. */
export interface EntryFound extends RecordName {
  readonly event: EventId;
  readonly sequence: number;
}

/** Of the entries that need no look at their records: how many there are with each delay, under each key. */
export async function delaysOfPlain(
  view: LedgerView,
  wanted: EntriesWanted,
  by: EntryGrouping | null,
): Promise<readonly DelayCount[]> {
  const plain = await plainEntries(view, wanted, false);
  if (plain === null) return [];
  const key = by === null ? sql`null` : KEYS[by];
  const counts = sql<{ key: string | null; delayDays: number; late: number; count: number }>`
    select ${key} as key, delay as "delayDays", late, count(*) as count from (${plain}) group by 1, 2, 3 order by 1, 2, 3`;
  const { answering } = opened(view);
  const found = await countsOf<Omit<DelayCount, 'late'> & { readonly late: number }>(view, {
    compile: () => counts.compile(answering.tables().query),
  });
  return found.map((one) => ({ ...one, late: one.late === 1 }));
}

/** Of the late entries that need no look at their records: how many there are, and the last of them before a place in the ledger, the latest first. */
export async function latePlain(
  view: LedgerView,
  wanted: EntriesWanted,
  { before, first }: { readonly before: number; readonly first: number },
): Promise<{ readonly count: number; readonly entries: readonly EntryFound[] }> {
  const plain = await plainEntries(view, wanted, true);
  if (plain === null) return { count: 0, entries: [] };
  const { answering } = opened(view);
  const asking = answering.tables().query;
  const count = sql<{ key: null; count: number }>`select null as key, count(*) as count from (${plain})`;
  const entries = sql<EntryFound>`
    select records.register, coalesce(records.ref, '') as ref, log_events.event, log_events.sequence
    from (select record, sequence from (${plain}) where sequence < ${before} order by sequence desc limit ${first}) as found
    join records on records.record = found.record join log_events on log_events.sequence = found.sequence
    order by found.sequence desc`;
  const [counts, found] = await Promise.all([
    countsOf(view, { compile: () => count.compile(asking) }),
    answering.tables().readApart<EntryFound>(entries.compile(asking)),
  ]);
  return { count: counts[0]?.count ?? 0, entries: found };
}

/**
 * The records that have to be read, of the bodies of which the view's lists are: of which something that the reader sees takes an entry back or gives it back, or
 * says another day of it. What they may not see makes none be read, which would take longer: but for what may have moved a record to another body, by whose
 * allowance they read.
 */
export async function entriesApart(view: LedgerView, register: string | undefined): Promise<readonly RecordName[]> {
  const of = opened(view);
  const question = sql<RecordName>`
    select records.register, records.ref from records
    where records.record in (${apartFrom(of)}) and records.ref is not null and ${sql.join(isTaken(of, register), sql` and `)}
    order by records.record`;
  const tables = of.answering.tables();
  return withinBodies(view, await tables.readApart<RecordName>(question.compile(tables.query)), (record) => record);
}

/** Does an entry count that was read: is it of the post, and recorded within the days that are wanted? The reader must see the post. Pure. */
export function isWanted(
  { post, recordedFrom, recordedTo }: EntriesWanted,
  entry: { readonly post: string | null; readonly recordedOn: CivilDate },
): boolean {
  return (
    (post === undefined || entry.post === post) &&
    (recordedFrom === undefined || entry.recordedOn >= recordedFrom) &&
    (recordedTo === undefined || entry.recordedOn <= recordedTo)
  );
}

/** The month of a day, as entries are counted under it. */
export function monthOf(day: CivilDate): string {
  return day.slice(0, 7);
}

const DAYS_BEFORE_1970 = daysBetween(dayOfNumber(1), '1970-01-01') + 1;
const KEYS: { readonly [by in EntryGrouping]: RawBuilder<unknown> } = {
  POST: sql`entered_by`,
  REGISTER: sql`register`,
  MONTH: sql`strftime('%Y-%m', (recorded_on - ${sql.raw(String(DAYS_BEFORE_1970))}) * 86400, 'unixepoch')`,
};

/** SQL: the entries that need no look at their records, each with its delay; null where nobody may know of any. */
async function plainEntries(
  view: LedgerView,
  wanted: EntriesWanted,
  lateAlone: boolean,
): Promise<RawBuilder<unknown> | null> {
  const { post, recordedFrom, recordedTo } = wanted;
  // What is entered by a post that the reader may not see is entered by nobody whom they could ask for.
  if (post !== undefined && !(await seesLink(view, post))) return null;
  const [within, allowances] = await Promise.all([isOfTheBodies(view), allowancesAt(view)]);
  const of = opened(view);
  const on = of.point.clock === 'PROVEN' ? sql`events.recorded_on` : sql`events.known_on`;
  const late = sql`(${on} - events.effective > ${allowedDays(of, allowances, on)})`;
  const conditions = [
    sql`events.effective <= ${of.point.day}`,
    isEventKnownAt(of.point, 'events'),
    sql`events.record not in (${apartFrom(of)})`,
    ...isTaken(of, wanted.register),
    ...(within === null ? [] : [within]),
    ...(post === undefined ? [] : [sql`events.entered_by = ${post}`]),
    ...(recordedFrom === undefined ? [] : [sql`${on} >= ${dayNumberOf(recordedFrom)}`]),
    ...(recordedTo === undefined ? [] : [sql`${on} <= ${dayNumberOf(recordedTo)}`]),
    ...(lateAlone ? [late] : []),
    // Whoever may see everything is told of every link.
    ...(of.reader.audience === 'full' ? [] : [sql`events.sequence not in (${linksToNothing(of)})`]),
  ];
  const each = setsSeenBy(of.reader).map(
    (set) => sql`
    select events.record, events.sequence, events.entered_by, records.register, ${on} as recorded_on, ${on} - events.effective as delay, ${late} as late
    from record_events as events join records on records.record = events.record
    where events.audiences = ${sql.raw(String(set))} and ${maySee(of, sql.raw(String(set)), sql.ref('events.record'))}
      and ${sql.join(conditions, sql` and `)}`,
  );
  return sql.join(each, sql` union all `);
}

/** SQL: after how many days an entry is late that was recorded on a day: the register's own, where no allowance of the body of its record is in force. */
function allowedDays(view: OpenView, allowances: readonly Allowance[], on: RawBuilder<unknown>): RawBuilder<unknown> {
  const own = new Map(view.answering.registers.map(({ name, lateAfterDays }) => [name, lateAfterDays]));
  const special = allowances.flatMap(({ register, body, turns }) => {
    if (turns.length === 0) return [];
    const steps = turns.toReversed().map(({ from, days }) => sql`when ${on} >= ${dayNumberOf(from)} then ${days}`);
    return [
      sql`when records.register = ${register} and records.belongs_to = ${body}
        then case ${sql.join(steps, sql` `)} else ${own.get(register)} end`,
    ];
  });
  const each = [...own].map(([register, days]) => sql`when records.register = ${register} then ${days}`);
  return sql`case ${sql.join([...special, ...each], sql` `)} end`;
}

/** SQL: are entries of that record taken at all? Not what cannot be read whole. */
function isTaken({ point }: OpenView, register: string | undefined): readonly RawBuilder<unknown>[] {
  const whole = sql`records.record not in (select parked.record from parked where ${isParkedAt(point)})`;
  return register === undefined ? [whole] : [whole, sql`records.register = ${register}`];
}

/** SQL: as {@link isInScope} of what a record belongs to, and a person to the bodies of the posts that they hold; null where every record is. */
async function isOfTheBodies(view: LedgerView): Promise<RawBuilder<boolean> | null> {
  const of = opened(view);
  const { among, illustrative } = of.scope;
  const within = isInScope(of, sql.ref('records.belongs_to'));
  if (within === null) return null;
  const isPerson = (refs: readonly string[]) =>
    sql`(records.register = 'directory' and ${isAmong(sql.ref('records.ref'), refs)})`;
  if (among === null && illustrative !== true) {
    const left = await personsOf(view, illustrativeSeen(of), false);
    return sql<boolean>`(${within} and not ${isPerson(left)})`;
  }
  const persons = await personsOf(view, among ?? illustrativeSeen(of), true);
  return sql<boolean>`(${within} or ${isPerson(persons)})`;
}

/** The persons who hold posts of these bodies that the reader may see, those that are in the view's lists or those that are not. */
async function personsOf(view: LedgerView, bodies: readonly string[], areWithin: boolean): Promise<readonly string[]> {
  if (bodies.length === 0) return [];
  const found = await opened(view)
    .answering.tables()
    .query.selectFrom('namings')
    .innerJoin('records', 'records.record', 'namings.record')
    .select('namings.named as ref')
    .distinct()
    .where('records.belongs_to', 'in', bodies)
    .where(maySee(opened(view), numberLookedAt('namings.audiences'), sql.ref('namings.record')))
    .execute();
  const persons = found.filter(({ ref }) => kindSpelt(ref) === 'person');
  const within = new Set(await withinBodies(view, persons, (person) => person));
  return persons.flatMap((person) => (within.has(person) === areWithin ? [person.ref] : []));
}

/** SQL: the records of which the events have to be read, whatever is known of that at the basis: `records` says of all of a record what it is now. */
function apartFrom(view: OpenView): RawBuilder<unknown> {
  const mayMove = view.answering.registers.filter(({ correctable }) =>
    Object.values(correctable).some((paths) => paths?.some(({ path }) => path === 'body')),
  );
  const names = mayMove.map(({ name }) => name);
  return sql`select fact.record from facts_apart as fact
    join record_events as why on why.record = fact.record and why.sequence = fact.sequence
    where fact.does in ('VOIDS', 'DATES') and ${maySee(view, numberLookedAt('why.audiences'), sql.ref('why.record'))}
    union select fact.record from facts_apart as fact join records as amended on amended.record = fact.record
    where fact.does = 'AMENDS' and ${isAmong(sql.ref('amended.register'), names)}`;
}

/** SQL: the entries that made or ended a link to what the reader may not see. */
function linksToNothing(view: OpenView): RawBuilder<unknown> {
  return sql`select record_events.sequence from facts_apart as linking
    join record_events on record_events.record = linking.record and record_events.sequence = linking.sequence
    where linking.does = 'LINKS' and ${maySee(view, numberLookedAt('record_events.audiences'), sql.ref('record_events.record'))}
      and ${isOfLinkToNothing(view, view.point)}`;
}
