import { sql } from 'kysely';
import type { CivilDate } from '../ledger/index.ts';
import type { Dispute, MayAlreadyHold, Snapshot } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { dayNumberOf, dayOfNumber } from './interval-tree.ts';
import { withSeenLinks } from './links.ts';
import type { AnyProjection, Columns, RecordProjection } from './projection.ts';
import type { RecordName } from './record-events.ts';
import { knownRows, loaderOf, opened, rowsAsOf, type RowsQuery } from './view.ts';

/** A record at a basis: all that its register says of it. */
export interface RecordAsOf<State> {
  readonly ref: string;
  readonly state: State;
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  readonly disputed: readonly Dispute[];
}

/** A record in a list. */
export interface ListedRecord<State> {
  readonly register: string;
  /** Where it stands in the list: see the projection. */
  readonly sortKey: string;
  readonly record: RecordAsOf<State>;
}

/**
 * A record of any register, or null when it is absent at the view's basis, hidden from its reader, or damaged. All that are asked for at
 * once are one question: this is how the answer to one question reads a record that another register keeps.
 */
export function recordAsOf<State>(view: LedgerView, register: string, ref: string): Promise<RecordAsOf<State> | null> {
  const projection = everyRecordOf(view, register);
  return loaderOf(view, projection, async (refs: readonly string[]) => {
    const rows = rowsAsOf(view, projection as unknown as RecordProjection<State, Columns>).where(
      sql<boolean>`row.ref in (${sql.join(refs)})`,
    );
    const found = await recordsOf<State, Columns>(view, rows);
    const byRef = new Map(found.map(({ record }) => [record.ref, record]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref);
}

function everyRecordOf(view: LedgerView, register: string): AnyProjection {
  const projection = opened(view).answering.projections.find((one) => one.register === register && one.everyRecord);
  if (projection === undefined) throw new TypeError(`no projection has a row for every record of ${register}`);
  return projection;
}

/** A stretch of days over which a record was the same: from the first to the day before `to`. */
export interface StateOver<State> {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly state: State;
}

/**
 * What a record was on each day up to the view's, by all that is known at its basis: how the answer to one question reads how another
 * record stood on an earlier day. In the order of days; none for the days on which there was no such record. All that are asked for at
 * once are one question.
 */
export function statesUpTo<State>(
  view: LedgerView,
  register: string,
  ref: string,
): Promise<readonly StateOver<State>[]> {
  const load = async (names: readonly RecordName[]) => {
    const registers = [...new Set(names.map((name) => name.register))];
    const found = new Map<string, readonly StateOver<State>[]>();
    for (const one of registers) {
      const refs = names.filter((name) => name.register === one).map((name) => name.ref);
      for (const [of, states] of await statesOver<State>(view, everyRecordOf(view, one), refs))
        found.set(nameOf({ register: one, ref: of }), states);
    }
    return names.map((name) => found.get(nameOf(name)) ?? []);
  };
  return loaderOf(view, statesUpTo, load, nameOf).load({ register, ref });
}

async function statesOver<State>(
  view: LedgerView,
  projection: AnyProjection,
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly StateOver<State>[]>> {
  const rows = knownRows(view, projection as unknown as RecordProjection<State, Columns>)
    .where(sql<boolean>`row.ref in (${sql.join(refs)})`)
    .where(sql<boolean>`row.effective_from <= ${dayNumberOf(view.basis.effective)}`)
    .select(sql<string>`row.ref`.as('ref'))
    .select(sql<number>`row.record`.as('record'))
    .select(sql<number>`row.audiences`.as('audiences'))
    .select(sql<number>`row.clocks`.as('clocks'))
    .select(sql<number>`row.snapshot`.as('number'))
    .select(sql<number>`row.effective_from`.as('from'))
    .select(sql<number>`row.effective_to`.as('to'))
    .as('found');
  const answered = await opened(view)
    .answering.tables()
    .query.selectFrom(rows)
    .innerJoin('snapshots', (join) =>
      join
        .onRef('snapshots.record', '=', 'found.record')
        .onRef('snapshots.audiences', '=', 'found.audiences')
        .onRef('snapshots.clocks', '=', 'found.clocks')
        .onRef('snapshots.number', '=', 'found.number'),
    )
    .select(['found.ref', 'found.from', 'found.to', 'snapshots.json'])
    .orderBy('found.from')
    .execute();
  const byRef = new Map<string, StateOver<State>[]>();
  const snapshots = await withSeenLinks(
    view,
    answered.map(({ json }) => JSON.parse(json) as Snapshot<State>),
  );
  for (const [index, { ref, from, to }] of answered.entries()) {
    const { state } = snapshots[index]!;
    const states = byRef.get(ref) ?? [];
    byRef.set(ref, states);
    states.push({ from: dayOfNumber(from), to: dayOfNumber(to), state });
  }
  return byRef;
}

function nameOf({ register, ref }: RecordName): string {
  return `${register}/${ref}`;
}

/**
 * The records of these rows, in the order of the projection's sort key, without links to what the reader may not see. One question,
 * however many there are: rows and snapshots are never read from two sides of a change. One more for their links.
 */
export async function recordsOf<State, C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
): Promise<readonly ListedRecord<State>[]> {
  const found = rows
    .select(sql<string>`row.ref`.as('ref'))
    .select(sql<string>`row.sort_key`.as('sortKey'))
    .select(sql<number>`row.record`.as('record'))
    .select(sql<number>`row.audiences`.as('audiences'))
    .select(sql<number>`row.clocks`.as('clocks'))
    .select(sql<number>`row.snapshot`.as('number'))
    .as('found');
  const answered = await opened(view)
    .answering.tables()
    .query.selectFrom(found)
    .innerJoin('snapshots', (join) =>
      join
        .onRef('snapshots.record', '=', 'found.record')
        .onRef('snapshots.audiences', '=', 'found.audiences')
        .onRef('snapshots.clocks', '=', 'found.clocks')
        .onRef('snapshots.number', '=', 'found.number'),
    )
    .innerJoin('records', 'records.record', 'found.record')
    .select(['found.ref', 'found.sortKey', 'records.register', 'snapshots.json'])
    .orderBy('found.sortKey')
    .execute();
  const snapshots = await withSeenLinks(
    view,
    answered.map(({ json }) => JSON.parse(json) as Snapshot<State>),
  );
  return answered.map(({ ref, sortKey, register }, index) => ({
    register,
    sortKey,
    record: { ref, ...snapshots[index]! },
  }));
}
