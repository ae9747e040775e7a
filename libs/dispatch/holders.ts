import {
  addDays,
  isCommonFact,
  londonDayOf,
  type CivilDate,
  type EventId,
  type Holding,
  type RecordEvent,
  type Register,
  type Work,
} from '../ledger/index.ts';
import { amend } from '../timeline/index.ts';

/** A post whose holders are written with a command, and the days over which they matter, both included. */
export interface HoldersWanted {
  readonly post: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Whose holders must be known before a record is ended as done: of the posts whose work it is, and of a post that signs without a name. */
export function wantedToEnd(
  register: Register,
  state: unknown,
  event: Pick<RecordEvent, 'actor' | 'effectiveOn' | 'stamped'>,
): readonly HoldersWanted[] {
  const posts = register.separation?.workOf(state).posts ?? [];
  return [...wantedOfWork(posts, [], londonDayOf(event.stamped)), ...wantedOfSigner(event)];
}

/**
 * Whose holders are written with what a command adds: of every post that it gives the work to, from the day on which it does, until
 * its own entry; and where the record has been ended as done, of every post whose work it thereby becomes, until the entry of that
 * end. What a command does not touch is not looked up again: the directory may have learned more since, and that unmakes nothing.
 *
 * @param today the day of entry
 */
export function wantedFor(
  register: Register,
  before: readonly RecordEvent[],
  after: readonly RecordEvent[],
  today: CivilDate,
): readonly HoldersWanted[] {
  const was = worksIn(register, before);
  const is = worksIn(register, after);
  const wanted = wantedOfWork(is.given, was.given, today);
  for (const [id, { event, posts }] of is.ends) {
    const then = was.ends.get(id) ?? asEntered(register, before, event);
    wanted.push(...wantedOfWork(posts, then?.posts ?? [], londonDayOf(event.stamped)));
    if (then?.event.effectiveOn !== event.effectiveOn) wanted.push(...wantedOfSigner(event));
  }
  return wanted;
}

const AMENDMENTS: readonly string[] = ['Corrected', 'Voided', 'Restored'];

/** True if an event at the end of a record ends it as done, amends it, or makes it the work of another post. */
export function changesWork(register: Register, state: unknown, added: readonly RecordEvent[]): boolean {
  const { separation } = register;
  if (separation === undefined) return false;
  const ends = Object.values(separation.ends);
  let now = state;
  return added.some((event) => {
    // Of what every record takes, amendments alone change what is folded. The others leave the state, and so the work, as it is.
    if (isCommonFact(event)) return AMENDMENTS.includes(event.type);
    if (ends.includes(event.type)) return true;
    const { posts } = separation.workOf(now);
    now = register.evolve(now, event);
    return separation.workOf(now).posts.some((given) => !posts.some((one) => isSame(one, given)));
  });
}

/** The posts whose work a record is in that state. */
export function postsAtWork(register: Register, state: unknown): readonly string[] {
  return (register.separation?.workOf(state).posts ?? []).map(({ post }) => post);
}

/** Each holding once: a command may want the same post for several reasons. */
export function eachOnce(holders: readonly Holding[]): readonly Holding[] {
  return [...new Map(holders.map((held) => [JSON.stringify(held), held])).values()];
}

type Posts = Work['posts'];
interface EndOfWork {
  readonly event: RecordEvent;
  readonly posts: Posts;
}

/** Every post whose work the record ever is, and whose work it is at each of its ends. */
function worksIn(
  register: Register,
  events: readonly RecordEvent[],
): { readonly given: Posts; readonly ends: ReadonlyMap<EventId, EndOfWork> } {
  const { separation } = register;
  const given: Posts[number][] = [];
  const ends = new Map<EventId, EndOfWork>();
  if (separation === undefined) return { given, ends };
  const types = Object.values(separation.ends);
  let state = register.initial;
  for (const event of amend(register, events)) {
    if (types.includes(event.type)) ends.set(event.id, { event, posts: separation.workOf(state).posts });
    state = register.evolve(state, event);
    // Most events leave the work with whom it was: what is gone through is as long as those that it ever was given to, not as the record.
    given.push(...separation.workOf(state).posts.filter((post) => !given.some((one) => isSame(one, post))));
  }
  return { given, ends };
}

/** Whose work it was when an end was entered that is restored now. */
function asEntered(
  register: Register,
  events: readonly RecordEvent[],
  { id, version }: RecordEvent,
): EndOfWork | undefined {
  const then = events.filter((event) => event.version <= version);
  return worksIn(register, then).ends.get(id);
}

/** What is wanted of the posts at work beyond what was wanted of them before: of new ones all, of others the days before. */
function wantedOfWork(posts: Posts, before: Posts, to: CivilDate): HoldersWanted[] {
  const wanted = new Map<string, HoldersWanted>();
  for (const { post, since } of posts) {
    const [first] = before.flatMap((one) => (one.post === post ? [one.since] : [])).sort();
    if (first !== undefined && first <= since) continue;
    const from = [since, wanted.get(post)?.from ?? since].sort()[0]!;
    wanted.set(post, { post, from, to: first === undefined ? to : addDays(first, -1) });
  }
  return [...wanted.values()].filter(({ from, to: last }) => from <= last);
}

function wantedOfSigner({ actor: { by }, effectiveOn }: Pick<RecordEvent, 'actor' | 'effectiveOn'>): HoldersWanted[] {
  return by === undefined || by.person !== undefined ? [] : [{ post: by.post, from: effectiveOn, to: effectiveOn }];
}

function isSame(a: Posts[number], b: Posts[number]): boolean {
  return a.post === b.post && a.since === b.since;
}
