import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ids } from '../ledger/index.ts';
import { KeysRefused, memoryKeyStore, openSqliteKeyStore, type ReadableKeyStore } from './index.ts';

let folder: string;
let file: string;
const opened: ReadableKeyStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-keys-'));
  file = join(folder, 'keys.db');
});
afterEach(async () => {
  for (const keys of opened.splice(0)) keys.close();
  await rm(folder, { recursive: true });
});

let drawn = 0;
/** Different at every draw, the same in every run. */
const ids: Ids = {
  uuid: () => `00000000-0000-4000-8000-${String((drawn += 1)).padStart(12, '0')}`,
  bytes: (length) =>
    createHash('sha256')
      .update(`draw ${(drawn += 1)}`)
      .digest()
      .subarray(0, length),
};

const open = (batch = 10): ReadableKeyStore => {
  const keys = openSqliteKeyStore({ file, ids, batch });
  opened.push(keys);
  return keys;
};

describe.each([
  ['in a file', () => open()],
  ['in memory', () => memoryKeyStore(undefined, ids)],
  ['of a rehearsal', () => memoryKeyStore(open(), ids)],
])('keys %s', (_, make) => {
  it('hand out a key of 256 bits once, under a name of its own, and find it again', () => {
    const keys = make();
    const taken = Array.from({ length: 35 }, () => keys.take());
    expect(new Set(taken.map(({ id }) => id)).size).toBe(35);
    expect(new Set(taken.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(35);
    for (const { key } of taken) expect(key).toHaveLength(32);
    expect(keys.find(taken.map(({ id }) => id)).map((key) => Buffer.from(key!.key))).toEqual(
      taken.map(({ key }) => Buffer.from(key)),
    );
  });

  it('do not find what never was here or was destroyed', () => {
    const keys = make();
    const [kept, gone] = [keys.take(), keys.take()];
    keys.destroy([gone.id, 'unknown']);
    expect(keys.find([gone.id, 'unknown', kept.id])).toEqual([null, null, expect.objectContaining({ id: kept.id })]);
  });

  it('keep one key for a person, and begin another once it was destroyed', () => {
    const keys = make();
    expect(keys.keyOfPerson('person-1')).toBeNull();
    const key = keys.forPerson('person-1');
    expect(keys.forPerson('person-1')).toEqual(key);
    expect(keys.forPerson('person-2').id).not.toBe(key.id);
    keys.destroy([key.id]);
    expect(keys.keyOfPerson('person-1')).toBeNull();
    expect(keys.forPerson('person-1').id).not.toBe(key.id);
    expect(keys.find([key.id])).toEqual([null]);
  });

  it('keep one secret for each purpose', () => {
    const keys = make();
    expect(keys.storedSecret('positions')).toBeNull();
    const secret = Buffer.from(keys.secret('positions'));
    expect(secret).toHaveLength(32);
    expect(Buffer.from(keys.secret('positions')).equals(secret)).toBe(true);
    expect(Buffer.from(keys.secret('pseudonyms')).equals(secret)).toBe(false);
  });

  it('belong to one ledger for ever', () => {
    const keys = make();
    expect(keys.ledgerId()).toBeNull();
    keys.bind('ledger-1');
    keys.bind('ledger-1');
    expect(() => keys.bind('ledger-2')).toThrow(KeysRefused);
    expect(keys.ledgerId()).toBe('ledger-1');
  });

  it('raise the settled floor and never lower it', () => {
    const keys = make();
    expect(keys.settledFloor.read()).toBe(0);
    keys.settledFloor.raise(1_696_809_600_000);
    keys.settledFloor.raise(5);
    expect(keys.settledFloor.read()).toBe(1_696_809_600_000);
  });
});

describe('a restart of the key store', () => {
  it('finds every key that was handed out, hands none out again, and remembers the rest', () => {
    const before = openSqliteKeyStore({ file, ids, batch: 10 });
    before.bind('ledger-1');
    const taken = Array.from({ length: 13 }, () => before.take());
    const person = before.forPerson('person-1');
    const secret = Buffer.from(before.secret('positions'));
    before.settledFloor.raise(7);
    before.close();
    const after = open();
    expect(after.find(taken.map(({ id }) => id)).map((key) => key?.id)).toEqual(taken.map(({ id }) => id));
    const next = Array.from({ length: 25 }, () => after.take().id);
    expect(next.filter((id) => id === person.id || taken.some((old) => old.id === id))).toEqual([]);
    expect(after.forPerson('person-1').id).toBe(person.id);
    expect(Buffer.from(after.secret('positions')).equals(secret)).toBe(true);
    expect([after.ledgerId(), after.settledFloor.read()]).toEqual(['ledger-1', 7]);
  });

  it('has a key on the disk before it is handed out', async () => {
    const keys = open();
    const { id } = keys.take();
    // Another connection, which sees only what was committed.
    expect(open().find([id])[0]?.id).toBe(id);
  });

  it('never gives one key to two processes, nor two keys to one person', () => {
    const [one, other] = [open(), open()];
    const taken = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : other).take().id);
    expect(new Set(taken).size).toBe(30);
    expect(one.forPerson('person-1').id).toBe(other.forPerson('person-1').id);
  });

  it('refuses a file that holds no keys', async () => {
    await writeFile(file, 'these are not keys\n'.repeat(500));
    expect(() => open()).toThrow(KeysRefused);
  });

  it('lets nobody but the owner of the file read it', async () => {
    open().take();
    for (const name of await readdir(folder))
      expect(((await stat(join(folder, name))).mode & 0o077).toString(8)).toBe('0');
  });
});

