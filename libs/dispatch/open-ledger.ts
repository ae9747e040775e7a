import { readLogged, StoreDamaged, StoreUnavailable, type EventStore } from '../event-store/index.ts';
import { KeysRefused, type KeyStore } from '../keys/index.ts';
import {
  LEDGER_ITSELF,
  LEDGER_OPENED,
  londonDayOf,
  instantOf,
  OFFICIAL_OPEN,
  OPENING_STREAM,
  type Clock,
  type Ids,
} from '../ledger/index.ts';
import { appendUntilDefinite } from './attempts.ts';
import { writeEvent } from './write-event.ts';

/**
 * The identity of the ledger in this store, with its keys beside it. An empty store becomes a ledger: its keys are bound to a
 * random id first and its first event says that id, so a start that was cut off between the two is finished by the next.
 *
 * @throws KeysRefused when the log is not empty and the keys are missing or belong to another ledger: its words would be lost.
 */
export async function openLedger(context: {
  store: EventStore;
  keys: KeyStore;
  clock: Clock;
  ids: Ids;
}): Promise<string> {
  const { store, keys, clock, ids } = context;
  for (;;) {
    const opening = (await store.readStream(OPENING_STREAM, 0, 1)).events[0];
    if (opening !== undefined) {
      const ledger = readLogged(opening).event.facts['ledger'];
      if (typeof ledger !== 'string')
        throw new StoreDamaged('the first event of this ledger does not say which ledger it is');
      if (keys.ledgerId() === null)
        throw new KeysRefused(
          `The log of ledger ${ledger} is here, but its keys are not. Restore the key store from its backup.`,
        );
      if (keys.ledgerId() !== ledger)
        throw new KeysRefused(
          `The keys are those of ledger ${keys.ledgerId()}, but the log is that of ledger ${ledger}.`,
        );
      return ledger;
    }
    if ((await store.head()) !== null) throw new StoreDamaged('this log holds events, but none that opened a ledger');
    const ledger = keys.ledgerId() ?? ids.uuid();
    keys.bind(ledger);
    const stamped = instantOf(clock.now());
    const event = writeEvent(
      {
        kind: LEDGER_OPENED,
        stream: OPENING_STREAM,
        stamped,
        effectiveOn: londonDayOf(stamped),
        marking: OFFICIAL_OPEN,
        facts: { ledger, format: 1 },
        actor: { enteredBy: { post: LEDGER_ITSELF } },
        ctl: { version: 1, previous: null, correlation: ids.uuid(), command: { name: 'OpenLedger', id: ids.uuid() } },
        texts: {},
        persons: {},
      },
      context,
    );
    const result = await appendUntilDefinite(store, OPENING_STREAM, 0, [event], () => false);
    if (result.outcome === 'refused') throw new StoreUnavailable(`the ledger could not be opened: ${result.reason}`);
  }
}
