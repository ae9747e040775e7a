import type { ChangeKind, ListChange, StepName } from '../../../../libs/timeline/index.ts';
import { KINDS_IN_WORDS } from '../../../../libs/wording/index.ts';

/*
 * What pages call the parts of a comparison (docs/comparing.md).
 */

/** The two steps, as a heading and as an address. */
export const STEP_CALLED: { readonly [step in StepName]: string } = { RESTATED: 'Restated', MOVED: 'Moved' };

export const STEP_SAYS: { readonly [step in StepName]: string } = {
  RESTATED: 'it was so already on the earlier date, and was not yet known or was known otherwise',
  MOVED: 'it came to be so in the world after the earlier date',
};

/** `Recorded by mistake`, `De-escalated`. */
export function kindInWords(kind: ChangeKind): string {
  return KINDS_IN_WORDS[kind].label;
}

/** What became of a record in a list. */
export const CHANGE_CALLED: { readonly [change in ListChange]: string } = {
  ENTERED: 'Entered the list',
  LEFT: 'Left the list',
  CHANGED: 'Changed',
  RETURNED: 'Returned: it left the list and came back',
  PASSED_THROUGH: 'Passed through: it came into the list and left again',
};

/** The same as what several became: a choice of those. */
export const CHANGED_SO: { readonly [change in ListChange]: string } = {
  ENTERED: 'Entered',
  LEFT: 'Left',
  CHANGED: 'Changed',
  RETURNED: 'Returned',
  PASSED_THROUGH: 'Passed through',
};
