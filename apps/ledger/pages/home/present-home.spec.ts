import { addressOf, type Dates } from '../frame/dates.ts';
import { presentHome } from './present-home.ts';

function home(dates: Dates, byPublished: Parameters<typeof presentHome>[0]['byPublished']) {
  const link = (path: string, parameters: Iterable<readonly [string, string]> = []) =>
    addressOf(path, dates, parameters);
  return presentHome({ byPublished, overdue: 2, contradictions: 4 }, { dates, link });
}

describe('the home page', () => {
  const counts = [
    { key: 'NO_STATUS', label: 'no status', count: 1 },
    { key: 'COMPLETE', label: 'complete', count: 9 },
  ];

  it('counts the actions, and leads from each number to the list that it counts', () => {
    const { numbers } = home({}, counts);
    expect(numbers.map(({ label, count }) => `${label}: ${count}`)).toEqual([
      'All actions: 10',
      'No status: 1',
      'In progress: 0',
      'Awaiting sign-off: 0',
      'Complete: 9',
      'Overdue: 2',
      'Contradictions between sources, in all records: 4',
    ]);
    expect(numbers[4]?.href).toBe('/actions?published=complete');
    expect(numbers[3]?.href).toBeNull();
  });

  it('tells of actions that no public paper lists when there are any', () => {
    expect(home({}, [...counts, { key: null, label: 'not listed', count: 3 }]).numbers[5]).toEqual({
      label: 'Not in a public list',
      count: '3',
      href: '/actions?published=not-listed',
    });
  });

  it('carries the date on', () => {
    const { actions, numbers, isToday } = home({ on: '2023-06-30' }, counts);
    expect(actions).toBe('/actions?on=2023-06-30');
    expect(numbers[1]?.href).toBe('/actions?published=no-status&on=2023-06-30');
    expect(isToday).toBe(false);
  });
});
