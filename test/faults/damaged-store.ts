import type { SqliteDatabase } from '../../libs/sqlite/index.ts';

import { canonicalBytes, type StoredEvent } from '../../libs/ledger/index.ts';

/** A row of the log as it lies in the file. */
export interface LogRow {
  readonly seq: number;
  readonly last: number;
  readonly stream: number;
  readonly version: number;
  readonly id: string;
  readonly bytes: Buffer;
}

/** What became of a log: which rows no longer say what was written, or that some are gone. */
export interface Damage {
  readonly what: string;
  /** Sequences of rows that are not what they were. */
  readonly rows: readonly number[];
  /** Rows are missing from the middle of the log, or the log cannot be read at all. */
  readonly isGap?: boolean;
  /** Rows whose record may be taken for damaged too: a copy of its event stands elsewhere, before it. */
  readonly copied?: readonly number[];
  /** Nothing but sealed words, or the key that they name, was changed. */
  readonly inWords?: boolean;
}

/** Mulberry32: small, and the same everywhere. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Each damages a log in one way. Rows are those of registers and reservations: the first event is the ledger's own. */
export const DAMAGES: { readonly [what: string]: (log: OpenLog, below: (most: number) => number) => Damage | null } = {
  'a flipped bit': (log, below) => {
    const row = log.any(below);
    const bytes = Buffer.from(row.bytes);
    const at = below(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << below(8));
    const damage = log.write(row, bytes);
    return damage === null ? null : { ...damage, inWords: isInSealedPart(row.bytes, at) };
  },
  'a cut end': (log, below) => {
    const row = log.any(below);
    return log.write(row, row.bytes.subarray(0, below(row.bytes.length)));
  },
  'the bytes of two events swapped': (log, below) => {
    const [a, b] = log.two(below);
    log.set(a.seq, 'bytes', b.bytes);
    log.set(b.seq, 'bytes', a.bytes);
    return { what: 'swapped', rows: [a.seq, b.seq] };
  },
  'two events swapped with their ids': (log, below) => {
    const [a, b] = log.two(below);
    log.set(a.seq, 'bytes', b.bytes);
    log.set(a.seq, 'id', b.id);
    log.set(b.seq, 'bytes', a.bytes);
    log.set(b.seq, 'id', a.id);
    return { what: 'swapped', rows: [a.seq, b.seq] };
  },
  'an event repeated in the place of another': (log, below) => {
    const [a, b] = log.two(below);
    log.set(a.seq, 'bytes', b.bytes);
    log.set(a.seq, 'id', b.id);
    return { what: 'repeated', rows: [a.seq], copied: [b.seq] };
  },
  'an event repeated at the end of its stream': (log, below) => {
    const row = log.any(below);
    log.append({ ...row, version: log.lastVersion(row.stream) + 1 });
    return { what: 'repeated', rows: [row.seq] };
  },
  'an event moved to another stream': (log, below) => {
    const [a, b] = log.two(below);
    log.set(a.seq, 'stream', b.stream, log.lastVersion(b.stream) + 1);
    return { what: 'moved', rows: [a.seq, b.seq] };
  },
  'a row missing': (log, below) => {
    const row = log.any(below);
    log.remove(row.seq);
    return { what: 'missing', rows: [row.seq], isGap: true };
  },
  'an id changed': (log, below) => {
    const row = log.any(below);
    log.set(
      row.seq,
      'id',
      log.any(below).id === row.id ? 'nobody' : row.id.replace(/.$/, (end) => (end === '0' ? '1' : '0')),
    );
    return { what: 'id', rows: [row.seq] };
  },
  'a version changed': (log, below) => {
    const row = log.any(below);
    log.set(row.seq, 'version', log.lastVersion(row.stream) + 1 + below(5));
    return log.lastVersion(row.stream) === row.version ? null : { what: 'version', rows: [row.seq] };
  },
  'an end of an append changed': (log, below) => {
    const row = log.any(below);
    log.set(row.seq, 'last', row.last + 1 + below(1_000_000));
    return { what: 'last', rows: [row.seq] };
  },
  'sensitive set to null': (log, below) => {
    const hidden = log.rows.filter(({ bytes }) => bytes.includes('"sensitive":true'));
    const row = hidden[below(hidden.length)]!;
    return log.write(row, Buffer.from(row.bytes.toString().replaceAll('"sensitive":true', '"sensitive":null')));
  },
  'a value changed, and the object written canonically': (log, below) => {
    const row = log.any(below);
    const stored = JSON.parse(row.bytes.toString()) as StoredEvent;
    const header = [
      { ...stored.header, effectiveOn: '2023-01-01' },
      { ...stored.header, marking: { ...stored.header.marking, session: 'SECRET' } },
      { ...stored.header, type: 'ActionWithdrawn' },
    ][below(3)];
    return log.write(row, canonicalBytes({ ...stored, header }));
  },
  'a ciphertext moved to another event': (log, below) => moved(log, below, false),
  'a ciphertext moved with its key to another event': (log, below) => moved(log, below, true),
  'a key changed for one that there never was': (log, below) => {
    const row = log.sealed(below);
    const stored = JSON.parse(row.bytes.toString()) as StoredEvent;
    const parts = stored.parts.map((part) => (part.name.startsWith('text/') ? { ...part, key: 'no-such-key' } : part));
    return log.write(row, canonicalBytes({ ...stored, parts }));
  },
  'a part in clear exchanged for that of another event': (log, below) => {
    const [a, b] = log.two(below);
    const own = JSON.parse(a.bytes.toString()) as StoredEvent;
    const other = JSON.parse(b.bytes.toString()) as StoredEvent;
    const actor = other.parts.find(({ name }) => name === 'actor');
    const parts = own.parts.map((part) => (part.name === 'actor' && actor !== undefined ? actor : part));
    const nonces = { ...own.nonces, parts: { ...own.nonces.parts, actor: other.nonces.parts['actor']! } };
    return log.write(a, canonicalBytes({ ...own, nonces, parts }));
  },
};

