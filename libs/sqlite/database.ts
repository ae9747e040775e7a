import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder, makePrivate } from './data-folder.ts';

export type SqliteDatabase = Database.Database;

/** The library or the file cannot keep what this ledger promises. Starting is refused. */
export class SqliteRefused extends Error {
  override readonly name = 'SqliteRefused';
}

/** Older ones can lose committed frames of the write-ahead log (sqlite.org/wal.html, "the WAL-reset bug"). */
const OLDEST_SAFE = [3, 51, 3] as const;
/** Withdrawn by its makers. */
const WITHDRAWN = '3.52.0';
const SYNCHRONOUS = { normal: 1, full: 2 } as const;

/** A lock held by another process is an answer, not something to block every other caller for. */
export const LOCKED_AT_MOST_MS = 1_000;

export interface OpenOptions {
  readonly readonly?: boolean;
  /**
   * False for what can be rebuilt: a power cut may then lose the last transactions, but never damages the file.
   * Default true: a transaction that was committed is on the disk.
   */
  readonly durable?: boolean;
  /** What the library calls itself; handed in by tests. */
  readonly libraryVersion?: string;
}

/**
 * Opens a database file, and makes and proves its promises on this very connection: the driver's build would otherwise take
 * `synchronous=NORMAL` in WAL mode, which loses acknowledged transactions in a power cut.
 *
 * The folder is made when absent, and the file may be read by its owner alone; SQLite gives its other files (`-wal`, `-shm`) the
 * rights of this one. `:memory:` is accepted only when it need not be durable.
 *
 * @throws SqliteRefused when the library is too old or a setting does not read back as it was set.
 */
export function openDatabase(file: string, options: OpenOptions = {}): SqliteDatabase {
  const { readonly = false, durable = true } = options;
  if (file !== ':memory:' && !readonly) {
    makeFolder(resolve(dirname(file)));
    for (const part of [file, `${file}-wal`, `${file}-shm`]) if (part === file || existsSync(part)) makePrivate(part);
  }
  const database = new Database(file, { readonly, timeout: LOCKED_AT_MOST_MS });
  try {
    refuseUnsafe(options.libraryVersion ?? (database.prepare('SELECT sqlite_version()').pluck().get() as string));
    if (!readonly) database.pragma('journal_mode = WAL');
    mustRead(database, 'journal_mode', file === ':memory:' && !durable ? 'memory' : 'wal');
    set(database, 'synchronous', durable ? SYNCHRONOUS.full : SYNCHRONOUS.normal);
    set(database, 'foreign_keys', 1);
    set(database, 'cell_size_check', 1);
    // So that INSERT OR REPLACE fires the triggers that forbid deleting.
    set(database, 'recursive_triggers', 1);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * A database of nobody else's that is gone when it is closed or the process ends, however it ends: a file without a name, of which a few
 * megabytes at most are in memory.
 */
export function openTemporaryDatabase(): SqliteDatabase {
  const database = new Database('');
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -8192');
  return database;
}

/** `work` as one transaction that takes the write lock at its start: all of it is committed, or nothing. */
export function atomically<Args extends unknown[], Answer>(
  database: SqliteDatabase,
  work: (...args: Args) => Answer,
): (...args: Args) => Answer {
  const transaction = database.transaction(work);
  return (...args) => transaction.immediate(...args);
}

/** Why SQLite said no, as far as a caller can act on it; null when the error is not SQLite's. */
export type SqliteFailure = 'disk-full' | 'busy' | 'read-only' | 'damaged' | 'io' | 'other';

export function sqliteFailure(error: unknown): SqliteFailure | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return null;
  if (code === 'SQLITE_FULL') return 'disk-full';
  if (code.startsWith('SQLITE_BUSY')) return 'busy';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) return 'io';
  return 'other';
}

function refuseUnsafe(version: string): void {
  const found = version.split('.').map(Number);
  const difference = OLDEST_SAFE.map((part, index) => (found[index] ?? 0) - part).find((one) => one !== 0) ?? 0;
  if (difference < 0 || version === WITHDRAWN)
    throw new SqliteRefused(
      `SQLite ${version} can lose committed data. This ledger needs ${OLDEST_SAFE.join('.')} or later, and not ${WITHDRAWN}.`,
    );
}

function set(database: SqliteDatabase, setting: string, value: number): void {
  database.pragma(`${setting} = ${value}`);
  mustRead(database, setting, value);
}

function mustRead(database: SqliteDatabase, setting: string, wanted: number | string): void {
  const read: unknown = database.pragma(setting, { simple: true });
  if (read !== wanted)
    throw new SqliteRefused(
      `${database.name}: SQLite answers ${setting} = ${String(read)}, and this ledger needs ${wanted}.`,
    );
}
