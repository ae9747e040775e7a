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
