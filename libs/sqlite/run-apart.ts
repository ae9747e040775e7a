import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Plain JavaScript in a text, so that the thread is the same whether the sources run or what was built from them. */
const THREAD = `
  const { workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const database = new Database(workerData.file, { fileMustExist: true });
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -65536');
  try {
    database.exec(workerData.sql);
  } catch (error) {
    // The driver's own errors arrive on the other side without their words.
    throw new Error(error.message);
  } finally {
    database.close();
  }
`;

/**
 * Runs statements on a file in a thread of its own, while this one goes on. Keeps no journal and waits for no disk: only for a file
 * that is thrown away when it fails, and to which nobody else writes meanwhile.
 */
export async function runApart(file: string, sql: string): Promise<void> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const thread = new Worker(THREAD, { eval: true, execArgv: [], workerData: { driver, file, sql } });
  await new Promise<void>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))));
  });
}
