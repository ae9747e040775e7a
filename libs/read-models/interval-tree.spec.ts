import fc from 'fast-check';
import { addDays, END_OF_DAYS } from '../ledger/index.ts';
import { END_OF_SEQUENCE } from '../timeline/index.ts';
import { nodeOf, nodesAt } from './interval-tree.ts';

const FROM = '2016-01-01';
const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays(FROM, days));
const sequence = fc.integer({ min: 1, max: 2 ** 31 - 3 });
const seeded = { seed: 20231009, numRuns: 2_000 } as const;

describe('the interval tree', () => {
  it('files what stands on a way that every day within it takes', () => {
    fc.assert(
      fc.property(
        day,
        fc.option(fc.integer({ min: 1, max: 2_000 })),
        fc.nat({ max: 5_000 }),
        (from, length, offset) => {
          const to = length === null ? END_OF_DAYS : addDays(from, length);
          const within = addDays(from, length === null ? offset : offset % length);
          expect(nodesAt(within, [])).toContain(nodeOf([from, to], [1, END_OF_SEQUENCE]));
        },
      ),
      seeded,
    );
  });

  it('files what was superseded on a way that every event within it takes', () => {
    fc.assert(
      fc.property(sequence, fc.integer({ min: 1, max: 100_000 }), fc.nat(), (from, length, offset) => {
        const to = Math.min(from + length, 2 ** 31 - 2);
        if (to <= from) return;
        const within = from + (offset % (to - from));
        expect(nodesAt(FROM, [within, 1])).toContain(nodeOf([FROM, END_OF_DAYS], [from, to]));
      }),
      seeded,
    );
  });

  it('takes few nodes on any way, and none for a log without events', () => {
    expect(nodesAt('2023-10-09', [0])).toHaveLength(nodesAt('2023-10-09', []).length);
    expect(nodesAt('2023-10-09', []).length).toBeLessThanOrEqual(22);
    expect(nodesAt('2023-10-09', [1_000_001]).length).toBeLessThanOrEqual(53);
  });
});
