import type { CivilDate, Command, CommandEnvelope } from '../ledger/index.ts';
import type { Submission } from './submission.ts';

/**
 * The same submission with every id in it as the ledger writes ids: in small letters. A UUID in capitals is the same UUID, and would
 * otherwise be another command or no event of the record.
 */
export function withIdsAsWritten(submission: Submission): Submission {
  const { command, envelope } = submission;
  const { commandId, before } = envelope;
  return {
    ...submission,
    command: { ...command, ...Object.fromEntries(NAMES_AN_EVENT.flatMap((name) => inSmallLetters(command, name))) },
    envelope: {
      ...envelope,
      commandId: commandId.toLowerCase(),
      ...(before === undefined ? {} : { before: before.toLowerCase() }),
    },
  };
}

/** Fields of commands that hold the id of an event. */
const NAMES_AN_EVENT = [
  ...['event', 'keepsPromise', 'control', 'agendaItem', 'question', 'minute', 'continues', 'condition', 'causedBy'],
] as const;

function inSmallLetters(command: Command, name: string): readonly (readonly [string, string])[] {
  const id = (command as unknown as { readonly [field: string]: unknown })[name];
  return typeof id === 'string' ? [[name, id.toLowerCase()]] : [];
}

/** The London day on which a command says that it takes effect; undefined when it says nothing: today. */
export function effectiveDayOf(envelope: CommandEnvelope): CivilDate | undefined {
  return envelope.dated?.to ?? envelope.effectiveOn;
}
