import { placeInList } from './place-in-list.ts';
import type { RecordPart } from './record-part.ts';
import { presentTotals, totalsCounted } from '../totals/present-totals.ts';
import { readTotals } from '../totals/read-totals.ts';

/** On one page. */
const SHOWN = 10;
const LIST = { parameter: 'reported', id: 'totals' } as const;

/** The numbers that a document prints of lists, each beside what the ledger holds. */
export const totals: RecordPart = {
  template: 'frame/record/totals.njk',
  async show(at) {
    const { visit, kind, ref, record, drawing } = at;
    if (kind.kind !== 'document' || record === null) return null;
    const after = visit.query.get(LIST.parameter);
    const wanted = { first: SHOWN, ...(after === null ? {} : { after }) };
    const page = await readTotals(visit, drawing, { document: ref }, wanted);
    if (page.totalCount === 0) return null;
    return {
      heading: 'Numbers that it reports, beside what the ledger holds',
      total: totalsCounted(page),
      rows: presentTotals(page, visit),
      first: after === null ? null : placeInList(at, LIST, null),
      next: page.hasNextPage ? placeInList(at, LIST, page.endCursor) : null,
    };
  },
};
