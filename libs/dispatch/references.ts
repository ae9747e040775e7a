import {
  LogRefused,
  readLogged,
  StoreDamaged,
  StoreUnavailable,
  type EventStore,
  type LoggedEvent,
} from '../event-store/index.ts';
import type { KeyStore } from '../keys/index.ts';
import {
  LEDGER_ITSELF,
  londonDayOf,
  OFFICIAL_OPEN,
  referencesStream,
  REFERENCE_RESERVED,
  type Ids,
  type Instant,
  type ReferenceReserved,
  type ReferenceWanted,
  type StreamName,
  registerOfStream,
} from '../ledger/index.ts';
import { Recent } from '../recent/index.ts';
import { appendUntilDefinite } from './attempts.ts';
import type { ReadBefore } from './records.ts';
import { writeEvent, type WrittenEvent } from './write-event.ts';

/** Characters of random references: no look-alikes, so that they can be read out at a meeting. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
/** The first of them is a letter: no number has that shape. */
const LETTERS = READABLE.replace(/\d/g, '');
const RANDOM_LENGTH = 5;
/** Reservations written in one append when many records are opened at once. */
const LARGEST_GROUP = 200;
/** Series kept in memory: those that are being added to, and those that commands name. */
const CACHED_SERIES = 500;
const PAGE = 500;

/** A reservation is damaged: nothing can be opened in its series, and no reference of it found that was not found before. */
export class SeriesDamaged extends StoreDamaged {
  override readonly name = 'SeriesDamaged';
  readonly series: string;
  constructor(series: string, cause: StoreDamaged) {
    super(`The references of the series ${series} are damaged in the store.`, { cause });
    this.series = series;
  }
}

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
  keys: KeyStore;
  ids: Ids;
  stamp: () => Instant;
  isStopping: () => boolean;
  readBefore?: ReadBefore | undefined;
}) {
  const waiting = new Map<string, Waiting[]>();
  const running = new Set<string>();
  /** What was read of a series once is kept, and every look reads only what is new: another process may have written. */
  const cache = new Recent<string, Series>(CACHED_SERIES);

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
    // A reference never moves to another record, so one that was found needs no second look.
    return cache.get(series)?.taken.streamOf(ref) ?? (await read(series)).taken.streamOf(ref);
  }

  /** The streams of all records that bear a reference of that series which begins so. */
  async function streamsOf(series: string, start = ''): Promise<readonly StreamName[]> {
    return (await read(series)).taken.streams(start);
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
      const { taken: reserved, version, previous } = await read(series);
      const taken = new Taken(reserved);
      const answers = new Map<Waiting, string | null>();
      const fresh: { ref: string; for: StreamName }[] = [];
      for (const one of group) {
        const standing = taken.refOf(one.stream);
        const ref = standing ?? choose(one.wanted, taken, context.ids);
        answers.set(one, ref);
        if (ref === null || standing !== null) continue;
        mustBeFree(series, ref, one.stream);
        taken.add(ref, one.stream);
        fresh.push({ ref, for: one.stream });
      }
      if (fresh.length > 0) {
        const result = await appendUntilDefinite(
          context.store,
          referencesStream(series),
          version,
          chain(series, fresh, version, previous),
          context.isStopping,
        );
        if (result.outcome === 'conflict') continue;
        if (result.outcome !== 'stored') throw new StoreUnavailable(`no reference could be reserved: ${result.reason}`);
      }
      for (const [one, ref] of answers) one.resolve(ref);
      return;
    }
  }

  /** A reservation that is gone from the end of its stream is missed by nothing there. */
  function mustBeFree(series: string, ref: string, stream: StreamName): void {
    const bearer = context.readBefore?.bearerOf(registerOfStream(stream), ref) ?? stream;
    if (bearer !== stream)
      throw new SeriesDamaged(series, new StoreDamaged(`The reservation of ${ref} is missing in the store.`));
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
          actor: { enteredBy: { post: LEDGER_ITSELF } },
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

  async function read(name: string): Promise<Series> {
    const series = cache.get(name) ?? { taken: new Taken(), version: 0, previous: null };
    keep(name, series);
    try {
      for (;;) {
        const page = await context.store.readStream(referencesStream(name), series.version, PAGE);
        for (const event of page.events) takeIn(series, event);
        if (page.atEnd) return series;
      }
    } catch (cause) {
      throw cause instanceof StoreDamaged && !(cause instanceof LogRefused) ? new SeriesDamaged(name, cause) : cause;
    }
  }

  function keep(name: string, series: Series): void {
    cache.set(name, series);
  }

  return { reserve, streamOf, streamsOf };
}

