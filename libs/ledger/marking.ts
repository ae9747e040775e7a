import type { Refusal } from './refusal.ts';

/**
 * Protective marking of an event or of one part of it.
 *
 * `OFFICIAL` is the only tier held here; `sensitive` adds the SENSITIVE marking to it, which is not a tier of its own
 * (Government Security Classifications Policy, 2024). SECRET and above are refused at entry. `session` says whether the
 * matter was dealt with in an open or a closed session.
 */
export interface Marking {
  readonly classification: 'OFFICIAL';
  readonly sensitive: boolean;
  readonly session: 'OPEN' | 'CLOSED';
}

export const OFFICIAL_OPEN: Marking = { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' };

/** True when only the *full* audience may see what bears this marking. */
export function isRestricted(marking: Marking): boolean {
  return marking.sensitive || marking.session === 'CLOSED';
}

/** True when both hide the same from the same readers. */
export function sameMarking(a: Marking, b: Marking): boolean {
  return a.sensitive === b.sensitive && a.session === b.session;
}

/** What hides from everybody from whom either hides: a fact is never marked more openly than its record. */
export function stricter(a: Marking, b: Marking): Marking {
  return {
    classification: 'OFFICIAL',
    sensitive: a.sensitive || b.sensitive,
    session: a.session === 'CLOSED' || b.session === 'CLOSED' ? 'CLOSED' : 'OPEN',
  };
}

/** What a closed session dealt with is for those cleared for it, whatever else the marking says. */
export function asOfSession(marking: Marking, session: Marking['session']): Marking {
  return stricter(marking, { ...OFFICIAL_OPEN, session });
}

/** Spellings of a protective marking at the edges: API inputs, cells of an import. */
const SENSITIVE_SPELLINGS: { readonly [spelling: string]: boolean } = {
  OFFICIAL: false,
  SENSITIVE: true,
  'OFFICIAL-SENSITIVE': true,
};

/**
 * Reads a protective marking as an officer writes it: `OFFICIAL`, `OFFICIAL-SENSITIVE` or `SENSITIVE`, with `-`, `_` or a space.
 * Anything above OFFICIAL may not be held here at all: the answer is a refusal, and nothing is written.
 */
export function readMarking(
  text: string,
  session: 'OPEN' | 'CLOSED' = 'OPEN',
): { marking: Marking } | { refusal: Refusal } {
  const spelling = text
    .trim()
    .toUpperCase()
    .replace(/[\s_]+/g, '-');
  const sensitive = SENSITIVE_SPELLINGS[spelling];
  if (sensitive !== undefined) return { marking: { classification: 'OFFICIAL', sensitive, session } };
  if (/^(TOP-)?SECRET/.test(spelling)) {
    return {
      refusal: {
        code: 'MARKING_TOO_HIGH',
        sentence:
          'This ledger holds OFFICIAL matters only. Nothing marked SECRET or above may be entered; nothing was written.',
        field: 'marking',
      },
    };
  }
  return {
    refusal: { code: 'MARKING_UNKNOWN', sentence: 'The marking is OFFICIAL or OFFICIAL-SENSITIVE.', field: 'marking' },
  };
}
