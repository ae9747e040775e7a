import type { CivilDate, Dated } from '../../ledger/index.ts';
import type { Organisation, Priority } from './events.ts';

/** When it is due: the words as said, and at most one of day, span and meeting. */
export interface DueInput {
  readonly phrase?: string;
  readonly on?: CivilDate;
  readonly dated?: Dated;
  readonly meeting?: string;
}

export interface RaiseAction {
  readonly type: 'RaiseAction';
  /** The meeting at which it was raised, or else the body. */
  readonly meeting?: string;
  readonly body?: string;
  readonly item?: string;
  readonly title: string;
  readonly owner?: string;
  readonly organisation?: Organisation;
  readonly priority?: Priority;
  readonly due?: DueInput;
}
export interface AgreeAction {
  readonly type: 'AgreeAction';
  readonly ref: string;
}
export interface GiveActionUpdate {
  readonly type: 'GiveActionUpdate';
  readonly ref: string;
  readonly text: string;
}
export interface AddActionEvidence {
  readonly type: 'AddActionEvidence';
  readonly ref: string;
  readonly title: string;
  readonly fileName?: string;
  /** Hex SHA-256 of the document, if there is one. */
  readonly sha256?: string;
}
export interface ReportActionComplete {
  readonly type: 'ReportActionComplete';
  readonly ref: string;
  readonly text?: string;
  readonly evidence?: string;
}
export interface ReturnAction {
  readonly type: 'ReturnAction';
  readonly ref: string;
}
export interface SignOffAction {
  readonly type: 'SignOffAction';
  readonly ref: string;
}
export interface ReassignAction {
  readonly type: 'ReassignAction';
  readonly ref: string;
  readonly owner: string;
}
export interface ExtendActionDueDate {
  readonly type: 'ExtendActionDueDate';
  readonly ref: string;
  readonly due: DueInput;
}
export interface DeferAction {
  readonly type: 'DeferAction';
  readonly ref: string;
  readonly phrase?: string;
  readonly meeting?: string;
  readonly until?: CivilDate;
}
export interface ConvertAction {
  readonly type: 'ConvertAction';
  readonly ref: string;
  readonly into: 'FORWARD_PLAN_ITEM';
  /** What it became, in words. */
  readonly item?: string;
}
export interface MergeAction {
  readonly type: 'MergeAction';
  readonly ref: string;
  /** The action that goes on for both. */
  readonly into: string;
}
export interface SupersedeAction {
  readonly type: 'SupersedeAction';
  readonly ref: string;
  readonly supersededBy: string;
}
export interface WithdrawAction {
  readonly type: 'WithdrawAction';
  readonly ref: string;
}
export interface ReopenAction {
  readonly type: 'ReopenAction';
  readonly ref: string;
}

export type ActionCommand =
  | RaiseAction
  | AgreeAction
  | GiveActionUpdate
  | AddActionEvidence
  | ReportActionComplete
  | ReturnAction
  | SignOffAction
  | ReassignAction
  | ExtendActionDueDate
  | DeferAction
  | ConvertAction
  | MergeAction
  | SupersedeAction
  | WithdrawAction
  | ReopenAction;
