import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeWriterLock, type LockHolder, type WriterLock } from '../../libs/sqlite/index.ts';
import { ChildProcesses } from './children.ts';

describe('the writer lock of a data folder', () => {
  const children = new ChildProcesses();
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'ledger-lock-'))));
  afterEach(() => rm(folder, { recursive: true }));
  afterAll(() => children.dispose());

  const taken = (result: WriterLock | { readonly heldBy: LockHolder }): WriterLock => {
    if ('heldBy' in result) throw new Error(`held by ${JSON.stringify(result.heldBy)}`);
    return result;
  };

  it('is refused while another process holds it, naming what that is and its process id', async () => {
    const server = children.start('holding-child', [folder, 'server']);
    await server.line('holding');
    expect(takeWriterLock(folder, 'import')).toEqual({ heldBy: { what: 'server', pid: server.pid } });
    await server.kill();
  });

  it('is free again as soon as its holder was killed with -9', async () => {
    const server = children.start('holding-child', [folder, 'server']);
    await server.line('holding');
    await server.kill();
    taken(takeWriterLock(folder, 'import')).release();
  });

  it('is refused to another process while this one holds it, and given once it is released', async () => {
    const lock = taken(takeWriterLock(folder, 'import'));
    const early = children.start('holding-child', [folder, 'server']);
    expect(await early.line('refused')).toBe(`refused ${JSON.stringify({ what: 'import', pid: process.pid })}`);
    lock.release();
    lock.release();
    const late = children.start('holding-child', [folder, 'server']);
    await late.line('holding');
    await late.kill();
  });

  it('is refused to a second taker in the same process', () => {
    const lock = taken(takeWriterLock(folder, 'server'));
    expect(takeWriterLock(folder, 'import')).toEqual({ heldBy: { what: 'server', pid: process.pid } });
    lock.release();
  });

  it('goes to exactly one of many processes that start together', async () => {
    const rivals = Array.from({ length: 6 }, (_, index) =>
      children.start('holding-child', [folder, `server ${index}`]),
    );
    const said = await Promise.all(rivals.map((rival) => rival.line('')));
    const winner = said.indexOf('holding');
    expect(said.filter((line) => line === 'holding')).toHaveLength(1);
    for (const [index, line] of said.entries())
      if (index !== winner)
        expect(line).toBe(`refused ${JSON.stringify({ what: `server ${winner}`, pid: rivals[winner]!.pid })}`);
    await Promise.all(rivals.map((rival) => rival.kill()));
  });

  it('does not trust the text that names a holder: a name without a lock holds nobody back', async () => {
    await writeFile(join(folder, 'writer.json'), JSON.stringify({ what: 'server', pid: process.pid }));
    taken(takeWriterLock(folder, 'import')).release();
  });
});
