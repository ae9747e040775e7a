import { join } from 'node:path';
import { createDispatch, openLedger, type RunningDispatch } from '../dispatch/index.ts';
import { EventDamaged, rehearse, type EventStore, type StoreDamaged } from '../event-store/index.ts';
import type { Logger } from '../event-store-esdb/index.ts';
import { openSqliteEventStore, type StoreFaults } from '../event-store-sqlite/index.ts';
import { memoryKeyStore, openSqliteKeyStore, type KeyStore } from '../keys/index.ts';
import type { Clock, Ids, Register } from '../ledger/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { actions } from '../registers/actions/index.ts';
import { directory } from '../registers/directory/index.ts';
import { meetings } from '../registers/meetings/index.ts';
import { takeWriterLock } from '../sqlite/index.ts';
import { machineClock, machineIds } from './machine.ts';
import type { LedgerSettings } from './settings.ts';

/** Every register of the ledger. Adding one here gives it both clocks, history, contradictions and the import. */
export const REGISTERS = [directory, meetings, actions] as unknown as readonly Register[];

/** Another process writes to this ledger. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
  readonly heldBy: string;
  constructor(heldBy: string) {
    super(`Another process writes to this ledger: ${heldBy}. There is one writer at a time: stop it first.`);
    this.heldBy = heldBy;
  }
}

/** A ledger opened for writing in this process, which holds its writer's lock. */
export interface RunningLedger {
  readonly settings: LedgerSettings;
  readonly ledgerId: string;
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly registers: readonly Register[];
  readonly dispatch: RunningDispatch;
  /** A dispatch whose writes go to memory on top of what is stored: to try a load before it is done. */
  rehearsal(): RunningDispatch;
  close(): Promise<void>;
}

export interface RunningLedgerOptions {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly onFatal?: (cause: unknown) => void;
  readonly logger?: Logger;
  /** Faults of the embedded store. For tests; a server is never given any. */
  readonly faults?: StoreFaults;
}

/**
 * Puts a ledger together as configured: lock, store, keys, identity, dispatch.
 *
 * @param holder what this process is, for whoever finds the lock taken: `server`, `import`.
 * @param options `logger` is told of what a person must look into, such as a store that lost what it had acknowledged.
 * @throws DataFolderRefused, LedgerInUse, KeysRefused, StoreUnavailable
 */
export async function openRunningLedger(
  settings: LedgerSettings,
  holder: string,
  options: RunningLedgerOptions = {},
): Promise<RunningLedger> {
  const clock = options.clock ?? machineClock;
  const ids = options.ids ?? machineIds;
  const lock = takeWriterLock(settings.data, holder);
  if ('heldBy' in lock) throw new LedgerInUse(`${lock.heldBy.what}, process ${lock.heldBy.pid}`);
  const undo: (() => void | Promise<void>)[] = [() => lock.release()];
  try {
    const keys = openSqliteKeyStore({ file: join(settings.data, 'keys.sqlite'), ids });
    undo.unshift(() => keys.close());
    const store = await openStore(settings, clock, options);
    undo.unshift(() => store.close());
    const ledgerId = await openLedger({ store, keys, clock, ids });
    const context = { clock, ids, ledgerId, registers: REGISTERS, posts: postsOfTheDirectory };
    const onDamage = (damage: StoreDamaged): void => {
      const found = [damage, damage.cause].find((one) => one instanceof EventDamaged);
      const message = 'A command was not decided: something that it needs is damaged in the store.';
      options.logger?.error(found === undefined ? {} : { event: found.event }, message);
    };
    const dispatch = createDispatch({ ...context, store, keys, onDamage });
    undo.unshift(
      () => dispatch.close(),
      () => dispatch.idle(),
    );
    return {
      settings,
      ledgerId,
      store,
      keys,
      clock,
      ids,
      registers: REGISTERS,
      dispatch,
      rehearsal: () => createDispatch({ ...context, store: rehearse(store), keys: memoryKeyStore(keys) }),
      close: () => inTurn(undo),
    };
  } catch (cause) {
    await inTurn(undo);
    throw cause;
  }
}

async function inTurn(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}

async function openStore(
  settings: LedgerSettings,
  clock: Clock,
  { onFatal, logger, faults }: RunningLedgerOptions,
): Promise<EventStore> {
  if (settings.store === 'esdb') {
    // Its client takes longer to load than an embedded ledger to open.
    const { openEsdbEventStore } = await import('../event-store-esdb/index.ts');
    return openEsdbEventStore({
      url: settings.eventStoreDbUrl ?? '',
      ledger: settings.name,
      // With the clock, a writer that is off the store's by more than 2 s stops writing (design §6).
      clock,
      ...(logger === undefined ? {} : { logger }),
    });
  }
  return openSqliteEventStore({
    file: join(settings.data, 'events.sqlite'),
    ledger: settings.name,
    ...(onFatal === undefined ? {} : { onFatal }),
    ...(faults === undefined ? {} : { faults }),
  });
}
