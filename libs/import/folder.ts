import { Buffer } from 'node:buffer';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { WAYS_OF_DAYS, type WayOfDays } from './days.ts';
import type { Problems } from './problems.ts';

export const MANIFEST = 'import.json';

/** How much one import may hold. A year of an office's papers is far below this. */
export interface ImportLimits {
  readonly manifestBytes: number;
  readonly fileBytes: number;
  readonly allBytes: number;
  readonly files: number;
}

export const IMPORT_LIMITS: ImportLimits = {
  manifestBytes: 64 * 1024,
  fileBytes: 16 * 1024 * 1024,
  allBytes: 64 * 1024 * 1024,
  files: 100,
};

/** A folder that is to be imported: who it says it is, and its files in the order in which they are loaded. */
export interface ImportFolder {
  readonly id: string;
  readonly title?: string;
  /** How its days are written. */
  readonly dates: WayOfDays;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A plain file name: no folder, no hidden file, nothing that could lead out of the import's own folder. */
const PLAIN_CSV_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*\.csv$/;
/** The id stands in clear in every event of the import, so it is a short word and never content. */
const IMPORT_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Reads `import.json` and the files that it lists. Nothing outside the folder is ever opened: names are plain, symbolic links
 * are not followed, and only ordinary files are read.
 */
export async function readFolder(
  folder: string,
  problems: Problems,
  limits: ImportLimits = IMPORT_LIMITS,
): Promise<ImportFolder | null> {
  const manifest = await readManifest(folder, problems, limits);
  if (manifest === null) return null;
  const files: { name: string; bytes: Buffer }[] = [];
  let total = 0;
  for (const name of manifest.files) {
    const read = await readPlainFile(join(folder, name), limits.fileBytes);
    if ('sentence' in read) {
      problems.add({ file: name, line: 1, sentence: read.sentence });
      continue;
    }
    total += read.bytes.length;
    if (total > limits.allBytes) {
      problems.add({
        file: name,
        line: 1,
        sentence: `All files together hold more than ${size(limits.allBytes)}. Split the import.`,
      });
      break;
    }
    files.push({ name, bytes: read.bytes });
  }
  return { ...manifest, files };
}

async function readManifest(
  folder: string,
  problems: Problems,
  limits: ImportLimits,
): Promise<{ id: string; title?: string; dates: WayOfDays; files: string[] } | null> {
  const before = problems.found;
  const say = (sentence: string, column?: string, line = 1): void =>
    problems.add({ file: MANIFEST, line, column, sentence });
  const read = await readPlainFile(join(folder, MANIFEST), limits.manifestBytes);
  if ('sentence' in read) {
    say(read.sentence);
    return null;
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes));
  } catch (cause) {
    const line = /line (\d+)/.exec(String(cause))?.[1];
    say('This is not JSON in UTF-8.', undefined, line === undefined ? 1 : Number(line));
    return null;
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    say('Write an object: {"id": "…", "title": "…", "dates": "yyyy-mm-dd", "files": ["…csv"]}.');
    return null;
  }
  const { id, title, dates = 'yyyy-mm-dd', files, ...others } = manifest as Record<string, unknown>;
  for (const other of Object.keys(others))
    say(`"${other}" means nothing here. There are id, title, dates and files.`, other);
  if (typeof id !== 'string' || id.length > 64 || !IMPORT_ID.test(id))
    say('The id of an import has at most 64 small letters, digits and hyphens, like "leicestershire-2023".', 'id');
  if (title !== undefined && typeof title !== 'string') say('The title is text.', 'title');
  if (!WAYS_OF_DAYS.includes(dates as WayOfDays))
    say(`Dates are written ${WAYS_OF_DAYS.map((way) => `"${way}"`).join(' or ')}.`, 'dates');
  if (!Array.isArray(files) || files.length === 0) say('List the files to load, in their order.', 'files');
  else if (files.length > limits.files) say(`At most ${limits.files} files are loaded at a time.`, 'files');
  else checkNames(files, say);
  if (problems.found > before) return null;
  return {
    id: id as string,
    ...(title === undefined ? {} : { title: title as string }),
    dates: dates as WayOfDays,
    files: files as string[],
  };
}

function checkNames(files: readonly unknown[], say: (sentence: string, column: string) => void): void {
  const seen = new Set<unknown>();
  for (const name of files) {
    if (typeof name !== 'string' || !PLAIN_CSV_NAME.test(name))
      say(`${JSON.stringify(name)} is not the plain name of a .csv file in this folder.`, 'files');
    else if (seen.has(name)) say(`"${name}" is listed twice.`, 'files');
    seen.add(name);
  }
}

async function readPlainFile(path: string, most: number): Promise<{ bytes: Buffer } | { sentence: string }> {
  let handle;
  try {
    // NOFOLLOW: a symbolic link could lead out of the folder. NONBLOCK: a pipe would never answer.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { sentence: 'There is no such file in the folder.' };
    if (code === 'ELOOP' || code === 'EMLINK')
      return { sentence: 'This is a symbolic link. Put the file itself into the folder.' };
    return { sentence: `This file cannot be opened (${code}).` };
  }
  try {
    const state = await handle.stat();
    if (!state.isFile()) return { sentence: 'This is not an ordinary file.' };
    if (state.size > most) return { sentence: `This file has more than ${size(most)}. Split it.` };
    // One byte more than allowed, so that a file that grows meanwhile is noticed and not cut.
    const bytes = Buffer.alloc(most < state.size + 1 ? most + 1 : state.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) break;
    }
    if (length > state.size) return { sentence: 'This file is being written to. Try again once it is finished.' };
    return { bytes: bytes.subarray(0, length) };
  } finally {
    await handle.close();
  }
}

function size(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${bytes / (1024 * 1024)} MiB`;
  return bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}
