import { recordPath, type KindOnPages } from '../frame/kind-on-pages.ts';

/** The page on which a record is replayed, as an address. */
export function replayPath(kind: Pick<KindOnPages, 'kind'>, ref: string): string {
  return `${recordPath(kind, ref)}/replay`;
}
