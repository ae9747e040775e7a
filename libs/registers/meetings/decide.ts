import { draft, heldDue, heldRows, ifItMay, isBlank, record, type Session } from '../../declarations/index.ts';
import {
  asOfSession,
  isRestricted,
  OFFICIAL_OPEN,
  stricter,
  type CivilDate,
  type Dated,
  type Decision,
  type DecisionContext,
  type EventId,
  type JsonObject,
  type Marking,
  type ReferenceWanted,
  type Refusal,
} from '../../ledger/index.ts';
import type {
  CirculateMinutes,
  ConfirmMinutes,
  CorrectMinutes,
  DeclareInterest,
  DraftMinutes,
  HoldMeeting,
  IssuePapers,
  ListAgendaItem,
  MeetingCommand,
  MinuteItem,
  PostponeMeeting,
  PublishMinutes,
  RecordAttendance,
  ScheduleMeeting,
} from './commands.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';
import { meetingIn } from './links.ts';
import { refuse } from './refusals.ts';
import { mayFollow, type MeetingState, type ScheduledMeeting } from './state.ts';

/** What meetings alone know: `decideCommand` (`libs/declarations`) has asked all that the declarations say. */
export function decide(state: MeetingState, command: MeetingCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'ScheduleMeeting':
      return schedule(command, context);
    case 'HoldMeeting':
      return hold(state, command, context);
    case 'CancelMeeting':
      return { events: [draft(Event.MeetingCancelled)] };
    case 'PostponeMeeting':
      return postpone(state, command);
    case 'MinuteItem':
      return minute(state, command, context);
    default:
      // `mayFollow` has refused every other command to a meeting that is not scheduled.
      return say(state as ScheduledMeeting, command, context);
  }
}

type Saying = Exclude<
  MeetingCommand,
  ScheduleMeeting | HoldMeeting | PostponeMeeting | MinuteItem | { readonly type: 'CancelMeeting' }
>;

/** What is said of a meeting beside its day. */
function say(state: ScheduledMeeting, command: Saying, context: DecisionContext): Decision {
  switch (command.type) {
    case 'ArrangeMeeting': {
      const { place, chair, quorum, webcast } = command;
      return record(draft(Event.MeetingArranged, { facts: { chair, quorum }, texts: { place, webcast } }));
    }
    case 'RecordAttendance':
      return recordAttendance(state, command, context);
    case 'RecordSitting': {
      const { opened, closed, quorate } = command;
      return ifItMay(mayFollow, state, draft(Event.SittingRecorded, { facts: { opened, closed, quorate } }), context);
    }
    case 'DeclareInterest':
      return declareInterest(state, command, context);
    case 'RecordPublicQuestion': {
      const { text, who, agendaItem } = command;
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(
        mayFollow,
        state,
        draft(Event.PublicQuestionAsked, { facts: { agendaItem }, texts: { text, who }, marking }),
        context,
      );
    }
    case 'AnswerPublicQuestion': {
      const { question, text, post, inWriting = false } = command;
      const facts = { question, post, inWriting };
      const marking = asRestrictedAs(command, question, context);
      return ifItMay(
        mayFollow,
        state,
        draft(Event.PublicQuestionAnswered, { facts, texts: { text }, marking }),
        context,
      );
    }
    case 'ListAgendaItem':
      return listAgendaItem(state, command, context);
    case 'PresentAgendaItem': {
      const { agendaItem, verbally = false } = command;
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(
        mayFollow,
        state,
        draft(Event.AgendaItemPresented, { facts: { agendaItem, verbally }, marking }),
        context,
      );
    }
    case 'PassOverAgendaItem': {
      const { agendaItem } = command;
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(mayFollow, state, draft(Event.AgendaItemNotReached, { facts: { agendaItem }, marking }), context);
    }
    case 'DeferAgendaItem': {
      const { agendaItem, to, within, phrase } = command;
      const marking = asRestrictedAs(command, agendaItem, context);
      const facts = { agendaItem, to, within: held(within) };
      return ifItMay(mayFollow, state, draft(Event.AgendaItemDeferred, { facts, texts: { phrase }, marking }), context);
    }
    case 'WithdrawAgendaItem': {
      const { agendaItem } = command;
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(mayFollow, state, draft(Event.AgendaItemWithdrawn, { facts: { agendaItem }, marking }), context);
    }
    case 'ReportAgendaItem': {
      const { agendaItem, overview, forceUpdate, response } = command;
      const texts = { overview, forceUpdate, response };
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(
        mayFollow,
        state,
        draft(Event.AgendaItemReported, { facts: { agendaItem }, texts, marking }),
        context,
      );
    }
    case 'RecordResolution': {
      const { text, outcome, agendaItem, inFavour, against, abstained } = command;
      const facts = { outcome, agendaItem, inFavour, against, abstained };
      const marking = asRestrictedAs(command, agendaItem, context);
      return ifItMay(mayFollow, state, draft(Event.ResolutionPassed, { facts, texts: { text }, marking }), context);
    }
    case 'ExcludePublic': {
      const { agendaItem, text } = command;
      const { facts: grounds } = heldRows('grounds', field.grounds, command.grounds);
      // That the public was excluded, and on what grounds, is said in public, whatever is dealt with then.
      return ifItMay(
        mayFollow,
        state,
        draft(Event.PublicExcluded, { facts: { ...grounds, agendaItem }, texts: { text } }),
        context,
      );
    }
    case 'IssuePapers':
      return issuePapers(state, command, context);
    default:
      return ofMinutes(state, command, context);
  }
}

