import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LedgerSettings } from '../../libs/running-ledger/index.ts';
import { becomesReady, demoToken } from './served-ledger.ts';
import { Client } from './client.ts';

/** What `npm run build` made. Processes run that, as an office does. */
const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** A process of the product: it can be killed. */
export class LedgerProcess {
  readonly #child: ChildProcess;
  #output = '';
  #errors = '';
  #isOver = false;
  readonly ended: Promise<Ended>;

  /** @param program path in the build, such as `apps/ledger/main.js` */
  constructor(
    program: string,
    args: readonly string[],
    settings: LedgerSettings,
    more: Readonly<Record<string, string>> = {},
  ) {
    const file = join(BUILT, program);
    if (!existsSync(file)) throw new Error(`${file} is not there: run "npm run build" first`);
    const environment = {
      PATH: process.env['PATH'],
      LEDGER_PUBLIC_PER_MINUTE: '0',
      HOME: process.env['HOME'],
      LEDGER_STORE: settings.store,
      LEDGER_NAME: settings.name,
      LEDGER_DATA: settings.data,
      EVENTSTOREDB_URL: settings.eventStoreDbUrl,
      LEDGER_SIGN_IN: 'demo',
      LOG_LEVEL: 'silent',
      PORT: '0',
      ...more,
    };
    this.#child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        this.#isOver = true;
        resolve({ code, signal, output: this.#output, errors: this.#errors });
      });
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Address of a server, once it listens. @throws when it ends first, or after 60 s */
  async url(): Promise<string> {
    for (const until = performance.now() + 60_000; ;) {
      const url = /The ledger is at (\S+)/.exec(this.#output)?.[1];
      if (url !== undefined) return url;
      if (this.#isOver || performance.now() > until)
        throw new Error(`no server listens: ${this.#output}${this.#errors}`);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }

  /** `kill -9`, and nothing it could do about it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** SIGTERM. */
  async stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }
}

export interface ServerProcess {
  readonly process: LedgerProcess;
  readonly url: string;
  as(post: string): Promise<Client>;
  ready(): Promise<void>;
}

/** Starts a server as a process of its own. Resolves when it listens. */
export async function startServer(settings: LedgerSettings, program = 'apps/ledger/main.js'): Promise<ServerProcess> {
  const running = new LedgerProcess(program, [], settings);
  const url = await running.url().catch(async (cause: unknown) => {
    await running.kill();
    throw cause;
  });
  return {
    process: running,
    url,
    as: async (post) => new Client(() => url, await demoToken(url, post)),
    ready: () => becomesReady(url, 60_000),
  };
}

/** `ledger import FOLDER --grants` as a process of its own. */
export function startImport(settings: LedgerSettings, folder: string): LedgerProcess {
  return new LedgerProcess('apps/command-line/main.js', ['import', folder, '--grants'], settings);
}
