import {
  atLeastOne,
  command,
  day,
  labelled,
  line,
  link,
  optional,
  saying,
  words,
  yesNo,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office prepares decisions and keeps their log; the commissioner need not wait for an officer. */
const OFFICE: MayIssue = ['opcc-officer', 'monitoring-officer', 'commissioner'];
/** The log, what is published of it and what is withheld are the office's. */
const LOG: MayIssue = ['opcc-officer', 'monitoring-officer'];
/** The statutory officers, and counsel or others of outside for whom an officer types it. Who advises on what: `makers.ts`. */
const ADVISERS: MayIssue = ['opcc-officer', 'monitoring-officer', 'external'];
/** Whoever decides some. Who decides this one it says itself: `makers.ts`. */
const MAKERS: MayIssue = ['commissioner', 'opcc-officer', 'monitoring-officer'];

export const ProposeDecision = command('ProposeDecision', {
  says: 'Proposes a decision in the business of a body. It gets its reference from the ledger.',
  opens: 'decision',
  leadsTo: Event.DecisionProposed,
  mayIssue: OFFICE,
  fields: {
    body: link('body', 'Reference of the body in whose business it is decided.'),
    maker: labelled('Who decides', field.maker),
    title: field.title,
    summary: optional(field.summary),
    due: optional(field.planned),
  },
});
export type ProposeDecision = CommandOf<typeof ProposeDecision>;

export const DraftDecision = command('DraftDecision', {
  says: 'Says what is recommended. Said again, it stands in the place of what was recommended before.',
  about: 'decision',
  leadsTo: Event.DecisionDrafted,
  mayIssue: OFFICE,
  fields: { recommendation: field.recommendation },
});

export const RejectDecisionOption = command('RejectDecisionOption', {
  says: 'Records an option that was looked at and rejected, with why as the reason.',
  label: 'Record a rejected option',
  about: 'decision',
  leadsTo: Event.DecisionOptionRejected,
  mayIssue: OFFICE,
  requires: { reason: 'OPTION_NEEDS_REASON' },
  fields: { option: field.option },
});

export const AdviseOnDecision = command('AdviseOnDecision', {
  says: 'Records advice on a decision that was drafted, or that a heading is not applicable to it. Legal advice is the monitoring officer’s, financial advice the chief finance officer’s, who is an officer of the office. What outside advisers said an officer types: `by` their post.',
  label: 'Record advice',
  about: 'decision',
  leadsTo: Event.DecisionAdvised,
  mayIssue: ADVISERS,
  fields: {
    adviceOn: labelled('What it is on', field.adviceOn),
    applies: labelled('Applicable', yesNo('Whether there is anything to advise on. If so, say what.')),
    advice: optional(field.advice),
  },
});
export type AdviseOnDecision = CommandOf<typeof AdviseOnDecision>;

export const RecordDecisionConsultation = command('RecordDecisionConsultation', {
  says: 'Records that somebody was consulted on a decision: a body, a post, or others in words, and what they said.',
  label: 'Record a consultation',
  about: 'decision',
  leadsTo: Event.DecisionConsulted,
  mayIssue: OFFICE,
  rules: [atLeastOne('NOBODY_CONSULTED', ['body', 'post', 'who'])],
  fields: {
    body: optional(field.consultedBody),
    post: optional(field.consultedPost),
    who: optional(field.who),
    said: optional(field.said),
  },
});
export type RecordDecisionConsultation = CommandOf<typeof RecordDecisionConsultation>;

export const WriteDecisionPart = command('WriteDecisionPart', {
  says: 'Writes the open or the closed part of a decision, in the place of what stood there. The closed part is marked as of a closed session, whatever else its marking says.',
  label: 'Write the open or closed part',
  about: 'decision',
  leadsTo: Event.DecisionPartWritten,
  mayIssue: OFFICE,
  fields: { part: labelled('Part', field.part), content: labelled('What it says', words('What that part says.')) },
});
export type WriteDecisionPart = CommandOf<typeof WriteDecisionPart>;

export const DelegateDecision = command('DelegateDecision', {
  says: 'Delegates a decision to a post, on an authority: the scheme of delegation, a meeting, a decision or a document. From then on the holder of that post decides.',
  about: 'decision',
  leadsTo: Event.DecisionDelegated,
  mayIssue: MAKERS,
  fields: { delegate: field.delegate },
});
export type DelegateDecision = CommandOf<typeof DelegateDecision>;

export const MakeDecision = command('MakeDecision', {
  says: 'Makes a decision: by the commissioner or the delegate, or by the body at a meeting, which is then the authority. It is made on what was then in the ledger, its basis: of one made at a meeting that meeting’s cut-off; else the instant of entry where it is entered on its day, else the end of its day as recorded by then.',
  about: 'decision',
  leadsTo: Event.DecisionMade,
  mayIssue: MAKERS,
  consequential: true,
  fields: {
    decided: field.decided,
    cites: optional(field.cites),
    actions: labelled('Actions that it opens', optional(field.actions)),
    conditions: labelled('Conditions', optional(field.conditions)),
    basisOn: optional(
      saying(
        'Another basis: what took effect after this day was not before whoever decided. Never after the day of the decision.',
        field.basisOn,
      ),
    ),
    basisRecorded: optional(
      saying(
        'Another basis: what was recorded after this instant was not before whoever decided. Never after the day of the decision, nor after now.',
        field.basisRecorded,
      ),
    ),
  },
});
export type MakeDecision = CommandOf<typeof MakeDecision>;

export const NameDecisionAction = command('NameDecisionAction', {
  says: 'Names an action that a decision opens which was made. It is opened by itself where the opening policy of the body says so, else by whoever raises it.',
  label: 'Name an action that it opens',
  about: 'decision',
  leadsTo: Event.DecisionActionNamed,
  mayIssue: MAKERS,
  fields: {
    title: field.actionTitle,
    owner: optional(field.actionOwner),
    due: optional(field.actionDue),
  },
});
export type NameDecisionAction = CommandOf<typeof NameDecisionAction>;

export const DeferDecision = command('DeferDecision', {
  says: 'Puts a decision off, to a day, a meeting or nothing yet.',
  about: 'decision',
  leadsTo: Event.DecisionDeferred,
  mayIssue: MAKERS,
  requires: { reason: 'DEFERRAL_NEEDS_REASON' },
  fields: { due: optional(field.planned) },
});
export type DeferDecision = CommandOf<typeof DeferDecision>;

export const RefuseDecision = command('RefuseDecision', {
  says: 'Refuses what was recommended.',
  label: 'Refuse what is recommended',
  about: 'decision',
  leadsTo: Event.DecisionRefused,
  mayIssue: MAKERS,
  consequential: true,
  requires: { reason: 'REFUSAL_NEEDS_REASON' },
});

export const DropDecision = command('DropDecision', {
  says: 'Says that a decision was not taken, and will not be.',
  label: 'Record that it is not taken',
  about: 'decision',
  leadsTo: Event.DecisionNotTaken,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'DROPPING_NEEDS_REASON' },
});

