import {
  oneOf,
  present,
  rowsOf,
  type Due,
  type MemberOf,
  type RowsOfState,
  type Session,
} from '../../declarations/index.ts';
import {
  isCommonFact,
  stepOf,
  unmoved,
  type CivilDate,
  type CommonFact,
  type Dated,
  type EventId,
  type Refusal,
  type Step,
  type TextRef,
} from '../../ledger/index.ts';
import { issuedAt, positionOf, type Issue } from './issues.ts';
import type {
  AgendaItemDeferred,
  AgendaItemListed,
  ItemMinuted,
  MeetingEvent,
  MeetingHeld,
  MeetingOwnEvent,
  MeetingScheduled,
  PapersIssued,
  SittingRecorded,
} from './events.ts';
import {
  attenders,
  grounds,
  type AgendaItemStatus,
  type InterestKind,
  type MinutesStatus,
  type ResolutionOutcome,
} from './fields.ts';
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

/** An item was put off. With neither meeting nor span: to a later meeting. */
export interface Deferral extends Step {
  readonly to?: string;
  readonly within?: Dated;
  readonly phrase?: TextRef;
  readonly why?: TextRef;
}

/** An item of the agenda, named by the entry that listed it. */
export interface AgendaItem {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly item?: string;
  readonly session: Session;
  readonly status: AgendaItemStatus;
  readonly title?: TextRef;
  readonly section?: TextRef;
  readonly paper?: string;
  readonly paperVersion?: string;
  readonly author?: string;
  /** The meeting from which it was carried over, and the entry that listed it there. */
  readonly fromMeeting?: string;
  readonly continues?: EventId;
  /** What made it stand so. */
  readonly settled?: Step & { readonly why?: TextRef };
  /** That its meeting ended before it, whether or not it was put off since. */
  readonly passedOver?: Step;
  readonly deferrals: readonly Deferral[];
  /** What the minutes say of it in three parts. */
  readonly report?: Step & {
    readonly overview?: TextRef;
    readonly forceUpdate?: TextRef;
    readonly response?: TextRef;
  };
}

export interface Interest extends Step {
  readonly kind: InterestKind;
  readonly post?: string;
  readonly agendaItem?: EventId;
  readonly withdrew?: boolean;
  readonly who?: TextRef;
  readonly text?: TextRef;
}

export interface PublicQuestion extends Step {
  readonly agendaItem?: EventId;
  readonly text?: TextRef;
  readonly who?: TextRef;
  readonly answer?: Step & { readonly post?: string; readonly inWriting: boolean; readonly text?: TextRef };
}

export interface Resolution extends Step {
  readonly outcome: ResolutionOutcome;
  readonly agendaItem?: EventId;
  readonly inFavour?: number;
  readonly against?: number;
  readonly abstained?: number;
  readonly text?: TextRef;
}

export interface Exclusion extends Step {
  readonly grounds: RowsOfState<(typeof grounds)['columns']>['rows'];
  readonly agendaItem?: EventId;
  readonly text?: TextRef;
}

/** A correcting minute. */
export interface MinuteCorrection extends Step {
  readonly minute: EventId;
  readonly agreedAt: string;
  readonly text?: TextRef;
}

export interface Minutes {
  readonly status: MinutesStatus;
  /** The document that holds them. */
  readonly paper?: string;
  readonly paperVersion?: string;
  readonly drafted?: Step;
  readonly circulated?: Step;
  readonly confirmed?: Step & { readonly confirmedAt: string };
  readonly published?: Step & { readonly publishedAt?: TextRef };
  readonly corrections: readonly MinuteCorrection[];
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
  readonly place?: TextRef;
  readonly webcast?: TextRef;
  readonly chair?: string;
  readonly quorum?: number;
  readonly opened?: string;
  readonly closed?: string;
  readonly quorate?: boolean;
  /** The last entry that said something of the sitting. */
  readonly sitting?: Step;
  readonly attendance?: Step & RowsOfState<(typeof attenders)['columns']>;
  readonly interests: readonly Interest[];
  readonly questions: readonly PublicQuestion[];
  readonly agenda: readonly AgendaItem[];
  readonly resolutions: readonly Resolution[];
  readonly exclusions: readonly Exclusion[];
  readonly papers: readonly Issue[];
  readonly minutes?: Minutes;
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
    default:
      if (isCommonFact(event) || !isOwn(event)) return null;
      if (state.status === 'NOT_SCHEDULED') return refuse('NOT_SCHEDULED', { field: 'ref' });
      return whyNotThen(state, event) ?? whyNotConfirmed(state, event) ?? whyNotSo(state, event);
  }
}

