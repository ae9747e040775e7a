import type { CivilDate, Instant } from '../../libs/ledger/index.ts';
import {
  BadBasis,
  cursorOf,
  eventsAsOf,
  firstOf,
  keysOfCursor,
  registerOf,
  replayedIn,
  type LedgerView,
  type PageWanted,
} from '../../libs/read-models/index.ts';
import type { Cause, ReplayedStep, ReplayOrder } from '../../libs/timeline/index.ts';
import { entriesById, findRecord, type HistoryEvent } from './queries.ts';

/** One step of how a record came about. */
export interface ReplayStep extends Pick<ReplayedStep, 'before' | 'after' | 'changed'> {
  /** 1 is the first. */
  readonly number: number;
  readonly kind: Cause['kind'];
  /** The day on which it is told. */
  readonly day: CivilDate | null;
  /** The record of the event; null for the day itself. */
  readonly record: string | null;
  readonly event: HistoryEvent | null;
  /** When the event became known, on the basis's clock; null for the day itself. */
  readonly known: Instant | null;
}

/** A stretch of the steps of a record. How many there are in all only a walk through all of them would tell. */
export interface ReplayPage {
  readonly edges: readonly { readonly cursor: string; readonly node: ReplayStep }[];
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

export interface ReplayWanted extends PageWanted {
  readonly order: ReplayOrder;
  /** A cursor: the steps just before that one. */
  readonly before?: string;
}

/**
 * How a record of any register came to be what it is at the view's basis, step by step, as far as the reader may see: see docs/replay.md. Null where there is
 * no such record, or none for this reader. One that was recorded by mistake has its steps still.
 * @throws BadBasis for a page that cannot be
 */
export async function replayOfRecord(view: LedgerView, ref: string, wanted: ReplayWanted): Promise<ReplayPage | null> {
  const count = firstOf(wanted);
  const [after, before] = [numberOf(wanted.after, 'after'), numberOf(wanted.before, 'before')];
  if (after !== null && before !== null)
    throw new BadBasis('before', 'Ask for the steps after one or for those before one, not both.');
  const register = registerOf(view, ref);
  if (register === null || (await findRecord(view, ref)) === null) return null;
  const from = before === null ? (after ?? 0) : Math.max(0, before - 1 - count);
  const upTo = before === null ? count : before - 1 - from;
  const replayed = await replayedIn(view, { register: register.name, ref }, wanted.order, { from, count: upTo });
  const steps = await Promise.all(replayed.steps.map((step, index) => stepOf(view, step, from + index + 1)));
  return {
    edges: steps.map((node) => ({ cursor: cursorOf(String(node.number)), node })),
    hasPreviousPage: from > 0,
    hasNextPage: replayed.hasMore,
  };
}

function numberOf(cursor: string | undefined, field: 'after' | 'before'): number | null {
  if (cursor === undefined) return null;
  const number = Number(keysOfCursor(cursor, 1, field)[0]);
  if (!Number.isSafeInteger(number) || number < 1) throw new BadBasis(field, 'This is not a cursor of this list.');
  return number;
}

async function stepOf(view: LedgerView, step: ReplayedStep, number: number): Promise<ReplayStep> {
  const { cause, before, after, changed } = step;
  const told = { number, before, after, changed, kind: cause.kind, day: (after ?? before)?.day ?? null };
  if (cause.kind === 'DAY') return { ...told, day: cause.day, record: null, event: null, known: null };
  const { record, event } = cause;
  const [entries, known] = await Promise.all([entriesById(view, record.ref), eventsAsOf(view, record)]);
  return {
    ...told,
    record: record.ref,
    event: entries.get(event.id) ?? null,
    known: known.find((one) => one.event.id === event.id)?.recordedAt ?? null,
  };
}
