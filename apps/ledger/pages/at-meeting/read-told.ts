import { incompleteIn, type LedgerView, type Page, type PointOfMeeting } from '../../../../libs/read-models/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import { meetingFacts, wordsOf, type MeetingFact, type MeetingList } from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { recordInLines } from '../frame/record/entry-in-a-list.ts';
import { readSource, type SourceRead } from '../frame/record/read-history.ts';
import type { Line, Piece } from '../../../../libs/wording/index.ts';
import type { Visit } from '../frame/visits.ts';
import { LISTS, type ListOnPage } from './lists.ts';

const PAGE_SIZE = 25;

/** A fact of a list, with its words and names as far as the reader may read them. */
export interface FactRead {
  readonly fact: MeetingFact;
  /** The record: its reference, and what it is called. */
  readonly record: readonly Line[];
  readonly words: string | null;
  readonly by: Piece | null;
  readonly source: SourceRead | null;
}

export interface ToldRead {
  readonly ref: string;
  readonly point: PointOfMeeting;
  readonly list: ListOnPage;
  readonly page: Page<FactRead>;
  readonly counts: ReadonlyMap<MeetingList, number>;
  readonly incomplete: number;
  readonly trail: readonly string[];
}

/** One list of a meeting, a page of it, and how many facts there are in each. */
export async function readTold(visit: Visit, ref: string, point: PointOfMeeting, list: ListOnPage): Promise<ToldRead> {
  const { view, query } = visit;
  const trail = query.getAll('after');
  const after = trail.at(-1);
  const [page, others, incomplete] = await Promise.all([
    listed(view, ref, list.list, { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    Promise.all(
      LISTS.filter((one) => one !== list).map(
        async (one) => [one.list, (await listed(view, ref, one.list, { first: 1 })).totalCount] as const,
      ),
    ),
    incompleteIn(view, ...REGISTERS.map(({ name }) => name)),
  ]);
  const drawing = drawingFor(visit, null);
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node: fact }): Promise<Page<FactRead>['edges'][number]> => {
      const [record, words, by, source] = await Promise.all([
        recordInLines(fact.record, drawing),
        wordsOf(view, fact.event),
        fact.event.by === null ? null : drawing.named(fact.event.by.post),
        readSource(view, fact.event.source),
      ]);
      return { cursor, node: { fact, record, words, by, source } };
    }),
  );
  const counts = new Map([...others, [list.list, page.totalCount]]);
  return { ref, point, list, page: { ...page, edges }, counts, incomplete, trail };
}

const NOTHING: Page<MeetingFact> = { totalCount: 0, edges: [], hasNextPage: false, endCursor: null };

async function listed(view: LedgerView, ref: string, list: MeetingList, page: { first: number; after?: string }) {
  return (await meetingFacts(view, ref, { list }, page)) ?? NOTHING;
}
