import { compareEntries } from './late-entries.ts';

/** Histories other than those of the quick run, for about a minute. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 12);

it('late entries, and how long all entries took, are told as the written rules have it', async () => {
  const { differences, told } = await compareEntries(
    { first: 10_001, count: HISTORIES },
    { commands: 60, questions: 25 },
  );
  expect(differences).toEqual([]);
  for (const [what, count] of Object.entries(told)) expect([what, count > HISTORIES / 4]).toEqual([what, true]);
}, 1_200_000);