describe('a destroyed key', () => {
  const occurrences = async (key: Uint8Array): Promise<number> => {
    let count = 0;
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) count += 1;
    }
    return count;
  };

  it('stands in no file of the store any more, whichever was destroyed and in whatever order', async () => {
    const keys = open(100);
    const taken = Array.from({ length: 600 }, () => keys.take());
    // A third, in an order that has nothing to do with how they lie.
    const destroyed = taken.filter((_, index) => index % 3 === 1).sort((a, b) => Buffer.compare(a.key, b.key));
    for (let index = 0; index < destroyed.length; index += 20)
      keys.destroy(destroyed.slice(index, index + 20).map(({ id }) => id));
    for (const { key } of destroyed) expect(await occurrences(key)).toBe(0);
    // Control: the scan sees the others, and each of them once.
    for (const { key } of taken.filter((each) => !destroyed.includes(each)).slice(0, 100))
      expect(await occurrences(key)).toBe(1);
  });

  it('is not handed out when it was destroyed before it was ever asked for', () => {
    const keys = open(3);
    const first = keys.take();
    const beside = open(3);
    beside.take();
    keys.destroy([first.id]);
    expect(Array.from({ length: 5 }, () => keys.take().id)).not.toContain(first.id);
  });
});

describe('the keys of a rehearsal', () => {
  it('show what the base holds and never write to it', async () => {
    const base = open();
    base.bind('ledger-1');
    const person = base.forPerson('person-1');
    const secret = base.secret('positions');
    base.settledFloor.raise(9);
    const before = await readFile(file);
    const beforeAhead = await readFile(`${file}-wal`);

    const keys = memoryKeyStore(base, ids);
    expect(keys.ledgerId()).toBe('ledger-1');
    expect(() => keys.bind('ledger-2')).toThrow(KeysRefused);
    expect(keys.forPerson('person-1').id).toBe(person.id);
    expect(Buffer.from(keys.secret('positions')).equals(secret)).toBe(true);
    expect(keys.settledFloor.read()).toBe(9);
    keys.take();
    keys.forPerson('person-2');
    keys.secret('pseudonyms');
    keys.settledFloor.raise(10);
    keys.destroy([person.id]);
    expect(keys.find([person.id])).toEqual([null]);

    expect(base.find([person.id])[0]?.id).toBe(person.id);
    expect(await readFile(file)).toEqual(before);
    expect(await readFile(`${file}-wal`)).toEqual(beforeAhead);
  });
});
