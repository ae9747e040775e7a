import { sql } from 'kysely';
import type { LogPosition } from '../event-store/index.ts';
import type { Instant, RecordEvent } from '../ledger/index.ts';
import type { KnownEvent } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { maySee, opened } from './view.ts';

/** An event of a record, as a reader may know it at a basis. */
export interface EventAsOf {
  readonly event: KnownEvent;
  /** When it was recorded on the basis's clock. */
  readonly recordedAt: Instant;
  readonly position: LogPosition;
}

/**
 * The events of one record that were known at the view's basis and that its reader may see, in the order in which they were
 * recorded on its clock. Not filtered by effective date: a correction has none of its own. Empty for a record that is absent
 * or hidden.
 */
export async function eventsAsOf(view: LedgerView, register: string, ref: string): Promise<readonly EventAsOf[]> {
  const { answering, point, reader } = opened(view);
  const known = point.clock === 'PROVEN' ? sql<boolean>`record_events.sequence <= ${point.recordedSequence}` : sql<boolean>`record_events.known_at <= ${point.recorded}`;
  const rows = await answering
    .tables()
    .query.selectFrom('records')
    .innerJoin('record_events', 'record_events.record', 'records.record')
    .innerJoin('log_events', 'log_events.sequence', 'record_events.sequence')
    .select(['log_events.sequence', 'log_events.position', 'log_events.recorded_at', 'log_events.body', 'record_events.known_at'])
    .where('records.register', '=', register)
    .where('records.ref', '=', ref)
    .where('record_events.sequence', '<=', point.sequence)
    .where(known)
    .where('log_events.body', 'is not', null)
    .where(maySee(reader, sql.ref('record_events.audiences'), sql.ref('records.record')))
    .orderBy(point.clock === 'PROVEN' ? 'record_events.sequence' : 'record_events.known_at')
    .orderBy('record_events.sequence')
    .execute();
  return rows.map(({ sequence, position, recorded_at, body, known_at }) => ({
    event: { ...(JSON.parse(body as string) as RecordEvent), sequence, recordedAt: recorded_at },
    recordedAt: point.clock === 'PROVEN' ? recorded_at : known_at,
    position,
  }));
}

/** A place in the log as the view's reader may hold it. */
export function positionToken(view: LedgerView, position: LogPosition): string {
  const { answering, reader } = opened(view);
  return answering.tokens.encode(reader.audience, position);
}
