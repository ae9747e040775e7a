import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore, rehearse } from '../../libs/event-store-sqlite/index.ts';
import type { EventStore } from '../../libs/event-store/index.ts';
import { describeEventStore, type StoreUnderTest } from './event-store.contract.ts';
import { newEvents } from './stored-events.ts';

async function sqlitePlace(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-contract-'));
  const openLedger = async (ledger: string) => openSqliteEventStore({ file: join(folder, `${ledger}.db`), ledger });
  return {
    open: () => openLedger('ours'),
    openNeighbour: () => openLedger('theirs'),
    lasting: true,
    dispose: () => rm(folder, { recursive: true }),
  };
}

/** A rehearsal over each ledger of a SQLite place, which holds so many events already. */
async function rehearsalPlace(eventsInBase: number): Promise<StoreUnderTest> {
  const under = await sqlitePlace();
  const bases: EventStore[] = [];
  const overBase = async (opening: Promise<EventStore>) => {
    const base = await opening;
    bases.push(base);
    if (eventsInBase > 0 && (await base.head()) === null)
      await base.append('meetings-1', 0, newEvents('meetings-1', eventsInBase));
    return rehearse(base);
  };
  return {
    open: () => overBase(under.open()),
    openNeighbour: () => overBase(under.openNeighbour()),
    lasting: false,
    async dispose() {
      await Promise.all(bases.map((base) => base.close()));
      await under.dispose();
    },
  };
}

/** Every adapter stands in this list, and none may leave out a test; EventStoreDB passes it in `test/eventstoredb/`, with the slower suites. */
const ADAPTERS: readonly (readonly [name: string, makePlace: () => Promise<StoreUnderTest>])[] = [
  ['SQLite', sqlitePlace],
  ['a rehearsal over an empty ledger', () => rehearsalPlace(0)],
  ['a rehearsal over a ledger with events', () => rehearsalPlace(7)],
];

for (const [name, makePlace] of ADAPTERS) describeEventStore(name, makePlace);
