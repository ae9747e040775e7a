import { NAIVE_FAULTS } from '../model/naive-comparison.ts';
import { compared, isEmptyWithItself, isTheNaiveWalk, namesItsDays, sumsOverThree } from './comparing.ts';
import { SUBJECTS } from './worlds.ts';

/** Worlds of each register. More by hand: `WORLDS=1000`. */
const RUNS = Number(process.env['WORLDS'] ?? 80);

describe('comparing two bases over many worlds', () => {
  it.each(Object.keys(SUBJECTS))('of a %s', (subject) => {
    isTheNaiveWalk(subject, RUNS);
    sumsOverThree(subject, RUNS);
    isEmptyWithItself(subject, RUNS);
    namesItsDays(subject, RUNS);
  });

  it('finds a step, a kind and a line of every sort in them', () => {
    const found = new Set<string>();
    for (const subject of Object.keys(SUBJECTS))
      isTheNaiveWalk(subject, RUNS, (...asked) => {
        const { restated, moved, tables } = compared(...asked);
        for (const step of [restated, moved])
          for (const one of [step?.change, ...(step?.kinds ?? [])]) found.add(String(one));
        for (const move of Object.values(tables).flatMap((one) => [one.restated, one.moved]))
          if (move !== null) found.add(`line ${move.kind}`);
        return compared(...asked);
      });
    for (const change of ['ENTERED', 'LEFT', 'CHANGED', 'PASSED_THROUGH']) expect(found).toContain(change);
    for (const kind of ['LEARNED', 'CORRECTED', 'VOIDED', 'RESTORED', 'DAY', 'OTHER_RECORD', 'RE_BANDED'])
      expect(found).toContain(kind);
    for (const kind of ['LEARNED', 'VOIDED', 'DAY', 'RAISED', 'RE_OWNED']) expect(found).toContain(`line ${kind}`);
  });

  it.each(NAIVE_FAULTS)('is noticed where the rules were otherwise: %s', (fault) => {
    const isNoticed = (subject: string) => {
      try {
        isTheNaiveWalk(subject, 3 * RUNS, compared, fault);
        return false;
      } catch {
        return true;
      }
    };
    expect(['risk', 'action', 'recommendation'].some(isNoticed)).toBe(true);
  });
});
