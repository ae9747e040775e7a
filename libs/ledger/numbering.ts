import { isRestricted, type Marking } from './marking.ts';
import type { ReferenceWanted } from './register.ts';

/**
 * The reference of a new record that is numbered in a series, such as the actions of a body in a month: `CGB-2023-04` and `A`. Numbers would tell how
 * many hidden ones there are, so those end in random characters.
 */
export function numberedIn(series: string, letter: string, marking: Marking): ReferenceWanted {
  return { series, stem: `${series}-${letter}`, style: isRestricted(marking) ? 'RANDOM' : 'NEXT' };
}
