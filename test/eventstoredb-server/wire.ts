import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { AppendFault } from './server.ts';

/** A store that a test takes away and brings back: the double itself, or a real server behind a {@link Wire}. */
export interface StoreToTakeAway {
  readonly url: string;
  /** Every connection ends, and none is made until it starts again at the same address. */
  stop(): void;
  start(): Promise<unknown>;
  /** Answers nothing until thawed. */
  freeze(): void;
  thaw(): void;
  /** What becomes of the appends that come next. */
  failAppends(...faults: readonly AppendFault[]): void;
  dropSubscriptions(code: number): void;
}

/** How long a connection keeps silent before it ends. */
const SILENT_MS = 1_000;

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** What is not passed on, once there is a fault. */
  lost: 'answers' | 'requests' | null;
}

/**
 * The bytes between a client and a real server, which cannot be told to fail: they are cut, held up, or lost in one direction. So an
 * append is stored and never acknowledged (its answer is lost), or not stored (it is lost itself), and the connection ends.
 */
export class Wire implements StoreToTakeAway {
  readonly #target: URL;
  readonly #pairs = new Set<Pair>();
  #server: Server | null = null;
  #port = 0;
  #isFrozen = false;

  /** @param connectionString of a server at one address, `esdb://host:port?…`. With TLS its certificate must be good for 127.0.0.1. */
  constructor(connectionString: string) {
    this.#target = new URL(connectionString.replace(/^esdb:/, 'http:'));
  }

  get url(): string {
    const here = new URL(this.#target);
    here.hostname = '127.0.0.1';
    here.port = String(this.#port);
    return here.href.replace(/^http:/, 'esdb:').replace(/\/(?=\?|$)/, '');
  }

  async start(): Promise<void> {
    const server = createServer((client) => this.#pass(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  stop(): void {
    this.thaw();
    this.#server?.close();
    this.#server = null;
    this.#cut();
  }

  freeze(): void {
    this.#isFrozen = true;
    for (const { client, server } of this.#pairs) for (const end of [client, server]) end.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const { client, server } of this.#pairs) for (const end of [client, server]) end.resume();
  }

  failAppends(...faults: readonly AppendFault[]): void {
    for (const fault of faults)
      for (const pair of this.#pairs) {
        pair.lost = fault === 'drop' ? 'requests' : 'answers';
        pair.client.once('data', () => setTimeout(() => end(pair), SILENT_MS));
      }
  }

  dropSubscriptions(): void {
    this.#cut();
  }

  #cut(): void {
    for (const pair of this.#pairs) end(pair);
  }

  #pass(client: Socket): void {
    const server = connect(Number(this.#target.port || 2113), this.#target.hostname);
    const pair: Pair = { client, server, lost: null };
    this.#pairs.add(pair);
    client.on('data', (bytes) => void (pair.lost === 'requests' || server.write(bytes)));
    server.on('data', (bytes) => void (pair.lost === 'answers' || client.write(bytes)));
    for (const one of [client, server]) {
      one.setNoDelay(true);
      // However one end goes, the other goes too.
      one.on('error', () => end(pair));
      one.on('close', () => {
        this.#pairs.delete(pair);
        end(pair);
      });
      if (this.#isFrozen) one.pause();
    }
  }
}

function end({ client, server }: Pair): void {
  client.destroy();
  server.destroy();
}
