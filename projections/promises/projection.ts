import { END_OF_DAYS } from '../../libs/ledger/index.ts';
import { sortKeyOf, type RecordProjection } from '../../libs/read-models/index.ts';
import type { MeetingState } from '../../libs/registers/meetings/index.ts';

const COLUMNS = { body: 'text' } as const;

/** At which meetings something was promised. One row for each state of a meeting that has minuted a promise. */
export const minutedPromises: RecordProjection<MeetingState, typeof COLUMNS> = {
  name: 'minuted_promises',
  version: 1,
  register: 'meetings',
  everyRecord: false,
  columns: COLUMNS,
  indexed: [['body']],
  // In the order of the calendar.
  sortKey: ({ state }, ref) =>
    `${(state.status === 'NOT_SCHEDULED' ? undefined : state.date) ?? END_OF_DAYS} ${sortKeyOf(ref)}`,
  row({ state }) {
    if (state.status === 'NOT_SCHEDULED' || !state.items.some(({ promise }) => promise)) return null;
    return { body: state.body };
  },
};
