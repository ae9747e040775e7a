import { changedPaths, kindOf, type Movements } from './changes.ts';
import type {
  Cause,
  CellKey,
  CellMove,
  ChangeKind,
  ComparedStep,
  ListChange,
  StepName,
  ToldRecord,
  Wanted,
} from './comparison.ts';
import type { Place } from './course.ts';

/** A record at one end of a step: whether it is in the list there, and in which cell of each table. */
export interface End {
  readonly told: ToldRecord | null;
  readonly listed: boolean;
  readonly cells: { readonly [table: string]: CellKey | undefined };
}

/** How a record stands where it is told so, as far as its fields say. */
export function endOf(told: ToldRecord | null, { passes, tables = {} }: Wanted): End {
  const listed = told !== null && (passes?.(told) ?? true);
  const cells = Object.fromEntries(
    Object.entries(tables).map(([table, cellOf]) => [table, listed ? cellOf(told) : undefined]),
  );
  return { told, listed, cells };
}

/** What became of a record on its way from one end to the other, and the lines of bridges in which it is. */
export interface StepFound {
  readonly step: ComparedStep | null;
  readonly moves: { readonly [table: string]: CellMove | null };
}

/** What a step is told of: its ends, how the fields alone have them, and the places of the course between. */
export interface StepWalked {
  readonly ends: readonly [End, End];
  readonly byFields: readonly [End, End];
  readonly places: readonly Place[];
}

/**
 * One step of a record, of the places of its course.
 *
 * It is net: a field is told of that is otherwise at the end, with everything after which it changed on the way; and a record is in one line of each table
 * in which it changed its cell, that of its last change of it.
 */
export function stepOf(
  name: StepName,
  tells: Movements,
  wanted: Wanted,
  { ends: [from, to], byFields, places }: StepWalked,
): StepFound {
  const causes = new Map<string, Cause[]>();
  const happened: { readonly kind: ChangeKind; readonly paths: readonly string[] }[] = [];
  const last = new Map<string, { readonly kind: ChangeKind; readonly cause: Cause }>();
  let anything: { readonly kind: ChangeKind; readonly cause: Cause } | undefined;
  let before = from.told;
  let here = byFields[0];
  // Where the list says otherwise than the fields at an end, they do not tell what lay between.
  const isTold = here.listed === from.listed && byFields[1].listed === to.listed;
  let wasIn = from.listed;
  let wasOut = !from.listed;
  for (const { cause, told } of places) {
    const paths = changedPaths(before?.told ?? null, told?.told ?? null);
    const next = endOf(told, wanted);
    if (paths.length > 0) {
      const kind = kindOf(tells, name, { cause, before: before?.told ?? null, after: told?.told ?? null, paths });
      happened.push({ kind, paths });
      anything = { kind, cause };
      for (const path of paths) {
        const of = causes.get(path);
        if (of === undefined) causes.set(path, [cause]);
        else of.push(cause);
      }
      for (const table in next.cells) if (next.cells[table] !== here.cells[table]) last.set(table, { kind, cause });
    }
    wasIn ||= isTold && next.listed;
    wasOut ||= isTold && !next.listed;
    before = told;
    here = next;
  }
  const net = new Set(changedPaths(from.told?.told ?? null, to.told?.told ?? null));
  const change = changeOf(from.listed, to.listed, net.size > 0, wasIn, wasOut);
  const isThrough = change === 'RETURNED' || change === 'PASSED_THROUGH';
  const names = [...causes.keys()].filter((path) => isThrough || net.has(path));
  const fields = inOrder(names, [to, from]).map((path) => ({ name: path, causes: causes.get(path)! }));
  const shown = new Set(names);
  const kinds = new Set(happened.flatMap(({ kind, paths }) => (paths.some((path) => shown.has(path)) ? kind : [])));
  const moves = Object.keys(to.cells).map((table) => {
    const [left, entered] = [from.cells[table], to.cells[table]];
    const by = last.get(table) ?? anything ?? { kind: 'OTHER_RECORD' as const, cause: null };
    return [table, left === entered ? null : { ...by, from: left, to: entered }] as const;
  });
  if (kinds.size === 0) kinds.add('OTHER_RECORD');
  return {
    step: change === null ? null : { change, kinds: [...kinds], fields },
    moves: Object.fromEntries(moves),
  };
}

function changeOf(
  isIn: boolean,
  willBe: boolean,
  isChanged: boolean,
  wasIn: boolean,
  wasOut: boolean,
): ListChange | null {
  if (isIn !== willBe) return isIn ? 'LEFT' : 'ENTERED';
  if (!isIn) return wasIn ? 'PASSED_THROUGH' : null;
  return isChanged ? 'CHANGED' : wasOut ? 'RETURNED' : null;
}

/** Fields in the order in which they are told at these ends; first those that are told at none. */
function inOrder(names: readonly string[], ends: readonly End[]): readonly string[] {
  if (names.length < 2) return names;
  const left = new Set(names);
  const ordered: string[] = [];
  for (const { told } of ends) for (const path in told?.told) if (left.delete(path)) ordered.push(path);
  return [...left, ...ordered];
}
