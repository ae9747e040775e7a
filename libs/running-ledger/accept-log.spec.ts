import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLogged, type EventStore } from '../event-store/index.ts';
import { openPart } from '../keys/index.ts';
import { OPERATORS_STREAM } from '../ledger/index.ts';
import { openDatabase } from '../sqlite/index.ts';
import { actingAs, standingClock } from '../../test/ledger-in-a-folder.ts';
import { openRunningLedger, type RunningLedger, type RunningLedgerOptions } from './index.ts';

const WHY = { reason: 'The disk failed; there is no other copy.', operator: 'A. N. Operator' };
let folder: string;
let open: RunningLedger | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accepted-'));
  open = null;
});
afterEach(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name = 'events.sqlite') => join(folder, name);
const start = async (options: RunningLedgerOptions = {}) =>
  (open = await openRunningLedger({ store: 'sqlite', name: 'spec', data: folder }, 'spec', {
    clock: standingClock('2023-10-09T11:00:00.000Z'),
    ...options,
  }));
const stop = async () => {
  await open?.close();
  open = null;
};
const officer = () => actingAs(() => open!.dispatch, 'opcc-officer');
const addBody = (as: string) => officer().does({ type: 'AddBody', as, name: `The body ${as}` });
const removeLog = () => ['', '-wal', '-shm'].forEach((rest) => rmSync(`${file()}${rest}`, { force: true }));
const restore = (backup: string) => {
  removeLog();
  copyFileSync(backup, file());
};
/** A ledger with a backup that lacks the last event. */
async function withBackup(): Promise<string> {
  await start();
  await addBody('CGB');
  await stop();
  const backup = file('backup.sqlite');
  copyFileSync(file(), backup);
  await start();
  await addBody('JARAP');
  await stop();
  return backup;
}
const refusal = (finding: string) => ({
  name: 'LogRefused',
  finding,
  message: expect.stringContaining('npm run ledger -- accept-log --reason'),
});
async function declarations(store: EventStore): Promise<readonly object[]> {
  return (await store.readStream(OPERATORS_STREAM)).events.map((event) => readLogged(event).event.facts);
}

