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
import type { Way } from './course.ts';

/** A record at one end of a step: whether it is in the list there, and in which cell of each table. */
export interface End {
  readonly told: ToldRecord | null;
  readonly listed: boolean;
  readonly cells: { readonly [table: string]: CellKey | undefined };
}

const NO_CELLS: End['cells'] = {};

/** How a record stands where it is told so, as far as its fields say. */
export function endOf(told: ToldRecord | null, { passes, tables }: Wanted): End {
  const listed = told !== null && (passes?.(told) ?? true);
  if (tables === undefined) return { told, listed, cells: NO_CELLS };
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

/** A basis: how the record stands there, and how its fields alone have it. */
export interface Standing {
  readonly end: End;
  readonly byFields: End;
}

/** What a step is told of: where it begins, the places of the course, and how what is told at the end of them stands. */
export interface StepWalked {
  readonly from: Standing;
  readonly way: Way;
  readonly to: (told: ToldRecord | null) => Standing;
}

/**
 * One step of a record, of the places of its course, and how it stands at its end. After each place it stops, so that whoever asks may let others go first.
 *
 * It is net: a field is told of that is otherwise at the end, with everything after which it changed on the way; and a record is in one line of each table
 * in which it changed its cell, that of its last change of it.
 */
export function* stepOf(
  name: StepName,
  tells: Movements,
  wanted: Wanted,
  { from: { end: from, byFields }, way, to: standingAt }: StepWalked,
): Generator<void, StepFound & { readonly at: Standing }> {
  const causes = new Map<string, Cause[]>();
  const happened: { readonly kind: ChangeKind; readonly paths: readonly string[] }[] = [];
  const last = new Map<string, { readonly kind: ChangeKind; readonly cause: Cause }>();
  let anything: { readonly kind: ChangeKind; readonly cause: Cause } | undefined;
  let before = from.told;
  let here = byFields;
  let [wasIn, wasOut] = [false, false];
  let walked = way.next();
  for (; walked.done !== true; walked = way.next()) {
    const { cause, told } = walked.value;
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
    wasIn ||= next.listed;
    wasOut ||= !next.listed;
    before = told;
    here = next;
    yield;
  }
  const at = standingAt(walked.value);
  const to = at.end;
  // Where the list says otherwise than the fields at an end, they do not tell what lay between.
  const isTold = byFields.listed === from.listed && at.byFields.listed === to.listed;
  const net = new Set(changedPaths(from.told?.told ?? null, to.told?.told ?? null));
  const change = changeOf(from.listed, to.listed, net.size > 0, {
    wasIn: from.listed || (isTold && wasIn),
    wasOut: !from.listed || (isTold && wasOut),
  });
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
    at,
  };
}

function changeOf(
  isIn: boolean,
  willBe: boolean,
  isChanged: boolean,
  { wasIn, wasOut }: { readonly wasIn: boolean; readonly wasOut: boolean },
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
