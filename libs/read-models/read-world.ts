import { sql } from 'kysely';
import type { KnownEvent, NamedRecord, RecordsOfBody, Telling, Unknown, World } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { withoutLinksTo } from './links.ts';
import { everMistaken } from './mistakes.ts';
import { CLOCK_BIT, tableOf } from './projection.ts';
import { eventsAsOf } from './record-events.ts';
import { everyRecordOf } from './record-states.ts';
import { inTurns } from './turns.ts';
import { maySee, opened } from './view.ts';

/**
 * The records that a walk is told by, as the reader may see them by what is known at its end: read as they are asked for, many in one
 * question.
 */
export class ReadWorld implements World {
  readonly registers: World['registers'];
  readonly #view: LedgerView;
  readonly #events = new Map<string, readonly KnownEvent[]>();
  readonly #ofBodies = new Map<string, readonly string[]>();
  #mistaken: readonly NamedRecord[] = [];

  constructor(view: LedgerView) {
    this.#view = view;
    this.registers = opened(view).answering.registers as unknown as readonly Telling[];
  }

  get mistaken(): readonly NamedRecord[] {
    return this.#mistaken;
  }

  eventsOf(register: string, ref: string): readonly KnownEvent[] | undefined {
    return this.#events.get(`${register}/${ref}`);
  }

  refsOfBody(register: string, body: string): readonly string[] | undefined {
    return this.#ofBodies.get(`${register}/${body}`);
  }

  withoutLinksTo<State>(state: State, isNothing: (ref: string) => boolean): State {
    return withoutLinksTo(state, isNothing);
  }

  async readMistaken(): Promise<void> {
    this.#mistaken = await readMistaken(this.#view);
  }

  async read(wanted: Unknown['unknown']): Promise<void> {
    await inTurns(wanted, (one) => ('ref' in one ? this.#readRecord(one) : this.#readOfBody(one)));
  }

  async #readRecord({ register, ref }: NamedRecord): Promise<void> {
    const known = (await eventsAsOf(this.#view, { register, ref })).map(({ event }) => event);
    this.#events.set(
      `${register}/${ref}`,
      known.toSorted((a, b) => a.sequence - b.sequence),
    );
  }

  async #readOfBody({ register, body }: RecordsOfBody): Promise<void> {
    const { answering, reader, point } = opened(this.#view);
    const { query } = answering.tables();
    const { rows } = await sql<{ readonly ref: string }>`select distinct row.ref as ref
      from ${sql.table(tableOf(everyRecordOf(this.#view, register)))} as row
      where row.belongs_to = ${body} and (row.clocks & ${CLOCK_BIT[point.clock]}) <> 0 and row.sequence_from <= ${point.sequence}
        and ${maySee({ reader, answering }, sql.ref('row.audiences'), sql.ref('row.record'))}`.execute(query);
    const refs = rows.map(({ ref }) => ref);
    this.#ofBodies.set(`${register}/${body}`, refs);
    await this.read(refs.filter((ref) => this.eventsOf(register, ref) === undefined).map((ref) => ({ register, ref })));
  }
}

/** The records that were ever void, as far as the reader may know of them. */
async function readMistaken(view: LedgerView): Promise<readonly NamedRecord[]> {
  const { answering, reader } = opened(view);
  const tables = answering.tables();
  if (reader.audience === 'full' && !tables.hasMistakes()) return [];
  const { rows } = await sql<NamedRecord>`select register, ref from ${everMistaken(view)}`.execute(tables.query);
  return rows;
}
