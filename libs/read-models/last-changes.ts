import { sql, type RawBuilder } from 'kysely';
import { SOLE_LINK_TYPES } from '../ledger/index.ts';
import { BASES, kindOfType, type AtEach, type ChangeKind, type StepName, type Telling } from '../timeline/index.ts';
import { lookedUp, namesNoMistake } from './certain-changes.ts';
import type { Turning } from './changed-records.ts';
import type { ComparedEnds } from './compared-ends.ts';
import { CLOCK_BIT, tableOf, type Columns, type RecordProjection } from './projection.ts';
import { isEventKnownAt, isKnownAt, maySee, numberLookedAt, opened, type OpenView, type RowsQuery } from './view.ts';

/*
 * Which records of a list stand in another cell of a table at one basis of a comparison than at the one before, and which event that was, where their rows
 * tell it for certain: whoever draws a bridge then walks the others alone. See docs/comparing.md.
 */

/** The list at a basis, and the value under which a row of it counts. */
export interface Counted<C extends Columns> {
  readonly rows: RowsQuery<C>;
  readonly key: RawBuilder<string | null>;
}

/** Records that moved in the same way. */
export interface MovedAlike {
  /** The value under which they count at each of the three bases. Undefined: they are not in the list. */
  readonly keys: AtEach<string | null | undefined>;
  /** The last change of value in each step, where the rows tell it for certain. */
  readonly last: { readonly [step in StepName]: LastChange | null };
  /** The place in the list of the first of them. */
  readonly first: string;
  /** Their numbers. */
  readonly records: readonly number[];
}

/** The last change of the value under which a record counts. */
export interface LastChange {
  /** What it is called. */
  readonly kind: ChangeKind;
  /** The value before. Undefined: there was no record. */
  readonly from: string | null | undefined;
}

/** What the tables answer of them. */
interface MovedRow extends AtEach<string | null> {
  readonly isTold: number;
  readonly isKnownNow: number;
  readonly isClosing: number;
  /** The type of the event of the last change in each step, the value before, and whether there was a record before. */
  readonly restatedBy: string | null;
  readonly restatedFrom: string | null;
  readonly restatedEntered: number;
  readonly movedBy: string | null;
  readonly movedFrom: string | null;
  readonly movedEntered: number;
  readonly first: string;
  readonly records: string;
}

/**
 * The records that hold another value at one of the three bases than at the one before, and those of which a link may lead nowhere at one of them.
 * @param at the list at each of the three bases
 * @param found SQL: those that may have moved; null: any
 * @param told the column that alone tells where one stands, of rows that are narrowed by nothing, and the types of the events that may turn it; null: there is
 * none, and no row tells how one moved
 */
export async function movedAlike<C extends Columns>(
  ends: ComparedEnds,
  { projection }: Turning<C>,
  at: AtEach<Counted<C>>,
  found: RawBuilder<unknown> | null,
  told: { readonly column: string; readonly turnedBy?: readonly string[] | undefined } | null,
): Promise<readonly MovedAlike[]> {
  const closing = opened(ends.closing);
  const tables = closing.answering.tables();
  const table = sql.table(tableOf(projection));
  const standing = found === null ? besideEachOther(at) : standingOf(at, projection, found);
  // Where nothing tells it, nothing is asked.
  const [restated, moved] =
    told === null
      ? [NOT_TOLD, NOT_TOLD]
      : [
          lastChange(ends, 'RESTATED', table, told.column, byKnowledge(ends)),
          lastChange(ends, 'MOVED', table, told.column, byDays(ends, told.turnedBy)),
        ];
  const question = sql<MovedRow>`
    with standing as materialized (${standing}),
    moving as materialized (
      select * from standing where ${isAnother('RESTATED')} or ${isAnother('MOVED')} or not ${namesNoMistake(closing, sql.ref('standing.record'))}),
    restated as materialized (${restated}), moved as materialized (${moved})
    select moving.told as told, moving."knownNow" as "knownNow", moving.closing as closing, told_at is not null as "isTold",
      known_at is not null as "isKnownNow", closing_at is not null as "isClosing",
      restated.type as "restatedBy", restated.was as "restatedFrom", restated.entered as "restatedEntered",
      moved.type as "movedBy", moved.was as "movedFrom", moved.entered as "movedEntered",
      min(latest.sort_key) as first, json_group_array(moving.record) as records
    from moving join ${table} as latest on latest.rowid = coalesce(closing_at, known_at, told_at)
      left join restated on restated.record = moving.record left join moved on moved.record = moving.record
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 order by first`;
  const rows = await tables.readApart<MovedRow>(question.compile(tables.query));
  const register = closing.answering.registers.find(({ name }) => name === projection.register) as unknown as Telling;
  const lastOf = (step: StepName, by: string | null, from: string | null, entered: number): LastChange | null => {
    const kind = by === null ? undefined : kindOfType(register.told, step, by);
    // Where the kind turns on what came of it, no row tells that.
    if (kind === undefined || typeof kind === 'function') return null;
    return { kind, from: entered === 1 ? undefined : from };
  };
  return rows.map((row) => ({
    keys: {
      told: row.isTold === 1 ? row.told : undefined,
      knownNow: row.isKnownNow === 1 ? row.knownNow : undefined,
      closing: row.isClosing === 1 ? row.closing : undefined,
    },
    last: {
      RESTATED: lastOf('RESTATED', row.restatedBy, row.restatedFrom, row.restatedEntered),
      MOVED: lastOf('MOVED', row.movedBy, row.movedFrom, row.movedEntered),
    },
    first: row.first,
    records: JSON.parse(row.records) as number[],
  }));
}

