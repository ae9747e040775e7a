import { sql, type RawBuilder } from 'kysely';
import { BASES, kindOfType, type AtEach, type ChangeKind, type StepName, type Telling } from '../timeline/index.ts';
import { FEW_OF, isOf, namesNoMistake } from './certain-changes.ts';
import { sizeOf, type NumberedRecord, type Turning } from './changed-records.ts';
import type { ComparedEnds } from './compared-ends.ts';
import { CLOCK_BIT, tableOf, type Columns } from './projection.ts';
import { isAmong, isKnownAt, maySee, numberLookedAt, opened, type RowsQuery } from './view.ts';

/*
 * Which records of a list stand in another cell of a table at one basis of a comparison than at the one before, and which event that was, where their rows
 * tell it for certain: whoever counts them then walks the others alone. See docs/comparing.md.
 */

/** The value under which a record counts at each of the three bases. Undefined: it is not in the list. */
export type KeysAtEach = AtEach<string | null | undefined>;

/** A record that moves, as the tables have it. */
export interface Moving extends Pick<NumberedRecord, 'record' | 'ref' | 'sortKey'> {
  readonly keys: KeysAtEach;
  /** The last change of value in each step, where the rows tell it for certain. */
  readonly last: { readonly [step in StepName]: LastChange | null };
}

/** The last change of the value under which a record counts. */
export interface LastChange {
  /** What it is called. */
  readonly kind: ChangeKind;
  /** The value before. Undefined: there was no record. */
  readonly from: string | null | undefined;
}

/** The list at a basis, and the value under which a row of it counts. */
export interface Counted<C extends Columns> {
  readonly rows: RowsQuery<C>;
  readonly key: RawBuilder<string | null>;
}

/** What the tables answer of a record that moves. */
interface MovingRow extends Pick<NumberedRecord, 'record' | 'ref' | 'sortKey'>, AtEach<string | null> {
  /** Its rows at the three bases. */
  readonly a: number | null;
  readonly b: number | null;
  readonly c: number | null;
  /** The type of the event of the last change in each step, and the value before. */
  readonly restatedBy: string | null;
  readonly restatedFrom: string | null;
  readonly restatedEntered: number;
  readonly movedBy: string | null;
  readonly movedFrom: string | null;
  readonly movedEntered: number;
}

/**
 * The records that hold another value at one of the three bases than at the one before, and those of which a link may lead nowhere at one; in the order of the list.
 * @param at the list at each of the three bases
 * @param found those that may move; null: any
 * @param column the column that alone tells where one stands, of rows that are narrowed by nothing; null: there is none, and no row tells how one moved
 */
export async function recordsMoving<C extends Columns>(
  ends: ComparedEnds,
  { projection }: Turning<C>,
  at: AtEach<Counted<C>>,
  found: readonly number[] | null,
  column: string | null,
): Promise<readonly Moving[]> {
  if (found?.length === 0) return [];
  const closing = opened(ends.closing);
  const tables = closing.answering.tables();
  const table = sql.table(tableOf(projection));
  const areMany = found === null || found.length * FEW_OF > (await sizeOf(closing, projection.register));
  const sides = BASES.map((basis, side) => {
    const { rows, key } = at[basis];
    const among =
      found === null
        ? rows
        : rows.where(areMany ? isAmong(sql.ref('row.record'), found) : isOf(ends[basis], table, found));
    return among
      .select(sql<number>`${sql.lit(side)}`.as('side'))
      .select(sql<number>`row.record`.as('record'))
      .select(sql<number>`row.rowid`.as('place'))
      .select(key.as('key'));
  });
  const standing = sql`
    sides as (${sql.join(
      sides.map((one) => sql`select * from ${one}`),
      sql` union all `,
    )}),
    standing as (
      select record, ${sql.join(
        BASES.map((basis, side) => {
          const here = (value: string) => sql`max(case side when ${sql.lit(side)} then ${sql.ref(value)} end)`;
          return sql`${here('place')} as ${sql.ref(PLACES[side]!)}, ${here('key')} as ${sql.ref(basis)}`;
        }),
      )} from sides group by record),
    moving as materialized (
      select * from standing where ${isAnother('RESTATED')} or ${isAnother('MOVED')} or not ${namesNoMistake(sql.ref('standing.record'))})`;
  const told = STEPS_TOLD.map((step) => (column === null ? toldNot(step) : toldByRows(ends, step, table, column)));
  const question = sql<MovingRow>`
    with ${sql.join([standing, ...told.flatMap(({ tables: own }) => own)])}
    select moving.*, coalesce(at_c.ref, at_b.ref, at_a.ref) as ref, coalesce(at_c.sort_key, at_b.sort_key, at_a.sort_key) as sortKey,
      ${sql.join(told.flatMap(({ columns }) => columns))}
    from moving left join ${table} as at_a on at_a.rowid = a left join ${table} as at_b on at_b.rowid = b
      left join ${table} as at_c on at_c.rowid = c ${sql.join(
        told.map(({ joined }) => joined),
        sql` `,
      )}
    order by sortKey`;
  const rows = await tables.readApart<MovingRow>(question.compile(tables.query));
  const register = closing.answering.registers.find(({ name }) => name === projection.register) as unknown as Telling;
  const lastOf = (step: StepName, by: string | null, from: string | null, isEntered: number): LastChange | null => {
    const kind = by === null ? undefined : kindOfType(register.told, step, by);
    // Where the kind turns on what came of it, no row tells that.
    if (kind === undefined || typeof kind === 'function') return null;
    return { kind, from: isEntered === 1 ? undefined : from };
  };
  return rows.map(({ record, ref, sortKey, ...row }) => ({
    ...{ record, ref, sortKey },
    keys: {
      told: row.a === null ? undefined : row.told,
      knownNow: row.b === null ? undefined : row.knownNow,
      closing: row.c === null ? undefined : row.closing,
    },
    last: {
      RESTATED: lastOf('RESTATED', row.restatedBy, row.restatedFrom, row.restatedEntered),
      MOVED: lastOf('MOVED', row.movedBy, row.movedFrom, row.movedEntered),
    },
  }));
}

