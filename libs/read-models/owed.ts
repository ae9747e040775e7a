import type { EventId, Refusal } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { loaderOf, opened } from './view.ts';

/** What a policy has still to open because of an event: null where it is about to. The sentence is null where it names what is not for the reader. */
export interface Owed {
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
      .select('cause')
      .where('cause', 'in', causes)
      .execute();
    const owed = new Set(rows.map((row) => row.cause));
    return Promise.all(
      causes.map(async (one) => (owed.has(one) ? tell(view, answering.refusedBecauseOf?.(one)) : null)),
    );
  }).load(cause);
}

async function tell(view: LedgerView, refusal: Refusal | null | undefined): Promise<Owed> {
  if (refusal === null || refusal === undefined) return { refusal: null };
  const { code, sentence } = refusal;
  return { refusal: { code, sentence: (await namesUnseen(view, sentence)) ? null : sentence } };
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