export const SetDecisionCondition = command('SetDecisionCondition', {
  says: 'Says what a decision that was made is subject to. It is outstanding until somebody reports on it.',
  label: 'Set a condition',
  about: 'decision',
  leadsTo: Event.DecisionConditionSet,
  mayIssue: MAKERS,
  fields: {
    subjectTo: labelled('Condition', words('What the decision is subject to.')),
    targetOn: labelled('To be met by', optional(day('The day by which it is to be met.'))),
    owner: optional(field.follower),
  },
});
export type SetDecisionCondition = CommandOf<typeof SetDecisionCondition>;

export const ReportDecisionCondition = command('ReportDecisionCondition', {
  says: 'Reports whether a condition of a decision is met.',
  label: 'Report on a condition',
  about: 'decision',
  leadsTo: Event.DecisionConditionReported,
  mayIssue: LOG,
  fields: {
    condition: field.condition,
    standing: labelled('Whether it is met', field.conditionStanding),
    text: labelled('What was found', optional(words('What was found.'))),
  },
});
export type ReportDecisionCondition = CommandOf<typeof ReportDecisionCondition>;

export const SignDecision = command('SignDecision', {
  says: 'Records that a decision that was made was signed, and by which post; the effective day is the day on which it was.',
  label: 'Record that it was signed',
  about: 'decision',
  leadsTo: Event.DecisionSigned,
  mayIssue: OFFICE,
  fields: { signedBy: field.signedBy },
});
export type SignDecision = CommandOf<typeof SignDecision>;

