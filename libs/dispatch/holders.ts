import {
  isCommonFact,
  londonDayOf,
  type CivilDate,
  type Holding,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { amend } from '../timeline/index.ts';

/** A post whose holders are written with a command, and the days over which they matter. */
export interface HoldersWanted {
  readonly post: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Whose holders a command that would end that record as done must know, before it is decided. */
export function wantedToEnd(
  register: Register,
  state: unknown,
  event: Pick<RecordEvent, 'actor' | 'effectiveOn' | 'stamped'>,
): readonly HoldersWanted[] {
  const { by } = event.actor;
  const entered = londonDayOf(event.stamped);
  const signer =
    by === undefined || by.person !== undefined
      ? []
      : [{ post: by.post, from: event.effectiveOn, to: event.effectiveOn }];
  const posts = register.separation?.workOf(state).posts ?? [];
  return [...posts.map(({ post, since }) => ({ post, from: since, to: entered })), ...signer];
}

/**
 * Whose holders are written with what a command adds: of every post that it gives the work to, from the day on which it does; and
 * where the record is ended as done, of all that the separation of duties asks, in case the command changes whose work that was.
 *
 * @param today the day of entry
 */
export function wantedFor(
  register: Register,
  before: readonly RecordEvent[],
  after: readonly RecordEvent[],
  today: CivilDate,
): readonly HoldersWanted[] {
  const { separation } = register;
  if (separation === undefined) return [];
  const ends = Object.values(separation.ends);
  const known = new Set<string>();
  let state = register.initial;
  for (const event of amend(register, before)) {
    state = register.evolve(state, event);
    for (const { post, since } of separation.workOf(state).posts) known.add(`${post} ${since}`);
  }
  const wanted = new Map<string, HoldersWanted>();
  const want = (one: HoldersWanted): void => void wanted.set(`${one.post} ${one.from} ${one.to}`, one);
  state = register.initial;
  for (const event of amend(register, after)) {
    if (ends.includes(event.type)) wantedToEnd(register, state, event).forEach(want);
    state = register.evolve(state, event);
    for (const { post, since } of separation.workOf(state).posts)
      if (!known.has(`${post} ${since}`)) want({ post, from: since, to: today });
  }
  return [...wanted.values()].filter(({ from, to }) => from <= to);
}

/** True if an event at the end of a record ends it as done, amends it, or makes it the work of another post. */
export function changesWork(register: Register, state: unknown, added: readonly RecordEvent[]): boolean {
  const { separation } = register;
  if (separation === undefined) return false;
  const ends = Object.values(separation.ends);
  let now = state;
  return added.some((event) => {
    if (isCommonFact(event) || ends.includes(event.type)) return true;
    const before = separation.workOf(now).posts;
    now = register.evolve(now, event);
    return separation
      .workOf(now)
      .posts.some(({ post, since }) => !before.some((one) => one.post === post && one.since === since));
  });
}

/** The posts whose work a record is in that state. */
export function postsAtWork(register: Register, state: unknown): readonly string[] {
  return (register.separation?.workOf(state).posts ?? []).map(({ post }) => post);
}

/** Each holding once, for a command is to be asked of them all and writes them all. */
export function eachOnce(holders: readonly Holding[]): readonly Holding[] {
  return [...new Map(holders.map((held) => [JSON.stringify(held), held])).values()];
}
