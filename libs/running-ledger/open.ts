import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  createDispatch,
  declareAsOperator,
  openLedger,
  type ClockTrouble,
  type ReadBefore,
  type RunningDispatch,
} from '../dispatch/index.ts';
import {
  awaitedStore,
  EventDamaged,
  guardLog,
  LogMemory,
  StoreDamaged,
  StoreUnavailable,
  type EventStore,
} from '../event-store/index.ts';
import type { Logger } from '../event-store-esdb/index.ts';
import { openSqliteEventStore, rehearse, type StoreFaults } from '../event-store-sqlite/index.ts';
import { memoryKeyStore, openSqliteKeyStore, type KeyStore } from '../keys/index.ts';
import type { Clock, EventId, Ids, Register } from '../ledger/index.ts';
import { MARKING_POLICIES, postsOfTheDirectory } from '../policies/index.ts';
import { REGISTERS } from '../registers/index.ts';
import { takeWriterLock } from '../sqlite/index.ts';
import { clockTroubleInWords, jumpsIn } from './clock-in-doubt.ts';
import { machineClock, machineIds } from './machine.ts';
import type { LedgerSettings } from './settings.ts';

/** File of the read models within the data folder. */
export const READ_MODELS = 'read-models.sqlite';

/** Records that a rehearsal keeps in memory: rows about one record mostly stand together. */
const REHEARSED_STREAMS = 200;

/** Damaged events that are named at once. */
const MOST_NAMED = 20;

/** Another process writes to this ledger. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
  readonly heldBy: string;
  constructor(heldBy: string) {
    super(`Another process writes to this ledger: ${heldBy}. There is one writer at a time: stop it first.`);
    this.heldBy = heldBy;
  }
}

/** The address of the store is none. It is not repeated: it may hold a password. */
export class StoreAddressRefused extends Error {
  override readonly name = 'StoreAddressRefused';
  constructor(options: ErrorOptions) {
    super(
      'EVENTSTOREDB_URL cannot be used: it is esdb://user:password@host:2113, with a user whenever there is TLS, or esdb://host:2113?tls=false.',
      options,
    );
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
  /** False while the store is away, or is being looked at after it came back. */
  isStoreHere(): boolean;
  /** Damaged events that commands came to nothing for, at most 20. */
  readonly damaged: ReadonlySet<EventId>;
  /** A dispatch whose writes stay apart, on top of what is stored, until it is closed: to try a load before it is done. */
  rehearsal(): RunningDispatch;
  close(): Promise<void>;
}

export interface RunningLedgerOptions {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly onFatal?: (cause: unknown) => void;
  readonly logger?: Logger;
  /**
   * Go on without EventStoreDB when it does not answer, at the start or later: it is opened, and checked to be this ledger's, when it
   * can be. A ledger that was never opened is not begun without it.
   */
  readonly awaitStore?: true;
  /** What the read models of this process hold of the log. */
  readonly readBefore?: ReadBefore;
  /** Takes the log as it stands, in the operator's name, and records that in it. @throws NothingToAccept */
  readonly accept?: { readonly reason: string; readonly operator: string };
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
    const memory = new LogMemory(keys.acknowledged, () => keys.isUsed());
    const admit = async (store: EventStore) => {
      if (options.accept === undefined) await memory.look(store);
      else if ((await memory.accept(store)) === null) throw new NothingToAccept();
      return openLedger({ store, keys, clock, ids });
    };
    const lost = keys.acknowledged.read();
    const { store: inner, isHere } = await openStore(settings, clock, options, {
      isKnown: keys.ledgerId() !== null,
      mayMiss: lost?.missing ?? 0,
      admit: async (opened) => void (await admit(opened)),
      undo,
    });
    const store = guardLog(inner, memory);
    undo.unshift(() => memory.close());
    const ledgerId = isHere() ? await admit(inner) : keys.ledgerId()!;
    if (options.accept !== undefined) {
      const details = {
        missing: memory.missing,
        ...(lost === null ? {} : { lost: lost.event, lostVersion: lost.version }),
      };
      const finding = memory.accepted ?? 'none';
      await declareAsOperator(
        { matter: 'LOG_ACCEPTED', details: { finding, ...details }, ...options.accept },
        { store, keys, clock, ids },
      );
    }
    const context = {
      ...{ clock, ids, ledgerId, registers: REGISTERS },
      ...{ posts: postsOfTheDirectory, policies: MARKING_POLICIES },
    };
    const damaged = new Set<EventId>();
    const onDamage = (damage: StoreDamaged): void => {
      const found = [damage, damage.cause].find((one) => one instanceof EventDamaged);
      if (found !== undefined && damaged.size < MOST_NAMED) damaged.add(found.event);
      const message = 'A command was not decided: something that it needs is damaged in the store.';
      options.logger?.error(found === undefined ? {} : { event: found.event }, message);
    };
    const onClockTrouble = (trouble: ClockTrouble): void =>
      options.logger?.error(
        { trouble: trouble.is, milliseconds: trouble.by },
        `${clockTroubleInWords(trouble)} Nothing is written until it is set right, or until an operator accepts it with the command accept-clock.`,
      );
    const clockJumps = jumpsIn(settings.data);
    const { readBefore } = options;
    const dispatch = createDispatch({
      ...context,
      ...{ store, keys, onDamage, clockJumps, onClockTrouble },
      ...(readBefore === undefined ? {} : { readBefore }),
    });
    // Noticed before the first write. While the store is away it is asked again with the first command.
    void dispatch.checkClock().catch(() => undefined);
    undo.unshift(
      () => dispatch.close(),
      // What is under way while the store is away has no end that could be waited for; its attempts are found again or never were.
      () => Promise.race([dispatch.idle(), pause(IDLE_WITHIN_MS, undefined, { ref: false })]),
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
      isStoreHere: isHere,
      damaged,
      rehearsal() {
        const rehearsed = rehearse(store);
        const tried = createDispatch({
          ...context,
          store: rehearsed,
          keys: memoryKeyStore(keys),
          cachedStreams: REHEARSED_STREAMS,
        });
        return {
          ...tried,
          close() {
            tried.close();
            void rehearsed.close();
          },
        };
      },
      close: () => inTurn(undo),
    };
  } catch (cause) {
    await inTurn(undo);
    throw cause;
  }
}

