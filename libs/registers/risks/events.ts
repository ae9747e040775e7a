import {
  count,
  day,
  event,
  fixed,
  kept,
  labelled,
  link,
  newReference,
  optional,
  saying,
  words,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/** Its reference was made of the body, so that is not corrected; the register on which it stands moves by an event of its own. */
export const RiskProposed = event('RiskProposed', {
  facts: {
    ref: newReference('risk'),
    body: fixed(link('body', 'The body whose risk it is.')),
    register: field.riskRegister,
    kind: field.riskKind,
    category: optional(field.riskCategory),
    owner: optional(field.owner),
    owners: optional(field.owners),
  },
  texts: {
    title: field.title,
    cause: optional(field.cause),
    what: optional(field.what),
    effect: optional(field.effect),
    cost: optional(field.cost),
  },
  leads: 'title',
});
export type RiskProposed = EventOf<typeof RiskProposed>;

export const RiskRegistered = event('RiskRegistered');

export const RiskAllocated = event('RiskAllocated', {
  facts: { owner: field.owner, owners: optional(field.owners) },
});
export type RiskAllocated = EventOf<typeof RiskAllocated>;

/** What is left out stays as it was. */
export const RiskReworded = event('RiskReworded', {
  facts: { category: optional(field.riskCategory) },
  texts: {
    title: optional(field.title),
    cause: optional(field.cause),
    what: optional(field.what),
    effect: optional(field.effect),
    cost: optional(field.cost),
  },
  leads: 'title',
});
export type RiskReworded = EventOf<typeof RiskReworded>;

/** By a version of a scale, which it keeps. The rationale is the reason of the event. */
export const RiskScored = event('RiskScored', {
  facts: {
    of: fixed(field.scoreOf),
    rule: fixed(field.scale),
    version: fixed(field.version),
    likelihood: field.likelihood,
    impact: field.impact,
    targetOn: labelled('Target day', optional(kept(day('Of a target: the day by which it is to be so.')))),
  },
});
export type RiskScored = EventOf<typeof RiskScored>;

/** Looked at, and its score stays as it is. */
export const RiskReviewed = event('RiskReviewed', {
  texts: { update: labelled('Update', optional(words('What was found.'))) },
  leads: 'update',
});

export const RiskAppetiteSet = event('RiskAppetiteSet', {
  facts: {
    rule: fixed(field.scale),
    version: fixed(field.version),
    most: labelled(
      'Greatest score within appetite',
      count('The greatest score that is within appetite.', { least: 1, most: 10_000 }),
    ),
  },
});
export type RiskAppetiteSet = EventOf<typeof RiskAppetiteSet>;

export const RiskResponseChosen = event('RiskResponseChosen', { facts: { response: field.response } });
export type RiskResponseChosen = EventOf<typeof RiskResponseChosen>;

/** An existing control is in place, an additional one is not, until something else is reported of it. */
export const RiskControlAdded = event('RiskControlAdded', {
  facts: {
    kind: fixed(field.controlKind),
    owner: optional(field.controlOwner),
    targetOn: labelled('Target day', optional(kept(day('The day by which it is to be in place.')))),
  },
  texts: { measure: field.measure },
  leads: 'measure',
});
export type RiskControlAdded = EventOf<typeof RiskControlAdded>;

/** Why is the reason of the event. */
export const RiskControlMoved = event('RiskControlMoved', {
  facts: {
    control: fixed(field.control),
    targetOn: labelled('Target day', day('The day by which it is to be in place now.')),
  },
});
export type RiskControlMoved = EventOf<typeof RiskControlMoved>;

export const RiskControlReported = event('RiskControlReported', {
  facts: {
    control: fixed(field.control),
    standing: labelled('Whether it is in place', optional(kept(field.controlStanding))),
    effectiveness: labelled('How well it works', optional(kept(field.effectiveness))),
    owner: optional(kept(saying('The post that answers for it from now on.', field.controlOwner))),
  },
  texts: { update: labelled('Update', optional(words('What was found.'))) },
  leads: 'update',
});
export type RiskControlReported = EventOf<typeof RiskControlReported>;

/** The day of the assurance is the effective day. */
export const RiskControlAssured = event('RiskControlAssured', {
  facts: {
    control: fixed(field.control),
    line: fixed(field.assuranceLine),
    opinion: field.opinion,
    cites: labelled('Document that says so', fixed(optional(link('document', 'The document in which it was given.')))),
  },
  texts: { update: labelled('What was found', optional(words('What was found.'))) },
  leads: 'update',
});
export type RiskControlAssured = EventOf<typeof RiskControlAssured>;

/** Asking accepts nothing. On the register that both keep the other side answers, so the side is written. */
export const RiskAcceptanceRequested = event('RiskAcceptanceRequested', {
  facts: {
    side: fixed(field.side),
    until: labelled('Accepted until', day('The last day on which it is to be accepted.')),
  },
});
export type RiskAcceptanceRequested = EventOf<typeof RiskAcceptanceRequested>;

/** A paper may not say until when. */
export const RiskAcceptanceGranted = event('RiskAcceptanceGranted', {
  facts: {
    until: labelled(
      'Accepted until',
      optional(kept(day('The last day on which it is accepted. From the next day it awaits review.'))),
    ),
  },
});
export type RiskAcceptanceGranted = EventOf<typeof RiskAcceptanceGranted>;

export const RiskClosureRequested = event('RiskClosureRequested', { facts: { side: fixed(field.side) } });
export type RiskClosureRequested = EventOf<typeof RiskClosureRequested>;

export const RiskClosed = event('RiskClosed');

export const RiskRequestRefused = event('RiskRequestRefused');

const moved = {
  facts: { register: saying('The register on which it stands from then on.', field.riskRegister) },
} as const;

export const RiskEscalated = event('RiskEscalated', moved);
export type RiskEscalated = EventOf<typeof RiskEscalated>;

/** Not closed: it stands on another register. */
export const RiskDeescalated = event('RiskDeescalated', moved);
export type RiskDeescalated = EventOf<typeof RiskDeescalated>;

export const RiskMerged = event('RiskMerged', {
  facts: { into: kept(labelled('Risk in which it goes on', link('risk', 'The risk in which it goes on.'))) },
});
export type RiskMerged = EventOf<typeof RiskMerged>;

export const RiskReopened = event('RiskReopened');

export const RISK_EVENTS = [
  RiskProposed,
  RiskRegistered,
  RiskAllocated,
  RiskReworded,
  RiskScored,
  RiskReviewed,
  RiskAppetiteSet,
  RiskResponseChosen,
  RiskControlAdded,
  RiskControlMoved,
  RiskControlReported,
  RiskControlAssured,
  RiskAcceptanceRequested,
  RiskAcceptanceGranted,
  RiskClosureRequested,
  RiskClosed,
  RiskRequestRefused,
  RiskEscalated,
  RiskDeescalated,
  RiskMerged,
  RiskReopened,
] as const;
export type RiskOwnEvent = EventOf<(typeof RISK_EVENTS)[number]>;
export type RiskEvent = RiskOwnEvent | CommonFact;
