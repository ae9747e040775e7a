import {
  atLeastOne,
  atMostOne,
  called,
  command,
  day,
  digest,
  labelled,
  line,
  link,
  optional,
  otherwise,
  saying,
  words,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import {
  causedBy,
  convertedInto,
  decision,
  dueDate,
  evidenceDocument,
  evidenceVersion,
  item,
  keepsPromise,
  occasion,
  organisation,
  owner,
  owners,
  priority,
  raisedBy,
  remaining,
  title,
} from './fields.ts';

/** The commissioner may give every command on actions that an officer may: whoever chairs a board need not wait for one. */
const OFFICE: MayIssue = ['opcc-officer', 'commissioner'];
const CHAIR: MayIssue = ['commissioner'];

export const RaiseAction = command('RaiseAction', {
  says: 'Raises an action, at a meeting or else at a body: by a letter, a visit, a complaint or a decision. It gets its reference from the ledger.',
  opens: 'action',
  leadsTo: Event.ActionRaised,
  mayIssue: 'ANY_WRITER',
  rules: [atLeastOne('NEEDS_MEETING_OR_BODY', ['meeting', 'body', 'decision'])],
  fields: {
    meeting: optional(link('meeting', 'Reference of the meeting at which it was raised.')),
    body: optional(
      link(
        'body',
        'Reference of the body, when there was no meeting; the month of its reference is then that of `effectiveOn`.',
      ),
    ),
    item: optional(item),
    raisedBy: optional(saying('What raised it. Default: the meeting, where one is named.', raisedBy)),
    occasion: optional(occasion),
    decision: optional(
      saying(
        'Reference of the decision of which it came; the month of its reference is then that of the decision’s.',
        decision,
      ),
    ),
    causedBy: optional(causedBy),
    keepsPromise: called({ api: 'promise', column: 'promise' }, optional(keepsPromise)),
    title,
    owner: optional(owner),
    owners: optional(
      saying(
        'All posts that are to do it, or those beside the one that leads. Where no owner is named the first of them leads.',
        owners,
      ),
    ),
    organisation: optional(organisation),
    priority: optional(priority),
    due: optional(dueDate),
    followsFrom: optional(
      labelled('Follows from', link('action', 'Reference of the action of which it came: it is linked to that.')),
    ),
  },
});
export type RaiseAction = CommandOf<typeof RaiseAction>;

export const AgreeAction = command('AgreeAction', {
  says: 'Agrees a proposed action.',
  about: 'action',
  leadsTo: Event.ActionAgreed,
  mayIssue: CHAIR,
});
export type AgreeAction = CommandOf<typeof AgreeAction>;

export const GiveActionUpdate = command('GiveActionUpdate', {
  says: 'Gives an update on progress.',
  about: 'action',
  leadsTo: Event.UpdateGiven,
  mayIssue: 'OWNER',
  fields: { text: labelled('Update', words('The update.')) },
});
export type GiveActionUpdate = CommandOf<typeof GiveActionUpdate>;

export const AddActionEvidence = command('AddActionEvidence', {
  says: 'Adds evidence of what was done.',
  about: 'action',
  leadsTo: Event.EvidenceAdded,
  mayIssue: 'OWNER',
  fields: {
    title: line('What it is.'),
    fileName: optional(line('Name of the file, if there is one.')),
    sha256: labelled('Digest of the file', optional(digest('SHA-256 of the file in hexadecimal, if there is one.'))),
    cites: called({ api: 'document', column: 'evidence_document' }, optional(evidenceDocument)),
    citesVersion: called({ api: 'version', column: 'evidence_version' }, optional(evidenceVersion)),
  },
});
export type AddActionEvidence = CommandOf<typeof AddActionEvidence>;

export const ReportActionComplete = command('ReportActionComplete', {
  says: 'Reports an action complete. Whoever does can never sign it off.',
  about: 'action',
  leadsTo: Event.ActionReportedComplete,
  mayIssue: 'LEAD',
  fields: {
    text: labelled('Report', optional(words('The report.'))),
    evidence: optional(words('The evidence for it, in words.')),
  },
});
export type ReportActionComplete = CommandOf<typeof ReportActionComplete>;

export const ReturnAction = command('ReturnAction', {
  says: 'Returns an action that was reported complete.',
  about: 'action',
  leadsTo: Event.ActionReturned,
  mayIssue: CHAIR,
  requires: { reason: 'RETURN_NEEDS_REASON' },
});
export type ReturnAction = CommandOf<typeof ReturnAction>;

export const SignOffAction = command('SignOffAction', {
  says: 'Signs off an action that was reported complete. Needs an authority. Refused to whoever owns it, alone or with others, reported it, or has held such a post since it was given the action.',
  about: 'action',
  leadsTo: Event.ActionSignedOff,
  mayIssue: 'SIGNER',
  consequential: true,
  fields: { remaining: optional(remaining) },
});
export type SignOffAction = CommandOf<typeof SignOffAction>;

export const ReassignAction = command('ReassignAction', {
  says: 'Gives an action to another post, or to others: whoever owned it before and is not named again owns it no longer.',
  about: 'action',
  leadsTo: Event.ActionReassigned,
  mayIssue: OFFICE,
  fields: {
    owner: labelled('New owner', link('post', 'The new owning post; where several own it, the one that leads.')),
    owners: optional(owners),
  },
});
export type ReassignAction = CommandOf<typeof ReassignAction>;

export const ExtendActionDueDate = command('ExtendActionDueDate', {
  says: 'Extends the due date. To put right a wrong date, use `correctAction`: that is no extension.',
  about: 'action',
  leadsTo: Event.DueDateExtended,
  mayIssue: OFFICE,
  requires: { reason: 'EXTENSION_NEEDS_REASON' },
  rules: [atLeastOne('DUE_NEEDED', ['due.on', 'due.dated', 'due.meeting'], 'due')],
  fields: { due: dueDate },
});
export type ExtendActionDueDate = CommandOf<typeof ExtendActionDueDate>;

export const DeferAction = command('DeferAction', {
  says: 'Puts an action off.',
  about: 'action',
  leadsTo: Event.ActionDeferred,
  mayIssue: OFFICE,
  requires: { reason: 'DEFERRAL_NEEDS_REASON' },
  rules: [atMostOne('DEFERRAL_AMBIGUOUS', ['until', 'meeting'])],
  fields: {
    phrase: labelled('Deferred until, in words', optional(line('To when, in words.'))),
    meeting: labelled(
      'Deferred to the meeting',
      optional(link('meeting', 'Reference of the meeting to which it is put off.')),
    ),
    until: labelled('Deferred until', optional(day('The day to which it is put off; it may lie ahead.'))),
  },
});
export type DeferAction = CommandOf<typeof DeferAction>;

export const ConvertAction = command('ConvertAction', {
  says: 'Completes an action by other means: it becomes an item of something else. Needs an authority, and is refused to whom signing off is.',
  about: 'action',
  leadsTo: Event.ActionConverted,
  mayIssue: 'SIGNER',
  consequential: true,
  fields: {
    into: otherwise('FORWARD_PLAN_ITEM', convertedInto),
    item: labelled('What it became, in words', optional(line('What it became, in words.'))),
  },
});
export type ConvertAction = CommandOf<typeof ConvertAction>;

export const MergeAction = command('MergeAction', {
  says: 'Closes an action that goes on in another.',
  about: 'action',
  leadsTo: Event.ActionMerged,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'MERGER_NEEDS_REASON' },
  fields: { into: labelled('Where it goes on', link('action', 'Reference of the action that goes on for both.')) },
});
export type MergeAction = CommandOf<typeof MergeAction>;

