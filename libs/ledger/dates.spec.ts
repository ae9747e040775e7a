import fc from 'fast-check';
import {
  addDays,
  addMonths,
  daysBetween,
  firstInstantOf,
  instantAt,
  instantOf,
  isCivilDate,
  isInstant,
  lastInstantOf,
  londonDayOf,
} from './dates.ts';

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('dates', () => {
  it.each([
    ['2023-06-30', true],
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2023-02-30', false],
    ['2023-13-01', false],
    ['2023-6-30', false],
    ['30/06/2023', false],
    ['', false],
  ])('knows whether %p is a day', (text, real) => {
    expect(isCivilDate(text)).toBe(real);
  });

  it('accepts an instant only as the ledger writes it', () => {
    expect(isInstant('2023-06-30T12:00:00.000Z')).toBe(true);
    expect(isInstant('2023-06-30T12:00:00Z')).toBe(false);
    expect(isInstant('2023-06-30T12:00:00.000+01:00')).toBe(false);
    expect(isInstant('2023-06-31T12:00:00.000Z')).toBe(false);
  });

  it('shows the day of London, an hour ahead of UTC in summer', () => {
    expect(londonDayOf('2023-06-30T22:59:59.999Z')).toBe('2023-06-30');
    expect(londonDayOf('2023-06-30T23:00:00.000Z')).toBe('2023-07-01');
    expect(londonDayOf('2023-12-30T23:59:59.999Z')).toBe('2023-12-30');
  });

  it('begins a London day at its first instant, through both changes of the clocks', () => {
    expect(firstInstantOf('2023-03-26')).toBe('2023-03-26T00:00:00.000Z');
    expect(firstInstantOf('2023-03-27')).toBe('2023-03-26T23:00:00.000Z');
    expect(firstInstantOf('2023-10-29')).toBe('2023-10-28T23:00:00.000Z');
    expect(firstInstantOf('2023-10-30')).toBe('2023-10-30T00:00:00.000Z');
  });

  it('has no instant of a day before its first', () => {
    fc.assert(
      fc.property(day, (d) => {
        const first = Date.parse(firstInstantOf(d));
        return londonDayOf(instantOf(first)) === d && londonDayOf(instantOf(first - 1)) === addDays(d, -1);
      }),
      { seed: 26, numRuns: 300 },
    );
  });

  it('counts days between as many as were added', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (d, n) => daysBetween(d, addDays(d, n)) === n),
      { seed: 7, numRuns: 300 },
    );
  });

  it.each([
    ['2023-01-15', 1, '2023-02-15'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-28'],
    ['2023-08-31', 3, '2023-11-30'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2023-12-31', 12, '2024-12-31'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-31', -12, '2023-01-31'],
    ['2023-05-31', 0, '2023-05-31'],
  ])('moves %s by %i calendar months to %s, clipped to the end of the month', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('never moves a later day to an earlier one, whatever the months', () => {
    fc.assert(
      fc.property(day, fc.nat(40), fc.integer({ min: -120, max: 120 }), (from, after, months) => {
        expect(addMonths(addDays(from, after), months) >= addMonths(from, months)).toBe(true);
        // Same day of the month, or its last.
        const [to, next] = [addMonths(from, months), addDays(addMonths(from, months), 1)];
        expect(to.slice(8) === from.slice(8) || next.slice(8) === '01').toBe(true);
      }),
      { seed: 7 },
    );
  });
});

describe('a time of day by the clocks of London', () => {
  it.each([
    ['2023-01-11', '13:00', '2023-01-11T13:00:00.000Z'],
    ['2023-06-21', '13:46', '2023-06-21T12:46:00.000Z'],
    ['2023-06-21', '00:30', '2023-06-20T23:30:00.000Z'],
    ['2023-03-26', '00:59', '2023-03-26T00:59:00.000Z'],
    ['2023-03-26', '02:00', '2023-03-26T01:00:00.000Z'],
    ['2023-10-29', '02:00', '2023-10-29T02:00:00.000Z'],
  ])('is on %s at %s the instant %s', (day, time, instant) => {
    expect(instantAt(day, time)).toBe(instant);
  });

  it('is the first of two where the clocks go back, and an hour on where they leave it out', () => {
    expect(instantAt('2023-10-29', '01:30')).toBe('2023-10-29T00:30:00.000Z');
    expect(instantAt('2023-03-26', '01:30')).toBe('2023-03-26T01:30:00.000Z');
  });

  it('knows the last instant of a day, which is just before the first of the next', () => {
    expect(lastInstantOf('2023-06-21')).toBe('2023-06-21T22:59:59.999Z');
    expect(lastInstantOf('2023-10-29')).toBe('2023-10-29T23:59:59.999Z');
    expect(londonDayOf(lastInstantOf('2023-03-26'))).toBe('2023-03-26');
  });
});
