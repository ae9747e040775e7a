import { kindOfRecord, kindSpelt, linkedAs } from '../../../../../libs/declarations/index.ts';
import { fieldOfLink } from '../../../../../libs/read-models/index.ts';
import { countRecordsNaming, listNaming, type NamingOf } from '../../../../../projections/index.ts';
import { fieldInWords, capitalised, counted, type Piece } from '../../../../../libs/wording/index.ts';
import { KINDS } from '../../kinds.ts';
import { placeInList } from './place-in-list.ts';
import type { RecordPart } from './record-part.ts';

/** Links to the record stand in a table of their own. */
const LINKS: ReadonlySet<string> = new Set(Object.keys(linkedAs.members).map(fieldOfLink));
/** On one page. */
const SHOWN = 10;
const LIST = { parameter: 'named', id: 'naming' } as const;

/**
 * What names the record, from whatever register and under whatever field: but for those that stand on its page already, as the related
 * records that its register declares, and links.
 */
export const naming: RecordPart = {
  template: 'frame/record/naming.njk',
  async show(at) {
    const { visit, kind, ref, drawing } = at;
    const { view, query } = visit;
    const shownAlready = new Set(
      (kind.shown.related ?? []).map(({ record, filter }) => `${kindOfRecord(record).register} ${filter}`),
    );
    const all = await countRecordsNaming(view, ref);
    const groups = all.filter(
      ({ register, fields }) =>
        !shownAlready.has(`${register} ${fields.join()}`) && !fields.some((field) => LINKS.has(field)),
    );
    if (groups.length === 0) return null;
    const after = query.get(LIST.parameter);
    const page = await listNaming(view, ref, { first: SHOWN, groups, ...(after === null ? {} : { after }) });
    const rows = await Promise.all(
      page.edges.map(async ({ node }) => rowOf(node, await drawing.named(node.ref), await view.text(node.heading))),
    );
    return {
      heading: groups.length === all.length ? 'What names it' : 'What else names it',
      total: counted(page.totalCount, 'record'),
      rows,
      first: after === null ? null : placeInList(at, LIST, null),
      next: page.hasNextPage ? placeInList(at, LIST, page.endCursor) : null,
    };
  },
};

/** A record that names the one at hand, in words. Pure. */
export function rowOf(
  { ref, register, fields }: Pick<NamingOf, 'ref' | 'register' | 'fields'>,
  name: Piece,
  heading: string | null,
) {
  const kind = kindSpelt(ref);
  const names = kind === null ? undefined : KINDS[kind].shown.names;
  const as = [...new Set(fields.map((path) => names?.[path] ?? fieldInWords({ register, path })))];
  return {
    name,
    kind: kind === null ? register : capitalised(KINDS[kind].shown.one),
    heading: heading === name.text ? null : heading,
    as,
  };
}
