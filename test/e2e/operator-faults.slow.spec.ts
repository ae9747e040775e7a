import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { EXAMPLE } from './served-ledger.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = join(PROJECT, 'dist');
const SERVER = ['apps/ledger/main.js'];
const IMPORT = ['apps/command-line/main.js', 'import', EXAMPLE, '--grants'];
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

describe('a fault that an operator mends', () => {
  let parent: string;
  let data: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'ledger-operator-'));
    chmodSync(parent, 0o755);
    data = join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  /** Runs it to its end, which it must come to by itself. `asNobody`: as somebody whom rights of files bind. */
  function run([program, ...args]: readonly string[], more: Record<string, string> = {}, asNobody = false) {
    const { status, stdout, stderr, signal } = spawnSync(process.execPath, [join(BUILT, program!), ...args], {
      env: { PATH: process.env['PATH'], LEDGER_DATA: data, PORT: '0', LOG_LEVEL: 'silent', ...more },
      encoding: 'utf8',
      timeout: 120_000,
      cwd: parent,
      ...(asNobody && isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    return { status, signal, stdout, stderr };
  }

  /** One plain sentence or two on one line, and no stack. */
  function saysPlainly({ status, signal, stdout, stderr }: ReturnType<typeof run>, sentence: RegExp): void {
    expect({ signal, stderr }).toEqual({ signal: null, stderr: expect.stringMatching(sentence) });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^[A-Z/\d][^]*\.\n$/);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at |node:internal|Error:/m);
    expect(status).not.toBe(0);
  }
  const lend = (path: string) => isRoot && chownSync(path, NOBODY, NOBODY);
  async function opened(): Promise<void> {
    await (await openRunningLedger({ store: 'sqlite', name: 'ledger', data }, 'spec')).close();
  }

  it('is a port in use', async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    saysPlainly(run(SERVER, { PORT: String(port) }), new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use`));
    other.close();
  });

  it('is an address that this machine does not have', () => {
    saysPlainly(run(SERVER, { LEDGER_HOST: '203.0.113.9' }), /^203\.0\.113\.9 is no address of this machine/);
  });

  it.each([
    ['server', SERVER],
    ['import', IMPORT],
  ])(
    'is a data folder that is a file, cannot be written or made, or is shared by all: %s',
    async (_, program) => {
      writeFileSync(data, '');
      saysPlainly(run(program), /is a file, or lies within one: name a folder\.$/m);
      rmSync(data);
      mkdirSync(data, { mode: 0o500 });
      lend(data);
      saysPlainly(run(program, {}, true), /cannot be written by whoever runs this/);
      rmSync(data, { recursive: true });
      await opened();
      chmodSync(data, 0o500);
      lend(data);
      saysPlainly(run(program, {}, true), /cannot be written by whoever runs this/);
      saysPlainly(run(program, { LEDGER_DATA: '/proc/ledger' }), /cannot be made there/);
      saysPlainly(run(program, { LEDGER_DATA: tmpdir() }), /everybody on this machine shares/);
    },
    60_000,
  );

  it.each([
    ['server', SERVER],
    ['import', IMPORT],
  ])(
    'is a file of the ledger that is not theirs, damaged, or of another ledger: %s',
    async (_, program) => {
      await opened();
      for (const name of ['events.sqlite', 'keys.sqlite']) {
        const whole = readFileSync(join(data, name));
        writeFileSync(join(data, name), Buffer.alloc(20_000, 7));
        saysPlainly(run(program), /damaged|not a readable key store/);
        writeFileSync(join(data, name), whole);
      }
      const other = join(parent, 'other');
      cpSync(data, other, { recursive: true });
      rmSync(data, { recursive: true });
      await opened();
      cpSync(join(other, 'keys.sqlite'), join(data, 'keys.sqlite'));
      for (const rest of ['-wal', '-shm']) rmSync(join(data, `keys.sqlite${rest}`), { force: true });
      const ended = run(program);
      saysPlainly(ended, /^The keys are those of ledger/);
      // Run again, the command line would end so again: the settings are to be put right.
      if (program === IMPORT) expect(ended.status).toBe(64);
      if (!isRoot) return;
      // Its folder is theirs, its files are not.
      lend(data);
      saysPlainly(run(program, {}, true), /belongs to somebody else|cannot be opened|read|written/);
    },
    60_000,
  );

  it('is a log with a gap', async () => {
    expect(run(IMPORT).status).toBe(0);
    const log = openDatabase(join(data, 'events.sqlite'));
    for (const trigger of log
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .pluck()
      .all() as string[])
      log.exec(`DROP TRIGGER ${trigger}`);
    log.exec('DELETE FROM events WHERE seq = (SELECT max(seq) / 2 FROM events)');
    log.close();
    saysPlainly(run(SERVER), /damaged|lacks|missing|shorter|does not follow/);
  }, 60_000);

  it('is a store that a new ledger needs and that is away', () => {
    const url = 'esdb://ledger:secret@127.0.0.1:9?tls=false';
    const ended = run(SERVER, { LEDGER_STORE: 'esdb', EVENTSTOREDB_URL: url });
    saysPlainly(ended, /^The store does not answer\. Start it/);
    expect(ended.stderr).not.toContain('secret');
  }, 60_000);

  it('is an address of the store that is none', () => {
    for (const url of ['esdb://a b', 'esdb://u:%E0%A4@127.0.0.1:9', 'esdb://127.0.0.1:2113', 'esdb://:::'])
      for (const program of [SERVER, IMPORT])
        saysPlainly(run(program, { LEDGER_STORE: 'esdb', EVENTSTOREDB_URL: url }), /^EVENTSTOREDB_URL cannot be used/);
  }, 300_000);
});

describe('the arguments of a command', () => {
  /** A project of its own: the demonstration is made in the folder of the project, where somebody may have run one. */
  const project = mkdtempSync(join(tmpdir(), 'ledger-arguments-'));
  cpSync(BUILT, join(project, 'dist'), { recursive: true });
  cpSync(join(PROJECT, 'package.json'), join(project, 'package.json'));
  for (const read of ['node_modules', 'apps', 'docs', 'examples'])
    symlinkSync(join(PROJECT, read), join(project, read));
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  const run = (program: string, ...args: string[]) => runOnPort(0, program, ...args);
  const runOnPort = (port: number, program: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(project, 'dist', program), ...args], {
      env: { PATH: process.env['PATH'], LEDGER_DATA: '/dev/null/nothing', PORT: String(port) },
      encoding: 'utf8',
      timeout: 120_000,
      cwd: project,
    });
  const demoWasMade = () => existsSync(join(project, 'demo-data'));
  const help = run('apps/command-line/main.js', '--help').stdout;
  const commands = [...help.matchAll(/^ {2}([a-z][a-z-]*)$/gm)].map(([, name]) => name!);
  const examples = [...help.matchAll(/^ {6}ledger (.+)$/gm)].map(([, example]) => example!);

  it('are said by the help of every command, and one that there is not is refused by its name with the nearest', () => {
    expect(commands).toContain('import');
    for (const command of commands) {
      const said = run('apps/command-line/main.js', command, '--help');
      expect([command, said.status, said.stdout]).toEqual([
        command,
        0,
        expect.stringContaining(`Usage: ledger ${command}`),
      ]);
      const wrong = run('apps/command-line/main.js', command, '--hepl');
      expect([command, wrong.status, wrong.stderr]).toEqual([
        command,
        64,
        expect.stringContaining('There is no option --hepl. Did you mean --help?'),
      ]);
    }
    expect(run('apps/command-line/main.js', 'import', EXAMPLE, '--dryrun').stderr).toContain(
      'There is no option --dryrun. Did you mean --dry-run?',
    );
    expect(run('apps/command-line/main.js', 'imprt').stderr).toContain(
      'There is no command "imprt". Did you mean import?',
    );
  }, 60_000);

  it('are those of the example that the help prints of each command', () => {
    expect(examples.map((example) => example.split(' ')[0])).toEqual(commands);
    for (const example of examples) {
      const data = mkdtempSync(join(tmpdir(), 'ledger-example-'));
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', `node ${join(BUILT, 'apps/command-line/main.js')} ${example}`],
        {
          cwd: PROJECT,
          env: { PATH: process.env['PATH'], LEDGER_DATA: data },
          encoding: 'utf8',
          timeout: 120_000,
        },
      );
      rmSync(data, { recursive: true });
      expect([example, status, stderr]).toEqual([
        example,
        // A new ledger has no log that could be missing, and nothing to read. Of papers these read in `command-line-reads.spec.ts`.
        ...(example.startsWith('accept-log')
          ? [1, expect.stringMatching(/^[^\n]+\n$/)]
          : example.includes(' --as ')
            ? [64, expect.stringMatching(/^There are no keys at [^\n]+\n$/)]
            : [0, '']),
      ]);
    }
  });

  it.each([['--demoo'], ['--demo=yes'], ['demo'], ['-d'], ['--illustrative']])(
    'end the server with a sentence: %s',
    (wrong) => {
      const { status, stderr } = run('apps/ledger/main.js', wrong);
      expect([status, stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
      expect(stderr).toContain(wrong.split('=')[0]);
      if (wrong === '--demoo') expect(stderr).toContain('Did you mean --demo?');
      expect(demoWasMade()).toBe(false);
    },
  );

  it('would be seen to have begun the demonstration (control)', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const ended = runOnPort((other.address() as { port: number }).port, 'apps/ledger/main.js', '--demo');
    other.close();
    expect([ended.stderr, demoWasMade()]).toEqual([expect.stringContaining('is in use'), true]);
  });

  it('are said by the help of the server', () => {
    expect(run('apps/ledger/main.js', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm start/),
    });
  });
});
