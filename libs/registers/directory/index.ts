import { registerOf } from '../../declarations/index.ts';
import { DIRECTORY_COMMANDS, type DirectoryCommand } from './commands.ts';
import { decide } from './decide.ts';
import { DIRECTORY_EVENTS, type DirectoryEvent } from './events.ts';
import { inOwnCause, mayIssueThis } from './grants.ts';
import { notices } from './notices.ts';
import { DIRECTORY_REFUSALS } from './refusals.ts';
import { belongsTo, evolve, mayFollow, NOT_IN_DIRECTORY, refOf, type DirectoryState } from './state.ts';
import { BODY_SHOWN, PERSON_SHOWN, POST_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './events.ts';
export * from './shown.ts';
export { capacity } from './fields.ts';
export { grantsAmong, isOfAuthority } from './grants.ts';
export { DIRECTORY_REFUSALS } from './refusals.ts';
export * from './state.ts';

/** Who is who: bodies, posts, persons, and who held which post when. */
export const directory = registerOf<DirectoryState, DirectoryEvent, DirectoryCommand>({
  name: 'directory',
  singular: 'directory entry',
  events: DIRECTORY_EVENTS,
  commands: DIRECTORY_COMMANDS,
  initial: NOT_IN_DIRECTORY,
  evolve,
  mayFollow,
  decide,
  mayIssueThis,
  inOwnCause,
  stateFields,
  told,
  filters: { body: BODY_SHOWN.filters, post: POST_SHOWN.filters, person: PERSON_SHOWN.filters },
  // An office hears of a new holder within the month, with the next payroll or the next meeting.
  lateAfterDays: 28,
  ownersOf: () => [],
  refOf,
  belongsTo,
  refusals: DIRECTORY_REFUSALS,
  notices,
});
