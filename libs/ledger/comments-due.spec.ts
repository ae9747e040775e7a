import fc from 'fast-check';
import { COMMENTS_WITHIN_DAYS, commentsDueOn } from './comments-due.ts';
import { addDays, lastOfDays } from './dates.ts';

const day = fc
  .date({ min: new Date('1996-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Days of the period, counted one by one as a person does on a calendar, the day of publication being the first. */
function counted(first: string, days: number): string[] {
  return Array.from({ length: days }, (_, number) => addDays(first, number));
}

describe('the last day of a period of days that begins with a day', () => {
  it('is that day itself, where the period is one day', () => {
    expect(lastOfDays(1, '2023-02-28')).toBe('2023-02-28');
  });

  it('is the last of as many days as are counted one by one, the first among them', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 400 }), (first, days) => {
        const period = counted(first, days);
        return period[0] === first && new Set(period).size === days && period.at(-1) === lastOfDays(days, first);
      }),
      { seed: 55, numRuns: 200 },
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('is none of %p days', (days) => {
    expect(() => lastOfDays(days, '2023-02-28')).toThrow(RangeError);
  });
});

describe('the comments on a report of the inspectors of constabulary', () => {
  it('are due on 25 January 2023, and not on the 26th, for one published on 1 December 2022', () => {
    expect(commentsDueOn('2022-12-01')).toBe('2023-01-25');
  });

  it.each([
    ['through the end of February', '2023-02-01', '2023-03-28'],
    ['through a leap day', '2024-02-01', '2024-03-27'],
    ['through a change of the clocks, which is no day', '2023-03-01', '2023-04-25'],
    ['on a Saturday as on any other day', '2023-01-08', '2023-03-04'],
  ])('are due %s', (_, published, due) => {
    expect(commentsDueOn(published)).toBe(due);
  });

  it('are due on the 56th day', () => {
    expect(counted('2022-12-01', COMMENTS_WITHIN_DAYS).at(-1)).toBe(commentsDueOn('2022-12-01'));
    expect(COMMENTS_WITHIN_DAYS).toBe(56);
  });
});
