import { isDeepStrictEqual } from 'node:util';
import { addDays, instantOf, londonDayOf, millisecondsOf } from '../../libs/ledger/index.ts';
import type { LedgerView } from '../../libs/read-models/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import { countSlippage, listSlippage, type SlippedDate } from '../../projections/index.ts';
import { READERS } from './compared.ts';
import type { RawRecord } from './naive-comparison.ts';
import { naiveSlippage, type NaiveAt } from './naive-slippage.ts';
import { chanceOf, emptyStore, ledgerInMemory, randomHistory, type LedgerInMemory } from './random-history.ts';
import { seenBy, type ModelReader } from './written-rules.ts';

/** So few to a page that the list is read in several. */
const PAGE = 3;

/** Of random histories what the ledger says slipped, beside the walk, at random bases, for each reader. Stops at the first difference of each history. */
export async function compareSlippage(
  seeds: { readonly first: number; readonly count: number },
  { commands, questions }: { readonly commands: number; readonly questions: number },
) {
  const differences: object[] = [];
  const met = { slipped: 0, withMeeting: 0, late: 0, ofPart: 0 };
  const empty = emptyStore();
  try {
    for (let seed = seeds.first; seed < seeds.first + seeds.count; seed += 1) {
      const ledger = await ledgerInMemory(seed, empty.store);
      try {
        await randomHistory(ledger, seed, commands);
        await ledger.caughtUp();
        const chance = chanceOf(seed + 5_000_000);
        for (let asked = 0; asked < questions; asked += 1) {
          const [reader, model] = chance.of(READERS);
          const at = basisFor(chance, ledger);
          const rules = walked(ledger, model, at);
          const view = await ledger.models.openView(at, reader);
          const answer = await read(view);
          if (!isDeepStrictEqual(rules, answer)) {
            differences.push({ seed, reader: model, at, rules, answer });
            break;
          }
          met.slipped += answer.length;
          met.withMeeting += answer.filter((one) => one.includes('MOVED_WITH_MEETING')).length;
          met.late += answer.filter((one) => one.includes(', after')).length;
          if (model.clearance !== 'full') met.ofPart += answer.length;
        }
      } finally {
        await ledger.close();
      }
    }
  } finally {
    await empty.close();
  }
  return { differences, met };
}

/** Everything that slipped as the list says, page by page; which the counts must sum to. */
async function read(view: LedgerView): Promise<readonly string[]> {
  const all: SlippedDate[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listSlippage(view, {}, { first: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...page.edges.map(({ node }) => node));
    if (page.totalCount < all.length || (!page.hasNextPage && page.totalCount !== all.length))
      throw new Error(`${page.totalCount} counted, ${all.length} listed`);
    if (!page.hasNextPage) break;
    after = page.endCursor!;
  }
  const counts = await countSlippage(view, 'OWNER', {});
  const moves = all.reduce((sum, one) => sum + one.moves.length, 0);
  if (counts.reduce((sum, one) => sum + one.moves, 0) !== moves) throw new Error('the counts are of other moves');
  return all.map(({ record, original, current, moves: moved }) =>
    JSON.stringify([
      ...[record, original, current],
      ...moved.map(({ kind, event, from, to, days, afterItPassed }) => {
        const when = afterItPassed === null ? 'unknown' : afterItPassed ? 'after' : 'before';
        return `${kind} ${event}: ${from} > ${to}, ${days ?? '?'} days, ${when}`;
      }),
    ]),
  );
}

function walked(ledger: LedgerInMemory, reader: ModelReader, at: NaiveAt): readonly string[] {
  const world = seenBy(ledger.log, reader).map((events): RawRecord => {
    const [opening] = events;
    return {
      register: REGISTERS.find(({ name }) => name === opening!.register) as unknown as RawRecord['register'],
      ref: opening!.facts['ref'] as string,
      body: '',
      events,
    };
  });
  const slipped = world.flatMap((record) =>
    record.register.name !== 'actions'
      ? []
      : naiveSlippage(world, record, at).flatMap(({ original, current, moves }) =>
          moves.length === 0 ? [] : [[record.ref, original, current, ...moves]],
        ),
  );
  const number = ([ref]: readonly (string | null)[]) => ref!.replaceAll(/\d+/g, (digits) => digits.padStart(9, '0'));
  return slipped.sort((a, b) => (number(a) < number(b) ? -1 : 1)).map((one) => JSON.stringify(one));
}

function basisFor(chance: ReturnType<typeof chanceOf>, ledger: LedgerInMemory): NaiveAt {
  const { event } = chance.of(ledger.log);
  const beside = instantOf(millisecondsOf(event.stamped) + chance.number(3) - 1);
  const recorded = chance.once(3) && beside < ledger.now() ? beside : ledger.now();
  const day = chance.once(3) ? addDays(event.effectiveOn, chance.number(20)) : ledger.today();
  const today = londonDayOf(ledger.now());
  return {
    effective: day > today ? today : day,
    recorded,
    clock: chance.of(['STATED', 'PROVEN'] as const),
    sequence: Number.MAX_SAFE_INTEGER,
  };
}
