import { deciding, refusing } from '../../ledger/index.ts';

/**
 * What a command about a decision may be refused for beside what its declaration says: the rules between its fields; what state it is in, who says
 * so, on what authority, for what reason; then whether it makes sense. Within each, in the order of checks.
 */
export const DECISION_REFUSALS = {
  NOBODY_CONSULTED: 'Say who was consulted: a body, a post, or others in words.',
  ALREADY_PROPOSED: 'This decision has been proposed already. Propose another one.',
  NOT_PROPOSED: 'There is no such decision. Propose it first.',
  DECISION_TAKEN: 'Decision {ref} was {how}, so nothing more is prepared for it. Propose another one.',
  NOT_DRAFTED: 'Nothing has been recommended on decision {ref}. Draft it first.',
  NOT_ADVISED: 'Nobody has advised on decision {ref}. Record the advice first, or that a heading is not applicable.',
  NOT_MADE: 'Decision {ref} was not made, so there is nothing to do this to.',
  DECISION_ENDED: 'Decision {ref} is {how}. Propose another one.',
  WITHOUT_CONDITIONS: 'Decision {ref} has no condition. Set one first.',
  ALREADY_SIGNED: 'Decision {ref} was signed already. Correct or void the wrong entry, if it is wrong.',
  NOTHING_TO_RECORD: 'Nothing has come of decision {ref} yet: it was neither made, put off nor refused, nor dropped.',
  ALREADY_RECORDED: 'Decision {ref} is in the log already.',
  NOT_RECORDED: 'Decision {ref} is not in the log of decisions. Record it first.',
  ALREADY_PUBLISHED: 'The notice of decision {ref} has been published already.',
  MEETING_DECIDES: 'Decision {ref} is for {body} to take at a meeting. Name the meeting as the authority.',
  OTHER_BODY_MET: 'That meeting was not of {body}, which is to take decision {ref}. Name a meeting of it.',
  AUTHORITY_BEFORE_PROPOSED:
    'That meeting was held on {heldOn}, before decision {ref} was proposed ({proposed}), so it decided nothing about it. Name a later one.',
  DELEGATION_NEEDS_AUTHORITY:
    'Say by what it is delegated: a delegation of the scheme, a meeting, a decision or a document.',
  OPTION_NEEDS_REASON: 'Say why the option was rejected.',
  DEFERRAL_NEEDS_REASON: 'Say why it is put off.',
  REFUSAL_NEEDS_REASON: 'Say why it is refused.',
  DROPPING_NEEDS_REASON: 'Say why it is not taken.',
  WITHHOLDING_NEEDS_REASON: 'Say why it is withheld.',
  VARIATION_NEEDS_REASON: 'Say why it is varied.',
  REVOCATION_NEEDS_REASON: 'Say why it is revoked.',
  ADVICE_NEEDED: 'Say what was advised, or that there is nothing to advise on.',
  DUE_AMBIGUOUS: 'Give one day only on which it is to be decided: a day, a span of days or a meeting.',
  DUE_BEFORE_DECIDED: 'It cannot be due on {due}, before the day on which it was decided ({decided}). Check the date.',
  UNKNOWN_CONDITION: 'Decision {ref} has no condition that was set by entry {condition}. Name one that it has.',
  SAME_DECISION: 'Decision {ref} cannot be named here, since it is the one that this is about. Name another one.',
  OTHER_NOT_MADE:
    'Decision {decision} was not made, or holds no longer, so it stands in no other’s place. Name one that was.',
  BASIS_OF_A_PAPER: 'A decision that is imported was made on what was known on its day. Leave the basis out.',
  BASIS_AFTER_DECISION:
    'The decision was made on {decided}, and nobody knew then what came later ({basis}). Check the basis.',
  BASIS_AFTER_NOW: 'The basis lies ahead of now, and nobody knows what will be recorded. Check the instant.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export type DecisionRefusal = keyof typeof DECISION_REFUSALS;

export const refuse = refusing(DECISION_REFUSALS);
/** The same as a decision answers it. */
export const no = deciding(refuse);
