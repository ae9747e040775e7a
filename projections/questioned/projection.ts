import { knowingHolders, amend, fold, type KnownEvent } from '../../libs/timeline/index.ts';
import { whyNotSeparate } from '../../libs/access/index.ts';
import {
  isCommonFact,
  londonDayOf,
  type CivilDate,
  type EventId,
  type Holding,
  type RecordEvent,
  type Register,
} from '../../libs/ledger/index.ts';

/**
 * `AUTHORITY_NOT_HELD`: the meeting on whose authority it was done turned out not to have been held by then. `AUTHORITY_NOT_MADE`: the decision on whose
 * authority it was done turned out not to have been made by then, or to hold no longer then. `OWN_WORK`: its signer or typist turned out to have held a
 * post whose work it was.
 */
export const QUESTION_REASONS = ['AUTHORITY_NOT_HELD', 'AUTHORITY_NOT_MADE', 'OWN_WORK'] as const;
export type QuestionReason = (typeof QUESTION_REASONS)[number];

/** A fact of a record that a later fact of another record puts in question. Nothing is unmade by it. */
export interface Question {
  readonly event: EventId;
  /** Its number in the ledger, and what it says now. */
  readonly sequence: number;
  readonly about: Pick<RecordEvent, 'type' | 'effectiveOn' | 'dated'>;
  readonly why: QuestionReason;
  /** What puts it in question. */
  readonly fact: KnownEvent;
  /** The record of that fact. */
  readonly of: { readonly register: string; readonly ref: string };
}

/** The other records that a question may come from: of meetings, of decisions and of posts, by reference. */
export interface Others {
  readonly meetings: ReadonlyMap<string, readonly KnownEvent[]>;
  readonly decisions: ReadonlyMap<string, readonly KnownEvent[]>;
  readonly posts: ReadonlyMap<string, readonly KnownEvent[]>;
}

/** What is asked of other registers, which this question does not know by name. */
export interface Questioning {
  readonly meetings: Register;
  readonly decisions: Register;
  readonly posts: Register;
  holdersBetween(post: unknown, from: CivilDate, to: CivilDate): readonly Holding[];
  /** Is it known of a meeting that it was not held by that day? */
  isKnownUnheld(meeting: unknown, by: CivilDate): boolean;
}

/** Which other records must be known to tell what is in question. Pure. */
export function othersOf(
  register: Register,
  events: readonly KnownEvent[],
): { readonly [of in keyof Others]: readonly string[] } {
  const meetings = new Set<string>();
  const decisions = new Set<string>();
  const posts = new Set<string>();
  for (const { event, state } of stepsOf(register, events)) {
    const { meeting, decision } = authorityOf(event);
    if (meeting !== undefined) meetings.add(meeting);
    if (decision !== undefined) decisions.add(decision);
    if (!isEnd(register, event)) continue;
    for (const { post } of register.separation?.workOf(state).posts ?? []) posts.add(post);
    if (event.actor.by !== undefined) posts.add(event.actor.by.post);
  }
  return { meetings: [...meetings], decisions: [...decisions], posts: [...posts] };
}

/**
 * What is in question of a record: facts in force that took effect by that day, each with the fact of another record that puts it in
 * question. Pure: from the events that one reader may know at one basis, all in the order in which they were recorded.
 *
 * Only what turned out later counts: what was so when the fact was recorded was asked then. Of an import it was not, so there
 * whatever is known of the meeting counts, whenever it was recorded.
 */
export function questionsOf(
  register: Register,
  events: readonly KnownEvent[],
  effective: CivilDate,
  others: Others,
  asking: Questioning,
): readonly Question[] {
  const questions: Question[] = [];
  for (const { event, state } of stepsOf(register, events)) {
    if (event.effectiveOn > effective) continue;
    const recorded = events.find(({ id }) => id === event.id);
    if (recorded === undefined) continue;
    const asked = { event: event.id, sequence: recorded.sequence, about: event };
    const unheld = whatUnheld(register, state, event, recorded, others, asking);
    if (unheld !== null) questions.push({ ...asked, why: 'AUTHORITY_NOT_HELD', ...unheld });
    const unmade = whatUnmade(event, recorded, others, asking);
    if (unmade !== null) questions.push({ ...asked, why: 'AUTHORITY_NOT_MADE', ...unmade });
    const shown = isEnd(register, event) ? whatShowed(register, state, event, recorded, events, others, asking) : null;
    if (shown !== null) questions.push({ ...asked, why: 'OWN_WORK', ...shown });
  }
  return questions;
}

type Cause = Pick<Question, 'fact' | 'of'>;

/** The fact of its meeting by which the authority of an event turned out not to have been held. */
function whatUnheld(
  register: Register,
  state: unknown,
  event: RecordEvent,
  recorded: KnownEvent,
  { meetings }: Others,
  asking: Questioning,
): Cause | null {
  const { meeting: ref } = authorityOf(event);
  const known = ref === undefined ? undefined : meetings.get(ref);
  if (ref === undefined || known === undefined) return null;
  const after = (upTo: readonly KnownEvent[]) => fold(asking.meetings, amend(asking.meetings, upTo));
  const isHeld = (upTo: readonly KnownEvent[]): boolean => {
    const on = asking.meetings.heldOn?.(after(upTo)) ?? null;
    return on !== null && on <= event.effectiveOn && isLawful(register, state, event, on);
  };
  if (isHeld(known)) return null;
  const mayBeHeld = (upTo: readonly KnownEvent[]): boolean =>
    upTo.length === 0 || !asking.isKnownUnheld(after(upTo), event.effectiveOn);
  const fact =
    event.imported === true
      ? (turningPoint(known, 0, isHeld) ?? turningPoint(known, 0, mayBeHeld))
      : turningPoint(known, recorded.sequence, isHeld);
  return fact === null ? null : { fact, of: { register: asking.meetings.name, ref } };
}

