import fc from 'fast-check';
import { PUBLIC, readerFor, type Reader } from '../../libs/access/index.ts';
import { addDays, instantOf } from '../../libs/ledger/index.ts';
import {
  groupsOf,
  groupsOfTotals,
  rowsAsOf,
  viewOver,
  type AnyProjection,
  type Group,
  type LedgerView,
  type RecordProjection,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import type { RecordingClock } from '../../libs/timeline/index.ts';
import { countRecommendations, listRecommendations, PROJECTIONS } from '../../projections/index.ts';
import { BODIES, dayArbitrary, stepsArbitrary, withLedgerOfEveryRegister } from './every-register.ts';
import { FIRST_DAY } from './histories.ts';

const READERS: readonly Reader[] = [
  PUBLIC,
  readerFor('jarap-member', 'jarap-member'),
  readerFor('opcc-officer', 'opcc-officer'),
  readerFor('force-lead', 'force-lead'),
];
export const TOTALLED: readonly AnyProjection[] = PROJECTIONS.filter(({ totals }) => totals !== undefined);

const question = fc.record({
  reader: fc.constantFrom(...READERS),
  effective: fc.oneof(fc.constant(addDays(FIRST_DAY, 1)), dayArbitrary),
  clock: fc.constantFrom<RecordingClock>('PROVEN', 'STATED'),
  recorded: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat({ max: 40 }).map((turns) => instantOf(Date.UTC(2023, 2, 25) + turns * 900_000)) },
    // After all that the ledger recorded, and before some of what an import says was known.
    { weight: 1, arbitrary: fc.nat({ max: 40 }).map((days) => instantOf(Date.UTC(2023, 2, 26) + days * 86_400_000)) },
  ),
  body: fc.constantFrom(null, null, ...BODIES, 'NOBODY'),
  over: fc.constantFrom({}, {}, { illustrative: true }, { illustrative: false }, { bodies: ['CGB', 'ILL'] }),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** What was compared: nothing is shown by a comparison of nothing. */
export interface Told {
  /** Groups that totals told, and how many answers they had none for, as they tell what is known now alone. */
  groups: number;
  unable: number;
  largest: number;
}

/** Totals tell what counting the rows tells, or nothing, at random bases over random histories of every register, after each of these. */
export async function totalsAreRows(numRuns: number): Promise<Told> {
  const told: Told = { groups: 0, unable: 0, largest: 0 };
  await fc.assert(
    fc.asyncProperty(
      stepsArbitrary,
      stepsArbitrary,
      fc.array(question, { minLength: 14, maxLength: 14 }),
      async (first, second, questions) =>
        withLedgerOfEveryRegister(async (ledger) => {
          const all = async (asked: readonly Question[]) => {
            for (const one of asked)
              await comparedAt(
                await ledger.models.openView(
                  {
                    effective: one.effective,
                    clock: one.clock,
                    ...(one.recorded === null ? {} : { recorded: one.recorded }),
                  },
                  one.reader,
                ),
                one,
                told,
              );
          };
          await ledger.write(first);
          await all(questions.slice(0, 5));
          await ledger.restart();
          const [before] = questions;
          const old = await ledger.models.openView({ effective: before!.effective }, READERS[2]!);
          await ledger.write(second);
          // Opened before: what was written since is not in it.
          await comparedAt(old, { ...before!, reader: READERS[2]! }, told);
          await all(questions.slice(5));
          // Totals that were kept are those that are counted of all rows at once.
          expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
          await ledger.models.rebuild();
          await all(questions.slice(10));
        }),
    ),
    { seed: 20231009, numRuns },
  );
  return told;
}

async function comparedAt(asked: LedgerView, { body, over }: Question, told: Told): Promise<void> {
  const view = await viewOver(asked, over);
  for (const projection of TOTALLED)
    for (const set of projection.totals!)
      for (const by of ['belongs_to', ...set]) {
        const filter = body === null || !set.includes('body') ? {} : { body };
        const totals = await groupsOfTotals(view, projection, by, filter);
        if (totals === null) {
          told.unable += 1;
          continue;
        }
        told.groups += totals.length;
        told.largest = Math.max(told.largest, ...totals.map(({ count }) => count));
        const rows = rowsAsOf(view, projection as unknown as RecordProjection, true) as RowsQuery<{ body: 'text' }>;
        const narrowed = body === null || !set.includes('body') ? rows : rows.where('row.body', '=', body);
        expect([projection.name, by, ...inOrder(totals)]).toEqual([
          projection.name,
          by,
          ...inOrder(await groupsOf(view, narrowed, by as 'body')),
        ]);
      }
  const statuses = new Map<string, number>();
  for (const { node } of (await listRecommendations(view, body === null ? {} : { body }, { first: 500 })).edges)
    statuses.set(node.standing.status, (statuses.get(node.standing.status) ?? 0) + 1);
  const counts = await countRecommendations(view, 'STATUS', body === null ? {} : { body });
  expect(new Map(counts.map(({ key, count }) => [key, count]))).toEqual(statuses);
}

function inOrder(groups: readonly Group[]): readonly string[] {
  return groups.map(({ key, count }) => `${key} ${count}`).sort();
}
