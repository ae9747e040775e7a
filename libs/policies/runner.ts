import { createHash } from 'node:crypto';
import type { Dispatch, Outcome, RunningDispatch, Submission } from '../dispatch/index.ts';
import { uuidOfDigest, type Consequence } from '../ledger/index.ts';
import { mayCause } from './marking-policies.ts';

export interface PolicyPorts {
  readonly ledgerId: string;
  /** What is to be done still, in the order of the causes. Nothing that was done is in it, as soon as it was read. */
  outstanding(): Promise<readonly Consequence[]>;
  submit(submission: Submission): Promise<Outcome>;
  /** Waits until `outstanding` knows of what was written there. */
  waitFor(position: string): Promise<boolean>;
  /** Told of what could not be done: by its policy and what was answered, never of a record. */
  onTrouble(about: { readonly policy: string; readonly outcome: string }): void;
}

/** Between two tries, when a store was away or a record is damaged. */
const TRY_AGAIN_MS = 2_000;

/**
 * Draws the consequences of policies. It keeps nothing: what is outstanding is read off the log, so whatever was cut off is finished by
 * the next start, and nothing is done twice, for each command bears an id that comes from its policy, its cause and
 * the record.
 */
export class PolicyRunner {
  readonly #ports: PolicyPorts;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(ports: PolicyPorts) {
    this.#ports = ports;
  }

  /** Looks at what is outstanding and does it. Resolves when nothing is, or what is could not be done now. */
  run(): Promise<void> {
    this.#again = true;
    return (this.#running ??= this.#work());
  }

  /** Does nothing more. What is under way ends as any command does. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      const troubled = await this.#round().catch(() => true);
      if (!troubled || this.#closed) continue;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.run(), TRY_AGAIN_MS).unref();
    }
    // In the same turn as the last look: whoever asks from here on begins anew, and nobody is forgotten in between.
    this.#running = null;
  }

  /** Does what is outstanding once. True if some of it could not be done. */
  async #round(): Promise<boolean> {
    let troubled = false;
    for (const consequence of await this.#ports.outstanding()) {
      if (this.#closed) return false;
      const outcome = await this.#ports.submit(submissionOf(consequence, this.#ports.ledgerId));
      if (outcome.outcome === 'accepted') troubled = !(await this.#ports.waitFor(outcome.position)) || troubled;
      // It is marked so already: reading will know it in a moment.
      else if (!isDone(outcome)) {
        troubled = true;
        this.#ports.onTrouble({ policy: consequence.policy, outcome: outcome.outcome });
      }
    }
    return troubled;
  }
}

/**
 * Submits commands, and draws what policies make follow from each before it answers: for whoever writes without read models, such as an
 * import and its rehearsal. Answers as the consequence that could not be drawn: the same command sent again draws what is left.
 */
export function drawing(
  dispatch: Pick<RunningDispatch, 'submit' | 'consequencesOf'>,
  ledgerId: string,
): Pick<Dispatch, 'submit'> {
  return {
    async submit(submission) {
      const outcome = await dispatch.submit(submission);
      if (outcome.outcome !== 'accepted' || !mayCause(submission)) return outcome;
      const consequences = await dispatch.consequencesOf(submission.register, outcome.ref);
      if ('outcome' in consequences) return consequences;
      for (const consequence of consequences) {
        const drawn = await dispatch.submit(submissionOf(consequence, ledgerId));
        if (!isDone(drawn)) return drawn;
      }
      return outcome;
    },
  };
}

function isDone(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'accepted' || (outcome.outcome === 'refused' && outcome.refusal.code === 'NOTHING_CHANGES')
  );
}

/**
 * The command that a policy gives: by whom, on what authority and from what day its cause was, marked as strictly as what
 * it does. All this was asked of the cause and is not asked again.
 */
function submissionOf({ policy, register, ref, to, cause }: Consequence, ledgerId: string): Submission {
  const { by, enteredBy, authority } = cause.actor;
  return {
    register,
    command: { type: 'Mark', ref, to } as Submission['command'],
    envelope: {
      commandId: commandIdOf(ledgerId, policy, cause.id, ref),
      effectiveOn: cause.effectiveOn,
      marking: to,
      ...(authority === undefined || authority === 'notStated' ? {} : { authority }),
    },
    caller: { post: enteredBy.post, person: enteredBy.person ?? 'policy', capacity: 'monitoring-officer' },
    consequence: { policy, cause: cause.id, ...(by === undefined ? {} : { by }) },
  };
}

/** A UUID (version 8) made from nothing but ids. */
function commandIdOf(ledgerId: string, policy: string, cause: string, ref: string): string {
  return uuidOfDigest(
    createHash('sha256').update(`pgl/policy/v1\0${ledgerId}\0${policy}\0${cause}\0${ref}`).digest('hex'),
  );
}
