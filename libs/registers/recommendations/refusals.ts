import { deciding, refusing } from '../../ledger/index.ts';

/**
 * What a command about a recommendation may be refused for beside what its declaration says: the rules between its fields; what state it is
 * in, who says so, on what authority, for what reason; then whether it makes sense. Within each, in the order of checks.
 */
export const RECOMMENDATION_REFUSALS = {
  DUE_NEEDED: 'Give the due date: a day, a span of days or a meeting.',
  SUCCESSOR_NEEDED: 'Say what replaces it: another recommendation, or the publication.',
  DUE_AMBIGUOUS: 'Give one due date only: a day, a span of days or a meeting.',
  ALREADY_MADE: 'This recommendation has been recorded already. Record another one.',
  NOT_MADE: 'There is no such recommendation. Record it first.',
  RECOMMENDATION_ENDED: 'Recommendation {ref} has ended: {how}. Reopen it first, and say why.',
  EXTENSION_ALREADY_REQUESTED:
    'An extension of recommendation {ref} has been asked for already. Grant or refuse that one first.',
  NO_EXTENSION_REQUESTED: 'Nobody has asked for an extension of recommendation {ref}. Its date can be moved unasked.',
  OWNER_MAY_NOT_VERIFY:
    'Recommendation {ref} may not be verified, moved or ended by a post that owns it or said as its owner whether it is done, nor by or through a person who did or has held such a post since it was given it. Somebody else must do it.',
  VERIFIER_UNKNOWN:
    'The directory does not know who would do this to recommendation {ref}, or who types it, so nobody could tell them from those whose work it is. Somebody whom the directory knows must do it, or the directory must learn first who they are and which post they hold.',
  WORD_NEEDS_DOCUMENT: 'Say in which document they said so: its reference, as the authority.',
  AUTHORITY_BEFORE_MADE:
    'That meeting was held on {heldOn}, before recommendation {ref} was made ({made}), so it decided nothing about it. Name a later one.',
  EXTENSION_NEEDS_REASON: 'Say why more time is needed.',
  REFUSAL_NEEDS_REASON: 'Say why it is refused.',
  MOVE_NEEDS_REASON: 'Say why the date is moved.',
  ACCEPTANCE_NEEDS_REASON: 'Say why the risk is accepted.',
  NOT_ADOPTED_NEEDS_REASON: 'Say why it will not be done.',
  REMOVAL_NEEDS_REASON: 'Say why it is taken off the list.',
  REOPENING_NEEDS_REASON: 'Say why it is opened again.',
  RECOMMENDATION_CLOSED: 'Recommendation {ref} is closed. Reopen it first, and say why.',
  NOT_CLOSED_YET: 'Recommendation {ref} is not closed, so its outcome cannot be judged yet.',
  NOTHING_TO_REOPEN:
    'Recommendation {ref} is {status}, so there is nothing to reopen. Only one that is closed, has ended or whose risk is accepted is reopened.',
  RESPONSE_NEEDS_REASON:
    'Say why it is not accepted, or not whole, or does not apply; of one that depends on another body, name it or say why.',
  NOT_DEPENDENT: 'Only what depends on another body names one. Leave it out, or answer that it depends on it.',
  PART_OF_NO_CAUSE:
    'Recommendation {recommendation} is no cause of concern, so nothing is a part of it. Name a cause of concern.',
  UNTIL_NEEDED: 'Say until when the risk is accepted.',
  SAME_RECOMMENDATION: 'Recommendation {ref} cannot be named by itself. Name another one.',
  UNKNOWN_VERSION:
    'This names no document that has a version {version}. Record the version first, or name another document or version.',
  DUE_BEFORE_MADE: 'It cannot be due on {due}, before the day on which it was made ({made}). Check the date.',
  DATE_NEEDED: 'Give the date that was set, or leave out who set it.',
  LEVEL_NEEDED: 'Give the scale and the level on it, or neither.',
  NO_SUCH_SCALE: 'Rule {rule} is no scale of that sort. Name a scale of priorities, or of grades.',
  SCALE_NOT_IN_FORCE:
    'No version of {rule} was in force on {on}, so nothing was given by it. Set one first, or name another scale.',
  UNKNOWN_LEVEL: 'Version {version} of {rule} has no level {level}. Name one that it has.',
  NOT_AN_EXTENSION:
    'An extension sets a later due date than the one that stands ({current}). To put a wrong date right, correct the event that holds it.',
  ACCEPTED_TO_THE_PAST:
    'The risk cannot be accepted until {until}, before the day on which it was accepted ({accepted}). Check the date.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export type RecommendationRefusal = keyof typeof RECOMMENDATION_REFUSALS;

export const refuse = refusing(RECOMMENDATION_REFUSALS);
/** The same as a decision answers it. */
export const no = deciding(refuse);
