import { renameSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, readApart, type ReadApart, type SqliteDatabase } from './index.ts';

const SLOW = 'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?) SELECT max(n) AS n FROM n';

describe('questions that are read apart', () => {
  let folder: string;
  let database: SqliteDatabase;
  let apart: ReadApart;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-apart-'));
    database = openDatabase(join(folder, 'some.db'), { durable: false });
    database.exec('CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (1), (2)');
    apart = readApart(database.name);
  });
  afterEach(async () => {
    apart.close();
    database.close();
    await rm(folder, { recursive: true });
  });

  it('are answered from what is committed by then', async () => {
    const all = () => apart.all('SELECT number FROM numbers WHERE number > ?', [1]);
    expect(await all()).toEqual([{ number: 2 }]);
    database.exec('INSERT INTO numbers VALUES (3)');
    expect(await all()).toEqual([{ number: 2 }, { number: 3 }]);
  });

  it('leave this thread free to write and to answer, where the same question here does not (control)', async () => {
    const turnsWhile = async (work: () => unknown) => {
      let turns = 0;
      const ticking = setInterval(() => {
        database.exec('INSERT INTO numbers VALUES (4)');
        turns += 1;
      }, 1);
      await work();
      clearInterval(ticking);
      return turns;
    };
    expect(await turnsWhile(() => apart.all(SLOW, [3_000_000]))).toBeGreaterThan(5);
    expect(await turnsWhile(() => database.prepare(SLOW).all(3_000_000))).toBe(0);
  });

  it('cannot write, and say what was wrong with them', async () => {
    await expect(apart.all('INSERT INTO numbers VALUES (5)', [])).rejects.toThrow();
    await expect(apart.all('SELECT number FROM nowhere', [])).rejects.toThrow('no such table');
    expect(await apart.all('SELECT count(*) AS n FROM numbers', [])).toEqual([{ n: 2 }]);
  });

  it('are answered from the file for which they were asked, though another takes its place at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const other = openDatabase(join(folder, 'other.db'), { durable: false });
      other.exec('CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (99)');
      other.close();
      const file = join(folder, `file-${round}.db`);
      const first = openDatabase(file, { durable: false });
      first.exec('CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (1)');
      const reading = readApart(file);
      const asked = reading.all('SELECT number FROM numbers', []);
      reading.close();
      first.close();
      for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
      renameSync(join(folder, 'other.db'), file);
      expect(await asked).toEqual([{ number: 1 }]);
      const second = openDatabase(file, { durable: false });
      expect(second.prepare('SELECT number FROM numbers').all()).toEqual([{ number: 99 }]);
      second.close();
    }
  });

  it('are all answered that were asked before the end, and none after it', async () => {
    const asked = [1, 2, 3].map((n) => apart.all(SLOW, [n * 1_000]));
    apart.close();
    expect(await Promise.all(asked)).toEqual([[{ n: 1_000 }], [{ n: 2_000 }], [{ n: 3_000 }]]);
    await expect(apart.all('SELECT 1', [])).rejects.toThrow('closed');
  });
});
