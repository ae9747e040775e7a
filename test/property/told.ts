import type { RecordEvent } from '../../libs/ledger/index.ts';
import { namesIn } from '../../libs/read-models/index.ts';
import {
  createTimeline,
  type Caveat,
  type Foldable,
  type KnownEvent,
  type Naming,
  type Rectangle,
  type RectangleChanges,
  type RecordingClock,
} from '../../libs/timeline/index.ts';

/** All rectangles of a record that its timeline has told of, by number, closed ones too. */
export interface Told<State> {
  readonly states: readonly Rectangle<State>[];
  readonly caveats: readonly Rectangle<Caveat>[];
  readonly namings: readonly Rectangle<Naming>[];
}

/** What a timeline tells of these events, as a table that heeds each change would hold it. */
export function toldOf<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
  events: readonly KnownEvent[],
): Told<State> {
  const timeline = createTimeline(register, clock, namesIn);
  const states = new Table<State>();
  const caveats = new Table<Caveat>();
  const namings = new Table<Naming>();
  for (const event of events) {
    const changes = timeline.add(event);
    states.heed(changes.states);
    caveats.heed(changes.caveats);
    namings.heed(changes.namings);
  }
  return { states: states.rows, caveats: caveats.rows, namings: namings.rows };
}

/** Rows kept up to date from changes alone. */
export class Table<Value> {
  readonly #rows = new Map<number, Rectangle<Value>>();

  get rows(): readonly Rectangle<Value>[] {
    return [...this.#rows.values()].sort((a, b) => a.number - b.number);
  }

  /** @throws Error for a change that no table could heed */
  heed({ shortened, added }: RectangleChanges<Value>): void {
    for (const row of shortened) {
      const before = this.#rows.get(row.number);
      if (before === undefined) throw new Error(`rectangle ${row.number} was shortened before it was added`);
      if (before.value !== row.value || before.origin !== row.origin)
        throw new Error(`rectangle ${row.number} changed its value`);
      this.#rows.set(row.number, row);
    }
    for (const row of added) {
      if (row.number !== this.#rows.size + 1) throw new Error(`rectangle ${row.number} is out of order`);
      if (row.origin > row.number) throw new Error(`rectangle ${row.number} was cut of one that is still to come`);
      this.#rows.set(row.number, row);
    }
  }
}