/** SQL: every record that stands at a basis, its place there, and the value under which it counts. */
function besideEachOther<C extends Columns>(at: AtEach<Counted<C>>): RawBuilder<unknown> {
  const sides = BASES.map((basis, side) => {
    const { rows, key } = at[basis];
    return sql`select * from ${rows
      .select(sql<number>`${sql.lit(side)}`.as('side'))
      .select(sql<number>`row.record`.as('record'))
      .select(sql<number>`row.rowid`.as('place'))
      .select(key.as('key'))}`;
  });
  const here = (side: number, value: string) => sql`max(case side when ${sql.lit(side)} then ${sql.ref(value)} end)`;
  const standing = BASES.map(
    (basis, side) =>
      sql`${here(side, 'place')} as ${sql.ref(PLACE_AT[basis])}, ${here(side, 'key')} as ${sql.ref(basis)}`,
  );
  return sql`select record, ${sql.join(standing)} from (${sql.join(sides, sql` union all `)}) group by record`;
}

/** SQL: the same of these records alone. */
function standingOf<C extends Columns>(
  at: AtEach<Counted<C>>,
  projection: RecordProjection<never, C>,
  found: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const rows = BASES.map((basis) => at[basis].rows);
  const places = BASES.map((basis) => sql.ref(PLACE_AT[basis]));
  const values = BASES.map(
    (
      basis,
    ) => sql`(select ${at[basis].key} from ${sql.table(tableOf(projection))} as row where row.rowid = ${sql.ref(PLACE_AT[basis])})
      as ${sql.ref(basis)}`,
  );
  return sql`with places as materialized (${lookedUp(rows, places, projection.register, found)})
    select *, ${sql.join(values)} from places`;
}

const PLACE_AT = { told: 'told_at', knownNow: 'known_at', closing: 'closing_at' } as const;
const ENDS_OF = { RESTATED: ['told', 'knownNow'], MOVED: ['knownNow', 'closing'] } as const;
const NOT_TOLD = sql`select null as record, null as type, null as was, null as entered where 0`;

/** SQL: does a record stand elsewhere at the end of the step than at its beginning? */
function isAnother(step: StepName): RawBuilder<boolean> {
  const [from, to] = ENDS_OF[step];
  const isNot = (basis: keyof typeof PLACE_AT) => sql`(${sql.ref(PLACE_AT[basis])} is null)`;
  return sql<boolean>`(${isNot(from)} <> ${isNot(to)} or ${sql.ref(from)} is not ${sql.ref(to)})`;
}

/** How the rows of a record, `own`, lie one after the other along a step. */
interface Along {
  /** The places at which it begins and ends. */
  readonly first: number;
  readonly last: number;
  /** The columns of a row that say from where it holds, and until where it does. */
  readonly begins: RawBuilder<unknown>;
  readonly until: RawBuilder<unknown>;
  /** SQL: is a row one of them? */
  readonly rows: RawBuilder<boolean>;
  /** SQL: the type of the event that stands where the value of `placed` last turned, `placed.at`; null where that is not certain. */
  readonly type: RawBuilder<unknown>;
}

