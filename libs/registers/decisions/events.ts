import {
  day,
  event,
  eventOfRecord,
  fixed,
  kept,
  labelled,
  line,
  link,
  newReference,
  optional,
  words,
  yesNo,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/** Its reference was made of the body, so that is not corrected: one of another body is voided and proposed anew. */
export const DecisionProposed = event('DecisionProposed', {
  facts: {
    ref: newReference('decision'),
    body: fixed(link('body', 'The body in whose business it is decided.')),
    maker: fixed(labelled('Who decides', field.maker)),
    due: optional(field.planned),
  },
  texts: { title: field.title, summary: optional(field.summary), phrase: optional(field.phrase) },
  leads: 'title',
});
export type DecisionProposed = EventOf<typeof DecisionProposed>;

/** Written again when the recommendation changes. */
export const DecisionDrafted = event('DecisionDrafted', {
  texts: { recommendation: field.recommendation },
  leads: 'recommendation',
});

/** Why it was rejected is the reason of the event. */
export const DecisionOptionRejected = event('DecisionOptionRejected', {
  texts: { option: field.option },
  leads: 'option',
});

/** Papers print “not applicable” under a heading as well: that is said, and not left out. */
export const DecisionAdvised = event('DecisionAdvised', {
  facts: {
    adviceOn: fixed(field.adviceOn),
    applies: labelled('Applicable', yesNo('Whether there is anything to advise on.')),
  },
  texts: { advice: optional(field.advice) },
  leads: 'advice',
});

/** One consultation: a body, a post, or others in words. That nobody answered is one as well. */
export const DecisionConsulted = event('DecisionConsulted', {
  facts: { body: optional(field.consultedBody), post: optional(field.consultedPost) },
  texts: { who: optional(field.who), said: optional(field.said) },
  leads: 'said',
});

/** The open part and the closed one are events of their own, because each has a marking of its own. */
export const DecisionPartWritten = event('DecisionPartWritten', {
  facts: { part: fixed(field.part) },
  texts: { content: labelled('What it says', words('What that part says.')) },
  leads: 'content',
});

/** By what is the authority of the event. */
export const DecisionDelegated = event('DecisionDelegated', { facts: { delegate: field.delegate } });

/**
 * On what was then before whoever decided: a day, an instant, a clock and the last event that there was, so that it reads the same for ever.
 * None of it is corrected, since it says what the ledger held. An imported one holds none of it: its basis is its day and the stated clock.
 */
export const DecisionMade = event('DecisionMade', {
  facts: {
    basisOn: fixed(optional(field.basisOn)),
    basisRecorded: fixed(optional(field.basisRecorded)),
    basisClock: fixed(optional(labelled('Basis: by the clock', field.clock))),
    lastEvent: fixed(
      optional(labelled('Basis: the last entry then', eventOfRecord('The last entry of the ledger at the basis.'))),
    ),
    cites: fixed(optional(field.cites)),
  },
  texts: { decided: field.decided },
  leads: 'decided',
});
export type DecisionMade = EventOf<typeof DecisionMade>;

/** What a decision that was made asks somebody to do: an event of its own, which an action can name as its cause. */
export const DecisionActionNamed = event('DecisionActionNamed', {
  facts: { owner: optional(field.actionOwner), due: optional(field.actionDue) },
  texts: { title: field.actionTitle, phrase: optional(field.actionPhrase) },
  leads: 'title',
});
export type DecisionActionNamed = EventOf<typeof DecisionActionNamed>;

export const DecisionDeferred = event('DecisionDeferred', {
  facts: { due: optional(field.planned) },
  texts: { phrase: optional(field.phrase) },
  leads: 'phrase',
});
export type DecisionDeferred = EventOf<typeof DecisionDeferred>;

export const DecisionRefused = event('DecisionRefused');

export const DecisionNotTaken = event('DecisionNotTaken');

export const DecisionConditionSet = event('DecisionConditionSet', {
  facts: {
    targetOn: labelled('To be met by', optional(kept(day('The day by which it is to be met.')))),
    owner: optional(field.follower),
  },
  texts: { subjectTo: labelled('Condition', words('What the decision is subject to.')) },
  leads: 'subjectTo',
});

export const DecisionConditionReported = event('DecisionConditionReported', {
  facts: { condition: fixed(field.condition), standing: labelled('Whether it is met', field.conditionStanding) },
  texts: { update: labelled('What was found', optional(words('What was found.'))) },
  leads: 'update',
});

/** By whom is a post; the day on which it was signed is the effective day. A name that the notice prints is no fact. */
export const DecisionSigned = event('DecisionSigned', { facts: { signedBy: field.signedBy } });

/** In the log of decisions that an elected local policing body keeps. */
export const DecisionRecorded = event('DecisionRecorded', {
  facts: {
    publicInterest: labelled('Of significant public interest', yesNo('Whether it is of significant public interest.')),
  },
  texts: { test: labelled('Public interest', optional(words('How the public interest was weighed.'))) },
  leads: 'test',
});

/** Where people can read it. Who may see it in the ledger is said by publishing the record. */
export const DecisionNoticePublished = event('DecisionNoticePublished', {
  facts: {
    notice: fixed(optional(labelled('Notice', link('document', 'The notice of it, as a document of the ledger.')))),
  },
  texts: { publishedAt: labelled('Published at', optional(line('Where people can read it, such as a web address.'))) },
  leads: 'publishedAt',
});

/** Why is the reason of the event. */
export const DecisionWithheld = event('DecisionWithheld', {
  texts: {
    exemption: labelled(
      'Exemption',
      optional(line('The exemption that allows it, such as paragraph 3 of Schedule 12A.')),
    ),
  },
  leads: 'exemption',
});

export const DecisionVaried = event('DecisionVaried', {
  texts: { variation: labelled('What was varied', words('How it reads from then on.')) },
  leads: 'variation',
});

export const DecisionRevoked = event('DecisionRevoked');

export const DecisionSuperseded = event('DecisionSuperseded', {
  facts: {
    supersededBy: kept(labelled('Decision in its place', link('decision', 'The decision that stands in its place.'))),
  },
});

export const DECISION_EVENTS = [
  DecisionProposed,
  DecisionDrafted,
  DecisionOptionRejected,
  DecisionAdvised,
  DecisionConsulted,
  DecisionPartWritten,
  DecisionDelegated,
  DecisionMade,
  DecisionActionNamed,
  DecisionDeferred,
  DecisionRefused,
  DecisionNotTaken,
  DecisionConditionSet,
  DecisionConditionReported,
  DecisionSigned,
  DecisionRecorded,
  DecisionNoticePublished,
  DecisionWithheld,
  DecisionVaried,
  DecisionRevoked,
  DecisionSuperseded,
] as const;
export type DecisionOwnEvent = EventOf<(typeof DECISION_EVENTS)[number]>;
export type DecisionEvent = DecisionOwnEvent | CommonFact;
