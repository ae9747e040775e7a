import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { REGISTER_APIS } from '../../apps/ledger/graphql/registers.ts';
import { inputFieldsOf } from '../../apps/ledger/graphql/commands/inputs.ts';
import {
  kindOfRecord,
  RECORD_KINDS,
  type DeclaredRegister,
  type Shape,
  inCapitals,
  KINDS_OF_RECORD,
} from '../../libs/declarations/index.ts';
import { ROW_COMMANDS } from '../../libs/import/columns.ts';
import { RECORD_COMMANDS } from '../../libs/records/index.ts';
import { MUTATIONS, REGISTERS } from '../../libs/registers/index.ts';
import { lateRegister } from '../../libs/registers/rules/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { SAMPLES } from '../golden/samples.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'libs/registers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const references = Object.values(SAMPLES).flatMap(({ facts }) =>
  typeof facts['ref'] === 'string' ? [facts['ref']] : [],
);

type Told = Pick<DeclaredRegister, 'name' | 'events' | 'commands' | 'refusals' | 'seriesOf'>;

/** What a register still lacks, in the order of docs/adding-a-register.md. */
function lackingIn({ name, events, commands, refusals, seriesOf }: Told, among: readonly Told[]): string[] {
  const lacking: string[] = [];
  const expect = (isThere: boolean, what: string) => void (isThere || lacking.push(what));
  const own = references.filter((ref) => seriesOf(ref) !== null);

  expect(folders.includes(name), 'a folder in libs/registers');
  for (const { type, says, leadsTo, mayIssue, requires, rules, fields } of commands) {
    expect(isSentence(says), `a sentence of ${type}`);
    expect(mayIssue !== undefined && !(Array.isArray(mayIssue) && mayIssue.length === 0), `who may issue ${type}`);
    expect(
      events.some((event) => event.type === leadsTo),
      `the event that ${type} leads to`,
    );
    for (const code of [requires.reason ?? [], rules.map((rule) => rule.code)].flat())
      expect(code in refusals, `the code ${code} of ${type}`);
    for (const field of meaningless(fields)) expect(false, `a meaning of ${type}.${field}`);
    for (const { of, blames } of rules)
      for (const path of [...of, blames])
        expect(path.split('.')[0]! in fields, `the field ${path} of a rule of ${type}`);
  }
  for (const { type, facts, texts, persons } of events) {
    expect(
      [...commands, ...RECORD_COMMANDS].some(({ leadsTo }) => leadsTo === type),
      `a command that leads to ${type}`,
    );
    for (const field of meaningless({ ...facts, ...texts, ...persons })) expect(false, `a meaning of ${type}.${field}`);
  }
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
  return lacking;
}

function meaningless(fields: { readonly [field: string]: Shape }): string[] {
  return Object.keys(fields).filter((field) => !isSentence(fields[field]!.says));
}

function isSentence(text: string): boolean {
  return /^\S.*[.:]$/s.test(text);
}

describe('every register', () => {
  it.each(REGISTERS.map((register) => [register.name, register] as const))(
    '%s is whole, from its folder to its papers',
    (_, register) => {
      expect(lackingIn(register, REGISTERS)).toEqual([]);
    },
  );

  it('is in the list of all registers, and has its types in the API', () => {
    expect(REGISTERS.map(({ name }) => name).sort()).toEqual(folders.sort());
    expect(REGISTERS.map(({ name }) => name).sort()).toEqual(Object.keys(REGISTER_APIS).sort());
    expect([...new Set(Object.values(RECORD_KINDS).map(({ register }) => register))].sort()).toEqual(folders.sort());
  });

  it('opens every kind of record that it is said to hold', () => {
    const opened = REGISTERS.flatMap(({ name, commands }) =>
      commands.flatMap(({ opens }) => (opens ? [[opens, name]] : [])),
    );
    const kinds = KINDS_OF_RECORD.map((kind) => [kind, kindOfRecord(kind).register]);
    expect(opened.sort()).toEqual(kinds.sort());
  });

  it('tells of each record that is opened for a body which body that is, so that its allowance for late entries holds', () => {
    // A post belongs to a body, and is not of its papers.
    const opened = REGISTERS.filter(({ name, events, opening }) =>
      name === 'directory' ? false : events.some(({ type, facts }) => opening.includes(type) && 'body' in facts),
    );
    const untold = opened.filter(
      ({ name, bodyOf }) => bodyOf === undefined || !Object.hasOwn(lateRegister.members, inCapitals(name)),
    );
    expect(opened.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['actions', 'meetings', 'documents', 'rules']),
    );
    expect(untold.map(({ name }) => name)).toEqual([]);
  });

  it('would be told what it lacks, and that its references are those of another', () => {
    const [actions] = REGISTERS.filter(({ name }) => name === 'actions');
    const [raise, ...others] = actions!.commands;
    const half: Told = {
      name: 'half-written',
      refusals: {},
      seriesOf: () => null,
      events: actions!.events.slice(0, 2),
      commands: [
        {
          ...raise!,
          type: 'WriteHalf',
          says: 'nothing',
          mayIssue: [],
          requires: { reason: 'HALF_NEEDS_REASON' },
          rules: [{ is: 'at least one', of: ['half'], code: 'HALF_NEEDED', blames: 'title' }],
          fields: { title: { ...raise!.fields['title']!, says: '' } },
        },
        others[1]!,
      ],
    };
    expect(lackingIn(half, [...REGISTERS, half])).toEqual([
      'a folder in libs/registers',
      'a sentence of WriteHalf',
      'who may issue WriteHalf',
      'the code HALF_NEEDS_REASON of WriteHalf',
      'the code HALF_NEEDED of WriteHalf',
      'a meaning of WriteHalf.title',
      'the field half of a rule of WriteHalf',
      'the event that GiveActionUpdate leads to',
      'a command that leads to ActionAgreed',
      'a sample with a reference that its seriesOf reads',
      'a projection with a row for every record',
    ]);
    const greedy: Told = { ...half, seriesOf: (ref) => (ref === 'CGB-2023-06-A7' ? 'CGB-2023-06' : null) };
    expect(lackingIn(greedy, [...REGISTERS, greedy])).toContain(
      'references of its own: CGB-2023-06-A7 is also one of actions, half-written',
    );
  });
});

describe('the edges', () => {
  it('give each field of a command one name of its own, by the API and in papers', () => {
    for (const mutation of Object.values(MUTATIONS)) {
      const names = inputFieldsOf(mutation).map(({ name }) => name);
      expect([mutation.name, names.length]).toEqual([mutation.name, new Set(names).size]);
      const columns = ROW_COMMANDS[mutation.name]!.fields.map(({ column }) => column);
      expect([mutation.name, columns.length]).toEqual([mutation.name, new Set(columns).size]);
    }
  });

  it('take every command that no operator alone gives', () => {
    const taken = new Set(Object.values(MUTATIONS).map(({ command }) => command.type));
    const all = REGISTERS.flatMap(({ commands }) => commands).filter(({ mayIssue }) => mayIssue !== 'OPERATOR');
    expect(all.map(({ type }) => type).filter((type) => !taken.has(type))).toEqual([]);
  });
});
