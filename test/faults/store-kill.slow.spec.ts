import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_DISK_FAILED, openSqliteEventStore } from '../../libs/event-store-sqlite/index.ts';
import type { LoggedEvent } from '../../libs/event-store/index.ts';
import { ChildProcesses } from './children.ts';

/** `KILLS=25` in CI. */
const KILLS = Number(process.env['KILLS'] ?? 20);
const SEED = Number(process.env['SEED'] ?? 20_231_009);

describe('a process that is killed while it appends', () => {
  const children = new ChildProcesses();
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-kill-'));
    file = join(folder, 'events.db');
  });
  afterEach(() => rm(folder, { recursive: true }));
  afterAll(() => children.dispose());

  /** Starts a writer on the file, kills it once so many appends were acknowledged, and gives all acknowledgements that came out of it. */
  async function writeAndKill(atLeast: number, ...wishes: string[]): Promise<readonly string[]> {
    const child = children.start('writing-child', [file, ...wishes]);
    await child.line('ready');
    await child.hasWritten(atLeast + 1);
    await child.kill();
    return child.lines.filter((line) => line.startsWith('stored '));
  }

  it(
    `keeps every acknowledged event, once and without gaps (${KILLS} kills, seed ${SEED})`,
    async () => {
      const random = randomNumbers(SEED);
      const acknowledged: string[] = [];
      for (let kill = 0; kill < KILLS; kill += 1)
        acknowledged.push(...(await writeAndKill(Math.floor(random() * 300))));
      expect(acknowledged.length).toBeGreaterThan(KILLS * 50);
      const log = await everythingIn(file);
      expect(missingFrom(log, acknowledged)).toEqual([]);
      expect(faultsOf(log)).toEqual([]);
    },
    30_000 + KILLS * 2_000,
  );

  it('is seen to lose events when the store answers before it commits (control)', async () => {
    const missing: string[] = [];
    for (let kill = 0; kill < 10 && missing.length === 0; kill += 1) {
      const acknowledged = await writeAndKill(100, 'acknowledge-early');
      missing.push(...missingFrom(await everythingIn(file), acknowledged));
    }
    expect(missing).not.toEqual([]);
  }, 30_000);

  it('reports doubled, missing and torn events of a log that has them (control)', async () => {
    await writeAndKill(100);
    const log = await everythingIn(file);
    const middle = log.findIndex(({ version }) => version > 3);
    expect(faultsOf(log)).toEqual([]);
    expect(faultsOf([...log, log[middle]!])).not.toEqual([]);
    expect(faultsOf(log.toSpliced(middle, 1))).not.toEqual([]);
    const torn = log.findLastIndex(({ bytes }) => factsOf(bytes).of === 3);
    expect(faultsOf(log.slice(0, torn))).toEqual([expect.stringMatching(/torn/), expect.stringMatching(/torn/)]);
  }, 30_000);
});

describe('a process whose disk fails', () => {
  const children = new ChildProcesses();
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-disk-'));
    file = join(folder, 'events.db');
  });
  afterEach(() => rm(folder, { recursive: true }));
  afterAll(() => children.dispose());

  // A write past the limit of a process's file size fails with EFBIG: an error of the disk that is not "full".
  const LIMIT = { fileBlocks: 2_048 };

  it('ends at once with code 70, says why, and had acknowledged only what is there', async () => {
    const child = children.start('writing-child', [file], LIMIT);
    expect(await child.ended).toEqual({
      code: EXIT_DISK_FAILED,
      signal: null,
      errors: expect.stringMatching(/^The disk under the log failed.*I\/O/),
    });
    const acknowledged = child.lines.filter((line) => line.startsWith('stored '));
    expect(acknowledged.length).toBeGreaterThan(50);
    const log = await everythingIn(file);
    expect(missingFrom(log, acknowledged)).toEqual([]);
    expect(faultsOf(log)).toEqual([]);
  }, 30_000);

  it('lives on when nobody ends it (control), but acknowledges nothing more', async () => {
    const child = children.start('writing-child', [file, 'carry-on'], LIMIT);
    expect((await child.ended).code).toBe(0);
    const failed = child.lines.findIndex((line) => line.startsWith('failed '));
    expect(failed).toBeGreaterThan(0);
    expect(child.lines.slice(failed + 1).filter((line) => line.startsWith('stored '))).toEqual([]);
  }, 30_000);
});

async function everythingIn(file: string): Promise<LoggedEvent[]> {
  const store = openSqliteEventStore({ file, ledger: 'faults' });
  const log: LoggedEvent[] = [];
  for (let atEnd = false; !atEnd;) {
    const page = await store.readAll(log.at(-1)?.position, 5_000);
    log.push(...page.events);
    atEnd = page.atEnd;
  }
  await store.close();
  return log;
}

/** Acknowledgements whose events do not stand exactly where they were said to stand. */
function missingFrom(log: readonly LoggedEvent[], acknowledged: readonly string[]): string[] {
  const byId = new Map(log.map((event) => [event.id, event]));
  return acknowledged.filter((line) => {
    const [, stream, version, position, ids] = line.split(' ');
    const events = ids!.split(',');
    return !events.every((id, index) => {
      const event = byId.get(id);
      return (
        event?.stream === stream &&
        event?.version === Number(version) - events.length + 1 + index &&
        event.position === position
      );
    });
  });
}

/** Everything that is wrong with a log in itself: ids twice, gaps in versions, half appends, bytes of another event. */
function faultsOf(log: readonly LoggedEvent[]): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  for (const { id, stream, version, bytes } of log) {
    if (ids.has(id)) faults.push(`${id} stands twice`);
    ids.add(id);
    if (version !== (versions.get(stream) ?? 0) + 1)
      faults.push(`${stream} goes from ${versions.get(stream)} to ${version}`);
    versions.set(stream, version);
    const { header } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { header: { id: string; stream: string } };
    if (header.id !== id || header.stream !== stream) faults.push(`${id} holds the bytes of ${header.id}`);
  }
  for (const [index, { position, bytes }] of log.entries()) {
    const { number, of } = factsOf(bytes);
    const append = log.slice(Math.max(0, index - number + 1), index - number + 1 + of);
    const whole =
      append.length === of &&
      append.every((event, place) => event.position === position && factsOf(event.bytes).number === place + 1);
    if (!whole) faults.push(`event ${number} of ${of} at ${position} stands in a torn append`);
  }
  return faults;
}

/** The writer numbers the events of an append and says how many there are. */
function factsOf(bytes: Uint8Array): { number: number; of: number } {
  return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { parts: [{ value: { number: number; of: number } }] })
    .parts[0].value;
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
