import { connect, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { readConfig } from './config.ts';
import type { Ledger } from './ledger.ts';
import { startLedger, type RunningServer } from './start-ledger.ts';

describe('a server that is told to stop', () => {
  let server: RunningServer;
  let closed: boolean;
  let known: ((behind: readonly string[]) => void) | undefined;
  let sockets: Socket[];

  beforeEach(async () => {
    closed = false;
    known = undefined;
    sockets = [];
    const ledger = {
      registers: [],
      secret: () => new Uint8Array(32),
      behind: () => new Promise<readonly string[]>((resolve) => (known = resolve)),
      damaged: () => Promise.resolve([]),
      close: () => Promise.resolve(void (closed = true)),
    };
    server = await startLedger(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }), ledger as unknown as Ledger);
    (server.app.getHttpServer() as Server).on('connection', (socket) => sockets.push(socket));
  });

  /** Until the server has read something of so many connections. */
  async function heard(count: number): Promise<void> {
    while (sockets.filter(({ bytesRead }) => bytesRead > 0).length < count) await turn();
  }
  /** Until the server has asked what it was asked. */
  async function asking(): Promise<void> {
    while (known === undefined) await turn();
  }

  /** Sends the first line, and the rest when told to. Resolves with all that came until the connection ended. */
  function begin(line: string) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.on('error', () => undefined);
    const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(received)));
    socket.write(`${line} HTTP/1.1\r\n`);
    return { ended, finish: (rest: string) => void socket.write(rest) };
  }
  const BODY = '{"query":"{ __typename }"}';
  const rest = (body = '') =>
    `host: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  it('answers GraphQL with errors in the form of the contract, and everybody else in a sentence', async () => {
    const [graphql, page] = [begin('POST /graphql'), begin('GET /actions')];
    await heard(2);
    const stopping = server.close();
    graphql.finish(rest(BODY));
    page.finish(rest());
    const [, api = ''] = (await graphql.ended).split('\r\n\r\n');
    expect(await graphql.ended).toMatch(/^HTTP\/1\.1 503 /);
    expect(JSON.parse(api)).toEqual({
      errors: [
        {
          message: 'The server is stopping. Ask again in a moment.',
          extensions: { code: 'UNAVAILABLE', refusal: null, field: null },
        },
      ],
    });
    expect(await page.ended).toMatch(/^HTTP\/1\.1 503 [^]*\r\n\r\nThe server is stopping\. Ask again in a moment\.$/);
    await stopping;
    expect(closed).toBe(true);
  });

  it('still answers what it was asked before, if that is soon', async () => {
    const asked = begin('GET /health/ready');
    asked.finish(rest());
    await asking();
    const stopping = server.close();
    known?.([]);
    expect(await asked.ended).toMatch(/^HTTP\/1\.1 200 /);
    await stopping;
  });

  it('waits a moment and no longer for an answer that does not come', async () => {
    const asked = begin('GET /health/ready');
    asked.finish(rest());
    await asking();
    const told = performance.now();
    await server.close();
    expect(performance.now() - told).toBeLessThan(4_000);
    expect([await asked.ended, closed]).toEqual(['', true]);
  });
});
