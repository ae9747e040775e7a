import { eventInWords } from '../../libs/wording/index.ts';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kindOfRecord, KINDS_OF_RECORD } from '../../libs/declarations/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import type { KindOnPages } from '../../apps/ledger/pages/frame/kind-on-pages.ts';
import { KINDS } from '../../apps/ledger/pages/kinds.ts';

const root = resolve(import.meta.dirname, '../..');
const ALL = KINDS_OF_RECORD;

/** What the pages of a kind of record still lack, in the order of docs/adding-a-register.md. */
function lackingIn(name: string, among: { readonly [kind: string]: KindOnPages }): string[] {
  const kind = among[name];
  if (kind === undefined) return ['what it shows: an entry in LISTS'];
  const lacking: string[] = [];
  const expect = (isThere: boolean, what: string) => void (isThere || lacking.push(what));
  const { shown, reads } = kind;
  expect(
    existsSync(join(root, 'libs/registers', kind.register, 'shown.ts')),
    `libs/registers/${kind.register}/shown.ts`,
  );
  expect(/^[A-Z].*\.$/.test(shown.says), 'a sentence of what its list holds');
  expect(shown.fields.length > 0, 'fields of its page');
  for (const [what, labels] of [
    ['fields', shown.fields.map(({ label }) => label)],
    ['columns', shown.columns.map(({ label }) => label)],
  ] as const)
    expect(
      new Set(labels).size === labels.length && labels.every((label) => /^[A-Z]/.test(label)),
      `names for its ${what}`,
    );
  for (const [filter, { kind: of }] of Object.entries(shown.filters))
    if (of === 'link') expect(filter in reads.choices, `choices of its filter ${filter}`);
  if (shown.tabs !== undefined) {
    const by = shown.filters[shown.tabs.by];
    expect(by?.kind === 'oneOf', `a filter of few choices for its tabs`);
    if (by?.kind === 'oneOf')
      for (const { value } of by.choices) expect(shown.status?.are[value] !== undefined, `a tag of ${value}`);
  }
  for (const { record, filter } of shown.related ?? []) {
    const there = among[record]?.shown.filters[filter];
    expect(there?.kind === 'link' && there.record === name, `a filter ${filter} of ${record} by this kind`);
  }
  for (const { heading, columns, rows } of shown.sections ?? [])
    expect(columns.length > 0 && rows.length === 1, `columns of ${heading}`);
  return lacking;
}

describe('every kind of record', () => {
  it.each(ALL)('has what is shown of %s declared, whole', (kind) => {
    expect(lackingIn(kind, KINDS)).toEqual([]);
    expect(KINDS[kind]).toMatchObject({ kind, many: kindOfRecord(kind).many, register: kindOfRecord(kind).register });
  });

  it('has words for what happened to it', () => {
    for (const { name, events } of REGISTERS)
      for (const { type } of events)
        expect([name, type, eventInWords(type)]).toEqual([name, type, expect.stringMatching(/^[A-Z][a-z -]+$/)]);
  });

  it('would be told what it lacks', () => {
    const { action: _, ...others } = KINDS;
    expect(lackingIn('action', others)).toEqual(['what it shows: an entry in LISTS']);
    const half = {
      ...KINDS.meeting,
      register: 'half-written',
      shown: {
        ...KINDS.meeting.shown,
        says: 'meetings',
        fields: [],
        columns: [KINDS.meeting.shown.columns[0]!, KINDS.meeting.shown.columns[0]!],
        status: { of: () => '', are: {}, why: () => null },
        related: [{ heading: 'Bodies', record: 'body' as const, filter: 'meeting', empty: 'None.' }],
      },
      reads: { ...KINDS.meeting.reads, choices: {} },
    };
    expect(lackingIn('meeting', { ...KINDS, meeting: half })).toEqual([
      'libs/registers/half-written/shown.ts',
      'a sentence of what its list holds',
      'fields of its page',
      'names for its columns',
      'choices of its filter body',
      'choices of its filter bodies',
      'choices of its filter readBy',
      ...['SCHEDULED', 'HELD', 'CANCELLED', 'POSTPONED'].map((state) => `a tag of ${state}`),
      'a filter meeting of body by this kind',
    ]);
  });
});
