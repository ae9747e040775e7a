import { incompleteIn, type Ages, type Page } from '../../../../../libs/read-models/index.ts';
import { drawingFor } from '../drawing.ts';
import type { AnyRecordAsOf, KindOnPages } from '../kind-on-pages.ts';
import { linesOf, wordsOf, type Drawing, type Line } from '../../../../../libs/wording/index.ts';
import type { Visit } from '../visits.ts';
import { conditionsOf, listOf, readTotals, type TotalRead } from '../totals/read-totals.ts';
import { readMatrix, type MatrixDrawn } from './matrix.ts';
import { parametersOf, without } from './read-filter.ts';
import { readAskedOf, readNarrowed, type Narrowed } from './read-narrowed.ts';
import { whyEmpty, type WhyEmpty } from './why-empty.ts';

/** A row of a list, drawn: what is to be read of a record at a glance. */
export interface ListedRecord {
  readonly record: AnyRecordAsOf;
  readonly heading: string | null;
  readonly beside: string | null;
  /** It belongs to an illustrative body. */
  readonly illustrative: boolean;
  /** By column. */
  readonly cells: readonly (readonly Line[])[];
}

/** A list with everything that its page says, read at one basis. */
export interface ListRead extends Narrowed {
  readonly page: Page<ListedRecord>;
  /** Set when the page holds none. */
  readonly whyEmpty: WhyEmpty | null;
  /** Of the filter by which tabs count: under all that is asked for besides it and what stands beside it. */
  readonly counts: readonly { readonly key: string | null; readonly count: number }[];
  /** How old those that are open are; null for a kind of which nothing stays open. */
  readonly ages: Ages | null;
  /** As a matrix, of a kind that shows one; null on further pages. */
  readonly matrix: MatrixDrawn | null;
  /** Numbers that papers print of what is asked for; of the whole list, all that they print of it. None on further pages. */
  readonly totals: Page<TotalRead> | null;
  /** Records that the list may lack, because one of their events could not be read. */
  readonly incomplete: number;
  /** Cursors of the pages that one has come through, the last being the one before this page. */
  readonly trail: readonly string[];
}

const PAGE_SIZE = 25;
/** Of the numbers that papers print of a list. */
const MOST_TOTALS = 10;
const NOTHING: Page<AnyRecordAsOf> = { totalCount: 0, edges: [], hasNextPage: false, endCursor: null };

export async function readList(kind: KindOnPages, visit: Visit): Promise<ListRead> {
  const { view, query } = visit;
  const { shown, reads } = kind;
  const { asked, problems } = readAskedOf(kind, visit);
  const trail = query.getAll('after');
  const after = trail.at(-1);
  const isAnswerable = problems.length === 0;
  const tabs = shown.tabs;
  const drawing = drawingFor(visit, kind);
  const [page, counts, ages, narrowed, incomplete, totals, matrix] = await Promise.all([
    isAnswerable
      ? reads.list(view, asked, after === undefined ? { first: PAGE_SIZE } : { first: PAGE_SIZE, after })
      : NOTHING,
    isAnswerable && tabs !== undefined ? reads.counts(view, without(asked, tabs.by, tabs.beside?.filter)) : [],
    isAnswerable ? reads.ages(view, asked) : null,
    readNarrowed(kind, { asked, problems }, visit, drawing),
    incompleteIn(view, ...reads.readFrom),
    isAnswerable && after === undefined ? totalsOf() : null,
    isAnswerable && after === undefined ? readMatrix(kind, view, asked, drawing) : null,
  ]);
  const rows = await readRows(kind, page, drawing);
  const isEmpty = isAnswerable && rows.edges.length === 0;
  const isNarrowed = parametersOf(shown.filters, asked).length > 0;
  return {
    ...narrowed,
    ...{ counts, ages, totals, matrix, incomplete, trail },
    page: rows,
    whyEmpty: isEmpty ? await whyEmpty(kind, visit, page.totalCount, isNarrowed) : null,
  };

  /** Of a list that is narrowed, those alone that count what it holds. */
  async function totalsOf(): Promise<Page<TotalRead> | null> {
    const conditions = conditionsOf(kind, asked);
    if (conditions === null) return null;
    const wanted = { list: listOf(kind), ...(conditions.length === 0 ? {} : { conditions }) };
    return readTotals(visit, drawing, wanted, { first: MOST_TOTALS });
  }
}

/** The rows of a page of records, drawn. However many there are, what they ask for is asked at once. */
export async function readRows(
  { shown }: KindOnPages,
  page: Page<AnyRecordAsOf>,
  drawing: Drawing,
): Promise<Page<ListedRecord>> {
  const listed = async (record: AnyRecordAsOf): Promise<ListedRecord> => {
    const [heading, beside, illustrative, cells] = await Promise.all([
      wordsOf(shown.heading(record), drawing),
      wordsOf(shown.beside?.(record) ?? null, drawing),
      drawing.isIllustrative(record.ref),
      Promise.all(shown.columns.map((column) => linesOf(column.shows(record), drawing))),
    ]);
    return { record, heading, beside, illustrative, cells };
  };
  const edges = await Promise.all(page.edges.map(async ({ cursor, node }) => ({ cursor, node: await listed(node) })));
  return { ...page, edges };
}
