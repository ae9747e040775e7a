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
  [from, to]: readonly [End, End],
  course: Iterable<Place>,
): StepFound {
  const causes = new Map<string, Cause[]>();
  const happened: { readonly kind: ChangeKind; readonly paths: readonly string[] }[] = [];
  const last = new Map<string, { readonly kind: ChangeKind; readonly cause: Cause }>();
  let anything: { readonly kind: ChangeKind; readonly cause: Cause } | undefined;
  let before = from.told;
  let here = endOf(before, wanted);
  // Where the list says otherwise than the fields at an end, they do not tell what lay between.
  const isTold = here.listed === from.listed && endOf(to.told, wanted).listed === to.listed;
  let wasIn = from.listed;
  let wasOut = !from.listed;
  for (const { cause, told } of course) {
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
  const fields = names.sort(inOrderOf(from, to)).map((path) => ({ name: path, causes: causes.get(path)! }));
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

/** Fields in the order in which they are told. */
function inOrderOf(from: End, to: End): (one: string, other: string) => number {
  const order = [...new Set([...Object.keys(to.told?.told ?? {}), ...Object.keys(from.told?.told ?? {})])];
  return (one, other) => order.indexOf(one) - order.indexOf(other);
}
