import { searchIsAScan } from './search.ts';

/** Histories. More by hand: `HISTORIES=500`. */
const NUM_RUNS = Number(process.env['HISTORIES'] ?? 15);

describe('searches of many histories', () => {
  it('find what looking through all words finds', { timeout: 1_200_000 }, async () => {
    const told = await searchIsAScan(NUM_RUNS);
    expect(told.found).toBeGreaterThan(5 * NUM_RUNS);
  });
});
