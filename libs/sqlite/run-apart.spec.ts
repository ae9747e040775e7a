import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, runApart } from './index.ts';

describe('statements that run apart', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-apart-'));
    file = join(folder, 'some.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('have an effect that a connection sees which was open all the time', async () => {
    const database = openDatabase(file, { durable: false });
    database.pragma('journal_mode = OFF');
    database.exec('CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (1), (2)');
    const select = database.prepare('SELECT number FROM numbers WHERE number > 1').pluck();
    expect(select.all()).toEqual([2]);
    await runApart(file, 'CREATE INDEX numbers_number ON numbers (number); INSERT INTO numbers VALUES (3)');
    expect(select.all()).toEqual([2, 3]);
    const [plan] = database.prepare('EXPLAIN QUERY PLAN SELECT number FROM numbers WHERE number > 1').all() as {
      detail: string;
    }[];
    expect(plan?.detail).toContain('numbers_number');
    database.close();
  });

  it('leave this thread free meanwhile', async () => {
    openDatabase(file, { durable: false }).close();
    const slow =
      'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000000) SELECT max(n) FROM n';
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    await runApart(file, `CREATE TABLE slow AS ${slow}`);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
  });

  it('say what was wrong with them', async () => {
    openDatabase(file, { durable: false }).close();
    await expect(runApart(file, 'CREATE INDEX nowhere ON numbers (number)')).rejects.toThrow('no such table');
  });
});
