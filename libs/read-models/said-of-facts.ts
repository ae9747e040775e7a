import { isCommonFact, soleLinkOf, type RecordEvent } from '../ledger/index.ts';
import type { FactApartRow } from './tables.ts';

/** The paths of corrections that say another day of a fact. */
const DAYS: readonly unknown[] = ['effectiveOn', 'dated'];

/** Why a list of facts has to read the record of this event, and cannot go by the days of its facts; null where it can. See {@link FactApartRow}. Pure. */
export function whyApart(event: Pick<RecordEvent, 'type' | 'facts'>): FactApartRow['does'] | null {
  if (!isCommonFact(event)) return soleLinkOf(event) === undefined ? null : 'LINKS';
  if (event.type === 'Voided' || event.type === 'Restored') return 'VOIDS';
  if (event.type !== 'Corrected') return null;
  return DAYS.includes(event.facts['path']) ? 'DATES' : 'AMENDS';
}
