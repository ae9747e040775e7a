import { comparedByColumns, hasIn, rowIn, type ComparedList } from '../../libs/read-models/index.ts';
import { documentCatalogue } from './projection.ts';
import {
  DOCUMENT_COLUMN_OF,
  DOCUMENTS_BY,
  filteredDocuments,
  type DocumentFilter,
  type DocumentGrouping,
} from './queries.ts';

/** How documents are compared. */
export const documentsCompared: ComparedList<DocumentFilter, DocumentGrouping, typeof documentCatalogue.columns> = {
  projection: documentCatalogue,
  byOthers: [],
  turns: () => Promise.resolve([]),
  rows: (view, filter) => filteredDocuments(view, filter, true),
  passes({ body, publishingBody, kind, status, keptUntil }, one) {
    const until = rowIn(documentCatalogue, one).kept_until ?? null;
    return (
      hasIn(documentCatalogue, one, { body, publishing_body: publishingBody, kind, status }) &&
      (keptUntil === undefined || (until !== null && until <= keptUntil))
    );
  },
  asksOthers: ({ text }) => text !== undefined,
  by: comparedByColumns(documentCatalogue, DOCUMENTS_BY, DOCUMENT_COLUMN_OF),
  readFrom: ['documents'],
};
