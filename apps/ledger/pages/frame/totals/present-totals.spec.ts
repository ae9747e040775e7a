import { FULL } from '../../../../../test/ledger-being-read.ts';
import { KINDS } from '../../kinds.ts';
import type { Visit } from '../visits.ts';
import { presentTotals } from './present-totals.ts';
import { askedOf, conditionsOf, type TotalRead } from './read-totals.ts';

const TOTAL: TotalRead = {
  kind: KINDS.action,
  filter: [
    { filter: 'published', members: ['COMPLETE'] },
    { filter: 'body', ofRecord: 'CGB' },
  ],
  asAt: '2023-09-25',
  knownBy: '2023-10-09',
  number: 9,
  of: 11,
  version: '2',
  document: { text: 'Pack (JARAP-2023-10-E1)', href: '/documents/JARAP-2023-10-E1' },
  counts: 'Actions complete.',
  paragraph: 'paragraph 5',
  names: new Map([['CGB', { text: 'Governance board', href: '/bodies/CGB' }]]),
  asKnownThen: 8,
  asKnownNow: 1_010,
};
const visit = {
  view: { basis: { recorded: '2024-01-01T12:00:00.000Z' }, reader: FULL },
  dates: {},
} as unknown as Pick<Visit, 'view' | 'dates'>;
const edges = (total: Partial<TotalRead>) => [{ cursor: 'c', node: { ...TOTAL, ...total } }];
const shown = (total: Partial<TotalRead> = {}, at = visit) =>
  presentTotals({ totalCount: 1, edges: edges(total), hasNextPage: false, endCursor: 'c' }, at)[0]!;
const words = (lines: readonly (readonly { text: string }[])[]) =>
  lines.map((line) => line.map(({ text }) => text).join('')).join(' | ');
const wayTo = (lines: readonly (readonly { href?: string }[])[]) => lines[0]![0]!.href;

describe('a reported total on a page', () => {
  it('is told with its paper and place, what it counts in the words of the list, and what is held beside it', () => {
    const total = shown();
    expect(words(total.paper)).toBe('Pack (JARAP-2023-10-E1) | Version 2, paragraph 5');
    expect(words(total.counts)).toBe(
      '“Actions complete.” | Actions: In a public paper: Complete; Body: Governance board.',
    );
    expect([total.asAt, total.reported]).toEqual(['25 September 2023', '9 of 11']);
    expect(words(total.then)).toBe('8, 1 fewer than reported | As known by 9 October 2023');
    expect(words(total.now)).toBe('1,010, 1,001 more than reported');
    expect(words(shown({ asKnownNow: 9 }).now)).toBe('9, as reported');
  });

  it('leads to the list that each number counts, at the day as at which it is reported and as known by then', () => {
    const total = shown();
    expect(wayTo(total.then)).toBe('/actions?published=complete&body=CGB&on=2023-09-25&recorded=2023-10-09');
    expect(wayTo(total.now)).toBe('/actions?published=complete&body=CGB&on=2023-09-25');
    const looksBack = { ...visit, dates: { recorded: '2023-12-31', proven: true as const } };
    expect(wayTo(shown({}, looksBack).now)).toBe(
      '/actions?published=complete&body=CGB&on=2023-09-25&recorded=2023-12-31&clock=proven',
    );
  });

  it('leads nowhere where no address asks for that, and asks no page for more than is known', () => {
    const open = [{ filter: 'status', members: ['AGREED', 'IN_PROGRESS'] }];
    expect(wayTo(shown({ filter: open }).then)).toBeUndefined();
    expect(words(shown({ filter: open }).counts)).toContain('Status: Agreed or In progress.');
    expect(wayTo(shown({ knownBy: '2024-01-01' }).then)).toBe('/actions?published=complete&body=CGB&on=2023-09-25');
  });

  it('tells no number of what is counted by a record that is not shown, and names none', () => {
    const total = shown({ filter: [{ filter: 'owner' }], asKnownThen: null, asKnownNow: null, counts: null });
    expect(words(total.counts)).toBe('Its words are not shown | Actions: Owner: not shown.');
    expect(words(total.then)).toContain('Not told');
    expect(wayTo(total.now)).toBeUndefined();
  });

  it('is found by what an address asks of the list, whatever asks for no words', () => {
    const asked = { published: 'COMPLETE', body: 'CGB', overdue: true } as const;
    const conditions = conditionsOf(KINDS.action, asked)!;
    expect(conditions).toEqual([
      { filter: 'published', members: ['COMPLETE'] },
      { filter: 'body', ofRecord: 'CGB' },
      { filter: 'overdue' },
    ]);
    expect(askedOf(KINDS.action, conditions)).toEqual(asked);
    expect(conditionsOf(KINDS.action, {})).toEqual([]);
    expect(conditionsOf(KINDS.action, { text: 'estate' })).toBeNull();
    expect(askedOf(KINDS.action, [{ filter: 'owner' }])).toBeNull();
  });
});
