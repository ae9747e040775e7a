import {
  isCommonFact,
  londonDayOf,
  type CivilDate,
  type EventId,
  type RecordEvent,
  type Register,
} from '../../libs/ledger/index.ts';
import { amend, delayOf, lateBy, type LateAfter } from '../../libs/timeline/index.ts';
import type { KnownOn } from './projection.ts';

/** A fact that was entered, and how long after it took effect. */
export interface EntryTaken {
  readonly event: EventId;
  readonly sequence: number;
  /** The post that entered it; null where it is not for the reader. */
  readonly post: string | null;
  /** On the basis's clock. */
  readonly recordedOn: CivilDate;
  /** Less than 0 where it was recorded before it took effect. */
  readonly delayDays: number;
  readonly late: boolean;
}

/**
 * The entries of one record by the rules of docs/time.md: its facts that stand and took effect by the day asked about, each with the days from the one to the
 * other. Amendments, markings and publications have no day of their own and are none. Pure.
 *
 * @param known all events of the record that the reader may know, with when they were recorded on the basis's clock
 */
export function entriesTaken(
  register: Register,
  known: readonly KnownOn[],
  effective: CivilDate,
  lateAfter: LateAfter,
): readonly EntryTaken[] {
  const events = known.map(({ event }) => event);
  const standing = new Map(amend(register, events).map((event: RecordEvent) => [event.id, event]));
  return known.flatMap(({ event, recordedAt }) => {
    const stands = standing.get(event.id);
    if (stands === undefined || isCommonFact(event) || stands.effectiveOn > effective) return [];
    const recordedOn = londonDayOf(recordedAt);
    const { enteredBy } = event.actor as { readonly enteredBy?: { readonly post?: string } };
    return [
      {
        ...{ event: event.id, sequence: event.sequence, post: enteredBy?.post ?? null, recordedOn },
        delayDays: delayOf(stands, recordedOn),
        late: lateBy(lateAfter(recordedOn), stands.effectiveOn, recordedOn) !== null,
      },
    ];
  });
}

/** So many entries with one delay. */
export interface Delayed {
  readonly delayDays: number;
  readonly late: boolean;
  readonly count: number;
}

/** How long after they took effect entries were recorded. */
export interface Delays {
  readonly count: number;
  /** How many were recorded later than was allowed. */
  readonly late: number;
  /** Half of them, and nine of ten, were recorded by so many days; null of none. */
  readonly medianDays: number | null;
  readonly ninetiethDays: number | null;
  readonly longestDays: number | null;
  /** All of them by delay, from the shortest on; bands without any included. Without a first day: ahead. Without a last: from there on. */
  readonly bands: readonly DelayBand[];
}

export interface DelayBand {
  readonly fromDays: number | null;
  readonly toDays: number | null;
  readonly count: number;
}

const BANDS = [
  [null, -1],
  [0, 0],
  [1, 7],
  [8, 30],
  [31, 90],
  [91, null],
] as const;

/** How long all of them took together. Pure. */
export function delaysOf(entries: readonly Delayed[]): Delays {
  const inOrder = entries.toSorted((a, b) => a.delayDays - b.delayDays);
  const count = sumOf(inOrder);
  /** The least delay by which so many tenths of them were recorded. */
  const by = (tenths: number) => {
    let sum = 0;
    return inOrder.find((one) => (sum += one.count) * 10 >= count * tenths)?.delayDays ?? null;
  };
  return {
    count,
    late: sumOf(inOrder.filter(({ late }) => late)),
    ...{ medianDays: by(5), ninetiethDays: by(9), longestDays: by(10) },
    bands: BANDS.map(([fromDays, toDays]) => {
      const isIn = ({ delayDays }: Delayed) =>
        delayDays >= (fromDays ?? -Infinity) && delayDays <= (toDays ?? Infinity);
      return { fromDays, toDays, count: sumOf(inOrder.filter(isIn)) };
    }),
  };
}

function sumOf(entries: readonly Delayed[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}
