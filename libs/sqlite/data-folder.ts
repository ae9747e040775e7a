import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder cannot be used. The message is one sentence for the operator. */
export class DataFolderRefused extends Error {
  override readonly name = 'DataFolderRefused';
}

/** Rights of the owner alone. */
const FOLDER = 0o700;
const FILE = 0o600;
const OTHERS = 0o007;
const GROUP_AND_OTHERS = 0o077;
const STICKY = 0o1000;

/**
 * Makes the folder of a ledger, or takes one that is there, and keeps everybody but its owner out of it and of every file in it: events
 * are sealed, but read models hold words in clear, and keys open all others. What stood wider, from a copy or an older version, is
 * narrowed.
 *
 * @throws DataFolderRefused when it cannot be made, entered or written, is shared by all (`/tmp`), or stays open to everybody.
 */
export function openDataFolder(folder: string): void {
  try {
    makeFolder(resolve(folder));
    const { mode } = statSync(folder);
    if ((mode & STICKY) !== 0)
      throw new DataFolderRefused(
        `${folder} is a folder that everybody on this machine shares: give the ledger one of its own.`,
      );
    narrow(folder, FOLDER);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile()) narrow(join(folder, entry.name), FILE);
      else if (entry.isDirectory()) narrow(join(folder, entry.name), FOLDER);
    }
  } catch (cause) {
    if (cause instanceof DataFolderRefused) throw cause;
    throw new DataFolderRefused(`The data folder ${folder} ${sayWhy(cause)}`, { cause });
  }
}

/** Makes a folder and those above it. `mkdirSync` with `recursive` never returns on Node 20 where nothing can be made (`/proc/ledger`). */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: FOLDER });
}

/**
 * Makes an empty file that its owner alone may read, unless it is there; narrows one that is. That one is not opened: to close it would
 * drop every lock that this process has on it (POSIX).
 */
export function makePrivate(file: string): void {
  if (existsSync(file)) narrow(file, FILE);
  else closeSync(openSync(file, 'a', FILE));
}

/** Folders of groups are lent to a ledger by their owner (volumes of containers): they stay as they are, but never open to everybody. */
function narrow(path: string, to: number): void {
  const { mode } = statSync(path);
  if ((mode & GROUP_AND_OTHERS) === 0) return;
  try {
    chmodSync(path, to);
  } catch (cause) {
    if ((mode & OTHERS) === 0) return;
    throw new DataFolderRefused(
      `${path} is open to everybody on this machine and belongs to somebody else: its owner must take those rights away (chmod o-rwx).`,
      { cause },
    );
  }
}

function sayWhy(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'is a file, or lies within one: name a folder.';
    case 'EROFS':
      return 'lies on a disk that can only be read: name another, or let it be written.';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be written by whoever runs this: give it to them, or name another.';
    case 'ENOENT':
      return 'cannot be made there: name another.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'lies on a full disk: make room, or name another.';
    default:
      return `cannot be used (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}): name another.`;
  }
}