/** What is said of a meeting beside its day: an event of every record is not. */
type Said = Exclude<
  MeetingOwnEvent,
  { readonly type: 'MeetingScheduled' | 'MeetingHeld' | 'MeetingCancelled' | 'MeetingPostponed' }
>;

function isOwn(event: { readonly type: string }): event is Said {
  return Object.hasOwn(WHEN, event.type);
}

/** Of which meetings each is said: of one that was held, of one that is not cancelled, or of any. */
const WHEN: { readonly [type in Said['type']]: 'HELD' | 'NOT_CANCELLED' | 'ANY' } = {
  ItemMinuted: 'HELD',
  MeetingArranged: 'ANY',
  AttendanceRecorded: 'HELD',
  SittingRecorded: 'HELD',
  InterestDeclared: 'HELD',
  PublicQuestionAsked: 'HELD',
  PublicQuestionAnswered: 'HELD',
  AgendaItemListed: 'NOT_CANCELLED',
  AgendaItemPresented: 'HELD',
  AgendaItemNotReached: 'HELD',
  // What was listed for a meeting that is called off goes to another.
  AgendaItemDeferred: 'ANY',
  AgendaItemWithdrawn: 'ANY',
  AgendaItemReported: 'HELD',
  ResolutionPassed: 'HELD',
  PublicExcluded: 'HELD',
  PapersIssued: 'NOT_CANCELLED',
  MinutesDrafted: 'HELD',
  MinutesCirculated: 'HELD',
  MinutesConfirmed: 'HELD',
  MinutesPublished: 'HELD',
  MinutesCorrected: 'HELD',
};

function whyNotThen({ status }: ScheduledMeeting, { type }: Said): Refusal | null {
  const when = WHEN[type];
  if (when === 'HELD' && status !== 'HELD') return refuse('NOT_HELD', { field: 'ref' });
  return when === 'NOT_CANCELLED' && status === 'CANCELLED' ? refuse('MEETING_CANCELLED', { field: 'ref' }) : null;
}

/** What minutes say. Once they are confirmed nothing of it is added, and nothing changes but by a correcting minute: `confirmed.ts`. */
export const SAYS_MINUTES: readonly MeetingOwnEvent['type'][] = [
  'MeetingScheduled',
  'MeetingHeld',
  'MeetingCancelled',
  'MeetingPostponed',
  'ItemMinuted',
  'MeetingArranged',
  'AttendanceRecorded',
  'SittingRecorded',
  'InterestDeclared',
  'PublicQuestionAsked',
  'PublicQuestionAnswered',
  'AgendaItemListed',
  'AgendaItemPresented',
  'AgendaItemNotReached',
  'AgendaItemDeferred',
  'AgendaItemWithdrawn',
  'AgendaItemReported',
  'ResolutionPassed',
  'PublicExcluded',
];

/** Where minutes have come to; their states follow one another. */
function whyNotConfirmed({ ref, minutes }: ScheduledMeeting, { type }: Said): Refusal | null {
  if (minutes?.confirmed === undefined) return null;
  const isToCome = SAYS_MINUTES.includes(type) || type === 'MinutesDrafted' || type === 'MinutesCirculated';
  if (isToCome) return refuse('MINUTES_CONFIRMED', { values: { ref } });
  return type === 'MinutesConfirmed' ? refuse('ALREADY_CONFIRMED', { values: { ref } }) : null;
}

/** Type and facts of one event. An event that would be written may lack what the command has yet to say. */
type Fact = {
  [Event in Said as Event['type']]: {
    readonly type: Event['type'];
    readonly facts: Partial<Event['facts']>;
  };
}[Said['type']];

