import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from './config.ts';
import { DEADLINES, deadlineOptions, type Deadlines } from './deadlines.ts';
import type { Ledger } from './ledger.ts';
import { startLedger, type RunningServer } from './start-ledger.ts';

const unasked = () => Promise.reject(new Error('this was not to be asked'));
const ledger = {
  registers: [],
  secret: () => new Uint8Array(32),
  behind: () => Promise.resolve([]),
  damaged: () => Promise.resolve([]),
  close: () => Promise.resolve(),
  openView: unasked,
};

const SHORT: Deadlines = { head: 500, request: 1_000, idle: 500, stalled: 1_500, checkedEvery: 100 };
/** As it was before there were any: whoever is slow keeps the connection. */
const NONE: Deadlines = { head: 90_000, request: 300_000, idle: 72_000, stalled: 600_000, checkedEvery: 30_000 };
/** All of {@link SHORT} have passed by then. */
const ALL_OVER_MS = 2_500;

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n';
/** What is sent at once, and what follows a byte at a time. */
const SLOW = {
  'writes nothing': ['', ''],
  'writes its head slowly': ['GET / HTTP/1.1\r\nx: ', 'x'.repeat(1_000)],
  'writes its body slowly': [`${HEAD}\r\n`, ' '.repeat(1_000)],
  'writes half a body': [`${HEAD}\r\n{`, ''],
  'writes a chunked body slowly': [
    `${HEAD.replace('content-length: 1000', 'transfer-encoding: chunked')}\r\nff\r\n`,
    ' '.repeat(255),
  ],
  'asks once and stays': ['GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', ''],
  'asks once and writes the next head slowly': [
    'GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
    'GET / HTTP/1.1\r\nx:'.padEnd(900, 'x'),
  ],
} as const;
type Kind = keyof typeof SLOW;

describe('somebody slow', () => {
  const open = new Set<Socket>();
  let server: RunningServer;

  async function serve(deadlines: Deadlines): Promise<void> {
    server = await startLedger(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }), ledger as unknown as Ledger, {
      deadlines,
    });
  }
  afterEach(async () => {
    for (const socket of open) socket.destroy();
    open.clear();
    await server.close();
  });

  /** Resolves with how long the connection lasted, in milliseconds. */
  function slowly(kind: Kind): Promise<number> {
    const [first, rest] = SLOW[kind];
    const begun = performance.now();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    open.add(socket);
    socket.write(first);
    let written = 0;
    const trickle = setInterval(() => written < rest.length && socket.write(rest[written++]!), 50);
    return new Promise((resolve) => {
      socket.resume().on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(trickle);
        open.delete(socket);
        resolve(performance.now() - begun);
      });
    });
  }

  const KINDS = Object.keys(SLOW) as Kind[];
  /** Of every kind one: what became of it by the time at which all short deadlines have passed. */
  async function becomeOfAll(): Promise<unknown> {
    const over = pause(ALL_OVER_MS, 'still there');
    return Object.fromEntries(
      await Promise.all(
        KINDS.map(async (kind) => [kind, await Promise.race([slowly(kind).then(() => 'hung up on'), over])]),
      ),
    );
  }
  const all = (what: string) => Object.fromEntries(KINDS.map((kind) => [kind, what]));

  it('is hung up on when the time for a head, a body or a pause is over', async () => {
    await serve(SHORT);
    expect(await becomeOfAll()).toEqual(all('hung up on'));
  });

  it('stays for as long as they like where there are no deadlines (control)', async () => {
    await serve(NONE);
    expect(await becomeOfAll()).toEqual(all('still there'));
  });

  it('keeps nobody else waiting, not with five hundred connections, and each of them is ended', async () => {
    await serve(SHORT);
    const slow = Promise.all(Array.from({ length: 500 }, (_, number) => slowly(KINDS[number % KINDS.length]!)));
    const waited: number[] = [];
    for (let asked = 0; asked < 20; asked += 1) {
      const begun = performance.now();
      const answer = await fetch(`${server.url}/health/live`);
      expect(answer.status).toBe(200);
      waited.push(performance.now() - begun);
      await pause(25);
    }
    expect(waited.sort((a, b) => a - b)[10]).toBeLessThan(250);
    expect(await slow).toHaveLength(500);
    expect(open.size).toBe(0);
  });

  it('is hung up on within a minute by the deadlines of a server that is told nothing else', async () => {
    const { head, request, idle, stalled, checkedEvery } = DEADLINES;
    expect(Math.max(head + checkedEvery, request + checkedEvery, idle, stalled)).toBeLessThan(60_000);
    server = await startLedger(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }), ledger as unknown as Ledger);
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = server.app.getHttpServer();
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout }).toEqual({
      headersTimeout: head,
      requestTimeout: request,
      keepAliveTimeout: idle,
      timeout: stalled,
    });
  });
});

it('is no set of deadlines in which a head may take as long as a whole request: Node then never ends a body', () => {
  expect(() => deadlineOptions({ ...SHORT, head: SHORT.request })).toThrow('must be shorter');
});
