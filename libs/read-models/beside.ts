import { addDays, earlier, firstInstantOf, instantOf, millisecondsOf, type CivilDate } from '../ledger/index.ts';
import { lastRecordedBy } from './basis.ts';
import { dayNumberOf } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { onceFor, opened, OpenView } from './view.ts';

/** Another basis, beside the one at hand. */
export interface Beside {
  /** The London day on which facts must have taken effect. */
  readonly effective: CivilDate;
  /** Facts count that were known by the end of this London day. Default: all that are known at the basis at hand. Never more than those. */
  readonly knownBy?: CivilDate;
}

/**
 * The same ledger for the same reader at another basis, within one answer: on the same clock, and of the same events, so that what is
 * written meanwhile is in neither. However often one is asked for, it is opened once, and answers nothing twice.
 */
export function viewBeside(view: LedgerView, { effective, knownBy }: Beside): Promise<LedgerView> {
  const views = onceFor(view, viewBeside, () => new Map<string, Promise<LedgerView>>());
  const name = `${effective} ${knownBy ?? ''}`;
  const there =
    views.get(name) ?? openBeside(opened(view), { effective, ...(knownBy === undefined ? {} : { knownBy }) });
  views.set(name, there);
  return there;
}

async function openBeside(view: OpenView, { effective, knownBy }: Beside): Promise<LedgerView> {
  const { basis, reader, point, answering } = view;
  const asked = knownBy === undefined ? basis.recorded : earlier(basis.recorded, lastInstantOf(knownBy));
  const recorded = earlier(asked, point.recorded);
  const recordedSequence =
    recorded === point.recorded
      ? point.recordedSequence
      : Math.min(point.recordedSequence, await lastRecordedBy(answering, recorded));
  return new OpenView(
    // What is settled up to one instant is so up to any before it; and a position pins both alike.
    { ...basis, effective, recorded: asked },
    reader,
    { ...point, effective, day: dayNumberOf(effective), recorded, recordedSequence },
    answering,
  );
}

function lastInstantOf(day: CivilDate) {
  return instantOf(millisecondsOf(firstInstantOf(addDays(day, 1))) - 1);
}
