import { kindSpelt, LINKED_FROM, linkedAs, type LinkedAs } from '../../../../../libs/declarations/index.ts';
import type { LedgerView } from '../../../../../libs/read-models/index.ts';
import { linksOf, type LinkOf } from '../../../../../projections/index.ts';
import { capitalised, counted, type Piece } from '../../../../../libs/wording/index.ts';
import { formOffered } from '../../commands/offers.ts';
import { KINDS } from '../../kinds.ts';
import type { RecordPart } from './record-part.ts';

/** In each table. What names the record as anything is told in pages by the API. */
const SHOWN = 50;

/**
 * The links of the record to others and of others to it, each as what it is said to be from this side. Whoever may end one that is said here
 * is led to the form for it; one from another record is ended there.
 */
export const links: RecordPart = {
  template: 'frame/record/links.njk',
  async show(at) {
    const { visit, ref, drawing } = at;
    const all = await linksOf(visit.view, ref);
    if (all.length === 0) return null;
    const tableOf = async (direction: LinkOf['direction'], heading: string, id: string) => {
      const of = all.filter((link) => link.direction === direction);
      const rows = await Promise.all(
        of
          .slice(0, SHOWN)
          .map(async (link) =>
            rowOf(
              link,
              await drawing.named(link.other.ref),
              await visit.view.text(link.other.heading),
              await stateOf(visit.view, link.other.ref),
              direction === 'TO' ? await formOffered(at, 'UnlinkRecord', { to: link.other.ref, as: link.as }) : null,
            ),
          ),
      );
      return { id, heading, total: counted(of.length, 'link'), rows, more: of.length - rows.length };
    };
    const tables = await Promise.all([
      tableOf('TO', 'Linked to', 'linked-to'),
      tableOf('FROM', 'Linked from', 'linked-from'),
    ]);
    return { tables: tables.filter(({ rows }) => rows.length > 0) };
  },
};

/** Where the other record stands on the day, so that one sees what is still open. Null of a kind without states. */
async function stateOf(view: LedgerView, ref: string): Promise<string | null> {
  const kind = kindSpelt(ref);
  if (kind === null) return null;
  const { shown, reads } = KINDS[kind];
  const found = shown.status === undefined ? null : await reads.find(view, ref);
  return found === null ? null : (shown.status!.are[shown.status!.of(found)]?.words ?? null);
}

/** A link in words, as they are said of the record at hand. Pure. */
export function rowOf(
  { direction, as, other }: LinkOf,
  name: Piece,
  heading: string | null,
  state: string | null,
  end: string | null,
) {
  const kind = kindSpelt(other.ref);
  return {
    as: direction === 'TO' ? linkedAs.members[as as LinkedAs].label : LINKED_FROM[as as LinkedAs],
    name,
    state,
    end,
    heading: heading === name.text ? null : heading,
    kind: kind === null ? other.register : capitalised(KINDS[kind].shown.one),
  };
}
