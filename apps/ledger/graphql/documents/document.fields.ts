import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import { commentsDue, type DocumentVersion, type RedactedVariant } from '../../../../libs/registers/documents/index.ts';
import {
  countDocuments,
  findDocument,
  listCitations,
  listDocuments,
  type Citation,
  type DocumentAsOf,
  type DocumentFilter,
  type DocumentGrouping,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  pageWanted,
  searchIn,
  seen,
  seenOrNull,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';
import { reportedTotals, TOTAL_FIELDS, totals } from './total.fields.ts';

/** A document as the API answers it. */
export function documentValue(view: LedgerView, { ref, state, mayAlreadyHold, disputed }: DocumentAsOf) {
  const { status, kind, date = null, supersededBy: replacedBy = null, retained = null } = state;
  return {
    view,
    ref,
    state,
    status,
    kind,
    date,
    commentsDue: commentsDue(state),
    replacedBy,
    versions: state.versions.map((version) => seen(view, { ...version, date: version.date ?? null })),
    redacted: state.redacted.map((variant) => seen(view, variant)),
    retained: seenOrNull(view, retained),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

interface Filtered {
  readonly filter?: DocumentFilter | null;
}

export const DOCUMENT_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    document: recordNamed('documents', findDocument, documentValue),
    async documents({ view }, { filter, ...page }: Filtered & ListArguments) {
      const documents = await listDocuments(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(documents, (row) => documentValue(view, row)) };
    },
    documentCounts: ({ view }, { by, filter }: Filtered & { by: DocumentGrouping }) =>
      countDocuments(view, by, searchIn(filter)),
    reportedTotals,
  } satisfies Fields<Root>,
  DocumentConnection: { incomplete: ({ view }) => incompleteIn(view, 'documents') } satisfies Fields<Root>,
  Document: {
    title: ({ view, state }) => view.text(state.title),
    publisher: ({ view, state }) => view.text(state.publisher),
    publishedAt: ({ view, state }) => view.text(state.publishedAt),
    body: ({ view, state }) => bodyNamed(view, state.body),
    publishingBody: ({ view, state }) => bodyNamed(view, state.publishingBody),
    async citedBy({ view, ref }, page: ListArguments) {
      return connection(await listCitations(view, ref, pageWanted(page)), ({ record, version = null, ...cited }) =>
        seen(view, { ...cited, record: record.ref, register: record.register, version }),
      );
    },
    totals: ({ view, ref: document }, page: ListArguments) => totals(view, { document, ...page }),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof documentValue>>,
  Citation: {
    paragraph: ({ view, paragraph }) => view.text(paragraph),
  } satisfies Fields<Seen<Pick<Citation, 'paragraph'>>>,
  DocumentVersion: {
    changed: ({ view, changed }) => view.text(changed),
    why: ({ view, why }) => view.text(why),
    publishedAt: ({ view, publishedAt }) => view.text(publishedAt),
    sha256: ({ view, sha256 }) => view.text(sha256),
  } satisfies Fields<Seen<DocumentVersion>>,
  RedactedVariant: {
    withholds: ({ view, withholds }) => view.text(withholds),
    exemption: ({ view, exemption }) => view.text(exemption),
    publishedAt: ({ view, publishedAt }) => view.text(publishedAt),
    sha256: ({ view, sha256 }) => view.text(sha256),
  } satisfies Fields<Seen<RedactedVariant>>,
  Retention: {
    rule: ({ view, rule }) => view.text(rule),
  } satisfies Fields<Seen<NonNullable<DocumentAsOf['state']['retained']>>>,
  ...TOTAL_FIELDS,
  DocumentPayload: {
    ...PAYLOAD,
    document: recordWritten(findDocument, documentValue),
  } satisfies Fields<Written>,
};
