import { createHash } from 'node:crypto';
import {
  isCapacity,
  mayIssue,
  readerFor,
  visibilityOf,
  visibleEvents,
  type Acting,
  type Capacity,
} from '../access/index.ts';
import { StoreUnavailable, type EventStore, type LogPosition } from '../event-store/index.ts';
import { openPart, type KeyStore } from '../keys/index.ts';
import {
  canonicalJson,
  daysBetween,
  isCommonFact,
  londonDayOf,
  MAX_EVENT_BYTES,
  OFFICIAL_OPEN,
  recordEventOf,
  stricter,
  type Actor,
  type CivilDate,
  type Clock,
  type DecisionContext,
  type Draft,
  type EventKind,
  type Ids,
  type JsonValue,
  type Links,
  type Marking,
  type MayIssue,
  type Party,
  type RecordEvent,
  type Refusal,
  type Register,
  type StreamName,
} from '../ledger/index.ts';
import { decideForRecord, isRecordCommand, mayIssueForRecord } from '../records/index.ts';
import { amend, firstIllegal, fold, isLegal } from '../timeline/index.ts';
import { appendUntilDefinite, queues } from './attempts.ts';
import { checkEnvelope, effectiveDayOf } from './envelope.ts';
import { commandScope, recordLoader, type AcceptedCommand, type LoadedRecord } from './records.ts';
import { references } from './references.ts';
import { refuse } from './refusals.ts';
import { stamper } from './stamps.ts';
import type { Dispatch, Outcome, Submission } from './submission.ts';
import { digestOf, writeEvent, type WrittenEvent } from './write-event.ts';

/** How often a decision is taken again after somebody else wrote to the same record first. */
const MOST_CONFLICTS = 20;
const ANSWER_WITHIN_MS = 9_000;

/** What dispatch must know of posts, which are records of a register like any other. See `libs/policies`. */
export interface Posts {
  readonly register: string;
  capacityOf(state: unknown): Capacity | null;
  holdersOn(state: unknown, day: CivilDate): readonly string[];
}

export interface DispatchContext {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledgerId: string;
  readonly registers: readonly Register[];
  readonly posts: Posts;
  /** After this many milliseconds a caller is told `unavailable`; an attempt that was begun goes on. Default 9,000. */
  readonly answerWithinMs?: number;
}

/** A dispatch, and what its process must know of it. */
export interface RunningDispatch extends Dispatch {
  /** True while an append is under way or its outcome unknown: nobody may call an answer settled then. */
  isUndecided(): boolean;
  /** The capacity of a post: one that every ledger knows, or what the directory says today. */
  capacityOf(post: string): Promise<Capacity | null>;
  close(): void;
}

/**
 * The one way in: authorise, load, decide, reserve, append at an explicit revision; on conflict load and decide again.
 *
 * Order of answers: what the caller may not see is `not-found`; the wrong post is `forbidden`; then the domain refuses on
 * meaning. A command that was accepted before is answered as it was then, before anything that depends on the day.
 */
