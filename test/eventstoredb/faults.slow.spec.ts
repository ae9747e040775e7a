import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEsdbEventStore, type EsdbOptions, type StoreAlarm } from '../../libs/event-store-esdb/index.ts';
import type { AppendResult, EventStore, Follower, LoggedEvent, NewEvent } from '../../libs/event-store/index.ts';
import { canonicalBytes, parseCanonical } from '../../libs/ledger/index.ts';
import { newEvent, newEvents } from '../contract/stored-events.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { eventually, newLedgerName } from './places.ts';

/** Servers that die, stall, drop answers and lie. Only the protocol server can be told to. */
describe('when the server fails', () => {
  let server: ProtocolServer;
  let ledger: string;
  const opened: EventStore[] = [];
  const open = async (options: Partial<EsdbOptions> = {}): Promise<EventStore> => {
    const store = await openEsdbEventStore({ url: server.url, ledger, ...options });
    opened.push(store);
    return store;
  };
  const idsIn = (stream: string): string[] => server.log.stream(`${ledger}.${stream}`)?.map(({ id }) => id) ?? [];

  beforeEach(async () => {
    server = new ProtocolServer();
    await server.start();
    ledger = newLedgerName();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    server.stop();
  });

  describe('an append', () => {
    it.each([
      ['stored, and its answer is lost', 'store-and-keep-silent' as const, 1_000],
      ['stored, and the connection breaks', { storeAndFail: 14 }, 1_000],
      ['stored, and the server fails in a way that nobody knows', { storeAndFail: 2 }, 1_000],
      ['lost on the way', 'drop' as const, 1_000],
      ['turned away by a server that goes away', { fail: 14 }, 1_000],
      ['turned away by a server that is too slow', { fail: 10 }, 1_000],
    ])('that is %s is answered "stored" in time, and stands there once', async (_, fault, deadline) => {
      const store = await open();
      const events = newEvents('actions-1', 2);
      server.failAppends(fault);
      const began = performance.now();
      expect(await store.append('actions-1', 0, events, { deadline })).toMatchObject({ outcome: 'stored', version: 2 });
      expect(performance.now() - began).toBeLessThan(deadline + 100);
      expect(idsIn('actions-1')).toEqual(events.map(({ id }) => id));
    });

    it('that cannot be decided is answered "unknown" within its deadline, and "stored" when it is repeated later', async () => {
      const store = await open();
      const event = newEvent('actions-1');
      server.stop();
      for (const deadline of [200, 600, 1_500]) {
        const began = performance.now();
        const result = await store.append('actions-1', 0, [event], { deadline });
        expect(result).toEqual({ outcome: 'unknown', reason: expect.any(String) });
        expect(performance.now() - began).toBeLessThan(deadline + 100);
      }
      await server.start();
      expect(await store.append('actions-1', 0, [event])).toMatchObject({ outcome: 'stored', version: 1 });
      expect(idsIn('actions-1')).toEqual([event.id]);
    });

    it('that a frozen server takes late is found, and not written again', async () => {
      const store = await open();
      const event = newEvent('actions-1');
      server.freeze();
      expect(await store.append('actions-1', 0, [event], { deadline: 300 })).toMatchObject({ outcome: 'unknown' });
      server.thaw();
      await eventually(() => idsIn('actions-1').length === 1);
      expect(await store.append('actions-1', 0, [event])).toMatchObject({ outcome: 'stored', version: 1 });
      expect(idsIn('actions-1')).toEqual([event.id]);
    });

    it('waits for a server that is frozen for a moment', async () => {
      const store = await open();
      server.freeze();
      setTimeout(() => server.thaw(), 300);
      expect(await store.append('actions-1', 0, [newEvent('actions-1')])).toMatchObject({ outcome: 'stored' });
    });

    it('of another writer in between is told as a conflict, even after a doubt', async () => {
      const store = await open();
      const rival = await open();
      server.failAppends({ fail: 14 });
      const attempt = store.append('actions-1', 0, [newEvent('actions-1')]);
      await eventually(() => server.calls.append === 1);
      await rival.append('actions-1', 0, newEvents('actions-1', 3));
      expect(await attempt).toEqual({ outcome: 'conflict', actualVersion: 3 });
    });

    it('with a definite answer is sent once', async () => {
      const store = await open();
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      const before = server.calls.append;
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      expect(server.calls.append).toBe(before + 1);
    });

    it('over a limit is refused before it is sent', async () => {
      const store = await open();
      const large = { ...newEvent('actions-1'), bytes: canonicalBytes({ padding: 'x'.repeat(70_000) }) };
      expect(await store.append('actions-1', 0, [large])).toMatchObject({
        outcome: 'refused',
        limit: 'event-too-large',
      });
      expect(server.calls.append).toBe(0);
    });

    it('never takes the client’s shared batch path, which it would without credentials of its own', async () => {
      const store = await open();
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      expect(server.calls).toMatchObject({ append: 1, batchAppend: 0, features: 0 });
      const careless = await open({ defencesOff: ['plain-path'] });
      await careless.append('actions-2', 0, [newEvent('actions-2')], { deadline: 300 });
      expect(server.calls.batchAppend).toBeGreaterThan(0);
    });

    it('waits for its turn when many are under way, so that repeats after an outage do not choke the server', async () => {
      for (const [defencesOff, most] of [[[], 64] as const, [['slots'] as const, 200] as const]) {
        const store = await open({ defencesOff });
        server.calls.append = 0;
        server.freeze();
        const appends = Array.from({ length: 200 }, () => {
          const stream = `actions-${randomUUID()}`;
          return store.append(stream, 0, [newEvent(stream)], { deadline: 20_000 });
        });
        await eventually(() => server.calls.append >= most);
        await new Promise((resume) => setTimeout(resume, 200));
        expect(server.calls.append).toBe(most);
        server.thaw();
        for (const result of await Promise.all(appends)) expect(result).toMatchObject({ outcome: 'stored' });
      }
    });

    it('survives any kill under load: nothing acknowledged is lost, nothing is written twice, everything is decided in the end', async () => {
      const store = await open();
      const attempts = Array.from({ length: 300 }, (_, index) => {
        const stream = `actions-${index}`;
        return { stream, events: newEvents(stream, 1 + (index % 3)) };
      });
      const kills = (async () => {
        for (const answered of [20, 80, 140]) {
          await eventually(() => server.calls.append >= answered);
          server.stop();
          await new Promise((resume) => setTimeout(resume, 60));
          await server.start();
        }
      })();
      const decide = async ({ stream, events }: (typeof attempts)[number]): Promise<AppendResult> => {
        for (;;) {
          const result = await store.append(stream, 0, events, { deadline: 3_000 });
          if (result.outcome !== 'unknown') return result;
          await new Promise((resume) => setTimeout(resume, 50));
        }
      };
      const results = await Promise.all(attempts.map(decide));
      await kills;
      expect(results.filter(({ outcome }) => outcome !== 'stored')).toEqual([]);
      for (const { stream, events } of attempts) expect(idsIn(stream)).toEqual(events.map(({ id }) => id));
    });
  });

  describe('a starting server', () => {
    it.each(['unavailable', 'unknown'] as const)('that is not ready (%s) is waited for', async (how) => {
      const store = await open();
      server.notReady = how;
      const opening = open();
      const appending = store.append('actions-1', 0, [newEvent('actions-1')]);
      const reading = store.readStream('actions-2');
      setTimeout(() => (server.notReady = null), 400);
      expect(await appending).toMatchObject({ outcome: 'stored' });
      expect(await reading).toEqual({ events: [], atEnd: true });
      expect(await (await opening).head()).not.toBeNull();
    });

    it('that never comes is given up at the start', async () => {
      server.stop();
      await expect(open({ openWithin: 300 })).rejects.toMatchObject({ name: 'StoreUnavailable' });
    });
  });

  it('every read of a frozen server ends within 8 s, while the client alone would wait for ever', async () => {
    const store = await open();
    const client = EventStoreDBClient.connectionString(server.url);
    server.freeze();
    let bareEnded = false;
    const bare = client.readStream(`${ledger}.actions-1`, { maxCount: 1, deadline: 500 });
    bare.on('error', () => (bareEnded = true)).on('end', () => (bareEnded = true));
    const began = performance.now();
    const reads = [store.readStream('actions-1'), store.readAll(), store.head()].map((read) =>
      expect(read).rejects.toMatchObject({ name: 'StoreUnavailable' }),
    );
    await Promise.all(reads);
    expect(performance.now() - began).toBeLessThan(8_500);
    expect(bareEnded).toBe(false);
    server.thaw();
    await eventually(() => bareEnded);
    await client.dispose();
  });

  describe('following', () => {
    /** Takes what it is given, and keeps it. */
    class Keeper implements Follower {
      readonly events_: LoggedEvent[] = [];
      readonly states: string[] = [];
      readonly checkpoints: string[] = [];
      caughtUp = false;
      async events(events: readonly LoggedEvent[], caughtUp: boolean): Promise<void> {
        this.events_.push(...events);
        this.caughtUp = caughtUp;
      }

      async checkpoint(position: string): Promise<void> {
        this.checkpoints.push(position);
      }

      connection(state: 'up' | 'down'): void {
        this.states.push(state);
      }

      get ids(): string[] {
        return this.events_.map(({ id }) => id);
      }
    }

    const write = async (store: EventStore, stream: string, count: number): Promise<void> => {
      for (let version = 0; version < count; version += 1)
        expect(await store.append(stream, version, [newEvent(stream)])).toMatchObject({ outcome: 'stored' });
    };
    const written = (): string[] =>
      server.log.all.filter(({ stream }) => stream.startsWith(`${ledger}.`)).map(({ id }) => id);

    it('goes on by itself after the server was away, and says so; nothing is lost or delivered twice', async () => {
      const store = await open();
      const keeper = new Keeper();
      const following = store.follow(null, keeper);
      await write(store, 'actions-1', 20);
      await eventually(() => keeper.ids.length === 20);
      server.stop();
      await eventually(() => keeper.states.includes('down'));
      await server.start();
      await write(store, 'actions-2', 20);
      await eventually(() => keeper.ids.length === 40 && keeper.caughtUp);
      await following.stop();
      expect(keeper.ids).toEqual(written());
      expect(keeper.states).toEqual(['down', 'up']);
    });

    it('would end at the first drop without subscribing again', async () => {
      const store = await open({ defencesOff: ['resubscribe'] });
      const keeper = new Keeper();
      store.follow(null, keeper);
      await write(store, 'actions-1', 2);
      await eventually(() => keeper.ids.length === 2);
      server.dropSubscriptions(14);
      await eventually(() => keeper.states.includes('down'));
      await write(store, 'actions-2', 2);
      await new Promise((resume) => setTimeout(resume, 300));
      expect(keeper.ids).toHaveLength(2);
    });

    it.each([10, 13, 14])(
      'loses and repeats nothing when the server drops it again and again with code %i',
      async (code) => {
        const store = await open();
        const keeper = new Keeper();
        const following = store.follow(null, keeper);
        const dropping = setInterval(() => server.dropSubscriptions(code), 70);
        const streams = Array.from({ length: 30 }, (_, index) => `actions-${index}`);
        for (const stream of streams) {
          await Promise.all([
            store.append(stream, 0, newEvents(stream, 3)),
            store.append(`${stream}-b`, 0, newEvents(`${stream}-b`, 2)),
          ]);
          await new Promise((resume) => setTimeout(resume, 10));
        }
        clearInterval(dropping);
        await eventually(() => keeper.ids.length >= 150);
        await following.stop();
        expect(server.calls.subscribe).toBeGreaterThan(2);
        expect(keeper.ids).toEqual(written());
        // A follower that is only too slow is not told that the store went away.
        expect(keeper.states.includes('down')).toBe(code !== 10);
      },
    );

    it('is dropped when it is too slow for live events, and gets them all, once, all the same', async () => {
      const store = await open();
      const keeper = new Keeper();
      let quicken = (): void => undefined;
      const slow = new Promise<void>((resume) => (quicken = resume));
      const following = store.follow(null, {
        events: async (events, caughtUp) => {
          await slow;
          await keeper.events(events, caughtUp);
        },
      });
      await eventually(() => server.subscriptions === 1);
      const large = (stream: string): NewEvent => ({
        ...newEvent(stream),
        bytes: canonicalBytes({ padding: 'x'.repeat(5_000) }),
      });
      for (let burst = 0; burst < 100 && server.subscriptions === 1; burst += 1) {
        const stream = `actions-${burst}`;
        await store.append(
          stream,
          0,
          Array.from({ length: 100 }, () => large(stream)),
        );
      }
      expect(server.subscriptions).toBe(0);
      quicken();
      await eventually(() => keeper.ids.length >= written().length, 20_000);
      await following.stop();
      expect(keeper.ids).toEqual(written());
    });

    it('brings a batch again that the follower failed to take, and no batch after it before', async () => {
      const store = await open();
      const keeper = new Keeper();
      let failures = 3;
      const following = store.follow(null, {
        events: async (events, caughtUp) => {
          if (events.length > 0 && failures-- > 0) throw new Error('the table is locked');
          await keeper.events(events, caughtUp);
        },
        connection: (state) => keeper.connection(state),
      });
      await write(store, 'actions-1', 5);
      await eventually(() => keeper.ids.length === 5);
      await following.stop();
      expect(keeper.ids).toEqual(written());
      expect(keeper.states).toEqual(['down', 'up']);
    });

    it('survives a follower that fails to take a checkpoint, in which the client alone stands still', async () => {
      const store = await open();
      const keeper = new Keeper();
      let failures = 2;
      // A server that catches up gives a checkpoint at the end.
      await write(store, 'actions-1', 3);
      const following = store.follow(null, {
        events: (events, caughtUp) => keeper.events(events, caughtUp),
        checkpoint: async (position) => {
          if (failures-- > 0) throw new Error('the disk is full');
          await keeper.checkpoint(position);
        },
      });
      await eventually(() => keeper.ids.length === 3 && keeper.checkpoints.length > 0);
      await write(store, 'actions-2', 3);
      await eventually(() => keeper.ids.length === 6);
      await following.stop();
      expect(keeper.ids).toEqual(written());
    });

    it('halts, with an alarm, when the database was restored from an older backup', async () => {
      const alarms: StoreAlarm[] = [];
      const store = await open({ onAlarm: (alarm) => alarms.push(alarm) });
      const keeper = new Keeper();
      const following = store.follow(null, keeper);
      await write(store, 'actions-1', 5);
      await eventually(() => keeper.ids.length === 5);
      server.stop();
      server.log.forgetAfter(server.log.all[1]!.position);
      await server.start();
      await eventually(() => alarms.length > 0);
      await following.stop();
      expect(alarms.map(({ code }) => code)).toEqual(['STORE_DAMAGED']);
      expect(keeper.states).toEqual(['down']);
    });

    it.each([
      ['before anything came', async () => undefined],
      ['while the server is away', async () => server.stop()],
      ['while the server is frozen', async () => server.freeze()],
      ['after a drop', async () => server.dropSubscriptions(14)],
    ])('stops at once %s', async (_, fault) => {
      const store = await open();
      const following = store.follow(null, new Keeper());
      if (_ !== 'before anything came') await eventually(() => server.subscriptions === 1);
      await fault();
      await new Promise((resume) => setTimeout(resume, 100));
      const began = performance.now();
      await following.stop();
      await following.stop();
      expect(performance.now() - began).toBeLessThan(500);
    });
  });

  it.each([
    ['frozen', () => server.freeze()],
    ['away', () => server.stop()],
  ])('closes in bounded time while the server is %s and a follower keeps its batch for ever', async (_, fault) => {
    const store = await open();
    let took = false;
    store.follow(null, {
      events: () => {
        took = true;
        return new Promise(() => undefined);
      },
    });
    await store.append('actions-1', 0, [newEvent('actions-1')]);
    await eventually(() => took);
    fault();
    const pending = store.append('actions-2', 0, [newEvent('actions-2')], { deadline: 1_000 });
    const began = performance.now();
    await store.close();
    expect(performance.now() - began).toBeLessThan(6_000);
    expect((await pending).outcome).not.toBe('stored');
  });

  describe('an acknowledged event', () => {
    const watched = async (options: Partial<EsdbOptions> = {}) => {
      const alarms: StoreAlarm[] = [];
      const store = await open({ patience: 200, onAlarm: (alarm) => alarms.push(alarm), ...options });
      const seen: string[] = [];
      store.follow(null, { events: async (events) => void seen.push(...events.map(({ id }) => id)) });
      await eventually(() => server.subscriptions === 1);
      return { alarms, store, seen };
    };
    const aWhile = (): Promise<void> => new Promise((resume) => setTimeout(resume, 800));

    it.each([false, true])(
      'that the log of all events does not show raises an alarm (others after it: %s)',
      async (others) => {
        const { alarms, store } = await watched();
        server.hideFromAll = 1;
        const lost = newEvent('actions-1');
        expect(await store.append('actions-1', 0, [lost])).toMatchObject({ outcome: 'stored' });
        if (others) await store.append('actions-2', 0, [newEvent('actions-2')]);
        await eventually(() => alarms.length > 0);
        await aWhile();
        expect(alarms).toEqual([{ code: 'ACKED_MISSING', eventId: lost.id, sentence: expect.any(String) }]);
      },
    );

    it('would be missed by nobody without being waited for', async () => {
      const { alarms, store } = await watched({ defencesOff: ['ack-watch'] });
      server.hideFromAll = 1;
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      await aWhile();
      expect(alarms).toEqual([]);
    });

    it('raises no alarm while the log shows it, is late with it, or nobody follows', async () => {
      const { alarms, store, seen } = await watched();
      const [shown, late] = [newEvent('actions-1'), newEvent('actions-2')];
      await store.append('actions-1', 0, [shown]);
      await eventually(() => seen.length === 1);
      const appending = store.append('actions-2', 0, [late]);
      await eventually(() => idsIn('actions-2').length === 1);
      server.freeze();
      await aWhile();
      server.thaw();
      await appending;
      await eventually(() => seen.length === 2);
      const alone = await open({ patience: 100, onAlarm: (alarm) => alarms.push(alarm) });
      await alone.append('actions-3', 0, [newEvent('actions-3')]);
      await aWhile();
      expect(alarms).toEqual([]);
    });

    it('that the log shows with other bytes raises an alarm', async () => {
      const alarms: StoreAlarm[] = [];
      const store = await open({ onAlarm: (alarm) => alarms.push(alarm) });
      let release = (): void => undefined;
      const held = new Promise<void>((resume) => (release = resume));
      store.follow(null, { events: () => held });
      await store.append('actions-1', 0, [newEvent('actions-1')]);
      await new Promise((resume) => setTimeout(resume, 100));
      // The subscription is dropped before the event comes, and the hand is quick.
      server.dropSubscriptions(13);
      const event = newEvent('actions-2');
      await store.append('actions-2', 0, [event]);
      server.log.tamper(`${ledger}.actions-2`, 0, { data: Buffer.from('{"amount":2}') });
      release();
      await eventually(() => alarms.length > 0);
      expect(alarms).toEqual([{ code: 'ACKED_DIFFERS', eventId: event.id, sentence: expect.any(String) }]);
    });
  });

  describe('a clock that is off', () => {
    const stamped = (stream: string, at = Date.now()): NewEvent => {
      const event = newEvent(stream);
      const stored = parseCanonical(event.bytes) as { header: object };
      return {
        ...event,
        bytes: canonicalBytes({ ...stored, header: { ...stored.header, stamped: new Date(at).toISOString() } }),
      };
    };
    const clocked = async (options: Partial<EsdbOptions> = {}) => {
      const off: number[] = [];
      const store = await open({
        clock: { now: () => Date.now() },
        onClockOff: ({ aheadBy }) => off.push(aheadBy),
        ...options,
      });
      const append = () => {
        const stream = `actions-${randomUUID()}`;
        return store.append(stream, 0, [stamped(stream)]);
      };
      return { off, append, store };
    };

    it.each([-5_000, 5_000])('by %i ms stops the writer until a probe finds the clocks together', async (offset) => {
      const { off, append } = await clocked();
      server.clockOffset = offset;
      expect(await append()).toMatchObject({ outcome: 'stored' });
      await eventually(() => off.length === 1);
      expect(Math.abs(off[0]! + offset)).toBeLessThan(1_000);
      const before = idsInAll();
      expect(await append()).toMatchObject({ outcome: 'refused', limit: 'read-only' });
      await new Promise((resume) => setTimeout(resume, 1_050));
      expect(await append()).toMatchObject({ outcome: 'refused', limit: 'read-only' });
      expect(idsInAll()).toEqual(before);
      server.clockOffset = 0;
      await new Promise((resume) => setTimeout(resume, 1_050));
      expect(await append()).toMatchObject({ outcome: 'stored' });
      expect(off).toHaveLength(1);
    });

    const idsInAll = (): string[] =>
      server.log.all.filter(({ stream }) => stream.startsWith(`${ledger}.`)).map(({ id }) => id);

    it('would be written on without the check', async () => {
      const { off, append } = await clocked({ defencesOff: ['clock-check'] });
      server.clockOffset = 5_000;
      for (let count = 0; count < 3; count += 1) expect(await append()).toMatchObject({ outcome: 'stored' });
      await new Promise((resume) => setTimeout(resume, 200));
      expect(off).toEqual([]);
    });

    it('is not concluded from a slow append, a repeat of an old attempt, or a difference of a second', async () => {
      const { off, append, store } = await clocked();
      server.appendDelay = 1_100;
      server.clockOffset = 5_000;
      expect(await append()).toMatchObject({ outcome: 'stored' });
      server.appendDelay = 0;
      server.clockOffset = 0;
      expect(await store.append('actions-old', 0, [stamped('actions-old', Date.now() - 60_000)])).toMatchObject({
        outcome: 'stored',
      });
      server.clockOffset = 1_000;
      expect(await append()).toMatchObject({ outcome: 'stored' });
      await new Promise((resume) => setTimeout(resume, 200));
      expect(off).toEqual([]);
    });
  });
});
