import type { Command, CommandEnvelope } from '../ledger/index.ts';
import type { RecordKind } from '../declarations/index.ts';

/** A command and all that comes with it, save the commandId, which depends on the ledger that it goes to. */
export type PlannedEnvelope = Omit<CommandEnvelope, 'commandId'>;

/**
 * A place in a planned command that names something else. Until {@link resolveRow} the place holds the cell as it was written.
 */
export interface RowLink {
  readonly in: 'command' | 'envelope';
  readonly path: readonly string[];
  readonly column: string;
  readonly cell: string;
  /** Key of the earlier row of this import that is meant; absent when the cell is the ledger's own reference. */
  readonly key?: string;
  /** What is named: a record of that kind, or one event. */
  readonly names: RecordKind | 'event';
}

/** One row of an import as the command that it will send. */
export interface PlannedRow {
  readonly file: string;
  readonly line: number;
  readonly key: string;
  /** Name of the mutation, as the row gives it: `raiseAction`. */
  readonly name: string;
  readonly register: string;
  readonly kind: RecordKind;
  readonly opens: boolean;
  readonly command: Command;
  readonly envelope: PlannedEnvelope;
  readonly links: readonly RowLink[];
  /** Set on the last row of a record that a paper made public: once it is written, the record is published up to here. */
  readonly publishes?: PlannedEnvelope;
}

/** Rows in the order in which they are to be sent. They can be gone through any number of times. */
export interface PlannedRows extends Iterable<PlannedRow> {
  readonly length: number;
}

/** All rows of an import. */
export interface ImportPlan {
  readonly id: string;
  readonly title?: string;
  readonly rows: PlannedRows;
}

/** What the rows before this one became. */
export interface Written {
  /** Reference of the record that the row with that key opened. */
  refOf(key: string): string | undefined;
  /** The event that the row with that key wrote: the first, where it wrote several. */
  eventOf(key: string): string | undefined;
}

/** A planned command with the names of other records in it as the ledger knows them. */
export interface ResolvedRow {
  readonly command: Command;
  readonly envelope: PlannedEnvelope;
}

/** The row with every key replaced by what it stands for; or the link whose row has not been written. */
export function resolveRow(row: PlannedRow, written: Written): ResolvedRow | { readonly unresolved: RowLink } {
  let resolved: ResolvedRow = { command: row.command, envelope: row.envelope };
  for (const link of row.links) {
    if (link.key === undefined) continue;
    const value = link.names === 'event' ? written.eventOf(link.key) : written.refOf(link.key);
    if (value === undefined) return { unresolved: link };
    resolved = withLink(resolved, link, value);
  }
  return resolved;
}

/** The same, with what one link names put in its place. */
export function withLink(row: ResolvedRow, { in: where, path }: RowLink, value: string): ResolvedRow {
  return { ...row, [where]: withAt(row[where] as unknown as PlainObject, path, value) };
}

interface PlainObject {
  readonly [name: string]: unknown;
}

/** A copy of nested plain objects and lists with one value set, and what is missing on the way to it made. */
export function withAt(object: PlainObject, path: readonly string[], value: unknown): PlainObject {
  const [name, ...rest] = path as readonly [string, ...string[]];
  const set = rest.length === 0 ? value : withAt((object[name] ?? {}) as PlainObject, rest, value);
  if (!Array.isArray(object)) return { ...object, [name]: set };
  return (object as readonly unknown[]).with(Number(name), set) as unknown as PlainObject;
}
