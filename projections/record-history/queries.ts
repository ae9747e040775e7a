import type { EventId } from '../../libs/ledger/index.ts';
import {
  eventAsOf,
  eventsAsOf,
  pageOfAll,
  positionToken,
  registerOf,
  sourceOf,
  type LedgerView,
  type Page,
  type PageWanted,
  type SourceRefs,
} from '../../libs/read-models/index.ts';
import { historyRows, type HistoryRow } from './projection.ts';

/** An event of a record with its place in the ledger, as the reader may hold it. */
export interface HistoryEvent extends HistoryRow {
  readonly position: string;
}

/**
 * The events of a record, of any register, in the order in which they were recorded on the basis's clock: those that the reader
 * may see, that were known at the basis and that had taken effect by its day. Empty for a record that is absent or hidden.
 */
export async function historyOf(view: LedgerView, ref: string, page: PageWanted): Promise<Page<HistoryEvent>> {
  const register = registerOf(view, ref);
  const known = register === null ? [] : await eventsAsOf(view, { register: register.name, ref });
  const positions = new Map(known.map(({ event, position }) => [event.id, position]));
  const rows = register === null ? [] : historyRows(register, known, view.basis);
  const events = rows.map((row) => ({ ...row, position: positionToken(view, positions.get(row.id) ?? '') }));
  return pageOfAll(events, page, ({ id }) => [id]);
}

/** The source that an event names, or null when it names none or is not for this reader. Many at once are one question. */
export async function sourceOfEvent(view: LedgerView, id: EventId): Promise<SourceRefs | null> {
  const known = await eventAsOf(view, id);
  return known === null ? null : sourceOf(known.event);
}
