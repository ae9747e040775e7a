import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, sqliteFailure, SqliteRefused } from './index.ts';

describe('a database connection', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-sqlite-'));
    file = join(folder, 'new folder', 'some.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const settings = (options: Parameters<typeof openDatabase>[1] = {}) => {
    const database = openDatabase(file, options);
    const read = ['journal_mode', 'synchronous', 'foreign_keys', 'cell_size_check', 'recursive_triggers'].map(
      (setting) => database.pragma(setting, { simple: true }),
    );
    database.close();
    return read;
  };

  it('writes ahead, waits for the disk at every commit and checks keys and cells', () => {
    expect(settings()).toEqual(['wal', 2, 1, 1, 1]);
  });

  it('does so on every connection, read-only ones and later ones included', () => {
    settings();
    expect([settings(), settings({ readonly: true })]).toEqual([
      ['wal', 2, 1, 1, 1],
      ['wal', 2, 1, 1, 1],
    ]);
  });

  it('may lose the last commits in a power cut only where it was said that it need not be durable (control)', () => {
    expect(settings({ durable: false })).toEqual(['wal', 1, 1, 1, 1]);
  });

  it('is refused in memory, where nothing can be durable', () => {
    expect(() => openDatabase(':memory:')).toThrow(SqliteRefused);
    openDatabase(':memory:', { durable: false }).close();
  });

  it.each(['3.6.23', '3.50.7', '3.51.2', '3.52.0', '2.9'])(
    'is refused by SQLite %s, which can lose committed data',
    (libraryVersion) => {
      expect(() => openDatabase(file, { libraryVersion })).toThrow(SqliteRefused);
    },
  );

  it.each(['3.51.3', '3.51.10', '3.52.1', '3.53.0', '4.0.0'])('is opened by SQLite %s', (libraryVersion) => {
    openDatabase(file, { libraryVersion }).close();
  });

  it('tells a full disk, a damaged file and another writer apart', async () => {
    const database = openDatabase(file);
    const failureOf = (work: () => unknown) => {
      try {
        work();
        return 'none';
      } catch (error) {
        return sqliteFailure(error);
      }
    };
    database.exec('CREATE TABLE words (word TEXT)');
    const other = openDatabase(file);
    other.pragma('busy_timeout = 0');
    database.exec('BEGIN IMMEDIATE');
    expect(failureOf(() => other.exec('BEGIN IMMEDIATE'))).toBe('busy');
    database.exec('COMMIT');
    other.close();
    database.pragma('max_page_count = 3');
    expect(failureOf(() => database.prepare('INSERT INTO words VALUES (?)').run('x'.repeat(100_000)))).toBe(
      'disk-full',
    );
    expect(failureOf(() => database.prepare('nonsense'))).toBe('other');
    database.close();
    const readOnly = openDatabase(file, { readonly: true });
    expect(failureOf(() => readOnly.exec('DELETE FROM words'))).toBe('read-only');
    readOnly.close();
    await writeFile(file, Buffer.alloc((await readFile(file)).length, 1));
    expect(failureOf(() => openDatabase(file))).toBe('damaged');
    expect(sqliteFailure(new TypeError('a slip of ours'))).toBeNull();
  });
});