describe('a log that is not what was acknowledged of it', () => {
  it('is taken as it is when nothing is missing (control)', async () => {
    await withBackup();
    await start();
    expect(await addBody('PANEL')).toBe('PANEL');
  });

  it('is refused when it was deleted, after every start, and never begins again at the first reference', async () => {
    await withBackup();
    removeLog();
    await expect(start()).rejects.toMatchObject(refusal('empty'));
    await expect(start()).rejects.toMatchObject(refusal('empty'));
  });

  it('is refused when it was emptied, also where nothing is remembered but that keys were made', async () => {
    await withBackup();
    removeLog();
    const keys = openDatabase(file('keys.sqlite'));
    keys.exec('DELETE FROM acknowledged');
    keys.close();
    await expect(start()).rejects.toMatchObject(refusal('empty'));
  });

  it('is refused when it is an older copy', async () => {
    restore(await withBackup());
    await expect(start()).rejects.toMatchObject(refusal('shorter'));
  });

  it('would be served, an older copy too, if nothing were remembered (control)', async () => {
    restore(await withBackup());
    const keys = openDatabase(file('keys.sqlite'));
    keys.exec('DELETE FROM acknowledged');
    keys.close();
    await start();
    expect(await addBody('JARAP')).toBe('JARAP');
  });

  it('is refused when it is an older copy that went on by itself', async () => {
    const backup = await withBackup();
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    cpSync(folder, elsewhere, { recursive: true });
    restore(backup);
    const keys = openDatabase(file('keys.sqlite'));
    keys.exec('DELETE FROM acknowledged');
    keys.close();
    await start();
    for (const body of ['A', 'B', 'C', 'D']) await addBody(body);
    await stop();
    copyFileSync(join(elsewhere, 'keys.sqlite'), file('keys.sqlite'));
    rmSync(elsewhere, { recursive: true });
    await expect(start()).rejects.toMatchObject(refusal('shorter'));
  });

  it('is refused when events are missing from its middle', async () => {
    await withBackup();
    const raw = openDatabase(file());
    raw.exec('DROP TRIGGER events_never_go; DELETE FROM events WHERE seq = 3');
    raw.close();
    await expect(start()).rejects.toMatchObject(refusal('gaps'));
    await start({ accept: WHY });
    await stop();
    await start();
    expect(await declarations(open!.store)).toEqual([
      { matter: 'LOG_ACCEPTED', details: expect.objectContaining({ finding: 'gaps', missing: 1 }) },
    ]);
    expect((await open!.store.readAll()).events.length).toBeGreaterThan(3);
  });

  it('is refused when it is that of another ledger, which nobody can accept: its words lie under other keys', async () => {
    await start();
    await addBody('CGB');
    await stop();
    const other = file('other.sqlite');
    copyFileSync(file(), other);
    rmSync(file('keys.sqlite'));
    removeLog();
    await start();
    await addBody('JARAP');
    await stop();
    restore(other);
    await expect(start()).rejects.toMatchObject({ name: 'LogRefused' });
    await expect(start({ accept: WHY })).rejects.toMatchObject({ name: 'KeysRefused' });
  });

  it.each([
    ['shorter', restore],
    ['empty', removeLog],
  ] as const)(
    'is served again once an operator accepts it (%s), which stands in the log, name and reason sealed',
    async (finding, lose) => {
      const backup = await withBackup();
      lose(backup);
      await start({ accept: WHY });
      await stop();
      await start();
      await expect(addBody('JARAP')).resolves.toBe('JARAP');
      const { store, keys } = open!;
      const [event] = (await store.readStream(OPERATORS_STREAM)).events;
      const { stored } = readLogged(event!);
      expect(stored.parts.find(({ name }) => name === 'facts')?.value).toMatchObject({
        matter: 'LOG_ACCEPTED',
        details: { finding, lost: expect.any(String) },
      });
      const bytes = Buffer.from(event!.bytes).toString();
      for (const words of Object.values(WHY)) expect(bytes).not.toContain(words);
      const opened = stored.parts.flatMap(({ name, key, value }) =>
        key === undefined || name === 'command'
          ? []
          : [
              Buffer.from(
                openPart(keys.find([key])[0]!, { event: event!.id, part: name }, value as string).plaintext,
              ).toString(),
            ],
      );
      expect(opened.map((json) => JSON.parse(json) as string).sort()).toEqual(Object.values(WHY).sort());
    },
  );

  it('is not accepted where nothing is missing', async () => {
    await withBackup();
    await expect(start({ accept: WHY })).rejects.toMatchObject({ name: 'NothingToAccept' });
  });

  it('is noticed under a running server when an older copy is put in its place, which then takes no more', async () => {
    const backup = await withBackup();
    await start();
    await addBody('PANEL');
    restore(backup);
    const deadline = Date.now() + 5_000;
    let outcome = await officer()
      .fails({ type: 'AddBody', as: 'LATER', name: 'Later' })
      .catch(() => 'written');
    while (outcome !== 'unavailable' && Date.now() < deadline) {
      await new Promise((resume) => setTimeout(resume, 100));
      outcome = await officer()
        .fails({ type: 'AddBody', as: `B${Date.now()}`, name: 'Later' })
        .catch(() => 'written');
    }
    expect(outcome).toBe('unavailable');
    await expect(open!.store.head()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await stop();
    await expect(start()).rejects.toMatchObject({ name: 'LogRefused' });
  });

  it('is remembered without a sync, and within a second', async () => {
    await start();
    await addBody('CGB');
    await new Promise((resume) => setTimeout(resume, 1_300));
    const { event } = open!.keys.acknowledged.read()!;
    expect((await open!.store.readAll()).events.at(-1)!.id).toBe(event);
  });
});
