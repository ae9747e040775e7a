import type { EventId } from '../../libs/ledger/index.ts';
import {
  eventAsOf,
  eventsAsOf,
  pageOfAll,
  positionToken,
  recordAsOf,
  refuseDamaged,
  registerOf,
  sourceOf,
  type LedgerView,
  type Page,
  type PageWanted,
  type SourceRefs,
} from '../../libs/read-models/index.ts';
import { asItStood, isAbsent, mistakeIn, snapshotAt } from '../../libs/timeline/index.ts';
import { historyRows, type HistoryRow } from './projection.ts';

/** An event of a record with its place in the ledger, as the reader may hold it. */
export interface HistoryEvent extends HistoryRow {
  readonly position: string;
}

/** A record of any register, whether it stands or not. */
export interface AnyRecord {
  readonly ref: string;
  readonly register: string;
  /** The event that made the record void: it was recorded by mistake, and nothing of it holds. Null for one that stands. */
  readonly mistake: HistoryEvent | null;
}

/**
 * A record that stands at the basis, or that would if it were not recorded by mistake. Null when there is none, or not for this
 * reader: the two cannot be told apart.
 * @throws RecordDamaged
 */
export async function findRecord(view: LedgerView, ref: string): Promise<AnyRecord | null> {
  const register = registerOf(view, ref);
  if (register === null) return null;
  const found = { ref, register: register.name, mistake: null };
  if ((await recordAsOf(view, register.name, ref)) !== null) return found;
  await refuseDamaged(view, register.name, ref);
  const events = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  const mistake = mistakeIn(events);
  if (mistake === null || isAbsent(register, snapshotAt(register, asItStood(events), view.basis.effective)))
    return null;
  const row = (await historyEvents(view, ref)).find(({ id }) => id === mistake.id);
  return row === undefined ? null : { ...found, mistake: row };
}

/**
 * The events of a record, of any register, in the order in which they were recorded on the basis's clock: those that the reader
 * may see, that were known at the basis and that had taken effect by its day. Empty for a record that is absent or hidden.
 */
export async function historyOf(view: LedgerView, ref: string, page: PageWanted): Promise<Page<HistoryEvent>> {
  return pageOfAll(await historyEvents(view, ref), page, ({ id }) => [id]);
}

async function historyEvents(view: LedgerView, ref: string): Promise<readonly HistoryEvent[]> {
  const register = registerOf(view, ref);
  if (register === null) return [];
  const known = await eventsAsOf(view, { register: register.name, ref });
  const positions = new Map(known.map(({ event, position }) => [event.id, position]));
  const rows = historyRows(register, known, view.basis);
  return rows.map((row) => ({ ...row, position: positionToken(view, positions.get(row.id) ?? '') }));
}

/** The source that an event names, or null when it names none or is not for this reader. Many at once are one question. */
export async function sourceOfEvent(view: LedgerView, id: EventId): Promise<SourceRefs | null> {
  const known = await eventAsOf(view, id);
  return known === null ? null : sourceOf(known.event);
}
