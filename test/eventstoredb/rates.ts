import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM, streamNameFilter } from '@eventstore/db-client';
import { openEsdbEventStore } from '../../libs/event-store-esdb/index.ts';
import type { EventStore, NewEvent } from '../../libs/event-store/index.ts';
import { newEvent } from '../contract/stored-events.ts';
import { newLedgerName } from './places.ts';

export interface Rate {
  readonly what: string;
  /** Per second, through the adapter and through the bare client on the same path, in the same run. */
  readonly adapter: number;
  readonly bare: number;
  readonly ratio: number;
}

const CREDENTIALS = { username: 'ledger', password: 'unused' };
/** Rounds of each, alternating, so that what else the machine does hits both. The best of each counts. */
const ROUNDS = 5;

/** Measures the adapter against the bare client: appends one at a time and 64 at once, and catching up. */
export async function measureRates(
  url: string,
  sizes = { single: 300, many: 3_000, catchUp: 30_000 },
): Promise<Rate[]> {
  const ledger = newLedgerName();
  const store = await openEsdbEventStore({ url, ledger });
  const client = EventStoreDBClient.connectionString(url);
  try {
    const append = (event: NewEvent) => throughAdapter(store, event);
    const appendBare = (event: NewEvent) => throughClient(client, ledger, event);
    const rates = [
      await compare(
        'appends, one at a time',
        sizes.single,
        (events) => atOnce(1, events, append),
        (events) => atOnce(1, events, appendBare),
      ),
      await compare(
        'appends, 64 at once',
        sizes.many,
        (events) => atOnce(64, events, append),
        (events) => atOnce(64, events, appendBare),
      ),
    ];
    for (let written = 0; written < sizes.catchUp; written += 500) {
      const stream = `actions-${randomUUID()}`;
      await store.append(stream, 0, newEvents(500, stream));
    }
    const follow = () => followed(store, sizes.catchUp);
    const followBare = () => followedBare(client, ledger, sizes.catchUp);
    rates.push(await compare('catching up, events', 0, follow, followBare, sizes.catchUp));
    return rates;
  } finally {
    await store.close();
    await client.dispose();
  }
}

async function compare(
  what: string,
  count: number,
  adapter: (events: readonly NewEvent[]) => Promise<void>,
  bare: (events: readonly NewEvent[]) => Promise<void>,
  done = count,
): Promise<Rate> {
  const best = { adapter: 0, bare: 0 };
  const timed = async (of: 'adapter' | 'bare', run: (events: readonly NewEvent[]) => Promise<void>): Promise<void> => {
    const events = newEvents(count);
    const began = performance.now();
    await run(events);
    best[of] = Math.max(best[of], (done * 1_000) / (performance.now() - began));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await timed('bare', bare);
    await timed('adapter', adapter);
  }
  return { what, adapter: Math.round(best.adapter), bare: Math.round(best.bare), ratio: best.adapter / best.bare };
}

function newEvents(count: number, stream?: string): NewEvent[] {
  return Array.from({ length: count }, () => newEvent(stream ?? `actions-${randomUUID()}`));
}

async function atOnce(
  width: number,
  events: readonly NewEvent[],
  append: (event: NewEvent) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let event = events[next++]; event !== undefined; event = events[next++]) await append(event);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function throughAdapter(store: EventStore, event: NewEvent): Promise<void> {
  const { outcome } = await store.append(`actions-${event.id}`, 0, [event]);
  if (outcome !== 'stored') throw new Error(`an append was answered ${outcome}`);
}

async function throughClient(client: EventStoreDBClient, ledger: string, { id, type, bytes }: NewEvent): Promise<void> {
  const data = JSON.parse(Buffer.from(bytes).toString('utf8')) as { [key: string]: string };
  const options = { expectedRevision: NO_STREAM, credentials: CREDENTIALS } as const;
  await client.appendToStream(`${ledger}.actions-${id}`, jsonEvent({ id, type, data }), options);
}

async function followed(store: EventStore, count: number): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve) => {
    const following = store.follow(null, {
      events: async (events) => {
        seen += events.length;
        if (seen >= count) void following.stop().then(resolve);
      },
    });
  });
}

async function followedBare(client: EventStoreDBClient, ledger: string, count: number): Promise<void> {
  let seen = 0;
  const subscription = client.subscribeToAll({
    filter: streamNameFilter({ prefixes: [`${ledger}.`], checkpointInterval: 8 }),
  });
  await new Promise<void>((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('data', () => {
      seen += 1;
      if (seen === count) resolve();
    });
  });
  await subscription.unsubscribe();
}
