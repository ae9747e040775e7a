import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import {
  appendSize,
  type AppendResult,
  type EventStore,
  type Follower,
  type LoggedEvent,
  type LogPosition,
  type NewEvent,
} from '../../libs/event-store/index.ts';
import { MAX_APPEND_BYTES, MAX_EVENT_BYTES } from '../../libs/ledger/index.ts';
import { eventOfSize, newEvent, newEvents } from './stored-events.ts';

/** A place for one ledger, made anew for each test. */
export interface StoreUnderTest {
  /** Opens the ledger of this test, for the first time or again. The suite closes what it opened. */
  open(): Promise<EventStore>;
  /** Opens another ledger, in the same database where the adapter can hold several in one. */
  openNeighbour(): Promise<EventStore>;
  /** False for a store that forgets at `close`. */
  readonly lasting: boolean;
  /** Removes everything. */
  dispose(): Promise<void>;
}

/**
 * What every store adapter must do, all of it. A ledger may hold events before a test begins, and an adapter may be slow:
 * the suite counts from where the log stood and waits for what must come.
 */
export function describeEventStore(name: string, makePlace: () => Promise<StoreUnderTest>): void {
  describe(`an event store: ${name}`, () => {
    let place: StoreUnderTest;
    let store: EventStore;
    let start: LogPosition | null;
    let stream: string;
    const opened: EventStore[] = [];

    async function open(): Promise<EventStore> {
      const next = await place.open();
      opened.push(next);
      return next;
    }

    beforeEach(async () => {
      place = await makePlace();
      store = await open();
      start = await store.head();
      stream = `actions-${randomUUID()}`;
    });

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
      await place.dispose();
    });

    const mustStore = async (
      to: string,
      expectedVersion: number,
      events: readonly NewEvent[],
    ): Promise<LogPosition> => {
      const result = await store.append(to, expectedVersion, events);
      if (result.outcome !== 'stored') throw new Error(`not stored: ${JSON.stringify(result)}`);
      return result.position;
    };
    const sinceStart = (from: EventStore = store): Promise<LoggedEvent[]> => everythingAfter(from, start);
    const versionOf = async (of: string): Promise<number> => (await store.readStream(of)).events.length;

    describe('appending', () => {
      it('stores an event at version 1 of a new stream and gives its position', async () => {
        const result = await store.append(stream, 0, [newEvent(stream)]);
        expect(result).toEqual({ outcome: 'stored', version: 1, position: expect.any(String) });
        expect(await store.head()).toBe((result as { position: string }).position);
      });

      it('stores several events of one append at consecutive versions and answers for the last', async () => {
        await mustStore(stream, 0, newEvents(stream, 2));
        expect(await store.append(stream, 2, newEvents(stream, 3))).toMatchObject({ outcome: 'stored', version: 5 });
        expect((await store.readStream(stream)).events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
      });

      it.each([
        ['before the end of the stream', 1],
        ['at the start of a stream that exists', 0],
        ['past the end of the stream', 7],
      ])(
        'answers conflict, with the actual version, to an append %s, and writes nothing',
        async (_, expectedVersion) => {
          await mustStore(stream, 0, newEvents(stream, 3));
          expect(await store.append(stream, expectedVersion, [newEvent(stream)])).toEqual({
            outcome: 'conflict',
            actualVersion: 3,
          });
          expect(await versionOf(stream)).toBe(3);
        },
      );

      it('answers conflict with version 0 when an absent stream was expected to hold events', async () => {
        expect(await store.append(stream, 2, [newEvent(stream)])).toEqual({ outcome: 'conflict', actualVersion: 0 });
        expect(await store.readStream(stream)).toEqual({ events: [], atEnd: true });
      });

      it('gives back the very bytes, however odd', async () => {
        const facts = {
          accents: 'Éamon “quoted” – 25 % £1,000',
          astral: '😀𝒳',
          controls: '\u0000\u0001\t\n\r\u001f\u007f\u2028\u2029',
          escapes: '\\u0041 \\ / " </script>',
          joined: 'e\u0301 is not é',
          'key with spaces': { '': 'empty key', ключ: [null, true, false, [], {}] },
          numbers: [0, -1, 9007199254740991, -9007199254740991],
        };
        const event = newEvent(stream, facts);
        await mustStore(stream, 0, [event]);
        const [fromStream] = (await store.readStream(stream)).events;
        const [fromLog] = await sinceStart();
        expect(Buffer.from(fromStream!.bytes).equals(event.bytes)).toBe(true);
        expect(Buffer.from(fromLog!.bytes).equals(event.bytes)).toBe(true);
      });

      it('keeps streams apart whose names are alike', async () => {
        const names = [stream, `${stream}-1`, stream.toUpperCase(), `${stream}_`];
        for (const each of names) await mustStore(each, 0, [newEvent(each)]);
        for (const each of names)
          expect((await store.readStream(each)).events.map((event) => event.stream)).toEqual([each]);
      });
    });

    describe('limits', () => {
      it('refuses an append without events', async () => {
        expect(await store.append(stream, 0, [])).toEqual({
          outcome: 'refused',
          limit: 'empty',
          reason: expect.any(String),
        });
      });

      it('stores an event of 64 KiB and refuses one of a byte more', async () => {
        expect(await store.append(stream, 0, [eventOfSize(stream, MAX_EVENT_BYTES)])).toMatchObject({
          outcome: 'stored',
          version: 1,
        });
        expect(await store.append(stream, 1, [eventOfSize(stream, MAX_EVENT_BYTES + 1)])).toEqual({
          outcome: 'refused',
          limit: 'event-too-large',
          reason: expect.any(String),
        });
        expect(await versionOf(stream)).toBe(1);
      });

      it('stores an append of 1 MiB, types and marks counted, and refuses one of a byte more', async () => {
        const large = Array.from({ length: MAX_APPEND_BYTES / MAX_EVENT_BYTES - 1 }, () =>
          eventOfSize(stream, MAX_EVENT_BYTES),
        );
        const room = MAX_APPEND_BYTES - appendSize([...large, { ...newEvent(stream), bytes: new Uint8Array() }]);
        expect(await store.append(stream, 0, [...large, eventOfSize(stream, room + 1)])).toEqual({
          outcome: 'refused',
          limit: 'append-too-large',
          reason: expect.any(String),
        });
        expect(await versionOf(stream)).toBe(0);
        const events = [...large, eventOfSize(stream, room)];
        expect(await store.append(stream, 0, events)).toMatchObject({ outcome: 'stored', version: events.length });
        expect(await versionOf(stream)).toBe(events.length);
      });

      it('refuses two events with one id in the same append', async () => {
        const event = newEvent(stream);
        expect(await store.append(stream, 0, [event, event])).toEqual({
          outcome: 'refused',
          limit: 'duplicate-id',
          reason: expect.any(String),
        });
        expect(await versionOf(stream)).toBe(0);
      });
    });

    describe('repeating the same attempt', () => {
      it('answers stored, with the version and position of the first time, and writes nothing', async () => {
        const events = newEvents(stream, 3);
        const first = await store.append(stream, 0, events);
        expect(await store.append(stream, 0, events)).toEqual(first);
        expect(await versionOf(stream)).toBe(3);
      });

      it('answers the same however much was written since', async () => {
        await mustStore(stream, 0, newEvents(stream, 1));
        const events = newEvents(stream, 2);
        const first = await store.append(stream, 1, events);
        await mustStore(stream, 3, newEvents(stream, 40));
        await mustStore(`${stream}-other`, 0, newEvents(stream, 5));
        expect(await store.append(stream, 1, events)).toEqual(first);
        expect(await versionOf(stream)).toBe(43);
      });

      it('writes once when the same attempt is sent many times at once', async () => {
        const events = newEvents(stream, 2);
        const results = await Promise.all(Array.from({ length: 20 }, () => store.append(stream, 0, events)));
        const definite = results.filter(({ outcome }) => outcome !== 'unknown');
        for (const result of definite)
          expect(result).toEqual({ outcome: 'stored', version: 2, position: expect.any(String) });
        expect(new Set(definite.map((result) => (result as { position: string }).position)).size).toBe(1);
        expect((await sinceStart()).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      });

      it('refuses the same id with other bytes', async () => {
        const event = newEvent(stream, { amount: 1 });
        await mustStore(stream, 0, [event]);
        expect(await store.append(stream, 0, [newEvent(stream, { amount: 2 }, event.id)])).toEqual({
          outcome: 'refused',
          limit: 'duplicate-id',
          reason: expect.any(String),
        });
        const [standing] = (await store.readStream(stream)).events;
        expect(Buffer.from(standing!.bytes).equals(event.bytes)).toBe(true);
      });

      it('answers conflict to an attempt that shares only its first event with what stands', async () => {
        const events = newEvents(stream, 2);
        await mustStore(stream, 0, events);
        expect(await store.append(stream, 0, [events[0]!, newEvent(stream)])).toEqual({
          outcome: 'conflict',
          actualVersion: 2,
        });
        expect(await store.append(stream, 0, [...events, newEvent(stream)])).toEqual({
          outcome: 'conflict',
          actualVersion: 2,
        });
        expect(await versionOf(stream)).toBe(2);
      });

      it('is recognised after the store was closed and opened again', async () => {
        const events = newEvents(stream, 2);
        const first = await store.append(stream, 0, events);
        await store.close();
        store = await open();
        const again = await store.append(stream, 0, events);
        // What forgets at close stores it as for the first time; nothing else may come out.
        expect(again).toEqual(place.lasting ? first : { outcome: 'stored', version: 2, position: expect.any(String) });
        expect(await versionOf(stream)).toBe(2);
      });
    });

    describe('reading a stream', () => {
      it('shows an absent stream as empty', async () => {
        expect(await store.readStream(stream)).toEqual({ events: [], atEnd: true });
        expect(await store.readStream(stream, 5)).toEqual({ events: [], atEnd: true });
      });

      it('gives id, stream, version, position and bytes of each event', async () => {
        const events = newEvents(stream, 2);
        const position = await mustStore(stream, 0, events);
        const page = await store.readStream(stream);
        expect(page.atEnd).toBe(true);
        expect(
          page.events.map(({ id, stream: of, version, position: at }) => ({ id, stream: of, version, position: at })),
        ).toEqual(events.map(({ id }, index) => ({ id, stream, version: index + 1, position })));
        page.events.forEach(({ bytes }, index) => expect(Buffer.from(bytes).equals(events[index]!.bytes)).toBe(true));
        for (const { storedAt } of page.events)
          if (storedAt !== undefined) expect(Math.abs(storedAt - Date.now())).toBeLessThan(600_000);
      });

      it('pages: after a version, at most so many, and says when nothing more stood there', async () => {
        await mustStore(stream, 0, newEvents(stream, 5));
        const read = async (after: number, limit: number) => {
          const { events, atEnd } = await store.readStream(stream, after, limit);
          return { versions: events.map(({ version }) => version), atEnd };
        };
        expect(await read(0, 2)).toEqual({ versions: [1, 2], atEnd: false });
        expect(await read(2, 2)).toEqual({ versions: [3, 4], atEnd: false });
        expect(await read(3, 2)).toEqual({ versions: [4, 5], atEnd: true });
        expect(await read(4, 2)).toEqual({ versions: [5], atEnd: true });
        expect(await read(5, 2)).toEqual({ versions: [], atEnd: true });
        expect(await read(9, 2)).toEqual({ versions: [], atEnd: true });
      });

      it('goes on from any version, also one at which nothing stood, or that lay beyond the end, when it was asked before', async () => {
        const from = async (after: number) =>
          (await store.readStream(stream, after)).events.map(({ version }) => version);
        expect([await from(0), await from(2), await from(4)]).toEqual([[], [], []]);
        await mustStore(stream, 0, newEvents(stream, 2));
        expect([await from(0), await from(2), await from(4)]).toEqual([[1, 2], [], []]);
        expect(await store.append(stream, 1, newEvents(stream, 2))).toMatchObject({ outcome: 'conflict' });
        expect([await from(1), await from(2), await from(3)]).toEqual([[2], [], []]);
        await mustStore(stream, 2, newEvents(stream, 3));
        expect([await from(2), await from(4), await from(5), await from(6)]).toEqual([[3, 4, 5], [5], [], []]);
      });

      it('gives 500 events when not told how many', async () => {
        for (let version = 0; version < 600; version += 200) await mustStore(stream, version, newEvents(stream, 200));
        const page = await store.readStream(stream);
        expect([page.events.length, page.atEnd]).toEqual([500, false]);
      });
    });

    describe('reading the whole log', () => {
      it('has a head exactly when it holds events, and the head is where the last event stands', async () => {
        expect((await everythingAfter(store, null)).at(-1)?.position ?? null).toBe(start);
        const position = await mustStore(stream, 0, newEvents(stream, 2));
        expect(await store.head()).toBe(position);
      });

      it('has a last event, which is the last of those that it shows, with its bytes', async () => {
        expect(await store.last()).toEqual((await everythingAfter(store, null)).at(-1) ?? null);
        await mustStore(stream, 0, newEvents(stream, 3));
        const last = await store.last();
        expect(last).toMatchObject({ stream, version: 3, position: await store.head() });
        expect(last).toEqual((await sinceStart()).at(-1));
      });

      it('shows appends in the order in which they were acknowledged one after another', async () => {
        const expected: string[] = [];
        for (let index = 0; index < 10; index += 1) {
          const to = `${stream}-${index % 3}`;
          const events = newEvents(to, 1 + (index % 2));
          await mustStore(to, await versionOf(to), events);
          expected.push(...events.map(({ id }) => id));
        }
        expect((await sinceStart()).map(({ id }) => id)).toEqual(expected);
      });

      it('gives every event of an append the position of its last, and reads on from there', async () => {
        const first = await mustStore(stream, 0, newEvents(stream, 3));
        const second = await mustStore(stream, 3, newEvents(stream, 2));
        expect((await sinceStart()).map(({ position }) => position)).toEqual([first, first, first, second, second]);
        expect((await everythingAfter(store, first)).map(({ version }) => version)).toEqual([4, 5]);
        expect(await store.readAll(second)).toEqual({ events: [], atEnd: true });
      });

      it.each([1, 2, 3, 4, 7])('never splits an append between two pages of %i', async (limit) => {
        for (const [version, size] of [
          [0, 3],
          [3, 1],
          [4, 5],
          [9, 2],
        ] as const)
          await mustStore(stream, version, newEvents(stream, size));
        const seen: number[] = [];
        let after = start;
        for (let atEnd = false; !atEnd;) {
          const page = await store.readAll(after ?? undefined, limit);
          expect(page.events.length).toBeGreaterThan(0);
          seen.push(...page.events.map(({ version }) => version));
          expect([3, 4, 9, 11]).toContain(seen.at(-1));
          after = page.events.at(-1)!.position;
          atEnd = page.atEnd;
        }
        expect(seen).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
      });

      it('puts positions in the order of the log', async () => {
        const positions = start === null ? [] : [start];
        for (let version = 0; version < 12; version += 1)
          positions.push(await mustStore(stream, version, [newEvent(stream)]));
        for (const [i, a] of positions.entries())
          for (const [j, b] of positions.entries()) expect(store.isBefore(a, b)).toBe(i < j);
      });

      it('never shows the events and streams of another ledger', async () => {
        const neighbour = await place.openNeighbour();
        opened.push(neighbour);
        const [ours, theirs] = [newEvent(stream), newEvent(stream)];
        const theirStart = await neighbour.head();
        await mustStore(stream, 0, [ours]);
        expect(await neighbour.append(stream, 0, [theirs])).toMatchObject({ outcome: 'stored', version: 1 });
        expect((await sinceStart()).map(({ id }) => id)).toEqual([ours.id]);
        expect((await store.readStream(stream)).events.map(({ id }) => id)).toEqual([ours.id]);
        expect((await everythingAfter(neighbour, theirStart)).map(({ id }) => id)).toEqual([theirs.id]);
      });

      it('holds after reopening what it held before', async () => {
        await mustStore(stream, 0, newEvents(stream, 3));
        const before = await everythingAfter(store, null);
        const head = await store.head();
        await store.close();
        store = await open();
        const after = await everythingAfter(store, null);
        const kept = place.lasting ? before : before.slice(0, -3);
        expect(after.map(({ id, version, position }) => ({ id, version, position }))).toEqual(
          kept.map(({ id, version, position }) => ({ id, version, position })),
        );
        expect(await store.head()).toBe(place.lasting ? head : start);
      });
    });

    describe('many writers', () => {
      it('lets exactly one of many appends at the same version through', async () => {
        await mustStore(stream, 0, [newEvent(stream)]);
        const attempts = Array.from({ length: 32 }, () => newEvent(stream));
        const results = await Promise.all(attempts.map((event) => store.append(stream, 1, [event])));
        expect(countOutcomes(results)).toEqual({ stored: 1, conflict: 31 });
        for (const result of results) if (result.outcome === 'conflict') expect(result.actualVersion).toBe(2);
        const winner = attempts[results.findIndex(({ outcome }) => outcome === 'stored')]!;
        expect((await store.readStream(stream)).events[1]!.id).toBe(winner.id);
      });

      it('loses no update of 64 writers who reload and try again', async () => {
        const written: string[] = [];
        await Promise.all(
          Array.from({ length: 64 }, async () => {
            for (;;) {
              const event = newEvent(stream);
              const result = await store.append(stream, await versionOf(stream), [event]);
              if (result.outcome === 'conflict') continue;
              expect(result).toMatchObject({ outcome: 'stored', version: expect.any(Number) });
              written[(result as { version: number }).version] = event.id;
              return;
            }
          }),
        );
        const { events } = await store.readStream(stream);
        expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
        expect(events.map(({ id }) => id)).toEqual(written.slice(1));
      });

      it('keeps multi-event appends of many streams whole and in a row', async () => {
        const streams = Array.from({ length: 40 }, (_, index) => `${stream}-${index}`);
        const results = await Promise.all(streams.map((each) => store.append(each, 0, newEvents(each, 3))));
        expect(countOutcomes(results)).toEqual({ stored: 40 });
        const log = await sinceStart();
        expect(log).toHaveLength(120);
        for (let index = 0; index < 120; index += 3) {
          const three = log.slice(index, index + 3);
          expect(new Set(three.map((event) => event.stream)).size).toBe(1);
          expect(three.map(({ version }) => version)).toEqual([1, 2, 3]);
          expect(new Set(three.map(({ position }) => position)).size).toBe(1);
        }
      });
    });

    describe('following', () => {
      it('delivers what stands and then what comes, in order, each once, and says when it has caught up', async () => {
        for (let version = 0; version < 6; version += 2) await mustStore(stream, version, newEvents(stream, 2));
        const seen = new Recorder();
        const following = store.follow(start, seen);
        await seen.until(({ versions, caughtUp }) => versions.length === 6 && caughtUp);
        for (let version = 6; version < 30; version += 3) await mustStore(stream, version, newEvents(stream, 3));
        await seen.until(({ versions, caughtUp }) => versions.length >= 30 && caughtUp);
        await following.stop();
        expect(seen.versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      });

      it('delivers everything once, in the order of the log, while many write', async () => {
        const seen = new Recorder();
        const following = store.follow(start, seen);
        await Promise.all(
          Array.from({ length: 20 }, async (_, writer) => {
            const own = `${stream}-${writer}`;
            for (let version = 0; version < 20; version += 2)
              expect(await store.append(own, version, newEvents(own, 2))).toMatchObject({ outcome: 'stored' });
          }),
        );
        await seen.until(({ ids, caughtUp }) => ids.length >= 400 && caughtUp);
        await following.stop();
        expect(seen.ids).toEqual((await sinceStart()).map(({ id }) => id));
        expect(new Set(seen.ids).size).toBe(400);
      });

      it('goes on from any position that it was given', async () => {
        const positions: LogPosition[] = [];
        for (let version = 0; version < 8; version += 2)
          positions.push(await mustStore(stream, version, newEvents(stream, 2)));
        for (const [index, position] of positions.entries()) {
          const seen = new Recorder();
          const following = store.follow(position, seen);
          const later = await mustStore(`${stream}-${index}`, 0, [newEvent(stream)]);
          await seen.until(({ all }) => all.at(-1)?.position === later);
          await following.stop();
          expect(seen.all.filter((event) => event.stream === stream).map(({ version }) => version)).toEqual(
            Array.from({ length: 6 - 2 * index }, (_, step) => 2 * index + 3 + step),
          );
        }
      });

      it('follows a whole log from before its first event', async () => {
        await mustStore(stream, 0, newEvents(stream, 2));
        const seen = new Recorder();
        const following = store.follow(null, seen);
        const all = (await everythingAfter(store, null)).map(({ id }) => id);
        await seen.until(({ ids }) => ids.length >= all.length);
        await following.stop();
        expect(seen.ids).toEqual(all);
      });

      it('waits for a slow follower before it brings more', async () => {
        let inHand = 0;
        let most = 0;
        let count = 0;
        const following = store.follow(start, {
          async events(events) {
            inHand += 1;
            most = Math.max(most, inHand);
            await new Promise((resolve) => setTimeout(resolve, 20));
            count += events.length;
            inHand -= 1;
          },
        });
        for (let version = 0; version < 20; version += 1) await mustStore(stream, version, [newEvent(stream)]);
        await eventually(() => count === 20);
        await following.stop();
        expect(most).toBe(1);
      });

      it('delivers nothing after it was stopped, and stopping waits for the batch in hand', async () => {
        const seen = new Recorder();
        let finished = false;
        let begun = false;
        const following = store.follow(start, {
          async events(events, caughtUp) {
            begun = true;
            await new Promise((resolve) => setTimeout(resolve, 30));
            await seen.events(events, caughtUp);
            finished = true;
          },
        });
        await mustStore(stream, 0, [newEvent(stream)]);
        await eventually(() => begun);
        await following.stop();
        expect(finished).toBe(true);
        await mustStore(stream, 1, [newEvent(stream)]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(seen.versions).toEqual([1]);
      });

      it('serves several followers, each at its own place', async () => {
        const middle = await mustStore(stream, 0, newEvents(stream, 2));
        await mustStore(stream, 2, newEvents(stream, 2));
        const [early, late] = [new Recorder(), new Recorder()];
        const followings = [store.follow(start, early), store.follow(middle, late)];
        await mustStore(stream, 4, newEvents(stream, 1));
        await Promise.all([early, late].map((seen) => seen.until(({ versions }) => versions.at(-1) === 5)));
        await Promise.all(followings.map((following) => following.stop()));
        expect(early.versions).toEqual([1, 2, 3, 4, 5]);
        expect(late.versions).toEqual([3, 4, 5]);
      });
    });

    it('closes while it is being followed, and can be closed again', async () => {
      const following = store.follow(start, new Recorder());
      await mustStore(stream, 0, [newEvent(stream)]);
      await store.close();
      await store.close();
      await following.stop();
      await expect(store.readStream(stream)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    });
  });
}

async function everythingAfter(store: EventStore, after: LogPosition | null): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for (let position = after; ;) {
    const page = await store.readAll(position ?? undefined);
    all.push(...page.events);
    if (page.atEnd) return all;
    position = page.events.at(-1)!.position;
  }
}

function countOutcomes(results: readonly AppendResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** A follower that keeps what it was given, and waits until that is what a test expects. */
class Recorder implements Follower {
  readonly all: LoggedEvent[] = [];
  /** Whether the last batch reached the end of the log. */
  caughtUp = false;

  async events(batch: readonly LoggedEvent[], caughtUp: boolean): Promise<void> {
    this.all.push(...batch);
    this.caughtUp = caughtUp;
  }

  get versions(): number[] {
    return this.all.map(({ version }) => version);
  }

  get ids(): string[] {
    return this.all.map(({ id }) => id);
  }

  until(reached: (seen: this) => boolean): Promise<void> {
    return eventually(() => reached(this));
  }
}

async function eventually(reached: () => boolean, withinMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !reached();) {
    if (Date.now() > deadline) throw new Error(`it did not come to this within ${withinMs} ms: ${reached.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
