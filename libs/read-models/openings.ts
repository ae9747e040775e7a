import type {
  Command,
  Consequence,
  Opening,
  OpeningPolicy,
  OwedOpening,
  PlacedEvent,
  RecordEvent,
  Register,
  Source,
  TextRef,
  WithWords,
} from '../ledger/index.ts';
import { isTextRef } from './links.ts';
import type { LoggedFact } from './record-fold.ts';
import type { Tables } from './tables.ts';

/** What changes which facts of a record stand, and how they read. */
const AMENDS = ['Corrected', 'Voided', 'Restored'];

/**
 * Keeps what policies have still to open because of facts of a record. Worked out from the events of that record, of the rule that switches the
 * policy, and of what was opened already, so it is the same after every rebuild.
 */
export class Openings {
  readonly #tables: Tables;
  readonly #policies: readonly OpeningPolicy[];
  /** Records touched since it was last settled, by policy. */
  #touched = new Map<OpeningPolicy, Set<number>>();

  constructor(tables: Tables, policies: readonly OpeningPolicy[]) {
    this.#tables = tables;
    this.#policies = policies;
  }

  /** Takes note of the next facts of a record. */
  note(register: Register, record: number, facts: readonly LoggedFact[], isNew: boolean): void {
    for (const policy of this.#policies) {
      const events = facts.filter((fact) => !('unreadable' in fact)) as readonly PlacedEvent[];
      const [opening] = events;
      const cause = isNew && register.name === policy.opens && opening !== undefined ? policy.causeOf(opening) : null;
      if (cause !== null) this.#tables.addOpened({ policy: policy.name, cause, record });
      if (register.name !== policy.causes.register) continue;
      const isCause = events.some(({ type }) => policy.causes.types.includes(type));
      if (isCause) this.#tables.addCausing({ policy: policy.name, record });
      if (isCause || (events.some(({ type }) => AMENDS.includes(type)) && this.#tables.isCausing(policy.name, record)))
        this.#touch(policy, record);
    }
  }

  #touch(policy: OpeningPolicy, record: number): void {
    const touched = this.#touched.get(policy) ?? new Set<number>();
    this.#touched.set(policy, touched.add(record));
  }

  /** Works out what is owed by all that was touched. */
  settle(): void {
    const touched = this.#touched;
    this.forget();
    for (const [policy, records] of touched)
      for (const record of records)
        this.#tables.owe(
          policy.name,
          record,
          owedBy(this.#tables, policy, record).map(({ cause: { id: cause, sequence } }) => ({ cause, sequence })),
        );
  }

  /** Nothing was touched: what was done with the tables since was taken back. */
  forget(): void {
    this.#touched = new Map();
  }
}

/** All that a record owes by a policy, what was opened already among it. */
function owedBy(tables: Tables, policy: OpeningPolicy, record: number): readonly OwedOpening[] {
  const events = eventsOf(tables, record);
  const rule = policy.switchOf(events);
  const stream = rule === null ? null : tables.bearerOf(policy.switchedBy, rule);
  const switches = stream === null ? null : tables.record(stream);
  return switches === null ? [] : policy.owed(events, eventsOf(tables, switches.record));
}

function eventsOf(tables: Tables, record: number): readonly PlacedEvent[] {
  return tables
    .written(record)
    .flatMap(({ sequence, body }) => (body === null ? [] : [{ ...(JSON.parse(body) as RecordEvent), sequence }]));
}

/** What is still to be opened, in the order of the causes, with the words that its causes hold. Those that were erased are gone. */
export function openingsOutstanding(tables: Tables, policies: readonly OpeningPolicy[]): readonly Consequence[] {
  const rows = tables.owed();
  const known = new Map<string, readonly OwedOpening[]>();
  return rows.flatMap(({ policy: name, record, cause }) => {
    const policy = policies.find((one) => one.name === name);
    if (policy === undefined) return [];
    const key = `${name} ${record}`;
    const owed = known.get(key) ?? owedBy(tables, policy, record);
    known.set(key, owed);
    const one = owed.find((opening) => opening.cause.id === cause);
    return one === undefined ? [] : [consequenceOf(policy, one, (words) => tables.words(words))];
  });
}

/** The words that what is opened takes from its cause. */
export function wordsTaken({ cause, command }: Opening): readonly TextRef[] {
  return [...TAKEN.flatMap((part) => cause.texts[part] ?? []), ...wordsWithin(command)];
}

const TAKEN = ['document', 'paragraph', 'quote', 'reason'] as const;

function wordsWithin(value: WithWords): readonly TextRef[] {
  if (isTextRef(value)) return [value];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.values(value).flatMap((one: WithWords) => wordsWithin(one));
}

/**
 * What a policy does because of an event, with its words.
 * @param read the words that stand there; null for those that were erased, or are not for whoever asks
 */
export function consequenceOf(
  { name, opens }: Pick<OpeningPolicy, 'name' | 'opens'>,
  { cause, command, marking, authority }: Opening,
  read: (words: TextRef) => string | null,
): Consequence {
  const words = (part: (typeof TAKEN)[number]) => {
    const ref = cause.texts[part];
    return ref === undefined ? null : read(ref);
  };
  const source: Source = without({
    ...{ document: words('document'), paragraph: words('paragraph'), quote: words('quote') },
    ...{ publishedOn: cause.publishedOn, record: cause.cites, version: cause.citesVersion },
  });
  const said = cause.actor.authority;
  const onSayOf = authority ?? (said === 'notStated' ? undefined : said);
  return {
    ...{ policy: name, register: opens, which: '1', marking, cause },
    command: withWords(command, read) as Command,
    taken: without({
      authority: onSayOf,
      reason: words('reason'),
      source: Object.keys(source).length === 0 ? undefined : source,
    }),
  };
}

/** A command with the words that it points to. What has none any more is left out, and refused where it is needed. */
function withWords(value: WithWords, read: (words: TextRef) => string | null): unknown {
  if (isTextRef(value)) return read(value) ?? undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return without(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withWords(one, read)])));
}

function without<Value extends object>(
  value: Value,
): { readonly [Key in keyof Value]?: Exclude<Value[Key], null | undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined)) as never;
}
