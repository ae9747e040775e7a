import type { Register } from '../../ledger/index.ts';
import { inOwnCause, MAY_ISSUE, mayIssueThis } from './authority.ts';
import type { DirectoryCommand } from './commands.ts';
import { correctable, disputable } from './correctable.ts';
import { decide } from './decide.ts';
import { DIRECTORY_KINDS, type DirectoryEvent } from './events.ts';
import { linksOf } from './links.ts';
import { DIRECTORY_REFUSALS } from './refusals.ts';
import { evolve, mayFollow, NOT_IN_DIRECTORY, refOf, seriesOf, type DirectoryState } from './state.ts';
import { upcast } from './upcast.ts';

export type * from './commands.ts';
export { grantsAmong, isOfAuthority } from './authority.ts';
export * from './events.ts';
export { DIRECTORY_REFUSALS } from './refusals.ts';
export * from './state.ts';

/** Who is who: bodies, posts, persons, and who held which post when. */
export const directory: Register<DirectoryState, DirectoryEvent, DirectoryCommand> = {
  name: 'directory',
  singular: 'directory entry',
  kinds: DIRECTORY_KINDS,
  opening: ['BodyAdded', 'PostAdded', 'PersonAdded'],
  initial: NOT_IN_DIRECTORY,
  evolve,
  mayFollow,
  decide,
  mayIssue: MAY_ISSUE,
  mayIssueThis,
  inOwnCause,
  opens: ['AddBody', 'AddPost', 'AddPerson'],
  links: linksOf,
  upcast,
  correctable,
  disputable,
  // An office hears of a new holder within the month, with the next payroll or the next meeting.
  lateAfterDays: 28,
  ownerOf: () => null,
  refOf,
  seriesOf,
  refusals: DIRECTORY_REFUSALS,
};
