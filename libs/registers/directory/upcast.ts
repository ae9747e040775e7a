import type { RecordEvent } from '../../ledger/index.ts';
import { DIRECTORY_KINDS, type DirectoryEvent } from './events.ts';

const SCHEMA_OF = new Map(DIRECTORY_KINDS.map(({ type, schema }) => [type, schema]));

/**
 * Brings an event of any schema ever written to the current one. Only schema 1 has ever been written.
 * @throws RangeError for a kind that this version does not know: its record must not be read as though it were understood.
 */
export function upcast(event: RecordEvent): DirectoryEvent {
  if (SCHEMA_OF.get(event.type) !== event.schema)
    throw new RangeError(`the directory knows no ${event.type} of schema ${event.schema} (event ${event.id})`);
  return event as DirectoryEvent;
}
