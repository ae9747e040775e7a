import type { Delays, HistoryEvent } from '../../../../projections/index.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { askedIn, entriesWanted } from './asked.ts';
import { presentLateEntries } from './present-late-entries.ts';
import type { EntryRead, LateEntriesRead } from './read-late-entries.ts';

const EVENT = {
  id: 'e1',
  type: 'UpdateGiven',
  effectiveOn: '2023-06-02',
  recordedAt: '2023-06-15T11:00:00.000Z',
  stated: null,
  delayDays: 13,
  dated: null,
} as unknown as HistoryEvent;
const ENTRY: EntryRead = {
  entry: { record: 'CGB-2023-06-A1', register: 'actions', event: EVENT },
  record: [[{ text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' }]],
  words: 'Half of it is done',
  by: { text: 'Chief constable' },
  enteredBy: null,
};
const of = (counts: readonly number[], more: Partial<Delays> = {}): Delays => ({
  count: counts.reduce((sum, count) => sum + count, 0),
  ...{ late: 1, medianDays: 1, ninetiethDays: 9, longestDays: 1_000 },
  bands: counts.map((count) => ({ fromDays: null, toDays: null, count })),
  ...more,
});

function page(query: string, more: Partial<LateEntriesRead> = {}, entries: readonly EntryRead[] = [ENTRY]) {
  const edges = entries.map((node, index) => ({ cursor: `c${index}`, node }));
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, { on: '2023-07-30' }, parameters);
  const groups = [
    { key: 'clerk', label: 'clerk', ...of([0, 1, 2, 0, 0, 1]) },
    { key: null, label: 'by nobody whom you may see', ...of([1, 0, 0, 0, 0, 0]) },
  ];
  return presentLateEntries(
    {
      asked: askedIn(new URLSearchParams(query)),
      delays: { ...of([1, 1, 2, 0, 0, 1], { late: 2 }), groups },
      page: { totalCount: entries.length, edges, hasNextPage: false, endCursor: null },
      ...{ post: null, incomplete: 0, trail: [], ...more },
    },
    { link, view: { basis: { position: 'p1' } } as Visit['view'] },
  );
}

describe('the page of late entries', () => {
  it('says how long entries took, and shares them out', () => {
    const { intro, delays } = page('');
    expect(intro).toBe(
      'Of 5 entries, 2 were late. Half were recorded within 1 day of taking effect, nine of ten within 9 days, and the last after 1,000 days.',
    );
    expect(delays.columns.slice(0, 3)).toEqual(['Entered by', 'Entries', 'Late']);
    expect(delays.rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])).toEqual([
      ['Clerk', '4', '1', '1', '9', '1,000', '0', '1', '2', '0', '0', '1'],
      ['By nobody whom you may see', '1', '1', '1', '9', '1,000', '1', '0', '0', '0', '0', '0'],
      ['All', '5', '2', '1', '9', '1,000', '1', '1', '2', '0', '0', '1'],
    ]);
  });

  it('leads from a group to its late entries, but from no post that is not for its reader', () => {
    const hrefs = page('by=month').delays.rows.map(({ cells }) => cells[1]!.href);
    expect(hrefs).toEqual([
      '/late-entries?by=month&month=clerk&on=2023-07-30',
      null,
      '/late-entries?by=month&on=2023-07-30',
    ]);
    expect(page('').delays.rows[0]!.cells[1]!.href).toBe('/late-entries?post=clerk&on=2023-07-30');
  });

  it('leads from each entry to the page of its record, and says how late it was', () => {
    expect(page('').list.rows).toEqual([
      [
        ENTRY.record,
        [
          [{ text: 'Update given', href: '/actions/CGB-2023-06-A1?on=2023-07-30#event-e1' }],
          [{ text: '“Half of it is done”', written: true }],
        ],
        [[{ text: '2 June 2023' }]],
        [[{ text: '15 June 2023 at midday' }], [{ text: '13 days later' }]],
        [[{ text: 'Chief constable' }]],
        [],
      ],
    ]);
  });

  it('says of which group entries are listed, and leads back to all', () => {
    const { heading, all } = page('by=register&post=clerk&month=2023-02&register=forward-plan', { post: 'Clerk' }).list;
    expect(heading).toBe('Late entries, entered by Clerk, of the register of forward plan, recorded in February 2023');
    expect(all).toBe('/late-entries?by=register&on=2023-07-30');
    expect(page('').list).toMatchObject({ heading: 'All late entries', all: null });
  });

  it('is called by how entries are counted, and of which group they are listed', () => {
    expect(page('').title).toBe('Late entries');
    expect(page('by=month&register=actions').title).toBe('Late entries by month, of the register of actions');
  });

  it('says when there is nothing', () => {
    expect(page('', {}, []).list.empty).toContain('that you may see');
    const none = of([0, 0, 0, 0, 0, 0], { late: 0, medianDays: null, ninetiethDays: null, longestDays: null });
    expect(page('', { delays: { ...none, groups: [] } }).intro).toContain('had taken effect by this date');
  });

  it('asks for the entries of a whole month, however long that is', () => {
    const wanted = (query: string) => entriesWanted(askedIn(new URLSearchParams(query)));
    expect(wanted('month=2024-02')).toEqual({ recordedFrom: '2024-02-01', recordedTo: '2024-02-29' });
    expect(wanted('month=2023-12&post=clerk')).toEqual({
      ...{ post: 'clerk', recordedFrom: '2023-12-01', recordedTo: '2023-12-31' },
    });
    expect(wanted('')).toEqual({});
  });
});
