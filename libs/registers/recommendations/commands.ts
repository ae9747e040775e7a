import {
  atLeastOne,
  called,
  command,
  digest,
  day,
  labelled,
  line,
  link,
  optional,
  recordName,
  saying,
  words,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office follows recommendations up for the body whose list they are on; the commissioner need not wait for an officer. */
const OFFICE: MayIssue = ['opcc-officer', 'commissioner'];
/** Who writes nothing here: an officer types what they said, by their post. */
const AUDITORS: MayIssue = ['internal-auditor', 'external'];
const OUTSIDE: MayIssue = ['external'];

const cites = called({ api: 'document', column: 'evidence_document' }, optional(field.evidenceDocument));
const citesVersion = called({ api: 'version', column: 'evidence_version' }, optional(field.evidenceVersion));

export const MakeRecommendation = command('MakeRecommendation', {
  says: 'Records a recommendation that was made, on the list of the body that follows it up. `effectiveOn` is the day on which it was made. It gets its reference from the ledger; under which number its maker knows it is a name of it.',
  label: 'Record a recommendation',
  opens: 'recommendation',
  leadsTo: Event.RecommendationMade,
  mayIssue: 'ANY_WRITER',
  fields: {
    body: link('body', 'Reference of the body that follows it up.'),
    originator: field.originator,
    kind: field.recommendationKind,
    title: field.title,
    words: optional(field.verbatim),
    publication: optional(field.publication),
    item: optional(field.item),
    partOf: optional(field.partOf),
    addressedTo: optional(field.addressee),
    owner: optional(field.owner),
    owners: optional(field.owners),
    due: optional(field.dueDate),
    dueSetBy: optional(field.dueSetBy),
    priorityRule: labelled(
      'Scale of its priority',
      optional(link('rule', 'Reference of the scale of priorities by which it was given one.')),
    ),
    priority: labelled('Priority', optional(field.level)),
    gradeRule: labelled('Scale of its grade', optional(link('rule', 'Reference of the scale by which it was graded.'))),
    grade: labelled('Grade', optional(field.level)),
    number: labelled(
      'Its own number',
      optional(saying('The number under which whoever made it knows it. It becomes a name of it.', recordName)),
    ),
  },
});
export type MakeRecommendation = CommandOf<typeof MakeRecommendation>;

export const AnswerRecommendation = command('AnswerRecommendation', {
  says: 'Answers a recommendation. What is not accepted whole needs a reason; what depends on another body names it, or says why.',
  about: 'recommendation',
  leadsTo: Event.RecommendationAnswered,
  mayIssue: 'OWNER',
  fields: {
    response: field.response,
    otherBody: labelled(
      'Other body',
      optional(link('body', 'Of one that depends on another body: reference of the body that must act first.')),
    ),
    answer: optional(words('What was answered.')),
  },
});
export type AnswerRecommendation = CommandOf<typeof AnswerRecommendation>;

export const AllocateRecommendation = command('AllocateRecommendation', {
  says: 'Gives a recommendation to those who are to own it. Who owned it before does no longer.',
  about: 'recommendation',
  leadsTo: Event.RecommendationAllocated,
  mayIssue: OFFICE,
  fields: { owner: field.owner, owners: optional(field.owners) },
});
export type AllocateRecommendation = CommandOf<typeof AllocateRecommendation>;

export const GradeRecommendation = command('GradeRecommendation', {
  says: 'Gives a recommendation a priority or a grade, by the version of a scale that is in force on the effective day. It keeps that version.',
  label: 'Give it a priority or a grade',
  about: 'recommendation',
  leadsTo: Event.RecommendationGraded,
  mayIssue: OFFICE,
  fields: {
    rule: labelled('Scale', link('rule', 'Reference of the scale of priorities or grades.')),
    level: field.level,
  },
});
export type GradeRecommendation = CommandOf<typeof GradeRecommendation>;

export const UpdateRecommendation = command('UpdateRecommendation', {
  says: 'Gives an update on progress.',
  label: 'Give an update',
  about: 'recommendation',
  leadsTo: Event.RecommendationUpdated,
  mayIssue: 'OWNER',
  fields: { text: labelled('Update', words('The update.')) },
});
export type UpdateRecommendation = CommandOf<typeof UpdateRecommendation>;

export const AddRecommendationEvidence = command('AddRecommendationEvidence', {
  says: 'Adds evidence of what was done.',
  about: 'recommendation',
  leadsTo: Event.RecommendationEvidenced,
  mayIssue: 'OWNER',
  fields: {
    title: line('What it is.'),
    fileName: optional(line('Name of the file, if there is one.')),
    sha256: labelled('Digest of the file', optional(digest('SHA-256 of the file in hexadecimal, if there is one.'))),
    cites,
    citesVersion,
  },
});
export type AddRecommendationEvidence = CommandOf<typeof AddRecommendationEvidence>;

const dueNeeded = atLeastOne('DUE_NEEDED', ['due.on', 'due.dated', 'due.meeting'], 'due');

export const RequestRecommendationExtension = command('RequestRecommendationExtension', {
  says: 'Asks for a later date. It moves nothing until it is granted.',
  label: 'Ask for an extension',
  about: 'recommendation',
  leadsTo: Event.ExtensionRequested,
  mayIssue: 'OWNER',
  requires: { reason: 'EXTENSION_NEEDS_REASON' },
  rules: [dueNeeded],
  fields: { due: field.dueDate },
});
export type RequestRecommendationExtension = CommandOf<typeof RequestRecommendationExtension>;

export const GrantRecommendationExtension = command('GrantRecommendationExtension', {
  says: 'Grants the extension that was asked for. Refused to whoever owns it.',
  label: 'Grant the extension',
  about: 'recommendation',
  leadsTo: Event.ExtensionGranted,
  mayIssue: OFFICE,
  fields: {
    due: optional(
      saying('The date that is granted, where it is another than the one that was asked for.', field.dueDate),
    ),
  },
});
export type GrantRecommendationExtension = CommandOf<typeof GrantRecommendationExtension>;

export const RefuseRecommendationExtension = command('RefuseRecommendationExtension', {
  says: 'Refuses the extension that was asked for: the date stays. Refused to whoever owns it.',
  label: 'Refuse the extension',
  about: 'recommendation',
  leadsTo: Event.ExtensionRefused,
  mayIssue: OFFICE,
  requires: { reason: 'REFUSAL_NEEDS_REASON' },
});
export type RefuseRecommendationExtension = CommandOf<typeof RefuseRecommendationExtension>;

export const MoveRecommendationDueDate = command('MoveRecommendationDueDate', {
  says: 'Puts the due date off, or brings it forward, unasked; or sets the first one. To put right a wrong date, correct the event that holds it: that is no move. Refused to whoever owns it.',
  label: 'Move the due date',
  about: 'recommendation',
  leadsTo: Event.RecommendationDueDateMoved,
  mayIssue: OFFICE,
  requires: { reason: 'MOVE_NEEDS_REASON' },
  rules: [dueNeeded],
  fields: { due: field.dueDate, dueSetBy: optional(field.dueSetBy) },
});
export type MoveRecommendationDueDate = CommandOf<typeof MoveRecommendationDueDate>;

const wordFields = {
  word: field.word,
  text: labelled('What was said', optional(words('What was said.'))),
  evidence: optional(words('The evidence for it, in words.')),
  cites,
  citesVersion,
};

export const SayOwnerWord = command('SayOwnerWord', {
  says: 'Says, as its owner, whether a recommendation is done. Whoever does can never verify it.',
  label: 'Give the word of its owner',
  about: 'recommendation',
  leadsTo: Event.OwnerWordSaid,
  mayIssue: 'OWNER',
  fields: wordFields,
});
export type SayOwnerWord = CommandOf<typeof SayOwnerWord>;

export const SayOfficeWord = command('SayOfficeWord', {
  says: 'Says, for the office, whether a recommendation is done. Refused to whoever owns it, said that it was done as its owner, or has held such a post since it was given it.',
  label: 'Give the word of the office',
  about: 'recommendation',
  leadsTo: Event.OfficeWordSaid,
  mayIssue: OFFICE,
  consequential: true,
  fields: wordFields,
});
export type SayOfficeWord = CommandOf<typeof SayOfficeWord>;

export const SayAuditorWord = command('SayAuditorWord', {
  says: 'Tells what an auditor says of whether a recommendation is done. Typed by an officer: `by` the post of the auditor, with the document that says so as the authority.',
  label: 'Give the word of an auditor',
  about: 'recommendation',
  leadsTo: Event.AuditorWordSaid,
  mayIssue: AUDITORS,
  consequential: true,
  fields: wordFields,
});
export type SayAuditorWord = CommandOf<typeof SayAuditorWord>;

export const SayOriginatorWord = command('SayOriginatorWord', {
  says: 'Tells what whoever made a recommendation says of whether it is done. Typed by an officer: `by` a post of that body, with the document that says so as the authority.',
  label: 'Give the word of whoever made it',
  about: 'recommendation',
  leadsTo: Event.OriginatorWordSaid,
  mayIssue: OUTSIDE,
  consequential: true,
  fields: wordFields,
});
export type SayOriginatorWord = CommandOf<typeof SayOriginatorWord>;

export const ClaimRecommendationShare = command('ClaimRecommendationShare', {
  says: 'Claims how much of a recommendation is done. A claim with its day: it is no status and closes nothing.',
  label: 'Say how much is done',
  about: 'recommendation',
  leadsTo: Event.ShareClaimed,
  mayIssue: 'OWNER',
  fields: { share: field.share, text: labelled('What is done', optional(words('What is done and what is not.'))) },
});
export type ClaimRecommendationShare = CommandOf<typeof ClaimRecommendationShare>;

export const JudgeRecommendationOutcome = command('JudgeRecommendationOutcome', {
  says: 'Says of a closed recommendation whether what it was for came about.',
  label: 'Judge the outcome',
  about: 'recommendation',
  leadsTo: Event.OutcomeJudged,
  mayIssue: ['opcc-officer', 'commissioner', 'internal-auditor', 'external'],
  fields: {
    outcome: field.outcome,
    text: labelled('Judgement', optional(words('The judgement.'))),
    evidence: optional(words('The evidence for it, in words.')),
    cites,
    citesVersion,
  },
});
export type JudgeRecommendationOutcome = CommandOf<typeof JudgeRecommendationOutcome>;

export const AcceptRecommendationRisk = command('AcceptRecommendationRisk', {
  says: 'Accepts for a time the risk of not doing what was recommended. From the day after it is open again, where its words put it.',
  label: 'Accept the risk',
  about: 'recommendation',
  leadsTo: Event.RiskAccepted,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'ACCEPTANCE_NEEDS_REASON' },
  fields: {
    until: labelled(
      'Accepted until',
      optional(day('The last day on which it is accepted. Needed, but of a paper that does not say.')),
    ),
  },
});
export type AcceptRecommendationRisk = CommandOf<typeof AcceptRecommendationRisk>;