/** A stream of reservations as far as it was read. */
interface Series {
  readonly taken: Taken;
  version: number;
  /** Commitment of the last reservation; null before the first. */
  previous: string | null;
}

/** Two looks at once may read the same reservation: it is taken in once. */
function takeIn(series: Series, logged: LoggedEvent): void {
  if (logged.version <= series.version) return;
  const { stored, event } = readLogged(logged);
  const { facts } = event as ReferenceReserved;
  series.taken.add(facts.ref, facts.for);
  series.version = logged.version;
  series.previous = stored.commitments.event;
}

/** References that are taken, each by one record; on top of others, when they are only about to be reserved. */
class Taken {
  readonly #others: Taken | null;
  readonly #streams = new Map<string, StreamName>();
  readonly #refs = new Map<StreamName, string>();
  readonly #greatest = new Map<string, number>();

  constructor(others: Taken | null = null) {
    this.#others = others;
  }

  add(ref: string, stream: StreamName): void {
    this.#streams.set(ref, stream);
    this.#refs.set(stream, ref);
    // Numbers are given out one after another. What stands apart from them is a random reference of before, which could be all digits.
    const [, stem = '', number = ''] = /^(.*\D)([1-9]\d*)$/.exec(ref) ?? [];
    if (stem !== '' && Number(number) === this.greatest(stem) + 1) this.#greatest.set(stem, Number(number));
  }

  has(ref: string): boolean {
    return this.streamOf(ref) !== null;
  }

  streamOf(ref: string): StreamName | null {
    return this.#streams.get(ref) ?? this.#others?.streamOf(ref) ?? null;
  }

  streams(start: string): readonly StreamName[] {
    const own = [...this.#refs].flatMap(([stream, ref]) => (ref.startsWith(start) ? stream : []));
    return [...own, ...(this.#others?.streams(start) ?? [])];
  }

  refOf(stream: StreamName): string | null {
    return this.#refs.get(stream) ?? this.#others?.refOf(stream) ?? null;
  }

  /** The greatest number that follows that stem, which ends in no digit; 0 when none does. */
  greatest(stem: string): number {
    return Math.max(this.#greatest.get(stem) ?? 0, this.#others?.greatest(stem) ?? 0);
  }
}

/** The reference that a record gets, or null if it wants exactly one that is taken. */
function choose(wanted: ReferenceWanted, taken: Taken, ids: Ids): string | null {
  switch (wanted.style) {
    case 'EXACT':
      return taken.has(wanted.stem) ? null : wanted.stem;
    case 'FIRST_FREE':
      return firstFree(wanted.stem, taken);
    case 'NEXT': {
      let number = taken.greatest(wanted.stem) + 1;
      while (taken.has(`${wanted.stem}${number}`)) number += 1;
      return `${wanted.stem}${number}`;
    }
    case 'RANDOM':
      for (;;) {
        const ref = wanted.stem + randomCharacters(ids);
        if (!taken.has(ref)) return ref;
      }
  }
}

function firstFree(stem: string, taken: Taken): string {
  if (!taken.has(stem)) return stem;
  let n = 2;
  while (taken.has(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

function randomCharacters(ids: Ids): string {
  return randomOf(LETTERS, 1, ids) + randomOf(READABLE, RANDOM_LENGTH - 1, ids);
}

function randomOf(alphabet: string, length: number, ids: Ids): string {
  let characters = '';
  while (characters.length < length) {
    for (const byte of ids.bytes(length * 2)) {
      // Bytes past the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % alphabet.length) && characters.length < length)
        characters += alphabet[byte % alphabet.length];
    }
  }
  return characters;
}
