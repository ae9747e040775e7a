import { Buffer } from 'node:buffer';
import { isCapacity } from '../access/index.ts';
import {
  EventDamaged,
  readLogged,
  strayIn,
  type EventStore,
  type LoggedEvent,
  type LogPosition,
} from '../event-store/index.ts';
import { openPart, type KeyStore, type PartKey } from '../keys/index.ts';
import {
  canonicalJson,
  firstInstantOf,
  isCommonFact,
  isProven,
  isRestricted,
  later,
  londonDayOf,
  REFERENCE_RESERVED,
  type EventHeader,
  type EventId,
  type Instant,
  type JsonValue,
  type Policy,
  type RecordEvent,
  type Register,
  type StoredEvent,
  registerOfStream,
} from '../ledger/index.ts';
import { BEGINNING_OF_KNOWLEDGE, type KnownEvent } from '../timeline/index.ts';
import { Arising } from './arising.ts';
import { belongsTo } from './scope.ts';
import { dayNumberOf } from './interval-tree.ts';
import { namesIn } from './links.ts';
import { Openings } from './openings.ts';
import { sortKeyOf, type AnyProjection } from './projection.ts';
import { RecordFold, type LoggedFact, type Placed, type PlacedState } from './record-fold.ts';
import { foundBy } from './questionable.ts';
import { whyApart } from './said-of-facts.ts';
import {
  damagedName,
  isEmpty,
  type Checkpoint,
  type LogEventRow,
  type PlacedBounds,
  type Tables,
  type TextRow,
} from './tables.ts';

/** Events kept in memory: of the records touched last, and during a rebuild of those not yet folded. */
const EVENTS_IN_MEMORY = 100_000;

export interface ProjectorContext {
  readonly registers: readonly Register[];
  readonly projections: readonly AnyProjection[];
  /** What those that mark have still to mark is withheld. */
  readonly policies?: readonly Policy[];
  readonly keys: Pick<KeyStore, 'find' | 'holds'>;
  /** Told of every event that is found to be damaged, by its id. */
  readonly onDamage?: (event: EventId) => void;
  readonly store: Pick<EventStore, 'isBefore'>;
}

/** The row that one projection has for one state of a record, but for its bounds. */
interface DrawnRow {
  readonly projection: AnyProjection;
  readonly sortKey: string;
  readonly declared: readonly (string | number | null)[];
}
/** What the projections make of one state of a record. */
interface Drawing {
  readonly ref: string;
  readonly belongsTo: string | null;
  readonly rows: readonly DrawnRow[];
}
type Fold = RecordFold<Drawing>;

interface KnownRecord {
  readonly record: number;
  readonly register: Register;
  readonly fold: Fold;
  ref: string | null;
  owners: string | null;
  belongsTo: string | null;
  isParked: boolean;
}

/** An event of the log as it was read: null where it is not what was written there. */
interface Read {
  readonly logged: LoggedEvent;
  readonly register: Register | null;
  found: { readonly stored: StoredEvent; readonly event: RecordEvent } | null;
  /** A whole event that stands in its place. */
  readonly stray: Pick<EventHeader, 'id' | 'stream'> | null;
  readonly words: Pick<TextRow, 'part' | 'restricted' | 'content'>[];
}

interface Known {
  readonly record: number;
  readonly events: number;
}

interface Logged {
  readonly stream: string;
  readonly register: Register;
  readonly fact: LoggedFact;
}

/** Words under a key, and where they stand. */
interface Sealed extends Pick<TextRow, 'part' | 'restricted'> {
  readonly of: Read;
  readonly key: string;
  readonly value: string;
}

const NOWHERE: Checkpoint = {
  sequence: 0,
  position: '',
  recordedAt: BEGINNING_OF_KNOWLEDGE,
  knownTo: BEGINNING_OF_KNOWLEDGE,
  resume: '',
};