type OfMinutes = DraftMinutes | ConfirmMinutes | CorrectMinutes | PublishMinutes | CirculateMinutes;

function ofMinutes(state: ScheduledMeeting, command: OfMinutes, context: DecisionContext): Decision {
  switch (command.type) {
    case 'DraftMinutes': {
      const { paper, paperVersion } = command;
      const drafted = draft(Event.MinutesDrafted, { facts: { paper, paperVersion } });
      return refused(whyNotVersion(command, context)) ?? record(drafted);
    }
    case 'CirculateMinutes':
      return record(draft(Event.MinutesCirculated));
    case 'ConfirmMinutes': {
      const { confirmedAt, paper, paperVersion } = command;
      const why = whyNotLater(state, 'confirmedAt', confirmedAt, context) ?? whyNotVersion(command, context);
      const confirmed = draft(Event.MinutesConfirmed, { facts: { confirmedAt, paper, paperVersion } });
      return refused(why) ?? ifItMay(mayFollow, state, confirmed, context);
    }
    case 'PublishMinutes':
      return record(draft(Event.MinutesPublished, { texts: { publishedAt: command.publishedAt } }));
    case 'CorrectMinutes': {
      const { minute: corrected, agreedAt, text } = command;
      const marking = asRestrictedAs(command, corrected, context);
      const correcting = draft(Event.MinutesCorrected, {
        facts: { minute: corrected, agreedAt },
        texts: { text },
        marking,
      });
      return (
        refused(whyNotLater(state, 'agreedAt', agreedAt, context)) ?? ifItMay(mayFollow, state, correcting, context)
      );
    }
  }
}

function refused(refusal: Refusal | null): Decision | null {
  return refusal === null ? null : { refusal };
}

/** What is said of an entry is as restricted as that entry is today. */
function asRestrictedAs(
  { ref }: { readonly ref: string },
  entry: EventId | undefined,
  { envelope, links }: DecisionContext,
): Marking | undefined {
  const marking = entry === undefined ? null : links.markingOf('meetings', ref, entry);
  if (marking === null || !isRestricted(marking)) return undefined;
  return stricter(marking, envelope.marking ?? OFFICIAL_OPEN);
}

