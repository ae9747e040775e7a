import { join, resolve } from 'node:path';
import { readerFor, PUBLIC } from '../../libs/access/index.ts';
import type { AsOf, LedgerView } from '../../libs/read-models/index.ts';
import { opened } from '../../libs/read-models/view.ts';
import { checkComparisons } from '../property/compared-lists.ts';
import { AFTERWARDS, loadRows, READY_WITHIN_MS } from './illustrative-panel.ts';
import { becomesReady, EXAMPLE, loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';

const root = resolve(import.meta.dirname, '../..');
const READERS = { everything: readerFor('opcc-officer', 'opcc-officer'), public: PUBLIC } as const;

/** What the sources had recorded by then, and what is known now. */
const ENDS: readonly (readonly [AsOf, AsOf])[] = [
  [{ effective: '2021-12-02', recorded: '2021-12-02T18:00:00Z' }, { effective: '2023-10-09' }],
  [
    { effective: '2024-06-01', recorded: '2024-06-01T12:00:00Z' },
    { effective: '2025-01-15', recorded: '2025-01-20T12:00:00Z' },
  ],
  [
    { effective: '2024-11-30', clock: 'PROVEN' },
    { effective: '2025-06-30', clock: 'PROVEN' },
  ],
];

describe('comparisons of lists, over the examples', () => {
  let served: ServedLedger;
  let refs: readonly string[];
  beforeAll(async () => {
    const place = await newPlace();
    const clock = standingClock(AFTERWARDS);
    await loadExample(place, { clock }, [EXAMPLE, join(root, 'examples/rules')]);
    served = await serveLedger({ place, clock });
    await served.restart(async () => void (await loadRows(place)));
    await becomesReady(served.url, READY_WITHIN_MS);
    refs = await refsOf(await served.ledger.openView({}, READERS.everything));
  }, 300_000);
  afterAll(async () => {
    await served?.remove();
    served?.place.remove();
  });

  it.each(
    ENDS.flatMap((ends) => Object.keys(READERS).map((reader) => [reader as keyof typeof READERS, ends] as const)),
  )(
    'find, for %s, every record that changed, and have bridges that sum: %j',
    async (reader, ends) => {
      const open = (asOf: AsOf) => served.ledger.openView(asOf, READERS[reader]);
      const { faults, changed, lines } = await checkComparisons(open, ends, refs);
      expect(faults.slice(0, 20)).toEqual([]);
      if (reader === 'everything') expect([changed > 0, lines > 0]).toEqual([true, true]);
    },
    300_000,
  );
});

/** Of every record that there is, for whomever. */
async function refsOf(view: LedgerView): Promise<readonly string[]> {
  const { query } = opened(view).answering.tables();
  return (await query.selectFrom('records').select('ref').execute()).flatMap(({ ref }) => ref ?? []);
}
