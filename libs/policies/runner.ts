import { createHash } from 'node:crypto';
import type { Dispatch, Outcome, RunningDispatch, Submission } from '../dispatch/index.ts';
import { uuidOfDigest, type Consequence, type EventId, type Refusal } from '../ledger/index.ts';
import { MARKING_POLICIES, mayCause } from './policies.ts';

export interface PolicyPorts {
  readonly ledgerId: string;
  /** What is to be done still: first what is to be marked, then what is to be opened, in the order of the causes. Nothing that was done is in it, as soon as it was read. */
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
 *
 * What is to be opened and is refused stops nothing else and is not tried again before the next start: somebody does it by hand. What is to be
 * marked is tried until it is done, for it hides something.
 */
export class PolicyRunner {
  readonly #ports: PolicyPorts;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Why what is to be opened was refused, by the event because of which it is. */
  readonly #refused = new Map<EventId, Refusal>();

  constructor(ports: PolicyPorts) {
    this.#ports = ports;
  }

  /** Looks at what is outstanding and does it. Resolves when nothing is, or what is could not be done now. */
  run(): Promise<void> {
    this.#again = true;
    return (this.#running ??= this.#work());
  }

  /** Why what is owed because of that event was refused when it was tried; null where it was not. */
  refusedBecauseOf(cause: EventId): Refusal | null {
    return this.#refused.get(cause) ?? null;
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
    const outstanding = await this.#ports.outstanding();
    const owed = new Set(outstanding.map(({ cause }) => cause.id));
    for (const cause of this.#refused.keys()) if (!owed.has(cause)) this.#refused.delete(cause);
    for (const consequence of outstanding) {
      if (this.#closed) return false;
      if (consequence.taken !== undefined && this.#refused.has(consequence.cause.id)) continue;
      const outcome = await this.#ports.submit(submissionOf(consequence, this.#ports.ledgerId));
      if (outcome.outcome === 'accepted') troubled = !(await this.#ports.waitFor(outcome.position)) || troubled;
      else if (consequence.taken !== undefined && refusalIn(outcome) !== null)
        this.#noteRefusal(consequence.cause.id, refusalIn(outcome)!);
      // It is marked so already: reading will know it in a moment.
      else if (!isDone(outcome)) {
        troubled = true;
        this.#ports.onTrouble({ policy: consequence.policy, outcome: outcome.outcome });
      }
    }
    return troubled;
  }

  /** Under its id stands another command: what was opened before its cause was corrected. Reading will know it in a moment. */
  #noteRefusal(cause: EventId, refusal: Refusal): void {
    if (refusal.code !== 'COMMAND_ID_REUSED') this.#refused.set(cause, refusal);
  }
}

/**
 * Submits commands, and draws what policies that mark make follow from each before it answers: for whoever writes without read models, such as an
 * import and its rehearsal. Answers as the consequence that could not be drawn: the same command sent again draws what is left.
 */
export function drawing(
  dispatch: Pick<RunningDispatch, 'submit' | 'consequencesOf'>,
  ledgerId: string,
): Pick<Dispatch, 'submit'> {
  async function submit(submission: Submission): Promise<Outcome> {
    const outcome = await dispatch.submit(submission);
    if (outcome.outcome !== 'accepted' || !mayCause(submission, MARKING_POLICIES)) return outcome;
    const consequences = await dispatch.consequencesOf(submission.register, outcome.ref);
    if ('outcome' in consequences) return consequences;
    for (const consequence of consequences) {
      // What is marked may hide more in its turn.
      const drawn = await submit(submissionOf(consequence, ledgerId));
      if (!isDone(drawn)) return drawn;
    }
    return outcome;
  }
  return { submit };
}

/** Why it was refused; null where it was not. Words that were erased since are found missing by the input alone. */
function refusalIn(outcome: Outcome): Refusal | null {
  if (outcome.outcome === 'refused') return outcome.refusal;
  if (outcome.outcome !== 'invalid') return null;
  return { code: outcome.refusal, sentence: outcome.sentence, field: outcome.field };
}

function isDone(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'accepted' || (outcome.outcome === 'refused' && outcome.refusal.code === 'NOTHING_CHANGES')
  );
}

/**
 * The command that a policy gives: by whom, on what authority and from what day its cause was. All this was asked of the cause and is not asked
 * again. What is marked is entered by whoever entered the cause; what is opened by the policy, for the reason and from the source of the cause.
 */
function submissionOf(consequence: Consequence, ledgerId: string): Submission {
  const { policy, register, which, command, marking, cause, taken } = consequence;
  const { by, enteredBy, authority } = cause.actor;
  const entering =
    taken === undefined
      ? { post: enteredBy.post, person: enteredBy.person ?? 'policy' }
      : { post: partyOf(policy), person: partyOf(policy) };
  return {
    register,
    command,
    envelope: {
      commandId: commandIdOf(ledgerId, policy, cause.id, which),
      effectiveOn: cause.effectiveOn,
      marking,
      ...(taken === undefined
        ? authority === undefined || authority === 'notStated'
          ? {}
          : { authority }
        : { ...taken, ...(cause.dated === undefined ? {} : { dated: cause.dated }) }),
    },
    caller: { ...entering, capacity: 'monitoring-officer' },
    consequence: { policy, cause: cause.id, ...(by === undefined ? {} : { by }) },
  };
}

/** As who a policy enters what it opens: no post and no person is spelt so. */
function partyOf(policy: string): string {
  return `policy:${policy}`;
}

/** A UUID (version 8) made from nothing but ids. */
function commandIdOf(ledgerId: string, policy: string, cause: string, which: string): string {
  return uuidOfDigest(
    createHash('sha256').update(`pgl/policy/v1\0${ledgerId}\0${policy}\0${cause}\0${which}`).digest('hex'),
  );
}
