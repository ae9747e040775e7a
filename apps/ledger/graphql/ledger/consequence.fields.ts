import type { EventId } from '../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import { causeOf, findRecord, openedBy } from '../../../../projections/index.ts';
import { recordValue } from './record.fields.ts';
import { seen } from './value.ts';

/** What came of an entry that opens something, as the API answers it. */
export async function openedValue(view: LedgerView, entry: EventId) {
  const { records, owed } = await openedBy(view, entry);
  const found = await Promise.all(records.map((ref) => findRecord(view, ref)));
  return {
    records: found.flatMap((one) => (one === null ? [] : [recordValue(view, one)])),
    owed: owed !== null,
    refusal: owed?.refusal ?? null,
  };
}

/** The entry because of which a record was opened, as the API answers it. */
export async function causeValue(view: LedgerView, opened: { readonly causedBy?: EventId }) {
  const cause = await causeOf(view, opened);
  if (cause === null) return null;
  const record = await findRecord(view, cause.record);
  const { entry: event, type, effectiveOn, voided } = cause;
  return seen(view, { event, type, effectiveOn, voided, record: record === null ? null : recordValue(view, record) });
}
