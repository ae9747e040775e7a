import { parseStored, StoreUnavailable, type EventStore } from '../event-store/index.ts';
import { pseudonymOf, type KeyStore } from '../keys/index.ts';
import {
  OPERATOR,
  londonDayOf,
  OFFICIAL_OPEN,
  OPERATOR_DECLARED,
  OPERATORS_STREAM,
  type Clock,
  type EventId,
  type Ids,
  type JsonObject,
  type OperatorMatter,
} from '../ledger/index.ts';
import { appendUntilDefinite } from './attempts.ts';
import { jumpsInMemory, stamps } from './stamps.ts';
import { writeEvent } from './write-event.ts';

/** What an operator says of the ledger itself. */
export interface Declaration {
  readonly matter: OperatorMatter;
  /** Structured, nothing personal, no free words: it stands in clear. */
  readonly details: JsonObject;
  /** Sealed, as every free word. */
  readonly reason: string;
  /** The operator's name. Sealed under a key of that person. */
  readonly operator: string;
}

const PAGE = 500;

/**
 * Records an operator's word in the log, where an auditor finds it: `OperatorDeclared`, in one stream for all of them. For the
 * command line, which holds the writer's lock; no API leads here.
 *
 * @returns the event's id
 * @throws StoreUnavailable when it cannot be written now
 */
export async function declareAsOperator(
  { matter, details, reason, operator }: Declaration,
  context: { readonly store: EventStore; readonly keys: KeyStore; readonly clock: Clock; readonly ids: Ids },
): Promise<EventId> {
  const { store, keys, clock, ids } = context;
  const byTheClock = stamps({ store, clock, settledFloor: keys.settledFloor, jumps: jumpsInMemory() });
  // A word on the clock is stamped by it, so that the log's last stamp is the clock's. Any other hides no trouble with the clock.
  if (matter !== 'CLOCK_ACCEPTED') await byTheClock.know();
  const person = pseudonymOf(keys, `operator:${operator}`);
  for (;;) {
    let version = 0;
    let previous: string | null = null;
    for (let atEnd = false; !atEnd;) {
      const page = await store.readStream(OPERATORS_STREAM, version, PAGE);
      const last = page.events.at(-1);
      if (last !== undefined) {
        version = last.version;
        previous = parseStored(last).commitments.event;
      }
      atEnd = page.atEnd;
    }
    const stamped = byTheClock.stamp();
    const event = writeEvent(
      {
        kind: OPERATOR_DECLARED,
        stream: OPERATORS_STREAM,
        stamped,
        effectiveOn: londonDayOf(stamped),
        marking: OFFICIAL_OPEN,
        facts: { matter, details },
        actor: { enteredBy: { post: OPERATOR, person } },
        ctl: {
          version: version + 1,
          previous,
          correlation: ids.uuid(),
          command: { name: 'DeclareAsOperator', id: ids.uuid() },
        },
        texts: { reason },
        persons: { operator },
        person,
      },
      { keys, ids },
    );
    const result = await appendUntilDefinite(store, OPERATORS_STREAM, version, [event], () => false);
    if (result.outcome === 'stored') return event.id;
    if (result.outcome !== 'conflict')
      throw new StoreUnavailable(`the operator's word could not be recorded: ${result.reason}`);
  }
}
