import { draft, heldDue, type Session } from '../../declarations/index.ts';
import {
  asOfSession,
  isRestricted,
  OFFICIAL_OPEN,
  type CivilDate,
  type Dated,
  type Decision,
  type DecisionContext,
  type JsonObject,
  type Marking,
  type ReferenceWanted,
} from '../../ledger/index.ts';
import type { HoldMeeting, MeetingCommand, MinuteItem, PostponeMeeting, ScheduleMeeting } from './commands.ts';
import * as Event from './events.ts';
import { refuse } from './refusals.ts';
import type { MeetingState } from './state.ts';

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
  }
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
  return { events: [minuted] };
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
