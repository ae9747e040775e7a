import { BEGINNING_OF_DAYS } from '../ledger/index.ts';
import { changedPaths } from './changes.ts';
import type { Cause, ComparedBasis, NamedRecord, ToldRecord, Unknown, World } from './comparison.ts';
import { courseOf, Readings } from './course.ts';
import { BEGINNING_OF_KNOWLEDGE } from './standing.ts';
import type { RecordingClock } from './types.ts';

/*
 * How a record came to be what it is at a basis, one thing after the other: see docs/replay.md.
 */

/** As the ledger came to know it, told on the day of the basis; or as it took effect, day by day, by all that is known at the basis. */
export const REPLAY_ORDERS = ['RECORDED', 'EFFECTIVE'] as const;
export type ReplayOrder = (typeof REPLAY_ORDERS)[number];

/** One thing that happened: a fact of the record, or a fact of another or the day itself after which something else is told of it. */
export interface ReplayedStep {
  readonly cause: Cause;
  /** Null: the record did not stand. */
  readonly before: ToldRecord | null;
  readonly after: ToldRecord | null;
  /** The paths of the fields of which something else is told. */
  readonly changed: readonly string[];
}

export interface ReplayedAt extends ComparedBasis {
  readonly clock: RecordingClock;
}

/**
 * Every step of a record up to a basis, of the facts that its reader may see, in one walk. By recording a fact of the record is a step whether or not it
 * changes anything, amendments, publications and markings too; by effect these are in what they amend, and no steps.
 *
 * @returns what the walk missed: then it is to be given to the world, and nothing of what was told holds. Null: it missed nothing
 */
export function* replayOf(
  world: World,
  at: ReplayedAt,
  record: NamedRecord,
  order: ReplayOrder,
): Generator<ReplayedStep, Unknown | null> {
  const nothing: ComparedBasis =
    order === 'RECORDED'
      ? { effective: at.effective, recorded: BEGINNING_OF_KNOWLEDGE, sequence: 0 }
      : { ...at, effective: BEGINNING_OF_DAYS };
  const readings = new Readings(world, { clock: at.clock, before: nothing, after: at });
  const course = courseOf(readings, { ...record, everyFact: true });
  // By effect nothing becomes known on the way.
  const way = order === 'RECORDED' ? course.restated : course.moved;
  let before = course.told;
  for (const { cause, told } of way) {
    if (course.missed.size > 0) continue;
    const changed = changedPaths(before?.told ?? null, told?.told ?? null);
    if (cause.kind === 'EVENT' || changed.length > 0) yield { cause, before, after: told, changed };
    before = told;
  }
  return course.missed.size === 0 ? null : { unknown: [...course.missed.values()] };
}
