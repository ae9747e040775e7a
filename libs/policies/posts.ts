import { isPostCapacity, type PostCapacity } from '../access/index.ts';
import type { CivilDate, Holding } from '../ledger/index.ts';
import {
  directory,
  holdersBetween,
  holdersOn,
  type DirectoryState,
  type PersonState,
} from '../registers/directory/index.ts';

/** What whoever takes commands must know of posts: which capacity one acts in, and who holds it on a day. */
export const postsOfTheDirectory = {
  register: directory.name,
  series: 'directory',
  personIn(state: unknown): PersonState | null {
    const person = state as DirectoryState;
    return person.record === 'PERSON' ? person : null;
  },
  postIn(state: unknown): string | null {
    const post = state as DirectoryState;
    return post.record === 'POST' ? post.ref : null;
  },
  capacityOf(state: unknown): PostCapacity | null {
    const post = state as DirectoryState;
    return post.record === 'POST' && post.capacity !== undefined && isPostCapacity(post.capacity)
      ? post.capacity
      : null;
  },
  holdersOn(state: unknown, day: CivilDate): readonly string[] {
    const post = state as DirectoryState;
    return post.record === 'POST' ? holdersOn(post, day) : [];
  },
  holdersBetween(state: unknown, from: CivilDate, to: CivilDate): readonly Holding[] {
    const post = state as DirectoryState;
    return post.record === 'POST' ? holdersBetween(post, from, to) : [];
  },
};
