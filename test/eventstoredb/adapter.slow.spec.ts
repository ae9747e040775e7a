import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient, NO_STREAM, type RecordedEvent } from '@eventstore/db-client';
import fc from 'fast-check';
import { openEsdbEventStore, type EsdbOptions, type StoreAlarm } from '../../libs/event-store-esdb/index.ts';
import type { EventStore, LoggedEvent } from '../../libs/event-store/index.ts';
import { canonicalBytes, type JsonValue } from '../../libs/ledger/index.ts';
import { newEvent, newEvents } from '../contract/stored-events.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { eventually, newLedgerName } from './places.ts';

/** Each defence of the adapter that needs no injected fault, beside what happens without it. Also against a real server. */
const SERVERS: [name: string, start: () => Promise<{ url: string; stop(): void }>][] = [
  [
    'the protocol server',
    async () => {
      const server = new ProtocolServer();
      await server.start();
      return server;
    },
  ],
];
const realUrl = process.env['EVENTSTOREDB_URL'];
if (realUrl !== undefined) SERVERS.push(['a real server', async () => ({ url: realUrl, stop: () => undefined })]);

const credentials = { username: 'ledger', password: 'unused' };

describe.each(SERVERS)('the adapter, against %s', (_, start) => {
  let server: { url: string; stop(): void };
  let client: EventStoreDBClient;
  let ledger: string;
  const opened: EventStore[] = [];
  const open = async (options: Partial<EsdbOptions> = {}): Promise<EventStore> => {
    const store = await openEsdbEventStore({ url: server.url, ledger, ...options });
    opened.push(store);
    return store;
  };

  beforeAll(async () => {
    server = await start();
    client = EventStoreDBClient.connectionString(server.url);
  });

  afterAll(async () => {
    await client.dispose();
    (await (client as unknown as { getChannel: () => Promise<{ close(): void }> }).getChannel()).close();
    server.stop();
  });

  beforeEach(() => {
    ledger = newLedgerName();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });

  const recorded = async (stream: string): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const { event } of client.readStream(`${ledger}.${stream}`)) events.push(event!);
    return events;
  };

  describe('what it writes', () => {
    it('is JSON under the ledger’s prefix, with the id and type of the event and nothing beside it', async () => {
      const store = await open();
      const event = newEvent('actions-1');
      await store.append('actions-1', 0, [event]);
      const [standing] = await recorded('actions-1');
      expect(standing).toMatchObject({ isJson: true, id: event.id, type: event.type, streamId: `${ledger}.actions-1` });
      expect(standing!.data).toEqual(JSON.parse(event.bytes.toString()));
      expect(standing!.metadata).toBeUndefined();
    });

    it('says in metadata only how many events of the same append come after', async () => {
      const store = await open();
      await store.append('actions-1', 0, newEvents('actions-1', 3));
      expect((await recorded('actions-1')).map(({ metadata }) => metadata)).toEqual([
        { more: 2 },
        { more: 1 },
        undefined,
      ]);
    });

    it('comes back as the same bytes, whatever canonical JSON it is', async () => {
      const store = await open();
      const key = fc
        .string({ unit: 'binary' })
        .filter((text) => text.isWellFormed() && !/^(0|[1-9]\d*)$|^__proto__$/.test(text));
      const { value } = fc.letrec((tie) => ({
        value: fc.oneof(
          { depthSize: 'small' },
          fc.constant(null),
          fc.boolean(),
          fc.maxSafeInteger().map((number) => number + 0),
          fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
          fc.array(tie('value')),
          fc.dictionary(key, tie('value')),
        ),
      }));
      const samples = fc.sample(value, { numRuns: 100, seed: 20230621 }) as JsonValue[];
      const events = samples.map((facts) => ({
        id: randomUUID(),
        type: 'ActionRaised',
        bytes: canonicalBytes({ facts }),
      }));
      expect(await store.append('actions-1', 0, events)).toMatchObject({ outcome: 'stored', version: 100 });
      const { events: back } = await store.readStream('actions-1');
      back.forEach(({ bytes }, index) => expect(Buffer.from(bytes).toString()).toBe(events[index]!.bytes.toString()));
    });

    it('is refused as a mistake before it is sent when the client could not send it, or would not bring it back', async () => {
      const store = await open();
      const good = newEvent('actions-1');
      const bad = {
        'the id of an event is a UUID': { ...good, id: 'not-a-uuid' },
        'the type of an event is a word': { ...good, type: '' },
        'these bytes are not JSON': { ...good, bytes: Buffer.from('{') },
        'these bytes would not come back': { ...good, bytes: Buffer.from('{"b":1, "a":1.0}') },
      };
      for (const [reason, event] of Object.entries(bad))
        await expect(store.append('actions-1', 0, [event])).rejects.toThrow(reason);
      for (const stream of ['', 'with space', 'line\nbreak'])
        await expect(store.append(stream, 0, [good])).rejects.toThrow(TypeError);
      for (const version of [-1, 0.5, Number.NaN])
        await expect(store.append('actions-1', version, [good])).rejects.toThrow(RangeError);
      await expect(store.readStream('actions-1', 0, 0)).rejects.toThrow(RangeError);
      expect(await store.head()).toBeNull();
    });
  });

  describe('against other data under the same id', () => {
    const attempts = (stream: string) => {
      const first = newEvent(stream, { amount: 1 });
      return { first, other: newEvent(stream, { amount: 2 }, first.id) };
    };

    it('reads back what this process wrote before, and refuses', async () => {
      const store = await open();
      const { first, other } = attempts('actions-1');
      await store.append('actions-1', 0, [first]);
      expect(await store.append('actions-1', 0, [other])).toMatchObject({ outcome: 'refused', limit: 'duplicate-id' });
      expect(await store.append('actions-1', 0, [first])).toMatchObject({ outcome: 'stored', version: 1 });
    });

    it('reads back what a process before it wrote, which it knows by its place in the log', async () => {
      const { first, other } = attempts('actions-1');
      await (await open()).append('actions-1', 0, [first]);
      expect(await (await open()).append('actions-1', 0, [other])).toMatchObject({
        outcome: 'refused',
        limit: 'duplicate-id',
      });
    });

    it('would say "stored" of what is lost, without reading back', async () => {
      const store = await open({ defencesOff: ['read-back'] });
      const { first, other } = attempts('actions-1');
      await store.append('actions-1', 0, [first]);
      expect(await store.append('actions-1', 0, [other])).toMatchObject({ outcome: 'stored' });
      expect(Buffer.from((await store.readStream('actions-1')).events[0]!.bytes).equals(first.bytes)).toBe(true);
    });
  });

  describe('against an id written twice', () => {
    it.each([
      ['that it wrote', async (store: EventStore) => store],
      [
        'that it read',
        async () => {
          const again = await open();
          await again.readStream('actions-1');
          return again;
        },
      ],
    ])('refuses at the end of a stream an id %s there before, and in another stream', async (_how, knowing) => {
      const event = newEvent('actions-1');
      const writer = await open();
      await writer.append('actions-1', 0, [event]);
      const store = await knowing(writer);
      expect(await store.append('actions-1', 1, [event])).toMatchObject({ outcome: 'refused', limit: 'duplicate-id' });
      expect(await store.append('actions-2', 0, [event])).toMatchObject({ outcome: 'refused', limit: 'duplicate-id' });
      expect(await recorded('actions-1')).toHaveLength(1);
    });

    it('would write it twice without knowing ids', async () => {
      const store = await open({ defencesOff: ['known-ids'] });
      const event = newEvent('actions-1');
      await store.append('actions-1', 0, [event]);
      expect(await store.append('actions-1', 1, [event])).toMatchObject({ outcome: 'stored', version: 2 });
      expect((await recorded('actions-1')).map(({ id }) => id)).toEqual([event.id, event.id]);
    });

    it('lets an id be used after all when its attempt was answered with a conflict', async () => {
      const store = await open();
      const event = newEvent('actions-1');
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      expect(await store.append('actions-1', 0, [event])).toEqual({ outcome: 'conflict', actualVersion: 1 });
      expect(await store.append('actions-1', 1, [event])).toMatchObject({ outcome: 'stored', version: 2 });
    });
  });

  describe('against a damaged stream', () => {
    it('says so when metadata hides a part of it', async () => {
      const store = await open();
      await store.append('actions-1', 0, newEvents('actions-1', 3));
      await client.setStreamMetadata(`${ledger}.actions-1`, { truncateBefore: 2 }, { credentials });
      await expect(store.readStream('actions-1')).rejects.toMatchObject({ name: 'StoreDamaged' });
      expect((await store.readStream('actions-1', 2)).events.map(({ version }) => version)).toEqual([3]);
    });

    it('says so when somebody else wrote into it', async () => {
      const store = await open();
      const foreign = binaryEvent({ type: 'Foreign', data: Uint8Array.from([1, 2, 3]) });
      await client.appendToStream(`${ledger}.actions-1`, foreign, { expectedRevision: NO_STREAM, credentials });
      await expect(store.readStream('actions-1')).rejects.toMatchObject({ name: 'StoreDamaged' });
      await expect(store.readAll()).rejects.toMatchObject({ name: 'StoreDamaged' });
    });
  });

  describe('positions', () => {
    it('are compared as whole numbers of any length', async () => {
      const store = await open();
      expect(store.isBefore('9007199254740993/9007199254740993', '9007199254740992/9007199254740992')).toBe(false);
      expect(store.isBefore('9007199254740992/9007199254740992', '9007199254740993/9007199254740993')).toBe(true);
      expect(store.isBefore('9/9', '10/10')).toBe(true);
      expect(store.isBefore('9/9~12/0', '10/10')).toBe(false);
      expect(() => store.isBefore('elsewhere', '1/1')).toThrow(RangeError);
    });

    it('are given out only for the end of an append: without that, a page would end inside one', async () => {
      const store = await open({ defencesOff: ['whole-appends'] });
      await store.append('actions-1', 0, newEvents('actions-1', 3));
      expect((await store.readAll(undefined, 2)).events).toHaveLength(2);
      const whole = await open();
      expect((await whole.readAll(undefined, 2)).events).toHaveLength(3);
    });

    const elsewhere = async (): Promise<string[]> => {
      const other = await openEsdbEventStore({ url: server.url, ledger: newLedgerName() });
      opened.push(other);
      const result = await other.append('actions-1', 0, [newEvent('actions-1')]);
      return [(result as { position: string }).position, '1000000000000/1000000000000'];
    };

    it('of another ledger, and beyond the end, are found out: the server takes any', async () => {
      const store = await open();
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      for (const position of await elsewhere()) {
        await expect(store.readAll(position)).rejects.toMatchObject({ name: 'StoreDamaged' });
        const alarms: StoreAlarm[] = [];
        const follower = await open({ onAlarm: (alarm) => alarms.push(alarm) });
        const delivered: LoggedEvent[] = [];
        const states: string[] = [];
        const following = follower.follow(position, {
          events: async (events) => void delivered.push(...events),
          connection: (state) => states.push(state),
        });
        await eventually(() => alarms.length > 0 && states.length > 0);
        expect(alarms.map(({ code }) => code)).toEqual(['STORE_DAMAGED']);
        expect(states).toEqual(['down']);
        expect(delivered).toEqual([]);
        await following.stop();
      }
    });

    it('of another ledger would pass unnoticed without the gate', async () => {
      const store = await open({ defencesOff: ['position-gate'] });
      for (const position of await elsewhere())
        expect(await store.readAll(position)).toEqual({ events: [], atEnd: true });
    });
  });

  describe('the head', () => {
    it('is the last event of this ledger, however much others wrote after it, and is read anew', async () => {
      const store = await open();
      const neighbour = await openEsdbEventStore({ url: server.url, ledger: `${ledger}x` });
      opened.push(neighbour);
      const crowd = async (stream: string, appends: number): Promise<void> => {
        for (let version = 0; version < appends * 500; version += 500)
          expect(await neighbour.append(stream, version, newEvents(stream, 500))).toMatchObject({ outcome: 'stored' });
      };
      const positionOf = async (stream: string): Promise<string> =>
        ((await store.append(stream, 0, newEvents(stream, 2))) as { position: string }).position;
      await crowd('meetings-1', 4);
      expect(await store.head()).toBeNull();
      const first = await positionOf('actions-1');
      expect(await store.head()).toBe(first);
      await crowd('meetings-2', 4);
      expect(await store.head()).toBe(first);
      expect(await store.head()).toBe(first);
      expect(await (await open()).head()).toBe(first);
      await crowd('meetings-3', 1);
      const second = await positionOf('actions-2');
      await crowd('meetings-4', 4);
      expect(await store.head()).toBe(second);
    });
  });

  it('gives checkpoints to a follower of a quiet ledger in a busy database, from which nothing is lost and nothing repeated', async () => {
    const store = await open();
    const neighbour = await openEsdbEventStore({ url: server.url, ledger: `${ledger}x` });
    opened.push(neighbour);
    const { position } = (await store.append('actions-1', 0, [newEvent('actions-1')])) as { position: string };
    const checkpoints: string[] = [];
    const delivered: LoggedEvent[] = [];
    const follower = {
      events: async (events: readonly LoggedEvent[]) => void delivered.push(...events),
      checkpoint: async (reached: string) => void checkpoints.push(reached),
    };
    const following = store.follow(null, follower);
    await eventually(() => delivered.length === 1);
    const before = checkpoints.length;
    for (let version = 0; version < 600; version += 50)
      await neighbour.append('meetings-1', version, newEvents('meetings-1', 50));
    await eventually(() => checkpoints.length > before);
    await following.stop();
    expect(store.isBefore(position, checkpoints.at(-1)!)).toBe(true);
    const next = newEvent('actions-2');
    await store.append('actions-2', 0, [next]);
    expect((await store.readAll(checkpoints.at(-1))).events.map(({ id }) => id)).toEqual([next.id]);
    const resumed = store.follow(checkpoints.at(-1)!, follower);
    await eventually(() => delivered.length === 2);
    await resumed.stop();
    expect(delivered.map(({ id }) => id).at(-1)).toBe(next.id);
  });

  it('never shows a ledger whose name begins like another the events of that one', async () => {
    const [ours, theirs] = [await open(), await openEsdbEventStore({ url: server.url, ledger: `${ledger}x` })];
    opened.push(theirs);
    await theirs.append('actions-1', 0, [newEvent('actions-1')]);
    expect(await ours.readAll()).toEqual({ events: [], atEnd: true });
    expect(await ours.head()).toBeNull();
    await expect(openEsdbEventStore({ url: server.url, ledger: 'with.dot' })).rejects.toThrow(RangeError);
  });

  it('wants a user and a password for an address with TLS, because without credentials the client takes its batch path', async () => {
    await expect(openEsdbEventStore({ url: 'esdb://127.0.0.1:1', ledger })).rejects.toThrow('user and a password');
  });
});
