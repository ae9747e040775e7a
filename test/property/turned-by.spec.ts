import type { Register } from '../../libs/ledger/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { COMPARED_LISTS } from '../../projections/index.ts';
import { emptyStore, ledgerInMemory, randomHistory } from '../model/random-history.ts';

const HISTORIES = 4;
const GROUPINGS = Object.values(COMPARED_LISTS).flatMap((list) =>
  Object.entries(list?.by ?? {}).flatMap(([by, { column, turnedBy }]) =>
    column === undefined || turnedBy === undefined ? [] : [{ by, projection: list!.projection, column, turnedBy }],
  ),
);

/** Where several events took effect on one day, a bridge takes the word of its list for which of them may have turned a column. */
describe('the columns of which a list says what turns them', () => {
  it('are turned by nothing else, over random histories', async () => {
    const empty = emptyStore();
    const others = new Set<string>();
    let turns = 0;
    try {
      for (let seed = 1; seed <= HISTORIES; seed += 1) {
        const ledger = await ledgerInMemory(seed, empty.store);
        await randomHistory(ledger, seed, 60);
        const states = new Map<string, unknown>();
        for (const { event } of ledger.log) {
          const register = REGISTERS.find(({ name }) => name === event.register) as Register | undefined;
          if (register === undefined) continue;
          const before = states.get(event.stream) ?? register.initial;
          const after = register.evolve(before, register.upcast(event));
          states.set(event.stream, after);
          for (const { by, projection, column, turnedBy } of GROUPINGS) {
            if (projection.register !== register.name) continue;
            const [was, is] = [before, after].map((state) => {
              const ref = register.refOf(state);
              return ref === null ? null : (projection.row({ state: state as never }, ref)?.[column] ?? null);
            });
            if (was === is) continue;
            turns += 1;
            if (!turnedBy.includes(event.type)) others.add(`${projection.name} by ${by}: ${event.type}`);
          }
        }
        await ledger.close();
      }
    } finally {
      await empty.close();
    }
    expect([...others]).toEqual([]);
    expect(turns).toBeGreaterThan(GROUPINGS.length * HISTORIES);
  }, 240_000);
});
