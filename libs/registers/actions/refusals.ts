import { deciding, refusing } from '../../ledger/index.ts';

/**
 * What a command about an action may be refused for beside what its declaration says: the rules between its fields; what state the
 * action is in, who signs, on what authority, for what reason; then whether it makes sense. Within each, in the order of checks.
 */
export const ACTION_REFUSALS = {
  NEEDS_MEETING_OR_BODY: 'Name the meeting at which it was raised, the decision of which it came, or else the body.',
  DUE_NEEDED: 'Give the new due date: a day, a span of days or a meeting.',
  DUE_AMBIGUOUS: 'Give one due date only: a day, a span of days or a meeting.',
  DEFERRAL_AMBIGUOUS: 'Defer it to a meeting or until a day, not both.',
  ALREADY_RAISED: 'This action has been raised already. Raise another one.',
  NOT_RAISED: 'There is no such action. Raise it first.',
  NOT_CLOSED:
    'Action {ref} is {status}, so there is nothing to reopen. Only a closed, withdrawn, merged or superseded action is reopened.',
  ACTION_CLOSED: 'Action {ref} is {status}. Reopen it first, and say why.',
  ALREADY_AGREED: 'Action {ref} has been agreed already.',
  NOT_REPORTED_COMPLETE: 'Nobody has reported action {ref} complete. Its owner must report it complete first.',
  NOT_AGREED: 'Action {ref} is only proposed. It must be agreed first.',
  ALREADY_REPORTED_COMPLETE: 'Action {ref} has been reported complete already. Sign it off, or return it to its owner.',
  AWAITING_SIGN_OFF: 'Action {ref} has been reported complete and awaits sign-off. Return it to its owner first.',
  OWNER_MAY_NOT_SIGN_OFF:
    'Action {ref} may not be signed off or converted by a post that owns it or reported it complete, nor by or through a person who reported it or has held such a post since it was given the action. Somebody else must do it.',
  SIGNER_UNKNOWN:
    'The directory does not know who would sign off or convert action {ref}, or who types it, so nobody could tell them from those whose work it was. Somebody whom the directory knows must do it, or the directory must learn first who they are and which post they hold.',
  SIGN_OFF_NEEDS_AUTHORITY:
    'Say on what authority it is signed off: a meeting, a decision, a delegation or a document.',
  CONVERSION_NEEDS_AUTHORITY:
    'Converting an action closes it. Say on what authority: a meeting, a decision, a delegation or a document.',
  AUTHORITY_BEFORE_RAISED:
    'That meeting was held on {heldOn}, before action {ref} was raised ({raised}), so it decided nothing about it. Name a later one.',
  RETURN_NEEDS_REASON: 'Say why it is returned, so that its owner knows what is missing.',
  EXTENSION_NEEDS_REASON: 'Say why it is extended.',
  DEFERRAL_NEEDS_REASON: 'Say why it is deferred.',
  MERGER_NEEDS_REASON: 'Say why it is merged.',
  SUPERSESSION_NEEDS_REASON: 'Say why it is superseded.',
  WITHDRAWAL_NEEDS_REASON: 'Say why it is withdrawn.',
  REOPENING_NEEDS_REASON: 'Say why it is reopened.',
  MEETING_CANCELLED:
    'Meeting {meeting} was cancelled, so nothing was raised there. Name another meeting, or the body alone.',
  OTHER_BODY: 'Meeting {meeting} is one of {body}. Leave the body out, or name another meeting.',
  ORIGIN_AMBIGUOUS: 'Name the meeting at which it was raised or the decision of which it came, not both.',
  NOT_OF_THAT_BODY: 'Decision {decision} is in the business of {body}. Leave the body out, or name another decision.',
  UNKNOWN_CAUSE:
    'The decision that is named has no such entry which opens an action. Name the decision, and an entry that it has.',
  NEEDS_MEETING: 'Name the meeting that raised it, or say that it was raised otherwise.',
  NEEDS_OCCASION: 'Say which letter, visit, complaint or decision raised it.',
  OCCASION_OF_NOTHING:
    'Say what raised it: a letter, a visit, a complaint or a decision. What a meeting raised has the number of its item.',
  PROMISE_NEEDS_MEETING: 'Name the meeting whose minutes hold the promise: the action is raised there.',
  PROMISE_NOT_MINUTED: 'The minutes of {meeting} hold no such item. Name one that they hold.',
  NOT_A_PROMISE: 'What was minuted there is no promise. Name one, or correct the minute.',
  SAME_ACTION: 'Action {ref} cannot go on as itself. Name another action.',
  OTHER_ACTION_CLOSED: 'Action {action} is {status}, so nothing can go on in it. Name an open action.',
  UNKNOWN_VERSION:
    'This names no document that has a version {version}. Record the version first, or name another document or version.',
  DUE_BEFORE_RAISED: 'It cannot be due on {due}, before the day on which it was raised ({raised}). Check the date.',
  NOT_AN_EXTENSION:
    'An extension sets a later due date than the one that stands ({current}). To put a wrong date right, correct the event that holds it.',
  DEFERRED_TO_THE_PAST:
    'It cannot be deferred until {until}, before the day on which it was deferred ({deferred}). Check the date.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export type ActionRefusal = keyof typeof ACTION_REFUSALS;

export const refuse = refusing(ACTION_REFUSALS);
/** The same as a decision answers it. */
export const no = deciding(refuse);
