import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { DocumentState } from '../../libs/registers/documents/index.ts';

const COLUMNS = {
  status: 'text',
  body: 'text',
  kind: 'text',
  publishing_body: 'text',
  kept_until: 'text',
  title_event: 'text',
  title_part: 'text',
  publisher_event: 'text',
  publisher_part: 'text',
} as const;

/** Which papers a body holds, and where they stand. One row for each state of a document. */
export const documentCatalogue: RecordProjection<DocumentState, typeof COLUMNS> = {
  name: 'document_catalogue',
  version: 1,
  register: 'documents',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['publishing_body'], ['kind'], ['status']],
  row({ state }) {
    if (state.status === 'NOT_RECORDED') return null;
    return {
      status: state.status,
      body: state.body,
      kind: state.kind,
      publishing_body: state.publishingBody ?? null,
      kept_until: state.retained?.until ?? null,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      publisher_event: state.publisher?.event ?? null,
      publisher_part: state.publisher?.part ?? null,
    };
  },
};
