import { createHash } from 'node:crypto';
import {
  EventDamaged,
  StoreDamaged,
  StoreUnavailable,
  type EventStore,
  type LogPosition,
} from '../event-store/index.ts';
import { openPart, type KeyStore, type PartKey } from '../keys/index.ts';
import {
  MAX_EVENT_BYTES,
  type Clock,
  type Consequence,
  type Ids,
  type Instant,
  type Notice,
  type MarkingPolicy,
  type RecordEvent,
  type Register,
  type StreamName,
} from '../ledger/index.ts';
import { arising } from './arising.ts';
import { appendUntilDefinite } from './attempts.ts';
import { bodyOf, compose } from './compose.ts';
import { decideAsSeen } from './as-seen.ts';
import { isOffice } from './decide.ts';
import type { Decided } from './decided.ts';
import { withIdsAsWritten } from './envelope.ts';
import { submissionOfFirst, type First } from './first.ts';
import { recordMarking } from './folds.ts';
import { holdings, type Held } from './holding.ts';
import {
  CLOCK_IN_DOUBT,
  CONFLICT,
  damaged,
  invalid,
  NOT_FOUND,
  NOTHING_WRITTEN,
  PERHAPS_WRITTEN,
  refused,
  wrongInput,
} from './outcomes.ts';
import { lastEventIn } from './last-event.ts';
import { noticing } from './notices.ts';
import { people } from './people.ts';
import type { Posts } from './posts.ts';
import {
  commandScope,
  recordLoader,
  type AcceptedCommand,
  type LoadedRecord,
  type ReadBefore,
  type RecordLoader,
} from './records.ts';
import { references } from './references.ts';
import { refuse } from './refusals.ts';
import { sealedWords } from './sealed-words.ts';
import { jumpsInMemory, stamps, type ClockJumps, type ClockTrouble } from './stamps.ts';
import type { Caller, Dispatch, Outcome, Recorded, Submission } from './submission.ts';
import { conflict, factsSince, withoutUnseenLinks } from './since.ts';
import { surroundings } from './surroundings.ts';
import { whyNotSaid, withWordsAsWritten } from './words.ts';
import { digestOf, type WrittenEvent } from './write-event.ts';

/** How often a decision is taken again: after another process wrote to the same record first, or when it reads what others hold. */
const MOST_TURNS = 20;
const ANSWER_WITHIN_MS = 9_000;

export interface DispatchContext {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledgerId: string;
  readonly registers: readonly Register[];
  readonly posts: Posts;
  /** Policies that mark: what they have still to mark is hidden from those from whom it will hide it. */
  readonly policies?: readonly MarkingPolicy[];
  /** After this many milliseconds a caller is told `unavailable`; an attempt that was begun goes on. Default 9,000. */
  readonly answerWithinMs?: number;
  /** Records kept in memory between commands. Default: all that an office touches in a year. */
  readonly cachedStreams?: number;
  /** What this process has read of the log before, where it reads it too. */
  readonly readBefore?: ReadBefore;
  /** Told what a command came to nothing for. */
  readonly onDamage?: (damage: StoreDamaged) => void;
  /** Where a jump of the clock is remembered. Default: in memory. */
  readonly clockJumps?: ClockJumps;
  /** Told once of each trouble with the clock. */
  readonly onClockTrouble?: (trouble: ClockTrouble) => void;
  /** Waits for so many milliseconds. For tests whose clock stands still. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /**
   * Tests only: defences that are switched off. `sharing`: other records may change under a decision that has read them. `words`: they
   * are taken as they are sent.
   */
  readonly defencesOff?: readonly ('sharing' | 'words')[];
}

/** A dispatch, and what its process must know of it. */
export interface RunningDispatch extends Dispatch {
  /**
   * The earliest stamp of what is being decided or appended, or whose outcome is unknown; null when there is nothing. Nobody may call
   * an answer settled for that instant or a later one.
   */
  undecidedSince(): Instant | null;
  /** The person of the directory whom the identity provider knows under the subject of that pseudonym, or null. @throws StoreUnavailable */
  personOf(pseudonym: string): Promise<string | null>;
  /** What policies have still to do because of that record, as the log stands; or why that cannot be told now. */
  consequencesOf(register: string, ref: string): Promise<readonly Consequence[] | Outcome>;
  /**
   * What may be a slip in what a command recorded, as far as its caller may see: to be asked after it was accepted. Null when that
   * cannot be told now. For a run of commands of one caller, ask once for the function and keep it.
   */
  noticesFor(caller: Caller): (recorded: Recorded) => Promise<readonly Notice[] | null>;
  /** What keeps the writer from writing by its clock, as far as it is known. */
  clockTrouble(): ClockTrouble | null;
  /** The same once the log's last stamp is known. @throws StoreUnavailable */
  checkClock(): Promise<ClockTrouble | null>;
  close(): void;
}

