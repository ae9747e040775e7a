import { show, type ShownValue } from '../declarations/index.ts';
import { organisation } from '../registers/actions/fields.ts';
import { plainDrawing, textOf } from '../../test/plain-drawing.ts';
import { beginningOf, linesOf, wordsOf } from './index.ts';

const drawing = plainDrawing({
  texts: { title: 'Vetting\nof officers', long: `${'word '.repeat(40)}` },
  names: { CGB: 'Corporate Governance Board', 'CGB-2023-06-A1': 'An action' },
  statuses: { HELD: { words: 'Held' } },
  holders: { 'force-lead': ['Ada Byron'], commissioner: ['Ada Byron', 'Mary Somerville', 'Ann Example'] },
});
const lines = async (value: ShownValue | null) =>
  (await linesOf(value, drawing)).map((line) => line.map(({ text }) => text).join(''));

describe('a value', () => {
  it.each<[string, ShownValue | null, string[]]>([
    ['a day', show.day('2023-06-21'), ['21 June 2023']],
    [
      'a span, of which no day is named that nobody stated',
      show.span({ how: 'by', to: '2023-10-09' }),
      ['By 9 October 2023'],
    ],
    ['an instant, in London', show.instant('2023-06-21T09:00:00.000Z'), ['21 June 2023 at 10am']],
    ['one of a few, by its label', show.member(organisation, 'FORCE'), ['Police force']],
    ['a status, as its kind calls it', show.status('HELD'), ['Held']],
    ['yes', show.yesNo(true), ['Yes']],
    ['no', show.yesNo(false), ['No']],
    ['what is due on a day', show.due({ on: '2023-07-17' }), ['17 July 2023']],
    ['what is due at a meeting', show.due({ meeting: 'CGB-2023-07-17' }), ['At the meeting CGB-2023-07-17']],
    ['an authority', show.authority({ meeting: 'CGB-2023-06-21' }), ['Meeting CGB-2023-06-21']],
    ['an authority that is words', show.authority({ decision: 'PCC-2023-14' }), ['Decision PCC-2023-14']],
    ['words that somebody wrote, as they are', show.text(textOf('title')), ['Vetting\nof officers']],
    ['the same in quotation marks', show.quote(textOf('title')), ['“Vetting\nof officers”']],
    ['nothing of words that may not be read', show.quote(textOf('erased')), []],
    ['nothing of what there is none of', show.sentence(null, undefined), []],
    ['a line for each of a list', show.lines('one', null, show.day('2023-06-21')), ['One', '21 June 2023']],
    [
      'a sentence in one line, which begins with a capital',
      show.sentence('raised at ', show.named('CGB'), ' on ', show.day('2023-06-21')),
      ['Raised at Corporate Governance Board on 21 June 2023'],
    ],
  ])('is %s', async (_, value, expected) => {
    expect(await lines(value)).toEqual(expected);
  });

  it('names who holds a post beside it, but in a heading and where it tells who did something', async () => {
    expect(
      await lines(show.lines(show.named('force-lead'), show.sentence('with ', show.named('commissioner')))),
    ).toEqual([
      'Force-lead (held by Ada Byron)',
      'With commissioner (held by Ada Byron, Mary Somerville and Ann Example)',
    ]);
    expect(await lines(show.doer('force-lead'))).toEqual(['Force-lead']);
    expect(await lines(show.doneBy({ effectiveOn: '2023-06-21', by: 'force-lead' }))).toEqual([
      '21 June 2023: force-lead',
    ]);
    expect(await wordsOf(show.named('force-lead'), drawing)).toBe('force-lead');
  });

  it('leads to the record that it names, and to none where there is no such record for the reader', async () => {
    expect(await linesOf(show.named('CGB'), drawing)).toEqual([
      [{ text: 'Corporate Governance Board', href: '/bodies/CGB', written: true }],
    ]);
    expect(await linesOf(show.named('JARAP'), drawing)).toEqual([[{ text: 'JARAP' }]]);
    expect(await linesOf(show.referred('CGB-2023-06-A1'), drawing)).toEqual([
      [{ text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' }],
    ]);
    for (const value of [
      show.referred('CGB-2023-07-17'),
      show.due({ meeting: 'CGB-2023-07-17' }),
      show.authority({ meeting: 'CGB-2023-07-17' }),
    ])
      expect(JSON.stringify(await linesOf(value, drawing))).not.toContain('href');
  });

  it('is as long in a list as the list has room for', async () => {
    const [line = ''] = await lines(show.text(textOf('long'), 20));
    expect(line).toBe('word word word word…');
  });

  it('begins a cell of a table that is too long to be looked through', () => {
    const cell = (...texts: string[]) => texts.map((text) => [{ text }]);
    expect(beginningOf(cell('word '.repeat(60)))).toBeNull();
    expect(beginningOf(cell('word '.repeat(60), 'word'))).toBe(`${'word '.repeat(24).trimEnd()}…`);
    expect(beginningOf([])).toBeNull();
  });

  it('is one line without any way to elsewhere in a heading or a choice', async () => {
    expect(await wordsOf(show.lines(show.text(textOf('title')), show.named('CGB')), drawing)).toBe(
      'Vetting\nof officers, Corporate Governance Board',
    );
    expect(await wordsOf(show.text(textOf('erased')), drawing)).toBeNull();
  });
});
