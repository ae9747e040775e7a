import { allowanceOn, allowanceRef, type AllowanceLink } from '../rules/index.ts';
import type { Register } from '../ledger/index.ts';
import { amend, fold, type LateAfter } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { eventsAsOf } from './record-events.ts';
import { registerNamed } from './view.ts';

/**
 * After how many days an entry into that register is late, by the day on which it is recorded: by the allowance of the body as it is known at
 * the basis and as far as the reader may see it, whatever day is asked about. All that are asked for at once are one question.
 */
export async function lateAfterOf(view: LedgerView, register: Register, body: string | null): Promise<LateAfter> {
  const own = register.lateAfterDays;
  const rules = registerNamed(view, 'rules');
  if (rules === null || body === null) return () => own;
  const known = await eventsAsOf(view, { register: rules.name, ref: allowanceRef(body, register.name) });
  const events = known.map(({ event }) => event);
  // The day of recording may lie after the day that is asked about: so all days of the rule are read.
  const state = fold(rules, amend(rules, events));
  const rule = rules.refOf(state) === null ? null : (state as AllowanceLink);
  return (recordedOn) => allowanceOn(rule, recordedOn, own);
}
