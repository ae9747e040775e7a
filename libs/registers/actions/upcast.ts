import type { RecordEvent } from '../../ledger/index.ts';
import { ACTION_KINDS, type ActionEvent } from './events.ts';

const SCHEMA_OF = new Map(ACTION_KINDS.map(({ type, schema }) => [type, schema]));

/**
 * Brings an event of any schema ever written to the current one. Only schema 1 has ever been written.
 * @throws RangeError for a kind that this version does not know: its record must not be read as though it were understood.
 */
export function upcast(event: RecordEvent): ActionEvent {
  if (SCHEMA_OF.get(event.type) !== event.schema)
    throw new RangeError(`actions know no ${event.type} of schema ${event.schema} (event ${event.id})`);
  return event as ActionEvent;
}
