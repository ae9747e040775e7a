import { isEmptyWithItself, isTheNaiveWalk, namesItsDays, sumsOverThree } from './comparing.ts';
import { SUBJECTS } from './worlds.ts';

/** Worlds of each register. More: `comparing.slow.spec.ts`, or by hand `WORLDS=500`. */
const RUNS = Number(process.env['WORLDS'] ?? 15);

describe.each(Object.keys(SUBJECTS))('comparing two bases, of a %s', (subject) => {
  it('is what a walk gives that folds the raw events one more at a time, kinds, causes and lines included', () => {
    isTheNaiveWalk(subject, RUNS);
  });

  it('sums: A to B and B to C together are A to C in every cell, and B is told alike from both sides', () => {
    sumsOverThree(subject, RUNS);
  });

  it('is empty from a basis to itself', () => {
    isEmptyWithItself(subject, RUNS);
  });

  it('is told otherwise by the day alone only on days that its register names', () => {
    namesItsDays(subject, RUNS);
  });
});
