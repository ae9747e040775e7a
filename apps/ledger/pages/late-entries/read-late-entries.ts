import { incompleteIn, type Page } from '../../../../libs/read-models/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import {
  entryDelays,
  listLateEntries,
  wordsOf,
  type DelayGroup,
  type Delays,
  type LateEntry,
} from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { recordInLines } from '../frame/record/entry-in-a-list.ts';
import type { Line, Piece } from '../../../../libs/wording/index.ts';
import type { Visit } from '../frame/visits.ts';
import { entriesWanted, type Asked } from './asked.ts';

const PAGE_SIZE = 25;

/** A late entry, with its words and names as far as the reader may read them. */
export interface EntryRead {
  readonly entry: LateEntry;
  readonly record: readonly Line[];
  readonly words: string | null;
  readonly by: Piece | null;
  readonly enteredBy: Piece | null;
}

export interface LateEntriesRead {
  readonly asked: Asked;
  readonly delays: Delays & { readonly groups: readonly DelayGroup[] };
  readonly page: Page<EntryRead>;
  /** What the post is called of which alone entries are listed; null for another, or none. */
  readonly post: string | null;
  readonly incomplete: number;
  readonly trail: readonly string[];
}

/** How long entries took, in groups, and a page of those that are late, of one group or of all. */
export async function readLateEntries(visit: Visit, asked: Asked): Promise<LateEntriesRead> {
  const { view, query } = visit;
  const trail = query.getAll('after');
  const after = trail.at(-1);
  const drawing = drawingFor(visit, null);
  const { post } = asked.only;
  const [delays, page, incomplete, called] = await Promise.all([
    entryDelays(view, {}, asked.counted.by),
    listLateEntries(view, entriesWanted(asked), { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    incompleteIn(view, ...REGISTERS.map(({ name }) => name)),
    post === undefined ? null : drawing.named(post),
  ]);
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node: entry }) => {
      const named = (post: string | undefined) => (post === undefined ? null : drawing.named(post));
      const [record, words, by, enteredBy] = await Promise.all([
        recordInLines(entry.record, drawing),
        wordsOf(view, entry.event),
        named(entry.event.by?.post),
        named(entry.event.enteredBy?.post),
      ]);
      return { cursor, node: { entry, record, words, by, enteredBy } };
    }),
  );
  return { asked, delays, page: { ...page, edges }, post: called?.text ?? null, incomplete, trail };
}