/**
 * The fact of the decision by which the authority of an event turned out not to have been made by its day, or to hold no longer then. What ended it on a
 * later day leaves what was done before as it is.
 */
function whatUnmade(
  event: RecordEvent,
  recorded: KnownEvent,
  { decisions }: Others,
  asking: Questioning,
): Cause | null {
  const { decision: ref } = authorityOf(event);
  const known = ref === undefined ? undefined : decisions.get(ref);
  if (ref === undefined || known === undefined) return null;
  const isMade = (upTo: readonly KnownEvent[]): boolean => {
    const then = amend(asking.decisions, upTo).filter(({ effectiveOn }) => effectiveOn <= event.effectiveOn);
    return (asking.decisions.madeOn?.(fold(asking.decisions, then)) ?? null) !== null;
  };
  const fact = turningPoint(known, event.imported === true ? 0 : recorded.sequence, isMade);
  return fact === null ? null : { fact, of: { register: asking.decisions.name, ref } };
}

/** Held on that other day, would the meeting still be in time for what it decided? */
function isLawful(register: Register, state: unknown, event: RecordEvent, heldOn: CivilDate): boolean {
  if (event.actor.heldOn === undefined) return true;
  const asHeld = (on: CivilDate) => ({ ...event, actor: { ...event.actor, heldOn: on } });
  return (
    register.mayFollow(state, asHeld(heldOn)) === null || register.mayFollow(state, asHeld(event.actor.heldOn)) !== null
  );
}

/** The fact of a post by which whoever ended a record as done turned out to have held a post whose work it was. */
function whatShowed(
  register: Register,
  state: unknown,
  event: RecordEvent,
  recorded: KnownEvent,
  events: readonly KnownEvent[],
  { posts }: Others,
  asking: Questioning,
): Cause | null {
  const work = register.separation!.workOf(state);
  // What was written then was judged then.
  if (
    whyNotSeparate(
      work,
      knowingHolders(register, event, () => events),
    ) === 'OWN_WORK'
  )
    return null;
  const { by, enteredBy } = event.actor;
  const wanted = new Map(work.posts.map(({ post, since }) => [post, since]));
  if (by !== undefined && !wanted.has(by.post)) wanted.set(by.post, event.effectiveOn);
  const known = [...wanted.keys()]
    .flatMap((ref) => (posts.get(ref) ?? []).map((fact) => ({ ref, fact })))
    .sort((a, b) => a.fact.sequence - b.fact.sequence);
  const stands = (upTo: readonly KnownEvent[]): boolean => {
    const holders = [...wanted].flatMap(([ref, since]) => {
      const own = known.filter((one) => one.ref === ref && upTo.includes(one.fact)).map(({ fact }) => fact);
      const post = fold(asking.posts, amend(asking.posts, own));
      return asking.holdersBetween(post, since, londonDayOf(event.stamped));
    });
    // Typed for another post, the person is whoever the directory said then: whoever it says now may have been it.
    const signedAs = by === undefined || by.post === enteredBy.post ? [by] : [by, { post: by.post }];
    return signedAs.every((one) => {
      const actor = { ...event.actor, ...(one === undefined ? {} : { by: one }), holders };
      return whyNotSeparate(work, { ...event, actor }) !== 'OWN_WORK';
    });
  };
  const fact = turningPoint(
    known.map((one) => one.fact),
    recorded.sequence,
    stands,
  );
  return fact === null
    ? null
    : { fact, of: { register: asking.posts.name, ref: known.find((one) => one.fact === fact)!.ref } };
}

/**
 * The last of these facts, recorded after that number, by which something ceased to stand that stood until then; null while it
 * stands, and where it never did.
 */
function turningPoint(
  known: readonly KnownEvent[],
  sequence: number,
  stands: (upTo: readonly KnownEvent[]) => boolean,
): KnownEvent | null {
  if (stands(known)) return null;
  let end = known.length;
  while (end > 0 && known[end - 1]!.sequence > sequence) {
    end -= 1;
    if (stands(known.slice(0, end))) return known[end]!;
  }
  return null;
}

interface Step {
  readonly event: RecordEvent;
  /** The record before it. */
  readonly state: unknown;
}

/** The facts of a record that are in force, each with the state that it follows. */
function stepsOf(register: Register, events: readonly KnownEvent[]): readonly Step[] {
  const steps: Step[] = [];
  let state = register.initial;
  for (const event of amend(register, events)) {
    steps.push({ event, state });
    state = register.evolve(state, event);
  }
  // What was said of the record itself stands on an authority too, and follows nothing.
  const said = events.filter((event) => isCommonFact(event));
  return [...steps, ...said.map((event) => ({ event, state }))];
}

function isEnd({ separation }: Register, { type }: RecordEvent): boolean {
  return Object.values(separation?.ends ?? {}).includes(type);
}

function authorityOf({ actor: { authority } }: RecordEvent): { readonly meeting?: string; readonly decision?: string } {
  if (authority === undefined || authority === 'notStated') return {};
  if ('meeting' in authority) return { meeting: authority.meeting };
  return 'decision' in authority ? { decision: authority.decision } : {};
}
