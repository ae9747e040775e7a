import type { CivilDate, EventId } from '../../libs/ledger/index.ts';
import {
  eventAsOf,
  eventsAsOf,
  loaderOf,
  mistakesAt,
  owedBecauseOf,
  recordsNaming,
  voidedAmong,
  type LedgerView,
  type Owed,
} from '../../libs/read-models/index.ts';

/** What came of an entry that opens something. */
export interface Opened {
  /** The records that name it as what opened them, by reference: one, but for what somebody opened twice. */
  readonly records: readonly string[];
  /** What is still to be opened because of it, and what stands in the way; null where nothing is. As it is now, whatever the basis. */
  readonly owed: Owed | null;
}

/** What was opened because of that entry, at the basis. Many at once are two questions. */
export async function openedBy(view: LedgerView, entry: EventId): Promise<Opened> {
  const [records, owed] = await Promise.all([recordsCausedBy(view, entry), owedBecauseOf(view, entry)]);
  return { records, owed };
}

function recordsCausedBy(view: LedgerView, entry: EventId): Promise<readonly string[]> {
  return loaderOf(view, recordsCausedBy, async (entries: readonly EventId[]) => {
    const found = await recordsNaming(view, entries);
    return entries.map((one) =>
      found.flatMap(({ ref, fields, named }) => (named === one && fields.includes('causedBy') ? [ref] : [])).sort(),
    );
  }).load(entry);
}

/** Why a record was opened. */
export interface CauseOfRecord {
  /** The record of the entry, by reference. */
  readonly record: string;
  readonly entry: EventId;
  /** The type of the entry. */
  readonly type: string;
  readonly effectiveOn: CivilDate;
  /** The entry, or all of its record, was recorded by mistake, as far as is known at the basis. */
  readonly voided: boolean;
}

/** The entry because of which a record was opened, whether or not it still stands; null where it names none that this reader may see. */
export async function causeOf(
  view: LedgerView,
  { causedBy }: { readonly causedBy?: EventId },
): Promise<CauseOfRecord | null> {
  const found = causedBy === undefined ? null : await eventAsOf(view, causedBy);
  if (found === null) return null;
  const { event, record } = found;
  const [all, mistakes] = await Promise.all([eventsAsOf(view, record), mistakesAt(view)]);
  const voided = voidedAmong(all.map((one) => one.event));
  return {
    ...{ record: record.ref, entry: event.id, type: event.type, effectiveOn: event.effectiveOn },
    voided: voided.has(event.id) || mistakes.has(record.ref),
  };
}
