import { labelOf, type Shape } from '../declarations/index.ts';
import { RECORD_COMMANDS } from '../records/index.ts';
import { REGISTERS } from '../registers/index.ts';
import { fieldInWords, recordsAt, valueAtInWords, type Place } from './fields.ts';

const names = new Map([
  ['chief-constable', 'Chief Constable'],
  ['CGB', 'Corporate Governance Board'],
]);

describe('a value in words', () => {
  it.each([
    ['due.on', '2023-07-17', '17 July 2023'],
    ['due', { meeting: 'CGB-2023-09-25' }, 'at the meeting CGB-2023-09-25'],
    ['due', { on: '2023-07-17' }, '17 July 2023'],
    [
      'due.dated',
      { how: 'between', from: '2018-03-01', to: '2018-09-30' },
      'between 1 March 2018 and 30 September 2018',
    ],
    ['due.current', '2023-07-17', '17 July 2023'],
    ['owner', 'chief-constable', 'Chief Constable'],
    ['owner', 'clerk-to-the-board', 'Clerk to the board'],
    ['owner', null, 'nothing'],
    ['status', 'IN_PROGRESS', 'In progress'],
    ['organisation', 'FORCE', 'Police force'],
    ['organisation', 'PANEL', 'Panel'],
    ['status', 'POSTPONED', 'Postponed'],
    ['status', 'Done, says the log', 'Done, says the log'],
    ['closed', 'CONVERTED', 'Complete by other means'],
    ['deferred', '2023-12-01', '1 December 2023'],
    ['body', 'CGB', 'Corporate Governance Board'],
    ['body', 'JARAP', 'JARAP'],
    ['due', {}, 'nothing'],
    ['title', 'As it was written', 'As it was written'],
    ['title', '2023-07-17', '2023-07-17'],
    ['no.such.field', 1234, '1,234'],
  ])('%s %j of an action reads “%s”', (path, value, words) => {
    expect(valueAtInWords({ register: 'actions', path }, value, names)).toBe(words);
  });

  it.each<[string, string, string | boolean, string]>([
    ['meetings', 'session', 'CLOSED', 'Closed'],
    ['meetings', 'date', '2023-07-17', '17 July 2023'],
    ['meetings', 'promise', true, 'yes'],
    ['directory', 'capacity', 'jarap-member', 'Audit panel (JARAP) member'],
    ['directory', 'organisation', 'PANEL', 'Police and Crime Panel'],
    ['directory', 'interim', false, 'no'],
  ])('of %s %s %j reads “%s”', (register, path, value, words) => {
    expect(valueAtInWords({ register, path }, value, names)).toBe(words);
  });
});

describe('a field in words', () => {
  it.each<[Place, string]>([
    [{ register: 'actions', path: 'due.on' }, 'Due date'],
    [{ register: 'actions', path: 'due.original' }, 'First due date'],
    [{ register: 'actions', path: 'phrase' }, 'When it is due, in words'],
    [{ register: 'actions', event: 'ActionDeferred', path: 'phrase' }, 'Deferred until, in words'],
    [{ register: 'actions', path: 'sha256' }, 'Digest of the file'],
    [{ register: 'actions', path: 'fileName' }, 'File name'],
    [{ register: 'actions', event: 'ActionConverted', path: 'into' }, 'What it became'],
    [{ register: 'actions', event: 'ActionMerged', path: 'into' }, 'Where it goes on'],
    [{ register: 'meetings', event: 'MeetingHeld', path: 'on' }, 'Day on which it was held'],
    [{ register: 'meetings', path: 'dated' }, 'When it took effect'],
    [{ register: 'actions', path: 'source.quote' }, 'Words of the source'],
    [{ register: 'actions', path: 'no.such' }, 'No such'],
  ])('%j is called “%s”', (place, words) => {
    expect(fieldInWords(place)).toBe(words);
  });

  it('has words for every field that is given, held, disputed or corrected, and for every member of a list', () => {
    const fieldsOf = (fields: { readonly [field: string]: Shape }) => Object.entries(fields);
    const declared = REGISTERS.flatMap(({ commands, events, stateFields }) => [
      ...commands.flatMap(({ fields }) => fieldsOf(fields)),
      ...events.flatMap(({ facts, texts, persons }) => fieldsOf({ ...facts, ...texts, ...persons })),
      ...fieldsOf(stateFields),
    ]);
    for (const [field, shape] of [...declared, ...RECORD_COMMANDS.flatMap(({ fields }) => fieldsOf(fields))]) {
      // Of rows: the field and its column.
      expect(labelOf(field, shape)).toMatch(/^[A-Z][a-z,’ ]+(?:: [a-z, ]+)?$/);
      if (shape.kind === 'oneOf')
        for (const { label } of Object.values(shape.members)) expect(label).toMatch(/^[A-Z][A-Za-z’() -]+$/);
    }
    for (const { name: register, disputable, correctable } of REGISTERS) {
      const corrected = Object.values(correctable).flatMap((fields) => (fields ?? []).map(({ path }) => path));
      for (const path of [...disputable, ...corrected])
        expect(fieldInWords({ register, path })).toMatch(/^[A-Z][a-z,’ ]+(?:: [a-z, ]+)?$/);
    }
  });
});

describe('the record that a value names', () => {
  it('is told by the field that it stands in', () => {
    expect(recordsAt({ register: 'actions', path: 'owner' }, 'clerk')).toEqual([
      { kind: 'post', ref: 'clerk', field: 'owner' },
    ]);
    expect(recordsAt({ register: 'actions', path: 'due.meeting' }, 'CGB-2023-06-21')).toMatchObject([
      { kind: 'meeting' },
    ]);
    expect(recordsAt({ register: 'actions', path: 'due' }, { meeting: 'CGB-2023-06-21' })).toMatchObject([
      { ref: 'CGB-2023-06-21', field: 'due.meeting' },
    ]);
    expect(recordsAt({ register: 'actions', path: 'title' }, 'clerk')).toEqual([]);
    expect(recordsAt({ register: 'actions', path: 'owner' }, null)).toEqual([]);
  });
});
