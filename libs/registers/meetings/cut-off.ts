import { addDays, lastInstantOf, londonDayOf, type CutOff, type EventId } from '../../ledger/index.ts';
import type { Issue } from './issues.ts';
import type { MeetingState } from './state.ts';

/** With the issue of papers that says so; without where none does. */
export interface CutOffByPapers extends CutOff {
  readonly issue?: EventId;
}

/**
 * The cut-off of a meeting: the `asAt` of the last of its issues of papers, not after its day, that has one; a supplementary paper on one item has none,
 * and moves nothing. Without any: the end of the day before the meeting’s. Null while its day is not known. Pure.
 */
export function cutOffOf(state: MeetingState): CutOffByPapers | null {
  if (state.status === 'NOT_SCHEDULED' || state.date === undefined) return null;
  const { date, papers } = state;
  let last: Issue | undefined;
  for (const one of papers)
    if (one.asAt !== undefined && one.effectiveOn <= date && (last === undefined || one.issued >= last.issued))
      last = one;
  if (last?.asAt === undefined) {
    const before = addDays(date, -1);
    return { effective: before, recorded: lastInstantOf(before) };
  }
  return { effective: londonDayOf(last.asAt), recorded: last.asAt, issue: last.event };
}