function whyNotSo(state: ScheduledMeeting, event: Said): Refusal | null {
  const { ref, minutes } = state;
  const { type, facts } = event as unknown as Fact;
  switch (type) {
    case 'ItemMinuted':
      return whyNotMinuted(state, facts);
    case 'AttendanceRecorded':
      return whyNotAttended(state, facts.attenders ?? []);
    case 'SittingRecorded':
      return whyNotSat(state, facts);
    case 'InterestDeclared':
    case 'PublicQuestionAsked':
    case 'ResolutionPassed':
      return whyNotListed(state, facts.agendaItem);
    case 'PublicExcluded':
      return whyNotListed(state, facts.agendaItem) ?? whyNotOnGrounds(facts.grounds ?? []);
    case 'PublicQuestionAnswered':
      return whyNotAnswered(state, facts.question);
    case 'AgendaItemListed':
      return whyNotOnAgenda(state, facts);
    case 'AgendaItemPresented':
    case 'AgendaItemNotReached':
      return whyNotOf(state, facts.agendaItem, ['LISTED']);
    case 'AgendaItemDeferred':
      if (facts.to === ref) return refuse('DEFERRED_TO_ITSELF', { field: 'to', values: { ref } });
      return whyNotOf(state, facts.agendaItem, ['LISTED', 'NOT_REACHED', 'DEFERRED']);
    case 'AgendaItemWithdrawn':
      return whyNotOf(state, facts.agendaItem, ['LISTED', 'NOT_REACHED', 'DEFERRED']);
    case 'AgendaItemReported':
      return whyNotReported(state, facts.agendaItem);
    case 'PapersIssued':
      return whyNotListed(state, facts.agendaItem) ?? whyNotIssued(event as PapersIssued);
    case 'MinutesCirculated':
      // A paper prints what came of minutes, and not always what went before.
      return minutes === undefined && event.imported !== true ? refuse('NOT_DRAFTED', { values: { ref } }) : null;
    case 'MinutesConfirmed':
      if (facts.confirmedAt === ref) return refuse('NOT_A_LATER_MEETING', { field: 'confirmedAt', values: { ref } });
      return minutes?.circulated === undefined && event.imported !== true
        ? refuse('NOT_CIRCULATED', { values: { ref } })
        : null;
    case 'MinutesPublished':
      if (minutes?.confirmed === undefined) return refuse('NOT_CONFIRMED', { values: { ref } });
      return minutes.published === undefined ? null : refuse('ALREADY_PUBLISHED', { values: { ref } });
    case 'MinutesCorrected':
      if (minutes?.confirmed === undefined) return refuse('NOT_CONFIRMED', { values: { ref } });
      if (facts.agreedAt === ref) return refuse('NOT_A_LATER_MEETING', { field: 'agreedAt', values: { ref } });
      return facts.minute === undefined || sayingsOf(state).includes(facts.minute)
        ? null
        : refuse('NOT_IN_THE_MINUTES', { field: 'minute', values: { minute: facts.minute } });
    default:
      return null;
  }
}

/** An item is minuted once: by number, or in three parts. What is promised under it may be minuted beside that. */
function whyNotMinuted({ agenda }: ScheduledMeeting, facts: Partial<ItemMinuted['facts']>): Refusal | null {
  const { item, session, promise } = facts;
  if (item === undefined || promise !== false) return null;
  const isReported = agenda.some((one) => one.item === item && one.session === session && one.report !== undefined);
  return isReported ? refuse('ALREADY_MINUTED', { field: 'item', values: { item } }) : null;
}

function whyNotReported(state: ScheduledMeeting, event: EventId | undefined): Refusal | null {
  const { agenda } = state;
  if (event === undefined) return agenda.length > 0 ? null : refuse('WITHOUT_AGENDA', { values: { ref: state.ref } });
  const item = agenda.find((one) => one.event === event);
  if (item === undefined) return refuse('UNKNOWN_AGENDA_ITEM', { field: 'agendaItem', values: { item: event } });
  return isMinuted(state, item)
    ? refuse('ALREADY_MINUTED', { field: 'agendaItem', values: { item: item.item ?? 'without a number' } })
    : null;
}

