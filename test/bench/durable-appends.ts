import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeEvent } from '../../libs/dispatch/write-event.ts';
import { openSqliteEventStore } from '../../libs/event-store-sqlite/index.ts';
import type { EventStore, NewEvent } from '../../libs/event-store/index.ts';
import { memoryKeyStore } from '../../libs/keys/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { chance } from './chance.ts';
import type { Ledgers } from './ledgers.ts';
import { byClients, perSecond, roundByRound, sideBySide, timed, type Measured } from './measuring.ts';

/** Many short rounds: what a busy disk does to one contender it then does to the others of that round as well. */
const ROUNDS = 40;
const ONE_BY_ONE = 50;
const TOGETHER = 1_000;
const CLIENTS = 64;

export interface AppendRates {
  /** One write after another, each waited for with `fdatasync`, at the end of a file that grows. */
  readonly raw: Rounds;
  readonly oneClient: Rounds;
  readonly manyClients: Rounds;
}

/** Events a second, round by round. */
type Rounds = readonly number[];

/** Events a second through the embedded store, each on the disk before it is answered, and what the disk gives at best. */
export async function appendRates(ledgers: Ledgers): Promise<AppendRates> {
  const folder = ledgers.emptyFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), ledger: 'bench' });
  const file = openSync(join(folder, 'raw'), 'a');
  const events = eventsToAppend();
  try {
    const oneByOne = events.slice(0, ONE_BY_ONE);
    const [raw, oneClient, manyClients] = await roundByRound(ROUNDS, [
      async () => perSecond(ONE_BY_ONE, await timed(() => oneByOne.forEach(({ bytes }) => writeDurably(file, bytes)))),
      async () => perSecond(ONE_BY_ONE, await timed(() => appendAll(store, 1, oneByOne))),
      async () => perSecond(TOGETHER, await timed(() => appendAll(store, CLIENTS, events))),
    ]);
    return { raw: raw!, oneClient: oneClient!, manyClients: manyClients! };
  } finally {
    closeSync(file);
    await store.close();
  }
}

export function durableAppends(rates: AppendRates): Measured[] {
  return [
    sideBySide(rates.oneClient, rates.raw, {
      row: 'appends',
      what: 'durable appends, one client',
      unit: '/s',
      limitIs: 'the same bytes written and fdatasync’ed one by one',
      aim: { atLeast: 0.8 },
    }),
    sideBySide(rates.manyClients, rates.oneClient, {
      row: 'appends',
      what: `durable appends, ${CLIENTS} clients`,
      unit: '/s',
      limitIs: 'one client',
      aim: { atLeast: 5 },
    }),
  ];
}

function writeDurably(file: number, bytes: Uint8Array): void {
  writeSync(file, bytes);
  fdatasyncSync(file);
}

const random = chance('appends');

/** Every append goes to a stream of its own, as updates of different actions do. */
function appendAll(store: EventStore, clients: number, events: readonly NewEvent[]): Promise<void> {
  return byClients(clients, events, async (event) => {
    const { outcome } = await store.append(`actions-${Buffer.from(random.bytes(16)).toString('hex')}`, 0, [event]);
    if (outcome !== 'stored') throw new Error(`an append was answered ${outcome}`);
  });
}

function eventsToAppend(): NewEvent[] {
  const keys = memoryKeyStore();
  const kind = actions.kinds.find(({ type }) => type === 'UpdateGiven')!;
  const officer = { post: 'opcc-officer', person: 'p-officer' };
  return Array.from({ length: TOGETHER }, () =>
    writeEvent(
      {
        kind,
        stream: 'actions-0123456789abcdef0123456789abcdef',
        stamped: '2023-06-21T12:00:00.000Z',
        effectiveOn: '2023-06-21',
        marking: OFFICIAL_OPEN,
        facts: {},
        actor: { by: officer, enteredBy: officer },
        ctl: {
          version: 1,
          previous: null,
          correlation: random.uuid(),
          command: { name: 'GiveActionUpdate', id: random.uuid() },
        },
        commandBody: { command: {}, envelope: {} },
        texts: {
          update: 'The review of demand was brought to the board, with figures for each area and what was done since.',
        },
        persons: {},
      },
      { keys, ids: random },
    ),
  );
}
