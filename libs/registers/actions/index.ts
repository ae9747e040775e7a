import type { Register } from '../../ledger/index.ts';
import { MAY_ISSUE, MAY_ISSUE_FOR_RECORD } from './authority.ts';
import type { ActionCommand } from './commands.ts';
import { correctable, disputable } from './correctable.ts';
import { decide } from './decide.ts';
import { ACTION_KINDS, type ActionEvent } from './events.ts';
import { linksOf } from './links.ts';
import { ACTION_REFUSALS } from './refusals.ts';
import {
  ENDS_AS_DONE,
  evolve,
  mayFollow,
  NOT_RAISED,
  ownerOf,
  refOf,
  seriesOf,
  workOf,
  type ActionState,
} from './state.ts';
import { upcast } from './upcast.ts';

export * from './commands.ts';
export * from './events.ts';
export type { BodyLink, MeetingLink, PostLink } from './links.ts';
export * from './overdue.ts';
export * from './published.ts';
export { ACTION_REFUSALS, type ActionRefusal } from './refusals.ts';
export {
  ACTION_STATUSES,
  inWords,
  isOpen,
  NOT_RAISED,
  type ActionState,
  type ActionStatus,
  type DueState,
  type RaisedAction,
  type Step,
} from './state.ts';

/** The register of actions: what a board asks somebody to do, until the board has signed it off. */
export const actions: Register<ActionState, ActionEvent, ActionCommand> = {
  name: 'actions',
  singular: 'action',
  kinds: ACTION_KINDS,
  opening: ['ActionRaised'],
  initial: NOT_RAISED,
  evolve,
  mayFollow,
  decide,
  mayIssue: MAY_ISSUE,
  mayIssueForRecord: MAY_ISSUE_FOR_RECORD,
  separation: { ends: ENDS_AS_DONE, workOf },
  opens: ['RaiseAction'],
  links: linksOf,
  upcast,
  correctable,
  disputable,
  lateAfterDays: 7,
  ownerOf,
  refOf,
  seriesOf,
  refusals: ACTION_REFUSALS,
};