/** An item that need not be named, and is. */
function whyNotListed({ agenda }: ScheduledMeeting, event: EventId | undefined): Refusal | null {
  return event === undefined || agenda.some((one) => one.event === event)
    ? null
    : refuse('UNKNOWN_AGENDA_ITEM', { field: 'agendaItem', values: { item: event } });
}

/** Of an item that stands in one of these states. */
function whyNotOf(
  { ref, agenda }: ScheduledMeeting,
  event: EventId | undefined,
  states: readonly AgendaItemStatus[],
): Refusal | null {
  const item = agenda.find((one) => one.event === event);
  // Before it is filled in: nothing can be said of an item where there is none.
  if (event === undefined)
    return agenda.some(({ status }) => states.includes(status)) ? null : refuse('WITHOUT_AGENDA', { values: { ref } });
  if (item === undefined) return refuse('UNKNOWN_AGENDA_ITEM', { field: 'agendaItem', values: { item: event } });
  if (states.includes(item.status)) return null;
  const status = item.status.toLowerCase().replaceAll('_', ' ');
  return refuse('ITEM_SETTLED', { field: 'agendaItem', values: { status } });
}

function whyNotOnAgenda({ ref, agenda }: ScheduledMeeting, facts: Partial<AgendaItemListed['facts']>): Refusal | null {
  const { item, session, fromMeeting } = facts;
  if (fromMeeting === ref) return refuse('CONTINUES_ITSELF', { field: 'fromMeeting', values: { ref } });
  const isTaken =
    item !== undefined &&
    agenda.some((one) => one.item === item && one.session === session && one.status !== 'WITHDRAWN');
  return isTaken ? refuse('ITEM_LISTED_ALREADY', { field: 'item', values: { item } }) : null;
}

function whyNotAttended(
  state: ScheduledMeeting,
  rows: readonly { readonly joined?: string; readonly left?: string }[],
): Refusal | null {
  for (const { joined, left } of rows) {
    for (const item of [joined, left])
      if (item !== undefined && placeOf(state, item) < 0)
        return refuse('UNKNOWN_ITEM_NUMBER', { field: 'attenders', values: { item } });
    if (joined !== undefined && left !== undefined && placeOf(state, left) <= placeOf(state, joined))
      return refuse('LEFT_BEFORE_JOINING', { field: 'attenders', values: { joined, left } });
  }
  return null;
}

function whyNotSat(state: ScheduledMeeting, facts: Partial<SittingRecorded['facts']>): Refusal | null {
  const { opened = state.opened, closed = state.closed } = facts;
  return opened !== undefined && closed !== undefined && closed < opened
    ? refuse('CLOSES_BEFORE_IT_OPENS', { field: 'closed', values: { opened, closed } })
    : null;
}

function whyNotAnswered({ ref, questions }: ScheduledMeeting, event: EventId | undefined): Refusal | null {
  const unanswered = questions.filter(({ answer }) => answer === undefined);
  if (event === undefined) return unanswered.length > 0 ? null : refuse('NOTHING_TO_ANSWER', { values: { ref } });
  if (!questions.some((one) => one.event === event))
    return refuse('UNKNOWN_QUESTION', { field: 'question', values: { question: event } });
  return unanswered.some((one) => one.event === event) ? null : refuse('ALREADY_ANSWERED', { field: 'question' });
}

function whyNotOnGrounds(rows: readonly { readonly paragraph: string }[]): Refusal | null {
  const named = rows.map(({ paragraph }) => paragraph);
  return new Set(named).size < named.length ? refuse('GROUND_TWICE', { field: 'grounds' }) : null;
}

function whyNotIssued(event: PapersIssued): Refusal | null {
  if ((event.facts as Partial<PapersIssued['facts']>).position === undefined) return null;
  const issued = issuedAt(event);
  if (event.facts.at !== undefined && event.imported !== true && issued > event.stamped)
    return refuse('NOT_YET_ISSUED', { field: 'at', values: { at: event.facts.at } });
  const asAt = positionOf(event);
  const { asAt: day } = event.facts;
  return day !== undefined && (day > event.effectiveOn || (asAt !== null && asAt > issued))
    ? refuse('POSITION_AFTER_ISSUE', { field: 'asAt', values: { asAt: day } })
    : null;
}

