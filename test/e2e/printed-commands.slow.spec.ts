import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Each of its questions is asked as its reader, and compared, by a specification of its own: `questions.spec.ts`. */
const QUESTIONS = 'docs/questions.md';

/** A block of a document that somebody may paste, and what is printed right after it as its answer. */
interface Printed {
  readonly document: string;
  readonly language: string;
  readonly text: string;
  readonly answer: unknown;
}

const printed: readonly Printed[] = DOCUMENTS.flatMap((document) => {
  const blocks = [...readFileSync(join(ROOT, document), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.map((block, index) => {
    const next = blocks[index + 1];
    const follows = next !== undefined && next.index - block.index - block[0].length < 5 && next[1] === 'json';
    return {
      document,
      language: block[1] as string,
      text: block[2] as string,
      answer: follows ? (JSON.parse(next[2] as string) as unknown) : undefined,
    };
  });
});

/** The lines of a block, each continued line joined, without what is said of it behind `#`. */
const commandsOf = ({ text }: Printed) =>
  text
    .replace(/\\\n/g, '\\\u0000')
    .split('\n')
    .map((line) => line.replace(/\s+# .*$/, '').replaceAll('\\\u0000', '\\\n'))
    .filter((line) => line.trim() !== '');

const steps = printed
  .filter(({ language }) => language === 'sh')
  .flatMap((block) => commandsOf(block).map((command) => ({ block, command })))
  .flatMap(({ block, command }) =>
    command.startsWith('curl ') ? [{ block, command }] : command.split(' && ').map((one) => ({ block, command: one })),
  );

/** `npm test` runs this specification, and `npm ci` must have run before it could. */
const RUNNING_ALREADY = ['npm ci', 'npm test'];
const SERVES = /^(?:\w+=\S+ )*npm (?:start|run demo)$/;

const asked = steps.filter(({ command }) => command.startsWith('curl '));
const run = steps.filter(({ command }) => !command.startsWith('curl ') && !RUNNING_ALREADY.includes(command));

/** As much of curl as the documents use, for machines that have none. */
const CURL = `
const { values, positionals } = require('node:util').parseArgs({
  allowPositionals: true,
  options: { s: { type: 'boolean', short: 's' }, header: { type: 'string', short: 'H' }, data: { type: 'string', short: 'd' } },
});
const [name, value] = values.header.split(': ');
fetch(positionals[0], { method: 'POST', headers: { [name]: value }, body: values.data })
  .then((response) => response.text())
  .then((text) => process.stdout.write(text));
`;

/** Runs a line as it is pasted into a shell. One that serves is stopped once it says where. */
async function paste(command: string, environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...environment };
  const child = spawn('sh', ['-c', command], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (SERVES.test(command) && text.includes('The ledger is at http://')) process.kill(-child.pid!, 'SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  // What npm itself says, of its own settings on this machine or of what it runs (from npm 12 on), is no word of ours.
  return { code, output, errors: errors.replace(/^npm (notice|warn) .*\n/gm, '') };
}

describe('what the documents print', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-printed-'));
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', holding: 'example' });
    writeFileSync(join(folder, 'curl'), `#!${process.execPath}\n${CURL}`, { mode: 0o755 });
  }, 240_000);
  afterAll(async () => {
    await served.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has questions and commands to try', () => {
    expect(asked.length).toBeGreaterThan(0);
    expect(run.length).toBeGreaterThan(2);
    for (const { block } of asked) expect(block.answer).toBeDefined();
  });

  it.each(asked.map(({ block, command }) => [block.document, command, block.answer]))(
    'in %s is answered as it prints: %s',
    async (_, command, answer) => {
      const here = command.replaceAll('http://127.0.0.1:3000', served.url);
      const { code, output, errors } = await paste(here, { PATH: `${folder}:${process.env['PATH']}` });
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(JSON.parse(output)).toEqual(answer);
    },
  );

  it.each(run.map(({ block, command }) => [block.document, command]))(
    'in %s runs as it is pasted: %s',
    async (_, command) => {
      const { code, output, errors } = await paste(command, {
        LEDGER_DATA: join(folder, 'data'),
        LEDGER_STORE: 'sqlite',
        PORT: '0',
      });
      if (SERVES.test(command)) expect(output).toContain('The ledger is at http://127.0.0.1:');
      else expect({ code, errors }).toEqual({ code: 0, errors: '' });
    },
    60_000,
  );

  it('is GraphQL that this ledger answers, wherever it is called that', async () => {
    for (const { document, language, text, answer } of printed) {
      if (language !== 'graphql' || document === QUESTIONS) continue;
      const data: unknown = await served.public.runs(text);
      if (answer !== undefined) expect({ data }).toEqual(answer);
    }
  });
});
