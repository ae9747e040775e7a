import type { Telling } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { recordAsOf, type RecordAsOf } from './record-states.ts';
import { opened, OpenView, registerNamed } from './view.ts';

/**
 * The same ledger at its basis, where everything is banded and coloured by the rules that are in force at another: so it is told whether the records moved, or
 * only the scale.
 */
export function viewBandedBy(view: LedgerView, other: LedgerView): LedgerView {
  const { basis, reader, point, answering, scope } = opened(view);
  return new OpenView(basis, reader, point, answering, scope, other);
}

/** A rule as the view bands and colours by it: as it stands at its basis, or throughout as at the one whose rules it takes. */
export async function ruleThatBands<State>(view: LedgerView, ref: string): Promise<RecordAsOf<State> | null> {
  const { bandedBy } = opened(view);
  const here = await recordAsOf<State>(view, 'rules', ref);
  const { told } = (registerNamed(view, 'rules') ?? {}) as Partial<Telling>;
  const throughout = told?.throughout;
  if (bandedBy === null || throughout === undefined) return here;
  const there = await recordAsOf<State>(bandedBy, 'rules', ref);
  const state = throughout(here?.state ?? null, there?.state ?? null, bandedBy.basis.effective);
  const record = there ?? here;
  return state === null || record === null ? null : { ...record, state: state as State };
}
