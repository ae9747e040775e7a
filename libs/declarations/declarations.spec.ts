import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import type { CivilDate, Dated, JsonObject, JsonValue, RecordEvent } from '../ledger/index.ts';
import {
  anyRecord,
  atLeastOne,
  byKind,
  called,
  command,
  correctableIn,
  commandId,
  conditions,
  count,
  day,
  draft,
  due,
  event,
  heldRows,
  kindSpelt,
  line,
  linksIn,
  link,
  links,
  newReference,
  ofEnvelope,
  oneOf,
  optional,
  RECORD_KINDS,
  recordsIn,
  reference,
  rows,
  rowsOf,
  rowsWithWords,
  rowTexts,
  saysNothing,
  SESSION,
  seriesIn,
  share,
  span,
  whyNotGiven,
  whyNotHeld,
  words,
  yesNo,
  type CommandOf,
  type EventOf,
  type Shape,
  type ShapeKind,
} from './index.ts';

/** True when two types are the same, optional and readonly members included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim) => expect(claim).toBeUndefined();

const level = oneOf('Level', 'How loud it is.', { LOUD: 'It is.', QUIET: 'It is not.' });
const BellRung = event('BellRung', {
  facts: {
    ref: newReference('meeting'),
    post: link('post', 'Who.'),
    on: optional(day('When.')),
    level,
    last: yesNo('Last.'),
  },
  texts: { title: line('What for.'), phrase: optional(line('In words.')) },
  leads: 'title',
});
const BellMuffled = event('BellMuffled');
const _RingBell = command('RingBell', {
  says: 'Rings the bell.',
  opens: 'meeting',
  leadsTo: BellRung,
  mayIssue: 'ANY_WRITER',
  rules: [atLeastOne('WHEN_NEEDED', ['on', 'due.on'])],
  fields: {
    post: link('post', 'Who.'),
    on: optional(day('When.')),
    due: optional(due('By when.')),
    dated: called({ api: 'span' }, optional(span('Over which days.'))),
    session: ofEnvelope(optional(SESSION)),
    level: optional(level),
  },
});

describe('types that are inferred from declarations', () => {
  it('are those that one would write by hand', () => {
    holds<
      Same<
        EventOf<typeof BellRung>,
        RecordEvent<
          'BellRung',
          {
            readonly ref: string;
            readonly post: string;
            readonly level: 'LOUD' | 'QUIET';
            readonly last: boolean;
            readonly on?: CivilDate;
          },
          'title' | 'phrase'
        >
      >
    >();
    holds<Same<EventOf<typeof BellMuffled>['facts'], Record<string, never>>>();
    holds<
      Same<
        CommandOf<typeof _RingBell>,
        {
          readonly type: 'RingBell';
          readonly post: string;
          readonly on?: CivilDate;
          readonly due?: {
            readonly phrase?: string;
            readonly on?: CivilDate;
            readonly dated?: Dated;
            readonly meeting?: string;
          };
          readonly dated?: Dated;
          readonly session?: 'OPEN' | 'CLOSED';
          readonly level?: 'LOUD' | 'QUIET';
        }
      >
    >();
    // @ts-expect-error -- the comparison would see a member that is optional on one side alone
    holds<Same<{ readonly a?: string }, { readonly a: string }>>();
  });

  it('let no free words among the facts of an event', () => {
    // @ts-expect-error -- a line of words is a text
    event('WordsInClear', { facts: { note: line('Anything.') } });
    // @ts-expect-error -- so are words of many lines, optional or not
    event('WordsInClear', { facts: { note: optional(words('Anything.')) } });
    // @ts-expect-error -- and no fact that stands in clear is a text
    expect(event('DayAsText', { texts: { on: day('When.') } }).type).toBe('DayAsText');
  });

  it('let no field of a command be called like one of the envelope, unless the edges call it otherwise or it is the same', () => {
    const declared = { says: 'x', about: 'meeting', leadsTo: BellMuffled, mayIssue: 'ANY_WRITER' } as const;
    // @ts-expect-error -- `dated` is when the fact took effect
    command('MuffleBell', { ...declared, fields: { dated: optional(span('Over which days.')) } });
    // @ts-expect-error -- `reason` is why
    command('MuffleBell', { ...declared, fields: { reason: line('Why.') } });
    // @ts-expect-error -- a rule is about fields of the command
    command('MuffleBell', { ...declared, rules: [atLeastOne('NEEDED', ['other'])], fields: { on: day('When.') } });
    expect(command('MuffleBell', { ...declared, fields: { session: ofEnvelope(SESSION) } }).type).toBe('MuffleBell');
  });

  it('let no table forget a shape', () => {
    const all: { readonly [Kind in ShapeKind]: (shape: Shape) => string } = {
      ...{
        line: say,
        words: say,
        digest: say,
        itemNumber: say,
        day: say,
        time: say,
        span: say,
        yesNo: say,
        oneOf: say,
        link: say,
      },
      ...{
        newReference: say,
        due: say,
        commandId: say,
        reference: say,
        eventOfRecord: say,
        path: say,
        anyValue: say,
        marking: say,
      },
      ...{
        links: say,
        anyRecord: say,
        anyRecords: say,
        instant: say,
        count: say,
        share: say,
        rows: say,
        conditions: say,
      },
    };
    const { day: _, ...forgetful } = all;
    // @ts-expect-error -- a day is missing
    const told = (): string => byKind(forgetful, day('When.'));
    expect(told).toThrow(TypeError);
    expect(byKind(all, day('When.'))).toBe('When.');
  });

  it('check a draft against what its event declares', () => {
    const facts = { post: 'force-lead', level: 'LOUD', last: true } as const;
    // @ts-expect-error -- what is required is missing
    draft(BellRung, { facts: { post: 'force-lead' } });
    // @ts-expect-error -- facts that are needed are not left out altogether
    draft(BellRung, { texts: { title: 'For dinner' } });
    // @ts-expect-error -- no such fact
    draft(BellRung, { facts: { ...facts, colour: 'red' } });
    // @ts-expect-error -- no such member
    draft(BellRung, { facts: { ...facts, level: 'DEAFENING' } });
    // @ts-expect-error -- no such text
    draft(BellRung, { facts, texts: { note: 'x' } });
    expect(draft(BellMuffled)).toEqual({ type: 'BellMuffled', facts: {} });
    expect(
      draft(BellRung, { facts: { ...facts, on: undefined }, texts: { title: 'For dinner', phrase: ' ' } }),
    ).toEqual({
      type: 'BellRung',
      facts,
      texts: { title: 'For dinner' },
    });
  });

  it('lead an editor from where a fact is read to where it is declared', () => {
    const root = resolve(import.meta.dirname, '../..');
    const file = join(root, 'libs/registers/actions/state.ts');
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [file],
      getScriptVersion: () => '1',
      getScriptSnapshot: (path) =>
        ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(path)!) : undefined,
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
    });
    const source = readFileSync(file, 'utf8');
    const definitions =
      service.getDefinitionAtPosition(file, source.indexOf('event.facts.into') + 'event.facts.'.length) ?? [];
    const found = definitions.map(({ fileName, textSpan }) => [
      fileName.slice(root.length + 1),
      readFileSync(fileName, 'utf8').slice(textSpan.start, textSpan.start + textSpan.length),
    ]);
    expect(found).toContainEqual(['libs/registers/actions/events.ts', 'into']);
  }, 60_000);
});

const say = ({ says }: Shape) => says;

describe('a value', () => {
  const dueDate = due('When it is due.');

  it('of a due date is given with words, and held without: a correction puts no free words in clear', () => {
    const given: JsonObject = { phrase: 'soon', on: '2023-10-09' };
    expect(whyNotGiven(dueDate, given)).toBeNull();
    expect(whyNotHeld(dueDate, given)).toMatch(/\.$/);
    expect(whyNotHeld(dueDate, { on: '2023-10-09' })).toBeNull();
    expect(whyNotHeld(dueDate, {})).toBeNull();
  });

  it.each<[string, Shape, unknown, string, string[]]>([
    ['blank words', line('x'), ' \n', 'BLANK', []],
    ['half a character', line('x'), 'a\ud800', 'MALFORMED', []],
    ['words that are too long', words('x'), 'é'.repeat(16_385), 'TOO_LONG', []],
    ['a line that is too long', line('x', { most: 3 }), 'four', 'TOO_LONG', []],
    ['a blank subject, though it need not be given', optional(line('x', { neverBlank: true })), ' ', 'BLANK', []],
    ['a day of no calendar', day('x'), '2023-02-30', 'MALFORMED', []],
    [
      'a span that ends before it begins',
      span('x'),
      { how: 'between', from: '2023-10-09', to: '2023-10-01' },
      'MALFORMED',
      ['from'],
    ],
    ['a span up to a day of no calendar', span('x'), { how: 'by', to: '2023-02-30' }, 'MALFORMED', ['to']],
    ['a span of no known kind', span('x'), { how: 'after', to: '2023-10-01' }, 'MALFORMED', ['how']],
    ['a span with more in it', span('x'), { how: 'by', to: '2023-10-01', note: 'x' }, 'MALFORMED', []],
    ['words for a reference', reference('x'), 'Mr Smith said so', 'MALFORMED', []],
    ['an id that is no UUID', commandId('x'), 'one', 'MALFORMED', []],
    ['a person in the place of a post', link('post', 'x'), 'person-ab3k9', 'MALFORMED', []],
    ['a member that there is not', level, 'DEAFENING', 'MALFORMED', []],
    ['a name that every object has', level, 'constructor', 'MALFORMED', []],
    ['due on a day of no calendar', dueDate, { on: '2023-02-30' }, 'MALFORMED', ['on']],
    ['due at a body', dueDate, { meeting: 'CGB' }, 'MALFORMED', ['meeting']],
    ['due twice', dueDate, { on: '2023-10-09', meeting: 'CGB-2023-10-09' }, 'AMBIGUOUS', []],
    ['no list of records', links('post', 'x'), 'clerk', 'MALFORMED', []],
    ['a list of no record', links('post', 'x'), [], 'BLANK', []],
    ['a list with a record of another kind', links('post', 'x'), ['clerk', 'CGB'], 'MALFORMED', ['1']],
    ['a list that names one twice', links('post', 'x'), ['clerk', 'opcc', 'clerk'], 'MALFORMED', ['2']],
    ['a list of too many', links('post', 'x'), Array.from({ length: 51 }, (_, n) => `post-${n}`), 'TOO_LONG', []],
    ['a record of none of the kinds', anyRecord('x', ['action', 'meeting']), 'CGB', 'MALFORMED', []],
    ['words for a record of any kind', anyRecord('x'), 'Mr Smith', 'MALFORMED', []],
    ['a number of pieces', count('x'), 1.5, 'MALFORMED', []],
    ['a number in words', count('x'), '2', 'MALFORMED', []],
    ['a number beyond its bounds', count('x', { most: 5 }), 6, 'MALFORMED', []],
    ['a number greater than the API has', count('x'), 2 ** 31, 'MALFORMED', []],
    ['a share of nothing', share('x'), { part: 0, of: 0 }, 'MALFORMED', ['of']],
    ['a share of more than all', share('x'), { part: 3, of: 2 }, 'MALFORMED', ['part']],
    ['a share without its whole', share('x'), { part: 3 }, 'MALFORMED', ['of']],
    ['a share with more in it', share('x'), { part: 1, of: 2, note: 'x' }, 'MALFORMED', ['note']],
    ['a condition in words', conditions('x'), 'status: agreed', 'MALFORMED', []],
    ['no condition', conditions('x'), [], 'BLANK', []],
    ['a condition that names its filter in words', conditions('x'), [{ filter: 'the owner' }], 'MALFORMED', ['0']],
    [
      'a condition with words for a choice',
      conditions('x'),
      [{ filter: 'owner', is: ['Mr Smith'] }],
      'MALFORMED',
      ['0'],
    ],
    [
      'a condition without a choice among its choices',
      conditions('x'),
      [{ filter: 'owner', is: [] }],
      'MALFORMED',
      ['0'],
    ],
    ['one filter twice', conditions('x'), [{ filter: 'overdue' }, { filter: 'overdue' }], 'MALFORMED', ['1']],
    ['due at a member that there is not', dueDate, { when: 'soon' }, 'MALFORMED', []],
  ])('that is %s is refused', (_, shape, value, code, at) => {
    const fault = whyNotGiven(shape, value);
    expect(fault).toMatchObject({ code, at });
    expect(fault!.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('is taken away by a correction only where an event need not have one, and it is not to be kept', () => {
    expect(whyNotHeld(day('x'), null)).not.toBeNull();
    expect(whyNotHeld(optional(day('x')), null)).toBeNull();
    expect(whyNotHeld({ ...optional(day('x')), kept: true }, null)).not.toBeNull();
  });

  it('of any kind is checked without an error, whatever it is', () => {
    const shapes: readonly Shape[] = [
      ...[line('x'), dueDate, day('x'), span('x'), level, link('action', 'x'), yesNo('x')],
      ...[links('action', 'x'), anyRecord('x'), count('x'), share('x'), conditions('x')],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.jsonValue(), (shape, value) => {
        whyNotGiven(shape, value);
        whyNotHeld(shape, value as JsonValue);
        recordsIn(shape, value, 'x');
      }),
      { seed: 20231009, numRuns: 500 },
    );
  });
});

describe('rows', () => {
  const levels = rows('BellLevel', 'How loud each bell is.', {
    level,
    meaning: line('What it means.', { most: 40 }),
    by: optional(link('post', 'Who rings it.')),
    after: optional(count('After so many days.', { most: 99 })),
    note: optional(line('Anything.')),
  });
  const BellsListed = event('BellsListed', {
    facts: { ref: newReference('meeting'), levels },
    texts: { title: line('What for.'), ...rowTexts('levels', levels) },
  });
  const given = [
    { level: 'LOUD', meaning: 'For fire', by: 'clerk' },
    { level: 'QUIET', meaning: 'For tea', after: 3, note: 'Not on Sundays' },
  ] as const;

  it('are typed by their columns: those of words are given, and stand in texts of the event', () => {
    holds<
      Same<
        EventOf<typeof BellsListed>,
        RecordEvent<
          'BellsListed',
          {
            readonly ref: string;
            readonly levels: readonly {
              readonly level: 'LOUD' | 'QUIET';
              readonly by?: string;
              readonly after?: number;
            }[];
          },
          'title' | 'levelsMeaning' | 'levelsNote'
        >
      >
    >();
    // @ts-expect-error -- no row without its words
    heldRows('levels', levels, [{ level: 'LOUD' }]);
    // @ts-expect-error -- no such column
    heldRows('levels', levels, [{ level: 'LOUD', meaning: 'x', colour: 'red' }]);
    expect(Object.keys(BellsListed.texts)).toEqual(['title', 'levelsMeaning', 'levelsNote']);
  });

  it('give their words away to texts with a line for each row, and have them back when they are read', async () => {
    const { facts, texts } = heldRows('levels', levels, given);
    const drafted = draft(BellsListed, { facts, texts: { title: 'Bells', ...texts } });
    expect(drafted).toEqual({
      type: 'BellsListed',
      facts: {
        levels: [
          { level: 'LOUD', by: 'clerk' },
          { level: 'QUIET', after: 3 },
        ],
      },
      texts: { title: 'Bells', levelsMeaning: 'For fire\nFor tea', levelsNote: '–\nNot on Sundays' },
    });
    expect(JSON.stringify(drafted.facts)).not.toMatch(/fire|tea|Sundays/);
    expect(await readBack(drafted)).toEqual(given);
    expect(heldRows('levels', levels, undefined)).toEqual({ facts: {}, texts: {} });
  });

  const readBack = (drafted: ReturnType<typeof draft>) => {
    const refs = Object.keys(drafted.texts ?? {}).map((field) => [field, { event: 'e', part: `text/${field}` }]);
    const held = { ...drafted, texts: Object.fromEntries(refs) } as unknown as RecordEvent;
    return rowsWithWords(levels, rowsOf(held, 'levels', levels), async ({ part }) => drafted.texts![part.slice(5)]!);
  };

  it('are read as they were given, whatever their words', async () => {
    const saying = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !saysNothing(text));
    const row = fc.record(
      {
        level: fc.constantFrom('LOUD', 'QUIET'),
        meaning: saying.map((text) => text.trim()),
        by: fc.constantFrom('clerk', 'dpo'),
        after: fc.nat(99),
        note: saying.map((text) => text.trim()),
      },
      { requiredKeys: ['level', 'meaning'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (all) => {
        fc.pre(whyNotGiven(levels, all) === null && !/[\n\r\u2028\u2029]/.test(JSON.stringify(all)));
        const { facts, texts } = heldRows('levels', levels, all as never);
        expect(whyNotHeld(levels, facts.levels as never)).toBeNull();
        expect(await readBack(draft(BellsListed, { facts, texts }))).toEqual(all);
      }),
      { seed: 20261129, numRuns: 200 },
    );
  });

  it('name the records of every row', () => {
    expect(linksIn(levels, given, 'levels')).toEqual([{ register: 'directory', ref: 'clerk', field: 'levels.0.by' }]);
  });

  it.each<[string, unknown, string, string[], string]>([
    ['no list', { level: 'LOUD' }, 'MALFORMED', [], 'list of rows'],
    ['no row at all', [], 'BLANK', [], 'no row'],
    ['more rows than there may be', Array(51).fill(given[0]), 'TOO_LONG', [], 'more than 50'],
    ['words for a row', ['LOUD'], 'MALFORMED', ['0'], 'Row 1'],
    ['a column that there is not', [{ ...given[0], colour: 'red' }], 'MALFORMED', ['0', 'colour'], 'no such column'],
    ['no level in the second row', [given[0], { meaning: 'x' }], 'NEEDED', ['1', 'level'], 'Row 2, level: '],
    [
      'a dash for words that are needed',
      [{ ...given[0], meaning: '–' }],
      'BLANK',
      ['0', 'meaning'],
      'Row 1, meaning: ',
    ],
    ['words that are too long', [{ ...given[0], meaning: 'x'.repeat(41) }], 'TOO_LONG', ['0', 'meaning'], '40'],
    ['a level that there is not', [{ ...given[0], level: 'LOW' }], 'MALFORMED', ['0', 'level'], 'LOUD, QUIET'],
    ['a body for a post', [{ ...given[0], by: 'CGB' }], 'MALFORMED', ['0', 'by'], 'post'],
    [
      'words that are too long together',
      Array(50).fill({ ...given[0], note: 'x'.repeat(1_000) }),
      'TOO_LONG',
      [],
      'Note',
    ],
  ])('with %s are refused, and the row and column are named', (_, value, code, at, said) => {
    const fault = whyNotGiven(levels, value);
    expect(fault).toMatchObject({ code, at });
    expect(fault!.sentence).toContain(said);
    expect(fault!.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('are corrected without free words in clear, and keep as many as there are lines of words', () => {
    const [ofRows, ofMeaning, ofNote] = ['levels', 'levelsMeaning', 'levelsNote'].map((path) =>
      correctableIn([BellsListed])['BellsListed']!.find((one) => one.path === path)!,
    );
    const { facts } = heldRows('levels', levels, given);
    const worded = { facts, texts: { levelsMeaning: {} } } as never;
    const isRows = ofRows!.is as (value: JsonValue) => string | null;
    expect(isRows([{ level: 'LOUD' }, { level: 'LOUD' }])).toBeNull();
    expect(isRows(given as never)).toMatch(/no such column/);
    expect(ofRows!.fits!([{ level: 'LOUD' }, { level: 'LOUD' }], worded)).toBeNull();
    expect(ofRows!.fits!([{ level: 'LOUD' }], worded)).toMatch(/keeps as many/);
    expect(ofRows!.fits!(null, worded)).toMatch(/keeps as many/);
    expect(ofRows!.fits!([{ level: 'LOUD' }], { facts, texts: {} })).toBeNull();
    expect(ofRows!.names!([{ level: 'LOUD', by: 'clerk' }])).toMatchObject([{ ref: 'clerk' }]);
    expect([ofMeaning!.is, ofNote!.is]).toEqual(['text', 'text']);
    expect(ofMeaning!.fits!('Fire\nTea', worded)).toBeNull();
    expect(ofMeaning!.fits!('Fire', worded)).toMatch(/There are 2 rows, and this has 1 lines/);
    expect(ofMeaning!.fits!('Fire\n–', worded)).toMatch(/Line 2 says nothing/);
    expect(ofNote!.fits!('–\nOn Sundays too', worded)).toBeNull();
  });
});

describe('the records that a value names', () => {
  it('are all of a list, each by its place, and of any kind by how they are spelt', () => {
    expect(linksIn(links('post', 'x'), ['clerk', 'force-lead', 'dpo'], 'owners')).toEqual([
      { register: 'directory', ref: 'clerk', field: 'owners.0' },
      // The second is a post that every ledger knows: it needs no record.
      { register: 'directory', ref: 'dpo', field: 'owners.2' },
    ]);
    expect(linksIn(anyRecord('x'), 'CGB-2023-04-E1', 'to')).toEqual([
      { register: 'documents', ref: 'CGB-2023-04-E1', field: 'to' },
    ]);
    expect(linksIn(anyRecord('x'), 'Mr Smith', 'to')).toEqual([]);
    const held = [
      { filter: 'status', members: ['CURRENT'] },
      { filter: 'owner', ofRecord: 'dpo' },
    ];
    expect(linksIn(conditions('x'), held, 'filter')).toEqual([
      { register: 'directory', ref: 'dpo', field: 'filter.1.ofRecord' },
    ]);
  });
});

describe('a reference', () => {
  it('is of one kind, by its spelling alone', () => {
    for (const [kind, { example, register }] of Object.entries(RECORD_KINDS)) {
      const spelt = Object.entries(RECORD_KINDS).filter(([, { spelling }]) => spelling.test(example));
      expect(spelt.map(([name]) => name)).toEqual([kind]);
      expect(kindSpelt(example)).toBe(kind);
      expect(seriesIn(register, example)).not.toBeNull();
    }
  });

  it.each([
    ['actions', 'CGB-2023-04-A1', 'CGB-2023-04'],
    ['meetings', 'CGB-2023-04-19-2', 'CGB-2023-04'],
    ['directory', 'chief-constable', 'directory'],
    ['directory', 'person-ab3k9', 'directory'],
    ['directory', 'CGB-2023-04-19', null],
    ['actions', 'CGB-2023-13-A1', null],
  ])('of %s, %s, is reserved in the series %s', (register, ref, series) => {
    expect(seriesIn(register, ref)).toBe(series);
  });
});
