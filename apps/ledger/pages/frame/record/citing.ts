import { listCitations, type Citation } from '../../../../../projections/index.ts';
import { counted, type Piece, eventInWords } from '../../../../../libs/wording/index.ts';
import { placeInList } from './place-in-list.ts';
import type { RecordPart } from './record-part.ts';

/** On one page. */
const SHOWN = 10;
const LIST = { parameter: 'cited', id: 'citing' } as const;

/** The facts that cite a document, as their source or as evidence: what stands on it. */
export const citing: RecordPart = {
  template: 'frame/record/citing.njk',
  async show(at) {
    const { visit, kind, ref, drawing } = at;
    const { view, query } = visit;
    if (kind.kind !== 'document') return null;
    const after = query.get(LIST.parameter);
    const page = await listCitations(view, ref, { first: SHOWN, ...(after === null ? {} : { after }) });
    if (page.totalCount === 0) return null;
    const rows = await Promise.all(
      page.edges.map(async ({ node }) =>
        rowOf(node, await drawing.named(node.record.ref), await view.text(node.paragraph)),
      ),
    );
    return {
      heading: 'What cites it',
      total: counted(page.totalCount, 'fact'),
      rows,
      first: after === null ? null : placeInList(at, LIST, null),
      next: page.hasNextPage ? placeInList(at, LIST, page.endCursor) : null,
    };
  },
};

/** A fact that cites the document at hand, in words: the way to it leads to its place in the record's timeline. Pure. */
export function rowOf(
  { event, type, as, version }: Pick<Citation, 'event' | 'type' | 'as' | 'version'>,
  record: Piece,
  paragraph: string | null,
) {
  const how = as === 'EVIDENCE' ? 'Evidence' : 'Source';
  const place = [version === undefined ? null : `version ${version}`, paragraph].filter((part) => part !== null);
  return {
    record: record.href === undefined ? record : { ...record, href: `${record.href}#event-${event}` },
    fact: eventInWords(type),
    as: [how, ...place].join(', '),
  };
}
