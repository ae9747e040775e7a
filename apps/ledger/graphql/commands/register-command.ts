import type { Accepted, Caller, Outcome, Submission } from '../../../../libs/dispatch/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import type { Identity } from '../../access/identity.ts';
import type { Ledger } from '../../ledger.ts';
import { AnswerError } from '../errors.ts';
import { inputFieldOf } from './submission.ts';

/** A command to one register, on Nest's bus. Each register has one class of this kind and one handler: see `register-door.ts`. */
export class RegisterCommand {
  readonly submission: Submission;
  constructor(submission: Submission) {
    this.submission = submission;
  }
}

/** Hands a command to the one way in: authorise, load, decide, append. */
export class RegisterCommandHandler {
  readonly #ledger: Pick<Ledger, 'submit'>;
  constructor(ledger: Pick<Ledger, 'submit'>) {
    this.#ledger = ledger;
  }
  execute(command: RegisterCommand): Promise<Outcome> {
    return this.#ledger.submit(command.submission);
  }
}

/** The post that sends a command. @throws AnswerError FORBIDDEN for the public */
export function callerOf(identity: Identity): Caller {
  if (identity.caller === null) throw new AnswerError('FORBIDDEN', 'Sign in to write: the public reads only.');
  return identity.caller;
}

/** @throws AnswerError unless the command was accepted */
export function mustBeAccepted(outcome: Outcome, mutation: DeclaredMutation): Accepted {
  switch (outcome.outcome) {
    case 'accepted':
      return outcome;
    case 'not-found':
      throw new AnswerError('NOT_FOUND', 'There is no such record.', { field: inputFieldOf(mutation, outcome.field) });
    case 'forbidden':
      throw new AnswerError('FORBIDDEN', outcome.sentence);
    case 'refused': {
      const { code, sentence, field } = outcome.refusal;
      throw new AnswerError('REFUSED', sentence, {
        refusal: code,
        ...(field === undefined ? {} : { field: inputFieldOf(mutation, field) }),
      });
    }
    case 'invalid':
      throw new AnswerError('INVALID', outcome.sentence, {
        field: inputFieldOf(mutation, outcome.field),
        ...(outcome.refusal === undefined ? {} : { refusal: outcome.refusal }),
      });
    case 'conflict':
      throw new AnswerError(
        'CONFLICT',
        outcome.sentence,
        outcome.facts === undefined ? {} : { field: 'seen', facts: outcome.facts },
      );
    case 'unavailable':
      throw new AnswerError('UNAVAILABLE', outcome.sentence);
  }
}
