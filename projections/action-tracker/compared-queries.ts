import { comparedByColumns, hasIn, rowIn, type ComparedList } from '../../libs/read-models/index.ts';
import { publishedStatusOf, type ActionStatus } from '../../libs/registers/actions/index.ts';
import { actionTracker } from './projection.ts';
import {
  ACTIONS_BY,
  ACTION_COLUMN_OF,
  ACTION_DUE,
  filteredActions,
  ACTION_FIRST_DUE,
  actionsOverdueHere,
  type ActionFilter,
  type ActionGrouping,
} from './queries.ts';

/** The events that alone say these: see `test/property/turned-by.spec.ts`. */
const TURNED_BY = {
  OWNER: ['ActionRaised', 'ActionReassigned'],
  BODY: ['ActionRaised'],
  MEETING: ['ActionRaised'],
};

/** How actions are compared. */
export const actionsCompared: ComparedList<ActionFilter, ActionGrouping, typeof actionTracker.columns> = {
  projection: actionTracker,
  byOthers: [{ register: 'meetings' }],
  isToldByTurns: true,
  // Of what was first due the day is told, whoever says it and whenever.
  notTold: ['first_on', 'first_meeting', 'first_set_on'],
  turns: (view, all) => Promise.all([ACTION_DUE, ACTION_FIRST_DUE].map((by) => actionsOverdueHere(view, all, by))),
  turnsOnDays: true,
  rows: async (view, filter) => (await filteredActions(view, filter)).rows,
  passes({ body, meeting, status, published, owner, overdue, overdueByOriginal, reopened, extended }, one) {
    const row = rowIn(actionTracker, one);
    const printed = publishedStatusOf(row.status as ActionStatus);
    return (
      hasIn(actionTracker, one, { body, meeting, status }) &&
      (published === undefined || (printed !== null && published.includes(printed))) &&
      (owner === undefined || row.owner === owner || (row.co_owners ?? '').split(' ').includes(owner)) &&
      (overdue === undefined || one.told['overdue'] === overdue) &&
      (overdueByOriginal === undefined || one.told['overdueByOriginal'] === overdueByOriginal) &&
      (reopened === undefined || (row.reopened ?? 0) > 0 === reopened) &&
      (extended === undefined || (row.extensions ?? 0) >= extended)
    );
  },
  asksOthers: ({ text }) => text !== undefined,
  by: comparedByColumns(actionTracker, ACTIONS_BY, ACTION_COLUMN_OF, TURNED_BY),
  readFrom: ['actions', 'meetings'],
};
