import { allowanceOn, allowanceRef, type AllowanceLink } from '../rules/index.ts';
import type { CivilDate, Register } from '../ledger/index.ts';
import { amend, fold, type LateAfter } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { recordsSeen, withSeenLinks } from './links.ts';
import { eventsAsOf } from './record-events.ts';
import { onceFor, opened, registerNamed } from './view.ts';

/**
 * After how many days an entry into that register is late, by the day on which it is recorded: by the allowance of the body as it is known at
 * the basis and as far as the reader may see it, whatever day is asked about. All that are asked for at once are one question.
 */
export async function lateAfterOf(view: LedgerView, register: Register, body: string | null): Promise<LateAfter> {
  const own = register.lateAfterDays;
  const rules = registerNamed(view, 'rules');
  if (rules === null || body === null) return () => own;
  const rule = await allowanceKnown(view, rules, allowanceRef(body, register.name));
  return (recordedOn) => allowanceOn(rule, recordedOn, own);
}

/** The allowance under that reference, as it is known at the basis and as far as the reader may see it; null for none. */
async function allowanceKnown(view: LedgerView, rules: Register, ref: string): Promise<AllowanceLink | null> {
  const known = await eventsAsOf(view, { register: rules.name, ref });
  const events = known.map(({ event }) => event);
  // The day of recording may lie after the day that is asked about: so all days of the rule are read.
  const state = fold(rules, amend(rules, events));
  return rules.refOf(state) === null ? null : (state as AllowanceLink);
}

/** The allowance of a body for a register, by the days of recording from which each number of days holds; before the first the register's own do. */
export interface Allowance {
  readonly register: string;
  readonly body: string;
  readonly turns: readonly { readonly from: CivilDate; readonly days: number }[];
}

/** All allowances at the basis that the reader may see, of bodies that they may see: by each is read whatever {@link lateAfterOf} reads by it. */
export function allowancesAt(view: LedgerView): Promise<readonly Allowance[]> {
  return onceFor(view, allowancesAt, () => readAllowances(view));
}

async function readAllowances(view: LedgerView): Promise<readonly Allowance[]> {
  const { answering } = opened(view);
  const rules = registerNamed(view, 'rules');
  if (rules === null) return [];
  const found = await recordsSeen(view)
    .select('records.ref')
    .where('records.register', '=', rules.name)
    .where('records.ref', 'like', allowanceRef('%', '%'))
    .orderBy('records.ref')
    .execute();
  const known = await Promise.all(found.map(({ ref }) => allowanceKnown(view, rules, ref ?? '')));
  const named = known.flatMap((rule) => (rule === null ? [] : [rule]));
  const seen = await withSeenLinks(
    view,
    named.map(({ body }) => ({ body })),
  );
  return named.flatMap((rule, index) => {
    const { body } = seen[index] as { readonly body?: string };
    const register = answering.registers.find(
      ({ name }) => body !== undefined && rule.ref === allowanceRef(body, name),
    );
    if (body === undefined || register === undefined) return [];
    const days = rule.versions.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
    const turns = [...new Set(days)]
      .sort()
      .map((from) => ({ from, days: allowanceOn(rule, from, register.lateAfterDays) }));
    return [{ register: register.name, body, turns }];
  });
}
