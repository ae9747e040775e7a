import { join } from 'node:path';
import { isCapacity, subjectAsCompared, type Capacity, type Reader } from '../../libs/access/index.ts';
import { kindSpelt } from '../../libs/declarations/index.ts';
import { offering, type Offer } from '../../libs/dispatch/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { instantOf, londonDayOf, type Clock } from '../../libs/ledger/index.ts';
import {
  BadBasis,
  NotYet,
  startReadModels,
  viewOfAll,
  type LedgerView,
  type ReadModels,
} from '../../libs/read-models/index.ts';
import { POLICIES, mayCause, PolicyRunner, postsOfTheDirectory } from '../../libs/policies/index.ts';
import { MUTATIONS, REGISTERS, type DeclaredMutation } from '../../libs/registers/index.ts';
import {
  openRunningLedger,
  READ_MODELS,
  sentenceFor,
  unfinishedImport,
  type RunningLedgerOptions,
} from '../../libs/running-ledger/index.ts';
import { capacityActedIn, listPosts, PROJECTIONS } from '../../projections/index.ts';
import type { LedgerConfig } from './config.ts';
import type { ActingPost } from './access/identity.ts';
import type { Ledger } from './ledger.ts';
import { describeFault } from './log.ts';

/** How long a question waits for tables that are still being built, or a payload for the event that it shows. */
const WAIT_MS = 5_000;
/** Whoever looks at a page does not wait longer for the store. */
const STORE_WITHIN_MS = 250;
/** For the directory's own word on a post, which does not depend on who asks. */
const EVERYTHING: Reader = { audience: 'full' };
/** Posts whose capacity is remembered until the ledger or the day goes on. */
const MOST_POSTS = 1_000;

/** What of a logger is needed here. */
export interface LedgerLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/**
 * Opens the ledger as configured: the writing side, then the read models beside it. Resolves as soon as it can be asked for its
 * health; questions wait until the read models serve, and commands are refused while the store is away.
 *
 * @param options `onFatal` is called when the process cannot go on: a fault of the disk, or of the tables; the default says why and ends it.
 *   `clock` and `ids` are the machine's own unless a test brings others, and only a test brings `faults`.
 * @throws LedgerInUse, KeysRefused, StoreUnavailable
 */
export async function openLedger(
  config: Pick<LedgerConfig, 'settings'>,
  log: LedgerLog,
  options: Pick<RunningLedgerOptions, 'onFatal' | 'clock' | 'ids' | 'faults'> = {},
): Promise<Ledger> {
  const { onFatal = endWith, ...machine } = options;
  const failed = (cause: unknown): void => {
    log.error({ fault: describeFault(cause) }, 'the ledger cannot go on');
    onFatal(cause);
  };
  let reading: ReadModels | null = null;
  const writing = await openRunningLedger(config.settings, 'server', {
    ...machine,
    onFatal: failed,
    logger: log,
    awaitStore: true,
    readBefore: {
      eventsOf: (stream) => reading?.eventsOf(stream) ?? 0,
      bearerOf: (register, ref) => reading?.bearerOf(register, ref) ?? null,
      lastRecordedBy: (instant) => reading?.lastRecordedBy(instant) ?? null,
      streamsCalled: (name) => reading?.streamsCalled(name) ?? [],
    },
  });
  const { dispatch, keys, store, clock, registers } = writing;
  const closing = new AbortController();
  const policies = new PolicyRunner({
    ledgerId: writing.ledgerId,
    outstanding: async () => (closing.signal.aborted || reading === null ? [] : reading.outstanding()),
    submit: (submission) => dispatch.submit(submission),
    waitFor: async (position) => reading?.waitFor(position, WAIT_MS) ?? false,
    onTrouble: (about) => log.warn(about, 'A policy could not do what it has to. It is tried again.'),
  });
  const started = startReadModels({
    store,
    keys,
    clock,
    registers,
    projections: PROJECTIONS,
    file: join(config.settings.data, READ_MODELS),
    writer: dispatch,
    policies: POLICIES,
    refusedBecauseOf: (cause) => policies.refusedBecauseOf(cause),
    onChange: () => void policies.run(),
    logger: log,
    signal: closing.signal,
    onFailed: failed,
  });
  started.then(
    (running) => {
      reading = running;
      void policies.run();
    },
    (cause) => {
      if (!closing.signal.aborted) failed(cause);
    },
  );

  let offersTo: ReturnType<typeof offering> | undefined;
  const withoutWaiting = askedWithoutWaiting();

  return {
    registers,
    capacityOf: capacitiesToday(async () => within(started), clock),
    pseudonymOf: (subject) => pseudonymOf(keys, subjectAsCompared(subject)),
    personOf: (pseudonym) => dispatch.personOf(pseudonym),
    postsHeldBy: postsHeldToday(async () => within(started), clock),
    secret: (purpose) => keys.secret(purpose),
    async submit(submission) {
      const outcome = await dispatch.submit(submission);
      if (outcome.outcome !== 'accepted' || reading === null || !mayCause(submission)) return outcome;
      // Whoever hides something is answered when all that must be hidden with it is, and whoever decides when what that opens is there.
      if (await reading.waitFor(outcome.position, WAIT_MS)) await soon(policies.run());
      return outcome;
    },
    async openView(asOf, reader, options = {}) {
      return (await within(started)).openView(asOf, reader, options);
    },
    async viewAt(accepted, reader) {
      const models = await within(started);
      if (!(await models.waitFor(accepted.position, WAIT_MS)))
        throw new NotYet(
          'It was written. Reading does not include it yet: ask again in a moment, or send the command again.',
        );
      const asOf = { effective: londonDayOf(accepted.stamped), clock: 'PROVEN' } as const;
      return models.openView(asOf, reader, { tellsBasis: false, pinned: accepted.position });
    },
    noticesOf: (recorded, caller) => dispatch.noticesFor(caller)(recorded),
    async offers(caller, ref) {
      const models = await within(started);
      offersTo ??= offering({ registers: REGISTERS, posts: postsOfTheDirectory, read: models, clock });
      const person = await withoutWaiting(() => dispatch.personOf(caller.person));
      if (person === undefined) return null;
      const offers = await offersTo(person === null ? caller : { ...caller, person }, ref);
      return offers?.map((offer) => ({ ...offer, mutation: mutationOf(offer, ref) })) ?? null;
    },
    async placeSeen(position, reader) {
      const models = await within(started);
      const place = models.decodePosition(reader, position);
      if (place === null) throw new BadBasis('seen', 'This is not a position that this ledger gave to such a reader.');
      // What reading does not include may have been written just now.
      if (await models.waitFor(place, 0)) return place;
      const head = await store.head();
      if (head === null || store.isBefore(head, place))
        throw new BadBasis('seen', 'This position lies ahead of all that the ledger holds.');
      return place;
    },
    async positionFor(accepted, reader) {
      return (await within(started)).encodePosition(reader, accepted.position);
    },
    get questions() {
      return reading?.questions ?? 0;
    },
    async behind() {
      const names = PROJECTIONS.map(({ name }) => name);
      if (reading === null) return writing.isStoreHere() ? names : ['store', ...names];
      const { behind, connection } = await reading.status();
      const cutOff = unfinishedImport(config.settings.data) === null ? [] : ['import'];
      const inDoubt = dispatch.clockTrouble() === null ? [] : ['clock'];
      return [...(connection === 'down' ? ['store'] : []), ...inDoubt, ...(behind ? names : []), ...cutOff];
    },
    async damaged() {
      const read = reading === null ? [] : (await reading.status()).damaged;
      return [...new Set([...read, ...writing.damaged])];
    },
    async close() {
      closing.abort();
      policies.close();
      reading = null;
      await started.then((models) => models.close()).catch(() => undefined);
      await writing.close();
    },
  };
}

