import { sql } from 'kysely';
import {
  comparedByColumns,
  hasIn,
  isPastDue,
  rowIn,
  rowsAsOf,
  toldKey,
  type ComparedList,
} from '../../libs/read-models/index.ts';
import { routeRefOf } from '../../libs/registers/recommendations/index.ts';
import { recommendationTracker } from './projection.ts';
import {
  COLUMN_OF,
  CURRENT,
  filtered,
  ORIGINAL,
  RECOMMENDATIONS_BY,
  type RecommendationFilter,
  type RecommendationGrouping,
} from './queries.ts';
import { statusHere } from './status-queries.ts';

const { STATUS, ...BY_COLUMNS } = RECOMMENDATIONS_BY;

/** How recommendations are compared. */
export const recommendationsCompared: ComparedList<
  RecommendationFilter,
  RecommendationGrouping,
  typeof recommendationTracker.columns
> = {
  projection: recommendationTracker,
  byOthers: [
    { register: 'meetings' },
    { register: 'rules' },
    {
      // A closure route is named by nobody: it is that of whoever made the recommendation.
      register: 'rules',
      rows: (rules) =>
        sql<boolean>`(row.originator || ${routeRefOf('')}) in (${sql.join(rules.map(({ ref }) => ref))})`,
    },
  ],
  async turns(view) {
    const all = rowsAsOf(view, recommendationTracker, true);
    const [{ status, isReopened }, pastCurrent, pastOriginal] = await Promise.all([
      statusHere(view),
      isPastDue(view, all, CURRENT),
      isPastDue(view, all, ORIGINAL),
    ]);
    return [status, isReopened, pastCurrent, pastOriginal];
  },
  rows: (view, filter) => filtered(view, filter, rowsAsOf(view, recommendationTracker, true)),
  passes(filter, one) {
    const row = rowIn(recommendationTracker, one);
    const { told } = one;
    const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
    const { body, originator, publication, partOf, scale, level, kind, response, outcome, owner, status, extended } =
      filter;
    return (
      hasIn(recommendationTracker, one, { body, originator, publication, scale, level, kind, response, outcome }) &&
      hasIn(recommendationTracker, one, { part_of: partOf }) &&
      (owner === undefined || row.owner === owner || (row.co_owners ?? '').split(' ').includes(owner)) &&
      (status === undefined || status.some((one) => one === told['status'])) &&
      (extended === undefined || (row.extensions ?? 0) >= extended) &&
      is(filter.extendedLate, (row.extended_late ?? 0) > 0) &&
      is(filter.extensionAsked, row.asked === 1) &&
      is(filter.outOfStep, row.out_of_step === 1) &&
      is(filter.overdue, told['overdue'] === true) &&
      is(filter.overdueByOriginal, told['overdueByOriginal'] === true) &&
      is(filter.evidence, told['evidence.any'] === true) &&
      is(filter.reopened, (row.reopened ?? 0) > 0 || Number(told['reopenedByWords'] ?? 0) > 0)
    );
  },
  asksOthers: ({ text, linked, linkedRisk, raisedAgain }) =>
    [text, linked, linkedRisk, raisedAgain].some((one) => one !== undefined),
  by: {
    ...comparedByColumns(recommendationTracker, BY_COLUMNS, COLUMN_OF),
    STATUS: {
      grouping: STATUS,
      key: async (view) => (await statusHere(view)).status,
      cell: (one) => toldKey(one, 'status'),
    },
  },
  readFrom: ['recommendations', 'meetings', 'rules'],
};
