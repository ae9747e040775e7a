import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted } from '../../records/index.ts';
import type { DirectoryEvent } from './events.ts';
import type { DirectoryState } from './state.ts';

/**
 * What may be a slip, though nothing forbids it. A body may be far older than the paper that names it, and a post may have held powers
 * long before, so their days are not compared with that of their source.
 */
export const notices: readonly NoticeRule<DirectoryState, DirectoryEvent>[] = [
  beforeItExisted('directory', ({ type, facts, actor }) => [
    type === 'PostAdded' ? facts.body : undefined,
    actor.by?.post,
  ]),
];
