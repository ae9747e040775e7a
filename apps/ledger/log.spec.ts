import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { faultNoter, nestLog } from './log.ts';

/** What Node says of a request whose sender goes away in its midst. */
async function hungUp(): Promise<unknown> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('PUT /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf');
  const [request] = (await once(server, 'request')) as [NodeJS.EventEmitter];
  const failed = once(request, 'error');
  socket.destroy();
  const [fault] = (await failed) as [unknown];
  server.close();
  return fault;
}

describe('the log of the server', () => {
  const lines: { readonly level: number; readonly msg: string; readonly fault?: { readonly code?: string } }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as never) });
  beforeEach(() => void lines.splice(0));
  const DEBUG = 20;
  const ERROR = 50;

  it('notes a client that hangs up as that, and as no failure', async () => {
    const fault = await hungUp();
    nestLog(log).error(fault, 'ExceptionsHandler');
    faultNoter(log)(fault);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [DEBUG, 'whoever asked hung up'],
      [DEBUG, 'whoever asked hung up'],
    ]);
  });

  it('notes a connection of ours that was reset as a failure (control)', () => {
    const fault = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    nestLog(log).error(fault, 'ExceptionsHandler');
    faultNoter(log)(fault);
    expect(lines.map(({ level, fault: noted }) => [level, noted?.code])).toEqual([
      [ERROR, 'ECONNRESET'],
      [ERROR, 'ECONNRESET'],
    ]);
  });
});
