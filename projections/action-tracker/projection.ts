import { dayNumberOf, type RecordProjection } from '../../libs/read-models/index.ts';
import type { ActionState } from '../../libs/registers/actions/index.ts';

const COLUMNS = {
  status: 'text',
  owner: 'text',
  co_owners: 'text',
  body: 'text',
  meeting: 'text',
  item: 'text',
  due_on: 'text',
  due_meeting: 'text',
  first_on: 'text',
  first_meeting: 'text',
  first_set_on: 'text',
  extensions: 'integer',
  reopened: 'integer',
  raised_on: 'integer',
  reported_on: 'text',
  closed_on: 'text',
  priority: 'text',
  title_event: 'text',
  title_part: 'text',
  update_event: 'text',
  update_part: 'text',
} as const;

/** Who has to do what by when, and how far it is. One row for each state of an action. */
export const actionTracker: RecordProjection<ActionState, typeof COLUMNS> = {
  name: 'action_tracker',
  version: 6,
  register: 'actions',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [
    // What is overdue is counted within the index of states, without a look at the rows.
    ['status', 'due_on', 'due_meeting', 'first_on', 'first_meeting', 'first_set_on'],
    ['owner', 'status'],
    ['body', 'status'],
    ['meeting', 'status'],
    ['co_owners'],
  ],
  wholeWords: ['item'],
  days: ['due_on', 'first_on'],
  totals: [
    ['status', 'body'],
    ['owner', 'body'],
  ],
  row({ state }) {
    if (state.status === 'NOT_RAISED') return null;
    const { current, original, originalSetOn, extensions } = state.due;
    const update = state.latestUpdate?.text;
    return {
      status: state.status,
      owner: state.owner ?? null,
      co_owners: state.owners?.join(' ') ?? null,
      body: state.body,
      meeting: state.meeting ?? null,
      item: state.item ?? null,
      due_on: current?.on ?? current?.dated?.to ?? null,
      due_meeting: current?.meeting ?? null,
      first_on: original?.on ?? original?.dated?.to ?? null,
      first_meeting: original?.meeting ?? null,
      first_set_on: originalSetOn ?? null,
      extensions,
      reopened: state.reopened,
      raised_on: dayNumberOf(state.raised.effectiveOn),
      reported_on: state.reportedComplete?.effectiveOn ?? null,
      closed_on: state.closed?.effectiveOn ?? null,
      priority: state.priority ?? null,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      update_event: update?.event ?? null,
      update_part: update?.part ?? null,
    };
  },
};
