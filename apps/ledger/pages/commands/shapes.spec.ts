import fc from 'fast-check';
import {
  anyRecord,
  count,
  day,
  exampleRow,
  itemNumber,
  line,
  link,
  links,
  oneOf,
  optional,
  rows,
  saysNothing,
  share,
  whyNotGiven,
  yesNo,
  type Shape,
} from '../../../../libs/declarations/index.ts';
import { whyNotWords, wordsAsWritten, type JsonValue } from '../../../../libs/ledger/index.ts';
import { controlOf, type Drawing, type RecordsToChoose } from './controls.ts';
import { filledIn } from './fill-in.ts';
import { readField } from './read-typed.ts';

/* What stands in the boxes of a form for a value, read back. Shapes that several commands share are tried here by themselves. */

const FIELD = 'what';
const drawing = (typed: Drawing['typed'], records?: RecordsToChoose): Drawing => ({
  typed,
  problems: [],
  choices: { records: new Map(records === undefined ? [] : [[FIELD, records]]), events: [], paths: [] },
  labels: new Map(),
  value: null,
});
const field = (shape: Shape) => ({ name: FIELD, shape, label: 'What' });
const read = (shape: Shape, boxes: readonly (readonly [string, string])[]) =>
  readField(field(shape), { typed: new Map(boxes), value: null });

/** The boxes of a drawn list of records, as a browser sends them that changes nothing. */
function sentOf(shape: Shape, boxes: readonly (readonly [string, string])[], records: RecordsToChoose) {
  const control = controlOf(field(shape), drawing(new Map(boxes), records));
  if (control.is !== 'checkboxes') throw new Error(control.is);
  const ticked = control.items.filter(({ chosen }) => chosen).map(({ name }) => [name, 'yes'] as const);
  return control.more === null ? ticked : [...ticked, [FIELD, control.more.value] as const];
}

const POSTS = ['chief-constable', 'clerk', 'force-lead', 'none', 'opcc'];
const posts = links('post', 'Who.');
const few: RecordsToChoose = { all: true, soughtFor: null, choices: POSTS.map((value) => ({ value, text: value })) };
const many: RecordsToChoose = { all: false, soughtFor: null, choices: [] };

const levels = rows('Level', 'Levels.', {
  level: oneOf('Loudness', 'How loud.', {
    VERY_LOUD: { says: 'So that all hear it.', label: 'Deafening' },
    QUIET: 'It is.',
  }),
  meaning: line('What it means.'),
  by: optional(link('post', 'Who.')),
  after: optional(count('After so many days.')),
  done: optional(share('How much.')),
  from: optional(day('Since when.')),
  item: optional(itemNumber('Where.')),
  last: optional(yesNo('Last.')),
});
/** What may stand in a line once it is written: see `wordsAsWritten`. */
const words = fc
  .string({
    unit: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('|', '\\', ' ', '"', '-', ',', '<', 'a') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    ),
    minLength: 1,
    maxLength: 20,
  })
  .map((text) => wordsAsWritten(text, false))
  .filter((text) => whyNotWords(text) === null && !saysNothing(text));

const VALUES: readonly (readonly [Shape, fc.Arbitrary<JsonValue>])[] = [
  [posts, fc.shuffledSubarray(POSTS, { minLength: 1 })],
  [anyRecord('Which.'), fc.constantFrom('CGB-2023-04-A1', 'force-lead', 'CGB', 'CGB-2023-04-19')],
  [count('How many.', { least: -5, most: 10_000_000 }), fc.integer({ min: -5, max: 10_000_000 })],
  [
    share('How much.'),
    fc
      .oneof(fc.constantFrom(100, 1_000, 10_000), fc.integer({ min: 1, max: 2_147_483_647 }))
      .chain((of) => fc.record({ of: fc.constant(of), part: fc.integer({ min: 0, max: of }) })),
  ],
];

const LEVELS = fc.array(
  fc.record(
    {
      level: fc.constantFrom('VERY_LOUD', 'QUIET'),
      meaning: words,
      by: fc.constantFrom('clerk', 'none'),
      after: fc.nat(10_000),
      done: fc.record({ of: fc.constant(20), part: fc.nat(20) }),
      from: fc.constantFrom('2023-10-09', '0999-12-31'),
      item: fc.constantFrom('7(c)', '12'),
      last: fc.boolean(),
    },
    { requiredKeys: ['level', 'meaning'] },
  ),
  { minLength: 1, maxLength: 6 },
);