/** Does a byte of an event lie in a part under a key? */
function isInSealedPart(bytes: Buffer, at: number): boolean {
  const text = bytes.toString('latin1');
  const start = text.lastIndexOf('{"key":', at);
  return start !== -1 && text.indexOf('}', start) >= at;
}

function moved(log: OpenLog, below: (most: number) => number, withKey: boolean): Damage | null {
  const [a, b] = [log.sealed(below), log.sealed(below)];
  if (a.seq === b.seq) return null;
  const own = JSON.parse(a.bytes.toString()) as StoredEvent;
  const other = JSON.parse(b.bytes.toString()) as StoredEvent;
  const words = other.parts.find(({ name }) => name.startsWith('text/'))!;
  const at = own.parts.findIndex(({ name }) => name.startsWith('text/'));
  const parts = own.parts.map((part, index) =>
    index === at ? { ...part, value: words.value, ...(withKey ? { key: words.key! } : {}) } : part,
  );
  return log.write(a, canonicalBytes({ ...own, parts }));
}

/** A log that is about to be damaged: the triggers that forbid it are gone. */
export class OpenLog {
  readonly #database: SqliteDatabase;
  readonly rows: readonly LogRow[];

  constructor(database: SqliteDatabase) {
    this.#database = database;
    for (const trigger of ['events_only_grow', 'events_never_change', 'events_never_go'])
      database.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
    this.rows = database.prepare('SELECT * FROM events WHERE seq > 1 ORDER BY seq').all() as LogRow[];
  }

  any(below: (most: number) => number): LogRow {
    return this.rows[below(this.rows.length)]!;
  }

  /** One with words under a key. */
  sealed(below: (most: number) => number): LogRow {
    const sealed = this.rows.filter(({ bytes }) => bytes.includes('"name":"text/'));
    return sealed[below(sealed.length)]!;
  }

  /** Two of different streams, the first not the last of its own alone. */
  two(below: (most: number) => number): readonly [LogRow, LogRow] {
    const a = this.any(below);
    const others = this.rows.filter(({ stream }) => stream !== a.stream);
    return [a, others[below(others.length)]!];
  }

  lastVersion(stream: number): number {
    return this.#database.prepare('SELECT max(version) FROM events WHERE stream = ?').pluck().get(stream) as number;
  }

  write(row: LogRow, bytes: Uint8Array): Damage | null {
    if (Buffer.compare(row.bytes, bytes) === 0) return null;
    this.set(row.seq, 'bytes', bytes);
    return { what: 'bytes', rows: [row.seq] };
  }

  set(seq: number, column: 'bytes' | 'id' | 'version' | 'last' | 'stream', value: unknown, version?: number): void {
    this.#database
      .prepare(`UPDATE events SET ${column} = ? ${version === undefined ? '' : `, version = ${version}`} WHERE seq = ?`)
      .run(value, seq);
  }

  append({ stream, version, id, bytes }: LogRow): void {
    const seq = (this.#database.prepare('SELECT max(seq) FROM events').pluck().get() as number) + 1;
    this.#database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)').run(seq, seq, stream, version, id, bytes);
  }

  remove(seq: number): void {
    this.#database.prepare('DELETE FROM events WHERE seq = ?').run(seq);
  }
}