/** In the order of the agenda; a number that is on no agenda, in that of the minutes. -1: neither has it. */
export function placeOf({ agenda, items }: Pick<ScheduledMeeting, 'agenda' | 'items'>, item: string): number {
  const listed = agenda.findIndex((one) => one.item === item);
  if (listed >= 0) return listed;
  const minuted = items.findIndex((one) => one.item === item);
  return minuted < 0 ? -1 : agenda.length + minuted;
}

/** Has what the minutes say of an agenda item been recorded: in three parts, or under its number? */
function isMinuted({ items }: Pick<ScheduledMeeting, 'items'>, { item, session, report }: AgendaItem): boolean {
  if (report !== undefined) return true;
  return item !== undefined && items.some((one) => !one.promise && one.item === item && one.session === session);
}

/** The entries that hold what the minutes say: each may be corrected by a correcting minute. */
export function sayingsOf(state: ScheduledMeeting): readonly EventId[] {
  const { items, agenda, interests, questions, resolutions, exclusions, attendance, sitting } = state;
  return [
    ...[...items, ...interests, ...resolutions, ...exclusions].map(({ event }) => event),
    ...questions.flatMap(({ event, answer }) => [event, ...(answer === undefined ? [] : [answer.event])]),
    ...agenda.flatMap(({ event, settled, report }) =>
      [event, settled?.event, report?.event].filter((one) => one !== undefined),
    ),
    ...[attendance?.event, sitting?.event].filter((one) => one !== undefined),
  ];
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
      return told(state, event);
  }
}

/** What is said of it beside its day. */
function told(state: ScheduledMeeting, event: Exclude<Said, ItemMinuted> | CommonFact): ScheduledMeeting {
  const step = stepOf(event);
  const why = present({ why: event.texts.reason });
  switch (event.type) {
    case 'MeetingArranged':
      return { ...state, ...event.facts, ...present(wordsOf(event)) };
    case 'AttendanceRecorded':
      return { ...state, attendance: { ...step, ...rowsOf(event, 'attenders', attenders) } };
    case 'SittingRecorded':
      return { ...state, ...event.facts, sitting: step };
    case 'InterestDeclared':
      return { ...state, interests: [...state.interests, { ...step, ...event.facts, ...present(wordsOf(event)) }] };
    case 'PublicQuestionAsked':
      return { ...state, questions: [...state.questions, { ...step, ...event.facts, ...present(wordsOf(event)) }] };
    case 'PublicQuestionAnswered': {
      const { question, ...said } = event.facts;
      const answer = { ...step, ...said, ...present(wordsOf(event)) };
      return {
        ...state,
        questions: state.questions.map((one) => (one.event === question ? { ...one, answer } : one)),
      };
    }
    case 'AgendaItemListed':
      return { ...state, agenda: [...state.agenda, listed(event)] };
    case 'AgendaItemPresented': {
      const { agendaItem, verbally } = event.facts;
      return settled(state, agendaItem, verbally ? 'VERBAL_ONLY' : 'PRESENTED', { ...step, ...why });
    }
    case 'AgendaItemNotReached': {
      const passed = settled(state, event.facts.agendaItem, 'NOT_REACHED', { ...step, ...why });
      return withItem(passed, event.facts.agendaItem, (one) => ({ ...one, passedOver: step }));
    }
    case 'AgendaItemWithdrawn':
      return settled(state, event.facts.agendaItem, 'WITHDRAWN', { ...step, ...why });
    case 'AgendaItemDeferred':
      return deferred(state, event);
    case 'AgendaItemReported': {
      const report = { ...step, ...present(wordsOf(event)) };
      return withItem(state, event.facts.agendaItem, (one) => ({ ...one, report }));
    }
    case 'ResolutionPassed':
      return { ...state, resolutions: [...state.resolutions, { ...step, ...event.facts, ...present(wordsOf(event)) }] };
    case 'PublicExcluded': {
      const { grounds: _, ...facts } = event.facts;
      const { rows } = rowsOf(event, 'grounds', grounds);
      return {
        ...state,
        exclusions: [...state.exclusions, { ...step, ...facts, grounds: rows, ...present(wordsOf(event)) }],
      };
    }
    case 'PapersIssued':
      return { ...state, papers: [...state.papers, issue(event)] };
    case 'MinutesDrafted':
    case 'MinutesCirculated':
    case 'MinutesConfirmed':
    case 'MinutesPublished':
    case 'MinutesCorrected':
      return minutesAfter(state, event, step);
    default:
      return unmoved(state, event);
  }
}