describe('a value of a shape', () => {
  it.each(VALUES.map(([shape, values]) => [shape.kind, shape, values] as const))(
    'of kind %s is read back from the boxes of its form as it was given',
    (_, shape, values) => {
      fc.assert(
        fc.property(values, (value) => {
          expect(whyNotGiven(shape, value)).toBeNull();
          expect(read(shape, filledIn(shape, FIELD, value))).toEqual({ value });
          expect(read(optional(shape), [])).toEqual({});
          expect(read(shape, []).problems).toHaveLength(1);
        }),
        { seed: 20261129, numRuns: 300 },
      );
    },
  );

  it('of rows is read back from its box as it was given, whatever its words', () => {
    fc.assert(
      fc.property(LEVELS, (value) => {
        fc.pre(whyNotGiven(levels, value) === null);
        const boxes = filledIn(levels, FIELD, value);
        expect(boxes).toHaveLength(1);
        expect(read(levels, boxes)).toEqual({ value });
      }),
      { seed: 20261129, numRuns: 500 },
    );
  });

  it.each<[string, string, JsonValue | readonly string[]]>([
    ['labels, spaces and blank lines', ' deafening|For fire \n\n', [{ level: 'VERY_LOUD', meaning: 'For fire' }]],
    ['names of members in small letters', 'very loud | For fire', [{ level: 'VERY_LOUD', meaning: 'For fire' }]],
    [
      'dashes and empty cells for what is not said',
      'QUIET | For tea | - | | 9/20 | 9 October 2023 | – | No',
      [{ level: 'QUIET', meaning: 'For tea', done: { part: 9, of: 20 }, from: '2023-10-09', last: false }],
    ],
    ['a record by its name', 'QUIET | x | The clerk (clerk)', [{ level: 'QUIET', meaning: 'x', by: 'clerk' }]],
    ['a | and a backslash within words', 'QUIET | a \\| b \\\\ c:\\d', [{ level: 'QUIET', meaning: 'a | b \\ c:\\d' }]],
    ['one column too many', 'QUIET | x | | | | | | | y', ['Row 1 has 9 columns, and these are all: Level | Meaning']],
    ['no words where they are needed', 'QUIET | - | clerk', ['Row 1, meaning: This is needed here.']],
    [
      'what is wrong in two rows',
      'QUIET | x | | ten\nLOUD | x\nQUIET | x',
      ['Row 1, after: It is a whole number', 'Row 2, level: It is one of VERY_LOUD, QUIET.'],
    ],
    ['a day of no calendar', 'QUIET | x | | | | 30/2/2023', ['Row 1, from: A date is a real day']],
    ['half a word for yes', 'QUIET | x | | | | | | yep', ['Row 1, last: This is true or false.']],
  ])('of rows that are typed with %s is read, or each row and column at fault is named', (_, typed, expected) => {
    const reading = read(levels, [[FIELD, typed]]);
    if (typeof (expected as readonly unknown[])[0] !== 'string') return expect(reading).toEqual({ value: expected });
    const said = (reading.problems ?? []).map(({ sentence }) => sentence);
    expect(said).toEqual((expected as readonly string[]).map((sentence) => expect.stringContaining(sentence)));
    for (const { path } of reading.problems ?? []) expect(path).toBe(FIELD);
  });

  it('of rows is asked for with its columns, what one looks like and what may be chosen, and an example that is read', () => {
    const control = controlOf(field(levels), drawing(new Map()));
    expect(control).toMatchObject({ is: 'textarea' });
    expect(control.hint).toContain('Level | Meaning | By (optional) | After (optional)');
    expect(control.hint).toContain('Level is one of Deafening, Quiet.');
    const [, example = ''] = /Such as: (.*)\. Level is/.exec(control.hint ?? '') ?? [];
    expect(read(levels, [[FIELD, example]])).toEqual({ value: [exampleRow(levels)] });
  });

  it.each<[string, Shape, string, JsonValue | null]>([
    ['thousands', count('x'), '1,234', 1_234],
    ['a number with a comma in the wrong place', count('x'), '12,34', null],
    ['half of one', count('x'), '1.5', null],
    ['fewer than the least', count('x', { least: 1 }), '0', null],
    ['more than the most', count('x', { most: 9 }), '10', null],
    ['a number in words', count('x'), 'ten', null],
    ['more digits than can be told apart', count('x'), '9007199254740993', null],
    ['a percentage without a space', share('x'), '45%', { part: 45, of: 100 }],
    ['a percentage in words', share('x'), '45 per cent', { part: 45, of: 100 }],
    ['a percentage with a decimal', share('x'), '12.5 %', { part: 125, of: 1_000 }],
    ['nothing of it', share('x'), '0 %', { part: 0, of: 100 }],
    ['a fraction', share('x'), '9/20', { part: 9, of: 20 }],
    ['one number of another', share('x'), '1,900 of 2,000', { part: 1_900, of: 2_000 }],
    ['more than all', share('x'), '101 %', null],
    ['more than all of it', share('x'), '21/20', null],
    ['a part of nothing', share('x'), '0/0', null],
    ['a number that is of nothing', share('x'), '45', null],
    ['less than nothing', share('x'), '-1/20', null],
    ['a record by its name', anyRecord('x'), 'Chief Constable (chief-constable)', 'chief-constable'],
    ['words that name nothing', anyRecord('x'), 'The board', null],
    ['a record of another kind', anyRecord('x', ['action']), 'CGB', null],
    [
      'references with spaces or commas between',
      posts,
      ' force-lead,clerk  opcc\nnone',
      ['force-lead', 'clerk', 'opcc', 'none'],
    ],
    ['one of them twice', posts, 'clerk, clerk', null],
    ['one that is no reference', posts, 'clerk, The Chief', null],
  ])('that is typed as %s is read, or refused at its box', (_, shape, typed, value) => {
    const reading = read(shape, [[FIELD, typed]]);
    if (value !== null) return expect(reading).toEqual({ value });
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems![0]!.sentence).toMatch(/^[A-Z].*[^.]$|\.$/);
    expect(reading.problems![0]!.path).toMatch(/^what(\.|$)/);
  });
});