/**
 * The one way in: authorise, load, decide, reserve, append at an explicit revision; on conflict load and decide again.
 *
 * Order of answers: what the input alone can tell is `invalid`; what the caller may not see is `not-found`; the wrong post is `forbidden`; then the domain refuses on
 * meaning. A command that was accepted before is answered as it was then, before anything that depends on the day.
 */
export function createDispatch(context: DispatchContext): RunningDispatch {
  const { store, keys, clock, ids } = context;
  const registers = new Map(context.registers.map((register) => [register.name, register]));
  const loader = recordLoader(store, registers, context.cachedStreams, context.readBefore);
  const { stamp, ready, trouble } = stamps({
    clock,
    store,
    settledFloor: keys.settledFloor,
    jumps: context.clockJumps ?? jumpsInMemory(),
    ...(context.pause === undefined ? {} : { pause: context.pause }),
  });
  let closed = false;
  const isStopping = () => closed;
  const reserved = references({ store, keys, ids, stamp, isStopping, readBefore: context.readBefore });
  const { posts } = context;
  const words = sealedWords(store, keys);
  const known = people({ register: registers.get(posts.register), posts, reserved, loader, words, keys });
  const policed = {
    ...{ policies: context.policies ?? [], registers, reserved },
    isBefore: (a: LogPosition, b: LogPosition) => store.isBefore(a, b),
  };
  const arisen = arising({ ...policed, loader });
  const lastEventBy = lastEventIn({ store, readBefore: context.readBefore });
  const around = surroundings({ registers, loader, reserved, posts, known, arisen, stamp, lastEventBy });
  const streams = holdings();
  const shares = context.defencesOff?.includes('sharing') !== true;
  const writesWords = context.defencesOff?.includes('words') !== true;
  const underWay = new Set<Promise<unknown>>();
  const undecided = new Set<{ readonly stamped: Instant }>();

  function submit(sent: Submission): Promise<Outcome> {
    const register = registers.get(sent.register);
    if (register === undefined) return Promise.reject(new Error(`no register is called ${sent.register}`));
    const asSent = withIdsAsWritten(sent);
    const submission = writesWords ? { ...withWordsAsWritten(register, asSent), asSent } : asSent;
    const progress: Progress = { writing: false, givenUp: false };
    const run = route(register, submission, progress);
    underWay.add(run);
    void run.finally(() => underWay.delete(run)).catch(() => undefined);
    return withinTime(run, context.answerWithinMs ?? ANSWER_WITHIN_MS, () => {
      if (progress.writing) return PERHAPS_WRITTEN;
      progress.givenUp = true;
      return NOTHING_WRITTEN;
    });
  }

  async function route(register: Register, sent: Submission, progress: Progress): Promise<Outcome> {
    const { command } = sent;
    // Before anything is loaded: the answer depends on nothing that the ledger holds.
    const wrong = wrongInput(register, sent);
    if (wrong !== null) return wrong;
    try {
      const opens = register.opens.includes(command.type);
      for (let turns = 0; turns < MOST_TURNS; turns += 1) {
        const submission = await fromKnownCaller(sent);
        const stream = opens
          ? await newStream(register, submission)
          : await around.streamOf(register, command.ref ?? '');
        if (stream === null) return NOT_FOUND;
        const outcome = await decideAndAppend(register, stream, submission, sent, progress);
        if (outcome !== 'from somebody else') return outcome;
      }
      return CONFLICT;
    } catch (cause) {
      if (cause instanceof StoreUnavailable) return progress.writing ? PERHAPS_WRITTEN : NOTHING_WRITTEN;
      if (cause instanceof StoreDamaged) {
        context.onDamage?.(cause);
        return progress.writing ? PERHAPS_WRITTEN : damaged(cause);
      }
      throw cause;
    }
  }

  async function decideAndAppend(
    register: Register,
    stream: StreamName,
    submission: Submission,
    sent: Submission,
    progress: Progress,
  ): Promise<Outcome | 'from somebody else'> {
    // Who is whom stays what it is while a command is decided that somebody sends; and of two persons one has a subject.
    const changesWhoIsWho = register.name === posts.register && !register.opens.includes(submission.command.type);
    const wanted: Wanted = {
      alone: new Set([stream, ...(changesWhoIsWho ? [WHO_IS_WHO] : [])]),
      shared: new Set(shares && isOffice(sent) ? [WHO_IS_WHO] : []),
    };
    let isFirstDone = false;
    for (let turns = 0; turns < MOST_TURNS; turns += 1) {
      const held = await streams.hold(wanted);
      let outcome: Outcome | 'again' | First;
      try {
        const { caller } = await fromKnownCaller(sent);
        if (caller.person !== submission.caller.person) return 'from somebody else';
        outcome = await decideHolding(register, stream, submission, progress, held, wanted, isFirstDone);
      } finally {
        held.release();
      }
      if (outcome === 'again') continue;
      if (!('first' in outcome)) return outcome;
      const failed = await recordFirst(register, outcome, sent, progress);
      if (failed !== null) return failed;
      isFirstDone = true;
    }
    return CONFLICT;
  }

  /** Records what comes before a command, holding nothing of its record. Null when all is recorded, now or when it was sent before. */
  async function recordFirst(
    register: Register,
    first: First,
    sent: Submission,
    progress: Progress,
  ): Promise<Outcome | null> {
    for (const index of first.first.keys()) {
      const outcome = await route(register, submissionOfFirst(sent, first, index, context.ledgerId), progress);
      if (outcome.outcome !== 'accepted') return outcome;
    }
    return null;
  }

  /**
   * One turn: holding the command's own stream, and sharing every other one that the decision reads, until the append is done.
   * What is read is found out by deciding. What could not be had without waiting is noted in `wanted`, and it is decided again.
   */
  async function decideHolding(
    register: Register,
    stream: StreamName,
    submission: Submission,
    progress: Progress,
    held: Held,
    wanted: Wanted,
    isFirstDone: boolean,
  ): Promise<Outcome | 'again' | First> {
    if (closed || progress.givenUp) return NOTHING_WRITTEN;
    const opens = register.opens.includes(submission.command.type);
    const record = await loader.load(stream);
    let stands = true;
    const share = (name: string): void => {
      if (!shares) return;
      wanted.shared.add(name);
      if (!held.share(name)) stands = false;
    };
    const shared: Pick<RecordLoader, 'load'> = {
      load(other) {
        share(other);
        return loader.load(other);
      },
    };
    const noted: typeof reserved = {
      ...reserved,
      async streamOf(series, ref) {
        const found = await reserved.streamOf(series, ref);
        if (found === null) share(referenceName(ref));
        return found;
      },
    };
    const seen = arising({ ...policed, loader: shared });
    const reading = { registers, loader: shared, reserved: noted, posts, known, arisen: seen, stamp, lastEventBy };
    const around = {
      all: surroundings(reading),
      seen: () => surroundings({ ...reading, seenBy: submission.caller }),
    };
    if (!opens && !(await around.all.isThereFor(submission.caller, register, record)))
      return stands ? NOT_FOUND : 'again';
    const earlier = scopesOf(submission).flatMap((scope) => record.commands.get(scope) ?? [])[0];
    if (earlier !== undefined) return repeated(register, record, earlier, submission);
    const { caller, seen: upTo } = submission;
    if (upTo !== undefined && !opens) {
      const seen = around.seen();
      const since = factsSince(register, record, { caller, seen: upTo }, policed.isBefore);
      const facts = await withoutUnseenLinks(since, record.events, seen);
      if (facts.length > 0) return conflict(facts, { all: around.all, seen });
    }
    const unfit = writesWords ? whyNotSaid(submission) : null;
    if (unfit !== null) return unfit;

    if ((await checkClock()) !== null) return CLOCK_IN_DOUBT;

    // From the stamp on: an answer called settled in between could otherwise be changed by what is decided here.
    const attempt = { stamped: stamp() };
    undecided.add(attempt);
    try {
      const decided = await decideAsSeen(register, record, submission, attempt.stamped, around);
      if (!stands) return 'again';
      if ('outcome' in decided) return decided;
      if (decided.first !== undefined && !isFirstDone)
        return { first: decided.first, marking: recordMarking(register, record.events) };
      // Whoever found that there is no such record must have written before there is one.
      const name = decided.reference?.style === 'EXACT' ? referenceName(decided.reference.stem) : null;
      if (shares && name !== null && !held.take(name)) {
        wanted.alone.add(name);
        return 'again';
      }
      const referenced = opens ? await withReference(decided, stream) : decided;
      if ('outcome' in referenced) return referenced;
      if (progress.givenUp) return NOTHING_WRITTEN;

      const events = compose(record, referenced, submission, context);
      if (events.some(({ bytes }) => bytes.length > MAX_EVENT_BYTES))
        return invalid('TOO_LONG', 'input', 'Together these words make an event of more than 64 KiB. Shorten them.');
      progress.writing = true;
      const result = await appendUntilDefinite(store, stream, record.version, events, isStopping);
      known.wrote(stream);
      if (result.outcome === 'stored')
        return {
          ...accepted(register, loader.wrote(record, events, result.position), events, result.position),
          ...(decided.granted ? { granted: true } : {}),
        };
      if (result.outcome === 'unknown') return PERHAPS_WRITTEN;
      progress.writing = false;
      return result.outcome === 'refused' ? NOTHING_WRITTEN : 'again';
    } finally {
      undecided.delete(attempt);
    }
  }

  let toldOf: ClockTrouble['is'] | null = null;
  async function checkClock(): Promise<ClockTrouble | null> {
    const found = await ready();
    if (found !== null && found.is !== toldOf) context.onClockTrouble?.(found);
    toldOf = found?.is ?? null;
    return found;
  }

  /** Reserves the reference of a record that is opened. Found again when the command is repeated after a crash. */
  async function withReference(decided: Decided, stream: StreamName): Promise<Decided | Outcome> {
    const [opening, ...rest] = decided.drafts;
    const { reference } = decided;
    if (opening === undefined || reference === undefined)
      throw new Error('a record is opened without asking for a reference');
    const ref = await reserved.reserve(reference, stream);
    if (ref === null) return refused(refuse('REFERENCE_TAKEN', { field: 'as', values: { ref: reference.stem } }));
    const { draft, kind } = opening;
    return { ...decided, drafts: [{ kind, draft: { ...draft, facts: { ...draft.facts, ref } } }, ...rest] };
  }

  function repeated(
    register: Register,
    record: LoadedRecord,
    earlier: AcceptedCommand,
    submission: Submission,
  ): Outcome {
    if (earlier.digest !== undefined && !sameBody(earlier.digest, submission))
      return refused(refuse('COMMAND_ID_REUSED', { field: 'commandId' }));
    const { events, position, stamped } = earlier;
    const ref = refOf(register, record.events);
    return { outcome: 'accepted', ref, stream: record.stream, events, position, stamped, repeated: true };
  }

  /** True also when the digest's key was destroyed with an erasure: bodies are no longer compared then. */
  function sameBody({ event, part }: NonNullable<AcceptedCommand['digest']>, submission: Submission): boolean {
    const [key] = keys.find([part.key ?? '']);
    if (key === null || key === undefined) return true;
    const plaintext = openedDigest(key, event, part.value as string);
    const remembered = JSON.parse(Buffer.from(plaintext).toString('utf8')) as { salt: string; digest: string };
    const salt = Buffer.from(remembered.salt, 'base64url');
    const isThis = (body: Submission) => digestOf(salt, bodyOf(body)) === remembered.digest;
    return isThis(submission) || (submission.asSent !== undefined && isThis(submission.asSent));
  }

  /**
   * The stream of a new record comes from who asks and under which commandId, so that a repeat finds it: also one that was accepted
   * while the directory did not know the caller yet.
   */
  async function newStream(register: Register, submission: Submission): Promise<StreamName> {
    const [stream = '', ...earlier] = scopesOf(submission).map((scope) => {
      const named = `pgl/stream/v1\0${context.ledgerId}\0${register.name}\0${scope}`;
      return `${register.name}-${createHash('sha256').update(named).digest('hex').slice(0, 32)}`;
    });
    for (const one of earlier) if ((await loader.load(one)).version > 0) return one;
    return stream;
  }

  /** Who signs in is known by a subject. An import, and an operator, are known otherwise. */
  async function fromKnownCaller(sent: Submission): Promise<Submission> {
    if (!isOffice(sent)) return sent;
    return { ...sent, caller: await known.recognised(sent.caller) };
  }

  async function consequencesOf(register: string, ref: string): Promise<readonly Consequence[] | Outcome> {
    try {
      return await arisen.consequencesOf(register, ref);
    } catch (cause) {
      if (cause instanceof StoreUnavailable) return NOTHING_WRITTEN;
      if (!(cause instanceof StoreDamaged)) throw cause;
      context.onDamage?.(cause);
      return damaged(cause);
    }
  }

  function noticesFor(sender: Caller) {
    let noticesOf: ReturnType<typeof noticing> | undefined;
    const look = async (recorded: Recorded): Promise<readonly Notice[]> => {
      if (noticesOf === undefined) {
        const caller = await known.recognised(sender);
        const seen = surroundings({
          registers,
          loader,
          reserved,
          posts,
          known,
          arisen,
          stamp,
          lastEventBy,
          seenBy: caller,
        });
        noticesOf = noticing({ registers, loader, reserved, words, around: seen, readBefore: context.readBefore });
      }
      return noticesOf(recorded);
    };
    return (recorded: Recorded) =>
      withinTime(
        look(recorded).catch((cause: unknown) => {
          if (cause instanceof StoreUnavailable || cause instanceof StoreDamaged) return null;
          throw cause;
        }),
        context.answerWithinMs ?? ANSWER_WITHIN_MS,
        () => null,
      );
  }

  return {
    submit,
    noticesFor,
    consequencesOf,
    clockTrouble: trouble,
    checkClock,
    undecidedSince: () =>
      // By a clock in doubt nothing is promised: what is stamped later may be stamped earlier.
      trouble() !== null
        ? ''
        : [...undecided].reduce<Instant | null>(
            (first, { stamped }) => (first === null || stamped < first ? stamped : first),
            null,
          ),
    personOf: known.personOf,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close() {
      closed = true;
    },
  };
}

