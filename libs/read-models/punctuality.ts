import type { CivilDate } from '../ledger/index.ts';

/** Something that was due, as it stands at a basis; or several that stand alike. */
export interface Followed {
  /** What it is counted under; null: under nothing. */
  readonly key: string | null;
  readonly count: number;
  /** The day on which it was first due, and the one on which it is due now. Null: there is none. */
  readonly first: CivilDate | null;
  readonly current: CivilDate | null;
  /** `ENDED`: it is no longer wanted and was not done, so it is neither late nor in time. */
  readonly standing: 'OPEN' | 'DONE' | 'ENDED';
  /** The day on which it was done; null unless it is. */
  readonly doneOn: CivilDate | null;
}

/** What was first due in a period, both days included; without one, from the first or to the last. */
export interface FirstDuePeriod {
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** The day by which it is asked whether they were done. */
  readonly doneBy: CivilDate;
  /** The day of the basis: what is open and due before it is late. */
  readonly asOf: CivilDate;
}

/** What makes something done: that it was closed as done, or that its owner has said so and that word stands. */
export type DoneBy = 'CLOSING' | 'OWNERS_WORD';

/** Of what was first due in a period: what was done and what is late, of all of it and of each priority by itself. */
export interface FirstDue {
  readonly total: Punctuality;
  readonly byPriority: readonly { readonly key: string | null; readonly label: string; readonly of: Punctuality }[];
}

/** How many of what was first due in a period were done, and how many are late. */
export interface Punctuality {
  readonly due: number;
  readonly doneByThen: number;
  readonly doneSince: number;
  readonly open: number;
  readonly ended: number;
  /** Done after the day on which it was first due, and open and past it. */
  readonly doneLateByOriginal: number;
  readonly openLateByOriginal: number;
  /** The same by the day on which it was due when it was done, or is due now. */
  readonly doneLateByCurrent: number;
  readonly openLateByCurrent: number;
}

const NOTHING: Punctuality = {
  ...{ due: 0, doneByThen: 0, doneSince: 0, open: 0, ended: 0 },
  ...{ doneLateByOriginal: 0, openLateByOriginal: 0, doneLateByCurrent: 0, openLateByCurrent: 0 },
};

/** What was first due in the period, under each key that has some. Pure. */
export function punctualityOf(
  followed: readonly Followed[],
  { from, to, doneBy, asOf }: FirstDuePeriod,
): ReadonlyMap<string | null, Punctuality> {
  const found = new Map<string | null, Punctuality>();
  for (const { key, count, first, current, standing, doneOn } of followed) {
    if (first === null || (from !== undefined && first < from) || (to !== undefined && first > to)) continue;
    const isDone = standing === 'DONE' && doneOn !== null;
    const isOpen = standing === 'OPEN';
    const isLate = (day: CivilDate | null) => day !== null && (isDone ? doneOn > day : isOpen && day < asOf);
    const one = (is: boolean) => (is ? count : 0);
    found.set(
      key,
      added(found.get(key) ?? NOTHING, {
        due: count,
        doneByThen: one(isDone && doneOn <= doneBy),
        doneSince: one(isDone && doneOn > doneBy),
        open: one(isOpen),
        ended: one(!isDone && !isOpen),
        doneLateByOriginal: one(isDone && isLate(first)),
        openLateByOriginal: one(isOpen && isLate(first)),
        doneLateByCurrent: one(isDone && isLate(current)),
        openLateByCurrent: one(isOpen && isLate(current)),
      }),
    );
  }
  return found;
}

/** All of them together. */
export function allTogether(groups: ReadonlyMap<unknown, Punctuality>): Punctuality {
  return [...groups.values()].reduce(added, NOTHING);
}

function added(one: Punctuality, other: Punctuality): Punctuality {
  const sums = Object.keys(NOTHING).map((name) => [
    name,
    one[name as keyof Punctuality] + other[name as keyof Punctuality],
  ]);
  return Object.fromEntries(sums) as Record<keyof Punctuality, number>;
}
