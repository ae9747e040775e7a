import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { DocumentState } from '../../libs/registers/documents/index.ts';

const COLUMNS = { lists: 'text' } as const;

/** Which documents report totals, and of which lists. One row for each state of a document that reports any. */
export const reportedTotals: RecordProjection<DocumentState, typeof COLUMNS> = {
  name: 'reported_totals',
  version: 1,
  register: 'documents',
  everyRecord: false,
  columns: COLUMNS,
  indexed: [],
  row({ state }) {
    if (state.status === 'NOT_RECORDED' || state.totals.length === 0) return null;
    // Each stands between spaces, so that one is found among several.
    return { lists: ` ${[...new Set(state.totals.map(({ list }) => list))].join(' ')} ` };
  },
};
