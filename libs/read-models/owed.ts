import type { Consequence, EventId, Refusal, TextRef } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { consequenceOf, wordsTaken } from './openings.ts';
import { eventAsOf, eventsAsOf } from './record-events.ts';
import { loaderOf, opened } from './view.ts';

/** What a policy has still to open because of an event: null where it is about to. The sentence is null where it names what is not for the reader. */
export interface Owed {
  /** The command that opens it, whoever gives it. */
  readonly opensBy: string;
  readonly refusal: (Pick<Refusal, 'code'> & { readonly sentence: string | null }) | null;
}

/**
 * Whether a policy has still to open something because of that event, which the reader has seen; null where it has not. As it is now, whatever the
 * basis: what is owed is no fact, and is gone once somebody has done it. One question for all asked for at once.
 */
export async function owedBecauseOf(view: LedgerView, cause: EventId): Promise<Owed | null> {
  return loaderOf(view, owedBecauseOf, async (causes: readonly EventId[]) => {
    const { answering } = opened(view);
    const rows = await answering
      .tables()
      .query.selectFrom('owed')
      .select(['cause', 'policy'])
      .where('cause', 'in', causes)
      .execute();
    const policies = new Map(rows.map(({ cause, policy }) => [cause, policy]));
    return Promise.all(
      causes.map(async (one) => {
        const policy = answering.opening.find(({ name }) => name === policies.get(one));
        if (policy === undefined) return null;
        return { opensBy: policy.opensBy, refusal: await told(view, answering.refusedBecauseOf?.(one)) };
      }),
    );
  }).load(cause);
}

/**
 * What a policy would open because of that event, whether or not it is owed: for whoever does it by hand. Worked out of what the reader sees of the
 * record and of nothing else, so words, owners and markings that are not for them are not in it. Null for an event that opens nothing, stands no
 * more, or is not theirs to see.
 */
export async function openingBecauseOf(view: LedgerView, cause: EventId): Promise<Consequence | null> {
  const found = await eventAsOf(view, cause);
  if (found === null) return null;
  const { record, event } = found;
  const policy = opened(view).answering.opening.find(
    ({ causes }) => causes.register === record.register && causes.types.includes(event.type),
  );
  if (policy === undefined) return null;
  const events = (await eventsAsOf(view, record)).map((one) => one.event);
  const opening = policy.wouldOpen(events, cause);
  if (opening === null) return null;
  const refs = wordsTaken(opening);
  const words = await Promise.all(refs.map((ref) => view.text(ref)));
  return consequenceOf(policy, opening, (ref) => words[refs.findIndex((one) => isSame(one, ref))] ?? null);
}

function isSame(one: TextRef, other: TextRef): boolean {
  return one.event === other.event && one.part === other.part;
}

async function told(view: LedgerView, refusal: Refusal | null | undefined): Promise<Owed['refusal']> {
  if (refusal === null || refusal === undefined) return null;
  const { code, sentence } = refusal;
  return { code, sentence: (await namesUnseen(view, sentence)) ? null : sentence };
}

/** Might the sentence name what this reader may not see? Any of its words may be the reference of a post: each counts that is one of the ledger. */
async function namesUnseen(view: LedgerView, sentence: string): Promise<boolean> {
  if (opened(view).reader.audience === 'full') return false;
  const words = [...new Set(sentence.match(WORDS) ?? [])].filter((word) => REFERENCE.test(word));
  const seen = await Promise.all(words.map((word) => seesLink(view, word)));
  return seen.includes(false);
}

const WORDS = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/g;
/** What is spelt as a reference and is no plain word: two words or more with hyphens, or a number in it. A day of the calendar is none. */
const REFERENCE = /^(?!\d{4}-\d{2}-\d{2}$)(?:.*-.*|.*\d.*)$/;
