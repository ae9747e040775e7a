import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeEvent } from '../../libs/dispatch/write-event.ts';
import type { EventStore, LogPosition } from '../../libs/event-store/index.ts';
import { openSqliteEventStore, rehearse } from '../../libs/event-store-sqlite/index.ts';
import { memoryKeyStore, type KeyStore } from '../../libs/keys/index.ts';
import {
  addDays,
  instantOf,
  isCommonFact,
  type EventId,
  type Ids,
  type Instant,
  type JsonObject,
  type Marking,
} from '../../libs/ledger/index.ts';
import { POLICIES } from '../../libs/policies/index.ts';
import { startReadModels, type ReadModels } from '../../libs/read-models/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { SAMPLES } from '../golden/samples.ts';
import { DAYS, FIRST_DAY } from './histories.ts';

const NOW = '2023-12-01T12:00:00.000Z';
/** The bodies of these histories; the last is an illustrative one. */
export const BODIES = ['CGB', 'JARAP', 'ILL'] as const;
/** Of which all texts are made: a few letters in many orders, so that words are often found, and often found in part. */
const LETTERS = ['a', 'b', 'A', "'", '’', '-', '–', '*', '[', '?', ' ', 'é', 'É', '"', '“', 'ab', 'ba '] as const;

const MARKINGS: readonly Marking[] = [
  { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
];
const OF_LISTS = REGISTERS.filter(({ name }) => name !== 'directory');

export const textArbitrary = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 3, maxLength: 12 })
  .map((letters) => letters.join(''));
