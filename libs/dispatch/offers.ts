import { CAPACITIES, isCapacity, mayIssue, type Acting } from '../access/index.ts';
import { kindSpelt, RECORD_KINDS, type CommandDeclaration, type DeclaredRegister } from '../declarations/index.ts';
import { StoreDamaged } from '../event-store/index.ts';
import {
  instantOf,
  type Clock,
  type Command,
  type CommandEnvelope,
  type MayIssue,
  type RecordEvent,
  type Refusal,
  type StreamName,
  registerOfStream,
} from '../ledger/index.ts';
import { isRecordCommand, namable, RECORD_COMMANDS } from '../records/index.ts';
import { Recent } from '../recent/index.ts';
import { ruleFor, whyNotNow } from './decide.ts';
import { eventsSeenBy, foldOf, grown, ownersNow, remember, stateNow } from './folds.ts';
import type { Posts } from './posts.ts';
import type { KnownRecord } from './records.ts';
import type { Caller, Outcome, Submission } from './submission.ts';
import { surroundings } from './surroundings.ts';

/** What reading holds of records, whoever may see them. Asks no store. */
export interface RecordsRead {
  /** How far reading has come: the same object as long as all that is asked here has the same answers. */
  readonly checkpoint: object | null;
  /** The stream of the record that bears a reference, or null. */
  bearerOf(register: string, ref: string): StreamName | null;
  /** The streams of all records of a register whose references read so. */
  bearersOf(register: string, spelling: RegExp): readonly StreamName[];
  /** The events of a stream after the first so many; null where one of the record cannot be read or applied. */
  eventsAfter(stream: StreamName, version: number): readonly RecordEvent[] | null;
  /** Is it still to be marked because of another record? */
  isWithheld(stream: StreamName): boolean;
}

export interface OffersContext {
  readonly registers: readonly DeclaredRegister[];
  readonly posts: Posts;
  readonly read: RecordsRead;
  readonly clock: Pick<Clock, 'now'>;
}

/** A command, and whether somebody may give it now. */
export interface Offer {
  readonly command: CommandDeclaration;
  /** Why not: `FORBIDDEN`, or the code with which it would be refused. Null: it may be given. */
  readonly whyNot: Refusal | null;
  /** Whoever asks may give it in their own post. */
  readonly inOwnPost: boolean;
  /** They may type it for a post that gives it, which they name in `by`, with its authority. */
  readonly forAnother: boolean;
}

/** Answers of each kind, and records of which the events are there, that are kept between two questions. */
const KEPT = 2_000;
const NOBODY_HAS_SENT_IT = '00000000-0000-0000-0000-000000000000';
/** Words and references that are needed are taken as given: whoever fills in the form gives them. */
const GIVEN: CommandEnvelope = {
  commandId: NOBODY_HAS_SENT_IT,
  reason: 'Given.',
  authority: { delegation: 'given' },
};
/** Of what is still to be filled in: a document is an authority for all of it, the word of a body outside among it. Whether it is there is not asked yet. */
const GIVEN_IN_PART: CommandEnvelope = { ...GIVEN, authority: { document: 'given' } };

/**
 * Which commands somebody may give now: on a record, or of those that open one. Decided as dispatch decides them, today and before anything is
 * filled in, on what that somebody may see and on nothing else: so no offer tells of what is hidden, and a record that they may not
 * see answers nothing.
 *
 * What is offered can still be refused: for what it says (its fields, its day, the records that it names, the event or the post that it names
 * where only some will do, its authority), for what others write in between, and for a fact that the caller may not see. What is
 * not offered is refused by dispatch too, unless a hidden fact lets it pass.
 */
