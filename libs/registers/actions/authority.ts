import type { MayIssue } from '../../ledger/index.ts';
import type { ActionCommand } from './commands.ts';

/** The commissioner may give every command on actions that an officer may: whoever chairs a board need not wait for one. */
const OFFICE: MayIssue = ['opcc-officer', 'commissioner'];

/**
 * Who may issue each command, by capacity. Dispatch checks it, and lets an OPCC officer type any of them for the post that
 * may. See `docs/writing.md`.
 */
export const MAY_ISSUE: { readonly [type in ActionCommand['type']]: MayIssue } = {
  RaiseAction: 'ANY_WRITER',
  AgreeAction: ['commissioner'],
  GiveActionUpdate: 'OWNER',
  AddActionEvidence: 'OWNER',
  ReportActionComplete: 'OWNER',
  ReturnAction: ['commissioner'],
  SignOffAction: 'SIGNER',
  ReassignAction: OFFICE,
  ExtendActionDueDate: OFFICE,
  DeferAction: OFFICE,
  ConvertAction: 'SIGNER',
  MergeAction: OFFICE,
  SupersedeAction: OFFICE,
  WithdrawAction: ['commissioner'],
  ReopenAction: ['commissioner'],
};

/** The commands that every record takes, where the commissioner may give them too. */
export const MAY_ISSUE_FOR_RECORD: { readonly [command: string]: MayIssue } = {
  Correct: OFFICE,
  RecordOtherwiseStated: OFFICE,
};
