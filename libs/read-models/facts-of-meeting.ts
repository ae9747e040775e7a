import { sql, type RawBuilder } from 'kysely';
import { kindSpelt } from '../declarations/index.ts';
import {
  earlier,
  instantOf,
  millisecondsOf,
  type CivilDate,
  type CutOff,
  type EventId,
  type Instant,
} from '../ledger/index.ts';
import type { PointOfMeeting } from './at-meeting.ts';
import { lastRecordedBy } from './basis.ts';
import { hasIllustrative, withinBodies } from './bodies.ts';
import { dayNumberOf } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { countsOf } from './paging.ts';
import type { RecordName } from './record-events.ts';
import { illustrativeSeen, isNotLeftOut } from './scope.ts';
import type { FactApartRow } from './tables.ts';
import { isParkedAt, maySee, numberLookedAt, opened, setsSeenBy, type OpenView } from './view.ts';

/*
 * Where the facts stand that a meeting was told, or was not: found by the days on which they took effect and by when they were recorded, without a look
 * at what they say. That is enough for most. Those of which a later fact says something, or that a reader may not be told of, have their record read:
 * `factsApart` names it, and `projections/record-history` decides. Every fact is found in one of the two ways, and none in both.
 */

/**
 * Which facts: told by the cut-off; recorded since and effective by the day of the cut-off; recorded since and effective after it, by the meeting's day. And what was
 * entered near the cut-off: of those that were told, what was recorded within a day before it; and all that was recorded since, by the meeting's day.
 */
export type PlainList = 'TOLD' | 'NOT_TOLD' | 'SINCE_THE_PAPERS' | 'WITHIN_A_DAY_BEFORE' | 'AFTER_THE_CUT_OFF';

const A_DAY_MS = 24 * 60 * 60 * 1000;

/** A day before a cut-off: what was recorded after it was recorded within a day before the cut-off. */
export function dayBefore({ recorded }: CutOff): Instant {
  return instantOf(millisecondsOf(recorded) - A_DAY_MS);
}

function isTold(list: PlainList): boolean {
  return list === 'TOLD' || list === 'WITHIN_A_DAY_BEFORE';
}

export interface FactsWanted {
  /** The meeting, and when it was. */
  readonly meeting: string;
  readonly point: PointOfMeeting;
  /** Of this register alone. */
  readonly register?: string;
}

/** A fact by its place in the ledger. */
export interface FactFound extends RecordName {
  readonly event: EventId;
  readonly sequence: number;
}

/** Of the facts that need no look at their records: how many there are, and the first of them after a place in the ledger. */
export async function plainFacts(
  view: LedgerView,
  wanted: FactsWanted,
  list: PlainList,
  { after, first }: { readonly after: number; readonly first: number },
): Promise<{ readonly count: number; readonly facts: readonly FactFound[] }> {
  const [within, leftOut] = await Promise.all([boundsOf(view, wanted.point.cutOff), personsLeftOut(view)]);
  const rest = sql.join(
    [
      daysOf(list, wanted.point),
      ...isTaken(opened(view), wanted, leftOut),
      sql`events.sequence not in (select questionable.sequence from questionable where questionable.name = ${wanted.meeting})`,
      sql`events.record not in (${apartFrom(opened(view), list, wanted.point, within)})`,
    ],
    sql` and `,
  );
  const each = eachOf(opened(view), list, within);
  const counted = each.map((one) => sql`select count(*) as many from ${one} and ${rest}`);
  // Each in the order of its index, to the end of the page and no further.
  const listed = each.map(
    (one) => sql`select * from (
      select events.record, events.sequence from ${one} and ${rest} and events.sequence > ${after}
      order by events.sequence limit ${first})`,
  );
  const count = sql<{ key: null; count: number }>`
    select null as key, sum(many) as count from (${sql.join(counted, sql` union all `)}) as counts`;
  const facts = sql<FactFound>`
    select records.register, coalesce(records.ref, '') as ref, log_events.event, log_events.sequence
    from (${sql.join(listed, sql` union all `)}) as found
    join records on records.record = found.record join log_events on log_events.sequence = found.sequence
    order by found.sequence limit ${first}`;
  const { answering } = opened(view);
  const asking = answering.tables().query;
  const [counts, found] = await Promise.all([
    countsOf(view, { compile: () => count.compile(asking) }),
    answering.tables().readApart<FactFound>(facts.compile(asking)),
  ]);
  return { count: counts[0]?.count ?? 0, facts: found };
}

