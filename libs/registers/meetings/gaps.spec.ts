import { gapsBetween } from './gaps.ts';

describe('the gaps between meetings that were held', () => {
  it('are 30, 63, 26 and 70 days for the Corporate Governance Board of 2023', () => {
    const held = ['2023-04-19', '2023-03-20', '2023-09-25', '2023-06-21', '2023-07-17'].map((date) => ({ date }));
    expect(gapsBetween(held).map(({ from, to, days }) => [from.date, to.date, days])).toEqual([
      ['2023-03-20', '2023-04-19', 30],
      ['2023-04-19', '2023-06-21', 63],
      ['2023-06-21', '2023-07-17', 26],
      ['2023-07-17', '2023-09-25', 70],
    ]);
  });

  it('are none of one meeting, or of none', () => {
    expect(gapsBetween([])).toEqual([]);
    expect(gapsBetween([{ date: '2023-03-20' }])).toEqual([]);
  });
});