function recordAttendance(state: ScheduledMeeting, command: RecordAttendance, context: DecisionContext): Decision {
  const unnamed = command.attenders.findIndex(
    ({ body, post, who }) => body === undefined && post === undefined && isBlank(who),
  );
  if (unnamed >= 0) return { refusal: refuse('ATTENDER_UNNAMED', { field: 'attenders' }) };
  const { facts, texts } = heldRows('attenders', field.attenders, command.attenders);
  return ifItMay(mayFollow, state, draft(Event.AttendanceRecorded, { facts, texts }), context);
}

function declareInterest(state: ScheduledMeeting, command: DeclareInterest, context: DecisionContext): Decision {
  const { kind, post, agendaItem, withdrew, who, text } = command;
  const isSaid = post !== undefined || !isBlank(who) || !isBlank(text);
  if (kind === 'NONE' && (isSaid || agendaItem !== undefined || withdrew !== undefined))
    return { refusal: refuse('NOBODY_DECLARED', { field: 'kind' }) };
  if (kind !== 'NONE' && !isSaid) return { refusal: refuse('INTEREST_NEEDED', { field: 'text' }) };
  const facts = { kind, post, agendaItem, withdrew };
  const marking = asRestrictedAs(command, agendaItem, context);
  return ifItMay(mayFollow, state, draft(Event.InterestDeclared, { facts, texts: { who, text }, marking }), context);
}

function listAgendaItem(state: ScheduledMeeting, command: ListAgendaItem, context: DecisionContext): Decision {
  const { item, title, section, paper, paperVersion, author, fromMeeting, continues } = command;
  const session = sessionOf(command, context, state.session);
  const why = whyNotVersion(command, context) ?? whyNotCarriedOver(state, command, context);
  const facts = { item, session, paper, paperVersion, author, fromMeeting, continues };
  const marking = markingOf(session, context);
  return (
    refused(why) ??
    ifItMay(mayFollow, state, draft(Event.AgendaItemListed, { facts, texts: { title, section }, marking }), context)
  );
}

/** What was carried over is an item of that meeting, as far as whoever asks may see it. */
function whyNotCarriedOver(
  { ref }: ScheduledMeeting,
  { fromMeeting, continues }: ListAgendaItem,
  { links }: DecisionContext,
): Refusal | null {
  // `mayFollow` says what is wrong with an item that goes on from its own meeting.
  if (fromMeeting === undefined || continues === undefined || fromMeeting === ref) return null;
  if (meetingIn(links, fromMeeting).agenda.some(({ event }) => event === continues)) return null;
  return refuse('UNKNOWN_CARRIED_OVER', { field: 'continues', values: { meeting: fromMeeting, item: continues } });
}

function whyNotVersion(
  { paper, paperVersion: version }: { readonly paper?: string; readonly paperVersion?: string },
  { links }: DecisionContext,
): Refusal | null {
  if (paper === undefined || version === undefined || links.versionsOf('documents', paper).includes(version))
    return null;
  return refuse('UNKNOWN_PAPER_VERSION', { field: 'paperVersion', values: { paper, version } });
}

/** A later meeting of the same body, which was held. A paper prints that it was, and its meeting may not be recorded as held yet. */
function whyNotLater(
  { ref, body, date }: ScheduledMeeting,
  named: 'confirmedAt' | 'agreedAt',
  meeting: string,
  { links, imported }: DecisionContext,
): Refusal | null {
  if (meeting === ref) return refuse('NOT_A_LATER_MEETING', { field: named, values: { ref } });
  const other = meetingIn(links, meeting);
  if (other.body !== body) return refuse('OF_ANOTHER_BODY', { field: named, values: { meeting } });
  if (other.status !== 'HELD' && !imported) return refuse('NOT_HELD_THEN', { field: named, values: { meeting } });
  return date !== undefined && other.date !== undefined && other.date <= date
    ? refuse('NOT_A_LATER_MEETING', { field: named, values: { ref } })
    : null;
}

function issuePapers(state: ScheduledMeeting, command: IssuePapers, context: DecisionContext): Decision {
  const { at, asAt, asAtTime, agendaItem, paper, paperVersion, note } = command;
  const facts = { at, asAt, asAtTime, agendaItem, paper, paperVersion };
  const marking = asRestrictedAs(command, agendaItem, context);
  const issued = draft(Event.PapersIssued, { facts, texts: { note }, marking });
  return refused(whyNotVersion(command, context)) ?? ifItMay(mayFollow, state, issued, context);
}

