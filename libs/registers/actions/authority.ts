import type { MayIssue } from '../../ledger/index.ts';
import type { ActionCommand } from './commands.ts';

/**
 * Who may issue each command, by capacity. Dispatch checks it, and lets an OPCC officer type any of them for the post that
 * may. Source: design §10.
 */
export const MAY_ISSUE: { readonly [type in ActionCommand['type']]: MayIssue } = {
  RaiseAction: 'ANY_WRITER',
  AgreeAction: ['commissioner'],
  GiveActionUpdate: 'OWNER',
  AddActionEvidence: 'OWNER',
  ReportActionComplete: 'OWNER',
  ReturnAction: ['commissioner'],
  SignOffAction: ['commissioner'],
  ReassignAction: ['opcc-officer'],
  ExtendActionDueDate: ['opcc-officer'],
  DeferAction: ['opcc-officer'],
  ConvertAction: ['opcc-officer'],
  MergeAction: ['opcc-officer'],
  SupersedeAction: ['opcc-officer'],
  WithdrawAction: ['commissioner'],
  ReopenAction: ['commissioner'],
};