export function createDispatch(context: DispatchContext): RunningDispatch {
  const { store, keys, clock, ids } = context;
  const registers = new Map(context.registers.map((register) => [register.name, register]));
  const loader = recordLoader(store);
  const stamp = stamper(clock, keys.settledFloor);
  let closed = false;
  const isClosed = () => closed;
  const reserved = references({ store, loader, keys, ids, stamp, isClosed });
  const queued = queues();
  const underWay = new Set<Promise<unknown>>();
  let undecided = 0;

  function submit(submission: Submission): Promise<Outcome> {
    const progress: Progress = { writing: false, givenUp: false };
    const run = route(submission, progress);
    underWay.add(run);
    void run.finally(() => underWay.delete(run)).catch(() => undefined);
    return withinTime(run, context.answerWithinMs ?? ANSWER_WITHIN_MS, () => {
      if (progress.writing)
        return 'The store has not answered yet whether this was written. Send the same command again, with the same commandId, to learn what became of it.';
      progress.givenUp = true;
      return 'The ledger is busy or its store is away. Nothing was written. Send the same command again, with the same commandId.';
    });
  }

  async function route(submission: Submission, progress: Progress): Promise<Outcome> {
    try {
      const register = registers.get(submission.register);
      if (register === undefined) throw new Error(`no register is called ${submission.register}`);
      const opens = register.opens.includes(submission.command.type);
      const stream = opens ? newStream(register, submission) : await streamOf(register, submission.command.ref ?? '');
      if (stream === null) return { outcome: 'not-found', field: 'ref' };
      return await queued(stream, async () => (closed || progress.givenUp ? stopping() : decideAndAppend(register, stream, opens, submission, progress)));
    } catch (cause) {
      if (cause instanceof StoreUnavailable) return { outcome: 'unavailable', sentence: `The store is away: ${cause.message}.` };
      throw cause;
    }
  }

  async function decideAndAppend(
    register: Register,
    stream: StreamName,
    opens: boolean,
    submission: Submission,
    progress: Progress,
  ): Promise<Outcome> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const record = await loader.load(stream);
      if (!opens && !isVisible(register, record, submission)) return { outcome: 'not-found', field: 'ref' };
      const earlier = record.commands.get(scopeOf(submission));
      if (earlier !== undefined) return repeated(register, record, earlier, submission);

      // From the stamp on: an answer called settled in between could otherwise be changed by what is decided here.
      undecided += 1;
      try {
        const decided = await decide(register, record, opens, submission);
        if ('outcome' in decided) return decided;
        if (progress.givenUp) return stopping();
        progress.writing = true;
        const events = write(record, decided, submission);
        const tooLarge = events.find((event) => event.bytes.length > MAX_EVENT_BYTES);
        if (tooLarge !== undefined) return invalid('input', 'Together these words make an event of more than 64 KiB. Shorten them.');
        const result = await appendUntilDefinite(store, stream, record.version, events, isClosed);
        if (result.outcome === 'stored') return accepted(register, record, events, result.position);
        if (result.outcome === 'refused') return { outcome: 'unavailable', sentence: `Nothing was written: ${result.reason}.` };
      } finally {
        undecided -= 1;
      }
    }
    return { outcome: 'conflict', sentence: 'Others keep writing to this record. Read it again and send the command anew.' };
  }

  /** Everything between loading and writing: who may, what the envelope says, what the register means. */
  async function decide(
    register: Register,
    record: LoadedRecord,
    opens: boolean,
    submission: Submission,
  ): Promise<Decided | Outcome> {
    const { command, envelope, caller } = submission;
    const stamped = stamp();
    const today = londonDayOf(stamped);
    const badShape = checkEnvelope(submission);
    if (badShape !== null) return badShape;
    const effectiveOn = effectiveDayOf(envelope) ?? today;

    const state = stateBefore(register, record.events, effectiveOn, envelope.before);
    const now = fold(register, amend(register, record.events));
    const owner = register.ownerOf(state) ?? register.ownerOf(now);

    const by = await actingBy(submission);
    if (by === 'unknown') return refused(refuse('UNKNOWN_POST', { field: 'by', values: { post: envelope.by ?? '' } }));
    const rule = ruleFor(register, command.type);
    const verdict = by === null ? 'yes' : mayIssue(rule, { post: caller.post, capacity: caller.capacity }, by, owner);
    if (verdict === 'no') return forbidden(register, command.type, rule, caller.post);
    if (verdict === 'needs-authority' && envelope.authority === undefined) return refused(refuse('AUTHORITY_NEEDED', { field: 'authority' }));

    const links = await findLinks(register, state, submission, effectiveOn);
    if (envelope.authority !== undefined && envelope.authority !== 'notStated' && 'meeting' in envelope.authority) {
      const { meeting } = envelope.authority;
      if ((await find('meetings', meeting, submission, effectiveOn)) === null)
        return refused(refuse('UNKNOWN_MEETING', { field: 'authority.meeting', values: { meeting } }));
    }
    if (envelope.before !== undefined && !standsOn(register, record.events, envelope.before, effectiveOn))
      return refused(refuse('UNKNOWN_BEFORE', { field: 'before' }));

    const party = await partyOf(by, submission, effectiveOn);
    const ownerHeldBy = await holdersOf(owner, effectiveOn);
    const decision: DecisionContext = {
      today,
      effectiveOn,
      envelope,
      ...(party === undefined ? {} : { by: party }),
      enteredBy: { post: caller.post, person: caller.person },
      ownerHeldBy,
      imported: submission.importId !== undefined,
      links,
    };
    const result = isRecordCommand(command)
      ? decideForRecord(register, record.events, command, decision)
      : register.decide(state, command, decision);
    if ('refusal' in result) return refused(result.refusal);
    if (result.events.length === 0) return refused(refuse('NOTHING_CHANGES'));

    const drafts = result.events.map((draft) => ({ draft, kind: kindOf(register, draft.type) }));
    const first = drafts[0]!;
    if (effectiveOn > today && !first.kind.forwardDated)
      return refused(refuse('EFFECTIVE_IN_FUTURE', { field: envelope.dated === undefined ? 'effectiveOn' : 'dated.to', values: { today } }));
    const delay = daysBetween(effectiveOn, today);
    if (submission.importId === undefined && envelope.reason === undefined && delay > register.lateAfterDays && !isAmendment(first.draft))
      return refused(refuse('LATE_NEEDS_REASON', { field: 'reason', values: { delay, allowed: register.lateAfterDays } }));

    const illegal = illegality(register, record, drafts, { stamped, effectiveOn, submission, party, ownerHeldBy });
    if (illegal !== null) return refused(illegal);
    if (opens) {
      const { reference } = result;
      if (reference === undefined) throw new Error(`${command.type} opens a record without asking for a reference`);
      const ref = await reserved.reserve(reference, record.stream);
      if (ref === null) return refused(refuse('REFERENCE_TAKEN', { field: 'as', values: { ref: reference.stem } }));
      drafts[0] = { ...first, draft: { ...first.draft, facts: { ...first.draft.facts, ref } } };
    }
    return { drafts, stamped, effectiveOn, party, ownerHeldBy, recordMarking: markingOf(record) };
  }

  function write(record: LoadedRecord, decided: Decided, submission: Submission): WrittenEvent[] {
    const { envelope, importId } = submission;
    const correlation = ids.uuid();
    const events: WrittenEvent[] = [];
    for (const { draft, kind } of decided.drafts) {
      const isFirst = events.length === 0;
      events.push(
        writeEvent(
          {
            kind,
            stream: record.stream,
            stamped: decided.stamped,
            stated: envelope.stated,
            effectiveOn: decided.effectiveOn,
            dated: envelope.dated,
            before: isFirst ? envelope.before : undefined,
            marking: markingFor(draft, submission, decided.recordMarking),
            facts: draft.facts,
            actor: actorOf(decided, submission),
            publishedOn: envelope.source?.publishedOn,
            ctl: {
              version: record.version + events.length + 1,
              previous: events.at(-1)?.commitment ?? record.previous,
              correlation,
              command: {
                name: submission.command.type,
                id: envelope.commandId,
                ...(importId === undefined ? {} : { import: importId }),
              },
            },
            commandBody: isFirst ? bodyOf(submission) : undefined,
            texts: {
              reason: envelope.reason,
              document: envelope.source?.document,
              paragraph: envelope.source?.paragraph,
              quote: envelope.source?.quote,
              ...draft.texts,
            },
            persons: draft.persons ?? {},
            person: typeof draft.facts['ref'] === 'string' ? draft.facts['ref'] : undefined,
          },
          { keys, ids },
        ),
      );
    }
    return events;
  }

  /** The refusal if a new event is not legal where it falls, or makes a later one that was legal impossible. */
  function illegality(
    register: Register,
    record: LoadedRecord,
    drafts: Decided['drafts'],
    at: {
      stamped: string;
      effectiveOn: CivilDate;
      submission: Submission;
      party: Party | undefined;
      ownerHeldBy: readonly string[];
    },
  ): Refusal | null {
    const { envelope } = at.submission;
    const added = drafts.map(
      ({ draft, kind }, index): RecordEvent => ({
        id: `undecided-${index}`,
        register: register.name,
        type: draft.type,
        schema: kind.schema,
        stream: record.stream,
        version: record.version + index + 1,
        stamped: at.stamped,
        effectiveOn: at.effectiveOn,
        ...(envelope.dated === undefined ? {} : { dated: envelope.dated }),
        ...(envelope.before === undefined || index > 0 ? {} : { before: envelope.before }),
        marking: OFFICIAL_OPEN,
        facts: draft.facts,
        texts: Object.fromEntries(
          Object.keys(draft.texts ?? {}).map((field) => [field, { event: `undecided-${index}`, part: `text/${field}` as const }]),
        ),
        actor: actorOf({ party: at.party, ownerHeldBy: at.ownerHeldBy }, at.submission),
      }),
    );
    const after = [...record.events, ...added];
    for (const event of added) {
      if (isCommonFact(event)) continue;
      const verdict = isLegal(register, after, event.id);
      if (verdict !== null) return verdict;
    }
    const broken = firstIllegal(register, record.events, after);
    if (broken === null) return null;
    return refuse('WOULD_CONTRADICT', {
      values: {
        type: broken.event.type,
        effectiveOn: broken.event.effectiveOn,
        event: broken.event.id,
        why: broken.refusal.sentence,
      },
    });
  }

  function repeated(register: Register, record: LoadedRecord, earlier: AcceptedCommand, submission: Submission): Outcome {
    if (earlier.digest !== undefined && !sameBody(earlier.digest, submission))
      return refused(refuse('COMMAND_ID_REUSED', { field: 'commandId' }));
    return {
      outcome: 'accepted',
      ref: refOf(register, record.events),
      stream: record.stream,
      events: earlier.events,
      position: earlier.position,
      stamped: earlier.stamped,
      repeated: true,
    };
  }

  /** True also when the digest's key was destroyed with an erasure: bodies are no longer compared then. */
  function sameBody(digest: NonNullable<AcceptedCommand['digest']>, submission: Submission): boolean {
    const [key] = keys.find([digest.part.key ?? '']);
    if (key === null || key === undefined) return true;
    const { plaintext } = openPart(key, { event: digest.event, part: 'command' }, digest.part.value as string);
    const remembered = JSON.parse(Buffer.from(plaintext).toString('utf8')) as { salt: string; digest: string };
    return digestOf(Buffer.from(remembered.salt, 'base64url'), bodyOf(submission)) === remembered.digest;
  }

  function accepted(register: Register, record: LoadedRecord, events: readonly WrittenEvent[], position: LogPosition): Outcome {
    const all = [...record.events, ...events.map(({ stored }) => recordEventOf(stored))];
    return {
      outcome: 'accepted',
      ref: refOf(register, all),
      stream: record.stream,
      events: events.map(({ id }) => id),
      position,
      stamped: events.at(-1)!.stored.header.stamped,
      repeated: false,
    };
  }

  function newStream(register: Register, submission: Submission): StreamName {
    const scope = scopeOf(submission);
    const digest = createHash('sha256').update(`pgl/stream/v1\0${context.ledgerId}\0${register.name}\0${scope}`).digest('hex');
    return `${register.name}-${digest.slice(0, 32)}`;
  }

  async function streamOf(register: Register, ref: string): Promise<StreamName | null> {
    const series = register.seriesOf(ref);
    if (series === null) return null;
    const stream = await reserved.streamOf(series, ref);
    return stream?.startsWith(`${register.name}-`) ? stream : null;
  }

  async function findLinks(register: Register, state: unknown, submission: Submission, day: CivilDate): Promise<Links> {
    const states = new Map<string, unknown>();
    const wanted = isRecordCommand(submission.command) ? [] : register.links(submission.command, state);
    for (const link of wanted) {
      const key = `${link.register}/${link.ref}`;
      if (!states.has(key)) states.set(key, await find(link.register, link.ref, submission, day));
    }
    return { find: (name, ref) => states.get(`${name}/${ref}`) ?? null };
  }

  /** The state of a linked record on a day, as far as the caller may see it; null if there is none. */
  async function find(name: string, ref: string, submission: Submission, day: CivilDate): Promise<unknown> {
    const register = registers.get(name);
    if (register === undefined) return null;
    const stream = await streamOf(register, ref);
    if (stream === null) return null;
    const record = await loader.load(stream);
    if (!isVisible(register, record, submission)) return null;
    // A record that the ledger knows today may be named for a day before it was entered: the papers are typed in any order.
    const onTheDay = stateBefore(register, record.events, day);
    if (register.refOf(onTheDay) !== null) return onTheDay;
    const now = fold(register, amend(register, record.events));
    return register.refOf(now) === null ? null : now;
  }

  function isVisible(register: Register, record: LoadedRecord, { caller }: Submission): boolean {
    const reader = readerFor(caller.post, caller.capacity);
    if (visibleEvents(record.events, reader.audience).length > 0) return true;
    if (reader.ownsAs === undefined || record.events.length === 0) return false;
    return register.ownerOf(fold(register, amend(register, record.events))) === reader.ownsAs;
  }

  async function actingBy({ envelope, caller, importId }: Submission): Promise<Acting | null | 'unknown'> {
    if (envelope.by === null && importId !== undefined) return null;
    const post = envelope.by ?? caller.post;
    if (post === caller.post) return { post, capacity: caller.capacity };
    const capacity = await capacityOf(post);
    return capacity === null ? 'unknown' : { post, capacity };
  }

  /** Who did it: the caller, or the post that the caller typed it for and the person who alone held it that day. */
  async function partyOf(by: Acting | null, { caller }: Submission, day: CivilDate): Promise<Party | undefined> {
    if (by === null) return undefined;
    if (by.post === caller.post) return { post: caller.post, person: caller.person };
    const [holder, ...others] = await holdersOf(by.post, day);
    return holder === undefined || others.length > 0 ? { post: by.post } : { post: by.post, person: holder };
  }

  async function capacityOf(post: string): Promise<Capacity | null> {
    if (isCapacity(post)) return post;
    const state = await postState(post, londonDayOf(stamp()));
    return state === null ? null : context.posts.capacityOf(state);
  }

  async function holdersOf(post: string | null, day: CivilDate): Promise<readonly string[]> {
    const state = post === null ? null : await postState(post, day);
    return state === null ? [] : context.posts.holdersOn(state, day);
  }

  async function postState(post: string, day: CivilDate): Promise<unknown> {
    const register = registers.get(context.posts.register);
    const stream = register === undefined ? null : await streamOf(register, post);
    if (register === undefined || stream === null) return null;
    const { events } = await loader.load(stream);
    return events.length === 0 ? null : stateBefore(register, events, later(day, events[0]!.effectiveOn));
  }

  return {
    submit,
    isUndecided: () => undecided > 0,
    capacityOf,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close() {
      closed = true;
    },
  };
}

