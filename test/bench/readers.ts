import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, quantile, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const READERS = 8;
const FOR_MS = 10_000;
const SEARCHES = 5;

const RAISE = 'mutation($input: RaiseActionInput!) { raiseAction(input: $input) { action { ref } position } }';

/** What one writer and whoever asks for health wait while nobody reads, and while eight ask the dearest questions that pass the gate. */
export async function heldUpByReaders(ledgers: Ledgers, events: number, say: Say): Promise<Measured[]> {
  const folder = ledgers.emptyFolder();
  cpSync(await ledgers.withHistory(events), folder, { recursive: true });
  const server = await startServer(folder);
  try {
    const token = await server.tokenOf('opcc-officer');
    await server.graphql(token, 'mutation($input: AddBodyInput!) { addBody(input: $input) { position } }', {
      input: { commandId: randomUUID(), ref: 'READERS', name: 'A board of readers' },
    });
    say('one writer, nobody reads');
    await waits(server, token);
    const idle = await waits(server, token);
    say(`one writer, ${READERS} read`);
    let reading = true;
    let answered = 0;
    const readers = Array.from({ length: READERS }, async () => {
      while (reading) {
        await server.graphql(token, dearest());
        answered += 1;
      }
    });
    const loaded = await waits(server, token);
    reading = false;
    await Promise.all(readers);
    if (answered === 0) throw new Error('no reader was answered');
    const line = { row: 'readers', what: `p95 of a write, ${READERS} dear readers, ${events} events`, unit: ' ms' };
    return [
      measured({
        ...line,
        measured: loaded.write,
        limit: idle.write,
        limitIs: 'while nobody reads',
        aim: { atMost: 2 },
      }),
      measured({ ...line, measured: loaded.write, limit: 500, limitIs: 'the aim', aim: { atMost: 1 } }),
      measured({
        ...line,
        what: `p95 of health, ${READERS} dear readers, ${events} events`,
        measured: loaded.health,
        limit: 250,
        limitIs: 'the aim',
        aim: { atMost: 1 },
      }),
    ];
  } finally {
    await server.stop();
  }
}

/** Searches for words that nobody has asked for, on a day and by a post of which nothing is remembered. */
function dearest(): string {
  const search = (index: number) =>
    `a${index}: actions(first: 1, filter: { text: "${randomUUID().slice(0, 8)}" }) { totalCount edges { node { ref } } }`;
  return `{ ledger { ${Array.from({ length: SEARCHES }, (_, index) => search(index)).join(' ')} } }`;
}

async function waits(server: Server, token: string): Promise<{ write: number; health: number }> {
  const writes: number[] = [];
  const healths: number[] = [];
  const until = performance.now() + FOR_MS;
  const timed = async (times: number[], work: () => Promise<unknown>): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
      await new Promise((resume) => setTimeout(resume, 20));
    }
  };
  await Promise.all([
    timed(writes, () =>
      server.graphql(token, RAISE, {
        input: { commandId: randomUUID(), body: 'READERS', title: 'Review of demand', owner: 'force-lead' },
      }),
    ),
    timed(healths, () => server.health()),
  ]);
  return { write: quantile(writes, 0.95), health: quantile(healths, 0.95) };
}
