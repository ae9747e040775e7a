import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

/** Names that hold nothing, with what to write instead. */
const HOLLOW: { [name: string]: string } = {
  utils: 'name what the functions are about',
  util: 'name what the functions are about',
  helpers: 'name what it helps to do',
  common: 'name the thing that is common',
  shared: 'name the thing that is shared',
  core: 'name what it is the core of',
  base: 'name the thing itself',
  manager: 'name what it does to what it manages',
  impl: 'name the technology',
  misc: 'put it where it belongs',
};
const TOP_LEVEL = ['apps', 'docs', 'examples', 'libs', 'projections', 'test', '.ci'];
const REGISTER_FILES = [
  'README.md',
  'commands.ts',
  'decide.ts',
  'events.ts',
  'index.ts',
  'notices.ts',
  'refusals.ts',
  'state.ts',
  'told.ts',
];

function hollowNames(paths: readonly string[]): string[] {
  return paths.filter((path) => path.split('/').some((part) => (part.split('.')[0] ?? part) in HOLLOW));
}

describe('the house', () => {
  it('has no folder or file whose name holds nothing', () => {
    expect(hollowNames(files)).toEqual([]);
    expect(hollowNames(['libs/utils/dates.ts', 'libs/ledger/helpers.ts', 'libs/ledger/dates.ts'])).toEqual([
      'libs/utils/dates.ts',
      'libs/ledger/helpers.ts',
    ]);
  });

  it('keeps to the top level that was fixed', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]!));
    expect([...folders].filter((folder) => !TOP_LEVEL.includes(folder))).toEqual([]);
  });

  it('has the same file names in every register', () => {
    const registers = readdirSync(join(root, 'libs/registers'), { withFileTypes: true });
    for (const { name: register } of registers.filter((entry) => entry.isDirectory())) {
      const present = readdirSync(join(root, 'libs/registers', register));
      expect({ register, missing: REGISTER_FILES.filter((file) => !present.includes(file)) }).toEqual({
        register,
        missing: [],
      });
      expect(present).toContain(`${register}.spec.ts`);
    }
  });

  it('says in a README what each folder of more than four files is', () => {
    const byFolder = new Map<string, string[]>();
    for (const file of files.filter((file) => /^(libs|projections|apps|test|examples)\//.test(file))) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), basename(file)]);
    }
    const silent = [...byFolder].filter(
      ([, names]) => names.filter((name) => name.endsWith('.ts')).length > 4 && !names.includes('README.md'),
    );
    expect(silent.map(([folder]) => folder)).toEqual([]);
  });

  it('asks in the README of every projection a question', () => {
    for (const projection of readdirSync(join(root, 'projections'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )) {
      expect(readFileSync(join(root, 'projections', projection.name, 'README.md'), 'utf8')).toMatch(/\?/);
    }
  });

  it('leaves no promise in the code: what is not done is not there', () => {
    const promises = files
      .filter((file) => file.endsWith('.ts') && !file.startsWith('test/architecture/'))
      .filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(promises).toEqual([]);
  });

  it('cites only what stands in this repository', () => {
    const elsewhere =
      /\b(design|domain|contract) §|\bdesign\.md\b|\bcontract\/README\b|\breading\/\w+\.md\b|\bissue #?\d/i;
    const citing = (text: string) => text.split('\n').filter((line) => elsewhere.test(line));
    expect(citing('as the design §6 says')).toHaveLength(1);
    const found = files
      .filter((file) => /\.(ts|md|graphql)$/.test(file) && !file.startsWith('test/architecture/'))
      .flatMap((file) => citing(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`));
    expect(found).toEqual([]);
  });

  it('skips no test', () => {
    const skipping = files
      .filter((file) => file.endsWith('.spec.ts') && !file.startsWith('test/architecture/'))
      .filter((file) =>
        /\b(it|describe|test)\.(skip|only|todo)\b|\b(xit|xdescribe|fit|fdescribe)\(/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
      );
    expect(skipping).toEqual([]);
  });
});
