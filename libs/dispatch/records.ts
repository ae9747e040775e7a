import { Buffer } from 'node:buffer';
import {
  EventDamaged,
  readLogged,
  StoreDamaged,
  type EventStore,
  type LogPosition,
  type NewEvent,
} from '../event-store/index.ts';
import {
  recordEventOf,
  type Control,
  type EventId,
  type Instant,
  type RecordEvent,
  type Register,
  type StoredEvent,
  type StoredPart,
  type StreamName,
  registerOfStream,
} from '../ledger/index.ts';
import { Recent } from '../recent/index.ts';
import { foldOf, grown, remember } from './folds.ts';

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
  /** Where each of these events stands in the log. */
  readonly positions: readonly LogPosition[];
  /** By {@link commandScope}. Grows with the stream, also under whoever read less of it: accepted is accepted. */
  readonly commands: Map<string, AcceptedCommand>;
}

/** What of a record a decision reads. */
export type KnownRecord = Pick<LoadedRecord, 'stream' | 'version' | 'events'>;

/**
 * What the read models of this process hold of the log, however far they have come. Nothing is decided by it; but a stream of which the
 * store gives less than was read before has lost its end, which nothing in the stream itself tells.
 */
export interface ReadBefore {
  /** How many events of a stream, 0 for none. */
  eventsOf(stream: StreamName): number;
  /** The stream of the record that bears a reference, or null. */
  bearerOf(register: string, ref: string): StreamName | null;
  /** The last event that it knows to have been recorded by an instant, where it stands, and when that was; null for none. */
  lastRecordedBy(
    instant: Instant,
  ): { readonly event: EventId; readonly position: LogPosition; readonly recorded: Instant } | null;
  /** The streams of records that may have had a name that compares so. */
  streamsCalled(name: string): readonly StreamName[];
}

/** Streams kept in memory between commands: enough for everything that an office touches in a year. */
const CACHED_STREAMS = 20_000;
const PAGE = 500;

/**
 * Loads the streams of records, with their events as they were written. What was read once is kept with what was worked out of it,
 * and every load reads only what is new: another process may have written to the same log.
 */
export function recordLoader(
  store: EventStore,
  registers: ReadonlyMap<string, Register>,
  cachedStreams = CACHED_STREAMS,
  readBefore?: ReadBefore,
) {
  const cache = new Recent<StreamName, LoadedRecord>(cachedStreams);

  /** The record as it is known now, with whatever is new of it in the store. */
  async function load(stream: StreamName): Promise<LoadedRecord> {
    let record = cache.get(stream) ?? unwritten(stream);
    // Asked first: while the stream is read, reading may come to include what is written meanwhile.
    const least = record.version === 0 ? (readBefore?.eventsOf(stream) ?? 0) : 0;
    for (;;) {
      const page = await store.readStream(stream, record.version, PAGE);
      if (page.events.length > 0)
        record = withEvents(
          record,
          page.events.map((logged) => ({ ...readLogged(logged), position: logged.position })),
        );
      if (page.atEnd) break;
    }
    if (record.version < least) throw new StoreDamaged(`The stream ${stream} has lost its end in the store.`);
    keep(record);
    return record;
  }

  /**
   * Takes in what this process has just written after a record, as the store has it: its bytes are the store's bytes, so there is no need
   * to read and prove them again.
   */
  function wrote(record: LoadedRecord, written: readonly NewEvent[], position: LogPosition): LoadedRecord {
    const grownBy = written.map(({ bytes }) => {
      const stored = JSON.parse(Buffer.from(bytes).toString('utf8')) as StoredEvent;
      return { stored, event: recordEventOf(stored), position };
    });
    const grown = withEvents(record, grownBy);
    if ((cache.get(record.stream)?.version ?? 0) < grown.version) keep(grown);
    return grown;
  }

  function withEvents(record: LoadedRecord, read: readonly ReadEvent[]): LoadedRecord {
    const { stream, commands, positions } = record;
    const register = registers.get(registerOfStream(stream));
    const more: RecordEvent[] = [];
    let { previous } = record;
    for (const { stored, event, position } of read) {
      if (controlOf(stored).previous !== previous)
        throw new EventDamaged(event.id, 'it does not follow on the event before it');
      more.push(event);
      rememberCommand(commands, stored, event, position);
      previous = stored.commitments.event;
    }
    const events =
      register === undefined
        ? record.events.concat(more)
        : remember(grown(register, foldOf(register, record.events), more)).events;
    return {
      ...{ stream, version: record.version + read.length, previous, events, commands },
      positions: positions.concat(read.map(({ position }) => position)),
    };
  }

  function keep(record: LoadedRecord): void {
    if (record.version === 0) cache.delete(record.stream);
    else cache.set(record.stream, record);
  }

  return { load, wrote };
}

interface ReadEvent {
  readonly stored: StoredEvent;
  readonly event: RecordEvent;
  readonly position: LogPosition;
}

export type RecordLoader = ReturnType<typeof recordLoader>;

function unwritten(stream: StreamName): LoadedRecord {
  return { stream, version: 0, previous: null, events: [], positions: [], commands: new Map() };
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

function rememberCommand(
  commands: Map<string, AcceptedCommand>,
  stored: StoredEvent,
  event: RecordEvent,
  position: LogPosition,
): void {
  const ctl = controlOf(stored);
  const { name, id } = ctl.command;
  const scope = commandScope(
    name,
    ctl.command.import === undefined ? event.actor.enteredBy : { import: ctl.command.import },
    id,
  );
  const earlier = commands.get(scope);
  // Two who load at once read the same event.
  if (earlier?.events.includes(event.id)) return;
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

function controlOf(stored: StoredEvent): Control {
  return stored.parts.find((part) => part.name === 'ctl')?.value as unknown as Control;
}
