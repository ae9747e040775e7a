import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import { StoreDamaged, type EventStore, type LoggedEvent, type NewEvent } from '../event-store/index.ts';
import { openDatabase } from '../sqlite/index.ts';
import { eventOfSize, newEvent, newEvents } from '../../test/contract/stored-events.ts';
import { openSqliteEventStore, type AppendFault, type SqliteEventStoreOptions } from './index.ts';

let folder: string;
let file: string;
const opened: EventStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-log-'));
  file = join(folder, 'events.db');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await rm(folder, { recursive: true });
});

function open(options: Partial<SqliteEventStoreOptions> = {}): EventStore {
  const store = openSqliteEventStore({ file, ledger: 'leicestershire', ...options });
  opened.push(store);
  return store;
}

async function idsIn(store: EventStore): Promise<string[]> {
  return (await store.readAll()).events.map(({ id }) => id);
}

describe('the file of a log', () => {
  it('is refused when it holds another ledger', async () => {
    await open().close();
    expect(() => open({ ledger: 'rutland' })).toThrow(/holds the ledger "leicestershire", not "rutland"/);
  });

  it("is refused when it is another program's database, and left alone", async () => {
    const other = openDatabase(file);
    other.exec('CREATE TABLE letters (letter TEXT)');
    other.close();
    const before = await readFile(file);
    expect(() => open()).toThrow(StoreDamaged);
    expect(await readFile(file)).toEqual(before);
  });

  it('is refused when it is no database at all', async () => {
    await writeFile(file, 'minutes of the meeting\n'.repeat(500));
    expect(() => open()).toThrow(StoreDamaged);
  });

  it('is refused when a later program wrote it', async () => {
    await open().close();
    const raw = openDatabase(file);
    raw.pragma('user_version = 2');
    raw.close();
    expect(() => open()).toThrow(/layout 2/);
  });

  it.each([
    ['changing an event', "UPDATE events SET bytes = x'00' WHERE seq = 2"],
    ['deleting an event', 'DELETE FROM events WHERE seq = 2'],
    ['replacing an event by its number', "INSERT OR REPLACE INTO events VALUES (2, 2, 1, 2, 'other', x'00')"],
    ['replacing an event by its version', "INSERT OR REPLACE INTO events VALUES (4, 4, 1, 2, 'other', x'00')"],
    ['leaving a gap in the log', "INSERT INTO events VALUES (5, 5, 1, 4, 'other', x'00')"],
    ['leaving a gap in a stream', "INSERT INTO events VALUES (4, 4, 1, 5, 'other', x'00')"],
    ['renaming a stream', "UPDATE streams SET name = 'actions-2'"],
    ['deleting a stream', 'PRAGMA foreign_keys = 0; DELETE FROM streams'],
  ])('forbids %s', async (_, statement) => {
    await open().append('actions-1', 0, newEvents('actions-1', 3));
    const raw = openDatabase(file);
    // As a connection that was opened without our settings.
    raw.pragma('recursive_triggers = 0');
    const rows = () => [
      raw.prepare('SELECT seq, stream, version, id, hex(bytes) FROM events ORDER BY seq').all(),
      raw.prepare('SELECT * FROM streams').all(),
    ];
    const before = rows();
    expect(() => raw.exec(statement)).toThrow(/is (never|added at the end)/);
    expect(rows()).toEqual(before);
    // Control: without the triggers the statement does its harm.
    for (const trigger of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
      raw.exec(`DROP TRIGGER ${String(trigger)}`);
    raw.exec(statement);
    expect(rows()).not.toEqual(before);
    raw.close();
  });

  it('is called damaged when events are missing from its middle', async () => {
    const store = open();
    for (let version = 0; version < 4; version += 1) await store.append('actions-1', version, [newEvent('actions-1')]);
    const raw = openDatabase(file);
    raw.exec('DROP TRIGGER events_never_go; DELETE FROM events WHERE seq = 2');
    raw.close();
    await expect(store.readAll()).rejects.toThrow(StoreDamaged);
    await expect(store.readStream('actions-1')).rejects.toThrow(StoreDamaged);
  });

  it('is called damaged when it has lost its end since a position was given out', async () => {
    const store = open();
    await store.append('actions-1', 0, newEvents('actions-1', 3));
    await store.close();
    await copyFile(file, `${file}.backup`);
    const later = open();
    await later.append('actions-1', 3, newEvents('actions-1', 2));
    const position = (await later.head())!;
    await later.close();
    await copyFile(`${file}.backup`, file);
    const restored = open();
    await expect(restored.readAll(position)).rejects.toThrow(StoreDamaged);
    await expect(restored.readAll('2')).rejects.toThrow(StoreDamaged);
    expect((await restored.readAll('3')).events).toEqual([]);
  });
});

describe('appending', () => {
  it('commits what arrives together as one, up to 256 events, and never part of an append', async () => {
    const store = open();
    const beside = openDatabase(file, { readonly: true });
    // Another connection sees the log grow by whole commits.
    const sizes = new Set<number>();
    const count = beside.prepare('SELECT count(*) FROM events').pluck();
    const results = Array.from({ length: 100 }, (_, index) =>
      store.append(`actions-${index}`, 0, newEvents(`actions-${index}`, 5)).then(({ outcome }) => {
        sizes.add(count.get() as number);
        return outcome;
      }),
    );
    expect(new Set(await Promise.all(results))).toEqual(new Set(['stored']));
    beside.close();
    expect([...sizes]).toEqual([255, 500]);
  });

  it('gives every append of a group its own answer', async () => {
    const store = open();
    const standing = newEvents('actions-1', 2);
    await store.append('actions-1', 0, standing);
    const [fresh, rival] = [newEvent('actions-1'), newEvent('actions-1')];
    expect(
      await Promise.all([
        store.append('actions-1', 2, [fresh]),
        store.append('actions-1', 2, [rival]),
        store.append('actions-1', 0, standing),
        store.append('actions-2', 0, [newEvent('actions-2')]),
        store.append('actions-2', 0, [standing[0]!]),
      ]),
    ).toEqual([
      { outcome: 'stored', version: 3, position: '3' },
      { outcome: 'conflict', actualVersion: 3 },
      { outcome: 'stored', version: 2, position: '2' },
      { outcome: 'stored', version: 1, position: '4' },
      { outcome: 'conflict', actualVersion: 1 },
    ]);
  });

  it.each([
    ['waits for more appends when told to', 5, [0, 2]],
    ['waits for none otherwise', undefined, [1, 2]],
  ] as const)('%s', async (_, commitDelayMs, lengths) => {
    const store = open(commitDelayMs === undefined ? {} : { commitDelayMs });
    const length = async () => (await store.readAll()).events.length;
    // The test says when the time of a timeout is over; all else goes on.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const first = store.append('actions-1', 0, [newEvent('actions-1')]);
      for (let turns = 0; turns < 20; turns += 1) await turn();
      const alone = await length();
      const second = store.append('actions-2', 0, [newEvent('actions-2')]);
      vi.advanceTimersByTime(5);
      expect(await Promise.all([first, second])).toMatchObject([{ outcome: 'stored' }, { outcome: 'stored' }]);
      expect([alone, await length()]).toEqual(lengths);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not write what nobody waits for any more, and says that the outcome is unknown', async () => {
    const store = open();
    const events = newEvents('actions-1', 1);
    const late = store.append('actions-1', 0, events, { deadline: 5 });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    expect(await late).toEqual({ outcome: 'unknown', reason: expect.any(String) });
    expect(await store.append('actions-1', 0, events)).toMatchObject({ outcome: 'stored', version: 1 });
  });

  it('finishes what was begun before it closes, and refuses what comes after', async () => {
    const store = open();
    const begun = store.append('actions-1', 0, [newEvent('actions-1')]);
    await store.close();
    expect(await begun).toMatchObject({ outcome: 'stored' });
    expect(await store.append('actions-1', 1, [newEvent('actions-1')])).toMatchObject({
      outcome: 'refused',
      limit: 'read-only',
    });
  });

  it('moves the write-ahead log into the file as it grows, and leaves none behind at close', async () => {
    const store = open();
    for (let version = 0; version < 1_600; version += 16)
      await store.append(
        'actions-1',
        version,
        Array.from({ length: 16 }, () => eventOfSize('actions-1', 4_000)),
      );
    const aheadOfFile = (await readFile(`${file}-wal`)).length;
    expect((await readFile(file)).length).toBeGreaterThan(2_000_000);
    expect(aheadOfFile).toBeLessThan(6_000_000);
    await store.close();
    await expect(readFile(`${file}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a reader beside the writing process', () => {
  it('may not append', async () => {
    await open().append('actions-1', 0, [newEvent('actions-1')]);
    const reader = open({ readOnly: true });
    expect(await reader.append('actions-1', 1, [newEvent('actions-1')])).toMatchObject({
      outcome: 'refused',
      limit: 'read-only',
    });
    expect((await reader.readAll()).events).toHaveLength(1);
  });

  it('follows what the other process writes', async () => {
    const writer = open();
    await writer.append('actions-1', 0, [newEvent('actions-1')]);
    const reader = open({ readOnly: true });
    const seen: number[] = [];
    const following = reader.follow(null, {
      events: async (events) => void seen.push(...events.map(({ version }) => version)),
    });
    await eventually(() => seen.length === 1);
    await writer.append('actions-1', 1, newEvents('actions-1', 2));
    await eventually(() => seen.length === 3);
    await following.stop();
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a full disk', () => {
  let pages: number;
  let store: EventStore;
  let stored: NewEvent[];

  beforeEach(async () => {
    pages = 60;
    store = open({ faults: { pages: () => pages } });
    stored = [];
    for (;;) {
      const event = eventOfSize('actions-1', 8_000);
      const result = await store.append('actions-1', stored.length, [event]);
      if (result.outcome !== 'stored') {
        expect(result).toEqual({ outcome: 'refused', limit: 'disk-full', reason: expect.any(String) });
        break;
      }
      stored.push(event);
    }
  });

  it('refuses appends, keeps what it acknowledged, and goes on reading and following', async () => {
    expect(stored.length).toBeGreaterThan(5);
    expect(await idsIn(store)).toEqual(stored.map(({ id }) => id));
    const seen: string[] = [];
    const following = store.follow(null, { events: async (events) => void seen.push(...events.map(({ id }) => id)) });
    await eventually(() => seen.length === stored.length);
    await following.stop();
  });

  it('still answers definitely what needs no space: repeats and conflicts', async () => {
    const large = eventOfSize('actions-2', 60_000);
    expect(
      await Promise.all([
        store.append('actions-1', 0, [stored[0]!]),
        store.append('actions-1', 0, [newEvent('actions-1')]),
        store.append('actions-2', 0, [large]),
      ]),
    ).toMatchObject([
      { outcome: 'stored', version: 1 },
      { outcome: 'conflict', actualVersion: stored.length },
      { limit: 'disk-full' },
    ]);
  });

  it('takes appends again, by itself, as soon as there is space', async () => {
    const event = eventOfSize('actions-1', 60_000);
    expect(await store.append('actions-1', stored.length, [event])).toMatchObject({ limit: 'disk-full' });
    pages = 1_000;
    expect(await store.append('actions-1', stored.length, [event])).toMatchObject({
      outcome: 'stored',
      version: stored.length + 1,
    });
    expect(await idsIn(store)).toEqual([...stored, event].map(({ id }) => id));
  });
});

describe('a failing disk', () => {
  it('is told once, and nothing is acknowledged or read afterwards', async () => {
    const failures: unknown[] = [];
    const store = open({ onFatal: (error) => failures.push(error) });
    for (let version = 0; version < 500; version += 1)
      await store.append('actions-1', version, [eventOfSize('actions-1', 4_000)]);
    await store.close();
    // Most of the file is lost, and what is left no longer fits together.
    await writeFile(
      file,
      (await readFile(file)).map((byte, index) => (index < 8_192 ? byte : 255)),
    );
    const broken = open({ onFatal: (error) => failures.push(error) });
    await expect(broken.readAll(undefined, 500)).rejects.toThrow(StoreDamaged);
    await expect(broken.head()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await broken.append('actions-9', 0, [newEvent('actions-9')])).toMatchObject({ outcome: 'unknown' });
    expect(failures).toHaveLength(1);
  });
});

describe('a follower that fails', () => {
  it('is given the same batch again, hears of it, and loses nothing', async () => {
    const store = open();
    const seen: number[] = [];
    const heard: string[] = [];
    let failures = 2;
    const following = store.follow(null, {
      async events(events: readonly LoggedEvent[]) {
        if (failures > 0) {
          failures -= 1;
          throw new Error('the read model is locked');
        }
        seen.push(...events.map(({ version }) => version));
      },
      connection: (state, reason) => heard.push(reason === undefined ? state : `${state}: ${reason}`),
    });
    await store.append('actions-1', 0, newEvents('actions-1', 3));
    await eventually(() => heard.includes('up'));
    await following.stop();
    expect(seen).toEqual([1, 2, 3]);
    expect(heard).toEqual(['down: the read model is locked', 'up']);
  });
});

describe('the faults that a test may ask for', () => {
  it('give every answer that a store can give', async () => {
    const faults: (AppendFault | null)[] = [
      { answer: 'conflict' },
      { answer: 'unknown', stored: false },
      { answer: 'refused', limit: 'disk-full' },
      { answer: 'unknown', stored: true },
      null,
    ];
    const store = open({ faults: { append: () => faults.shift() ?? null } });
    const event = newEvent('actions-1');
    const attempt = () => store.append('actions-1', 0, [event]);
    expect(await attempt()).toEqual({ outcome: 'conflict', actualVersion: 1 });
    expect(await attempt()).toMatchObject({ outcome: 'unknown' });
    expect(await attempt()).toMatchObject({ outcome: 'refused', limit: 'disk-full' });
    expect(await idsIn(store)).toEqual([]);
    expect(await attempt()).toMatchObject({ outcome: 'unknown' });
    expect(await idsIn(store)).toEqual([event.id]);
    expect(await attempt()).toEqual({ outcome: 'stored', version: 1, position: '1' });
  });

  it('make an append slow: unknown at its deadline, and stored all the same', async () => {
    const store = open({ faults: { append: () => ({ answer: 'slow', ms: 60 }) } });
    const result = await store.append('actions-1', 0, [newEvent('actions-1')], { deadline: 10 });
    expect(result).toEqual({ outcome: 'unknown', reason: expect.any(String) });
    expect(await idsIn(store)).toEqual([]);
    const deadline = Date.now() + 5_000;
    while ((await idsIn(store)).length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await idsIn(store)).toHaveLength(1);
  });

  it('take the store away and bring it back', async () => {
    let away = false;
    const store = open({ faults: { away: () => away } });
    const seen: number[] = [];
    const heard: string[] = [];
    await store.append('actions-1', 0, [newEvent('actions-1')]);
    away = true;
    expect(await store.append('actions-1', 1, [newEvent('actions-1')])).toMatchObject({ outcome: 'unknown' });
    await expect(store.head()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(store.readStream('actions-1')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    const following = store.follow(null, {
      events: async (events) => void seen.push(...events.map(({ version }) => version)),
      connection: (state) => heard.push(state),
    });
    await eventually(() => heard.includes('down'));
    away = false;
    await eventually(() => heard.includes('up'));
    expect(await store.append('actions-1', 1, [newEvent('actions-1')])).toMatchObject({
      outcome: 'stored',
      version: 2,
    });
    await eventually(() => seen.length === 2);
    await following.stop();
    expect([seen, heard]).toEqual([
      [1, 2],
      ['down', 'up'],
    ]);
  });
});

async function eventually(reached: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !reached();) {
    if (Date.now() > deadline) throw new Error(`it did not come to this: ${reached.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