/** Schedule, paragraph 5 of the Elected Local Policing Bodies (Specified Information) Order 2011 asks for a record of each decision of significant public interest. */
export const RecordDecision = command('RecordDecision', {
  says: 'Enters a decision in the log of decisions, and says whether it is of significant public interest.',
  label: 'Record in the log',
  about: 'decision',
  leadsTo: Event.DecisionRecorded,
  mayIssue: LOG,
  fields: {
    publicInterest: labelled('Of significant public interest', yesNo('Whether it is of significant public interest.')),
    test: labelled('Public interest', optional(words('How the public interest was weighed.'))),
  },
});
export type RecordDecision = CommandOf<typeof RecordDecision>;

export const PublishDecisionNotice = command('PublishDecisionNotice', {
  says: 'Records that the notice of a decision was published. It shows nothing in the ledger to anybody: who may see it there is said by publishing the record.',
  label: 'Record that its notice was published',
  about: 'decision',
  leadsTo: Event.DecisionNoticePublished,
  mayIssue: LOG,
  fields: {
    notice: labelled(
      'Notice',
      optional(link('document', 'Reference of the notice among the documents of the ledger.')),
    ),
    publishedAt: labelled('Published at', optional(line('Where people can read it, such as a web address.'))),
  },
});
export type PublishDecisionNotice = CommandOf<typeof PublishDecisionNotice>;

export const WithholdDecision = command('WithholdDecision', {
  says: 'Records that a decision is withheld from publication, with why as the reason.',
  label: 'Withhold from publication',
  about: 'decision',
  leadsTo: Event.DecisionWithheld,
  mayIssue: LOG,
  consequential: true,
  requires: { reason: 'WITHHOLDING_NEEDS_REASON' },
  fields: {
    exemption: labelled(
      'Exemption',
      optional(line('The exemption that allows it, such as paragraph 3 of Schedule 12A.')),
    ),
  },
});
export type WithholdDecision = CommandOf<typeof WithholdDecision>;

export const VaryDecision = command('VaryDecision', {
  says: 'Varies a decision that was made: it stands, and reads otherwise from then on.',
  about: 'decision',
  leadsTo: Event.DecisionVaried,
  mayIssue: MAKERS,
  requires: { reason: 'VARIATION_NEEDS_REASON' },
  fields: { variation: labelled('What was varied', words('How it reads from then on.')) },
});
export type VaryDecision = CommandOf<typeof VaryDecision>;

export const RevokeDecision = command('RevokeDecision', {
  says: 'Revokes a decision that was made: it holds no longer.',
  about: 'decision',
  leadsTo: Event.DecisionRevoked,
  mayIssue: MAKERS,
  consequential: true,
  requires: { reason: 'REVOCATION_NEEDS_REASON' },
});

export const SupersedeDecision = command('SupersedeDecision', {
  says: 'Says that another decision, which was made, stands in the place of this one.',
  label: 'Record the decision in its place',
  about: 'decision',
  leadsTo: Event.DecisionSuperseded,
  mayIssue: MAKERS,
  consequential: true,
  fields: {
    supersededBy: labelled(
      'Decision in its place',
      link('decision', 'Reference of the decision that stands in its place.'),
    ),
  },
});
export type SupersedeDecision = CommandOf<typeof SupersedeDecision>;

export const DECISION_COMMANDS = [
  ProposeDecision,
  DraftDecision,
  RejectDecisionOption,
  AdviseOnDecision,
  RecordDecisionConsultation,
  WriteDecisionPart,
  DelegateDecision,
  MakeDecision,
  NameDecisionAction,
  DeferDecision,
  RefuseDecision,
  DropDecision,
  SetDecisionCondition,
  ReportDecisionCondition,
  SignDecision,
  RecordDecision,
  PublishDecisionNotice,
  WithholdDecision,
  VaryDecision,
  RevokeDecision,
  SupersedeDecision,
] as const;
export type DecisionCommand = CommandOf<(typeof DECISION_COMMANDS)[number]>;
