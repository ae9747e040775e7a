import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newEvent, newEvents } from '../../test/contract/stored-events.ts';
import type { EventStore } from '../event-store/index.ts';
import { openSqliteEventStore, rehearse } from './index.ts';

/** By how many bytes the process holds more than before, garbage aside. */
async function grownBy(work: () => Promise<void>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  await work();
  return held() - before;
}

describe('a rehearsal', () => {
  let folder: string;
  let base: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-rehearsal-'));
    base = openSqliteEventStore({ file: join(folder, 'events.db'), ledger: 'base' });
    await base.append('actions-1', 0, newEvents('actions-1', 3));
  });
  afterEach(async () => {
    await base.close();
    await rm(folder, { recursive: true });
  });

  const versions = async (store: EventStore, stream: string, after = 0, limit = 500) =>
    (await store.readStream(stream, after, limit)).events.map(({ version }) => version);

  it('adds to the streams of its base and writes nothing to it', async () => {
    const rehearsal = rehearse(base);
    const before = await base.readAll();
    expect(await rehearsal.append('actions-1', 3, newEvents('actions-1', 2))).toMatchObject({
      outcome: 'stored',
      version: 5,
    });
    expect(await rehearsal.append('actions-2', 0, newEvents('actions-2', 1))).toMatchObject({
      outcome: 'stored',
      version: 1,
    });
    expect(await versions(rehearsal, 'actions-1')).toEqual([1, 2, 3, 4, 5]);
    expect(await versions(rehearsal, 'actions-1', 2, 2)).toEqual([3, 4]);
    expect((await rehearsal.readAll()).events).toHaveLength(6);
    await rehearsal.close();
    expect(await base.readAll()).toEqual(before);
  });

  it('answers conflict from what stands in the base', async () => {
    expect(await rehearse(base).append('actions-1', 2, [newEvent('actions-1')])).toEqual({
      outcome: 'conflict',
      actualVersion: 3,
    });
  });

  it('recognises the repeat of an attempt that stands in the base', async () => {
    const events = newEvents('actions-1', 2);
    const stored = await base.append('actions-1', 3, events);
    expect(await rehearse(base).append('actions-1', 3, events)).toEqual(stored);
  });

  it('is not disturbed by what is written to the base meanwhile', async () => {
    const rehearsal = rehearse(base);
    const head = await rehearsal.head();
    await base.append('actions-1', 3, newEvents('actions-1', 2));
    await base.append('actions-2', 0, newEvents('actions-2', 1));
    expect(await rehearsal.head()).toBe(head);
    expect(await rehearsal.append('actions-1', 3, newEvents('actions-1', 1))).toMatchObject({
      outcome: 'stored',
      version: 4,
    });
    expect(await versions(rehearsal, 'actions-1')).toEqual([1, 2, 3, 4]);
    expect(await versions(rehearsal, 'actions-2')).toEqual([]);
    expect((await rehearsal.readAll()).events.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('keeps what it holds out of memory, and leaves no file behind', async () => {
    const before = process.env['SQLITE_TMPDIR'];
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    process.env['SQLITE_TMPDIR'] = scratch;
    try {
      const rehearsal = rehearse(base);
      const bytes = Buffer.alloc(60_000, 'x');
      const growth = await grownBy(async () => {
        for (let version = 0; version < 1_000; version += 1)
          await rehearsal.append('actions-2', version, [{ ...newEvent('actions-2'), bytes }]);
      });
      expect(growth).toBeLessThan(20_000_000);
      expect((await rehearsal.readStream('actions-2', 999)).events).toMatchObject([{ version: 1_000, bytes }]);
      expect(await readdir(scratch)).toEqual([]);
      await rehearsal.close();
      await expect(rehearsal.readAll()).rejects.toThrow('over');
    } finally {
      if (before === undefined) delete process.env['SQLITE_TMPDIR'];
      else process.env['SQLITE_TMPDIR'] = before;
    }
  });

  it('puts what was rehearsed after everything in the base', async () => {
    const rehearsal = rehearse(base);
    const head = (await base.head())!;
    await rehearsal.append('actions-1', 3, newEvents('actions-1', 1));
    const last = (await rehearsal.head())!;
    expect([rehearsal.isBefore(head, last), rehearsal.isBefore(last, head), rehearsal.isBefore(last, last)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('answers unknown, and rehearses nothing, while its base cannot be read', async () => {
    const rehearsal = rehearse({
      ...base,
      head: () => base.head(),
      readStream: () => Promise.reject(new Error('away')),
    });
    expect(await rehearsal.append('actions-1', 3, [newEvent('actions-1')])).toEqual({
      outcome: 'unknown',
      reason: 'away',
    });
  });
});