/** The last days before the first of what is written, and some of many years before. */
export const dayArbitrary = fc
  .tuple(fc.nat({ max: DAYS }), fc.constantFrom(1, 1, 37, 211))
  .map(([days, apart]) => addDays(FIRST_DAY, -days * apart));
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const step = fc.record({
  register: fc.nat({ max: OF_LISTS.length - 1 }),
  record: fc.nat({ max: 3 }),
  what: fc.oneof(
    { weight: 9, arbitrary: fc.constant('OWN' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('CorrectedDay', 'CorrectedText', 'Voided', 'Restored', 'Marked', 'Published'),
    },
  ),
  choice: fc.nat({ max: 1000 }),
  target: fc.nat({ max: 1000 }),
  effectiveOn: dayArbitrary,
  body: fc.constantFrom(...BODIES),
  span: seldom(fc.integer({ min: 1, max: 12 })),
  stated: seldom(
    fc.oneof(
      dayArbitrary,
      fc.nat({ max: 40 }).map((days) => addDays(FIRST_DAY, days)),
    ),
  ),
  marking: seldom(fc.constantFrom(...MARKINGS)),
  words: fc.array(textArbitrary, { minLength: 1, maxLength: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Random facts of a few records of each register with a list: late, spanned, imported with stated days, hidden, amended. */
export const stepsArbitrary = fc.array(step, { minLength: 40, maxLength: 80, size: 'max' });

/** A ledger with such a history, being read. */
export interface LedgerOfEveryRegister {
  readonly models: ReadModels;
  readonly written: readonly {
    readonly position: LogPosition;
    readonly event: EventId;
    readonly texts: readonly string[];
  }[];
  /** All words that were written. */
  readonly words: readonly string[];
  write(steps: readonly Step[]): Promise<void>;
  /** Goes on with the same tables, and nothing in memory. */
  restart(): Promise<void>;
}

export async function withLedgerOfEveryRegister(run: (ledger: LedgerOfEveryRegister) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'every-register-'));
  const stored = openSqliteEventStore({ file: join(folder, 'log.sqlite'), ledger: 'property' });
  const store = rehearse(stored);
  const keys = memoryKeyStore();
  const start = () =>
    startReadModels({
      ...{ store, keys, registers: REGISTERS, projections: PROJECTIONS, policies: POLICIES },
      clock: { now: () => Date.parse(NOW) },
      file: join(folder, 'rows.sqlite'),
    });
  let models = await start();
  const writer = new Writer(store, keys);
  try {
    await writer.writeBodies();
    await run({
      get models() {
        return models;
      },
      written: writer.written,
      words: writer.words,
      async write(steps) {
        for (const one of steps) await writer.write(one);
        const last = writer.written.at(-1)!;
        if (!(await models.waitFor(last.position))) throw new Error('reading did not catch up');
      },
      async restart() {
        await models.close();
        models = await start();
      },
    });
  } finally {
    await models.close();
    await store.close();
    await stored.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Writer {
  readonly written: { position: LogPosition; event: EventId; texts: readonly string[] }[] = [];
  readonly words: string[] = [];
  readonly #store: EventStore;
  readonly #keys: KeyStore;
  readonly #streams = new Map<string, { version: number; events: { id: EventId; text: string | undefined }[] }>();
  #made = 0;
  #minutes = 0;
  readonly #ids: Ids = {
    uuid: () => `00000000-0000-4000-8000-${String((this.#made += 1)).padStart(12, '0')}`,
    bytes: (length) => new Uint8Array(length).fill((this.#made += 1) % 251),
  };

  constructor(store: EventStore, keys: KeyStore) {
    this.#store = store;
    this.#keys = keys;
  }

  async writeBodies(): Promise<void> {
    for (const ref of BODIES)
      await this.#append(`directory-${ref}`, 'directory/BodyAdded', {
        effectiveOn: '2000-01-01',
        facts: { ref, ...(ref === 'ILL' ? { illustrative: true } : {}) },
        texts: { name: `Body ${ref}` },
      });
  }

  async write(one: Step): Promise<void> {
    const register = OF_LISTS[one.register]!;
    const stream = `${register.name}-${one.record}`;
    const before = this.#streams.get(stream);
    const { marking, stated, span, effectiveOn } = one;
    const at = {
      ...{ effectiveOn, marking, stated },
      dated:
        span === undefined
          ? undefined
          : { from: addDays(effectiveOn, -span), to: effectiveOn, how: 'between' as const },
    };
    if (before === undefined || one.what === 'OWN') {
      const own = register.kinds.filter(
        (kind) =>
          (before === undefined) === register.opening.includes(kind.type) &&
          !isCommonFact(kind) &&
          SAMPLES[`${register.name}/${kind.type}`] !== undefined,
      );
      const name = `${register.name}/${own[one.choice % own.length]!.type}`;
      const { facts, texts = {} } = SAMPLES[name]!;
      const [words = ''] = one.words;
      return this.#append(stream, name, {
        ...at,
        facts: { ...facts, ...('body' in facts ? { body: one.body } : {}), ...this.#numbered(facts, stream) },
        texts: Object.fromEntries(
          Object.entries(texts).map(([field], index) => [field, one.words[index % one.words.length] ?? words]),
        ),
      });
    }
    // What voids an opening voids all of the record: not too often.
    const aimed = before.events[one.target % 3 === 0 ? 0 : one.target % before.events.length]!;
    const target = aimed.id;
    switch (one.what) {
      case 'CorrectedDay': {
        const is = addDays(FIRST_DAY, -(one.choice % 400));
        return this.#append(stream, 'Corrected', { ...at, facts: { target, schema: 1, path: 'effectiveOn', is } });
      }
      case 'CorrectedText':
        if (aimed.text === undefined) return this.#append(stream, 'Published', { ...at, facts: {} });
        return this.#append(stream, 'Corrected', {
          ...at,
          facts: { target, schema: 1, path: aimed.text },
          texts: { is: one.words[0]! },
        });
      case 'Marked':
        return this.#append(stream, 'Marked', {
          ...at,
          facts: { ...(one.choice % 3 === 0 ? {} : { target }), to: { ...MARKINGS[one.choice % 3]! } },
        });
      case 'Published':
        return this.#append(stream, 'Published', { ...at, facts: {} });
      default:
        return this.#append(stream, one.what, { ...at, facts: { target } });
    }
  }

  /** The reference of the sample, under a number of its own. */
  #numbered({ ref }: JsonObject, stream: string): JsonObject {
    const number = Number(stream.split('-').at(-1)) + 1;
    if (typeof ref !== 'string') return {};
    // No two records of a ledger have the same reference.
    return { ref: /\d$/.test(ref) ? ref.replace(/\d+$/, String(number)) : `${ref}${'b'.repeat(number - 1)}` };
  }

  async #append(
    stream: string,
    name: string,
    {
      facts,
      texts = {},
      ...at
    }: {
      readonly effectiveOn: string;
      readonly facts: JsonObject;
      readonly texts?: { readonly [field: string]: string };
      readonly marking?: Marking | undefined;
      readonly stated?: string | undefined;
      readonly dated?: { readonly from: string; readonly to: string; readonly how: 'between' } | undefined;
    },
  ): Promise<void> {
    const register = REGISTERS.find((one) => stream.startsWith(`${one.name}-`))!;
    const type = name.split('/').at(-1)!;
    const kind = register.kinds.findLast((one) => one.type === type && one.schema === 1)!;
    const of = this.#streams.get(stream) ?? { version: 0, events: [] };
    this.#streams.set(stream, of);
    const event = writeEvent(
      {
        ...{ kind, stream, stamped: this.#stamp(), marking: MARKINGS[0]!, facts, texts, persons: {} },
        effectiveOn: at.effectiveOn,
        ...(at.stated === undefined ? {} : { stated: at.stated }),
        ...(at.dated === undefined ? {} : { dated: at.dated }),
        ...(at.marking === undefined ? {} : { marking: at.marking }),
        actor: { enteredBy: { post: 'opcc-officer', person: 'p' } },
        ctl: { version: of.version + 1, previous: null, correlation: 'c', command: { name: type, id: 'i' } },
      },
      { keys: this.#keys, ids: this.#ids },
    );
    const result = await this.#store.append(stream, of.version, [event]);
    if (result.outcome !== 'stored') throw new Error(JSON.stringify(result));
    of.version += 1;
    this.words.push(...Object.values(texts));
    of.events.push({ id: event.id, text: Object.keys(texts)[0] });
    this.written.push({ position: result.position, event: event.id, texts: Object.keys(texts) });
  }

  #stamp(): Instant {
    this.#minutes += 7;
    return instantOf(Date.UTC(2023, 2, 25) + this.#minutes * 60_000);
  }
}