/**
 * The records that have to be read for a list: in which something that the reader sees may have made a fact told or not told that its day does not tell.
 * What they may not see makes none be read: that would take longer.
 */
export async function factsApart(
  view: LedgerView,
  wanted: FactsWanted,
  list: PlainList | 'RESTATED_SINCE',
): Promise<readonly RecordName[]> {
  const [within, leftOut] = await Promise.all([boundsOf(view, wanted.point.cutOff), personsLeftOut(view)]);
  const apart =
    list === 'RESTATED_SINCE'
      ? amendedSince(opened(view), within)
      : apartFrom(opened(view), list, wanted.point, within);
  const question = sql<RecordName>`
    select distinct events.register, events.ref from (
      select records.record, records.register, records.ref from records
      where records.record in (${apart}) and records.ref is not null) as events
    where ${sql.join(isTaken(opened(view), wanted, leftOut), sql` and `)}
    order by events.record`;
  const { answering } = opened(view);
  return answering.tables().readApart<RecordName>(question.compile(answering.tables().query));
}

/** By when facts were recorded, as places in the ledger; and as instants, for those of which an import states the day. */
interface Recorded {
  /** The last that the ledger itself had recorded by the cut-off, and by the basis. */
  readonly cutOff: number;
  readonly known: number;
  readonly cutOffAt: Instant;
  readonly knownAt: Instant;
  /** A day before the cut-off. */
  readonly dayBefore: number;
  readonly dayBeforeAt: Instant;
}

async function boundsOf(view: LedgerView, cutOff: CutOff): Promise<Recorded> {
  const { answering, point } = opened(view);
  const by = async (instant: Instant) => {
    const at = earlier(instant, point.recorded);
    return [Math.min(point.recordedSequence, await lastRecordedBy(answering, at)), at] as const;
  };
  const [[last, lastAt], [first, firstAt]] = await Promise.all([by(cutOff.recorded), by(dayBefore(cutOff))]);
  return {
    ...{ cutOff: last, cutOffAt: lastAt, dayBefore: first, dayBeforeAt: firstAt },
    ...{ known: point.recordedSequence, knownAt: point.recorded },
  };
}

function daysOf(list: PlainList, { day, cutOff }: PointOfMeeting): RawBuilder<unknown> {
  const by = (last: CivilDate) => sql`events.effective <= ${dayNumberOf(last)}`;
  if (list !== 'NOT_TOLD' && list !== 'SINCE_THE_PAPERS') return by(day);
  if (list === 'NOT_TOLD') return by(cutOff.effective);
  return sql`${by(day)} and events.effective > ${dayNumberOf(cutOff.effective)}`;
}

/**
 * SQL: events recorded by the cut-off, or since, that the reader may see, each followed by what narrows them further. One for each set of audiences, so
 * that each is found in the order of the ledger; and on the stated clock those apart of which an import states the day.
 */
function eachOf(view: OpenView, list: PlainList, within: Recorded) {
  const { point, reader } = view;
  const [after, by] = isTold(list) ? (['dayBefore', 'cutOff'] as const) : (['cutOff', 'known'] as const);
  const native =
    list === 'TOLD'
      ? sql`events.sequence <= ${within.cutOff}`
      : sql`events.sequence > ${within[after]} and events.sequence <= ${within[by]}`;
  const stated =
    list === 'TOLD'
      ? sql`events.known_at <= ${within.cutOffAt}`
      : sql`events.known_at > ${within[`${after}At`]} and events.known_at <= ${within[`${by}At`]}`;
  return setsSeenBy(reader).flatMap((set) => {
    const of = sql`record_events as events where events.audiences = ${sql.raw(String(set))}
      and ${maySee(view, sql.raw(String(set)), sql.ref('events.record'))}`;
    return point.clock === 'PROVEN'
      ? [sql`${of} and ${native}`]
      : [
          sql`${of} and events.imported = 0 and ${native}`,
          sql`${of} and events.imported = 1 and events.sequence <= ${point.sequence} and ${stated}`,
        ];
  });
}

/**
 * SQL: are facts of that record taken at all? Not those of the meeting, of what was raised at it or of what cannot be read whole, nor what belongs to an
 * illustrative body that the view does not name.
 */
