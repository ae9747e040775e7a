import { createHash } from 'node:crypto';
import { isRestricted, OFFICIAL_OPEN, stricter, uuidOfDigest, type Command, type Marking } from '../ledger/index.ts';
import type { Submission } from './submission.ts';

/** What is to be recorded before a command is, as other records; and how the record is marked that the command is about. */
export interface First {
  readonly first: readonly Command[];
  readonly marking: Marking;
}

/**
 * The submission of such a command: on the same day, authority, source and reason, marked at least as strictly as the record because of
 * which it is given. Its id comes of the other's, so that a command which is sent again after it was cut off finds what it had recorded.
 * Whoever types it does it: what is done for another post needs leave of its own for each command. Of papers, whoever the paper names.
 */
export function submissionOfFirst(
  sent: Submission,
  { first, marking }: First,
  index: number,
  ledgerId: string,
): Submission {
  const { commandId, before: _before, by, marking: asked = OFFICIAL_OPEN, ...envelope } = sent.envelope;
  const { caller, importId } = sent;
  const named = `pgl/first/v1\0${ledgerId}\0${commandId}\0${index}`;
  const strictest = stricter(asked, marking);
  return {
    register: sent.register,
    command: first[index]!,
    caller,
    ...(importId === undefined ? {} : { importId }),
    envelope: {
      ...envelope,
      commandId: uuidOfDigest(createHash('sha256').update(named).digest('hex')),
      ...(importId === undefined || by === undefined ? {} : { by }),
      ...(isRestricted(strictest) ? { marking: strictest } : {}),
    },
  };
}
