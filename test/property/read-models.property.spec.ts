import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  AUDIENCES,
  isCapacity,
  PUBLIC,
  readerFor,
  visibleEvents,
  type Audience,
  type Reader,
} from '../../libs/access/index.ts';
import { writeEvent } from '../../libs/dispatch/write-event.ts';
import type { EventStore, LogPosition } from '../../libs/event-store/index.ts';
import { openSqliteEventStore, rehearse } from '../../libs/event-store-sqlite/index.ts';
import { memoryKeyStore, type KeyStore } from '../../libs/keys/index.ts';
import {
  addDays,
  END_OF_DAYS,
  instantOf,
  recordEventOf,
  type Ids,
  type Instant,
  type JsonObject,
  type Marking,
  type Register,
} from '../../libs/ledger/index.ts';
import { startReadModels, type ReadModels } from '../../libs/read-models/index.ts';
import { withSeenLinks } from '../../libs/read-models/links.ts';
import { actions, type ActionState, type RaisedAction } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import {
  END_OF_KNOWLEDGE,
  isAbsent,
  naiveSnapshot,
  statedInstantOf,
  type KnownEvent,
  type RecordingClock,
  type Snapshot,
} from '../../libs/timeline/index.ts';
import {
  findAction,
  historyOf,
  listActions,
  listContradictions,
  PROJECTIONS,
  stepsOf,
  type Steps,
} from '../../projections/index.ts';
import { ACTION_WORDS, DAYS, FIRST_DAY } from './histories.ts';
import { faultsOf } from './one-answer-everywhere.ts';
import { toldOf } from './told.ts';