/** How far a command has come, for whoever has waited too long for it. */
interface Progress {
  /** From here on its outcome may be unknown. */
  writing: boolean;
  /** The caller was told that nothing was written, so nothing will be. */
  givenUp: boolean;
}

interface Decided {
  readonly drafts: readonly { readonly draft: Draft; readonly kind: EventKind }[];
  readonly stamped: string;
  readonly effectiveOn: CivilDate;
  readonly party: Party | undefined;
  readonly ownerHeldBy: readonly string[];
  readonly recordMarking: Marking | null;
}

/** State of a record at the end of a day, or just before one of that day's events. */
function stateBefore(register: Register, events: readonly RecordEvent[], day: CivilDate, before?: string): unknown {
  const inForce = amend(register, events).filter((event) => event.effectiveOn <= day);
  const end = before === undefined ? -1 : inForce.findIndex((event) => event.id === before);
  return fold(register, end < 0 ? inForce : inForce.slice(0, end));
}

function standsOn(register: Register, events: readonly RecordEvent[], id: string, day: CivilDate): boolean {
  return amend(register, events).some((event) => event.id === id && event.effectiveOn === day);
}

function refOf(register: Register, events: readonly RecordEvent[]): string {
  const opening = events.find((event) => register.opening.includes(event.type));
  return String(opening?.facts['ref'] ?? '');
}

