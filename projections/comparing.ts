import type { RecordKind } from '../libs/declarations/index.ts';
import {
  bridgeIn,
  bridgeOfColours,
  changedIn,
  endsOver,
  recordsInCell,
  recordsOfColour,
  type BridgeOf,
  type ChangesOf,
  type ComparedEnds,
  type Page,
  type PageWanted,
} from '../libs/read-models/index.ts';
import type { AtEach, CellKey } from '../libs/timeline/index.ts';
import { COMPARED_LISTS } from './compared-lists.ts';
import { recommendationColours } from './recommendation-tracker/compared-queries.ts';
import { listRules } from './rule-book/queries.ts';
import { LISTS, withoutBodies, type AnyAsked } from './lists.ts';

/*
 * What changed of the records of each kind, and how their count became another, by the filters that its register declares: as `lists.ts` asks for the
 * records themselves, so that what is narrowed in the one way is narrowed so in the other.
 */

/** How the list of a kind is compared. Any kind in the same way. */
export interface ListCompared {
  /** What a bridge of it may be by. None: there is no bridge. */
  readonly groupings: readonly string[];
  /** The rules that colour its records at one of the bases, by which a bridge may be too. */
  colouredBy(ends: ComparedEnds): Promise<readonly string[]>;
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
  /** The same by the colours that a rule gives. */
  bridgeOfColours(rag: string): Promise<BridgeOf>;
  /** References of those that stand in one cell at one of the bases: of a grouping of the list, or of the colours that a rule gives. */
  inCell(basis: keyof AtEach<unknown>, by: Cells, key: CellKey, page: PageWanted): Promise<Page<string>>;
}

/** By what the cells of a bridge are. */
export type Cells = { readonly by: string } | { readonly rag: string };

/** The list of a kind, as it is compared; null for a kind of which no list is. */
export function listCompared(kind: RecordKind): ListCompared | null {
  const compared = COMPARED_LISTS[kind];
  if (compared === null) return null;
  const list = LISTS[kind];
  return {
    groupings: Object.keys(compared.by),
    colouredBy: (ends) => (kind === 'recommendation' ? ragRulesOf(ends) : Promise.resolve([])),
    async narrowed(over, asked) {
      const { own, viewFor } = withoutBodies(list.shown, asked);
      const ends = await endsOver(over, viewFor);
      const filter = list.filter(own);
      return {
        ends,
        changes: () => changedIn(ends, compared, filter),
        bridge: (by) => bridgeIn(ends, compared, by, filter),
        bridgeOfColours: (rag) => bridgeOfColours(ends, compared, recommendationColours(ends, rag, undefined), filter),
        async inCell(basis, by, key, wanted) {
          const page =
            'rag' in by
              ? await recordsOfColour(
                  ends[basis],
                  recommendationColours(ends, by.rag, undefined),
                  { key, filter },
                  wanted,
                )
              : await recordsInCell(ends[basis], compared, { by: by.by, key, filter }, wanted);
          return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.ref })) };
        },
      };
    },
  };
}

/** A page of rules holds all that a ledger has of that kind. */
const MOST_RULES = 100;

async function ragRulesOf({ told, knownNow, closing }: ComparedEnds): Promise<readonly string[]> {
  const pages = await Promise.all(
    [told, knownNow, closing].map((view) => listRules(view, { kind: ['RAG'] }, { first: MOST_RULES })),
  );
  return [...new Set(pages.flatMap(({ edges }) => edges.map(({ node }) => node.ref)))].toSorted();
}
