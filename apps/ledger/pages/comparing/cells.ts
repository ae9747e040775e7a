import type { AtEach, CellKey } from '../../../../libs/timeline/index.ts';

/*
 * A cell of a bridge in an address. `in:AGREED`; of those without a group `in:`. A record that stands in no cell has none, so an address says nothing of it.
 */

const MARK = 'in:';

export function cellWritten(key: CellKey): string {
  return `${MARK}${key ?? ''}`;
}

/** The cell that an address names; undefined where it names none. */
export function cellRead(written: string | null): CellKey | undefined {
  if (written === null || !written.startsWith(MARK)) return undefined;
  const key = written.slice(MARK.length);
  return key === '' ? null : key;
}

/** A basis by its name, and how an address names it. */
export type BasisName = keyof AtEach<unknown>;

export function slugOfBasis(basis: BasisName): string {
  return basis === 'knownNow' ? 'known-now' : basis;
}

/** A grouping by the colours of a rule, among those by what a list declares. */
const BY_COLOURS = 'RAG ';

export function groupingByColours(rule: string): string {
  return `${BY_COLOURS}${rule}`;
}

/** The rule by whose colours a grouping is; null of any other. */
export function ruleOfGrouping(by: string): string | null {
  return by.startsWith(BY_COLOURS) ? by.slice(BY_COLOURS.length) : null;
}

/** `made-by`, `rag.JARAP-rag`: a grouping in an address. */
export function groupingSlug(by: string): string {
  const rule = ruleOfGrouping(by);
  return rule === null ? by.toLowerCase().replaceAll('_', '-') : `rag.${rule}`;
}
