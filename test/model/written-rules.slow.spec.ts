import { compareHistories, FAULTS } from './compared.ts';

/** Histories other than those of the quick run, for about a minute. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 50);

it('the ledger answers what the written rules say, and rules that are left out of them are noticed', async () => {
  const seeds = { first: 10_001, count: HISTORIES };
  const found = await compareHistories(seeds, { commands: 40, questions: 16, faults: FAULTS, rebuildEvery: 10 });
  const { differences, differing, answered, noticed, fewest, contradicting } = found;
  expect(fewest).toBe(40);
  expect(answered['facts']).toBeGreaterThan(HISTORIES * 50);
  expect(differences).toEqual([]);
  expect(differing).toEqual([]);
  // What no history happens to need is shown beside the quick run.
  expect(FAULTS.filter((fault) => !noticed.has(fault)).length).toBeLessThanOrEqual(2);
  expect(contradicting.length).toBeGreaterThan(0);
  expect(contradicting.filter(({ named, changed }) => named === changed)).toEqual([]);
});
