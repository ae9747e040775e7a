import { earlier, later, type CivilDate, type Instant } from '../ledger/index.ts';
import { sameValue } from './same-value.ts';
import type { Bounds, Interval, Rectangle, RectangleChanges } from './types.ts';

/** Before and after every instant: the open ends of what was known when. */
export const BEGINNING_OF_KNOWLEDGE: Instant = '';
export const END_OF_KNOWLEDGE: Instant = '~';
/** After every number in the ledger: the end of a rectangle that still stands. */
export const END_OF_SEQUENCE: number = Number.MAX_SAFE_INTEGER;

/** Bounds within what stands at one number of the ledger. */
export type Box = Pick<Bounds, 'effective' | 'known'>;
/** A value and the days on which it holds, within one stretch of knowledge. */
export interface Cell<Value> {
  readonly effective: Interval<CivilDate>;
  readonly value: Value;
}
/** A stretch of stated instants within which the same events were known, and what then held: cells by day that do not overlap. */
export interface Column<Value> {
  readonly known: Interval<Instant>;
  readonly cells: readonly Cell<Value>[];
}

/** Gives the rectangles of several {@link Standing} numbers of one series. */
export interface Numbers {
  last: number;
}

/**
 * The rectangles of one value over time (the states of a record, or one caveat) that still stand: no two of them overlap. There is
 * one way to change them: boxes are cut out of what stands, whatever stands there, and new cells put in their place. So nothing that
 * is put in can come to lie over anything that was there.
 *
 * What is superseded is closed, told of in the changes and forgotten.
 */
export class Standing<Value> {
  readonly #numbers: Numbers;
  /** Of the latest knowledge, by effective day. */
  #head: Rectangle<Value>[] = [];
  /** Of earlier knowledge. */
  #past: Rectangle<Value>[] = [];

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** What holds on the last of all days by the latest knowledge. */
  get last(): Rectangle<Value> | undefined {
    return this.#head.at(-1);
  }

  get isEmpty(): boolean {
    return this.#head.length === 0 && this.#past.length === 0;
  }

