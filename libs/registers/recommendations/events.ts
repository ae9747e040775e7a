import {
  day,
  digest,
  event,
  fixed,
  itemNumber,
  kept,
  labelled,
  line,
  link,
  newReference,
  optional,
  words,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/** Its reference was made of the body, so that is not corrected: one that another body follows up is voided and made anew. */
export const RecommendationMade = event('RecommendationMade', {
  facts: {
    ref: newReference('recommendation'),
    body: fixed(link('body', 'The body that follows it up.')),
    originator: field.originator,
    kind: field.recommendationKind,
    publication: optional(field.publication),
    item: optional(field.item),
    partOf: optional(field.partOf),
    addressedTo: optional(field.addressee),
    owner: optional(field.owner),
    owners: optional(field.owners),
    due: optional(field.dueDate),
    dueSetBy: optional(field.dueSetBy),
  },
  texts: { title: field.title, words: optional(field.verbatim), phrase: optional(field.phrase) },
  leads: 'title',
});
export type RecommendationMade = EventOf<typeof RecommendationMade>;

/** The reason why it was not accepted, or not whole, is the reason of the event. */
export const RecommendationAnswered = event('RecommendationAnswered', {
  facts: {
    response: field.response,
    otherBody: labelled('Other body', optional(link('body', 'The body that must act first.'))),
  },
  texts: { answer: optional(words('What was answered.')) },
  leads: 'answer',
});
export type RecommendationAnswered = EventOf<typeof RecommendationAnswered>;

export const RecommendationAllocated = event('RecommendationAllocated', {
  facts: { owner: field.owner, owners: optional(field.owners) },
});
export type RecommendationAllocated = EventOf<typeof RecommendationAllocated>;

export const RecommendationUpdated = event('RecommendationUpdated', {
  texts: { update: words('What has been done.') },
  leads: 'update',
});

/** Given a level by a scale, in the version in force that day. It keeps it when the next version comes. */
export const RecommendationGraded = event('RecommendationGraded', {
  facts: {
    scale: fixed(field.scale),
    rule: fixed(link('rule', 'The scale.')),
    version: fixed(itemNumber('The version of the scale by which it was given.')),
    level: field.level,
  },
});

/** The digest is a sealed text: it is computed from content, and must go with its key when the evidence is erased. */
export const RecommendationEvidenced = event('RecommendationEvidenced', {
  // A version is one of its document: evidence that names the wrong one is voided.
  facts: { cites: fixed(optional(field.evidenceDocument)), citesVersion: fixed(optional(field.evidenceVersion)) },
  texts: {
    title: line('What it is.'),
    fileName: optional(line('Name of the file.')),
    sha256: labelled('Digest of the file', optional(digest('SHA-256 of the file.'))),
  },
  leads: 'title',
});

const moved = {
  facts: { due: field.dueDate },
  texts: { phrase: optional(field.phrase) },
  leads: 'phrase',
} as const;

/** A date asked for moves nothing. */
export const ExtensionRequested = event('ExtensionRequested', moved);
export type ExtensionRequested = EventOf<typeof ExtensionRequested>;

/** With the date that was granted, which need not be the one that was asked for. */
export const ExtensionGranted = event('ExtensionGranted', moved);
export type ExtensionGranted = EventOf<typeof ExtensionGranted>;

export const ExtensionRefused = event('ExtensionRefused');

/** Put off or brought forward by those who follow it up, unasked. */
export const RecommendationDueDateMoved = event('RecommendationDueDateMoved', {
  ...moved,
  facts: { ...moved.facts, dueSetBy: optional(field.dueSetBy) },
});
export type RecommendationDueDateMoved = EventOf<typeof RecommendationDueDateMoved>;

const word = {
  facts: {
    word: field.word,
    cites: labelled('Document that is its evidence', fixed(optional(field.evidenceDocument))),
    citesVersion: fixed(optional(field.evidenceVersion)),
  },
  texts: {
    text: labelled('What was said', optional(words('What was said.'))),
    evidence: optional(words('The evidence for it.')),
  },
  leads: 'text',
} as const;

export const OwnerWordSaid = event('OwnerWordSaid', word);
export const OfficeWordSaid = event('OfficeWordSaid', word);
export const AuditorWordSaid = event('AuditorWordSaid', word);
export const OriginatorWordSaid = event('OriginatorWordSaid', word);
export type WordEvent =
  | EventOf<typeof OwnerWordSaid>
  | EventOf<typeof OfficeWordSaid>
  | EventOf<typeof AuditorWordSaid>
  | EventOf<typeof OriginatorWordSaid>;

export const ShareClaimed = event('ShareClaimed', {
  facts: { share: field.share },
  texts: { text: labelled('What is done', optional(words('What is done and what is not.'))) },
  leads: 'text',
});

export const OutcomeJudged = event('OutcomeJudged', {
  facts: {
    outcome: field.outcome,
    cites: fixed(optional(field.evidenceDocument)),
    citesVersion: fixed(optional(field.evidenceVersion)),
  },
  texts: {
    text: labelled('Judgement', optional(words('The judgement.'))),
    evidence: optional(words('The evidence for it.')),
  },
  leads: 'text',
});

/** Why is the reason of the event. A paper may not say until when. */
export const RiskAccepted = event('RiskAccepted', {
  facts: {
    until: optional(
      kept(
        labelled('Accepted until', day('The last day on which it is accepted. From the next day it is open again.')),
      ),
    ),
  },
});
export type RiskAccepted = EventOf<typeof RiskAccepted>;

export const RecommendationSuperseded = event('RecommendationSuperseded', {
  facts: {
    supersededBy: labelled(
      'Recommendation that replaces it',
      optional(kept(link('recommendation', 'The recommendation that replaces it.'))),
    ),
    supersededIn: labelled(
      'Publication that replaces it',
      optional(kept(link('document', 'The later inspection or audit that replaces it.'))),
    ),
  },
});
export type RecommendationSuperseded = EventOf<typeof RecommendationSuperseded>;

export const RecommendationNotAdopted = event('RecommendationNotAdopted');

export const RecommendationRemoved = event('RecommendationRemoved', {
  facts: { agreedBy: labelled('Who agreed', link('body', 'The body that agreed to it.')) },
});
export type RecommendationRemoved = EventOf<typeof RecommendationRemoved>;

export const RecommendationReopened = event('RecommendationReopened');

export const RECOMMENDATION_EVENTS = [
  RecommendationMade,
  RecommendationAnswered,
  RecommendationAllocated,
  RecommendationGraded,
  RecommendationUpdated,
  RecommendationEvidenced,
  ExtensionRequested,
  ExtensionGranted,
  ExtensionRefused,
  RecommendationDueDateMoved,
  OwnerWordSaid,
  OfficeWordSaid,
  AuditorWordSaid,
  OriginatorWordSaid,
  ShareClaimed,
  OutcomeJudged,
  RiskAccepted,
  RecommendationSuperseded,
  RecommendationNotAdopted,
  RecommendationRemoved,
  RecommendationReopened,
] as const;
export type RecommendationOwnEvent = EventOf<(typeof RECOMMENDATION_EVENTS)[number]>;
export type RecommendationEvent = RecommendationOwnEvent | CommonFact;