describe('several records of one kind', () => {
  it('keep their order when a form is drawn and sent again, whether they are ticked or typed', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(POSTS, { minLength: 1 }), fc.constantFrom(few, many), (refs, records) => {
        const ticked = sentOf(posts, filledIn(posts, FIELD, refs), records);
        expect(read(posts, ticked)).toEqual({ value: refs });
        expect(read(posts, sentOf(posts, [[FIELD, refs.join(' ')]], records))).toEqual({ value: refs });
      }),
      { seed: 20261129, numRuns: 200 },
    );
  });

  it('are those that are ticked once words were looked up, and no words are taken for a reference', () => {
    const found: RecordsToChoose = {
      all: false,
      soughtFor: 'force',
      choices: [{ value: 'force-lead', text: 'Force lead (force-lead)' }],
    };
    const drawn = sentOf(posts, [[FIELD, 'force']], found);
    expect(drawn).toEqual([[FIELD, 'force']]);
    const ticked: [string, string][] = [
      [`${FIELD}.ticked.force-lead`, 'yes'],
      [`${FIELD}-sought`, 'force'],
    ];
    expect(read(posts, [...ticked, [FIELD, 'force']])).toEqual({ value: ['force-lead'] });
    // What was typed since is meant.
    expect(read(posts, [...ticked, [FIELD, 'clerk']])).toEqual({ value: ['force-lead', 'clerk'] });
  });

  it('whose order means something are typed in it, whatever is ticked', () => {
    const inOrder = links('post', 'Who.', { inOrder: true });
    fc.assert(
      fc.property(fc.shuffledSubarray(POSTS, { minLength: 1 }), fc.constantFrom(few, many), (refs, records) => {
        const boxes = filledIn(inOrder, FIELD, refs);
        expect(boxes).toEqual([[FIELD, refs.join(', ')]]);
        expect(read(inOrder, sentOf(inOrder, boxes, records))).toEqual({ value: refs });
      }),
      { seed: 20261129, numRuns: 100 },
    );
    const ticked: [string, string][] = [
      [`${FIELD}.ticked.clerk`, 'yes'],
      [`${FIELD}-sought`, 'the clerk'],
      [FIELD, 'force-lead, the clerk'],
    ];
    expect(read(inOrder, ticked)).toEqual({ value: ['force-lead', 'clerk'] });
  });

  it('are offered as boxes while there are few, with those that are not among them when they were named before', () => {
    const control = controlOf(field(posts), drawing(new Map([[`${FIELD}.ticked.elsewhere`, 'yes']]), few));
    expect(control).toMatchObject({ is: 'checkboxes', more: null });
    const items = control.is === 'checkboxes' ? control.items : [];
    expect(items.map(({ value, chosen }) => [value, chosen])).toEqual([
      ['elsewhere', true],
      ...POSTS.map((value) => [value, false]),
    ]);
  });
});
