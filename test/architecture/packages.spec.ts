import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** It brings no types. */
const semver = createRequire(import.meta.url)('semver') as {
  satisfies(version: string, range: string): boolean;
  minVersion(range: string): { readonly version: string } | null;
};

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Package {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
  readonly hasInstallScript?: boolean;
}
const { packages } = read('package-lock.json') as { packages: { readonly [path: string]: Package } };
const { allowScripts, engines } = read('package.json') as {
  allowScripts: { readonly [name: string]: boolean };
  engines: { readonly node: string };
};
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** The name under which npm knows a package, wherever it lies. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Packages that npm warns of on that version of Node. */
function unfitOn(node: string, all: typeof installed = installed): readonly string[] {
  return all
    .filter(([, { engines: wanted }]) => wanted?.node !== undefined && !semver.satisfies(node, wanted.node))
    .map(([path, { version }]) => `${nameOf(path)}@${version}`);
}

describe('what npm ci installs', () => {
  it.each([semver.minVersion(engines.node)!.version, '20.20.2', '22.23.5', '24.22.3'])(
    'fits Node %s, every package of it',
    (node) => {
      expect(unfitOn(node)).toEqual([]);
    },
  );

  it('would be seen not to fit', () => {
    expect(
      unfitOn('20.20.2', [['node_modules/a/node_modules/@b/c', { version: '1.0.0', engines: { node: '>=22' } }]]),
    ).toEqual(['@b/c@1.0.0']);
  });

  it('has an install script allowed or refused for each package that has one, and for no other', () => {
    const scripted = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => nameOf(path));
    expect([...new Set(scripted)].sort()).toEqual(Object.keys(allowScripts).sort());
  });

  it('runs the script of the driver of SQLite alone, which compiles it', () => {
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['better-sqlite3']);
  });
});
