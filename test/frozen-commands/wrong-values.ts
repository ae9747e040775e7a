import { randomUUID } from 'node:crypto';
import {
  byKind,
  exampleRow,
  MOST_LINKS,
  RECORD_KINDS,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../../libs/declarations/index.ts';

/** One way in which a value is wrong. */
export interface Wrong {
  readonly how: string;
  readonly value: unknown;
  readonly code: string;
  /** Where in the value: `on` of a due date. */
  readonly at?: string;
  /** No cell of a paper says this: all that stands there is text, of whole characters. */
  readonly notOnPaper?: true;
}

const LONG = 'x'.repeat(32 * 1024 + 1);

/** Well written, and of no record. */
export const OF_NOTHING: { readonly [kind in RecordKind]: string } = {
  action: 'CGB-2001-01-A1',
  meeting: 'CGB-2001-01-01',
  body: 'NONE',
  post: 'nobody',
  person: 'person-zzzzz',
  recommendation: 'CGB-2001-01-R1',
  document: 'CGB-2001-01-E1',
  risk: 'CGB-2001-01-K1',
  decision: 'CGB-2001-01-D1',
  forwardPlanItem: 'CGB-2001-01-F1',
  rule: 'NONE-rag',
};

/** A reference of a kind of record that is not one of these. */
function aKindBeside(records: readonly RecordKind[]): string {
  const beside = (Object.keys(OF_NOTHING) as RecordKind[]).find((kind) => !records.includes(kind));
  return OF_NOTHING[beside!];
}

const wordsThatAreWrong = (shape: Shape): readonly Wrong[] => [
  { how: 'no text', value: 5, code: 'MALFORMED', notOnPaper: true },
  { how: 'half of a character', value: 'a\ud800b', code: 'MALFORMED', notOnPaper: true },
  { how: 'not seen', value: '\u200b', code: 'MALFORMED' },
  { how: 'too long', value: LONG, code: 'TOO_LONG' },
  ...(shape.kind === 'line' && shape.most !== undefined
    ? [{ how: 'longer than it may be', value: 'x'.repeat(shape.most + 1), code: 'TOO_LONG' }]
    : []),
  ...(shape.optional === true && !('neverBlank' in shape) ? [] : [{ how: 'blank', value: ' \n', code: 'BLANK' }]),
];

const malformed = (how: string, value: unknown, at?: string): Wrong => ({
  ...{ how, value, code: 'MALFORMED' },
  ...(at === undefined ? {} : { at }),
});

/** A new shape does not compile until it stands here. */
const WRONG: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => readonly Wrong[] } = {
  line: wordsThatAreWrong,
  words: wordsThatAreWrong,
  digest: () => [malformed('too short', 'abc')],
  itemNumber: () => [malformed('words', 'see Mr Smith')],
  time: () => [malformed('of no clock', '24:00'), malformed('words', 'noon')],
  day: () => [malformed('of no calendar', '2023-02-30'), malformed('words', 'next week')],
  span: () => [
    malformed('without its first day', { how: 'between', to: '2023-10-09' }, 'from'),
    malformed('up to a day of no calendar', { how: 'by', to: '2023-02-30' }, 'to'),
  ],
  yesNo: () => [malformed('neither', 'perhaps')],
  oneOf: () => [malformed('none of them', 'constructor')],
  link: ({ record }) => [
    malformed('words', 'the first'),
    malformed('of a record of another kind', RECORD_KINDS[record === 'body' ? 'post' : 'body'].example),
    { how: 'unknown', value: OF_NOTHING[record], code: `UNKNOWN_${record.toUpperCase()}` },
  ],
  links: ({ record }) => {
    const another = RECORD_KINDS[record === 'body' ? 'post' : 'body'].example;
    return [
      { ...malformed('no list', { first: OF_NOTHING[record] }), notOnPaper: true },
      { how: 'empty', value: [], code: 'BLANK', notOnPaper: true },
      malformed('of a record of another kind', [another], '0'),
      malformed('named twice', [OF_NOTHING[record], OF_NOTHING[record]], '1'),
      { how: 'too many', value: Array<string>(MOST_LINKS + 1).fill(OF_NOTHING[record]), code: 'TOO_LONG' },
      { how: 'unknown', value: [OF_NOTHING[record]], code: `UNKNOWN_${record.toUpperCase()}`, at: '0' },
    ];
  },
  anyRecord: ({ records }) => [
    malformed('words', 'The first'),
    ...(records === null ? [] : [malformed('of another kind', aKindBeside(records))]),
    ...(records ?? (['body', 'action'] as const)).map((record) => ({
      how: `unknown ${record}`,
      value: OF_NOTHING[record],
      code: `UNKNOWN_${record.toUpperCase()}`,
    })),
  ],
  anyRecords: () => [
    { ...malformed('no list', { first: OF_NOTHING.action }), notOnPaper: true },
    { how: 'empty', value: [], code: 'BLANK', notOnPaper: true },
    malformed('words', ['The first'], '0'),
    malformed('named twice', [OF_NOTHING.action, OF_NOTHING.action], '1'),
    { how: 'too many', value: Array<string>(MOST_LINKS + 1).fill(OF_NOTHING.action), code: 'TOO_LONG' },
    { how: 'unknown', value: [OF_NOTHING.body], code: 'UNKNOWN_BODY', at: '0' },
  ],
  instant: () => [malformed('words', 'yesterday'), malformed('without its offset', '2023-10-09T17:00:00')],
  count: ({ least, most }) => [
    { ...malformed('no number', '7'), notOnPaper: true },
    malformed('words', 'seven'),
    malformed('not whole', 1.5),
    malformed('too small', least - 1),
    malformed('too great', most + 1),
  ],
  share: () => [
    malformed('a number', 45),
    malformed('of nothing', { of: 0, part: 0 }, 'of'),
    malformed('more than the whole', { of: 20, part: 21 }, 'part'),
    malformed('less than nothing', { of: 20, part: -1 }, 'part'),
    { ...malformed('with more in it', { of: 20, part: 9, note: 'x' }, 'note'), notOnPaper: true },
  ],
  rows: (shape) => {
    const row = exampleRow(shape);
    const columns = Object.entries(shape.columns);
    return [
      { ...malformed('no list', 'row'), notOnPaper: true },
      { how: 'empty', value: [], code: 'BLANK', notOnPaper: true },
      { how: 'too many', value: Array<unknown>(shape.most + 1).fill(row), code: 'TOO_LONG' },
      { ...malformed('no row', ['row'], '0'), notOnPaper: true },
      { ...malformed('with a column that there is not', [{ ...row, beside: 'x' }], '0.beside'), notOnPaper: true },
      ...columns.flatMap(([column, of]) => {
        const { [column]: _, ...lacking } = row;
        return [
          ...wrongValues(of)
            .filter(({ how }) => how !== 'blank')
            .map((wrong) => ({
              ...wrong,
              how: `${column} ${wrong.how}`,
              value: [{ ...row, [column]: wrong.value }],
              at: ['0', column, wrong.at ?? []].flat().join('.'),
            })),
          ...(of.optional === true
            ? []
            : [{ how: `without ${column}`, value: [lacking], code: 'NEEDED', at: `0.${column}` }]),
        ];
      }),
    ];
  },
  conditions: () => [
    { how: 'empty', value: [], code: 'BLANK', notOnPaper: true },
    malformed('words for a choice', [{ filter: 'body', is: ['the_board!'] }], '0'),
    { ...malformed('with more in it', [{ filter: 'body', is: ['CGB'], note: 'x' }], '0.note'), notOnPaper: true },
    malformed('one filter twice', [{ filter: 'overdue' }, { filter: 'overdue' }], '1'),
    { how: 'unknown', value: [{ filter: 'body', is: [OF_NOTHING.body] }], code: 'UNKNOWN_BODY', at: '0' },
  ],
  newReference: () => [malformed('words', 'the first')],
  due: () => [
    malformed('of no calendar', { on: '2023-02-30' }, 'on'),
    malformed('at a body', { meeting: 'CGB' }, 'meeting'),
    { how: 'twice', value: { on: '2030-10-09', meeting: OF_NOTHING.meeting }, code: 'AMBIGUOUS' },
    { how: 'in words that are too long', value: { on: '2030-10-09', phrase: LONG }, code: 'TOO_LONG', at: 'phrase' },
    { how: 'at an unknown meeting', value: { meeting: OF_NOTHING.meeting }, code: 'UNKNOWN_MEETING', at: 'meeting' },
  ],
  commandId: () => [malformed('words', 'one')],
  reference: () => [malformed('words', 'Mr Smith said so')],
  eventOfRecord: ({ unknown }) => [
    malformed('words', 'the last'),
    { how: 'unknown', value: randomUUID(), code: unknown ?? 'UNKNOWN_EVENT' },
  ],
  path: () => [malformed('words', 'due on')],
  anyValue: () => [{ how: 'too long', value: { on: [LONG] }, code: 'TOO_LONG', at: 'on.0' }],
  marking: () => [{ how: 'above what is held', value: 'SECRET', code: 'MARKING_TOO_HIGH' }],
};

/** The ways in which a value of that shape is wrong. */
export function wrongValues(shape: Shape): readonly Wrong[] {
  return byKind<readonly Wrong[], []>(WRONG, shape);
}
