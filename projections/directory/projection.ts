import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { DirectoryState } from '../../libs/registers/directory/index.ts';

const COLUMNS = { kind: 'text', body: 'text', capacity: 'text', reads: 'integer' } as const;

/** Who is who. One row for each state of a body, a post or a person. */
export const directoryEntries: RecordProjection<DirectoryState, typeof COLUMNS> = {
  name: 'directory',
  version: 2,
  register: 'directory',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['kind']],
  row({ state }) {
    if (state.record === 'NONE') return null;
    const { body = null, capacity = null } = state.record === 'POST' ? state : {};
    const reads = state.record === 'BODY' && state.reads !== undefined ? 1 : 0;
    return { kind: state.record, body, capacity, reads };
  },
};
