import fc from 'fast-check';
import { addDays, type CivilDate } from '../ledger/index.ts';
import { mayFallIn, type Cadence } from './index.ts';

const monthOf = (month: string): { from: CivilDate; to: CivilDate } => {
  const from = `${month}-01`;
  const to = addDays(
    `${month === '2023-12' ? '2024-01' : `2023-${String(Number(month.slice(5)) + 1).padStart(2, '0')}`}-01`,
    -1,
  );
  return { from, to };
};
const fallsIn = (cadence: Cadence, days: readonly CivilDate[], months: readonly string[]) =>
  months.filter((month) => mayFallIn(cadence, days, monthOf(month)));

const YEAR = Array.from({ length: 12 }, (_, index) => `2023-${String(index + 1).padStart(2, '0')}`);

describe('whether a meeting may fall in a month by a cadence', () => {
  it('counts calendar months from the last meeting up to then, and before the first one backwards', () => {
    const everyOther: Cadence = { every: 2, unit: 'MONTHS' };
    expect(fallsIn(everyOther, ['2023-07-17'], YEAR)).toEqual([
      '2023-01',
      '2023-03',
      '2023-05',
      '2023-07',
      '2023-09',
      '2023-11',
    ]);
    expect(fallsIn(everyOther, ['2023-06-21', '2023-07-17'], ['2023-05', '2023-06', '2023-07', '2023-08'])).toEqual([
      '2023-06',
      '2023-07',
    ]);
  });

  it('takes a month that is for something of its own: December for finance', () => {
    const finance: Cadence = { every: 2, unit: 'MONTHS', months: [{ month: 12 }] };
    expect(fallsIn(finance, ['2023-09-25'], ['2023-10', '2023-11', '2023-12'])).toEqual(['2023-11', '2023-12']);
  });

  it('counts weeks by days', () => {
    const everyEight: Cadence = { every: 8, unit: 'WEEKS' };
    // 25 September and 20 November.
    expect(fallsIn(everyEight, ['2023-07-31'], ['2023-08', '2023-09', '2023-10', '2023-11'])).toEqual([
      '2023-09',
      '2023-11',
    ]);
    expect(mayFallIn(everyEight, ['2023-07-31'], { from: '2023-09-25', to: '2023-09-25' })).toBe(true);
    expect(mayFallIn(everyEight, ['2023-07-31'], { from: '2023-09-26', to: '2023-11-19' })).toBe(false);
  });

  it('cannot say that none does where there is no day to count from', () => {
    expect(mayFallIn({ every: 12, unit: 'MONTHS' }, [], monthOf('2023-10'))).toBe(true);
  });

  it('of weeks agrees with going from meeting to meeting, for any stretch and any step', () => {
    const day = fc.integer({ min: -800, max: 800 }).map((days) => addDays('2023-06-21', days));
    fc.assert(
      fc.property(
        day,
        day,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 12 }),
        (start, from, more, every) => {
          const to = addDays(from, more);
          const falls = [...Array(500).keys()].some((index) => {
            const on = addDays(start, (index - 250) * 7 * every);
            return on >= from && on <= to;
          });
          expect(mayFallIn({ every, unit: 'WEEKS' }, [start], { from, to })).toBe(falls);
        },
      ),
      { numRuns: 60, seed: 15 },
    );
  });
});
