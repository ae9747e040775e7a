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

describe('appends that are sent before the log was looked at', () => {
  /** Every moment between sending the first append and its answer, counted in turns of waiting. */
  const MOMENTS = Array.from({ length: 30 }, (_, turns) => turns);

  it.each([
    ['for the first time', false],
    ['after an append without an answer', true],
  ])('%s are written in the order in which they were sent, whenever the next comes', async (_, inDoubt) => {
    const answers = await Promise.all(
      MOMENTS.map(async (turns) => {
        const folder = mkdtempSync(join(tmpdir(), 'guard-'));
        const inner = openSqliteEventStore({ file: join(folder, 'events.sqlite'), ledger: 'guarded' });
        const memory = new LogMemory({ read: () => null, remember: () => undefined }, () => false);
        let isSilent = inDoubt;
        const append = inner.append.bind(inner);
        inner.append = (...said) =>
          isSilent ? Promise.resolve({ outcome: 'unknown', reason: 'silence' }) : append(...said);
        const store = guardLog(inner, memory);
        const send = (expected: number) => store.append('actions-1', expected, [newEvent('actions-1')]);
        if (inDoubt) await send(0);
        isSilent = false;
        const sent = [send(0)];
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        sent.push(send(1), send(2));
        const outcomes = (await Promise.all(sent)).map(({ outcome }) => outcome);
        memory.close();
        await store.close();
        rmSync(folder, { recursive: true, force: true });
        return [turns, outcomes];
      }),
    );
    expect(answers).toEqual(MOMENTS.map((turns) => [turns, ['stored', 'stored', 'stored']]));
  });
});
