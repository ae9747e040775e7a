import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RUN = { npm_config_update_notifier: 'false', npm_config_fund: 'false' };

/** The project as it is, with a demo folder of its own, and with its scripts as `scripts` makes them. */
function project(scripts: (script: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-npm-'));
  for (const linked of ['node_modules', 'dist', 'apps', 'docs', 'examples'])
    symlinkSync(join(ROOT, linked), join(folder, linked));
  const read = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const changed = {
    ...read,
    scripts: Object.fromEntries(Object.entries(read.scripts).map(([name, script]) => [name, scripts(script)])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(changed));
  cpSync(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'));
  return folder;
}

describe('a server that npm started', () => {
  let folder: string;
  let npm: ChildProcess;
  let output: string;
  afterEach(() => {
    // The demo's folder lies in the project, by its port.
    for (const made of [folder, join(ROOT, 'demo-data', 'sqlite-0')]) rmSync(made, { recursive: true, force: true });
  });

  async function start(script: 'start' | 'demo', scripts = (written: string) => written): Promise<string> {
    folder = project(scripts);
    output = '';
    npm = spawn('npm', ['run', script], {
      cwd: folder,
      env: {
        ...RUN,
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: '0',
        LOG_LEVEL: 'info',
        LEDGER_DATA: join(folder, 'data'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    npm.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
    for (const until = performance.now() + 60_000; performance.now() < until; await pause(20)) {
      const url = /The ledger is at (\S+)/.exec(output)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error(`no server listens: ${output}`);
  }
  const lives = (url: string) =>
    fetch(`${url}/health/live`).then(
      () => true,
      () => false,
    );
  const ended = () => new Promise<void>((resolve) => npm.once('exit', () => resolve()));

  it.each([
    ['demo', 'SIGTERM'],
    ['demo', 'SIGINT'],
    ['start', 'SIGTERM'],
  ] as const)(
    'by "npm run %s" stops when npm is sent %s',
    async (script, signal) => {
      const url = await start(script);
      expect(await lives(url)).toBe(true);
      const over = ended();
      npm.kill(signal);
      await over;
      for (const until = performance.now() + 8_000; (await lives(url)) && performance.now() < until;) await pause(50);
      expect(await lives(url)).toBe(false);
    },
    90_000,
  );

  it('would outlive npm if the shell stood between them (control)', async () => {
    const url = await start('start', (written) => written.replace(/^exec /, ''));
    const holder = JSON.parse(readFileSync(join(folder, 'data', 'writer.json'), 'utf8')) as { pid: number };
    const over = ended();
    npm.kill('SIGTERM');
    await over;
    await pause(3_000);
    expect(await lives(url)).toBe(true);
    process.kill(holder.pid, 'SIGTERM');
    for (const until = performance.now() + 8_000; (await lives(url)) && performance.now() < until;) await pause(50);
    expect(await lives(url)).toBe(false);
  }, 90_000);
});
