import type { AsOf, LedgerView } from '../../libs/read-models/index.ts';
import { addDays } from '../../libs/ledger/index.ts';
import { READERS } from '../model/compared.ts';
import {
  chanceOf,
  emptyStore,
  ledgerInMemory,
  randomHistory,
  type Chance,
  type LedgerInMemory,
} from '../model/random-history.ts';
import { checkComparisons, checkCounts } from './compared-lists.ts';

/** More by hand, or in the slow run. */
const HISTORIES = Number(process.env['COMPARED_HISTORIES'] ?? 2);
const PAIRS = 6;

describe('comparisons of lists, over random histories', () => {
  it('find every record that changed and no other, tell of it as the list does at each basis, and have bridges that sum', async () => {
    const all = { faults: [] as string[], changed: 0, lines: 0, byRows: 0, byWalking: 0 };
    await overHistories(3_000_000, async (open, ends, { where, refs }) => {
      const { faults, changed, lines, byRows, byWalking } = await checkComparisons(open, ends, refs);
      all.faults.push(...faults.map((fault) => where + fault));
      all.changed += changed;
      all.lines += lines;
      all.byRows += byRows;
      all.byWalking += byWalking;
    });
    expect(all.faults.slice(0, 20)).toEqual([]);
    expect(all.changed).toBeGreaterThan(HISTORIES * PAIRS);
    expect(all.lines).toBeGreaterThan(HISTORIES * PAIRS);
    expect([all.byRows, all.byWalking].every((many) => many > HISTORIES * PAIRS)).toBe(true);
  }, 1_200_000);

  it('count those that changed as walking each does, and page them in its order, with filters and without', async () => {
    const all = { faults: [] as string[], counted: 0, fewIn: 0, manyIn: 0 };
    await overHistories(4_000_000, async (open, ends, { where, chance }) => {
      const { faults, counted, fewIn, manyIn } = await checkCounts(open, ends, (filters) => chance.of(filters));
      all.faults.push(...faults.map((fault) => where + fault));
      all.counted += counted;
      all.fewIn += fewIn;
      all.manyIn += manyIn;
    });
    expect(all.faults.slice(0, 20)).toEqual([]);
    expect(all.counted).toBeGreaterThan(HISTORIES * PAIRS);
    // Whichever way they are found.
    expect([all.fewIn > HISTORIES * PAIRS, all.manyIn > HISTORIES * PAIRS]).toEqual([true, true]);
  }, 1_200_000);
});

interface Over {
  readonly where: string;
  readonly refs: readonly string[];
  readonly chance: Chance;
}

/** For pairs of ends of random histories, each for one of the readers. */
async function overHistories(
  seeds: number,
  check: (open: (asOf: AsOf) => Promise<LedgerView>, ends: readonly [AsOf, AsOf], over: Over) => Promise<void>,
): Promise<void> {
  const empty = emptyStore();
  try {
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const ledger = await ledgerInMemory(seed, empty.store);
      try {
        await randomHistory(ledger, seed, 40);
        await ledger.caughtUp();
        const chance = chanceOf(seed + seeds);
        const refs = refsIn(ledger);
        for (let pair = 0; pair < PAIRS; pair += 1) {
          const [reader] = chance.of(READERS);
          const ends = endsFor(chance, ledger);
          const where = `history ${seed}, ${reader.audience}, ${JSON.stringify(ends)}: `;
          await check((asOf) => ledger.models.openView(asOf, reader), ends, { where, refs, chance });
        }
      } finally {
        await ledger.close();
      }
    }
  } finally {
    await empty.close();
  }
}

function refsIn(ledger: LedgerInMemory): readonly string[] {
  return ledger.log.flatMap(({ event: { version, facts } }) =>
    version === 1 && typeof facts['ref'] === 'string' ? [facts['ref']] : [],
  );
}

/** Two ends of one clock, the first never after the second. */
function endsFor(chance: ReturnType<typeof chanceOf>, ledger: LedgerInMemory): readonly [AsOf, AsOf] {
  const clock = chance.of(['STATED', 'PROVEN'] as const);
  const dayBeside = () => {
    const day = addDays(chance.of(ledger.log).event.effectiveOn, chance.number(4) - 1);
    return day > ledger.today() ? ledger.today() : day;
  };
  const [from, to] = [dayBeside(), chance.once(2) ? ledger.today() : dayBeside()].sort();
  const [then, now] = [
    chance.of(ledger.log).event.stamped,
    chance.once(2) ? ledger.now() : chance.of(ledger.log).event.stamped,
  ].sort();
  return [
    { effective: from!, recorded: then!, clock },
    { effective: to!, recorded: now!, clock },
  ];
}
