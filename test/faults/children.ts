import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asBuilt } from './as-built.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What a child process may import. */
const FOLDERS = [
  'libs/ledger',
  'libs/recent',
  'libs/event-store',
  'libs/sqlite',
  'libs/event-store-sqlite',
  'libs/keys',
  'test/contract',
  'test/faults',
];

/**
 * The sources as JavaScript, for processes that are to be killed: compiled anew by each suite, so that what is tested is what
 * stands in the working copy and not an old `dist`.
 */
export class ChildProcesses {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ledger-children-'));
  readonly #running = new Set<ChildProcess>();

  constructor() {
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'));
    for (const folder of FOLDERS) {
      for (const file of readdirSync(join(ROOT, folder))) {
        if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
        const compiled = join(this.#folder, folder, file.replace(/\.ts$/, '.js'));
        mkdirSync(dirname(compiled), { recursive: true });
        writeFileSync(compiled, asBuilt(readFileSync(join(ROOT, folder, file), 'utf8'), file));
      }
    }
  }

  /** Starts `test/faults/<name>.ts`. With `fileBlocks` no file may grow past so many blocks of 512 bytes. */
  start(name: string, args: readonly string[], options: { readonly fileBlocks?: number } = {}): RunningChild {
    const command = [process.execPath, join(this.#folder, 'test/faults', `${name}.js`), ...args];
    const [program, ...rest] =
      options.fileBlocks === undefined
        ? command
        : ['sh', '-c', `ulimit -f ${options.fileBlocks}; exec "$@"`, 'sh', ...command];
    const child = spawn(program!, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return new RunningChild(child);
  }

  dispose(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true });
  }
}

export class RunningChild {
  readonly #child: ChildProcess;
  #output = '';
  #errors = '';
  /** Resolves when the process has ended and everything that it wrote has been read. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly errors: string;
  }>;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, errors: this.#errors }));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Every whole line that it has written. A line cut off by the kill is left out. */
  get lines(): readonly string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  /** The first line that begins so. @throws when the process ends without it, or after 20 s. */
  async line(beginning: string): Promise<string> {
    const find = (): string | undefined => this.lines.find((line) => line.startsWith(beginning));
    await this.#until(() => find() !== undefined, `a line "${beginning}…"`);
    return find()!;
  }

  /** Waits for so many lines. @throws when the process ends without them, or after 20 s. */
  async hasWritten(lines: number): Promise<void> {
    await this.#until(() => this.lines.length >= lines, `${lines} lines`);
  }

  async #until(reached: () => boolean, what: string): Promise<void> {
    let ended = false;
    void this.ended.then(() => (ended = true));
    for (const deadline = Date.now() + 20_000; !reached();) {
      if (ended || Date.now() > deadline)
        throw new Error(`${what} did not come: ${this.#output.slice(-500)}${this.#errors}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
