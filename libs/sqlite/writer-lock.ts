import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate, openDataFolder } from './data-folder.ts';
import { sqliteFailure } from './database.ts';

/** Who writes to the ledger in a data folder. */
export interface LockHolder {
  /** What it is, as an operator knows it: `server`, `import`. */
  readonly what: string;
  /** Process id on the machine that took the lock. */
  readonly pid: number;
}

export interface WriterLock {
  /** Gives the lock back. Harmless when called again. */
  release(): void;
}

const LOCK_FILE = 'writer.lock';
const HOLDER_FILE = 'writer.json';
const PATIENCE_MS = 500;

/**
 * Takes the one writer's place of a data folder, or says who has it.
 *
 * The lock is an exclusive transaction held open on a database of its own, so the operating system gives it back however the
 * holder ends, `kill -9` included. A text file beside it only names the holder. Nothing else in this process may open and
 * close the lock file: POSIX would drop the lock.
 *
 * @throws DataFolderRefused
 */
export function takeWriterLock(folder: string, what: string): WriterLock | { readonly heldBy: LockHolder } {
  openDataFolder(folder);
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    const lock = tryLock(join(folder, LOCK_FILE));
    if (lock !== null) return hold(folder, { what, pid: process.pid }, lock);
    const heldBy = namedHolder(folder);
    if (heldBy !== null && isAlive(heldBy.pid)) return { heldBy };
    // Whoever has just taken the lock has not written its name yet, or the name is that of a dead process.
    if (performance.now() > deadline) return { heldBy: heldBy ?? { what: 'unknown process', pid: 0 } };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}

function tryLock(file: string): Database.Database | null {
  makePrivate(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (sqliteFailure(error) === 'busy') return null;
    throw error;
  }
}

function hold(folder: string, holder: LockHolder, lock: Database.Database): WriterLock {
  const file = join(folder, HOLDER_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return {
    release() {
      if (!lock.open) return;
      rmSync(file, { force: true });
      lock.close();
    },
  };
}

function namedHolder(folder: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(join(folder, HOLDER_FILE), 'utf8')) as LockHolder;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
