import { oneOf, type Due, type MemberOf, type Session } from '../../declarations/index.ts';
import { type CivilDate, type Dated, type EventId, type Refusal, type TextRef, unmoved } from '../../ledger/index.ts';
import type { ItemMinuted, MeetingEvent, MeetingHeld, MeetingScheduled } from './events.ts';
import { refuse } from './refusals.ts';

export const meetingStatus = oneOf('MeetingState', 'Where a meeting stands.', {
  SCHEDULED: 'Set for a day or a span.',
  HELD: 'Held.',
  CANCELLED: 'Called off; its day stays in the diaries, and what was due there has lost its date.',
  POSTPONED: 'Moved, to a day or to no known day yet.',
});
export type MeetingStatus = MemberOf<typeof meetingStatus>;
export const MEETING_STATES = Object.keys(meetingStatus.members) as readonly MeetingStatus[];

export interface MinutedItem {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly item?: string;
  readonly session: Session;
  readonly promise: boolean;
  readonly owner?: string;
  readonly due?: Due;
  readonly title?: TextRef;
  readonly text?: TextRef;
  readonly phrase?: TextRef;
}

export interface ScheduledMeeting {
  readonly status: MeetingStatus;
  readonly ref: string;
  readonly body: string;
  /** The day for which it is set or on which it was held; absent while no day is known. A cancelled meeting keeps it. */
  readonly date?: CivilDate;
  readonly dated?: Dated;
  readonly session: Session;
  readonly title?: TextRef;
  /** How often it has been moved. */
  readonly postponements: number;
  readonly items: readonly MinutedItem[];
}

export type MeetingState = { readonly status: 'NOT_SCHEDULED' } | ScheduledMeeting;

export const NOT_SCHEDULED: MeetingState = { status: 'NOT_SCHEDULED' };

/**
 * Is this event legal in that state?
 *
 * A cancelled meeting may be postponed, which puts it back into the diary: boards rearrange what they cancelled, and the
 * reference under which people know it stays.
 */
export function mayFollow(state: MeetingState, event: MeetingEvent): Refusal | null {
  const { status } = state;
  switch (event.type) {
    case 'MeetingScheduled':
      return status === 'NOT_SCHEDULED' ? null : refuse('ALREADY_SCHEDULED');
    case 'MeetingHeld':
      if (status === 'CANCELLED') return refuse('MEETING_CANCELLED', { field: 'ref' });
      return stillToCome(status) ?? whyNotHeldThen(event);
    case 'MeetingCancelled':
      if (status === 'CANCELLED') return refuse('ALREADY_CANCELLED', { field: 'ref' });
      return stillToCome(status);
    case 'MeetingPostponed':
      return stillToCome(status);
    case 'ItemMinuted':
      if (status === 'NOT_SCHEDULED') return refuse('NOT_SCHEDULED', { field: 'ref' });
      return status === 'HELD' ? null : refuse('NOT_HELD', { field: 'ref' });
    default:
      return null;
  }
}

/** A meeting is held on its day, and nobody can say so before. */
function whyNotHeldThen({ facts, effectiveOn }: MeetingHeld): Refusal | null {
  const { on } = facts as Partial<MeetingHeld['facts']>;
  if (on === undefined || on <= effectiveOn) return null;
  return refuse('NOT_YET_HELD', { field: 'on', values: { on, effectiveOn } });
}

function stillToCome(status: MeetingState['status']): Refusal | null {
  if (status === 'NOT_SCHEDULED') return refuse('NOT_SCHEDULED', { field: 'ref' });
  return status === 'HELD' ? refuse('ALREADY_HELD', { field: 'ref' }) : null;
}

/**
 * What one more event makes of a meeting.
 *
 * Total: an event of an unknown kind, a second opening, or anything said of a meeting that is not there leaves the state as it
 * is. It does not ask whether the event was legal (`mayFollow` does): a reader from whom some events are hidden still gets
 * the last that they may see.
 */
export function evolve(state: MeetingState, event: MeetingEvent): MeetingState {
  if (event.type === 'MeetingScheduled') return state.status === 'NOT_SCHEDULED' ? scheduled(event) : state;
  if (state.status === 'NOT_SCHEDULED') return state;
  switch (event.type) {
    case 'MeetingHeld':
      return { ...movedTo(state, { on: event.facts.on }), status: 'HELD' };
    case 'MeetingCancelled':
      return { ...state, status: 'CANCELLED' };
    case 'MeetingPostponed': {
      const { to: on, dated } = event.facts;
      return { ...movedTo(state, { on, dated }), status: 'POSTPONED', postponements: state.postponements + 1 };
    }
    case 'ItemMinuted':
      return { ...state, items: [...state.items, minuted(event)] };
    default:
      return unmoved(state, event);
  }
}

function scheduled({ facts, texts }: MeetingScheduled): ScheduledMeeting {
  const { ref, body, session, on, dated } = facts;
  const meeting: ScheduledMeeting = {
    status: 'SCHEDULED',
    ref,
    body,
    session,
    ...(texts.title === undefined ? {} : { title: texts.title }),
    postponements: 0,
    items: [],
  };
  return movedTo(meeting, { on, dated });
}

/** The same meeting on another day, over a span while no day is known, or at no known time. A day tells more than a span. */
function movedTo(
  meeting: ScheduledMeeting,
  when: { on?: CivilDate | undefined; dated?: Dated | undefined },
): ScheduledMeeting {
  const moved: { -readonly [field in keyof ScheduledMeeting]: ScheduledMeeting[field] } = { ...meeting };
  delete moved.date;
  delete moved.dated;
  if (when.on !== undefined) moved.date = when.on;
  else if (when.dated !== undefined) moved.dated = when.dated;
  return moved;
}

function minuted({ id, effectiveOn, facts, texts }: ItemMinuted): MinutedItem {
  const { item, session, promise, owner, due } = facts;
  return {
    event: id,
    effectiveOn,
    session,
    promise,
    ...(item === undefined ? {} : { item }),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(texts.title === undefined ? {} : { title: texts.title }),
    ...(texts.text === undefined ? {} : { text: texts.text }),
    ...(texts.phrase === undefined ? {} : { phrase: texts.phrase }),
  };
}

/** The day on which it was held; null unless it was. */
export function heldOn(state: MeetingState): CivilDate | null {
  return state.status === 'HELD' ? (state.date ?? null) : null;
}

/** Is it known that it was not held by that day? Not while nobody has said whether a meeting of that day or before was. */
export function isKnownUnheld(state: MeetingState, by: CivilDate): boolean {
  if (state.status === 'NOT_SCHEDULED' || state.status === 'CANCELLED') return true;
  const earliest = state.date ?? state.dated?.from;
  return earliest !== undefined && earliest > by;
}

/** The reference of a meeting; null while it is not scheduled. */
export function refOf(state: MeetingState): string | null {
  return state.status === 'NOT_SCHEDULED' ? null : state.ref;
}

/** The body whose meeting it is; null while there is none. */
export function bodyOf(state: MeetingState): string | null {
  return state.status === 'NOT_SCHEDULED' ? null : state.body;
}
