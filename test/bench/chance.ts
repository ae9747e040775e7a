import { createCipheriv, createHash } from 'node:crypto';
import type { Ids } from '../../libs/ledger/index.ts';

/** Chance that comes out the same in every run. */
export interface Chance extends Ids {
  /** At least 0 and less than 1. */
  fraction(): number;
  /** True so often out of one. */
  happens(share: number): boolean;
  /** A whole number from the first to the second, both included. */
  between(least: number, most: number): number;
  /** One of them, each as likely. */
  oneOf<Item>(items: readonly Item[]): Item;
  /** One of them, early ones far likelier: the n-th with weight 1/n. */
  skewed<Item>(items: readonly Item[]): Item;
}

const BLOCK_BYTES = 64 * 1024;

export function chance(seed: string): Chance {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK_BYTES);
  let block = stream.update(zeros);
  let used = 0;
  const bytes = (length: number): Buffer => {
    if (used + length > block.length) {
      block = stream.update(zeros);
      used = 0;
    }
    used += length;
    return block.subarray(used - length, used);
  };
  const fraction = (): number => bytes(4).readUInt32BE() / 2 ** 32;
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(fraction() * items.length)]!;
  return {
    bytes,
    uuid() {
      const hex = bytes(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    fraction,
    happens: (share) => fraction() < share,
    between: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    oneOf,
    skewed(items) {
      let left = fraction() * items.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
      for (const [index, item] of items.entries()) {
        left -= 1 / (index + 1);
        if (left < 0) return item;
      }
      return items[0]!;
    },
  };
}