export const SupersedeRecommendation = command('SupersedeRecommendation', {
  says: 'Ends a recommendation that a later inspection or audit replaced: by another recommendation, by its publication, or both.',
  about: 'recommendation',
  leadsTo: Event.RecommendationSuperseded,
  mayIssue: OFFICE,
  consequential: true,
  rules: [atLeastOne('SUCCESSOR_NEEDED', ['supersededBy', 'supersededIn'])],
  fields: {
    supersededBy: labelled(
      'Recommendation that replaces it',
      optional(link('recommendation', 'Reference of the recommendation that replaces it.')),
    ),
    supersededIn: labelled(
      'Publication that replaces it',
      optional(link('document', 'Reference of the later inspection or audit that replaces it.')),
    ),
  },
});
export type SupersedeRecommendation = CommandOf<typeof SupersedeRecommendation>;

export const DeclineRecommendation = command('DeclineRecommendation', {
  says: 'Ends a recommendation that will not be done.',
  label: 'Record that it is not adopted',
  about: 'recommendation',
  leadsTo: Event.RecommendationNotAdopted,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'NOT_ADOPTED_NEEDS_REASON' },
});
export type DeclineRecommendation = CommandOf<typeof DeclineRecommendation>;

export const RemoveRecommendation = command('RemoveRecommendation', {
  says: 'Takes a recommendation off the list, with the agreement of a body.',
  about: 'recommendation',
  leadsTo: Event.RecommendationRemoved,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'REMOVAL_NEEDS_REASON' },
  fields: { agreedBy: labelled('Who agreed', link('body', 'Reference of the body that agreed to it.')) },
});
export type RemoveRecommendation = CommandOf<typeof RemoveRecommendation>;

export const ReopenRecommendation = command('ReopenRecommendation', {
  says: 'Opens a recommendation again that is closed or has ended. What was said of it before counts no more.',
  about: 'recommendation',
  leadsTo: Event.RecommendationReopened,
  mayIssue: OFFICE,
  requires: { reason: 'REOPENING_NEEDS_REASON' },
});
export type ReopenRecommendation = CommandOf<typeof ReopenRecommendation>;

export const RECOMMENDATION_COMMANDS = [
  MakeRecommendation,
  AnswerRecommendation,
  AllocateRecommendation,
  GradeRecommendation,
  UpdateRecommendation,
  AddRecommendationEvidence,
  RequestRecommendationExtension,
  GrantRecommendationExtension,
  RefuseRecommendationExtension,
  MoveRecommendationDueDate,
  SayOwnerWord,
  SayOfficeWord,
  SayAuditorWord,
  SayOriginatorWord,
  ClaimRecommendationShare,
  JudgeRecommendationOutcome,
  AcceptRecommendationRisk,
  SupersedeRecommendation,
  DeclineRecommendation,
  RemoveRecommendation,
  ReopenRecommendation,
] as const;
export type RecommendationCommand = CommandOf<(typeof RECOMMENDATION_COMMANDS)[number]>;
