import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { ActionState } from '../../libs/registers/actions/index.ts';

const COLUMNS = {
  status: 'text',
  owner: 'text',
  body: 'text',
  meeting: 'text',
  item: 'text',
  due_on: 'text',
  due_meeting: 'text',
  title_event: 'text',
  title_part: 'text',
  update_event: 'text',
  update_part: 'text',
} as const;

/** Who has to do what by when, and how far it is. One row for each state of an action. */
export const actionTracker: RecordProjection<ActionState, typeof COLUMNS> = {
  name: 'action_tracker',
  version: 3,
  register: 'actions',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['status'], ['owner', 'status'], ['body', 'status'], ['meeting', 'status']],
  row({ state }) {
    if (state.status === 'NOT_RAISED') return null;
    const { current } = state.due;
    const update = state.latestUpdate?.text;
    return {
      status: state.status,
      owner: state.owner ?? null,
      body: state.body,
      meeting: state.meeting ?? null,
      item: state.item ?? null,
      due_on: current?.on ?? current?.dated?.to ?? null,
      due_meeting: current?.meeting ?? null,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      update_event: update?.event ?? null,
      update_part: update?.part ?? null,
    };
  },
};
