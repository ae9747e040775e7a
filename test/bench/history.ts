import { writeEvent } from '../../libs/dispatch/write-event.ts';
import type { EventStore } from '../../libs/event-store/index.ts';
import type { KeyStore } from '../../libs/keys/index.ts';
import {
  addDays,
  earlier,
  instantOf,
  later,
  OFFICIAL_OPEN,
  REFERENCE_RESERVED,
  referencesStream,
  type CivilDate,
  type Draft,
  type EventId,
  type EventKind,
  type Instant,
  type Marking,
  registerOfStream,
} from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import { chance, type Chance } from './chance.ts';

/** What a synthetic history holds, for whoever asks about it. */
export interface History {
  readonly events: number;
  /** Of actions, at most 20,000, drawn from all of them. */
  readonly refs: readonly string[];
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const KINDS: readonly EventKind[] = [...directory.kinds, ...meetings.kinds, ...actions.kinds];
/** The day before its first fact: when a ledger for it is to be opened, for nothing reads as recorded before the ledger was. */
export const OPENED_AT: Instant = '2016-06-30T12:00:00.000Z';
const FROM: CivilDate = '2016-07-01';
const DAYS = 3_650;
/** Events of one action, not counting the reservation of its reference. */
const EVENTS_OF_ACTION = 10;
const MOST_REFS = 20_000;
/** Appends that are under way at once: as many as the store commits together. */
const AT_ONCE = 256;

export const BODIES = ['CGB', 'SPB', 'JARAP', 'ETHICS', 'ESTATES', 'PEOPLE', 'FINANCE', 'DIGITAL', 'CUSTODY', 'ROADS'];
const OWNERS = ['chief-constable', 'force-lead', ...Array.from({ length: 38 }, (_, index) => `lead-${index + 1}`)];
const OFFICER = { post: 'opcc-officer', person: 'p-officer' };
const RESTRICTED: readonly Marking[] = [
  { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
];
const WORDS =
  `the force has agreed with partners that a review of demand will be brought to the next board together with figures for each
   area and a note on what was done since the last meeting about recruitment estates custody roads fraud neighbourhood officers
   budget risk plan victims response times training equality vetting stop search data quality audit recommendations`.split(
    /\s+/,
  );

/** Words of which each is in few records, as names of places are. A word in forty is one of them. */
export const RARE_WORDS: readonly string[] = [
  'ash',
  'brad',
  'cor',
  'dun',
  'eg',
  'fal',
  'gro',
  'hin',
  'ix',
  'kil',
  'lum',
  'mor',
].flatMap((head) =>
  ['bur', 'cas', 'den', 'fri', 'gel', 'hol', 'ing', 'jar', 'kest', 'low', 'min', 'ner'].flatMap((middle) =>
    ['by', 'combe', 'don', 'ford', 'ham', 'ley', 'stow', 'ton', 'wick', 'worth'].map((end) => `${head}${middle}${end}`),
  ),
);
const ONE_IN = 40;

/**
 * Writes a history of about ten years: ten events an action, raised at the boards of ten bodies of very different size and given to
 * forty posts; some entered late, some corrected, some restricted, many published. Straight into the store, with the bytes that
 * commands would have written, and the same in every run.
 */
export async function writeHistory(
  into: { readonly store: EventStore; readonly keys: KeyStore },
  events: number,
  progress: (written: number) => void,
): Promise<History> {
  // The log is looked at before its first use. Appends that are sent before that is done may overtake each other.
  await into.store.head();
  const writer = new HistoryWriter(into.store, into.keys, events, progress);
  await writer.write();
  return { events: writer.written, refs: writer.refs, from: FROM, to: addDays(FROM, DAYS) };
}

interface Stream {
  readonly name: string;
  version: number;
  previous: string | null;
}
interface Action extends Stream {
  readonly body: string;
  readonly owner: string;
  readonly raisedOn: CivilDate;
  readonly raised: EventId;
  readonly marking: Marking;
  /** The last update, which may be corrected or taken back. */
  update: EventId | null;
  steps: number;
}

class HistoryWriter {
  readonly refs: string[] = [];
  written = 0;
  readonly #store: EventStore;
  readonly #keys: KeyStore;
  readonly #events: number;
  readonly #progress: (written: number) => void;
  readonly #chance: Chance = chance('history');
  readonly #references = new Map<string, Stream & { count: number }>();
  /** Steps that are due, by day. */
  readonly #due = new Map<number, Action[]>();
  readonly #appending: Promise<void>[] = [];
  #day = 0;
  #stamp = 0;
  #raised = 0;

  constructor(store: EventStore, keys: KeyStore, events: number, progress: (written: number) => void) {
    this.#store = store;
    this.#keys = keys;
    this.#events = events;
    this.#progress = progress;
  }

  get #today(): CivilDate {
    return addDays(FROM, this.#day);
  }

  async write(): Promise<void> {
    await this.#writeDirectory();
    for (this.#day = 0; this.#day < DAYS; this.#day += 1) {
      this.#stamp = Date.parse(`${this.#today}T09:00:00.000Z`);
      const upTo = Math.round(((this.#day + 1) / DAYS) * this.#events);
      if (this.#day % 91 === 0) for (const body of BODIES.slice(0, 4)) await this.#meet(body);
      for (const action of this.#due.get(this.#day) ?? []) {
        if (this.written < upTo) await this.#step(action);
        else this.#again(action, this.#day + 1);
      }
      this.#due.delete(this.#day);
      while (this.written + 2 <= upTo) await this.#raise();
      this.#progress(this.written);
    }
    await this.#settle();
  }

  async #writeDirectory(): Promise<void> {
    this.#stamp = Date.parse(`${FROM}T08:00:00.000Z`);
    const add = async (type: string, ref: string, draft: Omit<Draft, 'type'>): Promise<Stream> => {
      const stream = this.#newStream('directory');
      await this.#reserve('directory', ref, stream);
      await this.#append(stream, { type, ...draft, facts: { ref, ...draft.facts } });
      return stream;
    };
    for (const ref of BODIES) await add('BodyAdded', ref, { facts: {}, texts: { name: `${ref} board` } });
    for (const [index, ref] of OWNERS.entries()) {
      const capacity = 'force-lead';
      const post = await add('PostAdded', ref, {
        facts: { body: BODIES[0]!, capacity },
        texts: { name: `Post ${ref}` },
      });
      const person = `person-${`aaaa${index.toString(36)}`.slice(-5)}`;
      await add('PersonAdded', person, { facts: {}, persons: { name: `Officer ${index}` } });
      await this.#append(post, { type: 'HolderAppointed', facts: { person, interim: false, shared: false } });
    }
  }

  async #meet(body: string): Promise<void> {
    const stream = this.#newStream('meetings');
    const ref = `${body}-${this.#today}`;
    await this.#reserve(ref.slice(0, -3), ref, stream);
    const facts = { ref, body, on: this.#today, session: 'OPEN' };
    await this.#append(stream, { type: 'MeetingScheduled', facts, texts: { title: this.#words(4) } });
    await this.#append(stream, { type: 'MeetingHeld', facts: { on: this.#today } });
  }

  async #raise(): Promise<void> {
    const random = this.#chance;
    const body = random.skewed(BODIES);
    const owner = random.skewed(OWNERS);
    const stream = this.#newStream('actions');
    const ref = await this.#reserve(`${body}-${this.#today.slice(0, 7)}`, null, stream);
    const marking = random.happens(0.06) ? random.oneOf(RESTRICTED) : OFFICIAL_OPEN;
    const facts = {
      ref,
      body,
      owner,
      organisation: 'FORCE',
      due: { on: addDays(this.#today, random.between(30, 300)) },
    };
    const raised = await this.#append(stream, {
      type: 'ActionRaised',
      facts,
      texts: { title: this.#words(12) },
      marking,
    });
    this.#raised += 1;
    if (this.refs.length < MOST_REFS) this.refs.push(ref);
    else if (random.happens(MOST_REFS / this.#raised)) this.refs[random.between(0, MOST_REFS - 1)] = ref;
    const action: Action = Object.assign(stream, {
      body,
      owner,
      raisedOn: this.#today,
      raised,
      marking,
      update: null,
      steps: 1,
    });
    this.#again(action, this.#day + random.between(1, 20));
  }

  /** The next fact of an action: agreed, eight steps of work, signed off. */
  async #step(action: Action): Promise<void> {
    const draft = this.#draftOf(action);
    const isMovement = !['Corrected', 'Voided', 'Published', 'OtherwiseStated'].includes(draft.type);
    const delay = isMovement && this.#chance.happens(0.08) ? this.#chance.between(1, 40) : 0;
    const effectiveOn = later(action.raisedOn, addDays(this.#today, -delay));
    const id = await this.#append(action, { marking: action.marking, ...draft }, effectiveOn);
    if (draft.type === 'UpdateGiven') action.update = id;
    action.steps += 1;
    if (action.steps < EVENTS_OF_ACTION) this.#again(action, this.#day + this.#chance.between(1, 50));
  }

  #draftOf({ steps, raised, update }: Action): Draft {
    const random = this.#chance;
    if (steps === 1) return { type: 'ActionAgreed', facts: {} };
    if (steps === 8) return { type: 'ActionReportedComplete', facts: {}, texts: { report: this.#words(20) } };
    if (steps === 9)
      return random.happens(0.85) ? { type: 'ActionSignedOff', facts: {} } : { type: 'ActionReturned', facts: {} };
    if (steps === 4 && random.happens(0.4)) return { type: 'Published', facts: {} };
    const luck = random.fraction();
    const dueOn = addDays(this.#today, random.between(30, 200));
    if (luck < 0.12)
      return { type: 'DueDateExtended', facts: { due: { on: dueOn } }, texts: { reason: this.#words(8) } };
    if (luck < 0.15) return { type: 'ActionReassigned', facts: { owner: random.skewed(OWNERS) } };
    if (luck < 0.2) return { type: 'EvidenceAdded', facts: {}, texts: { title: this.#words(6), fileName: 'note.pdf' } };
    if (luck < 0.22)
      return {
        type: 'Corrected',
        facts: { target: raised, schema: 1, path: 'due.on', is: dueOn },
        texts: { reason: this.#words(8) },
      };
    if (luck < 0.23 && update !== null)
      return { type: 'Voided', facts: { target: update }, texts: { reason: this.#words(8) } };
    if (luck < 0.24)
      return { type: 'OtherwiseStated', facts: { path: 'due.current' }, texts: { says: this.#words(3) } };
    return { type: 'UpdateGiven', facts: {}, texts: { update: this.#words(random.between(10, 50)) } };
  }

  #again(action: Action, day: number): void {
    const due = this.#due.get(day);
    if (due === undefined) this.#due.set(day, [action]);
    else due.push(action);
  }

  #newStream(register: string): Stream {
    return { name: `${register}-${Buffer.from(this.#chance.bytes(16)).toString('hex')}`, version: 0, previous: null };
  }

  /** A reference for a record; the next number of an action when none is given. */
  async #reserve(series: string, wanted: string | null, record: Stream): Promise<string> {
    const name = referencesStream(series);
    let stream = this.#references.get(series);
    if (stream === undefined) this.#references.set(series, (stream = { name, version: 0, previous: null, count: 0 }));
    const ref = wanted ?? `${series}-A${(stream.count += 1)}`;
    await this.#append(stream, { type: REFERENCE_RESERVED.type, facts: { ref, for: record.name } });
    return ref;
  }

  async #append(stream: Stream, draft: Draft, effectiveOn = this.#today): Promise<EventId> {
    const register = registerOfStream(stream.name);
    const isReservation = draft.type === REFERENCE_RESERVED.type;
    const kind = isReservation
      ? REFERENCE_RESERVED
      : KINDS.find((one) => one.register === register && one.type === draft.type)!;
    const { ref } = draft.facts;
    const event = writeEvent(
      {
        kind,
        stream: stream.name,
        stamped: this.#nextStamp(),
        effectiveOn: earlier(effectiveOn, this.#today),
        marking: draft.marking ?? OFFICIAL_OPEN,
        facts: draft.facts,
        actor: isReservation ? { enteredBy: { post: 'ledger' } } : { by: OFFICER, enteredBy: OFFICER },
        ctl: {
          version: stream.version + 1,
          previous: stream.previous,
          correlation: this.#chance.uuid(),
          command: { name: draft.type, id: this.#chance.uuid() },
        },
        commandBody: isReservation ? undefined : { command: { type: draft.type, facts: draft.facts }, envelope: {} },
        texts: draft.texts ?? {},
        persons: draft.persons ?? {},
        person: typeof ref === 'string' ? ref : undefined,
      },
      { keys: this.#keys, ids: this.#chance },
    );
    this.#appending.push(mustBeStored(this.#store.append(stream.name, stream.version, [event])));
    stream.version += 1;
    stream.previous = event.commitment;
    this.written += 1;
    if (this.#appending.length >= AT_ONCE) await this.#settle();
    return event.id;
  }

  #nextStamp(): Instant {
    this.#stamp += 7;
    return instantOf(this.#stamp);
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#appending);
    this.#appending.length = 0;
  }

  #words(count: number): string {
    const random = this.#chance;
    return Array.from({ length: count }, () => random.oneOf(random.happens(1 / ONE_IN) ? RARE_WORDS : WORDS)).join(' ');
  }
}

async function mustBeStored(append: ReturnType<EventStore['append']>): Promise<void> {
  const { outcome } = await append;
  if (outcome !== 'stored') throw new Error(`an append was answered ${outcome}`);
}
