import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** One event as the double keeps it. */
export interface KeptEvent {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position: in this server's format an event has the same for both. */
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
  /** Milliseconds after 1 January 1970 UTC. */
  readonly created: number;
  /** A fault: acknowledged and in its stream, but not shown among all events. */
  readonly hiddenFromAll: boolean;
}

export type Proposed = Pick<KeptEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = 'any' | 'stream_exists' | 'no_stream' | number;

export type Written =
  | {
      readonly outcome: 'success';
      readonly revision: number;
      readonly position: bigint | null;
      readonly fresh: readonly KeptEvent[];
    }
  | { readonly outcome: 'wrong-expected-version'; readonly current: number | null }
  | { readonly outcome: 'too-large' };

export const MAX_APPEND_SIZE = 1_048_576;
/** Ids that are remembered for appends without an explicit revision. A real server has a bounded memory for them too. */
const REMEMBERED = 1_000;

/**
 * What a real server was seen to do with appends: see `eventstoredb.md` of the founding papers. Idempotence goes by ids alone and, with
 * an explicit revision, by what stands there; without one it goes by a short memory.
 */
export class KeptLog {
  readonly all: KeptEvent[] = [];
  readonly #streams = new Map<string, KeptEvent[]>();
  readonly #indexOf = new Map<bigint, number>();
  readonly #truncated = new Map<string, number>();
  readonly #remembered = new Map<string, KeptEvent>();
  readonly #file: string | null;
  #next = 0n;

  /** With a file, every append is one line of it, and what it holds is there again after a restart. */
  constructor(file: string | null = null) {
    this.#file = file;
    if (file !== null && existsSync(file)) this.#load(file);
  }

  append(stream: string, expected: Expected, proposed: readonly Proposed[], created: number, hidden = false): Written {
    // Of a real server it was observed that it counts the bytes of the data, and neither types nor metadata.
    const size = proposed.reduce((sum, { data }) => sum + data.length, 0);
    if (size > MAX_APPEND_SIZE) return { outcome: 'too-large' };
    const standing = this.#streams.get(stream) ?? [];
    const current = standing.length - 1;
    if (proposed.length === 0) return { outcome: 'success', revision: Math.max(current, 0), position: null, fresh: [] };
    const repeated =
      typeof expected === 'number' || expected === 'no_stream'
        ? repeatAt(standing, expected, proposed)
        : this.#repeatFromMemory(stream, proposed);
    if (repeated !== null)
      return { outcome: 'success', revision: repeated.revision, position: repeated.position, fresh: [] };
    const fits =
      expected === 'any' ||
      (expected === 'no_stream' ? current === -1 : expected === 'stream_exists' ? current >= 0 : expected === current);
    if (!fits) return { outcome: 'wrong-expected-version', current: current === -1 ? null : current };
    const fresh = proposed.map((event, index) =>
      this.#keep({ ...event, stream, revision: current + 1 + index, created, hiddenFromAll: hidden }),
    );
    if (this.#file !== null)
      appendFileSync(this.#file, `${JSON.stringify({ stream, created, events: proposed.map(written) })}\n`);
    return { outcome: 'success', revision: fresh.at(-1)!.revision, position: fresh.at(-1)!.position, fresh };
  }

  /** Null when the stream does not exist. What `$tb` hides is left out. */
  stream(name: string): readonly KeptEvent[] | null {
    const standing = this.#streams.get(name);
    if (standing === undefined) return null;
    const first = this.#truncated.get(name) ?? 0;
    return first === 0 ? standing : standing.filter(({ revision }) => revision >= first);
  }

  /** Index among all events of the one that starts at the position; null when none does. */
  indexAt(position: bigint): number | null {
    return this.#indexOf.get(position) ?? null;
  }

  /** Index of the first event that stands after (commit, prepare). A checkpoint may lie between events, or far beyond them. */
  indexAfter(commit: bigint, prepare: bigint): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { position } = this.all[middle]!;
      if (position > commit || (position === commit && position > prepare)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Position that the next event will have. */
  get next(): bigint {
    return this.#next;
  }

  /** As a hand in the server's files would: other bytes under the same id. */
  tamper(stream: string, revision: number, change: Partial<Proposed>): void {
    const kept = this.#streams.get(stream)![revision]!;
    const changed = { ...kept, ...change };
    this.#streams.get(stream)![revision] = changed;
    this.all[this.#indexOf.get(kept.position)!] = changed;
  }

  /** As restoring an older backup does. */
  forgetAfter(position: bigint): void {
    const kept = this.all.filter((event) => event.position <= position);
    this.all.length = 0;
    this.#streams.clear();
    this.#truncated.clear();
    this.#indexOf.clear();
    this.#remembered.clear();
    for (const event of kept) this.#place(event);
    this.#next = position + 1n;
  }

  #repeatFromMemory(stream: string, proposed: readonly Proposed[]): KeptEvent | null {
    const found = proposed.map(({ id }) => this.#remembered.get(id));
    return found.every((event) => event?.stream === stream) ? (found.at(-1) ?? null) : null;
  }

  #keep(event: Omit<KeptEvent, 'position'>): KeptEvent {
    const kept = { ...event, position: this.#next };
    // As in a file of records: the next one starts after this one's bytes and its frame.
    this.#next += BigInt(100 + event.stream.length + event.data.length + event.metadata.length);
    this.#place(kept);
    this.#remembered.set(kept.id, kept);
    if (this.#remembered.size > REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value!);
    return kept;
  }

  #place(event: KeptEvent): void {
    const standing = this.#streams.get(event.stream);
    if (standing === undefined) this.#streams.set(event.stream, [event]);
    else standing.push(event);
    this.#indexOf.set(event.position, this.all.length);
    this.all.push(event);
    if (event.stream.startsWith('$$')) {
      const { $tb = 0 } = JSON.parse(event.data.toString('utf8')) as { $tb?: number };
      this.#truncated.set(event.stream.slice(2), $tb);
    }
  }

  #load(file: string): void {
    const lines = readFileSync(file, 'utf8').split('\n');
    // A line without its end was cut off by a kill: it was never acknowledged.
    const torn = lines.pop();
    for (const line of lines) {
      const { stream, created, events } = JSON.parse(line) as {
        stream: string;
        created: number;
        events: ReturnType<typeof written>[];
      };
      const first = this.#streams.get(stream)?.length ?? 0;
      events.forEach(({ id, type, contentType, data, metadata }, index) =>
        this.#keep({
          stream,
          revision: first + index,
          id,
          type,
          contentType,
          data: Buffer.from(data, 'base64'),
          metadata: Buffer.from(metadata, 'base64'),
          created,
          hiddenFromAll: false,
        }),
      );
    }
    this.#remembered.clear();
    if (torn !== '') writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  }
}

/** The last event of a repeat that goes by what stands at its revision; null when it is none. */
function repeatAt(
  standing: readonly KeptEvent[],
  expected: 'no_stream' | number,
  proposed: readonly Proposed[],
): KeptEvent | null {
  const first = expected === 'no_stream' ? 0 : expected + 1;
  return proposed.every(({ id }, index) => standing[first + index]?.id === id)
    ? (standing[first + proposed.length - 1] ?? null)
    : null;
}

function written({ id, type, contentType, data, metadata }: Proposed) {
  return { id, type, contentType, data: data.toString('base64'), metadata: metadata.toString('base64') };
}
