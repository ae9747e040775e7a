import type { KindOfMovement, Tells, ToldFields } from '../ledger/index.ts';
import type { Cause, ChangeKind, RestatementKind, StepName } from './comparison.ts';
import { sameValue } from './same-value.ts';

/** The paths of the fields of which something else is told, in the order in which they are told. Null: there is no record, so nothing is. */
export function changedPaths(before: ToldFields | null, after: ToldFields | null): readonly string[] {
  if (before === after) return [];
  const [was, is] = [before ?? {}, after ?? {}];
  const changed: string[] = [];
  for (const path in was) if (!sameValue(was[path], is[path])) changed.push(path);
  for (const path in is) if (is[path] !== undefined && !(path in was)) changed.push(path);
  return changed;
}

/** What is told of a record just before something happened and just after. */
export interface Change {
  readonly cause: Cause;
  readonly before: ToldFields | null;
  readonly after: ToldFields | null;
  readonly paths: readonly string[];
}

const RESTATED_BY: { readonly [type: string]: RestatementKind | undefined } = {
  Corrected: 'CORRECTED',
  Voided: 'VOIDED',
  Restored: 'RESTORED',
};

/** What a register says of movements. */
export type Movements = Pick<Tells, 'movements' | 'banded'>;

/** What a change is called. A rule that changed what it bands *re-bands* it; anything else of another record is that. */
export function kindOf(told: Movements, step: StepName, { cause, before, after, paths }: Change): ChangeKind {
  switch (cause.kind) {
    case 'DAY':
      return 'DAY';
    case 'OTHER_RECORD': {
      const isBanded = cause.record.register === RULES && paths.some((path) => told.banded?.includes(path) === true);
      return isBanded ? 'RE_BANDED' : 'OTHER_RECORD';
    }
    case 'EVENT': {
      const { type } = cause.event;
      const kind = kindOfType(told, step, type);
      if (kind === undefined) throw new TypeError(`no register says what ${type} moves`);
      return typeof kind === 'function' ? kind({ before, after }) : kind;
    }
  }
}

/** What a change by an event of that type is called: a function where that turns on what came of it, undefined where no register says so. */
export function kindOfType(
  told: Movements,
  step: StepName,
  type: string,
): KindOfMovement | RestatementKind | undefined {
  return step === 'RESTATED' ? (RESTATED_BY[type] ?? 'LEARNED') : told.movements[type];
}

/** The register of what bands others. */
const RULES = 'rules';
