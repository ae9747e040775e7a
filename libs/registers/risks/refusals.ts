import { deciding, refusing } from '../../ledger/index.ts';

/**
 * What a command about a risk may be refused for beside what its declaration says: the rules between its fields; what state it is in, who says
 * so, on what authority, for what reason; then whether it makes sense. Within each, in the order of checks.
 */
export const RISK_REFUSALS = {
  NOTHING_REWORDED: 'Say what is worded otherwise.',
  NOTHING_REPORTED:
    'Say what is reported: whether it is in place, how well it works, who answers for it, or what was found.',
  ALREADY_PROPOSED: 'This risk has been proposed already. Propose another one.',
  NOT_PROPOSED: 'There is no such risk. Propose it first.',
  NOTHING_TO_REOPEN: 'Risk {ref} is neither closed nor merged, so there is nothing to reopen.',
  RISK_ENDED: 'Risk {ref} is {how}. Reopen it first, and say why.',
  ALREADY_REGISTERED: 'Risk {ref} is on its register already.',
  NOT_REGISTERED: 'Risk {ref} is proposed only. Register it first.',
  REQUEST_PENDING: 'Something has been asked for risk {ref} already, and nobody has answered. Answer that first.',
  NOTHING_ASKED: 'Nobody has asked for this for risk {ref}. Somebody asks, and another person answers.',
  OWNER_MAY_NOT_DECIDE:
    'This may not be decided on risk {ref} by a post that owns it or asked for it, nor by or through a person who did or has held such a post since it was given it. Somebody else must do it.',
  DECIDER_UNKNOWN:
    'The directory does not know who would decide this on risk {ref}, or who types it, so nobody could tell them from those whose work it is. Somebody whom the directory knows must do it, or the directory must learn first who they are and which post they hold.',
  OWN_ASSURANCE:
    'Assurance of the second or third line is not given by a post that owns risk {ref} or the control. Somebody else must give it, or it is of the first line.',
  AUTHORITY_BEFORE_PROPOSED:
    'That meeting was held on {heldOn}, before risk {ref} was proposed ({proposed}), so it decided nothing about it. Name a later one.',
  WITHOUT_CONTROLS: 'Risk {ref} has no control. Add one first.',
  SCORE_NEEDS_RATIONALE: 'Say why it is scored so.',
  MOVE_NEEDS_REASON: 'Say why the day is moved.',
  ACCEPTANCE_NEEDS_REASON: 'Say why the risk is to be accepted.',
  CLOSING_NEEDS_REASON: 'Say why the risk is to be closed.',
  REFUSAL_NEEDS_REASON: 'Say why it is refused.',
  ESCALATION_NEEDS_REASON: 'Say why it goes to another register.',
  REOPENING_NEEDS_REASON: 'Say why it is opened again.',
  UNKNOWN_CONTROL: 'Risk {ref} has no control that was added by entry {control}. Name one that it has.',
  ACCEPTED_TO_THE_PAST:
    'The risk cannot be accepted until {until}, before the day on which that takes effect ({from}). Check the date.',
  SAME_REGISTER: 'Risk {ref} stands on that register already. Name another one.',
  SAME_RISK: 'Risk {ref} cannot go on in itself. Name another one.',
  INTO_ENDED_RISK: 'Risk {into} is {how} itself, so nothing goes on in it. Name one that is open.',
  NO_SUCH_SCALE: 'Rule {rule} is no score scale. Name one.',
  SCALE_NOT_IN_FORCE:
    'No version of {rule} was in force on {on}, so nothing was scored by it. Set one first, or name another scale.',
  NO_SUCH_STEP: 'Version {version} of {rule} has no {axis} of {score}. Name one that it has.',
  TARGET_DAY_NEEDED: 'Say by which day.',
  TARGET_DAY_OF_NOTHING: 'Only a target, or a control that is to be put in place, has a target day. Leave it out.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export type RiskRefusal = keyof typeof RISK_REFUSALS;

export const refuse = refusing(RISK_REFUSALS);
/** The same as a decision answers it. */
export const no = deciding(refuse);