function ruleFor(register: Register, command: string): MayIssue | undefined {
  return (register.mayIssue as Record<string, MayIssue>)[command] ?? (mayIssueForRecord as Record<string, MayIssue>)[command];
}

function kindOf(register: Register, type: string): EventKind {
  const kinds = register.kinds.filter((kind) => kind.type === type).sort((a, b) => b.schema - a.schema);
  if (kinds[0] === undefined) throw new Error(`${register.name} declares no kind ${type}`);
  return kinds[0];
}

function isAmendment(draft: Draft): boolean {
  return isCommonFact({ type: draft.type } as RecordEvent);
}

/** The marking of the record as it stands today; null before it is opened. */
function markingOf(record: LoadedRecord): Marking | null {
  const opening = record.events[0];
  return opening === undefined ? null : (visibilityOf(record.events).get(opening.id)?.marking ?? null);
}

function markingFor(draft: Draft, { envelope }: Submission, record: Marking | null): Marking {
  const own = draft.marking ?? envelope.marking ?? OFFICIAL_OPEN;
  return record === null ? own : stricter(own, record);
}

function actorOf(decided: { party: Party | undefined; ownerHeldBy: readonly string[] }, { envelope, caller }: Submission): Actor {
  return {
    ...(decided.party === undefined ? {} : { by: decided.party }),
    enteredBy: { post: caller.post, person: caller.person },
    ...(envelope.authority === undefined ? {} : { authority: envelope.authority }),
    ...(decided.ownerHeldBy.length === 0 ? {} : { ownerHeldBy: decided.ownerHeldBy }),
  };
}

