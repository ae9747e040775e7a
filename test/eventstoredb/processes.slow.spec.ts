import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, appendFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openEsdbEventStore } from '../../libs/event-store-esdb/index.ts';
import type { AppendResult, LoggedEvent } from '../../libs/event-store/index.ts';
import { newEvent } from '../contract/stored-events.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { eventually, newLedgerName } from './places.ts';

const root = resolve(import.meta.dirname, '../..');
const built = join(root, 'dist/libs/event-store-esdb/index.js');

/** Processes of their own: a server that is killed, and clients that must end, or must not. */
describe('in processes of their own', () => {
  const children: ChildProcess[] = [];

  beforeAll(() => {
    if (!existsSync(built)) throw new Error('these tests run the built tree: npm run build');
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  function run(args: readonly string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    return { child, output: () => output, ended: new Promise((resume) => child.on('exit', resume)) };
  }

  describe('a server that is killed', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'eventstoredb-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    const serve = async (port = 0): Promise<{ child: ChildProcess; url: string; port: number }> => {
      const file = join(folder, 'events.ndjson');
      const { child, output } = run(['dist/test/eventstoredb-server/main.js', '--port', String(port), '--file', file]);
      await eventually(() => output().includes('?tls=false'), 20_000);
      const url = output().trim();
      return { child, url, port: Number(/:(\d+)\?/.exec(url)![1]) };
    };

    it('can be stopped as soon as it has said its address', async () => {
      for (let time = 0; time < 5; time += 1) {
        const { child, output, ended } = run(['dist/test/eventstoredb-server/main.js']);
        child.stdout!.once('data', () => child.kill('SIGTERM'));
        expect([await ended, child.signalCode, output()]).toEqual([0, null, expect.stringContaining('?tls=false')]);
      }
    });

    it('and comes back has everything that it acknowledged; repeats are written once, and followers go on', async () => {
      const server = await serve();
      const store = await openEsdbEventStore({ url: server.url, ledger: newLedgerName() });
      const followed: LoggedEvent[] = [];
      const following = store.follow(null, { events: async (events) => void followed.push(...events) });
      const attempts = Array.from({ length: 600 }, () => ({
        stream: `actions-${randomUUID()}`,
        event: newEvent('actions-1'),
      }));
      let stored = 0;
      const decide = async ({ stream, event }: (typeof attempts)[number]): Promise<AppendResult> => {
        for (;;) {
          const result = await store.append(stream, 0, [event]);
          if (result.outcome === 'stored') stored += 1;
          if (result.outcome !== 'unknown') return result;
        }
      };
      const deciding = Promise.all(attempts.map(decide));
      await eventually(() => stored > 100);
      server.child.kill('SIGKILL');
      await new Promise((resume) => setTimeout(resume, 300));
      // Cut off in the middle of a write.
      appendFileSync(join(folder, 'events.ndjson'), '{"stream":"torn');
      await serve(server.port);
      for (const result of await deciding) expect(result).toMatchObject({ outcome: 'stored', version: 1 });
      await eventually(() => followed.length >= 600, 20_000);
      await following.stop();
      expect(followed.map(({ id }) => id).sort()).toEqual(attempts.map(({ event }) => event.id).sort());
      await store.close();
    });

    it('stops on SIGTERM', async () => {
      const { child } = await serve();
      const ended = new Promise((resume) => child.on('exit', resume));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    });
  });

  describe('a client', () => {
    let server: ProtocolServer;
    beforeEach(async () => {
      server = new ProtocolServer();
      await server.start();
    });
    afterEach(() => server.stop());

    it('that has closed its store ends by itself', async () => {
      const { ended, output } = run([
        '--input-type=module',
        '--eval',
        `import { openEsdbEventStore } from ${JSON.stringify(pathToFileURL(built).href)};
         const store = await openEsdbEventStore({ url: ${JSON.stringify(server.url)}, ledger: 'x' });
         store.follow(null, { events: async () => {} });
         await store.readAll();
         await store.close();
         console.log('closed');`,
      ]);
      expect([await ended, output()]).toEqual([0, 'closed\n']);
    });

    it('leaves no connection open, which the client itself would', async () => {
      const sockets = new Set<Socket>();
      const relay = createServer((socket) => {
        sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => undefined));
        const onward = createConnection(Number(/:(\d+)\?/.exec(server.url)![1]), '127.0.0.1').on(
          'error',
          () => undefined,
        );
        socket.pipe(onward).pipe(socket);
      });
      await new Promise<void>((resume) => relay.listen(0, '127.0.0.1', resume));
      const url = `esdb://127.0.0.1:${(relay.address() as AddressInfo).port}?tls=false`;
      for (const [defencesOff, left] of [[[], 0] as const, [['close-channel'] as const, 1] as const]) {
        const store = await openEsdbEventStore({ url, ledger: 'x', defencesOff });
        await store.readAll();
        expect(sockets.size).toBe(1);
        await store.close();
        await new Promise((resume) => setTimeout(resume, 200));
        expect(sockets.size).toBe(left);
      }
      for (const socket of sockets) socket.destroy();
      relay.close();
    });

    it('dies of a checkpoint that throws, when it takes checkpoints from the client itself', async () => {
      const { ended, output } = run([
        '--input-type=module',
        '--eval',
        `import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
         const client = EventStoreDBClient.connectionString(${JSON.stringify(server.url)});
         const checkpointReached = () => { throw new Error('the disk is full'); };
         client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['x.'], checkpointReached }) }).on('data', () => {});`,
      ]);
      const store = await openEsdbEventStore({ url: server.url, ledger: 'other' });
      await eventually(() => server.subscriptions === 1, 20_000);
      for (let version = 0; version < 40; version += 1)
        await store.append('actions-1', version, [newEvent('actions-1')]);
      await store.close();
      expect(await ended).not.toBe(0);
      expect(output()).toContain('the disk is full');
    });
  });
});
