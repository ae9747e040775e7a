import { sql } from 'kysely';
import type { Dispute, MayAlreadyHold, Snapshot } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import type { Columns, RecordProjection } from './projection.ts';
import { loaderOf, opened, rowsAsOf, type RowsQuery } from './view.ts';

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
 * A record of any register, or null when it is absent at the view's basis or hidden from its reader. All that are asked for at
 * once are one question: this is how the answer to one question reads a record that another register keeps.
 */
export function recordAsOf<State>(view: LedgerView, register: string, ref: string): Promise<RecordAsOf<State> | null> {
  const projection = opened(view).answering.projections.find((one) => one.register === register && one.everyRecord);
  if (projection === undefined) throw new TypeError(`no projection has a row for every record of ${register}`);
  return loaderOf(view, projection, async (refs: readonly string[]) => {
    const rows = rowsAsOf(view, projection as unknown as RecordProjection<State, Columns>).where(
      sql<boolean>`row.ref in (${sql.join(refs)})`,
    );
    const found = await recordsOf<State, Columns>(view, rows);
    const byRef = new Map(found.map(({ record }) => [record.ref, record]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref);
}

/** Snapshots asked for with one question. */
const AT_ONCE = 500;

/** The records of these rows, in their order. Two questions, however many there are. */
export async function recordsOf<State, C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
): Promise<readonly ListedRecord<State>[]> {
  const found = (await rows
    .innerJoin('records', (join) => join.on(sql<boolean>`records.record = row.record`))
    .select(sql`row.ref`.as('ref'))
    .select(sql`records.register`.as('register'))
    .select(sql`row.sort_key`.as('sortKey'))
    .select(sql`row.record`.as('record'))
    .select(sql`row.audiences`.as('audiences'))
    .select(sql`row.clocks`.as('clocks'))
    .select(sql`row.snapshot`.as('number'))
    .execute()) as readonly Found[];
  const snapshots = new Map<string, string>();
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const places = found
      .slice(at, at + AT_ONCE)
      .map((one) => sql`(${one.record}, ${one.audiences}, ${one.clocks}, ${one.number})`);
    const answered = await opened(view)
      .answering.tables()
      .query.selectFrom('snapshots')
      .selectAll()
      .where(sql<boolean>`(record, audiences, clocks, number) in (values ${sql.join(places)})`)
      .execute();
    for (const snapshot of answered) snapshots.set(placeOf(snapshot), snapshot.json);
  }
  return found.map((one) => {
    const { ref, register, sortKey } = one;
    const snapshot = JSON.parse(snapshots.get(placeOf(one)) as string) as Snapshot<State>;
    return { register, sortKey, record: { ref, ...snapshot } };
  });
}

interface Found {
  readonly ref: string;
  readonly register: string;
  readonly sortKey: string;
  readonly record: number;
  readonly audiences: number;
  readonly clocks: number;
  readonly number: number;
}

function placeOf({
  record,
  audiences,
  clocks,
  number,
}: Pick<Found, 'record' | 'audiences' | 'clocks' | 'number'>): string {
  return `${record}/${audiences}/${clocks}/${number}`;
}
