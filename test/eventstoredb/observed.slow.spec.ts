import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type AppendResult,
  type JSONType,
  type Position,
} from '@eventstore/db-client';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { eventually, newLedgerName } from './places.ts';

/**
 * What the adapter relies on, asked of the server itself through the bare client: the protocol server must do as a real one was seen to,
 * and a real one must still do so.
 */
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

describe.each(SERVERS)('%s', (_, start) => {
  let server: { url: string; stop(): void };
  let client: EventStoreDBClient;
  let ledger: string;
  let stream: string;

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
    stream = `${ledger}.actions-1`;
  });

  const event = (data: JSONType = { n: 1 }, id: string = randomUUID()) => jsonEvent({ id, type: 'ActionRaised', data });
  const append = (events: ReturnType<typeof event>[], expectedRevision: AppendExpectedRevision, to = stream) =>
    client.appendToStream(to, events, { expectedRevision, credentials });
  const readStream = async (options: Parameters<EventStoreDBClient['readStream']>[1] = {}, name = stream) => {
    const events = [];
    for await (const { event: read } of client.readStream(name, options)) events.push(read!);
    return events;
  };
  const readAll = async (options: Parameters<EventStoreDBClient['readAll']>[0]) => {
    const events: AllStreamResolvedEvent[] = [];
    for await (const read of client.readAll(options)) events.push(read);
    return events.map(({ event: read }) => read!);
  };

  describe('an append', () => {
    it('answers with the revision and one position, of the last event', async () => {
      const one = await append([event()], NO_STREAM);
      const three = await append([event(), event(), event()], 0n);
      expect([one.success, one.nextExpectedRevision, three.nextExpectedRevision]).toEqual([true, 0n, 3n]);
      expect(three.position!.commit).toBe(three.position!.prepare);
      expect((await readStream()).at(-1)!.position).toEqual(three.position);
    });

    it('answers a repeat with an explicit revision or no_stream as the first time, however late', async () => {
      const [first, second] = [[event(), event()], [event()]];
      const answers = [await append(first, NO_STREAM), await append(second, 1n)];
      await append(
        Array.from({ length: 1_500 }, () => event()),
        2n,
      );
      expect([await append(first, NO_STREAM), await append(second, 1n)]).toEqual(answers);
      expect(await readStream()).toHaveLength(1_503);
    });

    it('compares ids only: other data under the same id is answered with success, and lost', async () => {
      const id = randomUUID();
      const first = await append([event({ amount: 1 }, id)], NO_STREAM);
      expect(await append([event({ amount: 2 }, id)], NO_STREAM)).toEqual(first);
      expect((await readStream()).map(({ data }) => data)).toEqual([{ amount: 1 }]);
    });

    it('writes an id a second time at the current revision, and two equal ids of one append both', async () => {
      const one = event();
      await append([one, one], NO_STREAM);
      await append([one], 1n);
      expect((await readStream()).map(({ id }) => id)).toEqual([one.id, one.id, one.id]);
    });

    it('takes the beginning of an earlier append for a repeat, and refuses what overlaps it only in part', async () => {
      const events = [event(), event()];
      await append(events, NO_STREAM);
      expect(await append(events.slice(0, 1), NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
      await expect(append([...events, event()], NO_STREAM)).rejects.toMatchObject({ type: 'wrong-expected-version' });
      expect(await readStream()).toHaveLength(2);
    });

    it('tells the actual revision when another was expected', async () => {
      await expect(append([event()], 4n)).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 'no_stream',
      });
      await append([event(), event()], NO_STREAM);
      await expect(append([event()], NO_STREAM)).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
    });

    it('of nothing creates nothing', async () => {
      expect((await append([], NO_STREAM)).success).toBe(true);
      await expect(readStream()).rejects.toMatchObject({ type: 'stream-not-found' });
    });

    it('is refused over 1,048,576 bytes of data, types not counted', async () => {
      const padded = (bytes: number) => event({ p: 'x'.repeat(bytes - '{"p":""}'.length) });
      const refusal = { type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 };
      const most = 1_048_576;
      await expect(append([padded(most + 1)], NO_STREAM)).rejects.toMatchObject(refusal);
      expect((await append([padded(most)], NO_STREAM)).success).toBe(true);
    });
  });

  describe('a read of a stream', () => {
    it('says that an absent stream is not found', async () => {
      await expect(readStream()).rejects.toMatchObject({ type: 'stream-not-found' });
    });

    it('is empty past the end', async () => {
      await append([event()], NO_STREAM);
      expect(await readStream({ fromRevision: 5n })).toEqual([]);
    });

    it('fails for no events at all, and forwards from the end', async () => {
      await append([event()], NO_STREAM);
      await expect(readStream({ maxCount: 0 })).rejects.toMatchObject({ type: 'unknown' });
      await expect(readStream({ fromRevision: END, direction: FORWARDS })).rejects.toMatchObject({ type: 'unknown' });
    });

    it('tells where each event stands in the log, and when the server wrote it', async () => {
      const { position } = await append([event()], NO_STREAM);
      const [read] = await readStream();
      expect(read!.position).toEqual(position);
      expect(Math.abs(read!.created.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('does not show what the metadata hides, while the log of all events does', async () => {
      const appended = await append([event(), event(), event()], NO_STREAM);
      await client.setStreamMetadata(stream, { truncateBefore: 2 }, { credentials });
      expect((await readStream()).map(({ revision }) => revision)).toEqual([2n]);
      const back = await readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 100 });
      expect(back.filter(({ streamId }) => streamId === stream)).toHaveLength(3);
      expect(back.some(({ position }) => position.commit === appended.position!.commit)).toBe(true);
    });
  });

  describe('a read of all events', () => {
    let positions: Position[];
    beforeEach(async () => {
      const answers: AppendResult[] = [];
      for (let revision = -1n; revision < 2n; revision += 1n)
        answers.push(await append([event()], revision < 0n ? NO_STREAM : revision));
      positions = answers.map(({ position }) => position!);
    });

    it('begins with the position forwards, and before it backwards', async () => {
      const [first, second] = positions;
      expect((await readAll({ fromPosition: second!, maxCount: 1 }))[0]!.position).toEqual(second);
      const back = await readAll({ fromPosition: second!, direction: BACKWARDS, maxCount: 20 });
      expect(back.find(({ streamId }) => streamId === stream)!.position).toEqual(first);
    });

    it('fails from a position where no event starts', async () => {
      const { commit, prepare } = positions[0]!;
      const between = { commit: commit + 1n, prepare: prepare + 1n };
      await expect(readAll({ fromPosition: between, maxCount: 1 })).rejects.toMatchObject({ type: 'unknown', code: 2 });
    });

    it('finds nothing beyond the end', async () => {
      const beyond = 1_000_000_000_000n;
      expect(await readAll({ fromPosition: { commit: beyond, prepare: beyond }, maxCount: 1 })).toEqual([]);
    });
  });

  describe('a subscription to all events', () => {
    async function subscribed<Result>(
      fromPosition: Position | 'start' | 'end',
      prefix: string,
      during: (seen: { ids: string[]; checkpoints: Position[]; said: string[] }) => Promise<Result>,
    ): Promise<Result> {
      const seen = { ids: [] as string[], checkpoints: [] as Position[], said: [] as string[] };
      const filter = streamNameFilter({
        prefixes: [prefix],
        checkpointInterval: 1,
        checkpointReached: (_subscription, position) => void seen.checkpoints.push(position),
      });
      const subscription = client.subscribeToAll({ fromPosition, filter });
      for (const name of ['confirmation', 'caughtUp'] as const) subscription.on(name, () => seen.said.push(name));
      subscription.on('data', ({ event: read }: AllStreamResolvedEvent) => seen.ids.push(read!.id));
      subscription.on('error', () => undefined);
      try {
        return await during(seen);
      } finally {
        await subscription.unsubscribe();
      }
    }

    it('goes on after the position that it is given, and says when it has caught up', async () => {
      const events = [event(), event(), event()];
      const first = await append(events.slice(0, 1), NO_STREAM);
      await append(events.slice(1), 0n);
      await subscribed(first.position!, `${ledger}.`, async (seen) => {
        await eventually(() => seen.ids.length === 2 && seen.said.includes('caughtUp'));
        expect(seen.ids).toEqual(events.slice(1).map(({ id }) => id));
        expect(seen.said).toEqual(['confirmation', 'caughtUp']);
      });
    });

    it('passes over streams that the prefix leaves out', async () => {
      const [ours, theirs] = [event(), event()];
      await append([theirs], NO_STREAM, `${ledger}x.actions-1`);
      await append([ours], NO_STREAM);
      await subscribed('start', `${ledger}.`, async (seen) => {
        await eventually(() => seen.said.includes('caughtUp') && seen.ids.length > 0);
        expect(seen.ids).toEqual([ours.id]);
      });
    });

    it('gives checkpoints without events, from which nothing is lost and nothing repeated', async () => {
      const { position } = await append([event()], NO_STREAM);
      const others = Array.from({ length: 100 }, () => event());
      await append(others, NO_STREAM, `${ledger}x.actions-1`);
      const checkpoint = await subscribed(position!, `${ledger}.`, async (seen) => {
        await eventually(() => seen.said.includes('caughtUp') && seen.checkpoints.length > 0);
        expect(seen.ids).toEqual([]);
        return seen.checkpoints.at(-1)!;
      });
      expect(checkpoint.commit).toBeGreaterThan(position!.commit);
      const next = event();
      await append([next], 0n);
      await subscribed(checkpoint, `${ledger}.`, async (seen) => {
        await eventually(() => seen.ids.length > 0);
        expect(seen.ids).toEqual([next.id]);
      });
    });

    it('takes a position far beyond the end, and then delivers what stands before it', async () => {
      const beyond = 1_000_000_000_000n;
      await append([event()], NO_STREAM);
      await subscribed({ commit: beyond, prepare: beyond }, `${ledger}.`, async (seen) => {
        await eventually(() => seen.said.includes('confirmation'));
        const later = event();
        const { position } = await append([later], 0n);
        expect(position!.commit).toBeLessThan(beyond);
        await eventually(() => seen.ids.includes(later.id));
      });
    });
  });
});
