import type { RecordProjection } from '../../libs/read-models/index.ts';
import {
  awaitsPaper,
  latenessOf,
  ON_THE_PLAN,
  type ForwardPlanState,
} from '../../libs/registers/forward-plan/index.ts';

const COLUMNS = {
  status: 'text',
  body: 'text',
  sponsor: 'text',
  purpose: 'text',
  origin: 'text',
  recurrence: 'text',
  planned_as: 'text',
  planned_from: 'text',
  planned_on: 'text',
  planned_meeting: 'text',
  presented_meeting: 'text',
  awaited: 'integer',
  for_decision: 'integer',
  deferrals: 'integer',
  paper_due_on: 'text',
  paper_late: 'integer',
  title_event: 'text',
  title_part: 'text',
  comments_event: 'text',
  comments_part: 'text',
} as const;

const AWAITED: readonly string[] = ON_THE_PLAN;

/** What is said of items of forward plans. One row for each state of an item. */
export const forwardPlanItems: RecordProjection<ForwardPlanState, typeof COLUMNS> = {
  name: 'forward_plan_items',
  version: 1,
  register: 'forward-plan',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['status'], ['body'], ['sponsor'], ['planned_meeting'], ['presented_meeting']],
  totals: [
    ['status', 'body'],
    ['sponsor', 'body'],
  ],
  row({ state }) {
    if (state.status === 'NOT_SUGGESTED') return null;
    const { plannedFor = {}, presentations, received, title, comments } = state;
    const { on, dated, meeting } = plannedFor;
    return {
      status: state.status,
      body: state.body,
      sponsor: state.sponsor ?? null,
      purpose: state.purpose ?? null,
      origin: state.origin ?? null,
      recurrence: state.recurrence,
      planned_as: meeting !== undefined ? 'MEETING' : on !== undefined ? 'DAY' : dated !== undefined ? 'SPAN' : null,
      planned_from: dated?.from ?? null,
      planned_on: on ?? dated?.to ?? null,
      planned_meeting: meeting ?? null,
      presented_meeting: presentations.at(-1)?.meeting ?? null,
      awaited: AWAITED.includes(state.status) ? 1 : 0,
      for_decision: state.purpose === 'DECISION' && state.status !== 'DROPPED' ? 1 : 0,
      deferrals: state.deferrals.length,
      paper_due_on: awaitsPaper(state) ? state.paperDueOn! : null,
      paper_late: received === undefined ? null : latenessOf(received),
      title_event: title?.event ?? null,
      title_part: title?.part ?? null,
      comments_event: comments?.event ?? null,
      comments_part: comments?.part ?? null,
    };
  },
};
