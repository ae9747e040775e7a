import { isCapacity, type Acting, type PostCapacity } from '../access/index.ts';
import {
  END_OF_DAYS,
  later,
  type CivilDate,
  type Command,
  type EventId,
  type CountedLists,
  type Holding,
  type Instant,
  type Links,
  type LinkWanted,
  type Marking,
  type MeetingMet,
  type Party,
  type RecordEvent,
  type Register,
  type StreamName,
} from '../ledger/index.ts';
import { londonDayOf } from '../ledger/index.ts';
import { isRecordCommand, linksOfRecordCommand } from '../records/index.ts';
import type { RuleLink } from '../rules/index.ts';
import { daysOfMeeting, type DayOfMeeting } from '../timeline/index.ts';
import { eventsSeenBy, isVisible, markingToday, seesWhole, stateNow, stateOn } from './folds.ts';
import type { LastEventBy } from './last-event.ts';
import type { HoldersWanted } from './holders.ts';
import type { KnownRecord, LoadedRecord } from './records.ts';
import type { references } from './references.ts';
import type { People } from './people.ts';
import type { Posts } from './posts.ts';
import type { Caller, Submission } from './submission.ts';

interface Linked {
  readonly state: unknown;
  readonly markingOf: (event?: EventId) => Marking;
  /** As far as the caller may know of them, by all that is known now. */
  readonly versions: readonly string[];
}

/**
 * Everything around a record that a decision needs: other records that a command names, who holds which post, what the
 * caller may see. Read from the log, so that no decision depends on how far the read models have come.
 */
