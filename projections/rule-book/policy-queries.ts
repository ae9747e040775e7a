import { recordAsOf, type LedgerView } from '../../libs/read-models/index.ts';
import type { AddedRule } from '../../libs/registers/rules/index.ts';
import {
  inForceOn,
  policyBreaches,
  type DatesKept,
  type DueDatePolicy,
  type PolicyBreach,
} from '../../libs/rules/index.ts';

/**
 * What a record did not keep of a due-date policy, by the version that is in force on the day of the basis, whatever was in force when its dates
 * were set. Null where nothing tells: there is no such rule for the reader, it is of another kind, or no version of it is in force. Of many
 * records at once the policy is asked for once.
 */
export async function breachesOf(
  view: LedgerView,
  policy: string,
  dates: DatesKept,
): Promise<readonly PolicyBreach[] | null> {
  const rule = await recordAsOf<AddedRule>(view, 'rules', policy);
  if (rule?.state.kind !== 'DUE_DATE_POLICY') return null;
  const version = inForceOn(rule.state, view.basis.effective);
  return version === null ? null : policyBreaches(version.content as DueDatePolicy, dates);
}