const STEPS_TOLD = ['RESTATED', 'MOVED'] as const satisfies readonly StepName[];
const PLACES = ['a', 'b', 'c'] as const;
/** The rows and the values at both ends of a step. */
const ENDS_OF = {
  RESTATED: { places: ['a', 'b'], keys: ['told', 'knownNow'] },
  MOVED: { places: ['b', 'c'], keys: ['knownNow', 'closing'] },
} as const;

/** SQL: does a record stand elsewhere at the end of the step? */
function isAnother(step: StepName): RawBuilder<boolean> {
  const [[from, to], [was, is]] = [ENDS_OF[step].places, ENDS_OF[step].keys];
  return sql<boolean>`((${sql.ref(from)} is null) <> (${sql.ref(to)} is null) or ${sql.ref(was)} is not ${sql.ref(is)})`;
}

/** What the question says of a step: tables of its own, how they are joined, and the columns of the answer. */
interface ToldOfStep {
  readonly tables: readonly RawBuilder<unknown>[];
  readonly joined: RawBuilder<unknown>;
  readonly columns: readonly RawBuilder<unknown>[];
}

function namesOf(step: StepName) {
  const name = step.toLowerCase();
  return { by: `${name}By`, from: `${name}From`, entered: `${name}Entered` };
}

function toldNot(step: StepName): ToldOfStep {
  const { by, from, entered } = namesOf(step);
  const columns = [by, from, entered].map((name) => sql`null as ${sql.ref(name)}`);
  return { tables: [], joined: sql``, columns };
}

/**
 * The rows of a record lie one after the other along a step: from day to day as known at the second end, or as one came to be known after the other on the day
 * of the first. The last place where the value turns is that of the last change, and the event is the one that stands there. What is not told so for
 * certain is not told:
 * - of one that is not in the list at the second end, or that was there and not in the list at the first;
 * - of one that links to a record which was ever void: what is so of the link is told at each place by whether it is;
 * - by days, of one of which any fact had its day corrected, and where several took effect on the day or on one after it: between these lies no row;
 * - by what came to be known, on the clock of stated dates, of one that was imported: the order of its rows is that of the ledger.
 */
