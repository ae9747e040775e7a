import { sql } from 'kysely';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  eventsAsOf,
  byMembers,
  byRecord,
  countOfList,
  countsInGroups,
  groupsOf,
  groupsOfTotals,
  inTurns,
  isFoundBy,
  pageOf,
  pageOfAll,
  recordAsOf,
  recordsCiting,
  registerNamed,
  rowsAsOf,
  seesLink,
  sortKeyOf,
  toldBeside,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  documentKind,
  documentStatus,
  type DocumentKind,
  type DocumentStatus,
  type RecordedDocument,
} from '../../libs/registers/documents/index.ts';
import { citationsIn, documentCatalogue, type Citation } from './projection.ts';

/** A document at a basis. */
export type DocumentAsOf = RecordAsOf<RecordedDocument>;

/** Which documents. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface DocumentFilter {
  readonly body?: string;
  readonly publishingBody?: string;
  readonly kind?: readonly DocumentKind[];
  readonly status?: readonly DocumentStatus[];
  /** Kept until this day at the latest. */
  readonly keptUntil?: CivilDate;
  /** Words in the title or of the publisher, as far as the reader may read them; or its whole reference. */
  readonly text?: string;
}

export const DOCUMENT_GROUPINGS = ['STATUS', 'KIND', 'BODY'] as const;
export type DocumentGrouping = (typeof DOCUMENT_GROUPINGS)[number];

/** One document, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export function findDocument(view: LedgerView, ref: string): Promise<DocumentAsOf | null> {
  return recordAsOf(view, 'documents', ref);
}

/** The documents at the basis that pass the filter, by reference. */
export async function listDocuments(
  view: LedgerView,
  filter: DocumentFilter,
  page: PageWanted,
): Promise<Page<DocumentAsOf>> {
  const rows = await filtered(view, filter, true);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const inOrder = isNarrowed ? rows : await filtered(view, filter, false);
  const count = countOfList(view, documentCatalogue, filter, rows);
  return pageOf(view, inOrder, page, (document: DocumentAsOf) => document, count, isNarrowed);
}

/** How many documents at the basis pass the filter, by group; only groups that have one, and the group without a key last. */
export async function countDocuments(
  view: LedgerView,
  by: DocumentGrouping,
  filter: DocumentFilter,
): Promise<readonly GroupCount[]> {
  const groups =
    (await groupsOfTotals(view, documentCatalogue, COLUMN_OF[by], filter)) ??
    (await groupsOf(view, await filtered(view, filter, true), COLUMN_OF[by]));
  return countsInGroups(view, DOCUMENTS_BY[by], groups);
}

const COLUMN_OF = { STATUS: 'status', KIND: 'kind', BODY: 'body' } as const;

const DOCUMENTS_BY: { readonly [by in DocumentGrouping]: Grouping } = {
  STATUS: byMembers(documentStatus.members, 'no status'),
  KIND: byMembers(documentKind.members, 'no kind'),
  BODY: byRecord('no body', ['directory', 'name']),
};

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.publisher_event', 'row.publisher_part'],
] as const;

async function filtered(view: LedgerView, filter: DocumentFilter, isFound: boolean) {
  const { body, publishingBody, kind, status, keptUntil, text } = filter;
  const links = [body, publishingBody].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  let rows = rowsAsOf(view, documentCatalogue, isFound);
  if (!areSeen) rows = rows.where(sql<boolean>`1 = 0`);
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (publishingBody !== undefined) rows = rows.where('row.publishing_body', '=', publishingBody);
  if (kind !== undefined) rows = rows.where('row.kind', 'in', kind);
  if (status !== undefined) rows = rows.where('row.status', 'in', status);
  if (keptUntil !== undefined) rows = rows.where('row.kept_until', '<=', keptUntil);
  if (text !== undefined) rows = rows.where(await isFoundBy(view, documentCatalogue, text, { texts: TEXTS }));
  return rows;
}

/**
 * What cites a document at the basis, as far as the reader may see both (an event names no document that is hidden from them): by register, then
 * by reference, then in the order of recording.
 * However many records cite it, they are read in one question for each few hundred.
 */
export async function listCitations(view: LedgerView, document: string, page: PageWanted): Promise<Page<Citation>> {
  return pageOfAll(await allCitations(view, document), page, ({ event, as }) => [event, as]);
}

async function allCitations(view: LedgerView, document: string): Promise<readonly Citation[]> {
  const names = await toldBeside(view, document, await recordsCiting(view, document), ({ ref }) => ref);
  const records = [...new Map(names.map((name) => [`${name.register} ${sortKeyOf(name.ref)}`, name])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, name]) => name);
  const { effective } = view.basis;
  const found = await inTurns(records, async (record) => {
    const register = registerNamed(view, record.register);
    const known = await eventsAsOf(view, record);
    return register === null ? [] : citationsIn(register, record, known, { document, effective });
  });
  return found.flat();
}

/** For comparing: see `compared-queries.ts`. */
export { COLUMN_OF as DOCUMENT_COLUMN_OF, DOCUMENTS_BY, filtered as filteredDocuments };
