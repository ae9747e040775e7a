import { totalsAreRows } from './totals.ts';

/** Histories. More by hand: `HISTORIES=500`. */
const NUM_RUNS = Number(process.env['HISTORIES'] ?? 12);

describe('running totals of many histories', () => {
  it('tell what counting the rows tells', { timeout: 1_200_000 }, async () => {
    const told = await totalsAreRows(NUM_RUNS);
    expect(told.groups).toBeGreaterThan(30 * NUM_RUNS);
  });
});
