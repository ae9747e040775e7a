import { isCapacity } from '../access/index.ts';
import type { Instant, Refusal, Register } from '../ledger/index.ts';
import { decide } from './decide.ts';
import type { Decided } from './decided.ts';
import { eventsSeenBy } from './folds.ts';
import { refused } from './outcomes.ts';
import type { LoadedRecord } from './records.ts';
import { refuse } from './refusals.ts';
import type { Outcome, Submission } from './submission.ts';
import type { Surroundings } from './surroundings.ts';

/** What surrounds a record: all of it, and as far as the caller may see it. */
export interface AroundBoth {
  readonly all: Surroundings;
  readonly seen: () => Surroundings;
}

/**
 * Decides on everything, and refuses by what the caller may see: a refusal is decided once more on that alone, so it names nothing
 * else. Where only what they may not see stands in the way, one sentence says so for all such cases. What is accepted is
 * decided on everything.
 */
export async function decideAsSeen(
  register: Register,
  record: LoadedRecord,
  submission: Submission,
  stamped: Instant,
  { all, seen }: AroundBoth,
): Promise<Decided | Outcome> {
  const { caller, consequence, envelope } = submission;
  const { before } = envelope;
  const decided = await decide(register, record, submission, stamped, all);
  if (consequence !== undefined || (!('outcome' in decided) && before === undefined)) return decided;
  const events = eventsSeenBy(register, record, caller);
  if (events === null) return decided;
  const namesUnseen =
    before !== undefined && record.events.some(({ id }) => id === before) && !events.some(({ id }) => id === before);
  if (!('outcome' in decided) && !namesUnseen) return decided;
  const around = seen();
  const asSeen = await decide(register, { ...record, events }, submission, stamped, around);
  if (!('outcome' in asSeen)) return refused(refuse('UNSEEN'));
  return asSeen.outcome === 'refused' && (await namesHidden(asSeen.refusal, submission, all, around))
    ? refused(refuse('UNSEEN'))
    : asSeen;
}

/** Does the sentence name a record that the caller did not name and may not see? */
async function namesHidden(
  { sentence }: Refusal,
  submission: Submission,
  all: Surroundings,
  seen: Surroundings,
): Promise<boolean> {
  const said = new Set(JSON.stringify([submission.command, submission.envelope]).match(WORDS));
  for (const word of new Set(sentence.match(WORDS))) {
    if (said.has(word) || isCapacity(word)) continue;
    if ((await all.exists(word)) && !(await seen.exists(word))) return true;
  }
  return false;
}

const WORDS = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/g;
