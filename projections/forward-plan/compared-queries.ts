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
import { BROKEN_PROMISES, HOMELESS, type ForwardPlanHome } from '../../libs/registers/forward-plan/index.ts';
import { cadenceRef } from '../../libs/rules/index.ts';
import { homeHere } from './home-queries.ts';
import { forwardPlanItems } from './projection.ts';
import { filtered, ITEMS_BY, KEYS, type ForwardPlanFilter, type ForwardPlanGrouping } from './queries.ts';

const { HOME, ORIGIN, ...BY_COLUMNS } = ITEMS_BY;

/** How the items of a forward plan are compared. */
export const forwardPlanItemsCompared: ComparedList<
  ForwardPlanFilter,
  ForwardPlanGrouping,
  typeof forwardPlanItems.columns
> = {
  projection: forwardPlanItems,
  byOthers: [
    { register: 'meetings' },
    {
      // Whether an item has a place, every meeting of its body may decide.
      register: 'meetings',
      rows: (meetings) => {
        const bodies = [...new Set(meetings.flatMap(({ body }) => body ?? []))];
        return bodies.length === 0 ? null : sql<boolean>`row.body in (${sql.join(bodies)})`;
      },
    },
    {
      register: 'rules',
      rows: (rules) => sql<boolean>`(row.body || ${cadenceRef('')}) in (${sql.join(rules.map(({ ref }) => ref))})`,
    },
  ],
  isToldByTurns: true,
  async turns(view) {
    const all = rowsAsOf(view, forwardPlanItems, true);
    const [is, isPast] = await Promise.all([
      homeHere(view, all),
      isPastDue(view, all, { on: 'planned_on', meeting: 'planned_meeting' }),
    ]);
    return [
      sql`case when row.awaited = 1 then ${is} end`,
      sql`min(row.awaited, ${isPast})`,
      sql`coalesce(row.paper_due_on < ${view.basis.effective}, 0)`,
    ];
  },
  rows: (view, filter) => filtered(view, filter, rowsAsOf(view, forwardPlanItems, true)),
  passes(filter, one) {
    const row = rowIn(forwardPlanItems, one);
    const { told } = one;
    const { body, sponsor, plannedMeeting, presentedMeeting, status, purpose, recurrence, origin, home, deferred } =
      filter;
    const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
    const isAmong = (homes: readonly ForwardPlanHome[]) => homes.some((at) => at === told['home']);
    const links = { planned_meeting: plannedMeeting, presented_meeting: presentedMeeting };
    return (
      hasIn(forwardPlanItems, one, { body, sponsor, status, purpose, recurrence, ...links }) &&
      (origin === undefined || origin.some((from) => from === told['origin'])) &&
      (home === undefined || isAmong(home)) &&
      (deferred === undefined || (row.deferrals ?? 0) >= deferred) &&
      is(filter.homeless, isAmong(HOMELESS)) &&
      is(filter.promiseBroken, isAmong(BROKEN_PROMISES)) &&
      is(filter.missed, told['missed'] === true) &&
      is(filter.paperLate, told['paperLate'] === true)
    );
  },
  asksOthers: ({ text, neverRecorded }) => text !== undefined || neverRecorded !== undefined,
  by: {
    ...comparedByColumns(forwardPlanItems, BY_COLUMNS, {
      STATUS: 'status',
      PURPOSE: 'purpose',
      RECURRENCE: 'recurrence',
      BODY: 'body',
      SPONSOR: 'sponsor',
    }),
    HOME: { grouping: HOME, key: KEYS.HOME, cell: (one) => toldKey(one, 'home') },
    ORIGIN: { grouping: ORIGIN, key: KEYS.ORIGIN, cell: (one) => toldKey(one, 'origin') },
  },
  readFrom: ['forward-plan', 'meetings', 'rules', 'decisions'],
};