export function offering({ registers, posts, read, clock }: OffersContext) {
  const byName = new Map(registers.map((register) => [register.name, register]));
  const kept = new Recent<StreamName, KnownRecord>(KEPT);
  // One page asks twice, of every post there is each time: nearly always nothing was written in between.
  const recordIn = untilMoreIsRead(readOf);
  const bearer = untilMoreIsRead(
    (ref) => registers.map(({ name }) => read.bearerOf(name, ref)).find((one) => one !== null) ?? null,
  );
  const streamsOfPosts = untilMoreIsRead(() => read.bearersOf(posts.register, RECORD_KINDS.post.spelling));
  const isWithheld = untilMoreIsRead((stream) => read.isWithheld(stream));

  /** Asks again only when reading has taken in more. */
  function untilMoreIsRead<Answer>(ask: (name: string) => Answer): (name?: string) => Answer {
    const answers = new Recent<string, { readonly answer: Answer }>(KEPT);
    let upTo: object | null = null;
    return (name = '') => {
      if (upTo !== read.checkpoint) answers.clear();
      upTo = read.checkpoint;
      const found = answers.get(name) ?? { answer: ask(name) };
      answers.set(name, found);
      return found.answer;
    };
  }

  /** The events of a stream as reading has them, after those that were read before. */
  function readOf(stream: StreamName): KnownRecord {
    const before = kept.get(stream) ?? { stream, version: 0, events: [] };
    const more = read.eventsAfter(stream, before.version);
    if (more === null) throw new StoreDamaged(`not all of ${stream} can be read`);
    const record = more.length === 0 ? before : withMore(before, more);
    kept.set(stream, record);
    return record;
  }

  function withMore({ stream, version, events }: KnownRecord, more: readonly RecordEvent[]): KnownRecord {
    const register = byName.get(registerOfStream(stream))!;
    const fold = remember(grown(register, foldOf(register, events), more));
    return { stream, version: version + more.length, events: fold.events };
  }

  /** What one question reads it reads once, however many commands it is about. */
  function asking(caller: Caller) {
    const stamped = instantOf(clock.now());
    const load = once((stream: StreamName) => Promise.resolve().then(() => recordIn(stream)));
    const around = surroundings({
      registers: byName,
      loader: { load },
      posts,
      seenBy: caller,
      stamp: () => stamped,
      // Nothing is written by what is offered.
      lastEventBy: () => Promise.resolve(null),
      arisen: { isWithheld: (_, { stream }) => Promise.resolve(isWithheld(stream)) },
      reserved: {
        streamOf: (_, ref) => Promise.resolve(bearer(ref)),
        streamsOf: () => Promise.resolve(streamsOfPosts()),
      },
      // Only sending tells whose a subject is: nobody reads one.
      known: {
        behind: () => Promise.resolve({ heldBy: null, isCallers: false }),
        isKnown: () => Promise.resolve(false),
        wouldBringBackAnothers: () => Promise.resolve(false),
      },
    });

    /** Every post that acts in a capacity: those that every ledger knows, and those of the directory. */
    const acting = once(async (): Promise<readonly Acting[]> => {
      const found: Acting[] = CAPACITIES.map((capacity) => ({ post: capacity, capacity }));
      const directory = byName.get(posts.register);
      for (const stream of streamsOfPosts()) {
        const post = directory === undefined ? null : posts.postIn(stateNow(directory, (await load(stream)).events));
        const [capacity] = post === null || isCapacity(post) ? [] : await around.capacitiesOf([post]);
        if (post !== null && capacity !== undefined && capacity !== null) found.push({ post, capacity });
      }
      return found;
    });
    return { caller, stamped, load, around, acting };
  }
  type Asking = ReturnType<typeof asking>;

  /** Null for a record that is not there, not for the caller, or not to be read. */
  return async function offersTo(caller: Caller, ref: string | null): Promise<readonly Offer[] | null> {
    try {
      return ref === null ? await openings(asking(caller)) : await onRecord(asking(caller), ref);
    } catch (cause) {
      if (cause instanceof StoreDamaged) return null;
      throw cause;
    }
  };

  async function openings(at: Asking): Promise<readonly Offer[]> {
    const offers: Offer[] = [];
    for (const register of registers)
      for (const command of register.commands.filter(({ opens }) => opens !== undefined))
        offers.push(await offerOf(register, { stream: `${register.name}-`, version: 0, events: [] }, command, at));
    return offers;
  }

  async function onRecord(at: Asking, ref: string): Promise<readonly Offer[] | null> {
    const kind = kindSpelt(ref);
    const register = kind === null ? undefined : byName.get(RECORD_KINDS[kind].register);
    const stream = register === undefined ? null : read.bearerOf(register.name, ref);
    if (register === undefined || stream === null) return null;
    const { caller } = at;
    const whole = await at.load(stream);
    if (!(await at.around.isThereFor(caller, register, whole))) return null;
    const record = { ...whole, events: eventsSeenBy(register, whole, caller) ?? whole.events };
    const own = register.commands.filter(({ about }) => about === kind);
    const offers: Offer[] = [];
    for (const command of [...own, ...RECORD_COMMANDS].filter(({ mayIssue: rule }) => rule !== 'OPERATOR'))
      offers.push(await offerOf(register, record, command, at, ref));
    return offers;
  }

  async function offerOf(
    register: DeclaredRegister,
    record: KnownRecord,
    command: CommandDeclaration,
    at: Asking,
    ref?: string,
  ): Promise<Offer> {
    const asked = { register, record, at, sayings: sayingsOf(register, record.events, command, ref) };
    const own = await whyNotAny(asked);
    const typed = await whyNotForAnother(asked, register.separation?.ends[command.type] !== undefined);
    const may = own === null || typed === null;
    return {
      command,
      whyNot: may ? null : clearer(typed, own),
      inOwnPost: own === null,
      forAnother: typed === null,
    };
  }

  /**
   * Why none of these may be typed for anybody, undefined where there is nobody to type it for. Only to what ends a record as done does it matter
   * which of the posts does it.
   */
  async function whyNotForAnother(asked: Asked, matters: boolean): Promise<Refusal | null | undefined> {
    let whyNot: Refusal | undefined;
    for (const { post } of await postsTypedFor(asked)) {
      const found = await whyNotAny(asked, post);
      if (found === null) return null;
      whyNot = clearer(whyNot, found);
      if (found.code !== FORBIDDEN && !matters) break;
    }
    return whyNot;
  }

  /** Why none of these may be given, in that post or in the caller's own; null when one may. */
  async function whyNotAny({ register, record, at, sayings }: Asked, by?: string): Promise<Refusal | null> {
    const { caller, stamped, around } = at;
    const refusedBy = new Set<MayIssue | undefined>();
    let whyNot: Refusal | undefined;
    for (const { said, isWhole } of sayings) {
      const rule = ruleFor(register, said, record.events);
      if (refusedBy.has(rule)) continue;
      const given = isWhole ? GIVEN : GIVEN_IN_PART;
      const envelope = by === undefined ? given : { ...given, by };
      const submission: Submission = { register: register.name, command: said, envelope, caller };
      const outcome = await whyNotNow(register, record, submission, isWhole, stamped, around);
      if (outcome === null) return null;
      whyNot = clearer(whyNot, refusalIn(outcome));
      // The same for whatever else it may say.
      if (outcome.outcome === 'forbidden' || (!isWhole && register.inOwnCause === undefined)) refusedBy.add(rule);
    }
    return whyNot ?? null;
  }

  /** Posts for which the caller might type one of these. */
  async function postsTypedFor({ register, record, at, sayings }: Asked): Promise<readonly Acting[]> {
    const { caller } = at;
    if (!TYPISTS.includes(caller.capacity)) return [];
    const owners = ownersNow(register, record.events);
    const rules = [...new Set(sayings.map(({ said }) => ruleFor(register, said, record.events)))];
    return (await at.acting()).filter(
      (by) =>
        by.post !== caller.post && rules.some((rule) => mayIssue(rule, caller, by, owners, ['commissioner']) !== 'no'),
    );
  }

  /** One command in all that it may say as far as that decides who may give it. */
  interface Asked {
    readonly register: DeclaredRegister;
    readonly record: KnownRecord;
    readonly at: Asking;
    readonly sayings: readonly Saying[];
  }
}

