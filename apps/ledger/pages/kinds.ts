import { nameInWords, type RecordKind } from '../../../libs/declarations/index.ts';
import { ACTION_HAPPENED } from '../../../libs/registers/actions/index.ts';
import { DECISION_HAPPENED } from '../../../libs/registers/decisions/index.ts';
import { DIRECTORY_HAPPENED } from '../../../libs/registers/directory/index.ts';
import { DOCUMENT_HAPPENED } from '../../../libs/registers/documents/index.ts';
import { FORWARD_PLAN_HAPPENED } from '../../../libs/registers/forward-plan/index.ts';
import { MEETING_HAPPENED } from '../../../libs/registers/meetings/index.ts';
import { RECOMMENDATION_HAPPENED } from '../../../libs/registers/recommendations/index.ts';
import { RISK_HAPPENED } from '../../../libs/registers/risks/index.ts';
import { RULE_HAPPENED } from '../../../libs/registers/rules/index.ts';
import { LISTS } from '../../../projections/index.ts';
import { kindOnPages, type KindOnPages } from './frame/kind-on-pages.ts';

/** Every kind of record on the pages: what its register shows of it, and how the ledger is asked for it (`projections/lists.ts`). */
export const KINDS = Object.fromEntries(
  (Object.keys(LISTS) as RecordKind[]).map((kind) => [kind, kindOnPages(kind, LISTS[kind])]),
) as { readonly [Kind in RecordKind]: KindOnPages };

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
