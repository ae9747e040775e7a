/*
 * A state is kept as what it has otherwise than the one before it, so that a list within it costs what is added to it and not, each
 * time, what it holds. After some differences a state is kept whole: as soon as those since the last whole one are together as long
 * as that. So a state is read from at most twice its own length, and all states of a record take at most three times what their
 * differences take, whatever lists they have.
 */

/** How a value becomes the next one. Plain JSON. */
export type Difference =
  /** This instead. */
  | readonly ['=', unknown]
  /** Members of an object: what becomes of some, and which are gone. */
  | readonly ['{', readonly (readonly [key: string, Difference])[], readonly string[]]
  /** A list: from that place on, so many are gone and these are there instead. */
  | readonly ['+', number, number, readonly unknown[]]
  /** A list of the same length: what becomes of the entries from that place on. */
  | readonly ['[', number, readonly (Difference | null)[]];

/** A state as it is kept: whole where `base` is its own number, else as its difference from the one kept before it. */
export interface KeptState {
  /** Number of the last state that was kept whole. */
  readonly base: number;
  readonly json: string;
}

/** Keeps the states of one record, audience and clock, one after the other. */
export class StateKeeper {
  #last: unknown = undefined;
  #base = 0;
  /** Characters of the last whole state that the differences since have not yet used up. */
  #left = 0;

  keep(number: number, state: unknown): KeptState {
    const before = this.#last;
    this.#last = state;
    if (this.#base !== 0) {
      const json = JSON.stringify(differenceBetween(before, state));
      this.#left -= json.length;
      if (this.#left >= 0) return { base: this.#base, json };
    }
    const json = JSON.stringify(state);
    this.#base = number;
    this.#left = json.length;
    return { base: number, json };
  }
}

/** The state that a chain tells: a whole one, then every difference kept since. */
export function stateFrom(chain: readonly string[]): unknown {
  const [whole, ...differences] = chain;
  return differences.reduce(stateAfter, JSON.parse(whole as string) as unknown);
}

/** The next state, by its difference as it is kept. What is alike is shared. */
export function stateAfter(state: unknown, json: string): unknown {
  return changedBy(state, JSON.parse(json) as Difference | null);
}

/** What makes the first value the second, as JSON tells them; null where nothing does. */
export function differenceBetween(before: unknown, after: unknown): Difference | null {
  if (before === after) return null;
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after);
  if (isPlain(before) && isPlain(after)) return ofObjects(before, after);
  return JSON.stringify(before) === JSON.stringify(after) ? null : ['=', after];
}

function ofObjects(before: Plain, after: Plain): Difference | null {
  const members: (readonly [key: string, Difference])[] = [];
  const gone = Object.keys(before).filter((key) => before[key] !== undefined && memberOf(after, key) === undefined);
  for (const key of Object.keys(after)) {
    const [was, is] = [memberOf(before, key), after[key]];
    if (is === undefined) continue;
    const difference: Difference | null = was === undefined ? ['=', is] : differenceBetween(was, is);
    if (difference !== null) members.push([key, difference]);
  }
  return members.length === 0 && gone.length === 0 ? null : ['{', members, gone];
}

function memberOf(object: Plain, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Lists are alike at their beginning and at their end; what lies between is said anew. */
function ofLists(before: readonly unknown[], after: readonly unknown[]): Difference | null {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && differenceBetween(before[start], after[start]) === null) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    differenceBetween(before[before.length - 1 - end], after[after.length - 1 - end]) === null
  )
    end += 1;
  const gone = before.length - start - end;
  const instead = after.slice(start, after.length - end);
  if (gone === 0 && instead.length === 0) return null;
  if (gone !== instead.length) return ['+', start, gone, instead];
  return ['[', start, instead.map((entry, index) => differenceBetween(before[start + index], entry))];
}

function changedBy(value: unknown, difference: Difference | null): unknown {
  if (difference === null) return value;
  switch (difference[0]) {
    case '=':
      return difference[1];
    case '{': {
      const [, members, gone] = difference;
      const object = Object.fromEntries(Object.entries(value as Plain).filter(([key]) => !gone.includes(key)));
      for (const [key, of] of members) {
        const is = changedBy(memberOf(object, key), of);
        // Whatever the name of a member is, it is a member and nothing else.
        Object.defineProperty(object, key, { value: is, writable: true, enumerable: true, configurable: true });
      }
      return object;
    }
    case '+':
      return (value as readonly unknown[]).toSpliced(difference[1], difference[2], ...difference[3]);
    case '[': {
      const list = [...(value as readonly unknown[])];
      difference[2].forEach((of, index) => (list[difference[1] + index] = changedBy(list[difference[1] + index], of)));
      return list;
    }
  }
}

interface Plain {
  readonly [key: string]: unknown;
}

function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
