import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { REGISTERS } from '../../libs/registers/index.ts';

/**
 * Counts in how many places a field of a command is named, and how many lines a register, its edges and what all of them share have:
 * `npm run build && node dist/test/architecture/count-places.js [CHECKOUT]`. Another checkout is counted by the names that fields have
 * in this one, so that two can be compared.
 */
const root = resolve(process.argv[2] ?? '.');

/** Files of a register that say what fields there are, then and now. What decides and folds reads fields, and declares none. */
const DECLARING = ['commands.ts', 'events.ts', 'fields.ts', 'state-fields.ts', 'correctable.ts', 'authority.ts'];
/** What all registers share. */
const ONCE = [
  'libs/declarations',
  'apps/ledger/graphql/commands',
  'libs/wording',
  'apps/ledger/pages/commands',
  'libs/import/columns.ts',
];

function filesIn(path: string): readonly string[] {
  const at = join(root, path);
  if (!existsSync(at)) return [];
  const found = statSync(at).isDirectory()
    ? readdirSync(at, { recursive: true, encoding: 'utf8' }).map((name) => join(at, name))
    : [at];
  return found.filter((file) => /\.(ts|graphql|njk)$/.test(file) && !/\.spec\.ts$/.test(file)).sort();
}

function linesIn(files: readonly string[]): number {
  return files.reduce(
    (sum, file) =>
      sum +
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    0,
  );
}

/** Names of members, of constants and in quotes that are fields of commands. */
function placesIn(files: readonly string[], fields: ReadonlySet<string>): number {
  return files.reduce(
    (sum, file) => sum + (file.endsWith('.ts') ? inTypeScript(file, fields) : inInputs(file, fields)),
    0,
  );
}

function inTypeScript(file: string, fields: ReadonlySet<string>): number {
  let count = 0;
  const see = (node: ts.Node): void => {
    const isNamed =
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isVariableDeclaration(node);
    const named = isNamed && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? node.name.text : null;
    const quoted = ts.isStringLiteral(node) && !ts.isPropertyAssignment(node.parent) ? node.text.split('.')[0]! : null;
    if ((named !== null && fields.has(named)) || (quoted !== null && fields.has(quoted))) count += 1;
    ts.forEachChild(node, see);
  };
  see(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return count;
}

/** Types of answers name fields too: they are no commands. */
function inInputs(file: string, fields: ReadonlySet<string>): number {
  const inputs = readFileSync(file, 'utf8').match(/^input [^}]*\}/gm) ?? [];
  const names = inputs.flatMap((input) => [...input.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name!));
  return names.filter((name) => fields.has(name)).length;
}

const rows = REGISTERS.filter(({ name }) => existsSync(join(root, 'libs/registers', name))).map(
  ({ name, commands }) => {
    const fields = new Set(commands.flatMap((command) => Object.keys(command.fields)));
    const own = filesIn(`libs/registers/${name}`);
    const edges = filesIn(`apps/ledger/graphql/${name}`);
    const declaring = own.filter((file) => DECLARING.some((one) => file.endsWith(`/${one}`)));
    return {
      register: name,
      commands: commands.length,
      'places in declarations': placesIn(declaring, fields),
      'places in edges': placesIn(
        edges.filter((file) => !/\.(fields|values)\.ts$/.test(file)),
        fields,
      ),
      lines: linesIn(own),
      'lines of edges': linesIn(edges),
    };
  },
);
const all = new Set(REGISTERS.flatMap(({ commands }) => commands.flatMap((command) => Object.keys(command.fields))));
const once = ONCE.map((path) => ({ once: path, places: placesIn(filesIn(path), all), lines: linesIn(filesIn(path)) }));
process.stdout.write(
  [rows, once].map((table) => table.map((row) => JSON.stringify(row)).join('\n')).join('\n\n') + '\n',
);
