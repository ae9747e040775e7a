import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Wire } from './wire.ts';

describe('the wire before a real server', () => {
  let echo: Server;
  let heard: string;
  let wire: Wire;
  const clients: Socket[] = [];
  const accepted = new Set<Socket>();

  beforeEach(async () => {
    heard = '';
    echo = createServer((socket) => {
      accepted.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        heard += bytes.toString();
        socket.write(bytes);
      });
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    wire = new Wire(`esdb://127.0.0.1:${(echo.address() as AddressInfo).port}?tls=false`);
    await wire.start();
  });
  afterEach(() => {
    for (const one of [...clients.splice(0), ...accepted]) one.destroy();
    accepted.clear();
    wire.stop();
    echo.close();
  });

  async function client() {
    const socket = connect(Number(new URL(wire.url.replace('esdb:', 'http:')).port), '127.0.0.1');
    clients.push(socket);
    let answers = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => (answers += bytes.toString()));
    await once(socket, 'connect');
    return { socket, answers: () => answers };
  }
  async function until(reached: () => boolean): Promise<void> {
    for (let tries = 0; !reached() && tries < 1_000; tries += 1) await pause(5);
    expect(reached()).toBe(true);
  }

  it('keeps what the address says besides the place, and passes bytes both ways', async () => {
    expect(wire.url).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
    const { socket, answers } = await client();
    socket.write('one');
    await until(() => answers() === 'one');
  });

  it('ends all connections as it stops, and comes back at its address', async () => {
    const before = await client();
    const ended = once(before.socket, 'close');
    const { url } = wire;
    wire.stop();
    await ended;
    const refused = connect(Number(new URL(url.replace('esdb:', 'http:')).port), '127.0.0.1');
    expect((await once(refused, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' });
    await wire.start();
    expect(wire.url).toBe(url);
    const { socket, answers } = await client();
    socket.write('again');
    await until(() => answers() === 'again');
  });

  it('answers nothing while it is frozen, and everything once it is thawed', async () => {
    const { socket, answers } = await client();
    wire.freeze();
    socket.write('held up');
    const late = await client();
    late.socket.write('late');
    await pause(50);
    expect([heard, answers(), late.answers()]).toEqual(['', '', '']);
    wire.thaw();
    await until(() => answers() === 'held up' && late.answers() === 'late');
  });

  it.each([
    ['store-and-keep-silent', 'append'],
    ['drop', ''],
  ] as const)('loses one direction and ends the connection for the fault %s', async (fault, stored) => {
    const { socket, answers } = await client();
    socket.write('before');
    await until(() => answers() === 'before');
    wire.failAppends(fault);
    const ended = once(socket, 'close');
    socket.write('append');
    await ended;
    expect([heard, answers()]).toEqual([`before${stored}`, 'before']);
    const next = await client();
    next.socket.write('after');
    await until(() => next.answers() === 'after');
  });
});
