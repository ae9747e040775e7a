import { compareEntries } from './late-entries.ts';

/** More by hand: see the README beside this. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 2);
const FIRST = Number(process.env['MODEL_FIRST'] ?? 1);

describe('late entries', () => {
  it('are told, and how long all entries took, as the written rules have it, at any basis on either clock and for every reader', async () => {
    const { differences, told } = await compareEntries(
      { first: FIRST, count: HISTORIES },
      { commands: 60, questions: 25 },
    );
    if (process.env['MODEL_HISTORIES'] !== undefined) process.stdout.write(`compared: ${JSON.stringify(told)}\n`);
    expect(differences).toEqual([]);
    // A comparison of nothing shows nothing.
    for (const [what, count] of Object.entries(told)) expect([what, count > 0]).toEqual([what, true]);
  }, 1_200_000);
});