  /**
   * Puts a value (null: none) into a box from which on nothing is known to change: it reaches to the end of knowledge, and what stands
   * there on later days ends with it. Costs what it replaces, whatever went before.
   */
  put(box: Box, value: Value | null, sequence: number): RectangleChanges<Value> {
    const change = new Change<Value>(this.#numbers, sequence);
    let first = this.#head.length;
    // One or more: neighbours may be alike where what lay between them was taken back.
    while (first > 0 && (this.#head[first - 1] as Box).effective[1] > box.effective[0]) first -= 1;
    for (const old of this.#head.splice(first)) this.#keep(change.cut(old, box));
    if (value !== null) this.#head.push(change.open(box, value));
    return change.changes();
  }

  /** Replaces what stands, from the first of these columns on, wherever they say otherwise. `columns`: all to the end of knowledge. */
  replace(columns: readonly Column<Value>[], sequence: number): RectangleChanges<Value> {
    const boxes: Box[] = [];
    const cells: (Box & Cell<Value>)[] = [];
    let standing = [...this.#head, ...this.#past];
    for (const { known, cells: is } of columns) {
      const was = standing.filter(({ known: [from, to] }) => from <= known[0] && known[0] < to);
      const differing = differences(was.sort(byDay), is, known);
      stack(boxes, differing.boxes, () => true);
      stack(cells, differing.cells, (a, b) => sameValue(a.value, b.value));
    }
    const change = new Change<Value>(this.#numbers, sequence);
    for (const box of boxes) standing = standing.flatMap((old) => (meet(old, box) ? change.cut(old, box) : [old]));
    for (const cell of cells) standing.push(change.open(cell, cell.value));
    this.#head = [];
    this.#past = [];
    this.#keep(standing);
    this.#head.sort(byDay);
    return change.changes();
  }

  #keep(standing: readonly Rectangle<Value>[]): void {
    for (const rectangle of standing) {
      if (rectangle.known[1] === END_OF_KNOWLEDGE) this.#head.push(rectangle);
      else this.#past.push(rectangle);
    }
  }
}

/** What one event does to rectangles, being gathered. */
class Change<Value> {
  readonly #numbers: Numbers;
  readonly #sequence: number;
  readonly #firstNew: number;
  readonly #added: Rectangle<Value>[] = [];
  readonly #shortened = new Map<number, Rectangle<Value>>();

  constructor(numbers: Numbers, sequence: number) {
    this.#numbers = numbers;
    this.#sequence = sequence;
    this.#firstNew = numbers.last + 1;
  }

  open({ effective, known }: Box, value: Value): Rectangle<Value> {
    return this.#new({ effective, known, sequence: [this.#sequence, END_OF_SEQUENCE] }, value);
  }

  /**
   * Cuts the box out of a standing rectangle: what lies outside stands on, what lies inside is closed. The first of these pieces
   * keeps the number.
   * @returns the pieces that stand on
   */
  cut(old: Rectangle<Value>, box: Box): readonly Rectangle<Value>[] {
    const [dayFrom, dayTo] = old.effective;
    const [knownFrom, knownTo] = old.known;
    const from = later(dayFrom, box.effective[0]);
    const to = earlier(dayTo, box.effective[1]);
    const within: Interval<CivilDate> = from === dayFrom && to === dayTo ? old.effective : [from, to];
    const begin = later(knownFrom, box.known[0]);
    const end = earlier(knownTo, box.known[1]);
    const standing: Rectangle<Value>[] = [];
    let whole = true;
    const piece = (
      effective: Interval<CivilDate>,
      known: Interval<Instant>,
      sequence: Interval<number>,
    ): Rectangle<Value> => {
      const bounds = { effective, known, sequence };
      if (!whole) return this.#new(bounds, old.value, old.origin);
      whole = false;
      return this.#shrunk({ number: old.number, origin: old.origin, ...bounds, value: old.value });
    };
    if (dayFrom < from) standing.push(piece([dayFrom, from], old.known, old.sequence));
    if (to < dayTo) standing.push(piece([to, dayTo], old.known, old.sequence));
    if (knownFrom < begin) standing.push(piece(within, [knownFrom, begin], old.sequence));
    if (end < knownTo) standing.push(piece(within, [end, knownTo], old.sequence));
    const inside: Interval<Instant> = begin === knownFrom && end === knownTo ? old.known : [begin, end];
    piece(within, inside, [old.sequence[0], this.#sequence]);
    return standing;
  }

  changes(): RectangleChanges<Value> {
    return { shortened: [...this.#shortened.values()], added: this.#added };
  }

  #new(bounds: Bounds, value: Value, origin?: number): Rectangle<Value> {
    const number = (this.#numbers.last += 1);
    const rectangle = { number, origin: origin ?? number, ...bounds, value };
    this.#added.push(rectangle);
    return rectangle;
  }

  #shrunk(rectangle: Rectangle<Value>): Rectangle<Value> {
    if (rectangle.number >= this.#firstNew) this.#added[rectangle.number - this.#firstNew] = rectangle;
    else this.#shortened.set(rectangle.number, rectangle);
    return rectangle;
  }
}

/** Where two rows of cells by day, of one column, say different things: the boxes to clear, and what belongs there now. */
function differences<Value>(
  was: readonly Cell<Value>[],
  is: readonly Cell<Value>[],
  known: Interval<Instant>,
): { readonly boxes: readonly Box[]; readonly cells: readonly (Box & Cell<Value>)[] } {
  const days = [...new Set([...was, ...is].flatMap(({ effective }) => effective))].sort();
  const boxes: { effective: Interval<CivilDate>; known: Interval<Instant> }[] = [];
  const cells: { effective: Interval<CivilDate>; known: Interval<Instant>; value: Value }[] = [];
  let w = 0;
  let i = 0;
  for (let d = 0; d + 1 < days.length; d += 1) {
    const from = days[d] as CivilDate;
    const to = days[d + 1] as CivilDate;
    while (w < was.length && (was[w] as Cell<Value>).effective[1] <= from) w += 1;
    while (i < is.length && (is[i] as Cell<Value>).effective[1] <= from) i += 1;
    const before = startedBy(was[w], from);
    const after = startedBy(is[i], from);
    if (sameValue(before?.value, after?.value)) continue;
    const box = boxes.at(-1);
    if (box?.effective[1] === from) box.effective = [box.effective[0], to];
    else boxes.push({ effective: [from, to], known });
    if (after === undefined) continue;
    const cell = cells.at(-1);
    if (cell?.effective[1] === from && sameValue(cell.value, after.value)) cell.effective = [cell.effective[0], to];
    else cells.push({ effective: [from, to], known, value: after.value });
  }
  return { boxes, cells };
}

function startedBy<Value>(cell: Cell<Value> | undefined, day: CivilDate): Cell<Value> | undefined {
  return cell !== undefined && cell.effective[0] <= day ? cell : undefined;
}

/** Adds the boxes of the next column, each joined to the one it continues, if that alike spans the same days. */
function stack<B extends Box>(boxes: B[], next: readonly B[], alike: (a: B, b: B) => boolean): void {
  const count = boxes.length;
  for (const box of next) {
    const [from, to] = box.effective;
    const at = boxes.findIndex(
      (one, index) =>
        index < count &&
        one.known[1] === box.known[0] &&
        one.effective[0] === from &&
        one.effective[1] === to &&
        alike(one, box),
    );
    if (at === -1) boxes.push(box);
    else boxes[at] = { ...box, known: [(boxes[at] as B).known[0], box.known[1]] };
  }
}

function meet(a: Box, b: Box): boolean {
  return (
    a.effective[0] < b.effective[1] &&
    b.effective[0] < a.effective[1] &&
    a.known[0] < b.known[1] &&
    b.known[0] < a.known[1]
  );
}

function byDay(a: Pick<Box, 'effective'>, b: Pick<Box, 'effective'>): number {
  return a.effective[0] < b.effective[0] ? -1 : a.effective[0] > b.effective[0] ? 1 : 0;
}
