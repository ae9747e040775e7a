import { compareLists } from './told-to-meetings.ts';

/** Histories other than those of the quick run, for about a minute and a half. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 30);

it('the lists of meetings share out the facts taken as the written rules do', async () => {
  const { differences, listed } = await compareLists(
    { first: 10_001, count: HISTORIES },
    { commands: 60, questions: 25 },
  );
  expect(differences).toEqual([]);
  for (const [list, facts] of Object.entries(listed)) expect([list, facts > 2 * HISTORIES]).toEqual([list, true]);
}, 1_200_000);
