import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Reader } from '../access/index.ts';
import { StoreUnavailable, type EventStore, type Following, type LogPosition } from '../event-store/index.ts';
import type { KeyStore } from '../keys/index.ts';
import type {
  Clock,
  Consequence,
  EventId,
  Instant,
  Policy,
  RecordEvent,
  Register,
  Refusal,
  StreamName,
  TextRef,
} from '../ledger/index.ts';
import { markingOwed } from '../ledger/index.ts';
import { viewOpener, type ViewOpener } from './basis.ts';
import type { AsOf, LedgerView, ViewOptions } from './ledger-view.ts';
import { openingsOutstanding } from './openings.ts';
import { positionTokens, type PositionTokens } from './positions.ts';
import type { AnyProjection } from './projection.ts';
import { Projector } from './projector.ts';
import { createSqliteTables, openSqliteTables } from './sqlite-tables.ts';
import type { Tables } from './tables.ts';

/** Events of one step of a rebuild. Between two steps whoever waits for an answer gets it. */
const STEP = 1_000;
const PAGE = 1_000;
/** After a batch could not be written (a full disk), it is tried again after this long. */
const RETRY_MS = 1_000;
const WAIT_MS = 5_000;
/** Damaged events that are named at once. */
const MOST_NAMED = 20;
const FIRST_PAUSE_MS = 100;
/** Whoever watches the process wants to know at once: a store that has not answered by then is away. */
const HEAD_WITHIN_MS = 700;
/** How long reading may take for what was just written, before it is behind. */
const CATCH_UP_MS = 250;
const STOP_WITHIN_MS = 1_500;

