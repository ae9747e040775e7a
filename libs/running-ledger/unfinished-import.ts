import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An import that was begun and not finished: the ledger holds a part of it until it is run again. */
export interface UnfinishedImport {
  readonly importId: string;
  readonly rows: number;
}

const FILE = 'import-under-way.json';

/** Notes that an import has begun writing. Health says so until {@link importFinished}. */
export function importBegun(data: string, note: UnfinishedImport): void {
  writeFileSync(join(data, FILE), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

export function importFinished(data: string): void {
  rmSync(join(data, FILE), { force: true });
}

/** The import that was cut off, or null. */
export function unfinishedImport(data: string): UnfinishedImport | null {
  try {
    return JSON.parse(readFileSync(join(data, FILE), 'utf8')) as UnfinishedImport;
  } catch {
    return null;
  }
}
