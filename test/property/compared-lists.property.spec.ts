import type { AsOf } from '../../libs/read-models/index.ts';
import { addDays } from '../../libs/ledger/index.ts';
import { READERS } from '../model/compared.ts';
import { chanceOf, emptyStore, ledgerInMemory, randomHistory, type LedgerInMemory } from '../model/random-history.ts';
import { checkComparisons } from './compared-lists.ts';

/** More by hand, or in the slow run. */
const HISTORIES = Number(process.env['COMPARED_HISTORIES'] ?? 2);
const PAIRS = 6;

describe('comparisons of lists, over random histories', () => {
  it('find every record that changed and no other, tell of it as the list does at each basis, and have bridges that sum', async () => {
    const empty = emptyStore();
    const all = { faults: [] as string[], changed: 0, lines: 0 };
    try {
      for (let seed = 1; seed <= HISTORIES; seed += 1) {
        const ledger = await ledgerInMemory(seed, empty.store);
        try {
          await randomHistory(ledger, seed, 40);
          await ledger.caughtUp();
          const chance = chanceOf(seed + 3_000_000);
          const refs = refsIn(ledger);
          for (let pair = 0; pair < PAIRS; pair += 1) {
            const [reader] = chance.of(READERS);
            const ends = endsFor(chance, ledger);
            const { faults, changed, lines } = await checkComparisons(
              (asOf) => ledger.models.openView(asOf, reader),
              ends,
              refs,
            );
            const where = `history ${seed}, ${reader.audience}, ${JSON.stringify(ends)}: `;
            all.faults.push(...faults.map((fault) => where + fault));
            all.changed += changed;
            all.lines += lines;
          }
        } finally {
          await ledger.close();
        }
      }
    } finally {
      await empty.close();
    }
    expect(all.faults.slice(0, 20)).toEqual([]);
    expect(all.changed).toBeGreaterThan(HISTORIES * PAIRS);
    expect(all.lines).toBeGreaterThan(HISTORIES * PAIRS);
  }, 1_200_000);
});

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
