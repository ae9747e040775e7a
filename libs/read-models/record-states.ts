import type { Dispute, MayAlreadyHold } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { snapshotOf } from './paging.ts';
import type { Columns, RecordProjection } from './projection.ts';
import { loaderOf, opened, rowsAsOf } from './view.ts';

/** A record at a basis: all that its register says of it. */
export interface RecordAsOf<State> {
  readonly ref: string;
  readonly state: State;
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  readonly disputed: readonly Dispute[];
}

/**
 * A record of any register, or null when it is absent at the view's basis or hidden from its reader. All that are asked for at
 * once are one question: this is how the answer to one question reads a record that another register keeps.
 */
export function recordAsOf<State>(view: LedgerView, register: string, ref: string): Promise<RecordAsOf<State> | null> {
  const projection = opened(view).answering.projections.find((one) => one.register === register && one.everyRecord);
  if (projection === undefined) throw new TypeError(`no projection has a row for every record of ${register}`);
  return loaderOf(view, projection, async (refs: readonly string[]) => {
    const rows = await rowsAsOf(view, projection as unknown as RecordProjection<State, Columns>)
      .selectAll()
      .where('row.ref', 'in', refs)
      .execute();
    const byRef = new Map(rows.map((row) => [row.ref, recordOf<State>(row as unknown as { ref: string; snapshot: string })]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref) as Promise<RecordAsOf<State> | null>;
}

/** The record that a row is of. */
export function recordOf<State>(row: { readonly ref: string; readonly snapshot: string }): RecordAsOf<State> {
  return { ref: row.ref, ...snapshotOf<State>(row) };
}
