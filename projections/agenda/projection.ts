import { END_OF_DAYS } from '../../libs/ledger/index.ts';
import { sortKeyOf, type RecordProjection } from '../../libs/read-models/index.ts';
import type { MeetingState } from '../../libs/registers/meetings/index.ts';

const COLUMNS = { body: 'text' } as const;

/** Which meetings have an agenda. One row for each state of a meeting that has listed an item. */
export const agendas: RecordProjection<MeetingState, typeof COLUMNS> = {
  name: 'agendas',
  version: 1,
  register: 'meetings',
  everyRecord: false,
  columns: COLUMNS,
  indexed: [['body']],
  // In the order of the calendar.
  sortKey: ({ state }, ref) =>
    `${(state.status === 'NOT_SCHEDULED' ? undefined : state.date) ?? END_OF_DAYS} ${sortKeyOf(ref)}`,
  row({ state }) {
    return state.status === 'NOT_SCHEDULED' || state.agenda.length === 0 ? null : { body: state.body };
  },
};