/**
 * SQL: the last change of value of the records that stand elsewhere at the end of the step. It is where the last of their rows ends that holds another value
 * than the one at the end; of one that never held another, where the first begins. What is not told so for certain is not told:
 * - of one that is not in the list at the end, or that was there before and not in the list: another body's, say;
 * - of one that was ever void, where there are gaps between its rows, or that names such a one: what is so of the link is told at each place by whether it is.
 */
function lastChange(
  ends: ComparedEnds,
  step: StepName,
  table: RawBuilder<unknown>,
  column: string,
  { first, last, begins, until, rows, type }: Along,
): RawBuilder<unknown> {
  const closing = opened(ends.closing);
  const [, end] = ENDS_OF[step];
  const value = sql.ref(`own.${column}`);
  const ownRows = (record: string) => sql`from ${table} as own where own.record = ${sql.ref(record)}
    and own.${begins} <= ${last} and own.${until} > ${first} and ${rows} and ${isSeen(closing, 'own')}`;
  const wasVoid = sql`exists (
    select 1 from mistakes cross join record_events as why on why.record = mistakes.record and why.sequence = mistakes.sequence
    where mistakes.record = moving.record and ${isSeen(closing, 'why')})`;
  // The place and the row in one number, so that the last of them is the greatest.
  return sql`
    with turned as materialized (
      select moving.record as record, (
        select max(own.${until} << 32 | own.rowid) ${ownRows('moving.record')} and own.${until} <= ${last} and ${value} is not ${sql.ref(`moving.${end}`)}
      ) as turn
      from moving where ${isAnother(step)} and ${sql.ref(PLACE_AT[end])} is not null and not ${wasVoid} and ${namesNoMistake(closing, sql.ref('moving.record'))}),
    placed as materialized (
      select turned.record as record, turn & 4294967295 as place, turn is null as entered,
        coalesce(turn >> 32, (select min(own.${begins}) ${ownRows('turned.record')})) as at
      from turned)
    select placed.record as record, ${type} as type, ${value} as was, placed.entered as entered
    from placed left join ${table} as own on own.rowid = placed.place where placed.at > ${first}`;
}

function isSeen(view: OpenView, table: string): RawBuilder<boolean> {
  return maySee(view, numberLookedAt(`${table}.audiences`), sql.ref(`${table}.record`));
}

/**
 * From day to day, by what is known at the second end. Between facts that took effect on one day there is no row, so of those that may turn the value there may be
 * no two on a day from the last turn on; and none of which the day was corrected, as facts are noted by the day as it was recorded. Links alone turn no value, and
 * whoever may not see the other end is not told of them.
 */
function byDays(ends: ComparedEnds, turnedBy?: readonly string[]): Along {
  const closing = opened(ends.closing);
  const { point } = closing;
  const isKnown = (of: string) => sql`${isEventKnownAt(point, of)} and ${isSeen(closing, of)}`;
  const mayTurn =
    turnedBy === undefined
      ? sql`one.type not in (${sql.join(SOLE_LINK_TYPES)})`
      : sql`one.type in (${sql.join(turnedBy)})`;
  const isDatedAnew = sql`exists (
    select 1 from facts_apart as apart cross join record_events as why on why.record = apart.record and why.sequence = apart.sequence
    where apart.record = placed.record and apart.does = 'DATES' and ${isKnown('why')})`;
  return {
    ...{ first: opened(ends.told).point.day, last: point.day },
    ...{ begins: sql`effective_from`, until: sql`effective_to`, rows: isKnownAt(point, 'own') },
    type: sql`case when not ${isDatedAnew} then (
      select case when count(*) = count(distinct one.effective) then max(case when one.effective = placed.at then one.type end) end
      from record_events as one where one.record = placed.record and one.effective between placed.at and ${point.day}
        and ${isKnown('one')} and ${mayTurn}) end`,
  };
}

/** As one came to be known after the other, on the day of the first end. On the clock of stated dates, what is imported did so in another order than its rows. */
function byKnowledge(ends: ComparedEnds): Along {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  const { day } = told.point;
  return {
    ...{ first: told.point.recordedSequence, last: closing.point.recordedSequence },
    ...{ begins: sql`sequence_from`, until: sql`sequence_to` },
    rows: sql<boolean>`own.effective_from <= ${day} and own.effective_to > ${day}
      and (own.clocks & ${CLOCK_BIT[closing.point.clock]}) <> 0 and own.clocks <> ${CLOCK_BIT.STATED}`,
    type: sql`(select one.type from record_events as one
      where one.record = placed.record and one.sequence = placed.at and ${isSeen(closing, 'one')})`,
  };
}