export const SupersedeAction = command('SupersedeAction', {
  says: 'Closes an action that another replaces.',
  about: 'action',
  leadsTo: Event.ActionSuperseded,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'SUPERSESSION_NEEDS_REASON' },
  fields: { supersededBy: labelled('What replaces it', link('action', 'Reference of the action that replaces it.')) },
});
export type SupersedeAction = CommandOf<typeof SupersedeAction>;

export const WithdrawAction = command('WithdrawAction', {
  says: 'Withdraws an action that is no longer wanted.',
  about: 'action',
  leadsTo: Event.ActionWithdrawn,
  mayIssue: CHAIR,
  consequential: true,
  requires: { reason: 'WITHDRAWAL_NEEDS_REASON' },
});
export type WithdrawAction = CommandOf<typeof WithdrawAction>;

export const ReopenAction = command('ReopenAction', {
  says: 'Opens a closed action again.',
  about: 'action',
  leadsTo: Event.ActionReopened,
  mayIssue: CHAIR,
  requires: { reason: 'REOPENING_NEEDS_REASON' },
});
export type ReopenAction = CommandOf<typeof ReopenAction>;

export const ACTION_COMMANDS = [
  RaiseAction,
  AgreeAction,
  GiveActionUpdate,
  AddActionEvidence,
  ReportActionComplete,
  ReturnAction,
  SignOffAction,
  ReassignAction,
  ExtendActionDueDate,
  DeferAction,
  ConvertAction,
  MergeAction,
  SupersedeAction,
  WithdrawAction,
  ReopenAction,
] as const;
export type ActionCommand = CommandOf<(typeof ACTION_COMMANDS)[number]>;

/** The commands that every record takes, where the commissioner may give them too. */
export const MAY_ISSUE_FOR_RECORD: { readonly [command: string]: MayIssue } = {
  Correct: OFFICE,
  RecordOtherwiseStated: OFFICE,
  LinkRecord: OFFICE,
  UnlinkRecord: OFFICE,
  NameRecord: OFFICE,
  WithdrawName: OFFICE,
};