const REGISTERS = [actions, meetings, directory] as unknown as readonly Register[];
const NOW = '2023-12-01T12:00:00.000Z';
const OWNER = 'force-lead';
const READERS: readonly Reader[] = [
  PUBLIC,
  readerFor('jarap-member', 'jarap-member'),
  readerFor('opcc-officer', 'opcc-officer'),
  readerFor(OWNER, 'force-lead'),
];
const MARKINGS: readonly Marking[] = [
  { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
];

const day = fc.integer({ min: 0, max: DAYS }).map((days) => addDays(FIRST_DAY, days));
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const step = fc.record({
  record: fc.nat({ max: 3 }),
  what: fc.oneof(
    { weight: 9, arbitrary: fc.constant('OWN' as const) },
    { weight: 2, arbitrary: fc.constantFrom('Corrected' as const, 'CorrectedDay' as const) },
    { weight: 2, arbitrary: fc.constantFrom('Voided' as const, 'Restored' as const, 'OtherwiseStated' as const) },
    { weight: 2, arbitrary: fc.constantFrom('Published' as const, 'Marked' as const) },
  ),
  choice: fc.nat({ max: 1000 }),
  target: fc.nat({ max: 1000 }),
  aimed: fc.boolean(),
  effectiveOn: day,
  span: seldom(fc.integer({ min: 1, max: 12 })),
  stated: seldom(day),
  marking: seldom(fc.constantFrom(...MARKINGS)),
  toMarking: fc.constantFrom(...MARKINGS),
  /** Minutes on the writer's clock since the event before: it may be set back. */
  ticked: fc.integer({ min: -600, max: 6000 }),
  /** Another event for the same append follows, if it is of the same record. */
  joined: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const steps = fc.array(step, { minLength: 3, maxLength: 26 });

const question = fc.record({
  reader: fc.constantFrom(...READERS),
  effective: fc.integer({ min: -2, max: DAYS + 3 }).map((days) => addDays(FIRST_DAY, days)),
  recorded: fc.integer({ min: -1, max: 40 }).map((days) => instantOf(Date.UTC(2023, 2, 25) + days * 86_400_000)),
  recordedNow: fc.boolean(),
  clock: fc.constantFrom<RecordingClock>('PROVEN', 'STATED'),
  pinned: fc.option(fc.nat({ max: 40 })),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** Repeatable randomness: nothing here depends on what the ids are. */
function countingIds(): Ids {
  let count = 0;
  return {
    uuid: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
    bytes: (length) => new Uint8Array(length).fill((count += 1) % 251),
  };
}

interface Written {
  readonly stream: string;
  readonly event: KnownEvent;
  readonly position: LogPosition;
}

/** Writes random histories of a few actions into a store, and knows what it wrote. */
class Scribe {
  readonly written: Written[] = [];
  readonly #store: EventStore;
  readonly #keys: KeyStore;
  readonly #ids = countingIds();
  readonly #versions = new Map<string, number>();
  #minutes = 0;
  #recordedAt: Instant = '';

  constructor(store: EventStore, keys: KeyStore) {
    this.#store = store;
    this.#keys = keys;
  }

  async write(all: readonly Step[]): Promise<void> {
    for (let at = 0; at < all.length;) {
      const together = [all[at] as Step];
      while (together.at(-1)?.joined === true && all[at + together.length]?.record === together[0]?.record)
        together.push(all[at + together.length] as Step);
      at += together.length;
      const stream = `actions-${together[0]?.record}`;
      const from = this.#versions.get(stream) ?? 0;
      const events = together.map((one) => this.#event(stream, one));
      const result = await this.#store.append(stream, from, events);
      if (result.outcome !== 'stored') throw new Error(JSON.stringify(result));
      for (const { stored } of events) {
        const event = recordEventOf(stored);
        this.#recordedAt = event.stamped > this.#recordedAt ? event.stamped : this.#recordedAt;
        const sequence = this.written.length + 1;
        this.written.push({
          stream,
          position: result.position,
          event: { ...event, sequence, recordedAt: this.#recordedAt },
        });
      }
    }
  }

  eventsOf(stream: string): readonly KnownEvent[] {
    return this.written.filter((one) => one.stream === stream).map(({ event }) => event);
  }

  get streams(): readonly string[] {
    return [...new Set(this.written.map(({ stream }) => stream))];
  }

  #event(stream: string, one: Step) {
    const version = (this.#versions.get(stream) ?? 0) + 1;
    this.#versions.set(stream, version);
    this.#minutes += one.ticked;
    const { type, facts, texts } = this.#content(stream, one, version);
    const kind = actions.kinds.find((kind) => kind.type === type);
    if (kind === undefined) throw new Error(type);
    return writeEvent(
      {
        kind,
        stream,
        stamped: instantOf(Date.UTC(2023, 2, 25) + this.#minutes * 60_000),
        ...(one.stated === undefined ? {} : { stated: one.stated }),
        effectiveOn: one.effectiveOn,
        ...(one.span === undefined
          ? {}
          : { dated: { from: addDays(one.effectiveOn, -one.span), to: one.effectiveOn, how: 'between' as const } }),
        marking: one.marking ?? (MARKINGS[0] as Marking),
        facts,
        actor: { enteredBy: { post: 'opcc-officer', person: 'p' } },
        ctl: { version, previous: null, correlation: 'c', command: { name: type, id: 'i' } },
        texts,
        persons: {},
      },
      { keys: this.#keys, ids: this.#ids },
    );
  }

  #content(
    stream: string,
    one: Step,
    version: number,
  ): { type: string; facts: JsonObject; texts: Record<string, string> } {
    if (version === 1) {
      const facts = { ...ACTION_WORDS.opening.facts, ref: refIn(stream) };
      return { type: 'ActionRaised', facts, texts: { title: `title of ${stream}` } };
    }
    const earlier = this.eventsOf(stream);
    const target = earlier.length === 0 ? 'unknown' : (earlier[one.target % earlier.length] as KnownEvent).id;
    switch (one.what) {
      case 'OWN': {
        const { type, facts } = ACTION_WORDS.following[one.choice % ACTION_WORDS.following.length]!;
        return { type, facts, texts: type === 'UpdateGiven' ? { update: 'an update' } : {} };
      }
      case 'Corrected': {
        const { path, is } = ACTION_WORDS.corrections[one.choice % ACTION_WORDS.corrections.length]!;
        return {
          type: 'Corrected',
          facts: { target, schema: 1, path, ...(is === undefined ? {} : { is }) },
          texts: is === undefined ? { is: 'other words' } : {},
        };
      }
      case 'CorrectedDay':
        return {
          type: 'Corrected',
          facts: { target, schema: 1, path: 'effectiveOn', is: addDays(FIRST_DAY, one.choice % DAYS) },
          texts: {},
        };
      case 'OtherwiseStated':
        return {
          type: 'OtherwiseStated',
          facts: { ...(one.aimed ? { target } : {}), path: 'owner', says: 'somebody-else' },
          texts: {},
        };
      case 'Published':
        return { type: 'Published', facts: {}, texts: {} };
      case 'Marked':
        return { type: 'Marked', facts: { ...(one.aimed ? { target } : {}), to: { ...one.toMarking } }, texts: {} };
      default:
        return { type: one.what, facts: { target }, texts: {} };
    }
  }
}

interface House {
  readonly scribe: Scribe;
  readonly models: ReadModels;
  restart(): Promise<ReadModels>;
}

/** Runs with a store and read models of its own. */
async function inAHouse(run: (house: House) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'read-models-'));
  const stored = openSqliteEventStore({ file: join(folder, 'log.sqlite'), ledger: 'property' });
  const store = rehearse(stored);
  const keys = memoryKeyStore();
  const start = () =>
    startReadModels({
      store,
      keys,
      clock: { now: () => Date.parse(NOW) },
      file: join(folder, 'rows.sqlite'),
      registers: REGISTERS,
      projections: PROJECTIONS,
    });
  let models = await start();
  try {
    await run({
      scribe: new Scribe(store, keys),
      get models() {
        return models;
      },
      async restart() {
        await models.close();
        return (models = await start());
      },
    });
  } finally {
    await models.close();
    await store.close();
    await stored.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function caughtUp({ scribe, models }: House): Promise<void> {
  const last = scribe.written.at(-1);
  if (last !== undefined && !(await models.waitFor(last.position))) throw new Error('reading did not catch up');
}

function asOfIn({ scribe, models }: House, { reader, effective, recorded, recordedNow, clock, pinned }: Question) {
  const pin = pinned === null ? undefined : scribe.written[pinned % scribe.written.length];
  return {
    effective,
    clock,
    ...(recordedNow ? {} : { recorded }),
    ...(pin === undefined ? {} : { position: models.encodePosition(reader, pin.position) }),
  };
}

/** The events of a record that may count at that question: those that the reader may see by the rights of today, up to its position. */
function mayCount({ scribe }: House, stream: string, { reader, pinned }: Question): readonly KnownEvent[] {
  const events = scribe.eventsOf(stream);
  const pin = pinned === null ? undefined : scribe.written[pinned % scribe.written.length]?.position;
  // A position is the end of an append: the events appended with it count.
  const sequence =
    pin === undefined
      ? scribe.written.length
      : scribe.written.filter(({ position }) => position === pin).at(-1)!.event.sequence;
  const today = naiveSnapshot(actions, events, {
    clock: 'PROVEN',
    recorded: END_OF_KNOWLEDGE,
    effective: END_OF_DAYS,
  }).state;
  const audience: Audience =
    reader.ownsAs !== undefined && actions.ownersOf(today).includes(reader.ownsAs) ? 'full' : reader.audience;
  return visibleEvents(events, audience).filter((event) => event.sequence <= sequence);
}

/** What the record is at that question, folded anew. */
function expected(house: House, stream: string, asked: Question): Snapshot<ActionState> | null {
  const { effective, recorded, recordedNow, clock } = asked;
  return answerFrom(mayCount(house, stream, asked), { effective, clock, recorded: recordedNow ? NOW : recorded });
}

function answerFrom(
  events: readonly KnownEvent[],
  at: Pick<Question, 'effective' | 'recorded' | 'clock'>,
): Snapshot<ActionState> | null {
  const snapshot = naiveSnapshot(actions, events, at);
  return isAbsent(actions, snapshot) ? null : snapshot;
}

/** The steps around a place, told by asking at every place. */
function stepsAmong<Place extends string>(
  places: readonly Place[],
  at: Place,
  answerAt: (place: Place) => unknown,
): Steps<Place> {
  const stretches: { readonly from: Place; readonly answer: unknown }[] = [];
  for (const from of [...new Set(places)].sort()) {
    const answer = answerAt(from);
    const last = stretches.at(-1);
    if (last === undefined ? answer !== null : !isDeepStrictEqual(last.answer, answer))
      stretches.push({ from, answer });
  }
  const now = stretches.findLastIndex(({ from }) => from <= at);
  return {
    since: stretches[now]?.from ?? null,
    previous: stretches[now - 1]?.from ?? null,
    next: stretches[now + 1]?.from ?? null,
  };
}

/** This ledger holds actions alone, so a link to all but a standard post reads as one to nothing for whoever may not see everything. */
function asReadBy({ audience }: Reader, snapshot: Snapshot<ActionState>): Snapshot<RaisedAction> {
  const links = /^(body|meeting|owner|says|by|enteredBy|(enteredBy|by)Person)$/;
  const kept = (name: string, value: unknown) =>
    audience !== 'full' && typeof value === 'string' && links.test(name) && !isCapacity(value) ? undefined : value;
  return JSON.parse(JSON.stringify(snapshot, kept)) as Snapshot<RaisedAction>;
}

async function answers(house: House, asked: Question) {
  const view = await house.models.openView(asOfIn(house, asked), asked.reader);
  const page = await listActions(view, {}, { first: 500 });
  const history: Record<string, readonly string[]> = {};
  for (const { node } of page.edges)
    history[node.ref] = (await historyOf(view, node.ref, {})).edges.map((edge) => edge.node.id);
  const contradictions = (await listContradictions(view, { first: 500 })).edges.map(({ node }) => [
    node.record,
    node.path,
  ]);
  return { actions: page.edges.map(({ node }) => node), total: page.totalCount, history, contradictions };
}

const seeded = { seed: 20231009 } as const;

describe('read models', () => {
  it('answer lists and single records at any basis, for every reader, as the events fold that the reader may see', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(question, { minLength: 12, maxLength: 12 }), async (history, questions) =>
        inAHouse(async (house) => {
          await house.scribe.write(history);
          await caughtUp(house);
          for (const stream of house.scribe.streams)
            for (const audience of AUDIENCES)
              for (const clock of ['PROVEN', 'STATED'] as const) {
                const seen = visibleEvents(house.scribe.eventsOf(stream), audience);
                expect(faultsOf(actions, clock, seen, toldOf(actions, clock, seen))).toEqual([]);
              }
          for (const asked of questions) {
            const view = await house.models.openView(asOfIn(house, asked), asked.reader);
            const snapshots = house.scribe.streams.flatMap((stream) => {
              const snapshot = expected(house, stream, asked);
              return snapshot === null ? [] : [asReadBy(asked.reader, snapshot)];
            });
            // What a link to nothing reads as is tested elsewhere.
            const wanted = await withSeenLinks(view, snapshots);
            const { edges, totalCount } = await listActions(view, {}, { first: 500 });
            const found = edges.map(({ node: { state, mayAlreadyHold, disputed } }) => ({
              state,
              mayAlreadyHold,
              disputed,
            }));
            expect(found.map(({ state }) => state.ref)).toEqual(
              wanted.map(({ state }) => state.ref).sort((a, b) => number(a) - number(b)),
            );
            expect(new Set(found.map((one) => JSON.stringify(one, sorted)))).toEqual(
              new Set(wanted.map((one) => JSON.stringify(one, sorted))),
            );
            expect(totalCount).toBe(wanted.length);
            for (const { state } of wanted) expect((await findAction(view, state.ref))?.state).toEqual(state);
            const disputed = (await listContradictions(view, { first: 500 })).edges.map(({ node }) => node.record);
            expect(disputed).toEqual(found.flatMap(({ state, disputed }) => disputed.map(() => state.ref)));
          }
        }),
      ),
      { ...seeded, numRuns: 12 },
    );
  }, 120_000);

  it('step from one answer about a record to the next, by days and by what was known, past nothing that is hidden', async () => {
    const days = Array.from({ length: DAYS + 40 }, (_, index) => addDays(FIRST_DAY, index - 20));
    const seen = { effective: 0, recorded: 0 };
    await fc.assert(
      fc.asyncProperty(steps, fc.array(question, { minLength: 12, maxLength: 12 }), async (history, questions) =>
        inAHouse(async (house) => {
          await house.scribe.write(history);
          await caughtUp(house);
          for (const asked of questions) {
            const view = await house.models.openView(asOfIn(house, asked), asked.reader);
            const { effective, clock, recordedNow } = asked;
            const recorded = recordedNow ? NOW : asked.recorded;
            for (const stream of house.scribe.streams) {
              const events = mayCount(house, stream, asked);
              const instants = events.map((event) =>
                clock === 'PROVEN' ? event.recordedAt : statedInstantOf(event, events),
              );
              const wanted = {
                effective: stepsAmong(days, effective, (day) =>
                  answerFrom(events, { effective: day, recorded, clock }),
                ),
                recorded: stepsAmong(instants, recorded, (known) =>
                  answerFrom(events, { effective, recorded: known, clock }),
                ),
              };
              expect(await stepsOf(view, refIn(stream))).toEqual(wanted);
              if (wanted.effective.previous !== null) seen.effective += 1;
              if (wanted.recorded.previous !== null) seen.recorded += 1;
            }
          }
        }),
      ),
      { ...seeded, numRuns: 28 },
    );
    expect(Math.min(seen.effective, seen.recorded)).toBeGreaterThan(30);
  }, 120_000);

  it('are the same rows after a rebuild, wherever batches ended and the process was restarted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 4 }), fc.boolean(), async (parts, restarts) =>
        inAHouse(async (house) => {
          for (const part of parts) {
            await house.scribe.write(part);
            if (restarts) await house.restart();
            else await caughtUp(house);
          }
          await caughtUp(house);
          expect(await house.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
        }),
      ),
      { ...seeded, numRuns: 9 },
    );
  }, 120_000);

  it('repeat an answer at its position, whatever is appended later', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        steps,
        fc.array(question, { minLength: 4, maxLength: 4 }),
        async (before, after, questions) =>
          inAHouse(async (house) => {
            // Rights are those of today: publishing and marking may change what a reader sees of the past.
            const rightsStand = (all: readonly Step[]) =>
              all.filter(
                ({ what }) => what !== 'Published' && what !== 'Marked' && what !== 'Voided' && what !== 'Restored',
              );
            await house.scribe.write(rightsStand(before));
            if (house.scribe.written.length === 0) return;
            await caughtUp(house);
            const first = [];
            for (const asked of questions.filter(({ reader }) => reader.ownsAs === undefined)) {
              const view = await house.models.openView(asOfIn(house, asked), asked.reader);
              first.push({ asked, basis: view.basis, answer: await answers(house, asked) });
            }
            await house.scribe.write(rightsStand(after));
            await caughtUp(house);
            for (const { asked, basis, answer } of first) {
              if (basis.position === null) continue;
              const { effective, recorded, clock, position } = basis;
              const view = await house.models.openView({ effective, recorded, clock, position }, asked.reader);
              expect(view.basis).toMatchObject({ effective, recorded, clock, position });
              const page = await listActions(view, {}, { first: 500 });
              expect({ actions: page.edges.map(({ node }) => node), total: page.totalCount }).toEqual({
                actions: answer.actions,
                total: answer.total,
              });
            }
          }),
      ),
      { ...seeded, numRuns: 9 },
    );
  }, 120_000);

  it('ask as many questions for fifty records as for one', async () => {
    await inAHouse(async (house) => {
      const raised = (record: number): Step => ({
        record,
        what: 'OWN',
        choice: 0,
        target: 0,
        aimed: false,
        effectiveOn: FIRST_DAY,
        span: undefined,
        stated: undefined,
        marking: undefined,
        toMarking: MARKINGS[0]!,
        ticked: 1,
        joined: false,
      });
      await house.scribe.write(Array.from({ length: 60 }, (_, record) => raised(record)));
      await caughtUp(house);
      const cost = async (first: number) => {
        const view = await house.models.openView({}, READERS[2]!);
        const before = house.models.questions;
        const { edges } = await listActions(view, {}, { first });
        const titles = await Promise.all(edges.map(({ node }) => view.text(node.state.title)));
        const histories = await Promise.all(edges.map(({ node }) => historyOf(view, node.ref, {})));
        expect(titles.every((title) => title?.startsWith('title of'))).toBe(true);
        expect(histories.every(({ totalCount }) => totalCount === 1)).toBe(true);
        return { entries: edges.length, asked: house.models.questions - before };
      };
      expect(await cost(1)).toEqual({ entries: 1, asked: 4 });
      expect(await cost(50)).toEqual({ entries: 50, asked: 4 });
    });
  });
});

function refIn(stream: string): string {
  return `CGB-2023-04-A${Number(stream.split('-')[1]) + 1}`;
}

function number(ref: string): number {
  return Number(ref.split('-A')[1]);
}

/** Keys in order, so that equal values are equal as text. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