/** The day may lie ahead: it is data, and what takes effect on the effective day is that the meeting is in the diary. */
function schedule(command: ScheduleMeeting, context: DecisionContext): Decision {
  const { body, on, dated, title } = command;
  const session = sessionOf(command, context, 'OPEN');
  const day = on ?? dated?.to ?? '';
  const series = `${body}-${day.slice(0, 7)}`;
  const facts = { body, on, dated: held(dated), session };
  return {
    events: [draft(Event.MeetingScheduled, { facts, texts: { title }, marking: markingOf(session, context) })],
    reference: referenceWanted(series, on === undefined ? series : `${body}-${day}`, session, context),
  };
}

/** A number tells that there is another meeting that day, so those that not everybody may know of end in random characters. */
function referenceWanted(
  series: string,
  stem: string,
  session: Session,
  { envelope }: DecisionContext,
): ReferenceWanted {
  const isHidden = session === 'CLOSED' || (envelope.marking !== undefined && isRestricted(envelope.marking));
  return isHidden ? { series, stem: `${stem}-`, style: 'RANDOM' } : { series, stem, style: 'FIRST_FREE' };
}

/** The effective day of a meeting held is the day of the meeting: give both when it is entered later. */
function hold(state: MeetingState, command: HoldMeeting, { effectiveOn }: DecisionContext): Decision {
  const on = command.on ?? (state.status === 'NOT_SCHEDULED' ? undefined : state.date);
  if (on === undefined) return { refusal: refuse('DAY_NEEDED', { field: 'on' }) };
  if (on > effectiveOn) return { refusal: refuse('NOT_YET_HELD', { field: 'on', values: { on, effectiveOn } }) };
  return { events: [draft(Event.MeetingHeld, { facts: { on } })] };
}

/** Also puts a cancelled meeting back into the diary. */
function postpone(state: MeetingState, { to, dated }: PostponeMeeting): Decision {
  if (isSetFor(state, to, dated)) return { refusal: refuse('NOTHING_CHANGES', { field: 'to' }) };
  return { events: [draft(Event.MeetingPostponed, { facts: { to, dated: held(dated) } })] };
}

function minute(state: MeetingState, command: MinuteItem, context: DecisionContext): Decision {
  const { item, title, text, owner, due, promise = false } = command;
  const session = sessionOf(command, context, state.status === 'NOT_SCHEDULED' ? 'OPEN' : state.session);
  const minuted = draft(Event.ItemMinuted, {
    facts: { item, session, promise, owner, due: heldDue(due) },
    texts: { title, text, phrase: due?.phrase },
    marking: markingOf(session, context),
  });
  return ifItMay(mayFollow, state, minuted, context);
}

/** True when postponing to then would move nothing. A cancelled meeting is put back even on its old day. */
function isSetFor(state: MeetingState, on: CivilDate | undefined, dated: Dated | undefined): boolean {
  if (state.status === 'NOT_SCHEDULED' || state.status === 'CANCELLED') return false;
  return (
    state.date === on &&
    state.dated?.from === dated?.from &&
    state.dated?.to === dated?.to &&
    state.dated?.how === dated?.how
  );
}

function held(dated: Dated | undefined): (Dated & JsonObject) | undefined {
  return dated === undefined ? undefined : { ...dated };
}

function sessionOf(
  command: { readonly session?: Session },
  { envelope }: DecisionContext,
  otherwise: Session,
): Session {
  return command.session ?? envelope.marking?.session ?? otherwise;
}

/** What a closed session dealt with is marked so; all else as the command and the record say. */
function markingOf(session: Session, { envelope }: DecisionContext): Marking | undefined {
  return session === 'CLOSED' ? asOfSession(envelope.marking ?? OFFICIAL_OPEN, session) : undefined;
}
