import { parseStored, type EventStore, type LogPosition } from '../event-store/index.ts';
import {
  recordEventOf,
  type Control,
  type Instant,
  type RecordEvent,
  type StoredPart,
  type StreamName,
} from '../ledger/index.ts';

/** A command that was accepted before, as the stream remembers it. */
export interface AcceptedCommand {
  readonly events: readonly string[];
  readonly position: LogPosition;
  readonly stamped: Instant;
  /** The sealed digest of its body; absent in events that carry none. */
  readonly digest?: { readonly event: string; readonly part: StoredPart };
}

/** One stream as the writer knows it. */
export interface LoadedRecord {
  readonly stream: StreamName;
  readonly version: number;
  /** Commitment of the last event; null before the first. */
  readonly previous: string | null;
  readonly events: readonly RecordEvent[];
  readonly commands: ReadonlyMap<string, AcceptedCommand>;
}

/** Streams kept in memory between commands: enough for everything that an office touches in a year. */
const CACHED_STREAMS = 20_000;
const PAGE = 500;

/**
 * Loads the streams of records, with their events as they were written. What was read once is kept, and every load reads only
 * what is new: another process may have written to the same log.
 */
export function recordLoader(store: EventStore) {
  const cache = new Map<StreamName, LoadedRecord>();

  async function load(stream: StreamName): Promise<LoadedRecord> {
    let record = cache.get(stream) ?? unwritten(stream);
    for (;;) {
      const page = await store.readStream(stream, record.version, PAGE);
      if (page.events.length > 0) {
        const events = [...record.events];
        const commands = new Map(record.commands);
        let previous = record.previous;
        for (const logged of page.events) {
          const stored = parseStored(logged);
          const event = recordEventOf(stored);
          events.push(event);
          remember(commands, stored, event, logged.position);
          previous = stored.commitments.event;
        }
        record = { stream, version: record.version + page.events.length, previous, events, commands };
      }
      if (page.atEnd) break;
    }
    keep(record);
    return record;
  }

  function keep(record: LoadedRecord): void {
    cache.delete(record.stream);
    if (record.version === 0) return;
    cache.set(record.stream, record);
    if (cache.size <= CACHED_STREAMS) return;
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }

  return { load };
}

export type RecordLoader = ReturnType<typeof recordLoader>;

function unwritten(stream: StreamName): LoadedRecord {
  return { stream, version: 0, previous: null, events: [], commands: new Map() };
}

/** The scope in which a commandId is remembered, within one stream. */
export function commandScope(
  name: string,
  caller: { post: string; person?: string } | { import: string },
  id: string,
): string {
  const who = 'import' in caller ? `import:${caller.import}` : `${caller.post}/${caller.person ?? ''}`;
  return `${name} ${who} ${id}`;
}

function remember(
  commands: Map<string, AcceptedCommand>,
  stored: ReturnType<typeof parseStored>,
  event: RecordEvent,
  position: LogPosition,
): void {
  const ctl = stored.parts.find((part) => part.name === 'ctl')?.value as unknown as Control | undefined;
  if (ctl === undefined) return;
  const { name, id } = ctl.command;
  const scope = commandScope(
    name,
    ctl.command.import === undefined ? event.actor.enteredBy : { import: ctl.command.import },
    id,
  );
  const earlier = commands.get(scope);
  const digest = stored.parts.find((part) => part.name === 'command');
  commands.set(scope, {
    events: [...(earlier?.events ?? []), event.id],
    position,
    stamped: event.stamped,
    ...(earlier?.digest !== undefined
      ? { digest: earlier.digest }
      : digest === undefined
        ? {}
        : { digest: { event: event.id, part: digest } }),
  });
}
