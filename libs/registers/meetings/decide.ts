import {
  isCivilDate,
  isDated,
  isItemNumber,
  isRestricted,
  OFFICIAL_OPEN,
  type CivilDate,
  type Dated,
  type Decision,
  type DecisionContext,
  type JsonObject,
  type Marking,
  type ReferenceWanted,
  type Refusal,
} from '../../ledger/index.ts';
import type {
  CancelMeeting,
  HoldMeeting,
  MeetingCommand,
  MinuteItem,
  PostponeMeeting,
  ScheduleMeeting,
} from './commands.ts';
import type { Session } from './events.ts';
import { isKnownBody, isKnownMeeting, isKnownPost } from './links.ts';
import { refuse } from './refusals.ts';
import { mayFollow, type MeetingState } from './state.ts';

/** Says no with the first refusal that applies, in the order of `refusals.ts`; otherwise what is to be recorded. */
export function decide(state: MeetingState, command: MeetingCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'ScheduleMeeting':
      return schedule(state, command, context);
    case 'HoldMeeting':
      return hold(state, command, context);
    case 'CancelMeeting':
      return cancel(state, command, context);
    case 'PostponeMeeting':
      return postpone(state, command, context);
    case 'MinuteItem':
      return minute(state, command, context);
  }
}

/** The day may lie ahead: it is data, and what takes effect on the effective day is that the meeting is in the diary. */
function schedule(state: MeetingState, command: ScheduleMeeting, context: DecisionContext): Decision {
  const { body, on, dated, title } = command;
  const refusal = mayFollow(state, context.wouldBe('MeetingScheduled'));
  if (refusal !== null) return { refusal };
  if (!isKnownBody(context.links, body))
    return { refusal: refuse('UNKNOWN_BODY', { field: 'body', values: { body } }) };
  const badDay = checkWhen({ on, dated });
  if (badDay !== null) return { refusal: badDay };
  if (on === undefined && dated === undefined) return { refusal: refuse('DAY_NEEDED', { field: 'on' }) };

  const session = sessionOf(command, context, 'OPEN');
  const day = on ?? dated?.to ?? '';
  const series = `${body}-${day.slice(0, 7)}`;
  return {
    events: [
      {
        type: 'MeetingScheduled',
        facts: { body, ...when({ on, dated }), session },
        texts: { title },
        ...markedAs(session, context),
      },
    ],
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
function hold(state: MeetingState, command: HoldMeeting, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('MeetingHeld'));
  if (refusal !== null) return { refusal };
  const badDay = checkWhen({ on: command.on });
  if (badDay !== null) return { refusal: badDay };
  const on = command.on ?? (state.status === 'NOT_SCHEDULED' ? undefined : state.date);
  if (on === undefined) return { refusal: refuse('DAY_NEEDED', { field: 'on' }) };
  const { effectiveOn } = context;
  if (on > effectiveOn) return { refusal: refuse('NOT_YET_HELD', { field: 'on', values: { on, effectiveOn } }) };
  return { events: [{ type: 'MeetingHeld', facts: { on } }] };
}

function cancel(state: MeetingState, _command: CancelMeeting, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('MeetingCancelled'));
  if (refusal !== null) return { refusal };
  // A paper may print "cancelled" and no more; what it does not say cannot be asked of it.
  if (!context.imported && isBlank(context.envelope.reason))
    return { refusal: refuse('CANCELLATION_NEEDS_REASON', { field: 'reason' }) };
  return { events: [{ type: 'MeetingCancelled', facts: {} }] };
}

/** Also puts a cancelled meeting back into the diary. */
function postpone(state: MeetingState, { to, dated }: PostponeMeeting, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('MeetingPostponed'));
  if (refusal !== null) return { refusal };
  const badDay = checkWhen({ on: to, dated }, { on: 'to' });
  if (badDay !== null) return { refusal: badDay };
  if (isSetFor(state, { on: to, dated })) return { refusal: refuse('NOTHING_CHANGES', { field: 'to' }) };
  return { events: [{ type: 'MeetingPostponed', facts: to === undefined ? when({ dated }) : { to } }] };
}

function minute(state: MeetingState, command: MinuteItem, context: DecisionContext): Decision {
  const { item, title, text, owner, due = {}, promise = false } = command;
  const refusal = mayFollow(state, context.wouldBe('ItemMinuted'));
  if (refusal !== null) return { refusal };
  const badDay = checkWhen(due, { on: 'due.on', dated: 'due.dated' });
  if (badDay !== null) return { refusal: badDay };
  if (item !== undefined && !isItemNumber(item)) return { refusal: refuse('INVALID_ITEM', { field: 'item' }) };
  if (isBlank(text)) return { refusal: refuse('TEXT_NEEDED', { field: 'text' }) };
  if (owner !== undefined && !isKnownPost(context.links, owner))
    return { refusal: refuse('UNKNOWN_POST', { field: 'owner', values: { post: owner } }) };
  const { meeting, phrase } = due;
  if (meeting !== undefined && !isKnownMeeting(context.links, meeting))
    return { refusal: refuse('UNKNOWN_MEETING', { field: 'due.meeting', values: { meeting } }) };

  const session = sessionOf(command, context, state.status === 'NOT_SCHEDULED' ? 'OPEN' : state.session);
  const dueFacts = meeting === undefined ? when(due) : { meeting };
  return {
    events: [
      {
        type: 'ItemMinuted',
        facts: {
          ...(item === undefined ? {} : { item }),
          session,
          promise,
          ...(owner === undefined ? {} : { owner }),
          ...(Object.keys(dueFacts).length === 0 ? {} : { due: dueFacts }),
        },
        texts: { title, text, phrase },
        ...markedAs(session, context),
      },
    ],
  };
}

interface When {
  readonly on?: CivilDate | undefined;
  readonly dated?: Dated | undefined;
  readonly meeting?: string | undefined;
}

function checkWhen({ on, dated, meeting }: When, fields: { on?: string; dated?: string } = {}): Refusal | null {
  const onField = fields.on ?? 'on';
  if ([on, dated, meeting].filter((one) => one !== undefined).length > 1)
    return refuse('DAY_AMBIGUOUS', { field: onField });
  if (on !== undefined && !isCivilDate(on)) return refuse('INVALID_DATE', { field: onField });
  if (dated !== undefined && !isDated(dated)) return refuse('INVALID_DATE', { field: fields.dated ?? 'dated' });
  return null;
}

function when({ on, dated }: When): JsonObject {
  if (on !== undefined) return { on };
  return dated === undefined ? {} : { dated: { ...dated } };
}

/** True when postponing to then would move nothing. A cancelled meeting is put back even on its old day. */
function isSetFor(state: MeetingState, { on, dated }: When): boolean {
  if (state.status === 'NOT_SCHEDULED' || state.status === 'CANCELLED') return false;
  return (
    state.date === on &&
    state.dated?.from === dated?.from &&
    state.dated?.to === dated?.to &&
    state.dated?.how === dated?.how
  );
}

function sessionOf(
  command: { readonly session?: Session },
  { envelope }: DecisionContext,
  otherwise: Session,
): Session {
  return command.session ?? envelope.marking?.session ?? otherwise;
}

/** What a closed session dealt with is for those cleared for it, whatever else the marking says. */
function markedAs(session: Session, { envelope }: DecisionContext): { marking?: Marking } {
  return session === 'CLOSED' ? { marking: { ...(envelope.marking ?? OFFICIAL_OPEN), session } } : {};
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
