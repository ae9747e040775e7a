import { statSync } from 'node:fs';
import {
  followByReading,
  Growth,
  refused,
  refusedByLimits,
  StoreDamaged,
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type Follower,
  type Following,
  type LoggedEvent,
  type LogPosition,
  type NewEvent,
  type ReadPage,
} from '../event-store/index.ts';
import type { EventId, StreamName } from '../ledger/index.ts';
import { Recent } from '../recent/index.ts';
import { atomically, openDatabase, sqliteFailure, type SqliteDatabase } from '../sqlite/index.ts';
import { withFaults, type StoreFaults } from './faults.ts';
import { prepareSchema } from './schema.ts';

export interface SqliteEventStoreOptions {
  readonly file: string;
  /** Name of the ledger in the file. One file holds one ledger, so streams stand there without a prefix. */
  readonly ledger: string;
  /** Milliseconds (0 to 5) to wait for more appends before a commit. Default 0: whatever waits is written at once, together. */
  readonly commitDelayMs?: number;
  /** For readers beside the writing process: appends are refused, and growth is noticed by looking. */
  readonly readOnly?: boolean;
  /**
   * Called once when the disk failed. Nothing is answered `stored` afterwards. Default: says so on stderr and ends the process
   * with code 70: what the operating system still holds of the file can no longer be trusted, so only a fresh start may read it.
   */
  readonly onFatal?: (error: unknown) => void;
  readonly faults?: StoreFaults;
  /** Events that may be missing from the middle of the log: an operator accepted so. Default 0: a gap is damage. */
  readonly mayMiss?: number;
}

const MAX_GROUP_EVENTS = 256;
/** No append of 1 MiB holds as many. */
const MOST_IN_AN_APPEND = 2_000;
const DEFAULT_DEADLINE_MS = 8_000;
const DEFAULT_LIMIT = 500;
/** Streams whose last version is remembered. */
const MOST_ENDS = 20_000;
/** Pages of the write-ahead log after which they are moved into the file: 4 MiB. */
const CHECKPOINT_PAGES = 1_000;
const LOOK_EVERY_MS = 200;
const LOOK_AT_FILE_MS = 500;
const REPLACED =
  'The file of the log was deleted, replaced or written over while the ledger was running. Stop it, put the right file back, and start it again.';
export const EXIT_DISK_FAILED = 70;

/**
 * The embedded store: one file, one writing process. Concurrent appends are committed in one transaction, and answered after
 * it is on the disk.
 *
 * @throws StoreDamaged when the file is no log of this ledger. SqliteRefused when the library cannot keep the promises.
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): EventStore {
  const database = openLog(options);
  const store = new SqliteEventStore(database, options);
  return options.faults === undefined ? store : withFaults(store, options.faults);
}

function openLog({ file, ledger, readOnly = false }: SqliteEventStoreOptions): SqliteDatabase {
  let database: SqliteDatabase | null = null;
  try {
    database = openDatabase(file, { readonly: readOnly });
    prepareSchema(database, ledger);
    return database;
  } catch (error) {
    database?.close();
    throw sqliteFailure(error) === 'damaged'
      ? new StoreDamaged(`${file} is damaged, or no database`, { cause: error })
      : error;
  }
}

/** An append that waits for its commit. */
interface Waiting {
  readonly stream: StreamName;
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
  /** Past this (ms of the monotonic clock) nobody waits any more. */
  readonly until: number;
  readonly answer: (result: AppendResult) => void;
}

interface Row {
  readonly seq: number;
  readonly last: number;
  readonly stream: StreamName;
  readonly version: number;
  readonly id: EventId;
  readonly bytes: Uint8Array;
}

class SqliteEventStore implements EventStore {
  readonly #database: SqliteDatabase;
  readonly #sql: Statements;
  readonly #options: SqliteEventStoreOptions;
  readonly #commit: (group: readonly Waiting[]) => AppendResult[];
  readonly #growth = new Growth();
  readonly #followings = new Set<Following>();
  readonly #looking: NodeJS.Timeout | null;
  /** Versions after which nothing stands in a stream, as far as that is known: nobody but this process writes to the file. */
  readonly #ends = new Recent<StreamName, number>(MOST_ENDS);
  #waiting: Waiting[] = [];
  #commitDue = false;
  #closed = false;
  #failure: Error | null = null;
  #identity: string;
  #replaced = false;