function endWith(cause: unknown): void {
  const sentence = sentenceFor(cause);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/**
 * The capacity in which a post acts today. Read from the read models alone: who asks must be known while the store is away. What was
 * found is good until another event is included or the day changes.
 */
function capacitiesToday(models: () => Promise<ReadModels>, clock: Clock): (post: string) => Promise<Capacity | null> {
  let of = '';
  const found = new Map<string, Capacity | null>();
  return async (post) => {
    if (isCapacity(post)) return post;
    const reading = await models();
    const standing = standingOf(reading, clock);
    if (standing !== of || found.size >= MOST_POSTS) found.clear();
    of = standing;
    const known = found.get(post);
    if (known !== undefined) return known;
    const capacity = await capacityActedIn(post, () => reading.openView({}, EVERYTHING));
    if (standing === of) found.set(post, capacity);
    return capacity;
  };
}

/** The posts that somebody holds today and that act in a capacity, found as capacities are. */
function postsHeldToday(
  models: () => Promise<ReadModels>,
  clock: Clock,
): (person: string) => Promise<readonly ActingPost[]> {
  let of = '';
  let found: Promise<ReadonlyMap<string, readonly ActingPost[]>> = Promise.resolve(new Map());
  return async (person) => {
    const reading = await models();
    const standing = standingOf(reading, clock);
    if (standing !== of) {
      of = standing;
      found = reading.openView({}, EVERYTHING).then(byHolder);
      found.catch(() => (of = ''));
    }
    return (await found).get(person) ?? [];
  };
}

async function byHolder(view: LedgerView): Promise<ReadonlyMap<string, readonly ActingPost[]>> {
  const held = new Map<string, ActingPost[]>();
  for (const { ref, state, holders } of await listPosts(viewOfAll(view))) {
    const { capacity } = state;
    if (capacity === undefined || !isCapacity(capacity)) continue;
    for (const person of holders) held.set(person, [...(held.get(person) ?? []), { ref, capacity }]);
  }
  return held;
}

/** What was found out of the directory is good while this is the same: until another event is included, or the day changes. */
function standingOf({ sequence }: ReadModels, clock: Clock): string {
  return `${sequence} ${londonDayOf(instantOf(clock.now()))}`;
}

/** Resolves with the work, or without it when it takes too long: it goes on, and reading withholds what is not done. */
async function soon(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/**
 * Asks the store for what it tells at once: undefined if it does not, and for as long as it still owes an answer, so that of many who look
 * at pages while it is silent one waits.
 */
function askedWithoutWaiting() {
  let owed = 0;
  return async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (owed > 0) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), STORE_WITHIN_MS);
    });
    let isAnswered = false;
    const asked = ask()
      .catch(() => undefined)
      .finally(() => {
        isAnswered = true;
      });
    const answer = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (!isAnswered) {
      owed += 1;
      void asked.then(() => {
        owed -= 1;
      });
    }
    return answer;
  };
}

/** The mutation of that command on a record of that kind. */
function mutationOf({ command }: Offer, ref: string | null): DeclaredMutation {
  const kind = ref === null ? command.opens : kindSpelt(ref);
  return Object.values(MUTATIONS).find((one) => one.command === command && (one.kind === null || one.kind === kind))!;
}

/** The read models, if they serve within a few seconds. @throws NotYet */
async function within(started: Promise<ReadModels>): Promise<ReadModels> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotYet('The ledger is still being read in. Ask again in a moment.')), WAIT_MS);
  });
  try {
    return await Promise.race([started, late]);
  } finally {
    clearTimeout(timer);
  }
}
