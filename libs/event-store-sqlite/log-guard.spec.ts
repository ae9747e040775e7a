import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvent } from '../../test/contract/stored-events.ts';
import { guardLog, LogMemory, type EventStore } from '../event-store/index.ts';
import { openSqliteEventStore } from './index.ts';

describe('an append that counts on more than its stream holds', () => {
  let folder: string;
  let inner: EventStore;
  let memory: LogMemory;
  let store: EventStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guard-'));
    inner = openSqliteEventStore({ file: join(folder, 'events.sqlite'), ledger: 'guarded' });
    memory = new LogMemory({ read: () => null, remember: () => undefined }, () => false);
    store = guardLog(inner, memory);
  });
  afterEach(async () => {
    memory.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const append = (expected: number) => store.append('actions-1', expected, [newEvent('actions-1')]);

  it('is a conflict while everything that was acknowledged is there, and stops nothing after it', async () => {
    expect(await append(0)).toMatchObject({ outcome: 'stored', version: 1 });
    expect(await append(2)).toMatchObject({ outcome: 'conflict', actualVersion: 1 });
    expect(await append(1)).toMatchObject({ outcome: 'stored', version: 2 });
  });

  it('is refused for good when what was acknowledged is there no longer', async () => {
    memory.note({ stream: 'actions-2', version: 1, event: 'of-the-newer-copy', position: '9' }, () => true);
    expect(await inner.append('actions-1', 0, [newEvent('actions-1')])).toMatchObject({ outcome: 'stored' });
    expect(await append(2)).toMatchObject({ outcome: 'refused' });
    expect(await append(1)).toMatchObject({ outcome: 'refused' });
  });
});
