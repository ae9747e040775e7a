import { sql } from 'kysely';
import type { CivilDate } from '../ledger/index.ts';
import { snapshotOf, type Caveat, type Dispute, type MayAlreadyHold } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { dayNumberOf, dayOfNumber } from './interval-tree.ts';
import { withLinksThatHold } from './links.ts';
import { sortKeyOf, type AnyProjection, type Columns, type RecordProjection } from './projection.ts';
import type { RecordName } from './record-events.ts';
import { stateAfter, stateFrom } from './state-differences.ts';
import { askedAgain } from './asked-again.ts';
import {
  holdsAt,
  isFiledAt,
  knownRows,
  loaderOf,
  maySee,
  numberLookedAt,
  opened,
  rowsOfAll,
  type RowsQuery,
} from './view.ts';

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
 * @param ref what a state names. A link that its reader may not see is gone from the state, so nothing is asked and nothing found
 */
export function recordAsOf<State>(
  view: LedgerView,
  register: string,
  ref: string | undefined,
): Promise<RecordAsOf<State> | null> {
  if (ref === undefined) return Promise.resolve(null);
  const projection = everyRecordOf(view, register);
  return loaderOf(view, projection, async (refs: readonly string[]) => {
    const answered = await askedAgain<Answer>(view, `records of ${projection.name}`, refs, (asking, named) => {
      // By the records, which are named: from some ten on, all rows of the audience would be read.
      const audiences = numberLookedAt('row.audiences');
      const rows = rowsOfAll(asking, projection as unknown as RecordProjection<State, Columns>, false, audiences);
      return recordsQuestion(asking, rows.where(sql<boolean>`row.ref in (${sql.join(named)})`));
    });
    const found = await recordsIn<State>(view, answered);
    const byRef = new Map(found.map(({ record }) => [record.ref, record]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref);
}

/** The projection with a row for every record of that register. */
export function everyRecordOf(view: LedgerView, register: string): AnyProjection {
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
 * @param pick what is wanted of each state, always the same function: a state may hold much, and there may be many
 */
export function statesUpTo<State, Picked>(
  view: LedgerView,
  register: string,
  ref: string,
  pick: (state: State) => Picked,
): Promise<readonly StateOver<Picked>[]> {
  const load = async (names: readonly RecordName[]) => {
    const registers = [...new Set(names.map((name) => name.register))];
    const found = new Map<string, readonly StateOver<Picked>[]>();
    for (const one of registers) {
      const refs = names.filter((name) => name.register === one).map((name) => name.ref);
      for (const [of, states] of await statesOver(view, everyRecordOf(view, one), refs, pick))
        found.set(nameOf({ register: one, ref: of }), states);
    }
    return names.map((name) => found.get(nameOf(name)) ?? []);
  };
  return loaderOf(view, pick, load, nameOf).load({ register, ref });
}

async function statesOver<State, Picked>(
  view: LedgerView,
  projection: AnyProjection,
  refs: readonly string[],
  pick: (state: State) => Picked,
): Promise<ReadonlyMap<string, readonly StateOver<Picked>[]>> {
  const audiences = numberLookedAt('row.audiences');
  const rows = knownRows(view, projection as unknown as RecordProjection<State, Columns>, audiences)
    .where(sql<boolean>`row.ref in (${sql.join(refs)})`)
    .where(sql<boolean>`row.effective_from <= ${dayNumberOf(view.basis.effective)}`)
    .select(sql<string>`row.ref`.as('ref'))
    .select(sql<number>`row.record`.as('record'))
    .select(sql<number>`row.audiences`.as('audiences'))
    .select(sql<number>`row.clocks`.as('clocks'))
    .select(sql<number>`row.state`.as('state'))
    .select(sql<number>`row.effective_from`.as('from'))
    .select(sql<number>`row.effective_to`.as('to'));
  // All states of these records up to the last one wanted: each is told by the one before it.
  const answered = await opened(view)
    .answering.tables()
    .query.with('found', () => rows)
    .with('wanted', (query) =>
      query
        .selectFrom('found')
        .select(['record', 'audiences', 'clocks', ({ fn }) => fn.max('state').as('last')])
        .groupBy(['record', 'audiences', 'clocks']),
    )
    .selectFrom('wanted')
    .innerJoin('states', (join) =>
      join
        .onRef('states.record', '=', 'wanted.record')
        .onRef('states.audiences', '=', 'wanted.audiences')
        .onRef('states.clocks', '=', 'wanted.clocks')
        .onRef('states.number', '<=', 'wanted.last'),
    )
    .leftJoin('found', (join) =>
      join
        .onRef('found.record', '=', 'states.record')
        .onRef('found.audiences', '=', 'states.audiences')
        .onRef('found.clocks', '=', 'states.clocks')
        .onRef('found.state', '=', 'states.number'),
    )
    .select(['states.record', 'states.number', 'states.base', 'states.json', 'found.ref', 'found.from', 'found.to'])
    .orderBy('states.record')
    .orderBy('states.audiences')
    .orderBy('states.clocks')
    .orderBy('states.number')
    .execute();
  const found: { readonly ref: string; readonly from: number; readonly to: number; readonly state: Picked }[] = [];
  let state: unknown = null;
  let last = '';
  for (const { record, number, base, json, ref, from, to } of answered) {
    // One state may hold over several stretches of days, and then comes several times.
    const name = `${record}/${number}`;
    if (name !== last) state = number === base ? (JSON.parse(json) as unknown) : stateAfter(state, json);
    last = name;
    if (ref !== null && from !== null && to !== null) found.push({ ref, from, to, state: pick(state as State) });
  }
  found.sort((a, b) => a.from - b.from);
  const seen = await withLinksThatHold(
    view,
    found.map((one) => one.state),
  );
  const byRef = new Map<string, StateOver<Picked>[]>();
  for (const [index, { ref, from, to }] of found.entries()) {
    const states = byRef.get(ref) ?? [];
    byRef.set(ref, states);
    states.push({ from: dayOfNumber(from), to: dayOfNumber(to), state: seen[index]! });
  }
  return byRef;
}

function nameOf({ register, ref }: RecordName): string {
  return `${register}/${ref}`;
}

/** The records, of every register, of which some field is disputed at the view's basis, by reference. */
export async function disputedRecords(view: LedgerView): Promise<readonly ListedRecord<unknown>[]> {
  const { answering, point, reader } = opened(view);
  const tables = answering.tables();
  const question = tables.query
    .selectFrom('caveats')
    .innerJoin('records', 'records.record', 'caveats.record')
    .select(['records.register', 'records.ref'])
    .distinct()
    .where('caveats.kind', '=', 'DISPUTED')
    .where(isFiledAt(point, 'caveats'))
    .where(holdsAt(point, 'caveats'))
    .where(maySee({ reader, answering }, sql.ref('caveats.audiences'), sql.ref('caveats.record')));
  const found = await tables.readApart<{ readonly register: string; readonly ref: string | null }>(question.compile());
  // A record of that name need not exist on that day: then nothing of it is disputed.
  const records = await Promise.all(
    found.map(async ({ register, ref }) => {
      const record = ref === null ? null : await recordAsOf(view, register, ref);
      return record === null ? [] : [{ register, sortKey: sortKeyOf(record.ref), record }];
    }),
  );
  return records.flat().sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
}

interface Answer {
  readonly ref: string;
  readonly sortKey: string;
  readonly register: string;
  readonly number: number;
  readonly json: string;
}

/** Records of a register, by what its rows for every record have in a column. */
export interface OtherRecords {
  readonly register: string;
  readonly column: string;
  readonly among: readonly string[];
}

/** Those records, as {@link recordsOf} tells them: so a question about one register reads another. One question, and one more for links. */
export async function recordsWhere<State>(
  view: LedgerView,
  { register, column, among }: OtherRecords,
): Promise<readonly RecordAsOf<State>[]> {
  const projection = everyRecordOf(view, register);
  if (!Object.hasOwn(projection.columns, column)) throw new TypeError(`rows of ${register} have no ${column}`);
  const rows = rowsOfAll(view, projection as RecordProjection, true).where(
    sql<boolean>`${sql.ref(`row.${column}`)} in (${sql.join(among)})`,
  );
  return (await recordsOf<State, Columns>(view, rows, true)).map(({ record }) => record);
}

/**
 * The records of these rows, in the order of the projection's sort key, without links to what the reader may not see or what was recorded by mistake. One question,
 * however many there are: rows, states and caveats are never read from two sides of a change. One more for their links.
 * @param apart true where many rows may have to be looked through to find these
 */
export async function recordsOf<State, C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  apart = false,
): Promise<readonly ListedRecord<State>[]> {
  const tables = opened(view).answering.tables();
  const question = recordsQuestion(view, rows);
  return recordsIn(view, await (apart ? tables.readApart<Answer>(question.compile()) : question.execute()));
}

function recordsQuestion<C extends Columns>(view: LedgerView, rows: RowsQuery<C>) {
  const { answering, point } = opened(view);
  const found = rows
    .select(sql<string>`row.ref`.as('ref'))
    .select(sql<string>`row.sort_key`.as('sortKey'))
    .select(sql<number>`row.record`.as('record'))
    .select(sql<number>`row.audiences`.as('audiences'))
    .select(sql<number>`row.clocks`.as('clocks'))
    .select(sql<number>`row.state`.as('state'));
  return answering
    .tables()
    .query.with('found', () => found)
    .selectFrom('found')
    .innerJoin('states as last', (join) =>
      join
        .onRef('last.record', '=', 'found.record')
        .onRef('last.audiences', '=', 'found.audiences')
        .onRef('last.clocks', '=', 'found.clocks')
        .onRef('last.number', '=', 'found.state'),
    )
    .innerJoin('states', (join) =>
      join
        .onRef('states.record', '=', 'found.record')
        .onRef('states.audiences', '=', 'found.audiences')
        .onRef('states.clocks', '=', 'found.clocks')
        .onRef('states.number', '>=', 'last.base')
        .onRef('states.number', '<=', 'last.number'),
    )
    .innerJoin('records', 'records.record', 'found.record')
    .select(['found.ref', 'found.sortKey as sortKey', 'records.register', 'states.number as number', 'states.json'])
    .unionAll((query) =>
      query
        .selectFrom('found')
        .innerJoin('caveats', (join) =>
          join
            .onRef('caveats.record', '=', 'found.record')
            .onRef('caveats.audiences', '=', 'found.audiences')
            .onRef('caveats.clocks', '=', 'found.clocks'),
        )
        .where(holdsAt(point, 'caveats'))
        .select(['found.ref', 'found.sortKey as sortKey', sql<string>`''`.as('register')])
        .select([sql<number>`0`.as('number'), 'caveats.json']),
    )
    .orderBy('sortKey')
    .orderBy('number');
}

async function recordsIn<State>(
  view: LedgerView,
  answered: readonly Answer[],
): Promise<readonly ListedRecord<State>[]> {
  // No two records have the same sort key. Of each, caveats come first, then the states from a whole one on.
  const listed: { ref: string; register: string; readonly sortKey: string; caveats: Caveat[]; chain: string[] }[] = [];
  for (const { ref, sortKey, register, number, json } of answered) {
    let one = listed.at(-1);
    if (one?.sortKey !== sortKey) listed.push((one = { ref, register, sortKey, caveats: [], chain: [] }));
    if (number === 0) one.caveats.push(JSON.parse(json) as Caveat);
    else {
      one.register = register;
      one.chain.push(json);
    }
  }
  const snapshots = await withLinksThatHold(
    view,
    listed.map(({ caveats, chain }) => snapshotOf(stateFrom(chain) as State, caveats)),
  );
  return listed.map(({ ref, register, sortKey }, index) => ({
    register,
    sortKey,
    record: { ref, ...snapshots[index]! },
  }));
}
