import { datedInWords, dayInWords, instantInWords, timeInWords } from './days.ts';

describe('times in words', () => {
  it('write days as people do, and never a day that nobody stated', () => {
    expect(dayInWords('2023-06-30')).toBe('30 June 2023');
    expect(datedInWords({ how: 'by', to: '2023-10-09' })).toBe('by 9 October 2023');
    expect(datedInWords({ how: 'about', to: '2023-10-09' })).toBe('about 9 October 2023');
    expect(datedInWords({ how: 'between', from: '2018-03-01', to: '2018-09-30' })).toBe(
      'between 1 March 2018 and 30 September 2018',
    );
  });
  it('write instants by the clocks of London', () => {
    expect(instantInWords('2023-06-30T23:30:00.000Z')).toBe('1 July 2023 at 12:30am');
    expect(instantInWords('2023-12-01T12:00:00.000Z')).toBe('1 December 2023 at midday');
    expect(timeInWords('00:00')).toBe('midnight');
    expect(timeInWords('12:05')).toBe('12:05pm');
  });
});
