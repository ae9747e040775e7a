import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderRefused, openDatabase, openDataFolder, takeWriterLock } from './index.ts';

describe('the data folder', () => {
  let parent: string;
  let folder: string;
  let umask: number;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'ledger-folder-'));
    folder = join(parent, 'data');
    // The widest that a careless machine could be.
    umask = process.umask(0);
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(parent, { recursive: true });
  });

  const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
  const rightsWithin = () => Object.fromEntries(readdirSync(folder).map((name) => [name, rights(join(folder, name))]));

  it('is made for its owner alone', () => {
    openDataFolder(folder);
    expect(rights(folder)).toBe('700');
  });

  it('keeps everybody else out of what stood open to them before, files and folders in it included', () => {
    mkdirSync(join(folder, 'copies'), { recursive: true });
    for (const name of ['events.sqlite', 'read-models.sqlite', 'read-models.sqlite-wal'])
      writeFileSync(join(folder, name), '');
    expect([rights(folder), ...Object.values(rightsWithin())]).toEqual(['777', '777', '666', '666', '666']);
    openDataFolder(folder);
    expect(rights(folder)).toBe('700');
    expect(rightsWithin()).toEqual({
      copies: '700',
      'events.sqlite': '600',
      'read-models.sqlite': '600',
      'read-models.sqlite-wal': '600',
    });
  });

  it('holds databases that its owner alone may read, with all that SQLite puts beside them', () => {
    const database = openDatabase(join(folder, 'some.sqlite'));
    database.exec('CREATE TABLE words (word TEXT)');
    const lock = takeWriterLock(folder, 'test');
    expect(rightsWithin()).toMatchObject({
      'some.sqlite': '600',
      'some.sqlite-wal': '600',
      'some.sqlite-shm': '600',
      'writer.json': '600',
      'writer.lock': '600',
    });
    expect(new Set(Object.values(rightsWithin()))).toEqual(new Set(['600']));
    if ('release' in lock) lock.release();
    database.close();
  });

  it('narrows a database that an older version left open to all', () => {
    openDatabase(join(folder, 'some.sqlite')).close();
    chmodSync(join(folder, 'some.sqlite'), 0o644);
    openDatabase(join(folder, 'some.sqlite')).close();
    expect(rightsWithin()).toEqual({ 'some.sqlite': '600' });
  });

  it('drops no lock of another connection when it looks at the file again', () => {
    const file = join(folder, 'some.sqlite');
    const writing = openDatabase(file);
    writing.exec('CREATE TABLE words (word TEXT)');
    writing.exec('BEGIN IMMEDIATE');
    const other = openDatabase(file);
    other.pragma('busy_timeout = 0');
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow(/locked/);
    writing.exec('COMMIT');
    for (const database of [other, writing]) database.close();
  });

  it.each([
    ['a file', () => writeFileSync(folder, ''), () => folder, /is a file, or lies within one: name a folder\.$/],
    ['within a file', () => writeFileSync(folder, ''), () => join(folder, 'x'), /is a file, or lies within one/],
    [
      'shared by all',
      () => (mkdirSync(folder), chmodSync(folder, 0o1777)),
      () => folder,
      /everybody on this machine shares/,
    ],
    ['in no file system that can be written', () => undefined, () => '/proc/ledger', /cannot be (made there|written)/],
  ])('is refused in one sentence when it is %s', (_, prepare, where, sentence) => {
    prepare();
    for (const open of [openDataFolder, (path: string) => takeWriterLock(path, 'test')])
      expect(() => open(where())).toThrow(
        expect.objectContaining({ name: DataFolderRefused.name, message: expect.stringMatching(sentence) }),
      );
  });
});
