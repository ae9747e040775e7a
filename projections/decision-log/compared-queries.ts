import { sql } from 'kysely';
import {
  comparedByColumns,
  hasIn,
  isPastDue,
  rowIn,
  rowsAsOf,
  type ComparedList,
} from '../../libs/read-models/index.ts';
import { decisionLog } from './projection.ts';
import { COLUMN_OF, DECISIONS_BY, filtered, type DecisionFilter, type DecisionGrouping } from './queries.ts';

/** How decisions are compared. */
export const decisionsCompared: ComparedList<DecisionFilter, DecisionGrouping, typeof decisionLog.columns> = {
  projection: decisionLog,
  byOthers: [{ register: 'meetings' }],
  isToldByTurns: true,
  async turns(view) {
    const isPast = await isPastDue(view, rowsAsOf(view, decisionLog, true), { on: 'due_on', meeting: 'due_meeting' });
    return [sql`min(row.awaited, ${isPast})`, sql`coalesce(row.outstanding_by < ${view.basis.effective}, 0)`];
  },
  rows: (view, filter) => filtered(view, filter, rowsAsOf(view, decisionLog, true)),
  passes(filter, one) {
    const row = rowIn(decisionLog, one);
    const { body, madeBy, delegate, meeting, status, outcome, maker, decidedFrom, decidedTo, deferred } = filter;
    const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
    const decidedOn = row.decided_on ?? null;
    return (
      hasIn(decisionLog, one, { body, made_by: madeBy, delegate, meeting, status, outcome, maker }) &&
      (decidedFrom === undefined || (decidedOn !== null && decidedOn >= decidedFrom)) &&
      (decidedTo === undefined || (decidedOn !== null && decidedOn <= decidedTo)) &&
      (deferred === undefined || (row.deferrals ?? 0) >= deferred) &&
      is(filter.unadvised, row.unadvised === 1) &&
      is(filter.publicInterest, row.public_interest === 1) &&
      is(filter.conditionsOutstanding, (row.outstanding ?? 0) > 0) &&
      is(filter.conditionsOverdue, one.told['conditions.overdue'] === true) &&
      is(filter.neverRecorded, one.told['neverRecorded'] === true)
    );
  },
  asksOthers: ({ text }) => text !== undefined,
  by: comparedByColumns(decisionLog, DECISIONS_BY, COLUMN_OF),
  readFrom: ['decisions', 'meetings'],
};
