import { randomUUID } from 'node:crypto';
import type { Caller, Outcome, Submission } from '../../../libs/dispatch/index.ts';
import { WRITING_CAPACITIES } from '../../../libs/access/index.ts';
import { StoreUnavailable } from '../../../libs/event-store/index.ts';
import { OPERATOR, type Command } from '../../../libs/ledger/index.ts';
import { kindSpelt } from '../../../libs/declarations/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Claims, TokenCheck } from './identity.ts';

/** Stands for a person of the directory who has no reference yet. */
const TO_BE_RECORDED = 'person-demos';
/** Subjects that are remembered until their first command. */
const MOST_SUBJECTS = 10_000;

/**
 * The demonstration stands in for a monitoring officer who has recorded everybody: whoever acts by a demo token is a person of the
 * directory, known by the subject of the token, before their first command is decided. Giving out or checking a token asks the ledger
 * for nothing.
 */
export function demoPeople(ledger: Pick<Ledger, 'submit' | 'offers' | 'personOf' | 'pseudonymOf'>) {
  const subjects = new Map<string, Claims>();
  const known = new Map<string, Promise<void>>();

  /** The same check, with a note of who was seen. */
  function noting(tokens: TokenCheck): TokenCheck {
    return {
      async check(token) {
        const claims = await tokens.check(token);
        if (subjects.size >= MOST_SUBJECTS) subjects.clear();
        subjects.set(ledger.pseudonymOf(claims.person), claims);
        return claims;
      },
    };
  }

  /** {@link Ledger.submit}, once the directory knows the caller. */
  async function submit(submission: Submission): Promise<Outcome> {
    const { person, capacity } = submission.caller;
    try {
      // Who reads only is refused anyhow, and nothing is written for that.
      if (WRITING_CAPACITIES.includes(capacity)) await madeKnown(person);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      const sentence =
        'The store of the ledger is away. Nothing was written. Send the same command again, with the same commandId.';
      return { outcome: 'unavailable', sentence };
    }
    return ledger.submit(submission);
  }

  /** {@link Ledger.offers}: whoever is not recorded yet is offered what they may give once they are, before their first command. */
  function offers(caller: Caller, ref: string | null): ReturnType<Ledger['offers']> {
    return ledger.offers(known.has(caller.person) ? caller : { ...caller, person: TO_BE_RECORDED }, ref);
  }

  function madeKnown(pseudonym: string): Promise<void> {
    const claims = subjects.get(pseudonym);
    if (claims === undefined) return Promise.resolve();
    let making = known.get(pseudonym);
    if (making === undefined) {
      making = makeKnown(claims, pseudonym);
      known.set(pseudonym, making);
      making.catch(() => known.delete(pseudonym));
    }
    return making;
  }

  async function makeKnown({ person: subject, post }: Claims, pseudonym: string): Promise<void> {
    if ((await ledger.personOf(pseudonym)) !== null) return;
    // A token may name a person whom the directory holds already.
    if (kindSpelt(subject) === 'person' && (await does({ type: 'SetPersonSubject', ref: subject, subject })) !== null)
      return;
    const ref = await does({ type: 'AddPerson', name: demoName(post) });
    if (ref === null || (await does({ type: 'SetPersonSubject', ref, subject })) === null)
      throw new StoreUnavailable('the demonstration could not record who acts');
  }

  /** The reference of the record; null when there is none or it was refused. */
  async function does(command: object): Promise<string | null> {
    const outcome = await ledger.submit(asDemonstration(command as Command, ledger.pseudonymOf('the demonstration')));
    if (outcome.outcome === 'unavailable') throw new StoreUnavailable(outcome.sentence);
    return outcome.outcome === 'accepted' ? outcome.ref : null;
  }

  return { noting, submit, offers };
}

/** Example data names posts, never people. */
export function demoName(post: string): string {
  return `Demonstration: holder of ${post}`;
}

/** A command of the directory by the demonstration itself, which nobody signs in as. */
export function asDemonstration(command: Command, person: string): Submission {
  return {
    register: 'directory',
    command,
    envelope: { commandId: randomUUID() },
    caller: { post: OPERATOR, person, capacity: 'monitoring-officer' },
    operator: true,
  };
}
