import { createHash } from 'node:crypto';
import type { Outcome, Submission } from '../dispatch/index.ts';
import type { Marking, RecordEvent } from '../ledger/index.ts';

/** A consequence that is still to be drawn: this record is to be marked so, because of that event. */
export interface Consequence {
  readonly policy: string;
  readonly register: string;
  readonly ref: string;
  readonly to: Marking;
  readonly cause: RecordEvent;
  /** Of the record among all that the cause may concern, from 0. */
  readonly place: number;
  /** The words that the cause gives as its reason; null when there are none, or they were erased. */
  readonly reason: string | null;
}

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
 * the next start, and nothing is done twice, for each command bears an id that comes from its policy, its cause and its place.
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
    this.#running ??= this.#work().finally(() => (this.#running = null));
    return this.#running;
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
  }

  /** Does what is outstanding once. True if some of it could not be done. */
  async #round(): Promise<boolean> {
    let troubled = false;
    for (const consequence of await this.#ports.outstanding()) {
      if (this.#closed) return false;
      const outcome = await this.#ports.submit(submissionOf(consequence, this.#ports.ledgerId));
      if (outcome.outcome === 'accepted') troubled = !(await this.#ports.waitFor(outcome.position)) || troubled;
      // It is marked so already: reading will know it in a moment.
      else if (outcome.outcome !== 'refused' || outcome.refusal.code !== 'NOTHING_CHANGES') {
        troubled = true;
        this.#ports.onTrouble({ policy: consequence.policy, outcome: outcome.outcome });
      }
    }
    return troubled;
  }
}

/**
 * The command that a policy gives: by whom, on what authority, for what reason and from what day its cause was, marked as strictly as what
 * it does. All this was asked of the cause and is not asked again.
 */
export function submissionOf(
  { policy, register, ref, to, cause, place, reason }: Consequence,
  ledgerId: string,
): Submission {
  const { by, enteredBy, authority } = cause.actor;
  return {
    register,
    command: { type: 'Mark', ref, to } as Submission['command'],
    envelope: {
      commandId: commandIdOf(ledgerId, policy, cause.id, place),
      effectiveOn: cause.effectiveOn,
      marking: to,
      ...(authority === undefined || authority === 'notStated' ? {} : { authority }),
      ...(reason === null ? {} : { reason }),
    },
    caller: { post: enteredBy.post, person: enteredBy.person ?? 'policy', capacity: 'monitoring-officer' },
    consequence: { policy, cause: cause.id, ...(by === undefined ? {} : { by }) },
  };
}

/** A UUID (version 8) made from nothing but ids. */
function commandIdOf(ledgerId: string, policy: string, cause: string, place: number): string {
  const digest = createHash('sha256').update(`pgl/policy/v1\0${ledgerId}\0${policy}\0${cause}\0${place}`).digest('hex');
  const variant = ((parseInt(digest[16]!, 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
