import { isCapacity, mayIssue, WRITING_CAPACITIES, type Acting } from '../access/index.ts';
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
} from '../ledger/index.ts';
import { isRecordCommand, namable, RECORD_COMMANDS } from '../records/index.ts';
import { Recent } from '../recent/index.ts';
import { ruleFor, whyNotNow } from './decide.ts';
import { eventsSeenBy, foldOf, grown, ownerNow, remember, stateNow } from './folds.ts';
import type { Posts } from './posts.ts';
import type { KnownRecord } from './records.ts';
import type { Caller, Outcome, Submission } from './submission.ts';
import { surroundings } from './surroundings.ts';

/** What reading holds of records, whoever may see them. Asks no store. */
export interface RecordsRead {
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

/** Records of which the events are kept between two questions. */
const KEPT = 2_000;
const NOBODY_HAS_SENT_IT = '00000000-0000-0000-0000-000000000000';
/** Words and references that are needed are taken as given: whoever fills in the form gives them. */
const GIVEN: CommandEnvelope = {
  commandId: NOBODY_HAS_SENT_IT,
  reason: 'Given.',
  authority: { delegation: 'given' },
};

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

  const loader = {
    async load(stream: StreamName): Promise<KnownRecord> {
      const before = kept.get(stream) ?? { stream, version: 0, events: [] };
      const more = read.eventsAfter(stream, before.version);
      if (more === null) throw new StoreDamaged(`not all of ${stream} can be read`);
      const record = more.length === 0 ? before : withMore(before, more);
      kept.set(stream, record);
      return record;
    },
  };

  function withMore({ stream, version, events }: KnownRecord, more: readonly RecordEvent[]): KnownRecord {
    const register = byName.get(stream.slice(0, stream.indexOf('-')))!;
    const fold = remember(grown(register, foldOf(register, events), more));
    return { stream, version: version + more.length, events: fold.events };
  }

  function around(seenBy: Caller) {
    return surroundings({
      registers: byName,
      loader,
      posts,
      seenBy,
      stamp: () => instantOf(clock.now()),
      arisen: { isWithheld: (_, { stream }) => Promise.resolve(read.isWithheld(stream)) },
      reserved: {
        streamOf: (_, ref) =>
          Promise.resolve(registers.map(({ name }) => read.bearerOf(name, ref)).find((one) => one !== null) ?? null),
        streamsOf: () => Promise.resolve(read.bearersOf(posts.register, RECORD_KINDS.post.spelling)),
      },
      // Only sending tells whose a subject is: nobody reads one.
      known: {
        behind: () => Promise.resolve({ heldBy: null, isCallers: false }),
        isKnown: () => Promise.resolve(false),
        wouldBringBackAnothers: () => Promise.resolve(false),
      },
    });
  }

  /** Null for a record that is not there, not for the caller, or not to be read. */
  return async function offersTo(caller: Caller, ref: string | null): Promise<readonly Offer[] | null> {
    try {
      return ref === null ? await openings(caller) : await onRecord(caller, ref);
    } catch (cause) {
      if (cause instanceof StoreDamaged) return null;
      throw cause;
    }
  };

  async function openings(caller: Caller): Promise<readonly Offer[]> {
    const offers: Offer[] = [];
    for (const register of registers)
      for (const command of register.commands.filter(({ opens }) => opens !== undefined))
        offers.push(await offerOf(register, { stream: `${register.name}-`, version: 0, events: [] }, command, caller));
    return offers;
  }

  async function onRecord(caller: Caller, ref: string): Promise<readonly Offer[] | null> {
    const kind = kindSpelt(ref);
    const register = kind === null ? undefined : byName.get(RECORD_KINDS[kind].register);
    const stream = register === undefined ? null : read.bearerOf(register.name, ref);
    if (register === undefined || stream === null) return null;
    const whole = await loader.load(stream);
    if (!(await around(caller).isThereFor(caller, register, whole))) return null;
    const record = { ...whole, events: eventsSeenBy(register, whole, caller) ?? whole.events };
    const own = register.commands.filter(({ about }) => about === kind);
    const offers: Offer[] = [];
    for (const command of [...own, ...RECORD_COMMANDS].filter(({ mayIssue: rule }) => rule !== 'OPERATOR'))
      offers.push(await offerOf(register, record, command, caller, ref));
    return offers;
  }

  async function offerOf(
    register: DeclaredRegister,
    record: KnownRecord,
    command: CommandDeclaration,
    caller: Caller,
    ref?: string,
  ): Promise<Offer> {
    const asked = { register, record, caller, sayings: sayingsOf(register, record.events, command, ref) };
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
  async function whyNotAny({ register, record, caller, sayings }: Asked, by?: string): Promise<Refusal | null> {
    const refusedBy = new Set<MayIssue | undefined>();
    let whyNot: Refusal | undefined;
    for (const { said, isWhole } of sayings) {
      const rule = ruleFor(register, said, record.events);
      if (refusedBy.has(rule)) continue;
      const envelope = by === undefined ? GIVEN : { ...GIVEN, by };
      const submission: Submission = { register: register.name, command: said, envelope, caller };
      const stamped = instantOf(clock.now());
      const outcome = await whyNotNow(register, record, submission, isWhole, stamped, around(caller));
      if (outcome === null) return null;
      whyNot = clearer(whyNot, refusalIn(outcome));
      // The same for whatever else it may say.
      if (outcome.outcome === 'forbidden' || (!isWhole && register.inOwnCause === undefined)) refusedBy.add(rule);
    }
    return whyNot ?? null;
  }

  /** Posts for which the caller might type one of these: the owner's, those that every ledger knows, and those of the directory. */
  async function postsTypedFor({ register, record, caller, sayings }: Asked): Promise<readonly Acting[]> {
    if (!TYPISTS.includes(caller.capacity)) return [];
    const owner = ownerNow(register, record.events);
    const rules = [...new Set(sayings.map(({ said }) => ruleFor(register, said, record.events)))];
    const acting: Acting[] = WRITING_CAPACITIES.map((capacity) => ({ post: capacity, capacity }));
    const seen = around(caller);
    const directory = byName.get(posts.register);
    for (const stream of read.bearersOf(posts.register, RECORD_KINDS.post.spelling)) {
      const post =
        directory === undefined ? null : posts.postIn(stateNow(directory, (await loader.load(stream)).events));
      const [capacity] = post === null || isCapacity(post) ? [] : await seen.capacitiesOf([post]);
      if (post !== null && capacity !== undefined && capacity !== null) acting.push({ post, capacity });
    }
    return acting.filter(
      (by) =>
        by.post !== caller.post && rules.some((rule) => mayIssue(rule, caller, by, owner, ['commissioner']) !== 'no'),
    );
  }
}

/** One command in all that it may say as far as that decides who may give it. */
interface Asked {
  readonly register: DeclaredRegister;
  readonly record: KnownRecord;
  readonly caller: Caller;
  readonly sayings: readonly Saying[];
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
  return said.map((more) => ({
    said: { ...bare, ...more },
    isWhole: Object.keys(fields).every((field) => Object.hasOwn(more, field)),
  }));
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