/** What a command holds or shares while it is decided and written: streams, and references that nobody has yet. */
interface Wanted {
  readonly alone: Set<string>;
  readonly shared: Set<string>;
}

/** What is shared by commands that somebody sends, and held alone by what changes who they are. No stream is called so. */
const WHO_IS_WHO = 'who is who';

/** Under which name a reference is shared by those who found that nobody bears it. No stream is called so. */
function referenceName(ref: string): string {
  return `reference ${ref}`;
}

/** How far a command has come, for whoever has waited too long for it. */
interface Progress {
  /** True while its outcome may be unknown. */
  writing: boolean;
  /** The caller was told that nothing was written, so nothing will be. */
  givenUp: boolean;
}

function accepted(
  register: Register,
  record: LoadedRecord,
  written: readonly WrittenEvent[],
  position: LogPosition,
): Outcome {
  const last = written.at(-1)!.stored.header;
  return {
    outcome: 'accepted',
    ref: refOf(register, record.events),
    stream: record.stream,
    events: written.map(({ id }) => id),
    position,
    stamped: last.stamped,
    repeated: false,
  };
}

function openedDigest(key: PartKey, event: string, sealed: string): Uint8Array {
  try {
    return openPart(key, { event, part: 'command' }, sealed).plaintext;
  } catch (cause) {
    throw new EventDamaged(event, 'its part command cannot be opened', { cause });
  }
}

function refOf(register: Register, events: readonly RecordEvent[]): string {
  const ref = events.find(({ type }) => register.opening.includes(type))?.facts['ref'];
  return typeof ref === 'string' ? ref : '';
}

/** The scopes in which a command may be remembered: as from whom the caller is now, then as from whom they were once taken for. */
function scopesOf({ command, envelope, caller, importId }: Submission): readonly string[] {
  const { post, person, unknownAs } = caller;
  const callers =
    importId === undefined
      ? [person, ...(unknownAs === undefined ? [] : [unknownAs])].map((one) => ({ post, person: one }))
      : [{ import: importId }];
  return callers.map((one) => commandScope(command.type, one, envelope.commandId));
}

async function withinTime<Answer>(run: Promise<Answer>, milliseconds: number, late: () => Answer): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(late()), milliseconds);
  });
  try {
    return await Promise.race([run, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
