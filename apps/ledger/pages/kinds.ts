import type { RecordKind } from '../../../libs/declarations/index.ts';
import { LISTS } from '../../../projections/index.ts';
import { kindOnPages, type KindOnPages } from './frame/kind-on-pages.ts';

/** Every kind of record on the pages: what its register shows of it, and how the ledger is asked for it (`projections/lists.ts`). */
export const KINDS = Object.fromEntries(
  (Object.keys(LISTS) as RecordKind[]).map((kind) => [kind, kindOnPages(kind, LISTS[kind])]),
) as { readonly [Kind in RecordKind]: KindOnPages };