function toldByRows(ends: ComparedEnds, step: StepName, table: RawBuilder<unknown>, column: string): ToldOfStep {
  const { by, from, entered } = namesOf(step);
  const name = (of: string) => sql.ref(`${of}_${step.toLowerCase()}`);
  const [stretches, turns, before, events] = ['stretches', 'turns', 'before', 'events'].map(name);
  const closing = opened(ends.closing);
  const { first, last, begins, until, rows, event } = step === 'MOVED' ? byDays(ends) : byKnowledge(ends);
  const [wasThere, isThere] = ENDS_OF[step].places.map((place) => sql.ref(`moving.${place}`));
  return {
    tables: [
      // Each value with how far it reaches.
      sql`${stretches} as materialized (
        select own.record as record, ${sql.ref(`own.${column}`)} as key, max(own.${until} > ${last}) as is_last, max(own.${until}) as till,
          min(own.${begins}) as since, sum(min(own.${until}, ${last} + 1) - max(own.${begins}, ${first})) as places
        from moving cross join ${table} as own on own.record = moving.record
        where ${isAnother(step)} and own.${begins} <= ${last} and own.${until} > ${first} and ${rows}
          and ${maySee(closing, numberLookedAt('own.audiences'), sql.ref('own.record'))}
        group by own.record, key)`,
      sql`${before} as (select record, max(till) as till, key from ${stretches} where is_last = 0 group by record)`,
      // Where the last begins; none where there are gaps, or others than the list has at both ends.
      sql`${turns} as (
        select each.record as record, coalesce(before.till, min(each.since)) as at, before.till is null as entered, before.key as key
        from ${stretches} as each join moving on moving.record = each.record left join ${before} as before on before.record = each.record
        group by each.record
        having max(each.is_last) = 1 and ${isThere} is not null and sum(each.places) = ${last} + 1 - max(min(each.since), ${first})
          and (${wasThere} is null) = (min(each.since) > ${first}))`,
      sql`${events} as materialized (${event(sql`${turns}`)})`,
    ],
    joined: sql`left join ${turns} on ${turns}.record = moving.record
      left join ${events} on ${events}.record = moving.record
      left join log_events as ${name('log')} on ${name('log')}.sequence = ${events}.sequence`,
    columns: [
      sql`case when ${namesNoMistake(sql.ref('moving.record'))} then json_extract(${name('log')}.body, '$.type') end as ${sql.ref(by)}`,
      sql`${turns}.key as ${sql.ref(from)}`,
      sql`${turns}.entered as ${sql.ref(entered)}`,
    ],
  };
}

/** How the rows of a record lie along a step, and which event stands where its value turned. */
interface Along {
  /** The places of both ends. */
  readonly first: number;
  readonly last: number;
  /** The columns of a row that say where it begins, and until where it holds. */
  readonly begins: RawBuilder<unknown>;
  readonly until: RawBuilder<unknown>;
  /** SQL: is a row one of them? */
  readonly rows: RawBuilder<boolean>;
  /** SQL: the one event, of the records that turned. */
  readonly event: (turns: RawBuilder<unknown>) => RawBuilder<unknown>;
}

function byDays(ends: ComparedEnds): Along {
  const closing = opened(ends.closing);
  const { point } = closing;
  const seen = (of: string) =>
    sql`${sql.ref(`${of}.sequence`)} <= ${point.sequence} and ${
      point.clock === 'PROVEN'
        ? sql`${sql.ref(`${of}.sequence`)} <= ${point.recordedSequence}`
        : sql`${sql.ref(`${of}.known_at`)} <= ${point.recorded}`
    } and ${maySee(closing, numberLookedAt(`${of}.audiences`), sql.ref(`${of}.record`))}`;
  const isDated = sql`exists (
    select 1 from facts_apart as apart join record_events as why on why.record = apart.record and why.sequence = apart.sequence
    where apart.record = turned.record and apart.does = 'DATES' and ${seen('why')})`;
  // A link alone turns no value, and is not for everybody who may see the event.
  const isLink = sql`exists (
    select 1 from facts_apart as link where link.record = one.record and link.sequence = one.sequence and link.does = 'LINKS')`;
  return {
    ...{ first: opened(ends.told).point.day, last: point.day },
    ...{ begins: sql`effective_from`, until: sql`effective_to`, rows: isKnownAt(point, 'own') },
    event: (turns) => sql`
      select turned.record as record, max(case when one.effective = turned.at then one.sequence end) as sequence
      from ${turns} as turned cross join record_events as one on one.record = turned.record
      where one.effective between turned.at and ${point.day} and ${seen('one')} and not ${isLink} and not ${isDated}
      group by turned.record having count(*) = count(distinct one.effective)`,
  };
}

function byKnowledge(ends: ComparedEnds): Along {
  const [told, closing] = [opened(ends.told), opened(ends.closing)];
  const { clock } = closing.point;
  const { day } = told.point;
  return {
    ...{ first: told.point.recordedSequence, last: closing.point.recordedSequence },
    ...{ begins: sql`sequence_from`, until: sql`sequence_to` },
    rows: sql<boolean>`own.effective_from <= ${day} and own.effective_to > ${day}
      and (own.clocks & ${CLOCK_BIT[clock]}) <> 0 and own.clocks <> ${CLOCK_BIT.STATED}`,
    event: (turns) => sql`
      select turned.record as record, one.sequence as sequence
      from ${turns} as turned cross join record_events as one on one.record = turned.record and one.sequence = turned.at
      where ${maySee(closing, numberLookedAt('one.audiences'), sql.ref('one.record'))}`,
  };
}