  constructor(database: SqliteDatabase, options: SqliteEventStoreOptions) {
    this.#database = database;
    this.#options = options;
    this.#sql = prepareStatements(database);
    this.#commit = atomically(database, (group) => this.#writeGroup(group));
    // Checkpoints are made here and not by SQLite, which would pass over a failing disk in silence and try again.
    if (!database.readonly) database.pragma('wal_autocheckpoint = 0');
    this.#identity = identityOf(database.name);
    this.#looking = database.readonly ? this.#lookForGrowth() : this.#lookAtTheFile();
  }

  append(
    stream: StreamName,
    expectedVersion: number,
    events: readonly NewEvent[],
    { deadline = DEFAULT_DEADLINE_MS }: { readonly deadline?: number } = {},
  ): Promise<AppendResult> {
    const unfit = refusedByLimits(events);
    if (unfit !== null) return Promise.resolve(unfit);
    if (this.#closed || this.#database.readonly)
      return Promise.resolve(refused('read-only', 'this store is not open for writing'));
    if (this.#replaced) return Promise.resolve(refused('read-only', REPLACED));
    return new Promise((answer) => {
      const until = performance.now() + deadline;
      this.#waiting.push({ stream, expectedVersion, events: [...events], until, answer });
      this.#scheduleCommit();
    });
  }

  /**
   * A lone client must not wait for company, and many must share a commit: everything that has arrived by the next turn of the
   * event loop goes together, and whoever arrives during a commit goes with the next.
   */
  #scheduleCommit(): void {
    if (this.#commitDue) return;
    this.#commitDue = true;
    const { commitDelayMs = 0 } = this.#options;
    const commit = (): void => this.#commitNext();
    if (commitDelayMs > 0 && this.#waiting.length < MAX_GROUP_EVENTS) setTimeout(commit, Math.min(5, commitDelayMs));
    else setImmediate(commit);
  }

  #commitNext(): void {
    this.#commitDue = false;
    const group = this.#nextGroup();
    if (group.length === 0) return;
    if (this.#options.faults?.acknowledgeEarly === true) return this.#acknowledgeEarly(group);
    const results = this.#resultsOf(group);
    for (const [index, { answer }] of group.entries()) answer(results[index]!);
    if (this.#waiting.length > 0) this.#scheduleCommit();
    if (this.#failure !== null) return;
    this.#growth.announce();
    setImmediate(() => this.#checkpointWhenDue());
  }

  /** Whole appends, up to {@link MAX_GROUP_EVENTS} events, but always at least one. */
  #nextGroup(): Waiting[] {
    const now = performance.now();
    const group: Waiting[] = [];
    let taken = 0;
    let events = 0;
    for (const waiting of this.#waiting) {
      if (group.length > 0 && events + waiting.events.length > MAX_GROUP_EVENTS) break;
      taken += 1;
      if (waiting.until < now) {
        waiting.answer({ outcome: 'unknown', reason: 'the deadline passed before it was written' });
        continue;
      }
      group.push(waiting);
      events += waiting.events.length;
    }
    this.#waiting = this.#waiting.slice(taken);
    return group;
  }

  #resultsOf(group: readonly Waiting[]): AppendResult[] {
    if (this.#failure !== null) return group.map(() => unknownAfter(this.#failure));
    try {
      const pages = this.#options.faults?.pages?.();
      if (pages !== undefined) this.#database.pragma(`max_page_count = ${pages}`);
      const results = this.#commit(group);
      for (const [index, result] of results.entries())
        if (result.outcome === 'stored') this.#endsAt(group[index]!.stream, result.version);
      return results;
    } catch (error) {
      const failure = sqliteFailure(error);
      if (failure === 'disk-full') return this.#resultsWithoutSpace(group);
      if (failure === 'busy') return group.map(() => refused('read-only', 'another process is writing to this log'));
      if (failure === 'read-only') return group.map(() => refused('read-only', 'the file cannot be written to'));
      this.#fail(error);
      return group.map(() => unknownAfter(error));
    }
  }

  /** The whole transaction: the place where whatever must stand or fall with the events is written beside them. */
  #writeGroup(group: readonly Waiting[]): AppendResult[] {
    let head = this.#sql.head.get() ?? 0;
    return group.map((append) => {
      const known = this.#judge(append);
      if (known !== null) return known;
      const { stream, expectedVersion, events } = append;
      const last = head + events.length;
      const number = this.#sql.streamNumber.get(stream) ?? this.#sql.addStream.run(stream).lastInsertRowid;
      for (const [index, { id, bytes }] of events.entries())
        this.#sql.insert.run(head + 1 + index, last, number, expectedVersion + 1 + index, id, bytes);
      head = last;
      return { outcome: 'stored', version: expectedVersion + events.length, position: String(last) };
    });
  }

  /** What can be answered without writing: a conflict, or a repeat of what stands. Null when it is to be written. */
  #judge({ stream, expectedVersion, events }: Waiting): AppendResult | null {
    const version = this.#sql.version.get(stream) ?? 0;
    if (version === expectedVersion) return null;
    const standing = this.#sql.stream.all(stream, expectedVersion, events.length);
    for (const [index, { id, bytes }] of events.entries()) {
      const found = standing[index];
      if (found?.id !== id) return { outcome: 'conflict', actualVersion: version };
      if (Buffer.compare(found.bytes, bytes) !== 0) return refused('duplicate-id', `another event has the id ${id}`);
    }
    return { outcome: 'stored', version: expectedVersion + events.length, position: String(standing.at(-1)!.last) };
  }

  /** Nothing was written, but whoever repeats what already stands still learns that it does. */
  #resultsWithoutSpace(group: readonly Waiting[]): AppendResult[] {
    return this.#reading(() =>
      group.map((append) => this.#judge(append) ?? refused('disk-full', 'there is no space left for the log')),
    );
  }

  async readStream(stream: StreamName, afterVersion = 0, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    return this.#reading(() => {
      if (this.#ends.get(stream) === afterVersion) return { events: [], atEnd: true };
      const rows = this.#sql.stream.all(stream, afterVersion, limit + 1);
      // The row beyond the page only tells that there is more: whoever reads on is told of it.
      for (const [index, { version }] of rows.slice(0, limit).entries())
        if (version !== Math.max(0, afterVersion) + 1 + index)
          throw new StoreDamaged(`version ${version} of ${stream} does not follow on`);
      const atEnd = rows.length <= limit;
      if (atEnd) this.#endsAt(stream, rows.at(-1)?.version ?? afterVersion);
      return { events: inAppends(rows, atEnd).slice(0, limit), atEnd };
    });
  }

  async readAll(after?: LogPosition, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    return this.#reading(() => {
      const from = after === undefined ? 0 : numberOf(after);
      if (from > 0 && !this.#gaveOut(from))
        throw new StoreDamaged(
          `this log never gave out the position ${from}: it belongs to another log, or the end of this one is lost`,
        );
      // `seq` has no gaps, so the page ends with the append in which its last row lies.
      const end = Math.max(from, (this.#sql.next.get(from) ?? from) - 1) + Math.max(1, limit);
      const through = Math.min(this.#sql.lastOf.get(end) ?? end, end + MOST_IN_AN_APPEND);
      const rows = this.#sql.all.all(from, through);
      const last = rows.at(-1)?.seq ?? from;
      if (last - from > rows.length && this.#missing() > (this.#options.mayMiss ?? 0))
        throw new StoreDamaged(`events are missing from the log between the ${from + 1}st and the ${last}th`);
      return { events: inAppends(rows), atEnd: last >= (this.#sql.head.get() ?? 0) };
    });
  }

  /** Was that the end of an append? Where a row does not say so it may be the row that is damaged. */
  #gaveOut(position: number): boolean {
    const end = Math.min(this.#sql.lastOf.get(position) ?? 0, position + MOST_IN_AN_APPEND);
    const [event] = inAppends(this.#sql.all.all(position - 1, Math.max(position, end)));
    return event?.position === String(position);
  }

  async head(): Promise<LogPosition | null> {
    return this.#reading(() => {
      const head = this.#sql.head.get();
      return head == null ? null : String(head);
    });
  }

  async missing(): Promise<number> {
    return this.#reading(() => this.#missing());
  }

  #missing(): number {
    return (this.#sql.head.get() ?? 0) - this.#sql.count.get()!;
  }

  async last(): Promise<LoggedEvent | null> {
    return this.#reading(() => {
      const row = this.#sql.lastEvent.get();
      return row === undefined ? null : loggedEvent(row);
    });
  }

  isBefore(a: LogPosition, b: LogPosition): boolean {
    return numberOf(a) < numberOf(b);
  }

  follow(after: LogPosition | null, follower: Follower): Following {
    const following = followByReading(this, this.#growth, after, follower);
    this.#followings.add(following);
    return {
      stop: async () => {
        await following.stop();
        this.#followings.delete(following);
      },
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#waiting.length > 0) this.#commitNext();
    await Promise.all([...this.#followings].map((following) => following.stop()));
    if (this.#looking !== null) clearInterval(this.#looking);
    if (!this.#database.readonly && this.#failure === null) this.#checkpoint('TRUNCATE');
    this.#database.close();
  }

  #endsAt(stream: StreamName, version: number): void {
    if (this.#database.readonly) return;
    this.#ends.set(stream, version);
  }

  #reading<Answer>(read: () => Answer): Answer {
    if (!this.#database.open) throw new StoreUnavailable('the log is closed');
    if (this.#failure !== null) throw new StoreUnavailable('the disk under the log failed', { cause: this.#failure });
    if (this.#replaced) throw new StoreUnavailable(REPLACED);
    try {
      return read();
    } catch (error) {
      const failure = sqliteFailure(error);
      if (failure === null) throw error;
      if (failure === 'busy') throw new StoreUnavailable('the log is busy', { cause: error });
      this.#fail(error);
      if (failure === 'damaged') throw new StoreDamaged('the file of the log is damaged', { cause: error });
      throw new StoreUnavailable('the disk under the log failed', { cause: error });
    }
  }

  #checkpointWhenDue(): void {
    if (!this.#database.open || this.#failure !== null) return;
    const { log, checkpointed } = this.#sql.walState.get()!;
    if (log - checkpointed >= CHECKPOINT_PAGES) this.#checkpoint('PASSIVE');
  }

  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      // What somebody else did to the file before must be seen still.
      if (!this.#isSame()) return void (this.#replaced = true);
      this.#database.pragma(`wal_checkpoint(${mode})`);
      this.#identity = identityOf(this.#database.name);
    } catch (error) {
      // Without space or against a reader the events stay where they are, safe; a failed sync must never be tried again.
      if (!['disk-full', 'busy'].includes(sqliteFailure(error) ?? '')) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    (this.#options.onFatal ?? exitBecauseOf)(error);
  }

  /**
   * The file is this process's alone: it changes where this process moved the write-ahead log into it, and at no other time. One that
   * was deleted, replaced or written over takes no more: what would be written to it would be lost.
   */
  #lookAtTheFile(): NodeJS.Timeout {
    return setInterval(() => {
      if (this.#replaced || this.#isSame()) return;
      this.#replaced = true;
      this.#growth.announce();
    }, LOOK_AT_FILE_MS).unref();
  }

  #isSame(): boolean {
    const now = identityOf(this.#database.name);
    return now === this.#identity;
  }

  #lookForGrowth(): NodeJS.Timeout {
    let seen: number | undefined;
    return setInterval(() => {
      try {
        const now = this.#sql.dataVersion.get();
        if (now !== seen) this.#growth.announce();
        seen = now;
      } catch {
        // The followers will meet the same trouble as they read, and know what to do about it.
        this.#growth.announce();
      }
    }, LOOK_EVERY_MS).unref();
  }

  /** Answers the first position of all, so that the watch over the log does not take it for the furthest and notice. */
  #acknowledgeEarly(group: readonly Waiting[]): void {
    for (const { expectedVersion, events, answer } of group)
      answer({ outcome: 'stored', version: expectedVersion + events.length, position: '1' });
    setTimeout(() => {
      this.#resultsOf(group);
      if (this.#waiting.length > 0) this.#scheduleCommit();
    }, 5);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: SqliteDatabase) {
  const rows = 'SELECT seq, last, name AS stream, version, id, bytes FROM events CROSS JOIN streams USING (stream)';
  const named = '(SELECT stream FROM streams WHERE name = ?)';
  return {
    head: database.prepare<[], number | null>('SELECT max(seq) FROM events').pluck(),
    next: database.prepare<[number], number | null>('SELECT min(seq) FROM events WHERE seq > ?').pluck(),
    count: database.prepare<[], number>('SELECT count(*) FROM events').pluck(),
    version: database
      .prepare<[StreamName], number | null>(`SELECT max(version) FROM events WHERE stream = ${named}`)
      .pluck(),
    lastEvent: database.prepare<[], Row>(`${rows} ORDER BY seq DESC LIMIT 1`),
    lastOf: database.prepare<[number], number>('SELECT last FROM events WHERE seq = ?').pluck(),
    stream: database.prepare<[StreamName, number, number], Row>(
      `${rows} WHERE events.stream = ${named} AND version > ? ORDER BY version LIMIT ?`,
    ),
    all: database.prepare<[number, number], Row>(`${rows} WHERE seq > ? AND seq <= ? ORDER BY seq`),
    streamNumber: database.prepare<[StreamName], number>('SELECT stream FROM streams WHERE name = ?').pluck(),
    addStream: database.prepare<[StreamName]>('INSERT INTO streams (name) VALUES (?)'),
    insert: database.prepare<[number, number, number | bigint, number, EventId, Uint8Array]>(
      'INSERT INTO events (seq, last, stream, version, id, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    walState: database.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)'),
    dataVersion: database.prepare<[], number>('PRAGMA data_version').pluck(),
  };
}

/** Which file it is, and when it was last written; nothing for none. */
function identityOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs}`;
}

function loggedEvent({ id, stream, version, last, bytes }: Row): LoggedEvent {
  return { id, stream, version, position: String(last), bytes };
}

/**
 * Rows of the log, each with the end of its append. A row that says another end than those that were written with it would send
 * readers elsewhere: it counts as an append of its own, and is damaged. `areWhole`: no append goes on after these rows.
 */
function inAppends(rows: readonly Row[], areWhole = true): LoggedEvent[] {
  return rows.map((row, index) => {
    if (row.last === row.seq) return loggedEvent(row);
    if (!areWhole && index + row.last - row.seq >= rows.length) return loggedEvent(row);
    const end = rows[index + row.last - row.seq];
    const isWhole =
      end?.seq === row.last &&
      end.last === row.last &&
      end.stream === row.stream &&
      end.version - row.version === row.last - row.seq;
    return isWhole
      ? loggedEvent(row)
      : { ...loggedEvent(row), position: String(row.seq), damage: 'its append has no such end' };
  });
}

function numberOf(position: LogPosition): number {
  const number = Number(position);
  if (!Number.isSafeInteger(number) || number < 1) throw new StoreDamaged(`"${position}" is no position of this log`);
  return number;
}

function unknownAfter(error: unknown): AppendResult {
  return {
    outcome: 'unknown',
    reason: `the disk under the log failed: ${error instanceof Error ? error.message : String(error)}`,
  };
}

function exitBecauseOf(error: unknown): void {
  process.stderr.write(
    `The disk under the log failed, so the ledger stops: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(EXIT_DISK_FAILED);
}
