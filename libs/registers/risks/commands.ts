import {
  atLeastOne,
  command,
  count,
  day,
  labelled,
  link,
  optional,
  saying,
  words,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office registers risks and gives them to their owners; the commissioner need not wait for an officer. */
const OFFICE: MayIssue = ['opcc-officer', 'commissioner'];
/** Whoever decides on some register. On which a risk stands says which of them it is: `deciders.ts`. */
const DECIDERS: MayIssue = ['opcc-officer', 'commissioner', 'force-lead'];
/** Assurance is given by managers, by those who oversee them, and by auditors and inspectors, for whom an officer types it. */
const ASSURERS: MayIssue = [
  'opcc-officer',
  'commissioner',
  'monitoring-officer',
  'force-lead',
  'internal-auditor',
  'external',
];

export const ProposeRisk = command('ProposeRisk', {
  says: 'Proposes a risk for a register. It gets its reference from the ledger, and stands on the register once an officer has registered it.',
  opens: 'risk',
  leadsTo: Event.RiskProposed,
  mayIssue: 'ANY_WRITER',
  fields: {
    body: link('body', 'Reference of the body whose risk it is.'),
    register: field.riskRegister,
    kind: field.riskKind,
    title: field.title,
    cause: optional(field.cause),
    what: optional(field.what),
    effect: optional(field.effect),
    cost: optional(field.cost),
    category: optional(field.riskCategory),
    owner: optional(field.owner),
    owners: optional(field.owners),
  },
});
export type ProposeRisk = CommandOf<typeof ProposeRisk>;

export const RegisterRisk = command('RegisterRisk', {
  says: 'Takes a proposed risk on its register. It awaits review until it is scored or reviewed.',
  about: 'risk',
  leadsTo: Event.RiskRegistered,
  mayIssue: OFFICE,
});
export type RegisterRisk = CommandOf<typeof RegisterRisk>;

export const AllocateRisk = command('AllocateRisk', {
  says: 'Gives a risk to those who are to own it. Under a new responsible officer it awaits review.',
  about: 'risk',
  leadsTo: Event.RiskAllocated,
  mayIssue: OFFICE,
  fields: { owner: field.owner, owners: optional(field.owners) },
});
export type AllocateRisk = CommandOf<typeof AllocateRisk>;

export const RewordRisk = command('RewordRisk', {
  says: 'Says a risk otherwise, as it is seen now. What is left out stays. To put a slip right, correct the entry that holds it.',
  about: 'risk',
  leadsTo: Event.RiskReworded,
  mayIssue: 'OWNER',
  rules: [atLeastOne('NOTHING_REWORDED', ['title', 'cause', 'what', 'effect', 'cost', 'category'])],
  fields: {
    title: optional(field.title),
    cause: optional(field.cause),
    what: optional(field.what),
    effect: optional(field.effect),
    cost: optional(field.cost),
    category: optional(field.riskCategory),
  },
});
export type RewordRisk = CommandOf<typeof RewordRisk>;

export const ScoreRisk = command('ScoreRisk', {
  says: 'Scores a risk by the version of a score scale that is in force on the effective day, with the rationale as the reason. It keeps that version. A current score is a review as well.',
  about: 'risk',
  leadsTo: Event.RiskScored,
  mayIssue: 'OWNER',
  requires: { reason: 'SCORE_NEEDS_RATIONALE' },
  fields: {
    of: labelled('What is scored', field.scoreOf),
    rule: field.scale,
    likelihood: field.likelihood,
    impact: field.impact,
    targetOn: labelled(
      'Target day',
      optional(day('Of a target: the day by which it is to be so. Needed there, but of a paper that does not say.')),
    ),
  },
});
export type ScoreRisk = CommandOf<typeof ScoreRisk>;

export const ReviewRisk = command('ReviewRisk', {
  says: 'Says that a risk was looked at and its score stays as it is.',
  about: 'risk',
  leadsTo: Event.RiskReviewed,
  mayIssue: 'OWNER',
  fields: { text: labelled('Update', optional(words('What was found.'))) },
});
export type ReviewRisk = CommandOf<typeof ReviewRisk>;

export const SetRiskAppetite = command('SetRiskAppetite', {
  says: 'Sets the greatest score of a risk that is within appetite, by the version of a score scale that is in force on the effective day. Refused to whoever owns it.',
  label: 'Set the appetite for it',
  about: 'risk',
  leadsTo: Event.RiskAppetiteSet,
  mayIssue: DECIDERS,
  fields: {
    rule: field.scale,
    most: labelled(
      'Greatest score within appetite',
      count('The greatest score, likelihood times impact, that is within appetite.', { least: 1, most: 10_000 }),
    ),
  },
});
export type SetRiskAppetite = CommandOf<typeof SetRiskAppetite>;

export const ChooseRiskResponse = command('ChooseRiskResponse', {
  says: 'Says what is done about a risk: it is treated, tolerated, transferred or terminated.',
  about: 'risk',
  leadsTo: Event.RiskResponseChosen,
  mayIssue: 'OWNER',
  fields: { response: field.response },
});
export type ChooseRiskResponse = CommandOf<typeof ChooseRiskResponse>;

export const AddRiskControl = command('AddRiskControl', {
  says: 'Adds a control: one that is there, or an additional one that is to be put in place by a day.',
  about: 'risk',
  leadsTo: Event.RiskControlAdded,
  mayIssue: 'OWNER',
  fields: {
    measure: field.measure,
    kind: field.controlKind,
    owner: optional(field.controlOwner),
    targetOn: labelled(
      'Target day',
      optional(
        day('Of an additional one: the day by which it is to be in place. Needed, but of a paper that does not say.'),
      ),
    ),
  },
});
export type AddRiskControl = CommandOf<typeof AddRiskControl>;

export const MoveRiskControl = command('MoveRiskControl', {
  says: 'Moves the day by which a control is to be in place. To put a wrong day right, correct the entry that holds it: that is no move.',
  label: 'Move the day of a control',
  about: 'risk',
  leadsTo: Event.RiskControlMoved,
  mayIssue: 'OWNER',
  requires: { reason: 'MOVE_NEEDS_REASON' },
  fields: {
    control: field.control,
    targetOn: labelled('Target day', day('The day by which it is to be in place now.')),
  },
});
export type MoveRiskControl = CommandOf<typeof MoveRiskControl>;

export const ReportRiskControl = command('ReportRiskControl', {
  says: 'Reports on a control: whether it is in place, how well it works, or who answers for it from now on.',
  label: 'Report on a control',
  about: 'risk',
  leadsTo: Event.RiskControlReported,
  mayIssue: 'OWNER',
  rules: [atLeastOne('NOTHING_REPORTED', ['standing', 'effectiveness', 'owner', 'text'])],
  fields: {
    control: field.control,
    standing: labelled('Whether it is in place', optional(field.controlStanding)),
    effectiveness: labelled('How well it works', optional(field.effectiveness)),
    owner: optional(saying('The post that answers for it from now on.', field.controlOwner)),
    text: labelled('Update', optional(words('What was found.'))),
  },
});
export type ReportRiskControl = CommandOf<typeof ReportRiskControl>;

export const AssureRiskControl = command('AssureRiskControl', {
  says: 'Records assurance that was had of a control, by the line that gave it and its opinion. What an auditor or an inspectorate said an officer types: `by` their post. Of the second and third line it is refused to whoever owns the risk or the control.',
  label: 'Record assurance of a control',
  about: 'risk',
  leadsTo: Event.RiskControlAssured,
  mayIssue: ASSURERS,
  fields: {
    control: field.control,
    line: labelled('Line', field.assuranceLine),
    opinion: labelled('Opinion', field.opinion),
    cites: labelled(
      'Document that says so',
      optional(link('document', 'Reference of the document in which it was given.')),
    ),
    text: labelled('What was found', optional(words('What was found.'))),
  },
});
export type AssureRiskControl = CommandOf<typeof AssureRiskControl>;

export const RequestRiskAcceptance = command('RequestRiskAcceptance', {
  says: 'Asks that a risk be accepted until a day. Another person answers; on the register that both keep, one of the other side.',
  label: 'Ask for it to be accepted',
  about: 'risk',
  leadsTo: Event.RiskAcceptanceRequested,
  mayIssue: DECIDERS,
  requires: { reason: 'ACCEPTANCE_NEEDS_REASON' },
  fields: {
    side: labelled('For whom you ask', field.side),
    until: labelled('Accepted until', day('The last day on which it is to be accepted.')),
  },
});
export type RequestRiskAcceptance = CommandOf<typeof RequestRiskAcceptance>;

export const AcceptRisk = command('AcceptRisk', {
  says: 'Accepts a risk as it was asked for, until a day. From the next day it awaits review. Refused to whoever owns it or asked for it.',
  about: 'risk',
  leadsTo: Event.RiskAcceptanceGranted,
  mayIssue: DECIDERS,
  consequential: true,
  fields: {
    until: labelled(
      'Accepted until',
      optional(day('The last day on which it is accepted, where it is another than was asked for.')),
    ),
  },
});
export type AcceptRisk = CommandOf<typeof AcceptRisk>;

export const RequestRiskClosure = command('RequestRiskClosure', {
  says: 'Asks that a risk be closed. Another person answers; on the register that both keep, one of the other side.',
  label: 'Ask for it to be closed',
  about: 'risk',
  leadsTo: Event.RiskClosureRequested,
  mayIssue: DECIDERS,
  requires: { reason: 'CLOSING_NEEDS_REASON' },
  fields: { side: labelled('For whom you ask', field.side) },
});
export type RequestRiskClosure = CommandOf<typeof RequestRiskClosure>;

export const CloseRisk = command('CloseRisk', {
  says: 'Closes a risk as it was asked for: it is gone. One that only leaves a register is de-escalated. Refused to whoever owns it or asked for it.',
  about: 'risk',
  leadsTo: Event.RiskClosed,
  mayIssue: DECIDERS,
  consequential: true,
});
export type CloseRisk = CommandOf<typeof CloseRisk>;

export const RefuseRiskRequest = command('RefuseRiskRequest', {
  says: 'Refuses what was asked for a risk, or takes it back: it stands as before.',
  label: 'Refuse what was asked for',
  about: 'risk',
  leadsTo: Event.RiskRequestRefused,
  mayIssue: DECIDERS,
  requires: { reason: 'REFUSAL_NEEDS_REASON' },
});
export type RefuseRiskRequest = CommandOf<typeof RefuseRiskRequest>;

export const EscalateRisk = command('EscalateRisk', {
  says: 'Takes a risk up to another register. It stands there from then on, with its scores and controls.',
  about: 'risk',
  leadsTo: Event.RiskEscalated,
  mayIssue: DECIDERS,
  requires: { reason: 'ESCALATION_NEEDS_REASON' },
  fields: { register: saying('The register to which it goes up.', field.riskRegister) },
});
export type EscalateRisk = CommandOf<typeof EscalateRisk>;

export const DeescalateRisk = command('DeescalateRisk', {
  says: 'Takes a risk back down to another register. It is not closed.',
  label: 'De-escalate risk',
  about: 'risk',
  leadsTo: Event.RiskDeescalated,
  mayIssue: DECIDERS,
  requires: { reason: 'ESCALATION_NEEDS_REASON' },
  fields: { register: saying('The register to which it goes down.', field.riskRegister) },
});
export type DeescalateRisk = CommandOf<typeof DeescalateRisk>;

export const MergeRisk = command('MergeRisk', {
  says: 'Ends a risk that goes on in another one. Refused to whoever owns it.',
  label: 'Merge into another risk',
  about: 'risk',
  leadsTo: Event.RiskMerged,
  mayIssue: DECIDERS,
  consequential: true,
  fields: { into: labelled('Risk in which it goes on', link('risk', 'Reference of the risk in which it goes on.')) },
});
export type MergeRisk = CommandOf<typeof MergeRisk>;

export const ReopenRisk = command('ReopenRisk', {
  says: 'Opens a risk again that was closed or merged. It awaits review.',
  about: 'risk',
  leadsTo: Event.RiskReopened,
  mayIssue: DECIDERS,
  requires: { reason: 'REOPENING_NEEDS_REASON' },
});
export type ReopenRisk = CommandOf<typeof ReopenRisk>;

export const RISK_COMMANDS = [
  ProposeRisk,
  RegisterRisk,
  AllocateRisk,
  RewordRisk,
  ScoreRisk,
  ReviewRisk,
  SetRiskAppetite,
  ChooseRiskResponse,
  AddRiskControl,
  MoveRiskControl,
  ReportRiskControl,
  AssureRiskControl,
  RequestRiskAcceptance,
  AcceptRisk,
  RequestRiskClosure,
  CloseRisk,
  RefuseRiskRequest,
  EscalateRisk,
  DeescalateRisk,
  MergeRisk,
  ReopenRisk,
] as const;
export type RiskCommand = CommandOf<(typeof RISK_COMMANDS)[number]>;
