import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './project-root.ts';

/** A server of the ledger in a process of its own, as `npm start` runs it, with the demo's sign-in. */
export interface Server {
  tokenOf(post: string): Promise<string>;
  /** Answers with `data`; anything else is thrown. */
  graphql<Data>(token: string | null, query: string, variables?: object): Promise<Data>;
  /** Processor time that it has used so far, by all its threads; NaN where the system does not tell (Linux does). */
  processorSeconds(): number;
  /** Looks at a page; anything but that page is thrown. */
  page(token: string, path: string): Promise<string>;
  /** Asks whether it is ready, whatever it answers. */
  health(): Promise<void>;
  stop(): Promise<void>;
}

/** Resolves when it says where it listens. */
export async function startServer(data: string): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, join(projectRoot(), 'dist', 'apps', 'ledger', 'main.js')],
    {
      env: {
        ...process.env,
        // Requests that ask for nothing come without a token.
        LEDGER_PUBLIC_PER_MINUTE: '0',
        PORT: '0',
        LEDGER_HOST: '127.0.0.1',
        LEDGER_SIGN_IN: 'demo',
        LEDGER_STORE: 'sqlite',
        LEDGER_NAME: 'bench',
        LEDGER_DATA: data,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const url = await Promise.race([
    addressIn(child.stdout),
    exited.then(() => Promise.reject(new Error('the server did not start'))),
  ]);
  const agent = new Agent({ keepAlive: true });

  async function post(path: string, token: string | null, body: object): Promise<unknown> {
    const headers = {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  }

  return {
    tokenOf: async (name) => ((await post('/demo/token', null, { post: name })) as { token: string }).token,
    async graphql<Data>(token: string | null, query: string, variables: object = {}): Promise<Data> {
      const answer = (await post('/graphql', token, { query, variables })) as { data?: Data; errors?: unknown };
      if (answer.errors !== undefined || answer.data == null) throw new Error(JSON.stringify(answer.errors ?? answer));
      return answer.data;
    },
    processorSeconds: () => processorSecondsOf(child.pid),
    async page(token, path) {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const html = await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return html;
    },
    async health() {
      await (await fetch(`${url}/health/ready`)).arrayBuffer();
    },
    async stop() {
      agent.destroy();
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Linux counts it in hundredths of a second, behind the name of the program, which may hold anything. */
function processorSecondsOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return NaN;
  }
}

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url.replace(/\/$/, '');
  }
  throw new Error('the server said nothing of where it listens');
}
