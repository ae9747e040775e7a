import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { measureRates } from '../eventstoredb/rates.ts';
import { measured, type Measured } from './measuring.ts';
import { projectRoot } from './project-root.ts';

/** The adapter against the bare client on the same path: at EVENTSTOREDB_URL, or else at the protocol server in a process of its own. */
export async function eventStoreDb(): Promise<Measured[]> {
  const real = process.env['EVENTSTOREDB_URL'];
  const server = real ? { url: real, stop: () => Promise.resolve() } : await startProtocolServer();
  const where = real ? 'EventStoreDB' : 'protocol server';
  try {
    const rates = await measureRates(server.url);
    return rates.map(({ what, adapter, bare }) =>
      measured({
        row: 'esdb',
        what: `${where}: ${what}`,
        measured: adapter,
        unit: '/s',
        limit: bare,
        limitIs: 'the bare client on the same path',
        aim: { atLeast: 0.8 },
      }),
    );
  } finally {
    await server.stop();
  }
}

async function startProtocolServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'test', 'eventstoredb-server', 'main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const [url] = (await once(lines, 'line')) as [string];
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