/** How long a ledger that cannot go on without its store waits for it, which may itself be starting. */
const STORE_WITHIN_MS = 30_000;
/** How long closing waits for the commands under way. */
const IDLE_WITHIN_MS = 2_000;
/** How long one try to reach it may take, and a start is held up by it. */
const TRY_FOR_MS = 3_000;

/** An operator wants to accept a log that is what it should be. */
export class NothingToAccept extends Error {
  override readonly name = 'NothingToAccept';
  constructor() {
    super('The log holds all that was acknowledged: there is nothing to accept.');
  }
}

async function inTurn(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}

interface OpenedStore {
  readonly store: EventStore;
  readonly isHere: () => boolean;
}

/** What opening the store must know of the ledger, and where it says how to close it again. */
interface Opening {
  /** The keys are those of a ledger: its store is known by them when it comes. */
  readonly isKnown: boolean;
  /** Events that an operator accepted as missing. */
  readonly mayMiss: number;
  readonly admit: (store: EventStore) => Promise<void>;
  readonly undo: (() => void | Promise<void>)[];
}

async function openStore(
  settings: LedgerSettings,
  clock: Clock,
  options: RunningLedgerOptions,
  opening: Opening,
): Promise<OpenedStore> {
  const { onFatal, faults } = options;
  if (settings.store === 'esdb') return openEsdb(settings, clock, options, opening);
  const store = openSqliteEventStore({
    file: join(settings.data, 'events.sqlite'),
    ledger: settings.name,
    mayMiss: opening.mayMiss,
    ...(onFatal === undefined ? {} : { onFatal }),
    ...(faults === undefined ? {} : { faults }),
  });
  opening.undo.unshift(() => store.close());
  return { store, isHere: () => true };
}

async function openEsdb(
  settings: LedgerSettings,
  clock: Clock,
  { onFatal, logger, awaitStore }: RunningLedgerOptions,
  { isKnown, admit, undo }: Opening,
): Promise<OpenedStore> {
  // Its client takes longer to load than an embedded ledger to open.
  const { openEsdbEventStore, isBefore } = await import('../event-store-esdb/index.ts');
  const open = (openWithin: number) =>
    openEsdbEventStore({
      url: settings.eventStoreDbUrl ?? '',
      ledger: settings.name,
      // With the clock, a writer that is off the store's by more than 2 s stops writing (docs/eventstoredb.md).
      clock,
      openWithin,
      ...(logger === undefined ? {} : { logger }),
    }).catch((cause: unknown) => {
      if (cause instanceof StoreUnavailable || cause instanceof StoreDamaged) throw cause;
      throw new StoreAddressRefused({ cause });
    });
  if (awaitStore !== true || !isKnown) {
    const store = await open(STORE_WITHIN_MS);
    undo.unshift(() => store.close());
    return { store, isHere: () => true };
  }
  let isOpening = true;
  const store = awaitedStore({
    open: () => open(TRY_FOR_MS),
    admit,
    isBefore,
    onRefused: (cause) => {
      // While this function is under way its caller is told.
      if (!isOpening) onFatal?.(cause);
    },
  });
  undo.unshift(() => store.close());
  await Promise.race([store.firstHere, pause(TRY_FOR_MS, undefined, { ref: false })]);
  isOpening = false;
  if (!store.isHere)
    logger?.warn({}, 'The store does not answer. What was read before is served, and the store is waited for.');
  return { store, isHere: () => store.isHere };
}