type OfMinutes = Extract<
  Said,
  {
    readonly type:
      'MinutesDrafted' | 'MinutesCirculated' | 'MinutesConfirmed' | 'MinutesPublished' | 'MinutesCorrected';
  }
>;

/** Where the minutes stand after one more step of theirs. Whatever came before it, for a reader may be kept from some. */
function minutesAfter(state: ScheduledMeeting, event: OfMinutes, step: Step): ScheduledMeeting {
  const { minutes = NO_MINUTES } = state;
  switch (event.type) {
    case 'MinutesDrafted':
      return { ...state, minutes: { ...minutes, ...event.facts, status: 'DRAFT', drafted: step } };
    case 'MinutesCirculated':
      return { ...state, minutes: { ...minutes, status: 'CIRCULATED', circulated: step } };
    case 'MinutesConfirmed': {
      const { confirmedAt, ...paper } = event.facts;
      return { ...state, minutes: { ...minutes, ...paper, status: 'CONFIRMED', confirmed: { ...step, confirmedAt } } };
    }
    case 'MinutesPublished': {
      const { publishedAt } = event.texts;
      return {
        ...state,
        minutes: { ...minutes, status: 'PUBLISHED', published: { ...step, ...present({ publishedAt }) } },
      };
    }
    case 'MinutesCorrected': {
      const correction = { ...step, ...event.facts, ...present(wordsOf(event)) };
      return { ...state, minutes: { ...minutes, corrections: [...minutes.corrections, correction] } };
    }
  }
}

const NO_MINUTES: Minutes = { status: 'DRAFT', corrections: [] };

/** The words of an event beside those that every event may carry. */
function wordsOf<Texts extends { readonly [field: string]: TextRef | undefined }>({
  texts,
}: {
  readonly texts: Texts;
}): Omit<Texts, 'reason' | 'document' | 'paragraph' | 'quote'> {
  const { reason: _, document: __, paragraph: ___, quote: ____, ...own } = texts;
  return own;
}

function listed({ id, effectiveOn, facts, texts }: AgendaItemListed): AgendaItem {
  const { title, section } = texts;
  return { event: id, effectiveOn, ...facts, status: 'LISTED', ...present({ title, section }), deferrals: [] };
}

function withItem(state: ScheduledMeeting, event: EventId, change: (item: AgendaItem) => AgendaItem): ScheduledMeeting {
  return { ...state, agenda: state.agenda.map((one) => (one.event === event ? change(one) : one)) };
}

function settled(
  state: ScheduledMeeting,
  event: EventId,
  status: AgendaItemStatus,
  by: NonNullable<AgendaItem['settled']>,
): ScheduledMeeting {
  return withItem(state, event, (one) => ({ ...one, status, settled: by }));
}

function deferred(state: ScheduledMeeting, event: AgendaItemDeferred): ScheduledMeeting {
  const { agendaItem, ...to } = event.facts;
  const deferral = {
    ...stepOf(event),
    ...to,
    ...present({ phrase: event.texts.phrase, why: event.texts.reason }),
  };
  return withItem(state, agendaItem, (one) => ({
    ...one,
    status: 'DEFERRED',
    settled: deferral,
    deferrals: [...one.deferrals, deferral],
  }));
}

function issue(event: PapersIssued): Issue {
  const { agendaItem, paper, paperVersion } = event.facts;
  const asAt = positionOf(event) ?? undefined;
  return {
    event: event.id,
    effectiveOn: event.effectiveOn,
    issued: issuedAt(event),
    ...present({ asAt, agendaItem, paper, paperVersion, note: event.texts.note }),
  };
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
    interests: [],
    questions: [],
    agenda: [],
    resolutions: [],
    exclusions: [],
    papers: [],
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
