import { replayOf, type NamedRecord, type ReplayedStep, type ReplayOrder } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { ReadWorld } from './read-world.ts';
import { Turn } from './turns.ts';
import { onceFor, opened } from './view.ts';

/** A stretch of the steps of a record. */
export interface Replayed {
  readonly steps: readonly ReplayedStep[];
  /** True where more follow. */
  readonly hasMore: boolean;
}

/**
 * So many steps of a record up to the view's basis, from one on: 0 is the first. It is one walk from the beginning, which goes no further than it is asked
 * for. None of a record of which the reader may see nothing.
 */
export async function replayedIn(
  view: LedgerView,
  record: NamedRecord,
  order: ReplayOrder,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Replayed> {
  const world = await worldOf(view);
  await world.read([record]);
  const { basis, point } = opened(view);
  const at = {
    clock: basis.clock,
    effective: basis.effective,
    recorded: basis.recorded,
    sequence: point.sequence,
  };
  // A long record is much work: whoever else waits has their turn.
  const turn = new Turn();
  for (;;) {
    const walk = replayOf(world, at, record, order);
    const steps: ReplayedStep[] = [];
    const missed = await turn.goThrough(
      (function* () {
        for (let number = 0; number <= from + count; number += 1) {
          const next = walk.next();
          if (next.done === true) return next.value;
          if (number >= from) steps.push(next.value);
          yield;
        }
        return null;
      })(),
    );
    if (missed === null) return { steps: steps.slice(0, count), hasMore: steps.length > count };
    await world.read(missed.unknown);
  }
}

/** What a walk is told by is read once for a view. What was ever a mistake is asked for first: a walk takes it in when it begins. */
function worldOf(view: LedgerView): Promise<ReadWorld> {
  return onceFor(view, replayedIn, async () => {
    const world = new ReadWorld(view);
    await world.readMistaken();
    return world;
  });
}
