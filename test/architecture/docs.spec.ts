import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIG_KEYS } from '../../apps/ledger/config.ts';
import { IMPORT_HELP } from '../../apps/command-line/import-command.ts';
import { EXITS } from '../../apps/command-line/reading/reading-command.ts';
import { EXIT } from '../../apps/command-line/exit-codes.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const markdown = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md'));

/** The rows of the README's table of configuration, from the keys that the server and the command line read. */
function configurationTable(): string {
  return CONFIG_KEYS.map(
    ({ name, meaning, default: fallback }) =>
      `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${meaning} |`,
  ).join('\n');
}

describe('the documents', () => {
  it('list every key of the configuration in the README, with its default and meaning', () => {
    expect(read('README.md')).toContain(configurationTable());
  });

  it('point only to files that are there', () => {
    const dead: string[] = [];
    for (const file of markdown) {
      for (const [, target] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
        if (!existsSync(join(root, dirname(file), target!))) dead.push(`${file} → ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it('name in code only files and folders that are there', () => {
    const named = markdown.flatMap((file) =>
      [...read(file).matchAll(/`((?:apps|docs|examples|libs|projections|test)\/[^`\s*<…]+)`/g)].map(
        ([, path]) => `${file} → ${path}`,
      ),
    );
    expect(named.length).toBeGreaterThan(40);
    // Made and thrown away when the page was followed once.
    const imagined = ['libs/registers/visits', 'projections/custody-visits'];
    const missing = named.map((one) => one.split(' → ')[1]!).filter((path) => !existsSync(join(root, path)));
    expect(missing.filter((path) => !imagined.includes(path))).toEqual([]);
  });

  it('name in the walkthrough only what stands in the file to which the name leads', () => {
    const page = read('docs/walkthrough.md');
    const names = [...page.matchAll(/\[`(\w+)`\]\(\.\.\/([^)]+)\)/g)];
    expect(names.length).toBeGreaterThan(25);
    const astray = names.filter(
      ([, name, file]) => !new RegExp(`(?:function|class|const|readonly|interface) ${name}\\b`).test(read(file!)),
    );
    expect(astray.map(([, name, file]) => `${name} in ${file}`)).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const file of markdown) {
      for (const [, script] of read(file).matchAll(/npm run ([a-z:]+)/g))
        expect({ file, script, exists: script! in scripts }).toEqual({ file, script, exists: true });
    }
  });

  it('number the decisions without gaps or doubles, and list each', () => {
    const files = readdirSync(join(root, 'docs/decisions'))
      .filter((file) => /^\d{4}-/.test(file))
      .sort();
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
    for (const file of files) expect(read('docs/decisions/README.md')).toContain(file);
  });

  it('explain in the glossary only words that the code or the schema uses', () => {
    const code = [
      read('apps/ledger/graphql/schema.graphql'),
      ...['ledger', 'timeline', 'access', 'records', 'read-models', 'event-store'].map(sources),
    ]
      .join('\n')
      .toLowerCase();
    const terms = [...read('docs/glossary.md').matchAll(/^\| \*\*([^*]+)\*\*/gm)].map(([, term]) => term!);
    expect(terms.length).toBeGreaterThan(20);
    const unused = terms.filter(
      (term) => !code.includes(term.toLowerCase()) && !code.includes(term.toLowerCase().replace(/[ -]/g, '')),
    );
    expect(unused).toEqual([]);
  });

  it('say in every register what state leads to what', () => {
    for (const { name } of REGISTERS) expect(read(`libs/registers/${name}/README.md`)).toMatch(/mermaid|state/i);
  });

  it('tell in every register each refusal by name, in its list and in its specification', () => {
    for (const { name, refusals } of REGISTERS) {
      const spec = read(`libs/registers/${name}/${name}.spec.ts`);
      for (const code of Object.keys(refusals))
        expect({ name, code, tested: spec.includes(`'${code}'`) || spec.includes(code) }).toEqual({
          name,
          code,
          tested: true,
        });
    }
  });

  it('tell every exit status in the help of a command', () => {
    for (const status of Object.values(EXIT))
      expect(status === EXIT.NO_READ_MODELS ? EXITS : IMPORT_HELP).toMatch(new RegExp(`\\b${status}\\b`));
  });
});

function sources(lib: string): string {
  return readdirSync(join(root, 'libs', lib))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(`libs/${lib}/${file}`))
    .join('\n');
}
