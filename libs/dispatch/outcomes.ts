import { isAlone } from '../access/index.ts';
import { LogRefused, type StoreDamaged } from '../event-store/index.ts';
import { whyNotEnvelope, type InputFault } from '../declarations/index.ts';
import type { Command, DeclaredCommand, MayIssue, Refusal, Register } from '../ledger/index.ts';
import { isRecordCommand, RECORD_COMMANDS_DECLARED } from '../records/index.ts';
import { SeriesDamaged } from './references.ts';
import type { Outcome, Submission } from './submission.ts';

export function refused(refusal: Refusal): Outcome {
  return { outcome: 'refused', refusal };
}

/** `code`: as for a program, by which all that is invalid is told apart. */
export function invalid(code: InputFault, field: string, sentence: string): Outcome {
  return { outcome: 'invalid', field, sentence, refusal: code };
}

/** What is declared of a command; undefined when nobody declares it: it is forbidden then. */
export function declaredOf(register: Register, command: Command): DeclaredCommand | undefined {
  return (isRecordCommand(command) ? RECORD_COMMANDS_DECLARED : register.declared)[command.type];
}

/** What the input alone tells to be wrong, by the command's declaration and of the envelope; null when nothing is. */
export function wrongInput(register: Register, { command, envelope, importId }: Submission): Outcome | null {
  const wrong = declaredOf(register, command)?.whyNotInput(command) ?? whyNotEnvelope(envelope, importId !== undefined);
  if (wrong === null) return null;
  const { code, sentence, field = 'input' } = wrong;
  return { outcome: 'invalid', field, sentence, refusal: code };
}

/** Says whose command it is, so that the caller knows whom to ask. */
export function forbidden(
  register: Register,
  { command: sent, caller, importId }: Submission,
  rule: MayIssue | undefined,
): Outcome {
  const { type: command } = sent;
  const { post } = caller;
  if (rule === 'OPERATOR')
    return {
      outcome: 'forbidden',
      sentence: `${command} is for an operator, by the command line; you act as ${post}.`,
    };
  if (isAlone(rule) && importId !== undefined) {
    const { as, ref = as } = sent as { readonly as?: string; readonly ref?: string };
    const sentence = isRecordCommand(sent)
      ? `${command} of ${ref} changes who has authority. No import does that: it is for ${rule.alone.join(' or ')} to do.`
      : `${command} of ${ref} grants authority. An import does that only when whoever runs it says so: --grants.`;
    return { outcome: 'forbidden', sentence };
  }
  if (isAlone(rule))
    return {
      outcome: 'forbidden',
      sentence: `This ${command} grants authority or changes who has it. It is for ${rule.alone.join(' or ')} alone, and nobody types it for them; you act as ${post}.`,
    };
  const whose =
    rule === 'OWNER'
      ? `a post that owns the ${register.singular}`
      : rule === 'LEAD'
        ? `the post that owns the ${register.singular} and leads it`
        : rule === 'ANY_WRITER'
          ? 'a post that writes'
          : rule === 'SIGNER'
            ? `commissioner (or, where a commissioner’s post owns the ${register.singular}, monitoring-officer)`
            : (rule ?? []).join(' or ');
  return {
    outcome: 'forbidden',
    sentence: `${command} is for ${whose}, or an OPCC officer who types it for them with the authority; you act as ${post}.`,
  };
}

export const CONFLICT: Outcome = {
  outcome: 'conflict',
  sentence: 'Others keep writing to this record. Read it again and send the command anew.',
};

export const NOT_FOUND: Outcome = { outcome: 'not-found', field: 'ref' };

export const NOTHING_WRITTEN: Outcome = {
  outcome: 'unavailable',
  sentence:
    'The ledger is busy, stopping, or its store is away. Nothing was written. Send the same command again, with the same commandId.',
};

export const PERHAPS_WRITTEN: Outcome = {
  outcome: 'unavailable',
  sentence:
    'The store has not answered yet whether this was written. Send the same command again, with the same commandId, to learn what became of it.',
};

/** Who asks learns nothing of when others wrote; how far the clock is off stands in the log of the process. */
export const CLOCK_IN_DOUBT: Outcome = {
  outcome: 'unavailable',
  sentence:
    'The clock of the ledger is in doubt, so nothing was written. Tell whoever runs the ledger, then send the same command again, with the same commandId.',
};

/** Nothing is decided on what the store does not hold as it was written. An operator finds the event in the health and the log. */
export function damaged(cause: StoreDamaged): Outcome {
  const what =
    cause instanceof LogRefused
      ? 'The log is not the one that this ledger wrote'
      : cause instanceof SeriesDamaged
        ? `The list of references of the series ${cause.series} is damaged in the store`
        : 'What the ledger holds of this record, or of one that it names, is damaged in the store';
  return {
    outcome: 'unavailable',
    sentence: `${what}, so nothing that needs it can be decided. Nothing was written. Tell whoever runs the ledger.`,
  };
}
