import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  replayOf,
  REPLAY_ORDERS,
  type ReplayedAt,
  type ReplayedStep,
  type ReplayOrder,
} from '../../libs/timeline/index.ts';
import { naiveReplay, type RawRecord } from '../model/naive-comparison.ts';
import { basesOf, chosenBases, withoutLinksTo, worldOf, worlds, type WorldRecord } from './worlds.ts';

/* What must hold of every replay, over random worlds. */

/** How a record is replayed. A control does it otherwise. */
export type Replay = (
  records: readonly WorldRecord[],
  at: ReplayedAt,
  record: WorldRecord,
  order: ReplayOrder,
) => readonly ReplayedStep[];

export const replayed: Replay = (records, at, { register, ref }, order) => {
  const walk = replayOf(worldOf(records), at, { register: register.name, ref }, order);
  const steps: ReplayedStep[] = [];
  for (let next = walk.next(); ; next = walk.next()) {
    if (next.done !== true) steps.push(next.value);
    else if (next.value === null) return steps;
    else throw new Error(`nobody knows ${JSON.stringify(next.value.unknown)}`);
  }
};

/** Every step is what folding the raw events anew gives, one more event known or one more in effect at a time. */
export function isTheNaiveFold(subject: string, runs: number, how = replayed): void {
  const asked = fc.tuple(
    worlds(subject),
    chosenBases(1),
    fc.constantFrom('PROVEN' as const, 'STATED' as const),
    fc.constantFrom(...REPLAY_ORDERS),
  );
  fc.assert(
    fc.property(asked, ([records, chosen, clock, order]) => {
      const [basis] = basesOf(records, chosen);
      const at = { ...basis!, clock };
      const naive = naiveReplay(records as unknown as readonly RawRecord[], records[0] as unknown as RawRecord, {
        ...{ clock, at, order, withoutLinksTo },
      });
      const steps = how(records, at, records[0]!, order);
      const found = steps.map(({ cause, after, changed }) => ({
        cause: cause.kind === 'DAY' ? `DAY ${cause.day}` : `${cause.kind} ${cause.event.id}`,
        told: after?.told ?? null,
        changed: changed.toSorted(),
      }));
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      if (!isDeepStrictEqual(plain(found), plain(naive))) {
        const differs = naive.findIndex((one, index) => !isDeepStrictEqual(plain(one), plain(found[index])));
        throw new Error(
          `${order} on ${clock} at ${JSON.stringify(at)}, step ${differs + 1}\n${JSON.stringify(found[differs] ?? found.at(-1))}\nis not\n${JSON.stringify(naive[differs])}`,
        );
      }
      // What one step leaves the next one finds.
      for (const [index, { before }] of steps.entries())
        if (!isDeepStrictEqual(before?.told ?? null, steps[index - 1]?.after?.told ?? null))
          throw new Error(`step ${index + 1} finds another record than the one before it left`);
    }),
    { numRuns: runs, seed: 17 },
  );
}