export function surroundings<Loaded extends KnownRecord>(context: {
  readonly registers: ReadonlyMap<string, Register>;
  readonly loader: { load(stream: StreamName): Promise<Loaded> };
  readonly reserved: Pick<ReturnType<typeof references>, 'streamOf' | 'streamsOf'>;
  readonly posts: Posts;
  readonly known: Pick<People, 'behind' | 'isKnown' | 'wouldBringBackAnothers'>;
  readonly arisen: { isWithheld(register: Register, record: Loaded): Promise<boolean> };
  readonly stamp: () => Instant;
  readonly lastEventBy: LastEventBy;
  /** Set: everything as that caller may see it. */
  readonly seenBy?: Caller;
}) {
  const { registers, loader, reserved, posts, known, arisen, seenBy } = context;

  const lists: CountedLists = Object.fromEntries(
    [...registers.values()].flatMap((register) => Object.entries(register.lists)),
  );

  async function eventsOf(register: Register, record: Loaded): Promise<readonly RecordEvent[]> {
    if (seenBy === undefined) return record.events;
    return (await isThereFor(seenBy, register, record))
      ? (eventsSeenBy(register, record, seenBy) ?? record.events)
      : [];
  }

  /** True if the record exists for that caller. What is still to be marked because of another is hidden as though it were. */
  async function isThereFor(caller: Caller, register: Register, record: Loaded): Promise<boolean> {
    if (!isVisible(register, record, caller)) return false;
    return seesWhole(register, record, caller) || !(await arisen.isWithheld(register, record));
  }

  /** Is there a record of any register under that reference? */
  async function exists(ref: string): Promise<boolean> {
    for (const register of registers.values()) {
      const stream = await streamOf(register, ref);
      if (stream !== null) return (await eventsOf(register, await loader.load(stream))).length > 0;
    }
    return false;
  }

  /** The stream of the record that bears a reference, or null. */
  async function streamOf(register: Register, ref: string): Promise<StreamName | null> {
    const series = register.seriesOf(ref);
    const stream = series === null ? null : await reserved.streamOf(series, ref);
    return stream?.startsWith(`${register.name}-`) ? stream : null;
  }

  /** Another record as far as the caller may see it: its state on a day, and its marking of today. Null if there is none. */
  async function linked(name: string, ref: string, caller: Caller, day: CivilDate): Promise<Linked | null> {
    const register = registers.get(name);
    const stream = register === undefined ? null : await streamOf(register, ref);
    if (register === undefined || stream === null) return null;
    const record = await loader.load(stream);
    if (!(await isThereFor(caller, register, record))) return null;
    const markingOf = (event?: EventId) => markingToday(register, record.events, event);
    const events = await eventsOf(register, record);
    const shown = register.versionsOf === undefined ? null : (eventsSeenBy(register, record, caller) ?? record.events);
    const versions = shown === null ? [] : register.versionsOf!(stateNow(register, shown));
    // What the ledger knows today may be named for a day before it was entered: papers are typed in any order.
    const onTheDay = stateOn(register, events, day);
    if (register.refOf(onTheDay) !== null) return { state: onTheDay, markingOf, versions };
    const now = stateNow(register, events);
    return register.refOf(now) === null ? null : { state: now, markingOf, versions };
  }

  /** The state of another record on a day, as far as the caller may see it; null if there is none. */
  async function find(name: string, ref: string, caller: Caller, day: CivilDate): Promise<unknown> {
    return (await linked(name, ref, caller, day))?.state ?? null;
  }

  /** The due-date policies of a body, by all that is known now and as far as the caller may see them. What they may not see asks them nothing. */
  async function policiesOf(body: string, caller: Caller): Promise<readonly RuleLink[]> {
    const register = registers.get('rules');
    if (register === undefined) return [];
    const found: RuleLink[] = [];
    // Whatever is a rule of a body is called after it.
    for (const stream of await reserved.streamsOf(register.name, `${body}-`)) {
      const state = stateNow(register, await seen(register, stream, caller));
      if (register.refOf(state) === null) continue;
      const rule = state as RuleLink;
      if (rule.kind === 'DUE_DATE_POLICY' && rule.body === body) found.push(rule);
    }
    return found;
  }

  /** The days that a meeting had, by all that is known now and as far as the caller may see it. */
  async function daysOf(meeting: string, caller: Caller): Promise<readonly DayOfMeeting[]> {
    const register = registers.get('meetings');
    const stream = register === undefined ? null : await streamOf(register, meeting);
    if (register === undefined || stream === null) return [];
    const known = (await seen(register, stream, caller)).map((event) => ({ event, recordedAt: event.stamped }));
    return daysOfMeeting(register, known, END_OF_DAYS);
  }

  /** The events of another record that the caller may see; none of one that is not there for them. */
  async function seen(register: Register, stream: StreamName, caller: Caller): Promise<readonly RecordEvent[]> {
    const record = await loader.load(stream);
    if (!(await isThereFor(caller, register, record))) return [];
    return eventsSeenBy(register, record, caller) ?? record.events;
  }

  /** A meeting, by all that is known now; null when it was not held, `unknown` when the caller knows none such. */
  async function metAt(meeting: string, caller: Caller): Promise<MeetingMet | null | 'unknown'> {
    const state = await find('meetings', meeting, caller, END_OF_DAYS);
    if (state === null) return 'unknown';
    const register = registers.get('meetings');
    const heldOn = register?.heldOn?.(state) ?? null;
    return heldOn === null ? null : { heldOn, cutOff: register?.cutOffOf?.(state) ?? null };
  }

  /** The day on which a decision was made, as it stands on a day; null when it was not or held no longer, `unknown` when the caller knows none such. */
  async function madeOn(decision: string, caller: Caller, day: CivilDate): Promise<CivilDate | null | 'unknown'> {
    const state = await find('decisions', decision, caller, day);
    return state === null ? 'unknown' : (registers.get('decisions')?.madeOn?.(state) ?? null);
  }

  async function findLinks(wanted: readonly LinkWanted[], caller: Caller, day: CivilDate): Promise<Links> {
    const found = new Map<string, Linked | null>();
    for (const { register, ref } of wanted) {
      const key = `${register}/${ref}`;
      if (!found.has(key)) found.set(key, await linked(register, ref, caller, day));
    }
    return {
      find: (register, ref) => found.get(`${register}/${ref}`)?.state ?? null,
      markingOf: (register, ref, event) => found.get(`${register}/${ref}`)?.markingOf(event) ?? null,
      versionsOf: (register, ref) => found.get(`${register}/${ref}`)?.versions ?? [],
    };
  }

  /** The post that does it. Null: an imported paper names nobody. `unknown`: no such post, or one that acts in no capacity. */
  async function actingBy({ envelope, caller, importId }: Submission): Promise<Acting | null | 'unknown'> {
    if (envelope.by === null && importId !== undefined) return null;
    const post = envelope.by ?? caller.post;
    if (post === caller.post) return { post, capacity: caller.capacity };
    const capacity = await capacityOf(post);
    return capacity === null ? 'unknown' : { post, capacity };
  }

  /** Who did it: the caller, or the post that the caller typed it for and the person who alone held it that day. */
  async function partyOf(by: Acting | null, submission: Submission, day: CivilDate): Promise<Party | undefined> {
    if (by === null) return undefined;
    const { caller, importId } = submission;
    // Whoever runs an import did not do what its papers print, though the papers may name the operator's own post.
    if (by.post === caller.post && importId === undefined) return { post: caller.post, person: caller.person };
    const [holder, ...others] = await holdersOf(by.post, day);
    return holder === undefined || others.length > 0 ? { post: by.post } : { post: by.post, person: holder };
  }

  async function capacityOf(post: string): Promise<PostCapacity | null> {
    if (isCapacity(post)) return post;
    const state = await postState(post, londonDayOf(context.stamp()));
    return state === null ? null : posts.capacityOf(state);
  }

  async function capacitiesOf(acting: readonly string[]): Promise<readonly (PostCapacity | null)[]> {
    return Promise.all(acting.map(capacityOf));
  }

  async function holdersOf(post: string | null, day: CivilDate): Promise<readonly string[]> {
    const state = post === null ? null : await postState(post, day);
    return state === null ? [] : posts.holdersOn(state, day);
  }

  async function holdersBetween(wanted: readonly HoldersWanted[]): Promise<readonly Holding[]> {
    const found = [];
    for (const { post, from, to } of wanted) {
      const state = await postState(post, to);
      if (state !== null) found.push(...posts.holdersBetween(state, from, to));
    }
    return found;
  }

  /** Who holds a post of the monitoring officer on a day and is known to the identity provider: they can appoint others. */
  async function monitoringOfficers(day: CivilDate): Promise<readonly { post: string; person: string }[]> {
    const register = registers.get(posts.register);
    const found: { post: string; person: string }[] = [];
    if (register === undefined) return found;
    for (const stream of await reserved.streamsOf(posts.series)) {
      const state = stateOn(register, (await loader.load(stream)).events, day);
      const post = posts.postIn(state);
      if (post === null || posts.capacityOf(state) !== 'monitoring-officer') continue;
      for (const person of posts.holdersOn(state, day)) if (await known.isKnown(person)) found.push({ post, person });
    }
    return found;
  }

  async function postState(post: string, day: CivilDate): Promise<unknown> {
    const register = registers.get(posts.register);
    const stream = register === undefined ? null : await streamOf(register, post);
    if (register === undefined || stream === null) return null;
    const events = await eventsOf(register, await loader.load(stream));
    const [opening] = events;
    return opening === undefined ? null : stateOn(register, events, later(day, opening.effectiveOn));
  }

  return {
    ...{
      eventsOf,
      streamOf,
      isThereFor,
      exists,
      find,
      policiesOf,
      daysOf,
      metAt,
      madeOn,
      findLinks,
      actingBy,
      partyOf,
      capacitiesOf,
      holdersOf,
      holdersBetween,
    },
    ...{ monitoringOfficers, known, lists, lastEventBy: context.lastEventBy },
  };
}

export type Surroundings = ReturnType<typeof surroundings<LoadedRecord>>;

/** The records that a command names. */
export function linksWanted(
  register: Register,
  events: readonly RecordEvent[],
  command: Command,
  state: unknown,
): readonly LinkWanted[] {
  if (isRecordCommand(command)) return linksOfRecordCommand(register, events, command);
  return register.opens.includes(command.type) || command.type in register.mayIssue
    ? register.links(command, state)
    : [];
}