export interface Logger {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface ReadModelsOptions {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** Where the tables are. Built anew when it is missing, of another ledger or version, or not of this log as it stands. */
  readonly file: string;
  readonly registers: readonly Register[];
  readonly projections: readonly AnyProjection[];
  /** What those that mark have still to mark is withheld from those from whom it will hide it; what others have still to open is told. */
  readonly policies?: readonly Policy[];
  /** Why the process that draws consequences could not open what is owed because of that event; null where it was not refused. */
  readonly refusedBecauseOf?: (cause: EventId) => Refusal | null;
  /** Told each time when reading includes more. */
  readonly onChange?: () => void;
  /** The writing part of this process. Without it nothing is known of appends under way, and a quiet log never settles. */
  readonly writer?: { undecidedSince(): Instant | null };
  readonly logger?: Logger;
  /** Called when the tables that serve could not be compared with the log, or made anew, after the store came back. */
  readonly onFailed?: (cause: unknown) => void;
  /** Gives up what is not done yet: building, and waiting for a store that is away. */
  readonly signal?: AbortSignal;
}

export interface ReadModelsStatus {
  /** True unless reading is known to include everything that the store holds. */
  readonly behind: boolean;
  /** Number of the last event that reading includes. */
  readonly sequence: number;
  /** The store's last position as it says itself; null for an empty ledger or when it does not answer. */
  readonly headSeen: LogPosition | null;
  /** Records of which not all events can be applied: how many, never which. */
  readonly parked: number;
  /** Events that the store does not hold as they were written, at most 20 of them. Nothing of their records is shown. */
  readonly damaged: readonly EventId[];
  readonly connection: 'up' | 'down';
  /** True while tables are being built beside those that serve. */
  readonly rebuilding: boolean;
}

/** How a rebuild gets on, in events of the log. */
export type Progress = (done: { readonly step: 'read' | 'folded'; readonly events: number }) => void;

/** What is wrong with tables that serve. */
export interface Comparison {
  /** True when nothing is. */
  readonly equal: boolean;
  /** Tables of which some row is other than in tables that were built anew. */
  readonly differing: readonly string[];
  /** Tables, new or old, in which a record has two answers at one place. */
  readonly overlapping: readonly string[];
}

export interface ReadModels {
  /**
   * The ledger at a basis, for a reader.
   * @throws BadBasis when the question cannot be answered as it was put
   * @throws NotYet when reading does not include `atLeast`, or the position asked for, within `waitMs` (default 5,000)
   */
  openView(asOf: AsOf, reader: Reader, options?: ViewOptions): Promise<LedgerView>;
  /** A position as this reader may hold it: for the answer to a command. */
  encodePosition(reader: Reader, position: LogPosition): string;
  /** The place behind a position that this reader was given, or null for anything else. */
  decodePosition(reader: Reader, token: string): LogPosition | null;
  /** True once reading includes that position; false when it does not within the time (default 5,000 ms). */
  waitFor(position: LogPosition, timeoutMs?: number): Promise<boolean>;
  status(): Promise<ReadModelsStatus>;
  /** Number of the last event that reading includes; 0 before the first. Asks nobody. */
  readonly sequence: number;
  /** How far reading has come; null before the first event. The same object as long as its records are the same. */
  readonly checkpoint: object | null;
  /** How many events of a stream reading includes, damaged ones and such as are missed among them. */
  eventsOf(stream: StreamName): number;
  /** The stream of the record that bears a reference, or null. For the writer, whatever a reader may see. */
  bearerOf(register: string, ref: string): StreamName | null;
  /** The last event that reading includes of those recorded by an instant, whoever may see it. For the writer. */
  lastRecordedBy(
    instant: Instant,
  ): { readonly event: EventId; readonly position: LogPosition; readonly recorded: Instant } | null;
  /** The streams of all records that ever had a name that compares so, whoever may see them. */
  streamsCalled(name: string): readonly StreamName[];
  /** The streams of all records of a register whose references are spelt so, whoever may see them. */
  bearersOf(register: string, spelling: RegExp): readonly StreamName[];
  /**
   * The events of a stream after the first so many, whoever may see them; null where one of its record cannot be read or applied. For
   * whoever tells what may be written.
   */
  eventsAfter(stream: StreamName, version: number): readonly RecordEvent[] | null;
  /** Is the record of a stream still to be marked because of another? */
  isWithheld(stream: StreamName): boolean;
  /**
   * Builds all tables anew beside those that serve, then swaps. Views that are open go on with the new ones.
   * @throws StoreUnavailable, and leaves everything as it was
   */
  rebuild(options?: { readonly progress?: Progress }): Promise<void>;
  /** Builds all tables anew, says what is wrong with those that serve, and throws the new ones away. */
  compare(options?: { readonly progress?: Progress }): Promise<Comparison>;
  /** Takes erased words out of the tables. Their keys must be destroyed before, or a rebuild brings them back. */
  eraseTexts(refs: readonly TextRef[]): void;
  /** What policies have still to do: first what is to be marked, then what is to be opened, in the order of the causes. What was done is not in it once reading includes it. */
  outstanding(): Promise<readonly Consequence[]>;
  /** Questions that the tables were asked so far: to test that none is asked once for each row. */
  readonly questions: number;
  close(): Promise<void>;
}

/**
 * Starts following the store. Resolves when the tables can serve: at once if the file is good, else after they were built. While the
 * store is away a good file serves, and what needs the store (whether the file is of this log, building another) is done when it comes.
 * @throws Error when `signal` fires before
 */
export async function startReadModels(options: ReadModelsOptions): Promise<ReadModels> {
  const { file, projections, keys } = options;
  const models = new FollowingReadModels(options);
  await models.start(existsSync(file) ? openSqliteTables(file, projections, keys.ledgerId() ?? '') : null);
  return models;
}

/** Is the last event in the tables where the log has it? @throws StoreUnavailable */
async function isOfThisLog(tables: Tables, store: EventStore): Promise<boolean> {
  const last = tables.lastAppend();
  if (last === null) return true;
  try {
    const found = await store.readAll(last.before ?? undefined, 1);
    return found.events[0]?.id === last.event;
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    // A position that this store cannot read is not one of its own.
    return false;
  }
}

interface Waiter {
  readonly position: LogPosition;
  readonly resolve: (reached: boolean) => void;
}

class FollowingReadModels implements ReadModels {
  readonly #options: ReadModelsOptions;
  readonly #tokens: PositionTokens;
  readonly #views: ViewOpener;
  readonly #waiters = new Set<Waiter>();
  #live!: Projector;
  #following: Following | null = null;
  #connection: 'up' | 'down' = 'up';
  #building: Promise<unknown> | null = null;
  #beginning: Promise<void> | null = null;
  #asking: Promise<LogPosition | null | undefined> | null = null;
  #closed = false;
  /** Questions asked of tables that have been swapped out. */
  #askedBefore = 0;

