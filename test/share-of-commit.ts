/**
 * What is long is tried in shares: `SHARE=2/6` is the second of six. CI takes one for each commit, which is told by its id; all are tried by hand and before a
 * release, as without it. So each commit tries some of everything, and six of them tend to have tried all.
 */
const [SHARE = 1, SHARES = 1] = (process.env['SHARE'] ?? '1/1').split('/').map(Number);
if (!(Number.isInteger(SHARE) && Number.isInteger(SHARES) && SHARE >= 1 && SHARE <= SHARES))
  throw new RangeError(`SHARE=${process.env['SHARE']} is none: write SHARE=2/6 for the second of six.`);

/** Are all tried? */
export const isWhole = SHARES === 1;

/** Is it so with the one at that place? Of `shares`, so many as CI tells commits apart by, or a divisor of that. */
export function isOfShare(place: number, shares = SHARES): boolean {
  const many = Math.min(shares, SHARES);
  return place % many === (SHARE - 1) % many;
}

/** Those of them that are of the share, in their order. */
export function ofShare<One>(all: readonly One[], shares = SHARES): readonly One[] {
  return all.filter((_, place) => isOfShare(place, shares));
}
