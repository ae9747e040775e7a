import { movementKind } from '../declarations/index.ts';
import type { ChangeKind } from '../timeline/index.ts';

/** What a kind of change is called, and what it means. */
export interface KindInWords {
  readonly says: string;
  readonly label: string;
}

/** Every kind, in its order: of restatements, of movements of all registers, and what may change a record beside its own events. */
export const KINDS_IN_WORDS: { readonly [kind in ChangeKind]: KindInWords } = {
  LEARNED: { says: 'Restated: it was so by the first day, and was recorded since.', label: 'Learned' },
  CORRECTED: { says: 'Restated: a fact was corrected.', label: 'Corrected' },
  VOIDED: { says: 'Restated: a fact turned out to have been recorded by mistake.', label: 'Recorded by mistake' },
  RESTORED: { says: 'Restated: what had been taken for a mistake stands again.', label: 'Restored' },
  ...movementKind.members,
  DAY: {
    says: 'Moved by the day itself: it fell due, its review fell due, an acceptance lapsed.',
    label: 'The day itself',
  },
  OTHER_RECORD: {
    says: 'Changed by an event of another record: its meeting moved, a rule changed.',
    label: 'Another record',
  },
  RE_BANDED: { says: 'Its band or colour is another because the rule is.', label: 'Re-banded' },
};
