import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asBuilt } from '../faults/as-built.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const COPIED = [
  'apps',
  'libs',
  'projections',
  'test',
  'dist',
  'package.json',
  'tsconfig.json',
  'vitest.config.js',
  'vitest.slow.config.js',
];
const READ = ['node_modules', 'examples', 'docs', 'README.md'];

/** A piece of a source file, and what stands there instead. */
export interface Change {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** What became of some tests of a spec. */
export interface Ran {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** What Vitest said, for whoever looks into a surprise. */
  readonly said: string;
}

/** A copy of the sources, and of what was built of them, in a folder of its own, in which they may be changed. */
export function mutatedCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-mutations-'));
  for (const part of COPIED) cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
  for (const part of READ) symlinkSync(join(PROJECT, part), join(folder, part));

  /** Runs `work` with the changes made, and takes them back. @throws when one of them would change nothing, or more than one place */
  async function changed<Result>(changes: readonly Change[], work: () => Promise<Result>): Promise<Result> {
    const before = new Map<string, string>();
    const put = (path: string, text: string): void => {
      if (!before.has(path)) before.set(path, readFileSync(path, 'utf8'));
      writeFileSync(path, text);
    };
    try {
      for (const { file, from, to } of changes) {
        const path = join(folder, file);
        const source = readFileSync(path, 'utf8');
        if (source.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
        const changedTo = source.replace(from, () => to);
        put(path, changedTo);
        if (file.endsWith('.ts')) put(join(folder, 'dist', file.replace(/\.ts$/, '.js')), asBuilt(changedTo, file));
      }
      return await work();
    } finally {
      for (const [path, source] of before) writeFileSync(path, source);
    }
  }

  /** Runs the tests of a spec whose names hold those words. */
  async function run(spec: string, names: string): Promise<Ran> {
    const results = join(folder, 'results.json');
    rmSync(results, { force: true });
    const config = /\.slow\.spec\.ts$/.test(spec) ? 'vitest.slow.config.js' : 'vitest.config.js';
    const said = await saidBy(
      [
        join(PROJECT, 'node_modules/vitest/vitest.mjs'),
        ...['run', spec, '--config', config, '--reporter=json', `--outputFile=${results}`],
        `--experimental.fsModuleCachePath=${join(folder, 'compiled')}`,
        ...['--testNamePattern', names.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')],
      ],
      folder,
    );
    if (!existsSync(results)) throw new Error(`no test of ${spec} came to an end\n${said}`);
    const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
      testResults: { assertionResults: { status: string; fullName: string }[] }[];
    };
    const of = (status: string) =>
      testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter((one) => one.status === status).map(({ fullName }) => fullName),
      );
    return { passed: of('passed'), failed: of('failed'), said };
  }

  return { changed, run, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
export type MutatedCopy = ReturnType<typeof mutatedCopy>;

/** Some copies, each of which is changed by one at a time: whoever comes while all are taken waits for one. */
export function mutatedCopies(many: number) {
  const all = Array.from({ length: many }, mutatedCopy);
  const free = [...all];
  const waiting: ((copy: MutatedCopy) => void)[] = [];
  return {
    async taken<Result>(work: (copy: MutatedCopy) => Promise<Result>): Promise<Result> {
      const copy = free.pop() ?? (await new Promise<MutatedCopy>((take) => waiting.push(take)));
      try {
        return await work(copy);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(copy);
        else next(copy);
      }
    },
    remove: () => all.forEach((copy) => copy.remove()),
  };
}

/** Runs Node in a folder. @returns what it said to whoever looks on */
async function saidBy(given: readonly string[], folder: string): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, given, {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LONGEST_RUN_MS,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (more: string) => (said += more));
  await once(child, 'close');
  return said;
}

/** What is left out may keep a test from ending. */
const LONGEST_RUN_MS = 180_000;
