import { nameInWords } from '../declarations/index.ts';
import { ACTION_HAPPENED } from '../registers/actions/index.ts';
import { DECISION_HAPPENED } from '../registers/decisions/index.ts';
import { DIRECTORY_HAPPENED } from '../registers/directory/index.ts';
import { DOCUMENT_HAPPENED } from '../registers/documents/index.ts';
import { FORWARD_PLAN_HAPPENED } from '../registers/forward-plan/index.ts';
import { MEETING_HAPPENED } from '../registers/meetings/index.ts';
import { RECOMMENDATION_HAPPENED } from '../registers/recommendations/index.ts';
import { RISK_HAPPENED } from '../registers/risks/index.ts';
import { RULE_HAPPENED } from '../registers/rules/index.ts';

/** What happened, as people say it: `ActionSignedOff` → `Signed off`. */
export function eventInWords(type: string): string {
  return HAPPENED[type] ?? nameInWords(type);
}

const HAPPENED: { readonly [type: string]: string } = {
  ...ACTION_HAPPENED,
  ...MEETING_HAPPENED,
  ...DOCUMENT_HAPPENED,
  ...RECOMMENDATION_HAPPENED,
  ...DIRECTORY_HAPPENED,
  ...RULE_HAPPENED,
  ...RISK_HAPPENED,
  ...DECISION_HAPPENED,
  ...FORWARD_PLAN_HAPPENED,
  Linked: 'Linked to another record',
  Unlinked: 'Link ended',
  Named: 'Name recorded',
  NameWithdrawn: 'Name withdrawn',
  Corrected: 'Corrected',
  Voided: 'Taken back',
  Restored: 'Counted again',
  OtherwiseStated: 'Another source says otherwise',
  Published: 'Published',
  Marked: 'Marked anew',
};
