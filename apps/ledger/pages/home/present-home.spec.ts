import { PUBLIC } from '../../../../libs/access/index.ts';
import { KINDS_OF_RECORD, pathOfKind } from '../../../../libs/declarations/index.ts';
import type { Visit } from '../frame/visits.ts';
import { addressOf, type Dates } from '../frame/dates.ts';
import { presentHome, type HomeNumbers } from './present-home.ts';

function home(dates: Dates, byStatus: HomeNumbers['byStatus'], whyEmpty: HomeNumbers['whyEmpty'] = null) {
  const link = (path: string, parameters: Iterable<readonly [string, string]> = []) =>
    addressOf(path, dates, parameters);
  const view = { basis: { effective: dates.on ?? '2023-11-20' }, reader: PUBLIC } as Visit['view'];
  return presentHome({ byStatus, overdue: 2, contradictions: 4, whyEmpty }, { dates, link, view });
}

describe('the home page', () => {
  const counts = [
    { key: 'AGREED', label: 'agreed', count: 1 },
    { key: 'SIGNED_OFF', label: 'signed off', count: 8 },
    { key: 'CONVERTED', label: 'converted', count: 1 },
  ];

  it('counts the actions by status, says what a paper prints of each, and leads from each number to the list that it counts', () => {
    const { numbers } = home({}, counts);
    expect(numbers.map(({ label, inPaper, count }) => `${label} | ${inPaper ?? ''} | ${count}`)).toEqual([
      'All actions |  | 10',
      'Agreed | No status | 1',
      'Signed off | Complete | 8',
      'Complete by other means | Complete | 1',
      'Overdue |  | 2',
      'Contradictions between sources, in all records |  | 4',
    ]);
    expect(numbers[2]?.href).toBe('/actions?status=signed-off');
    expect(numbers[5]?.href).toBeNull();
  });

  it('says of actions that no public paper lists that none does', () => {
    expect(home({}, [...counts, { key: 'WITHDRAWN', label: 'withdrawn', count: 3 }]).numbers[4]).toEqual({
      label: 'Withdrawn',
      inPaper: 'Not in a public list',
      count: '3',
      href: '/actions?status=withdrawn',
    });
  });

  it('says why there is no action', () => {
    expect(home({}, counts).empty).toBeNull();
    expect(home({ on: '2020-01-01' }, [], { why: 'not there yet', today: 11 }).empty).toBe(
      'No action that you may see had been raised by 1 January 2020. Today there are 11.',
    );
  });

  it('leads to the list of every kind of record and to the promises of minutes, and says what is found there', () => {
    const { parts } = home({ on: '2023-06-30' }, counts);
    expect(parts.map(({ href }) => href)).toEqual([
      ...KINDS_OF_RECORD.map((kind) => `${pathOfKind(kind)}?on=2023-06-30`),
      '/promises?on=2023-06-30',
    ]);
    for (const { says } of parts) expect(says).toMatch(/^[A-Z].*\.$/);
  });

  it('carries the date on', () => {
    const { actions, numbers, isToday } = home({ on: '2023-06-30' }, counts);
    expect(actions).toBe('/actions?on=2023-06-30');
    expect(numbers[1]?.href).toBe('/actions?status=agreed&on=2023-06-30');
    expect(isToday).toBe(false);
  });
});
