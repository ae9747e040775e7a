import {
  conditionsAlike,
  kindOfList,
  type Condition,
  type ListOfRecords,
  listOfKind,
} from '../../../../../libs/declarations/index.ts';
import type { CivilDate } from '../../../../../libs/ledger/index.ts';
import type { Page } from '../../../../../libs/read-models/index.ts';
import {
  countIn,
  heldBeside,
  listTotals,
  type HeldBeside,
  type TotalFilter,
  type TotalOfDocument,
} from '../../../../../projections/index.ts';
import { KINDS } from '../../kinds.ts';
import type { AnyAsked, KindOnPages } from '../kind-on-pages.ts';
import type { Drawing, Piece } from '../../../../../libs/wording/index.ts';
import type { Visit } from '../visits.ts';

/** A total as a page shows it: what was read of it, and what is held beside it. */
export interface TotalRead extends HeldBeside {
  readonly kind: KindOnPages;
  readonly filter: readonly Condition[];
  readonly asAt: CivilDate;
  readonly knownBy: CivilDate;
  readonly number: number;
  readonly of: number | null;
  readonly version: string | null;
  readonly document: Piece;
  readonly counts: string | null;
  readonly paragraph: string | null;
  /** The records by which it is narrowed, as far as the reader may know of them. */
  readonly names: ReadonlyMap<string, Piece>;
}

/** A page of totals, each with what is held beside it. What is counted alike is counted once. */
export async function readTotals(
  { view }: Pick<Visit, 'view'>,
  drawing: Drawing,
  wanted: TotalFilter,
  page: { readonly first: number; readonly after?: string },
): Promise<Page<TotalRead>> {
  const found = await listTotals(view, wanted, page);
  const read = async (one: TotalOfDocument): Promise<TotalRead> => {
    const { document, total, knownBy } = one;
    const refs = total.filter.flatMap(({ ofRecord }) => ofRecord ?? []);
    const [held, named, counts, paragraph, ...records] = await Promise.all([
      heldBeside(view, one, countIn),
      drawing.named(document.ref),
      view.text(total.counts),
      view.text(total.paragraph),
      ...refs.map(async (ref) => [ref, await drawing.named(ref)] as const),
    ]);
    const { list, filter, asAt, number, of = null, version = null } = total;
    return {
      ...held,
      kind: KINDS[kindOfList(list)],
      ...{ filter, asAt, knownBy, number, of, version, document: named, counts, paragraph },
      names: new Map(records),
    };
  };
  const edges = await Promise.all(found.edges.map(async ({ cursor, node }) => ({ cursor, node: await read(node) })));
  return { ...found, edges };
}

/** The list of a kind, as totals name it. */
export function listOf({ kind }: Pick<KindOnPages, 'kind'>): ListOfRecords {
  return listOfKind(kind);
}

/**
 * What an address asks of a list, as the conditions of a total; null where words are looked for, by which nothing is counted. Nothing asked: no
 * conditions.
 */
export function conditionsOf(
  { shown: { filters } }: Pick<KindOnPages, 'shown'>,
  asked: AnyAsked,
): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const [filter, value] of Object.entries(asked)) {
    const kind = filters[filter]?.kind;
    if (value === undefined) continue;
    if (kind === undefined || kind === 'words' || kind === 'number') return null;
    conditions.push(
      kind === 'flag'
        ? { filter }
        : kind === 'link'
          ? { filter, ofRecord: String(value) }
          : { filter, members: [String(value)] },
    );
  }
  return conditions;
}

/** What an address would ask of a list by these conditions; null where no address can: several alternatives, or a record that is not for the reader. */
export function askedOf(kind: Pick<KindOnPages, 'shown'>, filter: readonly Condition[]): AnyAsked | null {
  const asked: { [name: string]: string | true } = {};
  for (const { filter: name, members, ofRecord } of filter) asked[name] = members?.[0] ?? ofRecord ?? true;
  const back = conditionsOf(kind, asked);
  return back !== null && conditionsAlike(back, filter) ? asked : null;
}
