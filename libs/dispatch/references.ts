import { StoreUnavailable, type EventStore } from '../event-store/index.ts';
import type { KeyStore } from '../keys/index.ts';
import {
  londonDayOf,
  OFFICIAL_OPEN,
  referencesStream,
  REFERENCE_RESERVED,
  type Ids,
  type Instant,
  type ReferenceReserved,
  type ReferenceWanted,
  type StreamName,
} from '../ledger/index.ts';
import { appendUntilDefinite } from './attempts.ts';
import type { RecordLoader } from './records.ts';
import { writeEvent, type WrittenEvent } from './write-event.ts';

/** Characters of random references: no look-alikes, so that they can be read out at a meeting. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const RANDOM_LENGTH = 5;
/** Reservations written in one append when many records are opened at once. */
const LARGEST_GROUP = 200;

interface Waiting {
  readonly wanted: ReferenceWanted;
  readonly stream: StreamName;
  readonly resolve: (ref: string | null) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Gives out references, each once for ever. A reservation stands in the stream `references-<series>` and names the stream of
 * the record that it is for, so a command that was cut off between reserving and appending finds its number again.
 *
 * Records opened at the same time share an append: 200 actions raised at one meeting cost a few writes, not 200 in a row.
 */
export function references(context: {
  store: EventStore;
  loader: RecordLoader;
  keys: KeyStore;
  ids: Ids;
  stamp: () => Instant;
  isStopping: () => boolean;
}) {
  const waiting = new Map<string, Waiting[]>();
  const running = new Set<string>();
  /** A reference never moves to another record, so one that was found needs no second look. */
  const found = new Map<string, StreamName>();

  /** The reference that a record has, or null if the one it asks for belongs to another. */
  function reserve(wanted: ReferenceWanted, stream: StreamName): Promise<string | null> {
    return new Promise((resolve, reject) => {
      const queue = waiting.get(wanted.series) ?? [];
      waiting.set(wanted.series, queue);
      queue.push({ wanted, stream, resolve, reject });
      if (!running.has(wanted.series)) void run(wanted.series);
    });
  }

  /** The stream of the record that bears a reference, or null. */
  async function streamOf(series: string, ref: string): Promise<StreamName | null> {
    const known = found.get(ref);
    if (known !== undefined) return known;
    const stream = (await read(series)).byRef.get(ref) ?? null;
    if (stream !== null) found.set(ref, stream);
    return stream;
  }

  async function run(series: string): Promise<void> {
    running.add(series);
    await Promise.resolve();
    for (let group = take(series); group.length > 0; group = take(series)) {
      try {
        await reserveGroup(series, group);
      } catch (cause) {
        for (const one of group) one.reject(cause);
      }
    }
    running.delete(series);
  }

  function take(series: string): Waiting[] {
    const group = waiting.get(series)?.splice(0, LARGEST_GROUP) ?? [];
    if (waiting.get(series)?.length === 0) waiting.delete(series);
    return group;
  }

  async function reserveGroup(series: string, group: readonly Waiting[]): Promise<void> {
    for (;;) {
      const taken = await read(series);
      const answers = new Map<Waiting, string | null>();
      const fresh: { ref: string; for: StreamName }[] = [];
      for (const one of group) {
        const ref = taken.byStream.get(one.stream) ?? choose(one.wanted, taken.byRef, context.ids);
        answers.set(one, ref);
        if (ref === null || taken.byStream.has(one.stream)) continue;
        taken.byRef.set(ref, one.stream);
        taken.byStream.set(one.stream, ref);
        fresh.push({ ref, for: one.stream });
      }
      if (fresh.length > 0) {
        const result = await appendUntilDefinite(
          context.store,
          referencesStream(series),
          taken.version,
          chain(series, fresh, taken.version, taken.previous),
          context.isStopping,
        );
        if (result.outcome === 'conflict') continue;
        if (result.outcome !== 'stored') throw new StoreUnavailable(`no reference could be reserved: ${result.reason}`);
      }
      for (const [one, ref] of answers) one.resolve(ref);
      return;
    }
  }

  function chain(
    series: string,
    fresh: readonly { ref: string; for: string }[],
    version: number,
    previous: string | null,
  ) {
    const events: WrittenEvent[] = [];
    const stamped = context.stamp();
    for (const facts of fresh) {
      const event = writeEvent(
        {
          kind: REFERENCE_RESERVED,
          stream: referencesStream(series),
          stamped,
          effectiveOn: londonDayOf(stamped),
          marking: OFFICIAL_OPEN,
          facts,
          actor: { enteredBy: { post: 'ledger' } },
          ctl: {
            version: version + events.length + 1,
            previous: events.at(-1)?.commitment ?? previous,
            correlation: context.ids.uuid(),
            command: { name: 'ReserveReference', id: context.ids.uuid() },
          },
          texts: {},
          persons: {},
        },
        context,
      );
      events.push(event);
    }
    return events;
  }

  async function read(series: string) {
    const record = await context.loader.load(referencesStream(series));
    const byRef = new Map<string, StreamName>();
    const byStream = new Map<StreamName, string>();
    for (const event of record.events as unknown as readonly ReferenceReserved[]) {
      byRef.set(event.facts.ref, event.facts.for);
      byStream.set(event.facts.for, event.facts.ref);
    }
    return { byRef, byStream, version: record.version, previous: record.previous };
  }

  return { reserve, streamOf };
}

/** The reference that a record gets, or null if it wants exactly one that is taken. */
function choose(wanted: ReferenceWanted, taken: ReadonlyMap<string, StreamName>, ids: Ids): string | null {
  switch (wanted.style) {
    case 'EXACT':
      return taken.has(wanted.stem) ? null : wanted.stem;
    case 'FIRST_FREE':
      return firstFree(wanted.stem, taken);
    case 'NEXT':
      return `${wanted.stem}${highest(wanted.stem, taken) + 1}`;
    case 'RANDOM':
      for (;;) {
        const ref = wanted.stem + randomCharacters(ids);
        if (!taken.has(ref)) return ref;
      }
  }
}

function firstFree(stem: string, taken: ReadonlyMap<string, StreamName>): string {
  if (!taken.has(stem)) return stem;
  let n = 2;
  while (taken.has(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

function highest(stem: string, taken: ReadonlyMap<string, StreamName>): number {
  let greatest = 0;
  for (const ref of taken.keys()) {
    const number = ref.startsWith(stem) ? ref.slice(stem.length) : '';
    if (/^[1-9]\d*$/.test(number)) greatest = Math.max(greatest, Number(number));
  }
  return greatest;
}

function randomCharacters(ids: Ids): string {
  let characters = '';
  while (characters.length < RANDOM_LENGTH) {
    for (const byte of ids.bytes(RANDOM_LENGTH * 2)) {
      // Bytes past the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % READABLE.length) && characters.length < RANDOM_LENGTH)
        characters += READABLE[byte % READABLE.length];
    }
  }
  return characters;
}