/** Turns the log into rows of one set of tables. Knows nothing of following, swapping or asking. */
export class Projector {
  readonly tables: Tables;
  readonly #context: ProjectorContext;
  readonly #registers: ReadonlyMap<string, Register>;
  readonly #projections: ReadonlyMap<string, readonly AnyProjection[]>;
  /** Records touched lately, the last one last. */
  #known = new Map<string, KnownRecord>();
  #knownEvents = 0;
  #checkpoint: Checkpoint;
  readonly #arising: Arising;
  readonly #openings: Openings;
  /** Records of a bulk load that are to be folded. Events that were too many to keep stand as their number. */
  readonly #waiting = new Map<string, { readonly register: Register; readonly facts: (LoggedFact | number)[] }>();
  #waitingEvents = 0;
  /** Whole events that were met in the place of others. */
  readonly #strays: (Pick<EventHeader, 'id' | 'stream'> & {
    readonly sequence: number;
    readonly recordedAt: Instant;
  })[] = [];

  constructor(tables: Tables, context: ProjectorContext) {
    this.tables = tables;
    this.#context = context;
    this.#registers = new Map(context.registers.map((register) => [register.name, register]));
    this.#projections = new Map(
      context.registers.map(({ name }) => [name, context.projections.filter(({ register }) => register === name)]),
    );
    const policies = context.policies ?? [];
    this.#arising = new Arising(
      tables,
      policies.filter((policy) => 'marks' in policy),
    );
    this.#openings = new Openings(
      tables,
      policies.filter((policy) => 'opens' in policy),
    );
    this.#checkpoint = tables.checkpoint() ?? NOWHERE;
  }

  /** How far the rows go; null before the first event. */
  get checkpoint(): Checkpoint | null {
    return this.#checkpoint === NOWHERE ? null : this.#checkpoint;
  }

  /**
   * Brings the next events of the log into the tables: rows and checkpoint in one transaction, so that a crash doubles and
   * loses nothing. Events that are in already are passed over.
   */
  apply(events: readonly LoggedEvent[]): void {
    this.#atOnce(() => {
      const touched = new Map<string, { readonly register: Register; readonly facts: LoggedFact[] }>();
      const logged = this.#log(this.#unseen(events), (stream) => this.#countOf(stream));
      for (const { stream, register, fact } of [...logged, ...this.#lacking()]) {
        const entry = touched.get(stream);
        if (entry === undefined) touched.set(stream, { register, facts: [fact] });
        else entry.facts.push(fact);
      }
      for (const [stream, { register, facts }] of touched) {
        const known = this.#recall(stream) ?? this.#newRecord(register, facts);
        this.#advance(stream, known, facts);
        this.#remember(stream, known, facts.length);
      }
      this.#arising.settle();
      this.#openings.settle();
      this.#saveCheckpoint();
    });
  }

  /** Nothing of this ledger stands before that position: following may go on from there. */
  reached(position: LogPosition): void {
    if (this.#checkpoint === NOWHERE) return;
    this.#atOnce(() => {
      this.#checkpoint = { ...this.#checkpoint, resume: position };
      this.#saveCheckpoint();
    });
  }

  /** Bulk load, first part: logs events without folding their records. Call {@link foldSome} until it says that all are. */
  load(events: readonly LoggedEvent[]): void {
    this.#atOnce(() => {
      for (const { stream, register, fact } of this.#log(events, (stream) => this.#countOfWaiting(stream))) {
        let entry = this.#waiting.get(stream);
        if (entry === undefined) this.#waiting.set(stream, (entry = { register, facts: [] }));
        entry.facts.push((this.#waitingEvents += 1) <= EVENTS_IN_MEMORY ? fact : fact.sequence);
      }
    });
  }

  /** Bulk load, second part: folds the next records, of about `events` events. True when none is left. */
  foldSome(events: number): boolean {
    this.#atOnce(() => {
      for (const { stream, register, fact } of this.#lacking()) {
        const entry = this.#waiting.get(stream);
        if (entry === undefined) this.#waiting.set(stream, { register, facts: [fact] });
        else entry.facts.push(fact);
      }
      let folded = 0;
      for (const [stream, { register, facts }] of this.#waiting) {
        const read = facts.map((fact) => (typeof fact === 'number' ? readBack(this.tables.bodyAt(fact)) : fact));
        this.#advance(stream, this.#newRecord(register, read), read);
        this.#waiting.delete(stream);
        if ((folded += facts.length) >= events) break;
      }
      if (this.#waiting.size > 0) return;
      this.#arising.settle();
      this.#openings.settle();
      this.#saveCheckpoint();
    });
    return this.#waiting.size === 0;
  }

  #atOnce(work: () => void): void {
    const before = this.#checkpoint;
    try {
      this.tables.transaction(work);
    } catch (cause) {
      // The folds have gone further than the tables.
      this.#checkpoint = before;
      this.#arising.forget();
      this.#openings.forget();
      this.#known = new Map();
      this.#knownEvents = 0;
      throw cause;
    }
  }

  #saveCheckpoint(): void {
    if (this.#checkpoint !== NOWHERE) this.tables.saveCheckpoint(this.#checkpoint);
  }

  #unseen(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
    if (this.#checkpoint === NOWHERE) return events;
    const { position } = this.#checkpoint;
    const isNew = (event: LoggedEvent) =>
      event.position === position
        ? !this.tables.isLogged(event.id)
        : this.#context.store.isBefore(position, event.position);
    const first = events.findIndex(isNew);
    return first === -1 ? [] : first === 0 ? events : events.slice(first);
  }

  /**
   * Numbers the events, keeps them and their words, and gives back those of registers. `known`: the number of a record, and how many
   * events of it have come, by its stream.
   */
  #log(events: readonly LoggedEvent[], known: (stream: string) => Known | undefined): readonly Logged[] {
    const logged: Logged[] = [];
    const standing = new Map<string, Known>();
    for (const one of this.#readAll(events)) {
      const { stream, id, position } = one.logged;
      const sequence = this.#checkpoint.sequence + 1;
      // Each place of a stream is taken by one event: after a gap nobody knows what the record is.
      const before = standing.get(stream) ?? known(stream);
      const found = one.logged.version === (before?.events ?? 0) + 1 || one.register === null ? one.found : null;
      const recordedAt = later(this.#checkpoint.recordedAt, found?.event.stamped ?? BEGINNING_OF_KNOWLEDGE);
      const event = found?.event ?? null;
      const body = event === null ? null : bodyOf(event, one.register);
      const name = event === null ? damagedName(id, sequence) : id;
      if (event === null) this.#context.onDamage?.(id);
      this.tables.addLogEvent({ sequence, event: name, position, recorded_at: recordedAt, body });
      if (one.register !== null) {
        const { record, events: count } = before ?? { record: sequence, events: 0 };
        standing.set(stream, { record, events: count + 1 });
        const fact = event === null ? { unreadable: true as const } : event;
        logged.push({ stream, register: one.register, fact: { ...fact, sequence, recordedAt } });
        for (const { part, restricted, content } of event === null ? [] : one.words)
          this.tables.addText({ sequence, part, record, restricted, content });
        for (const name of event === null ? [] : foundBy(event, this.#registerOf(stream)))
          this.tables.addQuestionable({ sequence, record, name });
      }
      if (one.stray !== null && one.stray.stream !== stream) this.#strays.push({ ...one.stray, sequence, recordedAt });
      const knownTo = latestKnown(this.#checkpoint, recordedAt, one.register === null ? null : event);
      this.#checkpoint = { sequence, position, recordedAt, knownTo, resume: position };
    }
    return logged;
  }

  /** A whole event that stands elsewhere is missing in its own record, unless what stands there is a copy of it. */
  #lacking(): readonly Logged[] {
    const strays = this.#strays.splice(0);
    return strays.flatMap(({ id, stream, sequence, recordedAt }) => {
      const register = this.#registerOf(stream);
      if (register === undefined || this.tables.isWhole(id)) return [];
      return [{ stream, register, fact: { sequence, recordedAt, unreadable: true as const, stray: true as const } }];
    });
  }

  #countOf(stream: string): Known | undefined {
    const known = this.#known.get(stream);
    if (known !== undefined) return { record: known.record, events: known.fold.size };
    const row = this.tables.record(stream);
    return row === null ? undefined : { record: row.record, events: this.tables.countOf(row.record) };
  }

  #countOfWaiting(stream: string): Known | undefined {
    const facts = this.#waiting.get(stream)?.facts;
    const [first] = facts ?? [];
    if (facts === undefined || first === undefined) return undefined;
    return { record: typeof first === 'number' ? first : first.sequence, events: facts.length };
  }

  /** Null for what is no reference of a record, or of one that need not be there. */
  #registerOfRef(ref: string | null): string | null {
    if (ref === null || isCapacity(ref)) return null;
    return [...this.#registers.values()].find((register) => register.seriesOf(ref) !== null)?.name ?? null;
  }

  #registerOf(stream: string): Register | undefined {
    return this.#registers.get(registerOfStream(stream));
  }

  /** Checks events, and opens their words as far as their keys are still there. */
  #readAll(events: readonly LoggedEvent[]): readonly Read[] {
    const all = events.map((logged) => readOne(logged, this.#registerOf(logged.stream) ?? null));
    const sealed = all.flatMap((one) =>
      one.found === null || one.register === null ? [] : sealedParts(one, one.found.stored),
    );
    const keys = sealed.length === 0 ? [] : this.#context.keys.find(sealed.map(({ key }) => key));
    sealed.forEach(({ of, part, restricted, key: id, value }, index) => {
      const key = keys[index] ?? null;
      // A key that was destroyed took the words with it. One that never was is a name that was changed.
      if (key === null && this.#context.keys.holds(id)) return;
      const proven = key === null || of.found === null ? null : provenIn(of.found.stored, part, key, value);
      if (proven === null) of.found = null;
      else if (!isUnread(of, part)) of.words.push({ part, restricted, content: wordsIn(proven) });
    });
    return all;
  }

  /** Folds the next events of a record and writes what that changes. */
  #advance(stream: string, known: KnownRecord, facts: readonly LoggedFact[]): void {
    const { record, register, fold } = known;
    const isNew = fold.size === 0;
    const { recorded, rights, afresh, states, caveats, namings, shortened } = fold.add(facts);
    const projections = this.#projections.get(register.name) ?? [];

    for (const { sequence, audiences } of rights) this.tables.setRights(record, sequence, audiences);
    for (const [index, { sequence, audiences, knownAt, imported, ofLink }] of recorded.entries()) {
      const fact = facts[index]!;
      const effective = 'unreadable' in fact || isCommonFact(fact) ? null : dayNumberOf(fact.effectiveOn);
      const stated = imported ? 1 : 0;
      const type = 'unreadable' in fact ? null : fact.type;
      this.tables.addRecordEvent({
        ...{ record, sequence, audiences, known_at: knownAt, imported: stated, effective, type },
        recorded_on: dayNumberOf(londonDayOf(fact.recordedAt)),
        known_on: dayNumberOf(londonDayOf(knownAt)),
        entered_by: 'unreadable' in fact ? null : fact.actor.enteredBy.post,
      });
      const does = 'unreadable' in fact ? null : whyApart(fact);
      if (does !== null || ofLink.link !== null)
        this.tables.addFactApart({ record, sequence, does, ...ofLink, register: this.#registerOfRef(ofLink.leads_to) });
    }
    for (const fact of facts) if (!('unreadable' in fact)) this.#noteMistake(record, fold, fact);
    for (const fact of facts)
      if (!('unreadable' in fact) && fact.version === 1 && fact.facts['illustrative'] === true)
        this.tables.addIllustrative(record);
    if (afresh && !isNew) this.tables.clearRows(projections, record);
    for (const placed of shortened.states)
      for (const projection of projections) this.tables.setBounds(projection, boundsOf(record, placed));
    for (const placed of shortened.caveats) this.tables.setBounds('caveats', boundsOf(record, placed));
    for (const placed of shortened.namings) this.tables.setBounds('namings', boundsOf(record, placed));
    for (const placed of states) this.#addState(record, placed);
    for (const placed of caveats)
      if (!isEmpty(placed.rectangle)) this.tables.addCaveat(boundsOf(record, placed), placed.rectangle.value);

    const standing = fold.standing();
    const owners = standing.owners.length === 0 ? null : ` ${standing.owners.join(' ')} `;
    const isLost = standing.ref === null && fold.parked?.reason === 'damaged';
    const ref = isLost ? this.tables.reservedFor(stream) : standing.ref;
    for (const placed of namings)
      if (!isEmpty(placed.rectangle) && ref !== null)
        this.tables.addNaming(boundsOf(record, placed), { register: register.name, ref }, placed.rectangle.value);
    const { belongsTo: body } = standing;
    if (isNew || ref !== known.ref || owners !== known.owners || body !== known.belongsTo) {
      this.tables.saveRecord({
        ...{ record, stream, register: register.name, ref },
        ...{ owners_now: owners, belongs_to: body },
      });
      known.belongsTo = body;
      known.ref = ref;
      known.owners = owners;
    }
    if (fold.parked !== null) this.tables.park({ record, register: register.name, ...fold.parked });
    else if (known.isParked) this.tables.unpark(record);
    known.isParked = fold.parked !== null;
    this.#arising.note(register, record, known.ref, facts, isNew);
    this.#openings.note(register, record, facts, isNew);
  }

  #addState(record: number, placed: PlacedState<Drawing>): void {
    const { audiences, clocks, rectangle, kept, drawn } = placed;
    if (kept !== null) this.tables.addState({ record, audiences, clocks, number: rectangle.number, ...kept });
    if (isEmpty(rectangle)) return;
    const bounds = boundsOf(record, placed);
    for (const { projection, sortKey, declared } of drawn.rows)
      this.tables.addRow(projection, bounds, [drawn.ref, drawn.belongsTo, sortKey, rectangle.origin, ...declared]);
  }

  /** Whether the event makes its record void. */
  #noteMistake(record: number, fold: Fold, fact: KnownEvent): void {
    const voids = fold.makesVoid(fact);
    if (voids !== null) this.tables.addMistake({ record, sequence: fact.sequence, voids: voids ? 1 : 0 });
  }

  #newRecord(register: Register, facts: readonly LoggedFact[]): KnownRecord {
    const first = facts[0] as LoggedFact;
    // Under the number of an event in another's place that other's record may stand already.
    const record = 'stray' in first ? -first.sequence : first.sequence;
    return {
      ...{ record, register, fold: this.#newFold(register), ref: null, owners: null, belongsTo: null },
      isParked: false,
    };
  }

  #newFold(register: Register): Fold {
    const projections = (this.#projections.get(register.name) ?? []).map(
      (projection) => [projection, Object.keys(projection.columns)] as const,
    );
    const draw = (state: unknown, ref: string): Drawing => {
      const inState = { state: state as never };
      const rows = projections.flatMap(([projection, columns]) => {
        const values = projection.row(inState, ref);
        if (values === null) return [];
        const sortKey = projection.sortKey?.(inState, ref) ?? sortKeyOf(ref);
        return [{ projection, sortKey, declared: columns.map((column) => values[column] ?? null) }];
      });
      return { ref, belongsTo: belongsTo(register, state), rows };
    };
    return new RecordFold(register, draw, namesIn);
  }

  /** The record as it was folded before: from memory, or folded again from the tables, with the same numbers. */
  #recall(stream: string): KnownRecord | null {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const row = this.tables.record(stream);
    if (row === null) return null;
    const register = this.#registers.get(row.register) as Register;
    const fold = this.#newFold(register);
    fold.add(this.tables.bodies(row.record).map(readBack));
    this.#knownEvents += fold.size;
    return {
      ...{ record: row.record, register, fold, ref: row.ref, owners: row.owners_now, belongsTo: row.belongs_to },
      isParked: fold.parked !== null,
    };
  }

  #remember(stream: string, known: KnownRecord, newEvents: number): void {
    this.#known.delete(stream);
    this.#known.set(stream, known);
    this.#knownEvents += newEvents;
    for (const [oldest, { fold }] of this.#known) {
      if (this.#knownEvents <= EVENTS_IN_MEMORY || oldest === stream) break;
      this.#known.delete(oldest);
      this.#knownEvents -= fold.size;
    }
  }
}