function scopeOf({ command, envelope, caller, importId }: Submission): string {
  return commandScope(command.type, importId === undefined ? caller : { import: importId }, envelope.commandId);
}

/** The command and its envelope as one value, without the id that it is remembered under. */
function bodyOf({ command, envelope }: Submission): JsonValue {
  return JSON.parse(canonicalJson({ command, envelope: { ...envelope, commandId: undefined } })) as JsonValue;
}

function later(a: CivilDate, b: CivilDate): CivilDate {
  return a < b ? b : a;
}

function refused(refusal: Refusal): Outcome {
  return { outcome: 'refused', refusal };
}

function invalid(field: string, sentence: string): Outcome {
  return { outcome: 'invalid', field, sentence };
}

function forbidden(register: Register, command: string, rule: MayIssue | undefined, post: string): Outcome {
  const who =
    rule === 'OWNER'
      ? `the post that owns the ${register.singular}`
      : rule === 'ANY_WRITER'
        ? 'a post that writes'
        : (rule ?? []).join(' or ');
  return {
    outcome: 'forbidden',
    sentence: `${command} is for ${who}, or an OPCC officer who types it for them with the authority; you act as ${post}.`,
  };
}

function stopping(): Outcome {
  return { outcome: 'unavailable', sentence: 'This process is stopping. Nothing was written. Send the same command again.' };
}

async function withinTime(run: Promise<Outcome>, milliseconds: number, sentence: () => string): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'unavailable', sentence: sentence() }), milliseconds);
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}
