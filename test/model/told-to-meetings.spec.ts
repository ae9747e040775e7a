import { compareLists } from './told-to-meetings.ts';

/** More by hand: see the README beside this. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 2);
const FIRST = Number(process.env['MODEL_FIRST'] ?? 1);

describe('the lists of a meeting', () => {
  it('share out the facts taken as the written rules do, at any basis and for every reader', async () => {
    const found = await compareLists({ first: FIRST, count: HISTORIES }, { commands: 60, questions: 25 });
    const { differences, listed } = found;
    if (process.env['MODEL_HISTORIES'] !== undefined) process.stdout.write(`compared: ${JSON.stringify(listed)}\n`);
    expect(differences).toEqual([]);
    // Lists of nothing show nothing.
    for (const [list, facts] of Object.entries(listed)) expect([list, facts > HISTORIES]).toEqual([list, true]);
  }, 1_200_000);
});
