import { registerOf } from '../../declarations/index.ts';
import { ACTION_COMMANDS, MAY_ISSUE_FOR_RECORD, type ActionCommand } from './commands.ts';
import { decide } from './decide.ts';
import { dues } from './dues.ts';
import { ACTION_EVENTS, EARLIER_KINDS, type ActionEvent } from './events.ts';
import { linksBeside } from './links.ts';
import { notices } from './notices.ts';
import { ACTION_REFUSALS } from './refusals.ts';
import {
  ENDS_AS_DONE,
  bodyOf,
  evolve,
  mayFollow,
  NOT_RAISED,
  ownersIn,
  refOf,
  titledAt,
  workOf,
  type ActionState,
} from './state.ts';
import { ACTION_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './events.ts';
export * from './shown.ts';
export {
  actionStatus,
  priority,
  type ActionStatus,
  type Organisation,
  type Priority,
  type RaisedBy,
} from './fields.ts';
export * from './overdue.ts';
export * from './published.ts';
export { ACTION_REFUSALS, type ActionRefusal } from './refusals.ts';
export {
  ACTION_STATUSES,
  inWords,
  isOpen,
  NOT_RAISED,
  raisedByOf,
  type ActionState,
  type RaisedAction,
} from './state.ts';

/** The register of actions: what a board asks somebody to do, until the board has signed it off. */
export const actions = registerOf<ActionState, ActionEvent, ActionCommand>({
  name: 'actions',
  singular: 'action',
  events: ACTION_EVENTS,
  earlier: EARLIER_KINDS,
  commands: ACTION_COMMANDS,
  initial: NOT_RAISED,
  evolve,
  mayFollow,
  decide,
  mayIssueForRecord: MAY_ISSUE_FOR_RECORD,
  separation: { ends: ENDS_AS_DONE, workOf },
  linksBeside,
  stateFields,
  told,
  dues,
  filters: { action: ACTION_SHOWN.filters },
  lateAfterDays: 7,
  bodyOf,
  ownersOf: ownersIn,
  refOf,
  refusals: ACTION_REFUSALS,
  notices,
  titledAt,
});
