import { costsApart, type Cost } from './cost-of-answers.ts';

describe('what two answers cost', () => {
  /** Costs so much the first time, and then in turn. */
  const costing = (first: number, ...later: readonly number[]): Cost => {
    let times = 0;
    return { questions: first, again: () => Promise.resolve(later[times++ % later.length]!) };
  };

  it('is the same where one was interrupted, and is not the next times', async () => {
    expect(await costsApart(costing(7, 6, 5), costing(5, 5))).toBe(false);
    expect(await costsApart(costing(5, 5), costing(9, 9, 9, 9, 5))).toBe(false);
  });

  it('is the same where both were interrupted', async () => {
    expect(await costsApart(costing(7, 6, 5), costing(6, 5))).toBe(false);
  });

  it('is another where one asks one question more each time', async () => {
    expect(await costsApart(costing(6, 6, 7), costing(5, 5))).toBe(true);
    expect(await costsApart(costing(5, 5), costing(7, 6))).toBe(true);
  });

  it('is another where one cannot be given again', async () => {
    expect(await costsApart({ questions: 6, again: null }, costing(5, 5))).toBe(true);
  });
});
