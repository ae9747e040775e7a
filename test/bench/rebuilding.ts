import { join } from 'node:path';
import { parseStored, type EventStore, type LoggedEvent, type LogPosition } from '../../libs/event-store/index.ts';
import type { StoredEvent } from '../../libs/ledger/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import type { Ledgers } from './ledgers.ts';
import { inTurns, measured, perSecond, timed, type Measured } from './measuring.ts';

/** Rebuilding every projection beside those that serve, against reading and parsing the same events and doing nothing with them. */
export async function rebuilding(ledgers: Ledgers, events: number): Promise<Measured[]> {
  const { models, ledger, folder, close } = await ledgers.open(events);
  try {
    const rounds = events > 200_000 ? 1 : 3;
    const [rebuilt, scanned, checked, parsed] = await inTurns(rounds, [
      async () => perSecond(events, await timed(() => models.rebuild())),
      async () => perSecond(events, await timed(() => scanAndParse(join(folder, 'events.sqlite'), events))),
      () => timed(() => eachEvent(ledger.store, parseStored)),
      () => timed(() => eachEvent(ledger.store, ({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')))),
    ]);
    return [
      measured({
        row: 'rebuild',
        what: `rebuild of all projections, ${events} events`,
        measured: rebuilt!,
        unit: ' events/s',
        limit: scanned!,
        limitIs: 'raw scan and parse of the same events',
        aim: { atLeast: 0.5 },
      }),
      measured({
        row: 'rebuild',
        what: `checking the form and the commitments of ${events} events, words apart`,
        measured: checked! - parsed!,
        unit: ' ms',
        limit: (events / rebuilt!) * 1_000,
        limitIs: 'the whole rebuild',
        aim: null,
      }),
    ];
  } finally {
    await close();
  }
}

async function eachEvent(store: EventStore, work: (event: LoggedEvent) => unknown): Promise<void> {
  for (let after: LogPosition | undefined; ;) {
    const { events, atEnd } = await store.readAll(after, 1_000);
    for (const event of events) work(event);
    if (atEnd) return;
    after = events.at(-1)?.position;
  }
}

function scanAndParse(file: string, events: number): void {
  const database = openDatabase(file, { readonly: true });
  let parsed = 0;
  const rows = database.prepare<[], Buffer>('SELECT bytes FROM events ORDER BY seq').pluck().iterate();
  for (const bytes of rows) if ((JSON.parse(bytes.toString('utf8')) as StoredEvent).header.v === 1) parsed += 1;
  database.close();
  if (parsed < events) throw new Error(`only ${parsed} of ${events} events were found`);
}
