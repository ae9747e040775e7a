import {
  commonKinds,
  kind,
  type CivilDate,
  type CommonFact,
  type Dated,
  type EventKind,
  type JsonObject,
  type RecordEvent,
} from '../../ledger/index.ts';

/** When an action is due, as it was said. The words stand in the text `phrase`; at most one of the others resolves them. */
export interface Due extends JsonObject {
  readonly on?: CivilDate;
  /** A span ("March to September 2018"): due on its last day. */
  readonly dated?: Dated & JsonObject;
  /** Reference of the meeting at which it is due: its date is read from that meeting, wherever it moves. */
  readonly meeting?: string;
}

export type Organisation = 'OPCC' | 'FORCE' | 'JOINT';
export type Priority = 'HIGH' | 'MEDIUM' | 'LOW';

export type ActionRaised = RecordEvent<
  'ActionRaised',
  {
    readonly ref: string;
    readonly body: string;
    readonly meeting?: string;
    /** Number of the agenda or minute item, e.g. `7(c)`: see `isItemNumber`. */
    readonly item?: string;
    readonly owner?: string;
    readonly organisation?: Organisation;
    readonly priority?: Priority;
    readonly due?: Due;
  },
  'title' | 'phrase'
>;
export type ActionAgreed = RecordEvent<'ActionAgreed', Record<string, never>, never>;
export type UpdateGiven = RecordEvent<'UpdateGiven', Record<string, never>, 'update'>;
/** The digest is a sealed text: it is computed from content, and must go with its key when the evidence is erased. */
export type EvidenceAdded = RecordEvent<'EvidenceAdded', Record<string, never>, 'title' | 'fileName' | 'sha256'>;
export type ActionReportedComplete = RecordEvent<
  'ActionReportedComplete',
  Record<string, never>,
  'report' | 'evidence'
>;
export type ActionReturned = RecordEvent<'ActionReturned', Record<string, never>, never>;
export type ActionSignedOff = RecordEvent<'ActionSignedOff', Record<string, never>, never>;
export type ActionReassigned = RecordEvent<'ActionReassigned', { readonly owner: string }, never>;
export type DueDateExtended = RecordEvent<'DueDateExtended', { readonly due: Due }, 'phrase'>;
export type ActionDeferred = RecordEvent<
  'ActionDeferred',
  { readonly meeting?: string; readonly until?: CivilDate },
  'phrase'
>;
/** Complete by other means: it became an item of something else, named in words. */
export type ActionConverted = RecordEvent<'ActionConverted', { readonly into: 'FORWARD_PLAN_ITEM' }, 'item'>;
export type ActionMerged = RecordEvent<'ActionMerged', { readonly into: string }, never>;
export type ActionSuperseded = RecordEvent<'ActionSuperseded', { readonly by: string }, never>;
export type ActionWithdrawn = RecordEvent<'ActionWithdrawn', Record<string, never>, never>;
export type ActionReopened = RecordEvent<'ActionReopened', Record<string, never>, never>;

export type ActionOwnEvent =
  | ActionRaised
  | ActionAgreed
  | UpdateGiven
  | EvidenceAdded
  | ActionReportedComplete
  | ActionReturned
  | ActionSignedOff
  | ActionReassigned
  | DueDateExtended
  | ActionDeferred
  | ActionConverted
  | ActionMerged
  | ActionSuperseded
  | ActionWithdrawn
  | ActionReopened;
export type ActionEvent = ActionOwnEvent | CommonFact;

export const ACTION_KINDS: readonly EventKind[] = [
  kind('actions', 'ActionRaised', 1, { texts: ['title', 'phrase'], principal: 'title' }),
  kind('actions', 'ActionAgreed', 1),
  kind('actions', 'UpdateGiven', 1, { texts: ['update'], principal: 'update' }),
  kind('actions', 'EvidenceAdded', 1, { texts: ['title', 'fileName', 'sha256'], principal: 'title' }),
  kind('actions', 'ActionReportedComplete', 1, { texts: ['report', 'evidence'], principal: 'report' }),
  kind('actions', 'ActionReturned', 1),
  kind('actions', 'ActionSignedOff', 1),
  kind('actions', 'ActionReassigned', 1),
  kind('actions', 'DueDateExtended', 1, { texts: ['phrase'], principal: 'phrase' }),
  kind('actions', 'ActionDeferred', 1, { texts: ['phrase'], principal: 'phrase' }),
  kind('actions', 'ActionConverted', 1, { texts: ['item'], principal: 'item' }),
  kind('actions', 'ActionMerged', 1),
  kind('actions', 'ActionSuperseded', 1),
  kind('actions', 'ActionWithdrawn', 1),
  kind('actions', 'ActionReopened', 1),
  ...commonKinds('actions'),
];
