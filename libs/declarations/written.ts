import type { Share } from './shapes.ts';

/*
 * How counts, shares and lists of references are written in one box of a form or one cell of a paper, and read back: what is written is
 * read as it was given.
 */

/** The references in a box or a cell: between them stand spaces, commas or line breaks. */
export function readReferences(written: string): readonly string[] {
  return written.split(/[\s,;]+/).filter((ref) => ref !== '');
}

/** `1234` and `1,234`; null for what is no whole number. Whether it is within its bounds, its shape says. */
export function readCount(written: string): number | null {
  return /^-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})$/.test(written) ? Number(written.replaceAll(',', '')) : null;
}

/** So many decimals of a percentage tell that it is of a hundred, a thousand or ten thousand. */
const MOST_DECIMALS = 2;

/** `45 %` is 45 of 100, and `12.5 %` 125 of 1,000; `9/20` and `9 of 20` are 9 of 20. Null for what is neither. */
export function readShare(written: string): Share | null {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d+))?\s*(?:%|per ?cent)$/i.exec(written) ?? [];
  if (whole !== undefined)
    return decimals.length > MOST_DECIMALS
      ? null
      : { part: Number(`${whole}${decimals}`), of: 100 * 10 ** decimals.length };
  const [, first, second] = /^([\d,]+)\s*(?:\/|of)\s*([\d,]+)$/i.exec(written) ?? [];
  const [part, of] = [first, second].map((one) => (one === undefined ? null : readCount(one)));
  return part == null || of == null ? null : { part, of };
}

/** A share as {@link readShare} reads it back. */
export function shareWritten({ part, of }: Share): string {
  const decimals = [100, 1_000, 10_000].indexOf(of);
  if (decimals < 0 || part > of) return `${part}/${of}`;
  return `${decimals === 0 ? part : `${Math.floor(part / 10 ** decimals)}.${String(part % 10 ** decimals).padStart(decimals, '0')}`} %`;
}