/** Asked again with the same name, it answers as it did. */
function once<Answer>(ask: (name: string) => Promise<Answer>): (name?: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (name = '') => {
    const answer = answers.get(name) ?? ask(name);
    answers.set(name, answer);
    return answer;
  };
}

interface Saying {
  readonly said: Command;
  /** Nothing is left to be filled in. */
  readonly isWhole: boolean;
}

/** What a command may say: the events and fields of the record that it may name, and where it depends on what it says who may, that. */
function sayingsOf(
  register: DeclaredRegister,
  events: readonly RecordEvent[],
  { type, fields }: CommandDeclaration,
  ref: string | undefined,
): readonly Saying[] {
  const bare = { type, ...(ref === undefined ? {} : { ref }) };
  const said: readonly object[] = isRecordCommand(bare)
    ? namable(register, events, bare.type)
    : [{}, ...(register.mayIssueThis === undefined ? [] : choicesAmong(fields))];
  const sayings = said.map((more) => ({
    said: { ...bare, ...more },
    isWhole: Object.keys(fields).every((field) => Object.hasOwn(more, field)),
  }));
  const depends = register.mayIssueThis !== undefined || register.inOwnCause !== undefined;
  return depends || sayings[0]?.isWhole === true ? sayings : sayings.slice(0, 1);
}

function choicesAmong(fields: CommandDeclaration['fields']): readonly object[] {
  return Object.entries(fields).flatMap(([field, shape]) =>
    shape.kind === 'oneOf' ? Object.keys(shape.members).map((member) => ({ [field]: member })) : [],
  );
}

const FORBIDDEN = 'FORBIDDEN';
/** In these capacities one types for others what is not the own post's to do. */
const TYPISTS: readonly string[] = ['opcc-officer', 'monitoring-officer'];

function refusalIn(outcome: Outcome): Refusal {
  if (outcome.outcome === 'refused') return outcome.refusal;
  if (outcome.outcome === 'forbidden') return { code: FORBIDDEN, sentence: outcome.sentence };
  throw new Error(`what nobody has filled in is ${outcome.outcome}`);
}

/** The refusal that tells more: whose command it is matters less than why nobody may give it. */
function clearer(one: Refusal | undefined, other: Refusal): Refusal {
  return one === undefined || one.code === FORBIDDEN ? other : one;
}
