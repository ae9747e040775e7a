import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { REGISTER_APIS } from '../../apps/ledger/graphql/registers.ts';
import { REFERENCE_SPELLING, REGISTER_OF, ROW_COMMANDS, type Kind } from '../../libs/import/columns.ts';
import type { Register } from '../../libs/ledger/index.ts';
import { isRecordCommand } from '../../libs/records/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { SAMPLES } from '../golden/samples.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'libs/registers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const references = Object.values(SAMPLES).flatMap(({ facts }) =>
  typeof facts['ref'] === 'string' ? [facts['ref']] : [],
);

type Told = Pick<Register, 'name' | 'mayIssue' | 'seriesOf'>;

/** What a register still lacks, in the order of docs/adding-a-register.md. */
function lackingIn({ name, mayIssue, seriesOf }: Told, among: readonly Told[]): string[] {
  const lacking: string[] = [];
  const expect = (isThere: boolean, what: string) => void (isThere || lacking.push(what));
  const own = references.filter((ref) => seriesOf(ref) !== null);
  const rows = Object.values(REGISTER_APIS[name]?.mutations ?? {}).map(({ command }) => command);
  const loaded = new Set(Object.values(ROW_COMMANDS).map(({ type }) => type));
  const kinds = (Object.keys(REGISTER_OF) as Kind[]).filter((kind) => REGISTER_OF[kind] === name);

  expect(folders.includes(name), 'a folder in libs/registers');
  expect(own.length > 0, 'a sample with a reference that its seriesOf reads');
  for (const ref of own) {
    const claiming = among.filter((register) => register.seriesOf(ref) !== null);
    expect(
      claiming.length === 1,
      `references of its own: ${ref} is also one of ${claiming.map((one) => one.name).join(', ')}`,
    );
  }
  expect(
    PROJECTIONS.some((one) => one.register === name && one.everyRecord),
    'a projection with a row for every record',
  );
  for (const [command, rule] of Object.entries(mayIssue)) {
    // An operator's command has no other door than the command line.
    if (rule === 'OPERATOR') continue;
    expect(rows.includes(command), `a mutation for ${command}`);
    expect(loaded.has(command), `a row for ${command} in columns.ts`);
  }
  for (const command of rows)
    expect(isRecordCommand({ type: command }) || command in mayIssue, `the command ${command}`);
  for (const ref of own)
    expect(
      kinds.some((kind) => REFERENCE_SPELLING[kind].test(ref)),
      `a spelling of ${ref} in columns.ts`,
    );
  return lacking;
}

describe('every register', () => {
  it.each(REGISTERS.map((register) => [register.name, register] as const))(
    '%s is whole, from its folder to its papers',
    (_, register) => {
      expect(lackingIn(register, REGISTERS)).toEqual([]);
    },
  );

  it('is in the list of the running ledger, which has no other', () => {
    expect(REGISTERS.map(({ name }) => name).sort()).toEqual(folders.sort());
    expect(REGISTERS.map(({ name }) => name).sort()).toEqual(Object.keys(REGISTER_APIS).sort());
  });

  it('would be told what it lacks, and that its references are those of another', () => {
    const half: Told = { name: 'half-written', mayIssue: { WriteHalf: 'ANY_WRITER' }, seriesOf: () => null };
    expect(lackingIn(half, [...REGISTERS, half])).toEqual([
      'a folder in libs/registers',
      'a sample with a reference that its seriesOf reads',
      'a projection with a row for every record',
      'a mutation for WriteHalf',
      'a row for WriteHalf in columns.ts',
    ]);
    const greedy: Told = { ...half, seriesOf: (ref) => (ref === 'CGB-2023-06-A7' ? 'CGB-2023-06' : null) };
    expect(lackingIn(greedy, [...REGISTERS, greedy])).toContain(
      'references of its own: CGB-2023-06-A7 is also one of actions, half-written',
    );
  });
});