function boundsOf(record: number, { audiences, clocks, rectangle }: Placed<unknown>): PlacedBounds {
  const { number, effective, known, sequence } = rectangle;
  return { record, audiences, clocks, number, effective, known, sequence };
}

function readOne(logged: LoggedEvent, register: Register | null): Read {
  try {
    const found = readLogged(logged);
    const isOfRegister = register === null || found.event.register === register.name;
    return { logged, register, found: isOfRegister ? found : null, stray: null, words: [] };
  } catch (cause) {
    if (!(cause instanceof EventDamaged)) throw cause;
    return { logged, register, found: null, stray: strayIn(cause), words: [] };
  }
}

/** What is kept of an event: all of those of registers, and of reservations what they reserve. */
function bodyOf(event: RecordEvent, register: Register | null): string | null {
  if (register !== null) return JSON.stringify(event);
  return event.type === REFERENCE_RESERVED.type ? JSON.stringify(event.facts) : null;
}

function readBack({
  sequence,
  recorded_at: recordedAt,
  body,
}: Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>): LoggedFact {
  if (body === null) return { sequence, recordedAt, unreadable: true };
  return { ...(JSON.parse(body) as RecordEvent), sequence, recordedAt };
}

/** Parts of an event that nobody reads, the digest of its command among them: they are proved like all others, and not kept. */
function isUnread({ register, found }: Read, part: string): boolean {
  if (part === 'command') return true;
  const { type, schema } = found?.event ?? {};
  const unread = register?.kinds.find((kind) => kind.type === type && kind.schema === schema)?.unread ?? [];
  return (unread as readonly string[]).includes(part);
}

function sealedParts(of: Read, { parts }: StoredEvent): readonly Sealed[] {
  return parts.flatMap(({ name: part, marking, key, value }) =>
    key === undefined || typeof value !== 'string'
      ? []
      : [{ of, part, restricted: marking !== undefined && isRestricted(marking) ? 1 : 0, key, value }],
  );
}

function latestKnown({ knownTo }: Checkpoint, recordedAt: Instant, event: RecordEvent | null): Instant {
  const latest = later(knownTo, recordedAt);
  return event?.stated === undefined ? latest : later(latest, firstInstantOf(event.stated));
}

/** What a sealed part holds; null where it does not open, or holds what was not committed to. */
function provenIn(stored: StoredEvent, part: string, key: PartKey, sealed: string): Uint8Array | null {
  try {
    const { nonce, plaintext } = openPart(key, { event: stored.header.id, part }, sealed);
    return isProven(stored, part, nonce, plaintext) ? plaintext : null;
  } catch {
    return null;
  }
}

/** Words as they were entered; anything else as JSON. */
function wordsIn({ buffer, byteOffset, byteLength }: Uint8Array): string {
  const value = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8')) as JsonValue;
  return typeof value === 'string' ? value : canonicalJson(value);
}
