import type { MarkingPolicy, PlacedEvent, RecordEvent, Register } from '../ledger/index.ts';
import type { LoggedFact } from './record-fold.ts';
import type { Tables } from './tables.ts';

/** What changes who may see a record. */
const MARKS = ['Marked', 'Voided', 'Restored'];

/**
 * Keeps which records are still to be marked because of another record, so that they are withheld until they are. Worked out from the
 * events of both, so it is the same after every rebuild.
 */
export class Arising {
  readonly #tables: Tables;
  readonly #policies: readonly MarkingPolicy[];
  /** Touched since it was last settled, by policy. */
  #origins = new Map<MarkingPolicy, Set<string>>();
  #records = new Map<MarkingPolicy, Map<number, string>>();

  constructor(tables: Tables, policies: readonly MarkingPolicy[]) {
    this.#tables = tables;
    this.#policies = policies;
  }

  /** Takes note of the next facts of a record. */
  note(register: Register, record: number, ref: string | null, facts: readonly LoggedFact[], isNew: boolean): void {
    const events = facts.filter(isRead);
    for (const policy of this.#policies) {
      if (register.name === policy.marks) this.#noteMarked(policy, record, events, isNew);
      if (register.name === policy.causes.register && ref !== null) this.#noteCause(policy, record, ref, events);
    }
  }

  #noteMarked(policy: MarkingPolicy, record: number, events: readonly PlacedEvent[], isNew: boolean): void {
    const [opening] = events;
    if (isNew && opening !== undefined) {
      const origin = policy.originOf(opening);
      if (origin === null) return;
      this.#tables.addArisen({ policy: policy.name, origin, record });
      within(this.#records, policy, new Map<number, string>()).set(record, origin);
    } else if (events.some(({ type }) => MARKS.includes(type)) && this.#tables.isWithheld(record)) {
      const origin = this.#tables.originOf(policy.name, record);
      if (origin !== null) within(this.#records, policy, new Map<number, string>()).set(record, origin);
    }
  }

  #noteCause(policy: MarkingPolicy, record: number, ref: string, events: readonly PlacedEvent[]): void {
    const hides = events.some((event) => policy.hides(event));
    if (hides) this.#tables.addHiding({ policy: policy.name, origin: ref, record });
    if (hides || events.some(({ type }) => MARKS.includes(type)))
      within(this.#origins, policy, new Set<string>()).add(ref);
  }

  /** Works out what is owed by all that was touched. */
  settle(): void {
    const [origins, records] = [this.#origins, this.#records];
    this.forget();
    for (const policy of this.#policies) {
      const touched = new Map<string, Set<number> | 'all'>();
      for (const [record, origin] of records.get(policy) ?? [])
        (within(touched, origin, new Set<number>()) as Set<number>).add(record);
      for (const origin of origins.get(policy) ?? []) touched.set(origin, 'all');
      for (const [origin, which] of touched) this.#settle(policy, origin, which);
    }
  }

  /** Nothing was touched: what was done with the tables since was taken back. */
  forget(): void {
    this.#origins = new Map();
    this.#records = new Map();
  }

  #settle(policy: MarkingPolicy, origin: string, which: ReadonlySet<number> | 'all'): void {
    const hiding = this.#tables.hiding(policy.name, origin);
    if (hiding === null) return;
    const facts = this.#eventsOf(hiding);
    for (const [place, record] of this.#tables.arisenFrom(policy.name, origin).entries()) {
      if (which !== 'all' && !which.has(record)) continue;
      const owed = policy.owed(facts, this.#eventsOf(record));
      this.#tables.withhold(
        record,
        policy.name,
        owed.map(({ cause, to }) => ({ cause, place, sensitive: to.sensitive ? 1 : 0, session: to.session })),
      );
    }
  }

  #eventsOf(record: number): readonly PlacedEvent[] {
    return this.#tables
      .written(record)
      .flatMap(({ sequence, body }) => (body === null ? [] : [{ ...(JSON.parse(body) as RecordEvent), sequence }]));
  }
}

function isRead(fact: LoggedFact): fact is LoggedFact & PlacedEvent {
  return !('unreadable' in fact);
}

function within<Key, Value>(map: Map<Key, Value>, key: Key, made: Value): Value {
  const found = map.get(key) ?? made;
  map.set(key, found);
  return found;
}
