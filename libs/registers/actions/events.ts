import {
  day,
  digest,
  earlierKind,
  event,
  fixed,
  labelled,
  line,
  link,
  newReference,
  optional,
  words,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
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
  phrase,
  priority,
  raisedOutside,
  title,
} from './fields.ts';

/**
 * Its reference was made of the body and the meeting, or the decision, so none of these is corrected, nor is the promise, which is one of that meeting, nor the
 * entry that opens it, which is one of that decision: an action raised at the wrong one is withdrawn and raised anew.
 */
export const ActionRaised = event('ActionRaised', {
  schema: 2,
  facts: {
    ref: newReference('action'),
    body: fixed(link('body', 'The body at which it was raised.')),
    meeting: fixed(optional(link('meeting', 'The meeting at which it was raised.'))),
    item: optional(item),
    raisedBy: optional(raisedOutside),
    keepsPromise: fixed(optional(keepsPromise)),
    decision: fixed(optional(decision)),
    causedBy: fixed(optional(causedBy)),
    owner: optional(owner),
    owners: optional(owners),
    organisation: optional(organisation),
    priority: optional(priority),
    due: optional(dueDate),
  },
  texts: { title, phrase: optional(phrase), occasion: optional(occasion) },
  leads: 'title',
});
/** Until what raised an action could be said in words. */
export const EARLIER_KINDS = [earlierKind('actions', ActionRaised, { schema: 1, without: ['occasion'] })];
export type ActionRaised = EventOf<typeof ActionRaised>;

export const ActionAgreed = event('ActionAgreed');

export const UpdateGiven = event('UpdateGiven', {
  texts: { update: words('What has been done.') },
  leads: 'update',
});

/** The digest is a sealed text: it is computed from content, and must go with its key when the evidence is erased. */
export const EvidenceAdded = event('EvidenceAdded', {
  // A version is one of its document: evidence that names the wrong one is voided.
  facts: { cites: fixed(optional(evidenceDocument)), citesVersion: fixed(optional(evidenceVersion)) },
  texts: {
    title: line('What it is.'),
    fileName: optional(line('Name of the file.')),
    sha256: labelled('Digest of the file', optional(digest('SHA-256 of the file.'))),
  },
  leads: 'title',
});

export const ActionReportedComplete = event('ActionReportedComplete', {
  texts: { report: optional(words('The report.')), evidence: optional(words('The evidence for it.')) },
  leads: 'report',
});

export const ActionReturned = event('ActionReturned');

export const ActionSignedOff = event('ActionSignedOff');

export const ActionReassigned = event('ActionReassigned', { facts: { owner, owners: optional(owners) } });
export type ActionReassigned = EventOf<typeof ActionReassigned>;

export const DueDateExtended = event('DueDateExtended', {
  facts: { due: dueDate },
  texts: { phrase: optional(phrase) },
  leads: 'phrase',
});
export type DueDateExtended = EventOf<typeof DueDateExtended>;

export const ActionDeferred = event('ActionDeferred', {
  facts: {
    meeting: labelled('Deferred to the meeting', optional(link('meeting', 'The meeting to which it is put off.'))),
    until: labelled('Deferred until', optional(day('The day to which it is put off.'))),
  },
  texts: { phrase: labelled('Deferred until, in words', optional(line('To when, in words.'))) },
  leads: 'phrase',
});
export type ActionDeferred = EventOf<typeof ActionDeferred>;

/** Complete by other means: it became an item of something else, named in words. */
export const ActionConverted = event('ActionConverted', {
  facts: { into: fixed(convertedInto) },
  texts: { item: labelled('What it became, in words', optional(line('What it became, in words.'))) },
  leads: 'item',
});

export const ActionMerged = event('ActionMerged', {
  facts: { into: labelled('Where it goes on', link('action', 'The action that goes on for both.')) },
});

export const ActionSuperseded = event('ActionSuperseded', {
  facts: { by: labelled('What replaces it', link('action', 'The action that replaces it.')) },
});

export const ActionWithdrawn = event('ActionWithdrawn');

export const ActionReopened = event('ActionReopened');

export const ACTION_EVENTS = [
  ActionRaised,
  ActionAgreed,
  UpdateGiven,
  EvidenceAdded,
  ActionReportedComplete,
  ActionReturned,
  ActionSignedOff,
  ActionReassigned,
  DueDateExtended,
  ActionDeferred,
  ActionConverted,
  ActionMerged,
  ActionSuperseded,
  ActionWithdrawn,
  ActionReopened,
] as const;
export type ActionOwnEvent = EventOf<(typeof ACTION_EVENTS)[number]>;
export type ActionEvent = ActionOwnEvent | CommonFact;
