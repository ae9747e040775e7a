import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** A thread that has not opened its file by then has failed to. */
const OPENED_WITHIN_MS = 2_000;
/**
 * So much of the file is read where the system has it in memory, instead of page by page into a cache that a long question runs over: among a million events that
 * takes half the time. The most that the library was built for; what lies beyond is read page by page.
 */
const MAPPED_BYTES = 0x7fff0000;

/** Plain JavaScript in a text, so that the thread is the same whether the sources run or what was built from them. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const database = new Database(workerData.file, { readonly: true, fileMustExist: true });
  database.pragma('schema_version');
  Atomics.store(workerData.opened, 0, 1);
  Atomics.notify(workerData.opened, 0);
  database.pragma('cache_size = -65536');
  database.pragma('mmap_size = ${MAPPED_BYTES}');
  database.pragma('temp_store = MEMORY');
  const prepared = new Map();
  parentPort.on('message', ({ number, sql, parameters }) => {
    if (sql === undefined) {
      database.close();
      return parentPort.close();
    }
    try {
      let statement = prepared.get(sql);
      if (statement === undefined) {
        if (prepared.size >= 500) prepared.clear();
        prepared.set(sql, (statement = database.prepare(sql)));
      }
      parentPort.postMessage({ number, rows: statement.all(parameters) });
    } catch (error) {
      // The driver's own errors arrive on the other side without their words.
      parentPort.postMessage({ number, failure: error.message });
    }
  });
`;

/** Reads a database file in a thread of its own, over a connection that cannot write. */
export interface ReadApart {
  /** All rows of one question, from what was committed when it begins. Questions are answered one after the other. */
  all<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Ends the thread when what was asked has been answered. Once this returns the file may be replaced by another. */
  close(): void;
}

interface Asked {
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * For questions that may take long: this thread goes on writing and answering meanwhile. The thread begins with the first question; what
 * it has open stays so until it is closed, also when the file is replaced by another.
 */
export function readApart(file: string): ReadApart {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const asked = new Map<number, Asked>();
  let thread: Worker | null = null;
  let number = 0;
  let closing = false;
  const opened = new Int32Array(new SharedArrayBuffer(4));

  const failAll = (cause: Error): void => {
    thread = null;
    for (const { reject } of asked.values()) reject(cause);
    asked.clear();
  };
  const begin = (): Worker => {
    const begun = new Worker(THREAD, { eval: true, execArgv: [], workerData: { driver, file, opened } });
    begun.on('message', (answer: { number: number; rows?: unknown[]; failure?: string }) => {
      const waiting = asked.get(answer.number);
      asked.delete(answer.number);
      if (answer.rows === undefined) waiting?.reject(new Error(answer.failure));
      else waiting?.resolve(answer.rows);
      // An idle thread holds no process up.
      if (asked.size === 0) begun.unref();
    });
    begun.on('error', failAll);
    begun.on('exit', () => failAll(new Error('the thread that reads apart has ended')));
    return begun;
  };

  return {
    all<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
      if (closing) return Promise.reject(new Error('reading apart was closed'));
      return new Promise<Row[]>((resolve, reject) => {
        thread ??= begin();
        thread.ref();
        number += 1;
        asked.set(number, { resolve: resolve as (rows: unknown[]) => void, reject });
        thread.postMessage({ number, sql, parameters });
      });
    },
    close() {
      closing = true;
      // A thread that is only beginning would find the file that comes next, or the files beside it of neither.
      if (thread !== null) Atomics.wait(opened, 0, 0, OPENED_WITHIN_MS);
      thread?.postMessage({});
    },
  };
}
