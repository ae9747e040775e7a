import { EventStoreDBClient, type Credentials, type StreamingRead } from '@eventstore/db-client';
import { DeadlinePassed } from './failures.ts';

const CLOSING_MS = 2_000;

/**
 * One client and its channel.
 *
 * Credentials given with each append switch the client to plain appends, in insecure mode too. On its default path all clients of
 * a process share one fate: the error of one rejects the appends of all, though they are stored.
 */
export interface Connection {
  readonly client: EventStoreDBClient;
  readonly credentials: Credentials;
  /** Ends within about two seconds, whatever the server does. */
  close(): Promise<void>;
}

/** Connects nothing yet: the client does at its first call. @throws Error when the address cannot be used. */
export function connect(url: string, options: { readonly closeChannel: boolean }): Connection {
  const credentials = credentialsIn(url);
  if (credentials === null && !/[?&]tls=false(&|$)/i.test(url)) {
    throw new Error('an EventStoreDB address with TLS needs a user and a password: esdb://user:password@host:2113');
  }
  const client = EventStoreDBClient.connectionString(url);
  return {
    client,
    credentials: credentials ?? { username: 'ledger', password: 'unused-in-insecure-mode' },
    async close() {
      // Waits for streams that were left early, sometimes for ever.
      await within(CLOSING_MS / 2, client.dispose()).catch(() => undefined);
      // The client offers no way to close its channel, which keeps the process alive.
      if (options.closeChannel) {
        const { getChannel } = client as unknown as { getChannel: () => Promise<{ close(): void }> };
        await within(
          CLOSING_MS / 2,
          getChannel().then((channel) => channel.close()),
        ).catch(() => undefined);
      }
    },
  };
}

/** User and password of a connection string, decoded; null when it has none. */
export function credentialsIn(url: string): Credentials | null {
  const match = /^[^:]+:\/\/([^:@/]+):([^@/]+)@/.exec(url);
  return match === null ? null : { username: decodeURIComponent(match[1]!), password: decodeURIComponent(match[2]!) };
}

/** The promise's outcome if it comes in time. @throws DeadlinePassed otherwise; what comes later is passed over. */
export async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  promise.catch(() => undefined);
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(milliseconds)), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All events of a read that was asked for a bounded number of them. Never leaves a read half drained, unless the time is up. */
export function drained<Event>(reading: StreamingRead<Event>, milliseconds: number): Promise<Event[]> {
  return new Promise((resolve, reject) => {
    const events: Event[] = [];
    const timer = setTimeout(
      () => {
        void reading.cancel().catch(() => undefined);
        reading.destroy();
        reject(new DeadlinePassed(milliseconds));
      },
      Math.max(0, milliseconds),
    );
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    reading.on('data', (event) => events.push(event));
    reading.on('error', fail);
    reading.on('close', () => fail(new Error('the read was cut off')));
    reading.on('end', () => {
      clearTimeout(timer);
      resolve(events);
    });
  });
}

/** How much of its time a call has left. */
export class TimeLeft {
  readonly #until: number;

  constructor(milliseconds: number) {
    this.#until = performance.now() + milliseconds;
  }

  get milliseconds(): number {
    return Math.max(0, this.#until - performance.now());
  }
}
