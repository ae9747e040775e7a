import type { CellKey } from '../../../../libs/timeline/index.ts';

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

/** The three bases, and how an address names them. */
export const BASES = ['told', 'knownNow', 'closing'] as const;
export type BasisName = (typeof BASES)[number];

export function slugOfBasis(basis: BasisName): string {
  return basis === 'knownNow' ? 'known-now' : basis;
}
