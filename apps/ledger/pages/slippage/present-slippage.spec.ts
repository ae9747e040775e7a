import type { Page } from '../../../../libs/read-models/index.ts';
import type { MoveOfDate, SlippageCount, SlippedDate } from '../../../../projections/index.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { askedIn, filterOf, parametersOf, type SlippageAsked } from './asked.ts';
import { presentSlippage, type DateRead, type SlippageContext } from './present-slippage.ts';

const STEP = {
  ...{ record: 'CGB-2023-06-A1', register: 'actions', event: 'e1', type: 'DueDateExtended', effectiveOn: '2023-07-10' },
  ...{ recordedAt: '2023-07-10T11:00:00.000Z', knownAt: '2023-07-10T11:00:00.000Z', by: null, authority: null },
};
const MOVE = {
  ...{ kind: 'EXTENDED', ...STEP, from: '2023-06-30', to: '2023-07-31', days: 31, afterItPassed: true },
  breaches: ['EXTENDED_TOO_OFTEN'],
} as MoveOfDate;
const DATE = {
  ...{ record: 'CGB-2023-06-A1', register: 'actions', of: '', owner: null, body: 'CGB', publication: null },
  ...{ original: '2023-06-30', current: '2023-07-31', moves: [MOVE], totalDays: 31 },
  beside: [{ kind: 'DEFERRED', ...STEP, event: 'e2', from: '2023-07-31', to: '2023-08-31' }],
} as SlippedDate;
const READ: DateRead = {
  date: DATE,
  record: [[{ text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' }]],
  owner: [],
  heading: 'Vetting',
  moves: [{ move: MOVE, by: 'Commissioner', authority: 'Meeting CGB-2023-06-21', reason: 'The supplier is late.' }],
};

function page(asked: SlippageAsked, more: Partial<SlippageContext> = {}, of: Partial<Page<never>> = {}) {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, { on: '2023-07-30' }, parameters);
  const view = { basis: { position: 'p1' } } as Visit['view'];
  const list = { totalCount: 1, edges: [{ cursor: 'c', node: READ }], hasNextPage: false, endCursor: 'c', ...of };
  const context = { asked, counts: null, page: list, incomplete: 0, trail: [], ...more };
  return presentSlippage(context, { link, view, dates: { on: '2023-07-30' } });
}

describe('the page of what slipped', () => {
  it('tells each move with its entry, on whose authority, by whom, how late and beyond which policy; and a deferral beside', () => {
    const { rows, total } = page({});
    expect(total).toBe('1 due date that was moved');
    expect(rows[0]).toEqual([
      [[{ text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' }], [{ text: 'Vetting', written: true }]],
      [[{ text: 'Nobody' }]],
      [[{ text: '30 June 2023' }]],
      [[{ text: '31 July 2023' }]],
      [
        [
          { text: 'Put off', href: '/actions/CGB-2023-06-A1?on=2023-07-30#event-e1' },
          {
            text: ' from 30 June 2023 to 31 July 2023, 31 days; on the authority of Meeting CGB-2023-06-21; by Commissioner; recorded on 10 July 2023, after the old date had passed; more often than the policy in force then lets',
          },
        ],
        [{ text: '“The supplier is late.”', written: true }],
        [
          { text: 'Deferred', href: '/actions/CGB-2023-06-A1?on=2023-07-30#event-e2' },
          { text: ' to 31 August 2023: no move of its due date' },
        ],
      ],
      [[{ text: '1 move, 31 days' }]],
    ]);
  });

  it('has a tab for each grouping, which keeps what the list is narrowed by; and the form keeps the grouping and the dates', () => {
    const { tabs, filters, narrowing } = page({ register: 'actions', month: '2023-06', by: 'OWNER' });
    expect(tabs.map(({ text, active }) => [text, active])).toEqual([
      ['Each date', false],
      ['By owner', true],
      ...['By body', 'By audit or inspection', 'By month first due', 'By register'].map((text) => [text, false]),
    ]);
    expect(tabs[0]!.href).toBe('/slippage?register=actions&month=2023-06&on=2023-07-30');
    expect(filters.kept.map(({ name, value }) => `${name}=${value}`)).toEqual([
      ...['by=owner', 'month=2023-06', 'on=2023-07-30'],
    ]);
    expect(filters.registers.find(({ selected }) => selected)).toMatchObject({ value: 'actions' });
    expect(narrowing).toEqual([
      { text: 'First due in June 2023', href: '/slippage?by=owner&register=actions&on=2023-07-30' },
    ]);
  });

  it('leads from a group to its due dates; from those without one it leads nowhere', () => {
    const sums = { moves: 2, extended: 1, broughtForward: 0, movedWithMeeting: 1, late: 1, breached: 0, totalDays: 52 };
    const counts: readonly SlippageCount[] = [
      { key: '2023-06', label: '2023-06', count: 2, ...sums },
      { key: null, label: 'no known day', count: 1, ...sums },
    ];
    const { groups, columns } = page({ by: 'MONTH' }, { counts, page: null });
    expect(columns[0]).toBe('Month first due');
    expect(groups).toEqual([
      {
        text: 'June 2023',
        href: '/slippage?month=2023-06&on=2023-07-30',
        figures: ['2', '2', '1', '0', '1', '1', '0', '52'],
      },
      { text: 'No known day', href: null, figures: ['1', '2', '1', '0', '1', '1', '0', '52'] },
    ]);
  });

  it('says when there is nothing, and when it may lack something; and is paged at one position', () => {
    expect(page({}, {}, { totalCount: 0, edges: [] }).empty).toContain('that you may see');
    expect(page({}, { incomplete: 2 }).incomplete).toContain('2 records could not be read');
    const { pagination } = page({ late: true }, {}, { hasNextPage: true });
    expect(pagination?.next).toEqual({ href: '/slippage?late=yes&after=c&at=p1&on=2023-07-30' });
  });

  it('reads its own addresses, and no others', () => {
    const asked: SlippageAsked = {
      ...{ by: 'PUBLICATION', register: 'recommendations', kind: 'MOVED_WITH_MEETING', late: true, breached: true },
      ...{ owner: 'force-lead', publication: 'CGB-2023-06-E1', body: 'CGB', month: '2023-06' },
    };
    const query = new URLSearchParams(parametersOf(asked).map(([name, value]): [string, string] => [name, value]));
    expect(askedIn(query)).toEqual(asked);
    expect(filterOf(asked)).toMatchObject({ firstDueFrom: '2023-06-01', firstDueTo: '2023-06-31' });
    for (const wrong of ['by=all', 'kind=late', 'register=rules', 'late=1', 'owner=CGB', 'month=2023-13'])
      expect(() => askedIn(new URLSearchParams(wrong)), wrong).toThrow();
  });
});
