import type { RecordKind } from '../libs/declarations/index.ts';
import {
  bridgeIn,
  changedIn,
  recordsInCell,
  type BridgeOf,
  type ChangesOf,
  type ComparedEnds,
  type Page,
  type PageWanted,
} from '../libs/read-models/index.ts';
import type { AtEach, CellKey } from '../libs/timeline/index.ts';
import { COMPARED_LISTS } from './compared-lists.ts';
import { LISTS, withoutBodies, type AnyAsked } from './lists.ts';

/*
 * What changed of the records of each kind, and how their count became another, by the filters that its register declares: as `lists.ts` asks for the
 * records themselves, so that what is narrowed in the one way is narrowed so in the other.
 */

/** How the list of a kind is compared. Any kind in the same way. */
export interface ListCompared {
  /** What a bridge of it may be by. None: there is no bridge. */
  readonly groupings: readonly string[];
  /** The list at the three bases, narrowed by what is asked of it. */
  narrowed(ends: ComparedEnds, asked: AnyAsked): Promise<NarrowedComparison>;
}

export interface NarrowedComparison {
  /** The bases, as the list is of bodies there. */
  readonly ends: ComparedEnds;
  /** The records of the list of which anything changed in either step. */
  changes(): ChangesOf;
  /** From how many of the list there were in each group to how many there are. */
  bridge(by: string): Promise<BridgeOf>;
  /** References of those that stand in one cell at one of the bases. */
  inCell(basis: keyof AtEach<unknown>, by: string, key: CellKey, page: PageWanted): Promise<Page<string>>;
}

/** The list of a kind, as it is compared; null for a kind of which no list is. */
export function listCompared(kind: RecordKind): ListCompared | null {
  const compared = COMPARED_LISTS[kind];
  if (compared === null) return null;
  const list = LISTS[kind];
  return {
    groupings: Object.keys(compared.by),
    async narrowed(over, asked) {
      const { own, viewFor } = withoutBodies(list.shown, asked);
      const [told, knownNow, closing] = await Promise.all([over.told, over.knownNow, over.closing].map(viewFor));
      const ends = { ...over, told: told!, knownNow: knownNow!, closing: closing! };
      const filter = list.filter(own);
      return {
        ends,
        changes: () => changedIn(ends, compared, filter),
        bridge: (by) => bridgeIn(ends, compared, by, filter),
        async inCell(basis, by, key, wanted) {
          const page = await recordsInCell(ends[basis], compared, { by, key, filter }, wanted);
          return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.ref })) };
        },
      };
    },
  };
}
