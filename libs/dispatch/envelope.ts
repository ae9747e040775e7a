import type { CivilDate, CommandEnvelope } from '../ledger/index.ts';
import type { Submission } from './submission.ts';

/**
 * The same submission with every id in it as the ledger writes ids: in small letters. A UUID in capitals is the same UUID, and would
 * otherwise be another command or no event of the record.
 */
export function withIdsAsWritten(submission: Submission): Submission {
  const { command, envelope } = submission;
  const { commandId, before } = envelope;
  const { event } = command as { readonly event?: unknown };
  return {
    ...submission,
    command: typeof event === 'string' ? { ...command, ...{ event: event.toLowerCase() } } : command,
    envelope: {
      ...envelope,
      commandId: commandId.toLowerCase(),
      ...(before === undefined ? {} : { before: before.toLowerCase() }),
    },
  };
}

/** The London day on which a command says that it takes effect; undefined when it says nothing: today. */
export function effectiveDayOf(envelope: CommandEnvelope): CivilDate | undefined {
  return envelope.dated?.to ?? envelope.effectiveOn;
}
