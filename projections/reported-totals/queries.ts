import { sql } from 'kysely';
import { conditionsAlike, type Condition, type ListOfRecords } from '../../libs/declarations/index.ts';
import type { CivilDate, EventId } from '../../libs/ledger/index.ts';
import {
  pageOfAll,
  recordAsOf,
  recordsOf,
  rowsAsOf,
  viewBeside,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import { dayOfTotal, type RecordedDocument, type ReportedTotal } from '../../libs/registers/documents/index.ts';
import { reportedTotals } from './projection.ts';

/** A number that a document prints of a list. */
export interface TotalOfDocument {
  readonly document: RecordAsOf<RecordedDocument>;
  readonly total: ReportedTotal;
  /** The day by which the document knew what it counts: its own, or that of its version. */
  readonly knownBy: CivilDate;
}

/** Which totals. What is not given does not narrow. */
export interface TotalFilter {
  /** Of one document. */
  readonly document?: string;
  /** Of one list. */
  readonly list?: ListOfRecords;
  /** Counted by these conditions and no others, in whatever order. */
  readonly conditions?: readonly Condition[];
}

/** How many of a list there are at a basis, by these conditions; null where that cannot be told to its reader. */
export type CountOf = (view: LedgerView, counted: Pick<ReportedTotal, 'list' | 'filter'>) => Promise<number | null>;

/** What the ledger holds beside a total, for this reader. */
export interface HeldBeside {
  /** At that day, as known by the day of the document. */
  readonly asKnownThen: number | null;
  /** At that day, as known now: by all that is known at the basis asked about. */
  readonly asKnownNow: number | null;
}

/**
 * The totals that documents report at the basis, as far as the reader may see both: those as at the latest day first; of one day by
 * document, and of one document in the order in which it reports them.
 */
export async function listTotals(
  view: LedgerView,
  wanted: TotalFilter,
  page: PageWanted,
): Promise<Page<TotalOfDocument>> {
  const { list, conditions } = wanted;
  const found = (await documentsReporting(view, wanted)).flatMap((document) =>
    document.state.totals
      .filter((total) => list === undefined || total.list === list)
      .filter(({ filter }) => conditions === undefined || conditionsAlike(filter, conditions))
      .map((total) => ({ document, total, knownBy: dayOfTotal(document.state, total) })),
  );
  const inOrder = found.toSorted((one, other) =>
    one.total.asAt < other.total.asAt ? 1 : one.total.asAt > other.total.asAt ? -1 : 0,
  );
  return pageOfAll(inOrder, page, ({ total }): [EventId] => [total.event]);
}

/** By reference. */
async function documentsReporting(
  view: LedgerView,
  { document: ref, list }: TotalFilter,
): Promise<readonly RecordAsOf<RecordedDocument>[]> {
  if (ref !== undefined) {
    const document = await recordAsOf<RecordedDocument>(view, 'documents', ref);
    return document === null ? [] : [document];
  }
  let rows = rowsAsOf(view, reportedTotals, true);
  if (list !== undefined) rows = rows.where(sql<boolean>`instr(row.lists, ${` ${list} `}) > 0`);
  const found = await recordsOf<RecordedDocument, typeof reportedTotals.columns>(
    view,
    rows.orderBy(sql`row.sort_key`),
    true,
  );
  return found.map(({ record }) => record);
}

/**
 * What the ledger holds beside a total: the same list, by the same conditions, at the day as at which it is reported; as known by the end of
 * the day of the document, and as known now. On the clock of the view, and for its reader alone: what is hidden from them is in neither.
 */
export async function heldBeside(
  view: LedgerView,
  { total, knownBy }: Pick<TotalOfDocument, 'total' | 'knownBy'>,
  countOf: CountOf,
): Promise<HeldBeside> {
  const [then, now] = await Promise.all([
    viewBeside(view, { effective: total.asAt, knownBy }),
    viewBeside(view, { effective: total.asAt }),
  ]);
  const [asKnownThen, asKnownNow] = await Promise.all([countOf(then, total), countOf(now, total)]);
  return { asKnownThen, asKnownNow };
}
