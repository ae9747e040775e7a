import type { TextRef } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { recordAsOf } from './record-states.ts';

/*
 * How the records of a list are counted in groups: one rule for every list of who may see a key, which keys come first, and what each is
 * called. What a list adds is which groupings it has.
 */

/** Under which keys records count, in which order these come, and what each is called. */
export interface Grouping {
  /** What those without a key are called, which come last. */
  readonly without: string;
  /** Keys of a closed list, in its order, with what each is called. Any other key is in the order of its letters. */
  readonly members?: { readonly [key: string]: string };
  /** The key under which a value of the tables counts. Default: the value. */
  readonly under?: (value: string) => string | null;
  /** The record that a key names. One that is not for the reader counts among those without a key. */
  readonly names?: (key: string) => string;
  /** What a key is called; null for what it is itself. */
  readonly label?: (view: LedgerView, key: string) => Promise<string | null>;
  /** By which text a key comes before another. Default: by itself. */
  readonly rank?: (view: LedgerView, key: string) => Promise<string>;
}

/** By the members of a list, as they are called where they are declared. */
export function byMembers(members: { readonly [key: string]: { readonly label: string } }, without: string): Grouping {
  const called = Object.entries(members).map(([key, { label }]) => [key, label.toLowerCase()]);
  return { without, members: Object.fromEntries(called) as { readonly [key: string]: string } };
}

/** By another record, which is called by a text of its own. Default: by its reference. */
export function byRecord(without: string, called?: readonly [register: string, text: 'name' | 'title']): Grouping {
  return {
    without,
    names: (key) => key,
    label: async (view, key) => {
      if (called === undefined) return null;
      const [register, text] = called;
      const record = await recordAsOf<{ readonly name?: TextRef; readonly title?: TextRef }>(view, register, key);
      return view.text(record?.state[text]);
    },
  };
}

/** What counts under one key. */
export interface Grouped<Row> {
  readonly key: string | null;
  readonly label: string;
  readonly of: readonly Row[];
}

/** What the tables tell of each value, under the keys by which the reader may see it counted, in their order. */
export async function inGroups<Row extends { readonly key: string | null }>(
  view: LedgerView,
  grouping: Grouping,
  rows: readonly Row[],
): Promise<readonly Grouped<Row>[]> {
  const keys = await Promise.all(rows.map(({ key }) => keyFor(view, grouping, key)));
  const under = new Map<string | null, Row[]>();
  for (const [index, row] of rows.entries()) under.set(keys[index]!, [...(under.get(keys[index]!) ?? []), row]);
  const groups = await Promise.all(
    [...under].map(async ([key, of]) => {
      const [label, rank] = await Promise.all([labelFor(view, grouping, key), rankFor(view, grouping, key)]);
      return { rank, group: { key, label, of } };
    }),
  );
  return groups.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ group }) => group);
}

/** How many there are in one group. `key` is null for those without one. */
export interface GroupCount {
  readonly key: string | null;
  readonly label: string;
  readonly count: number;
}

/** How many there are under each key, of what the tables counted by each value. */
export async function countsInGroups(
  view: LedgerView,
  grouping: Grouping,
  rows: readonly { readonly key: string | null; readonly count: number }[],
): Promise<readonly GroupCount[]> {
  const groups = await inGroups(view, grouping, rows);
  return groups.map(({ key, label, of }) => ({ key, label, count: of.reduce((sum, { count }) => sum + count, 0) }));
}

/** The keys under which the reader may see these values counted. */
export function keysUnder(
  view: LedgerView,
  grouping: Grouping,
  values: readonly (string | null)[],
): Promise<readonly (string | null)[]> {
  return Promise.all(values.map((value) => keyFor(view, grouping, value)));
}

/** These keys, each once, in their order, and what each is called. */
export async function inOrderOfGroups(
  view: LedgerView,
  grouping: Grouping,
  keys: readonly (string | null)[],
): Promise<ReadonlyMap<string | null, string>> {
  const each = await Promise.all(
    [...new Set(keys)].map(async (key) => ({
      key,
      label: await labelFor(view, grouping, key),
      rank: await rankFor(view, grouping, key),
    })),
  );
  const inOrder = each.toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Map(inOrder.map(({ key, label }) => [key, label]));
}

async function keyFor(view: LedgerView, { under, names }: Grouping, value: string | null): Promise<string | null> {
  const key = value === null || under === undefined ? value : under(value);
  if (key === null || names === undefined) return key;
  return (await seesLink(view, names(key))) ? key : null;
}

async function labelFor(view: LedgerView, { without, members, label }: Grouping, key: string | null): Promise<string> {
  if (key === null) return without;
  return members?.[key] ?? (await label?.(view, key)) ?? key;
}

async function rankFor(view: LedgerView, { members, rank }: Grouping, key: string | null): Promise<string> {
  if (key === null) return '~';
  if (members !== undefined) return placeInOrder(Object.keys(members).indexOf(key));
  return rank === undefined ? key : rank(view, key);
}

/** A place in a list, from 0 on, as a text that comes before that of the next one. -1 comes before all. */
export function placeInOrder(index: number): string {
  return String(index + 1).padStart(3, '0');
}
