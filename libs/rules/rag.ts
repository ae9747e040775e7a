import type { Colour, Standing } from './kinds.ts';

/** One case of a RAG rule: it fits where everything that it asks is so. One that asks nothing fits everything. */
export interface RagCase {
  readonly standing?: Standing;
  /** Past the current due date, or not. */
  readonly pastCurrent?: boolean;
  /** Past the first due date, or not. */
  readonly pastOriginal?: boolean;
  /** The share complete, as claimed, is less than so many per cent. */
  readonly shareBelow?: number;
  readonly colour: Colour;
}

/** The content of a RAG rule: its cases in the order in which they are tried. */
export interface RagRule<Case extends RagCase = RagCase> {
  readonly cases: readonly Case[];
}

/** What is known of something at a basis, as far as a RAG rule may ask. */
export interface RagFacts {
  readonly standing: Standing;
  readonly pastCurrent: boolean;
  readonly pastOriginal: boolean;
  /** The share complete, as it was last claimed: `part` of `of`. Absent: nobody claimed any, and no case that asks for one fits. */
  readonly share?: { readonly part: number; readonly of: number };
}

/** The first case that fits; null where none does: that has no colour, and is counted apart. */
export function ragOf<Case extends RagCase>({ cases }: RagRule<Case>, facts: RagFacts): Case | null {
  return cases.find((one) => fits(one, facts)) ?? null;
}

function fits({ standing, pastCurrent, pastOriginal, shareBelow }: RagCase, facts: RagFacts): boolean {
  return (
    (standing === undefined || standing === facts.standing) &&
    (pastCurrent === undefined || pastCurrent === facts.pastCurrent) &&
    (pastOriginal === undefined || pastOriginal === facts.pastOriginal) &&
    (shareBelow === undefined || isBelow(facts.share, shareBelow))
  );
}

/** Compared as whole numbers, so that 1/3 is below 34 and not below 33. */
function isBelow(share: RagFacts['share'], percent: number): boolean {
  return share !== undefined && share.part * 100 < percent * share.of;
}

/** The number of the first case that no facts can reach, as an earlier one fits whatever it fits; null where each can be reached. */
export function unreachableCase({ cases }: RagRule): number | null {
  const at = cases.findIndex((one, index) => cases.slice(0, index).some((earlier) => covers(earlier, one)));
  return at < 0 ? null : at;
}

/** True if whatever fits the second fits the first. */
function covers(first: RagCase, second: RagCase): boolean {
  const asks = ['standing', 'pastCurrent', 'pastOriginal'] as const;
  return (
    asks.every((name) => first[name] === undefined || first[name] === second[name]) &&
    (first.shareBelow === undefined || (second.shareBelow !== undefined && second.shareBelow <= first.shareBelow))
  );
}