  constructor(options: ReadModelsOptions) {
    this.#options = options;
    this.#tokens = positionTokens(options.keys);
    this.#views = viewOpener({
      ...options,
      opening: openingOf(options),
      tokens: this.#tokens,
      tables: () => this.#live.tables,
      checkpoint: () => this.#live.checkpoint,
      waitFor: (position, timeoutMs) => this.waitFor(position, timeoutMs),
    });
  }

  /** Resolves when `tables`, or new ones, serve. Looks and builds again until the store answers. */
  async start(tables: Tables | null): Promise<void> {
    this.#options.signal?.addEventListener('abort', () => (this.#closed = true), { once: true });
    if (tables !== null) this.#serve(tables);
    const begun = await this.#begin(tables).catch(passOnUnlessAway);
    if (begun) return;
    this.#connection = 'down';
    const begunLater = this.#beginWhenItCan(tables);
    if (tables === null) await begunLater;
    else this.#beginning = begunLater.catch((cause: unknown) => this.#options.onFailed?.(cause));
  }

  async #beginWhenItCan(tables: Tables | null): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; !this.#closed; wait = Math.min(2 * wait, RETRY_MS)) {
      await pause(wait, undefined, { ref: false });
      if (await this.#begin(tables).catch(passOnUnlessAway)) return;
    }
    if (tables === null) throw new Error('the read models were closed before they were built');
  }

  /** @throws StoreUnavailable, and leaves everything as it was */
  async #begin(tables: Tables | null): Promise<true> {
    const { store, file, logger } = this.#options;
    if (tables === null || !(await isOfThisLog(tables, store))) {
      logger?.info({ file }, 'No read models fit this log. They are being built.');
      const built = await this.#build(undefined);
      this.#putInPlace(built.tables);
    }
    if (!this.#closed) this.#follow();
    return true;
  }

  #serve(tables: Tables): void {
    this.#live = this.#projectorOf(tables);
  }

  #projectorOf(tables: Tables): Projector {
    const onDamage = (event: EventId) =>
      this.#options.logger?.warn({ event }, 'An event is damaged in the store. Its record is not shown.');
    return new Projector(tables, { ...this.#options, onDamage });
  }

  #follow(): void {
    this.#connection = 'up';
    this.#following = this.#options.store.follow(this.#live.checkpoint?.resume ?? null, {
      events: (events) => this.#take(() => this.#live.apply(events)),
      checkpoint: (position) => this.#take(() => this.#live.reached(position)),
      connection: (state) => {
        this.#connection = state;
      },
    });
  }

  openView(asOf: AsOf, reader: Reader, options: ViewOptions = {}): Promise<LedgerView> {
    return this.#views.open(asOf, reader, { waitMs: WAIT_MS, ...options });
  }

  encodePosition(reader: Reader, position: LogPosition): string {
    return this.#tokens.encode(reader.audience, position);
  }

  decodePosition(reader: Reader, token: string): LogPosition | null {
    return this.#tokens.decode(token, [reader.audience]);
  }

  waitFor(position: LogPosition, timeoutMs = WAIT_MS): Promise<boolean> {
    if (this.#includes(position)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.resolve(false), timeoutMs);
      const waiter: Waiter = {
        position,
        resolve: (reached) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(reached);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /** The store is asked once for all who want to know, and not while it is known to be away. */
  async #headWithin(milliseconds: number): Promise<LogPosition | null | undefined> {
    if (this.#following === null) return undefined;
    this.#asking ??= this.#options.store
      .head()
      .catch(() => undefined)
      .finally(() => (this.#asking = null));
    return Promise.race([this.#asking, pause(milliseconds, undefined, { ref: false })]);
  }

  async status(): Promise<ReadModelsStatus> {
    const head = await this.#headWithin(HEAD_WITHIN_MS);
    const headSeen = head ?? null;
    // What was written just now, hidden or not, must make no difference to anybody who may ask how it is.
    const behind = head === undefined || (head !== null && !(await this.waitFor(head, CATCH_UP_MS)));
    return {
      behind,
      sequence: this.#live.checkpoint?.sequence ?? 0,
      headSeen,
      parked: this.#live.tables.parkedCount(),
      damaged: this.#live.tables.damaged(MOST_NAMED),
      connection: head === undefined ? 'down' : this.#connection,
      rebuilding: this.#building !== null,
    };
  }

  rebuild({ progress }: { readonly progress?: Progress } = {}): Promise<void> {
    return this.#oneAtATime(async () => {
      const built = await this.#build(progress);
      await this.#whenCaughtUp(built, (now, live) => {
        if (now < live) return false;
        this.#putInPlace(built.tables);
        return true;
      });
      this.#options.logger?.info(
        { events: built.checkpoint?.sequence ?? 0 },
        'The read models were built anew and put in place.',
      );
    });
  }

  compare({ progress }: { readonly progress?: Progress } = {}): Promise<Comparison> {
    return this.#oneAtATime(async () => {
      const built = await this.#build(progress);
      const overlaps: string[] = [];
      const [live, anew, overlapsNow] = await this.#whenCaughtUp(built, (now, live) => {
        // What is read of the live tables stays what it is now, whatever is written meanwhile.
        return (
          now === live &&
          Promise.all([
            digestsOf(this.#live.tables.dump(true)),
            digestsOf(built.tables.dump(false)).then(async (digests) => {
              overlaps.push(...(await namedBy(built.tables.overlapping(false))));
              return digests;
            }),
            namedBy(this.#live.tables.overlapping(true)),
          ])
        );
      });
      const overlapping = [...new Set([...overlaps, ...overlapsNow])];
      built.tables.close();
      removeFile(this.#newFile);
      const differing = [...new Set([...live.keys(), ...anew.keys()])].filter(
        (table) => live.get(table) !== anew.get(table),
      );
      return { equal: differing.length === 0 && overlapping.length === 0, differing, overlapping };
    });
  }

  async outstanding(): Promise<readonly Consequence[]> {
    return [...(await this.#marksOutstanding()), ...openingsOutstanding(this.#live.tables, openingOf(this.#options))];
  }

  async #marksOutstanding(): Promise<readonly Consequence[]> {
    if (this.#live.tables.withheld().length === 0) return [];
    const rows = await this.#live.tables.query
      .selectFrom('withheld')
      .innerJoin('records', 'records.record', 'withheld.record')
      .innerJoin('log_events', 'log_events.event', 'withheld.cause')
      .select(['withheld.policy', 'withheld.sensitive', 'withheld.session'])
      .select(['records.register', 'records.ref', 'log_events.body'])
      .orderBy('log_events.sequence')
      .orderBy('withheld.place')
      .execute();
    return rows.flatMap(({ policy, sensitive, session, register, ref, body }) =>
      ref === null || body === null
        ? []
        : [
            markingOwed(
              { name: policy, marks: register },
              ref,
              { classification: 'OFFICIAL', sensitive: sensitive === 1, session },
              JSON.parse(body) as RecordEvent,
            ),
          ],
    );
  }

  eraseTexts(refs: readonly TextRef[]): void {
    this.#live.tables.transaction(() => this.#live.tables.eraseTexts(refs));
    this.#views.forget();
  }

  get sequence(): number {
    return this.#live.checkpoint?.sequence ?? 0;
  }

  get checkpoint(): object | null {
    return this.#live.checkpoint;
  }

  eventsOf(stream: StreamName): number {
    const { tables } = this.#live;
    const row = tables.record(stream);
    return row === null ? 0 : tables.countOf(row.record);
  }

  bearerOf(register: string, ref: string): StreamName | null {
    return this.#live.tables.bearerOf(register, ref);
  }

  lastRecordedBy(instant: Instant) {
    const last = this.#live.tables.lastRecordedBy(instant);
    return last === null ? null : { event: last.event, position: last.position, recorded: last.recorded_at };
  }

  streamsCalled(name: string): readonly StreamName[] {
    return this.#live.tables.streamsCalled(name);
  }

  bearersOf(register: string, spelling: RegExp): readonly StreamName[] {
    const bearers = this.#live.tables.bearers(register).filter(({ ref }) => spelling.test(ref));
    return bearers.map(({ stream }) => stream);
  }

  eventsAfter(stream: StreamName, version: number): readonly RecordEvent[] | null {
    const { tables } = this.#live;
    const row = tables.record(stream);
    if (row === null) return [];
    if (tables.isParked(row.record)) return null;
    return tables.bodies(row.record, version).map(({ body }) => JSON.parse(body as string) as RecordEvent);
  }

  isWithheld(stream: StreamName): boolean {
    const { tables } = this.#live;
    const row = tables.record(stream);
    return row !== null && tables.isWithheld(row.record);
  }

  get questions(): number {
    return this.#askedBefore + this.#live.tables.asked.count;
  }

  async close(): Promise<void> {
    this.#closed = true;
    // A store that is away may keep them for as long as it likes: nothing is lost with what is left behind.
    const left = Promise.allSettled([this.#following?.stop(), this.#building, this.#beginning]);
    await Promise.race([left, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
    for (const waiter of this.#waiters) waiter.resolve(false);
    this.#live.tables.close();
  }

  get #newFile(): string {
    return `${this.#options.file}.new`;
  }

  #includes(position: LogPosition): boolean {
    const { checkpoint } = this.#live;
    return checkpoint !== null && !this.#options.store.isBefore(checkpoint.position, position);
  }

  /** Nothing may be passed over: what cannot be written now is written later. */
  async #take(step: () => void): Promise<void> {
    while (!this.#closed) {
      try {
        step();
        break;
      } catch (cause) {
        this.#options.logger?.warn(
          { error: cause instanceof Error ? cause.name : 'unknown' },
          'Events could not be brought into the read models. They are tried again.',
        );
        await pause(RETRY_MS);
      }
    }
    this.#views.forget();
    this.#options.onChange?.();
    for (const waiter of [...this.#waiters]) if (this.#includes(waiter.position)) waiter.resolve(true);
  }

  async #oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#building !== null) await this.#building.catch(() => undefined);
    if (this.#closed) throw new Error('the read models are closed');
    const building = work();
    this.#building = building;
    try {
      return await building;
    } finally {
      this.#building = null;
    }
  }

  /** Tables of the whole log in a file of their own. */
  async #build(progress: Progress | undefined): Promise<Projector> {
    const { store, projections, keys } = this.#options;
    removeFile(this.#newFile);
    const tables = createSqliteTables(this.#newFile, projections, keys.ledgerId() ?? '', false);
    try {
      const built = this.#projectorOf(tables);
      for (let after: LogPosition | undefined; ;) {
        const { events, atEnd } = await store.readAll(after, PAGE);
        built.load(events);
        progress?.({ step: 'read', events: built.checkpoint?.sequence ?? 0 });
        after = events.at(-1)?.position ?? after;
        if (atEnd) break;
        await this.#breathe();
      }
      while (!built.foldSome(STEP)) await this.#breathe();
      await tables.index();
      progress?.({ step: 'folded', events: built.checkpoint?.sequence ?? 0 });
      return built;
    } catch (cause) {
      tables.close();
      removeFile(this.#newFile);
      throw cause;
    }
  }

  /**
   * Brings new tables up to the end of the log, then lets `done` look at how far both are. It runs in a turn of its own, when
   * no question is half asked, and again later when it says false.
   */
  async #whenCaughtUp<Result>(built: Projector, done: (now: number, live: number) => Result | false): Promise<Result> {
    try {
      for (;;) {
        const { events, atEnd } = await this.#options.store.readAll(built.checkpoint?.position, PAGE);
        built.apply(events);
        await this.#breathe();
        if (!atEnd) continue;
        const result = await new Promise<Result | false>((resolve, reject) => {
          setImmediate(() => {
            try {
              resolve(done(built.checkpoint?.sequence ?? 0, this.#live.checkpoint?.sequence ?? 0));
            } catch (cause) {
              reject(cause instanceof Error ? cause : new Error('it could not be looked at', { cause }));
            }
          });
        });
        if (result !== false) return result;
        await pause(5);
      }
    } catch (cause) {
      built.tables.close();
      removeFile(this.#newFile);
      throw cause;
    }
  }

  async #breathe(): Promise<void> {
    await nextTurn();
    if (this.#closed) throw new Error('the read models are closed');
  }

  /** Swaps files in one go, within one turn: no question falls between the old tables and the new. */
  #putInPlace(built: Tables): void {
    const { file, projections, keys } = this.#options;
    built.close();
    sync(this.#newFile);
    if (this.#live !== undefined) {
      this.#askedBefore += this.#live.tables.asked.count;
      this.#live.tables.close();
    }
    for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
    renameSync(this.#newFile, file);
    const tables = openSqliteTables(file, projections, keys.ledgerId() ?? '');
    if (tables === null) throw new Error('the read models that were just built cannot be read');
    this.#serve(tables);
    this.#views.forget();
  }
}

function passOnUnlessAway(cause: unknown): false {
  if (cause instanceof StoreUnavailable) return false;
  throw cause;
}

type Digests = ReadonlyMap<string, string>;

/** One digest for each table that has rows. The first row is read at once. */
async function digestsOf(rows: Generator<readonly [table: string, row: string]>): Promise<Digests> {
  const hashes = new Map<string, Hash>();
  let steps = 0;
  for (const [table, row] of rows) {
    let hash = hashes.get(table);
    if (hash === undefined) hashes.set(table, (hash = createHash('sha256')));
    hash.update(row).update('\n');
    if ((steps += 1) % STEP === 0) await nextTurn();
  }
  return new Map([...hashes].map(([table, hash]) => [table, hash.digest('hex')]));
}

/** Every table that is named at some step. The first step is taken at once. */
async function namedBy(steps: Generator<string | null>): Promise<readonly string[]> {
  const named = new Set<string>();
  let count = 0;
  for (const table of steps) {
    if (table !== null) named.add(table);
    if ((count += 1) % STEP === 0) await nextTurn();
  }
  return [...named];
}

function removeFile(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${part}`, { force: true });
}

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function openingOf({ policies = [] }: Pick<ReadModelsOptions, 'policies'>) {
  return policies.filter((policy) => 'opens' in policy);
}
