import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type IConfiguration, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const root = resolve(import.meta.dirname, '../..');
const configuration = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration;

async function violations(folder: string): Promise<{ rule: string; from: string; to: string }[]> {
  const options = {
    ...configuration.options,
    tsConfig: { fileName: join(root, 'tsconfig.json') },
    ruleSet: { forbidden: configuration.forbidden },
    validate: true,
    baseDir: folder,
  } as ICruiseOptions;
  const { output } = await cruise(['libs', 'projections', 'apps', 'test'], options);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

/** For each rule a bad import, planted in an otherwise empty house. */
const PLANTED: { [rule: string]: { [file: string]: string } } = {
  'registers-do-not-know-each-other': {
    'libs/registers/actions/index.ts': "import '../meetings/index.ts';",
    'libs/registers/meetings/index.ts': 'export {};',
  },
  'projections-do-not-know-each-other': {
    'projections/action-tracker/queries.ts': "import '../directory/queries.ts';",
    'projections/directory/queries.ts': 'export {};',
  },
  'the-kernel-imports-nothing': {
    'libs/ledger/index.ts': "import '../timeline/index.ts';",
    'libs/timeline/index.ts': 'export {};',
  },
  'meaning-is-plain-typescript': { 'libs/registers/actions/index.ts': "import 'node:fs';" },
  'meaning-reaches-no-adapter': {
    'libs/dispatch/index.ts': "import '../event-store-sqlite/index.ts';",
    'libs/event-store-sqlite/index.ts': 'export {};',
  },
  'one-door-to-sqlite': { 'libs/read-models/index.ts': "import Database from 'better-sqlite3'; new Database('');" },
  'one-door-to-eventstoredb': {
    'libs/notary/index.ts': "import { jsonEvent } from '@eventstore/db-client'; jsonEvent;",
  },
  'nest-stays-at-the-edge': { 'libs/dispatch/index.ts': "import { Module } from '@nestjs/common'; Module;" },
  'the-command-line-never-reaches-nest': {
    'apps/command-line/main.ts': "import './replay/index.ts';",
    'apps/command-line/replay/index.ts': "import { Module } from '@nestjs/common'; Module;",
  },
  'enter-a-library-by-its-door': {
    'libs/dispatch/index.ts': "import '../ledger/json.ts';",
    'libs/ledger/json.ts': 'export {};',
  },
  'enter-a-library-by-its-door-from-outside': {
    'apps/ledger/main.ts': "import '../../libs/ledger/json.ts';",
    'libs/ledger/json.ts': 'export {};',
  },
  'nothing-imports-an-application': {
    'libs/dispatch/index.ts': "import '../../apps/ledger/main.ts';",
    'apps/ledger/main.ts': 'export {};',
  },
  'production-never-reaches-tests': {
    'libs/dispatch/index.ts': "import '../spec-kit/index.ts';",
    'libs/spec-kit/index.ts': 'export {};',
  },
  'no-cycles': { 'libs/ledger/a.ts': "import './b.ts';", 'libs/ledger/b.ts': "import './a.ts';" },
};

describe('who imports whom', () => {
  it('keeps to the rules everywhere', async () => {
    expect(await violations(root)).toEqual([]);
  }, 120_000);

  it('has a planted bad import for every rule', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(configuration.forbidden!.map(({ name }) => name).sort());
  });

  it('explains every rule to the person whom it hits', () => {
    for (const rule of configuration.forbidden!) expect(rule.comment).toMatch(/\.$/);
  });

  it.each(Object.keys(PLANTED))('catches what %s forbids', async (rule) => {
    const house = mkdtempSync(join(tmpdir(), 'planted-'));
    try {
      for (const folder of ['libs', 'projections', 'apps', 'test']) mkdirSync(join(house, folder), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
      writeFileSync(join(house, 'package.json'), readFileSync(join(root, 'package.json')));
      for (const [file, text] of Object.entries(PLANTED[rule]!)) {
        mkdirSync(dirname(join(house, file)), { recursive: true });
        writeFileSync(join(house, file), text);
      }
      expect((await violations(house)).map((violation) => violation.rule)).toContain(rule);
    } finally {
      rmSync(house, { recursive: true, force: true });
    }
  });
});
