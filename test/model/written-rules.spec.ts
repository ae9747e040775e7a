import { PUBLIC } from '../../libs/access/index.ts';
import { compareHistories, FAULTS } from './compared.ts';

/** 500 by hand: see the README beside this. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 10);
const asking = { commands: 40, questions: 20 } as const;

describe('what the ledger answers', () => {
  it('is what the written rules say, at any basis and for every reader, over all registers', async () => {
    const seeds = { first: 1, count: HISTORIES };
    const found = await compareHistories(seeds, { ...asking, faults: FAULTS, rebuildEvery: 5 });
    const { differences, differing, answered, noticed, acceptedOf, fewest, contradicting } = found;
    // An answer of nothing shows nothing: look at what there was before what it was.
    expect(fewest).toBe(asking.commands);
    for (const what of [
      'actions',
      'meetings',
      'overdue',
      'contradictions',
      'mistakes',
      'facts',
      'extensions',
      'may already hold',
    ])
      expect([what, (answered[what] ?? 0) > HISTORIES / 3]).toEqual([what, true]);
    expect(Object.keys(acceptedOf).length).toBeGreaterThan(HISTORIES > 5 ? 24 : 16);
    expect(differences).toEqual([]);
    expect(differing).toEqual([]);
    expect(contradicting.filter(({ named, changed }) => named === changed)).toEqual([]);
    // Each rule that is left out of the model is noticed: all of them, once there are enough histories.
    const missed = FAULTS.filter((fault) => !noticed.has(fault));
    expect(missed.length).toBeLessThanOrEqual(HISTORIES >= 60 ? 0 : FAULTS.length / 3);
  }, 1_200_000);
});

describe('controls: a fault in the answers is seen', () => {
  it.each([
    [
      'answered on the other clock',
      ({ clock, ...asOf }, reader) => [{ ...asOf, clock: clock === 'STATED' ? 'PROVEN' : 'STATED' }, reader],
    ],
    ['answered at the head, whatever position is asked for', ({ position: _, ...asOf }, reader) => [asOf, reader]],
    ['answered for today, whatever day is asked for', ({ effective: _, ...asOf }, reader) => [asOf, reader]],
    ['answered to somebody who sees less', (asOf) => [asOf, PUBLIC]],
  ] satisfies [string, NonNullable<Parameters<typeof compareHistories>[1]['instead']>][])('%s', async (_, instead) => {
    const { differences } = await compareHistories({ first: 1, count: 2 }, { commands: 25, questions: 30, instead });
    expect(differences.length).toBeGreaterThan(0);
  });
});