function isTaken(
  view: OpenView,
  { meeting, register }: FactsWanted,
  leftOut: readonly string[],
): readonly RawBuilder<unknown>[] {
  const record = sql.ref('events.record');
  const isOf = (refs: readonly string[], of: string) =>
    sql`${record} in (select records.record from records where records.register = ${of} and records.ref in (${sql.join(refs)}))`;
  const isLeft = isNotLeftOut(view, record);
  return [
    sql`not ${isOf([meeting], 'meetings')}`,
    sql`${record} not in (${raisedAt(meeting)})`,
    sql`${record} not in (select parked.record from parked where ${isParkedAt(view.point)})`,
    ...(leftOut.length === 0 ? [] : [sql`not ${isOf(leftOut, 'directory')}`]),
    ...(register === undefined
      ? []
      : [sql`${record} in (select records.record from records where records.register = ${register})`]),
    ...(isLeft === null ? [] : [isLeft]),
  ];
}

/** The persons who belong to illustrative bodies alone, of which the list is not: a person belongs to those of the posts that they hold. */
async function personsLeftOut(view: LedgerView): Promise<readonly string[]> {
  if (!hasIllustrative(view)) return [];
  const { answering, scope } = opened(view);
  const bodies = illustrativeSeen(opened(view)).filter((ref) => !scope.named.includes(ref));
  if (bodies.length === 0) return [];
  const found = await answering
    .tables()
    .query.selectFrom('namings')
    .innerJoin('records', 'records.record', 'namings.record')
    .select('namings.named as ref')
    .distinct()
    .where('records.belongs_to', 'in', bodies)
    .execute();
  const persons = found.filter(({ ref }) => kindSpelt(ref) === 'person');
  const within = new Set(await withinBodies(view, persons, (person) => person));
  return persons.flatMap((person) => (within.has(person) ? [] : [person.ref]));
}

/** SQL: the records of which the opening fact says that they were raised at the meeting. Whatever names it ever is found among what names it now. */
function raisedAt(meeting: string): RawBuilder<unknown> {
  return sql`select namings.record from namings join log_events on log_events.sequence = namings.record
    where namings.named = ${meeting} and json_extract(log_events.body, '$.facts.meeting') = ${meeting}`;
}

/** SQL: of which records a list has to read the events, as far as whoever asks sees why. See {@link FactApartRow}. */
function apartFrom(view: OpenView, list: PlainList, { day }: PointOfMeeting, within: Recorded): RawBuilder<unknown> {
  const { reader, point } = view;
  // By the records, which are named: found by audience, all events of the ledger would be read.
  const isSeen = (table: string) => maySee(view, numberLookedAt(`${table}.audiences`), sql.ref(`${table}.record`));
  const apart = (...kinds: readonly FactApartRow['does'][]) =>
    sql`select facts_apart.record from facts_apart
      join record_events as why on why.record = facts_apart.record and why.sequence = facts_apart.sequence
      where facts_apart.does in (${sql.join(kinds)}) and facts_apart.sequence <= ${point.sequence} and ${isSeen('why')}`;
  const own = sql`events.record = facts_apart.record and events.effective is not null and ${isSeen('events')}`;
  // What took effect by then when it was recorded was held so: only another day, or a day of recording that is stated, may tell otherwise.
  const isOdd = isTold(list)
    ? sql`(events.imported = 1 or (events.effective > ${dayNumberOf(day)} and events.sequence <= ${within.cutOff}))`
    : sql`(events.imported = 1 or events.sequence > ${within.cutOff})`;
  const marked = sql`select mistakes.record from mistakes
      join record_events as why on why.record = mistakes.record and why.sequence = mistakes.sequence
      where ${isSeen('why')}
    union ${apart('VOIDS', 'DATES')} and exists (select 1 from record_events as events where ${own} and ${isOdd})`;
  // Whoever may see everything is told of every link.
  return reader.audience === 'full' ? marked : sql`${marked} union ${apart('LINKS')}`;
}

/** SQL: the records of which a fact was amended since the cut-off, as far as whoever asks sees that. */
function amendedSince(view: OpenView, { cutOff, cutOffAt }: Recorded): RawBuilder<unknown> {
  const since =
    view.point.clock === 'PROVEN'
      ? sql`facts_apart.sequence > ${cutOff}`
      : sql`(facts_apart.sequence > ${cutOff} or events.imported = 1) and events.known_at > ${cutOffAt}`;
  return sql`select facts_apart.record from facts_apart
    join record_events as events on events.record = facts_apart.record and events.sequence = facts_apart.sequence
    where facts_apart.does <> 'LINKS' and facts_apart.sequence <= ${view.point.sequence} and ${since}
      and ${maySee(view, numberLookedAt('events.audiences'), sql.ref('events.record'))}`;
}
