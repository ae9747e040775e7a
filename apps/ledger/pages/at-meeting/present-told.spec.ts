import type { HistoryEvent } from '../../../../projections/index.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { LISTS } from './lists.ts';
import { presentNoPoint, presentTold } from './present-told.ts';
import type { FactRead, ToldRead } from './read-told.ts';

const EVENT = {
  id: 'e1',
  type: 'UpdateGiven',
  effectiveOn: '2023-06-10',
  recordedAt: '2023-06-15T11:00:00.000Z',
  stated: null,
  delayDays: 5,
  dated: null,
} as unknown as HistoryEvent;
const VOID = { ...EVENT, id: 'e2', type: 'Voided', recordedAt: '2023-06-26T11:00:00.000Z', delayDays: 0 };

const FACT: FactRead = {
  fact: { record: 'CGB-2023-06-A1', register: 'actions', event: EVENT, amendedSince: [VOID] },
  record: [[{ text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' }]],
  words: 'Half of it is done',
  by: { text: 'Chief constable' },
  source: { document: 'Minutes', paragraph: '7(a)', publishedOn: null, quote: null },
};

const visit = {
  link: (path: string, parameters: Iterable<readonly [string, string]> = []) => addressOf(path, {}, parameters),
  view: { basis: { position: 'p1' } } as Visit['view'],
};

function page(list: ToldRead['list']['list'], more: Partial<ToldRead> = {}, facts: readonly FactRead[] = [FACT]) {
  const edges = facts.map((node, index) => ({ cursor: `c${index}`, node }));
  return presentTold(
    {
      ref: 'CGB-2023-06-21',
      point: { day: '2023-06-21', cutOff: { effective: '2023-06-14', recorded: '2023-06-14T15:30:00.000Z' } },
      list: LISTS.find((one) => one.list === list)!,
      page: { totalCount: 1_200, edges, hasNextPage: true, endCursor: 'c0' },
      counts: new Map([['NOT_TOLD', 1_200]]),
      ...{ incomplete: 0, trail: [], ...more },
    },
    visit,
  );
}

describe('the page of what a meeting was told', () => {
  it('says by when what it was told had been recorded', () => {
    expect(page('NOT_TOLD').intro).toBe(
      'It was on 21 June 2023, and was told what had been recorded by 4:30pm on 14 June 2023.',
    );
    const cutOff = { effective: '2023-06-20', recorded: '2023-06-20T22:59:59.999Z' };
    expect(page('NOT_TOLD', { point: { day: '2023-06-21', cutOff } }).intro).toContain('by the end of 20 June 2023');
  });

  it('leads from each fact to its entry, and says how late it was recorded, by whom, and from which source', () => {
    expect(page('NOT_TOLD').rows).toEqual([
      [
        FACT.record,
        [
          [{ text: 'Update given', href: '/actions/CGB-2023-06-A1#event-e1' }],
          [{ text: '“Half of it is done”', written: true }],
        ],
        [[{ text: '10 June 2023' }]],
        [[{ text: '15 June 2023 at midday' }], [{ text: '5 days later' }]],
        [[{ text: 'Chief constable' }]],
        [[{ text: 'Minutes, 7(a)', written: true }]],
      ],
    ]);
  });

  it('tells beside what was restated since what did so', () => {
    const { columns, rows } = page('RESTATED_SINCE');
    expect(columns.at(-1)).toBe('Restated since');
    expect(rows[0]!.at(-1)).toEqual([
      [
        { text: expect.any(String) as string, href: '/actions/CGB-2023-06-A1#event-e2' },
        { text: ', 26 June 2023 at midday' },
      ],
    ]);
  });

  it('has a tab with the number of facts for each list, and the ways to the ledger at the meeting', () => {
    const { tabs, ways } = page('NOT_TOLD');
    expect(tabs.map(({ text }) => text)).toEqual([
      'Told (0)',
      'Not told (1,200)',
      'Since the papers (0)',
      'Told and restated since (0)',
      'Entered within a day (0)',
      'Entered after (0)',
    ]);
    expect(tabs.find(({ active }) => active)?.href).toBe('/meetings/CGB-2023-06-21/told?list=not-told');
    expect(ways.map(({ href }) => href)).toEqual([
      '/?at-meeting=CGB-2023-06-21&meeting-view=told',
      '/?at-meeting=CGB-2023-06-21&meeting-view=now',
    ]);
  });

  it('is paged at one position, and says when there is nothing, or may be more', () => {
    expect(page('NOT_TOLD').pagination?.next?.href).toBe('/meetings/CGB-2023-06-21/told?list=not-told&after=c0&at=p1');
    expect(page('NOT_TOLD', {}, []).empty).toBe('Nothing that you may see was recorded too late for it.');
    expect(page('NOT_TOLD', { incomplete: 2 }).incomplete).toContain('2 records could not be read');
  });

  it('says why there is no list of a meeting that is no point in time', () => {
    expect(presentNoPoint('CGB-2023-05', 'CANCELLED', visit).whyNot).toContain('was cancelled');
    expect(presentNoPoint('CGB-2023-10', 'NO_DAY', visit).whyNot).toContain('No day is known');
    expect(presentNoPoint('CGB-2023-12', 'AHEAD', visit).whyNot).toContain('ahead of the day that you look at');
  });
});
