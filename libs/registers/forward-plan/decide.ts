import {
  draft,
  type Due,
  dueDateOf,
  type DueInput,
  heldDue,
  ifItMay,
  kindSpelt,
  Linked,
  record,
} from '../../declarations/index.ts';
import {
  isRestricted,
  numberedIn,
  OFFICIAL_OPEN,
  stricter,
  type Decision,
  type DecisionContext,
  type EventId,
  type Marking,
} from '../../ledger/index.ts';
import type {
  DeferForwardPlanItem,
  ForwardPlanCommand,
  PresentForwardPlanItem,
  ReceiveForwardPlanPaper,
  ReviseForwardPlanItem,
  ScheduleForwardPlanItem,
  SuggestForwardPlanItem,
} from './commands.ts';
import * as Event from './events.ts';
import { actionIn, meetingIn } from './links.ts';
import { no } from './refusals.ts';
import { mayFollow, type ForwardPlanState, type PlannedItem } from './state.ts';

type Refused = ReturnType<typeof no>;

/**
 * Either what is to be recorded, or why not: what forward plans alone know. `decideCommand` (`libs/declarations`) has asked whether the input is
 * sound, the event may follow, a reason is given where one is needed, and whatever the command names is there.
 */
export function decide(state: ForwardPlanState, command: ForwardPlanCommand, context: DecisionContext): Decision {
  if (command.type === 'SuggestForwardPlanItem') return suggest(state, command, context);
  // `mayFollow` has refused every other command to an item that was not suggested.
  const item = state as PlannedItem;
  switch (command.type) {
    case 'ReviseForwardPlanItem':
      return revise(item, command);
    case 'ScheduleForwardPlanItem':
      return schedule(item, command, context);
    case 'CommissionForwardPlanPaper': {
      const { paperDueOn, brief } = command;
      return record(draft(Event.ForwardPlanPaperCommissioned, { facts: { paperDueOn }, texts: { brief } }));
    }
    case 'ReceiveForwardPlanPaper':
      return receive(command, context);
    case 'PresentForwardPlanItem':
      return presented(item, command, context);
    case 'DeferForwardPlanItem':
      return defer(item, command, context);
    case 'DropForwardPlanItem':
      return record(draft(Event.ForwardPlanItemDropped));
  }
}

/** What it comes from is a link of the new record, so that both show it. Numbers would tell how many hidden ones there are. */
function suggest(state: ForwardPlanState, command: SuggestForwardPlanItem, context: DecisionContext): Decision {
  const { body, title, comments, sponsor, purpose, recurrence, origin, occasion, comesFrom, paperDueOn } = command;
  const { causedBy } = command;
  const plannedFor = heldDue(command.plannedFor);
  const suggested = draft(Event.ForwardPlanItemSuggested, {
    facts: {
      ...{ body, sponsor, purpose, origin, recurrence: recurrence ?? 'NONE', plannedFor, paperDueOn, causedBy },
      convertedFrom: causedBy === undefined ? undefined : comesFrom,
    },
    texts: { title, comments, occasion, phrase: command.plannedFor?.phrase },
  });
  const refused =
    whyNotConverted(command, context) ??
    whyNotThere(plannedFor, command.plannedFor, context) ??
    refusalIn(ifItMay(mayFollow, state, suggested, context));
  if (refused !== null) return refused;
  const from = comesFrom === undefined ? [] : [draft(Linked, { facts: { to: comesFrom, as: 'FOLLOWS_FROM' } })];
  const marking = causedBy === undefined ? undefined : asHiddenAs(comesFrom!, causedBy, context);
  // What an action became is numbered in the month of that, so that it is found from there.
  const month = causedBy === undefined ? undefined : /-(\d{4}-\d{2})-/.exec(comesFrom!)?.[1];
  const series = `${body}-${month ?? context.effectiveOn.slice(0, 7)}`;
  return {
    events: [{ ...suggested, ...(marking !== undefined && isRestricted(marking) ? { marking } : {}) }, ...from],
    reference: numberedIn(series, 'F', marking ?? context.envelope.marking ?? OFFICIAL_OPEN),
  };
}

/** An action becomes an item of the plan of its own body, by the entry that converted it. */
function whyNotConverted(
  { body, comesFrom, causedBy }: SuggestForwardPlanItem,
  { links }: DecisionContext,
): Refused | null {
  if (causedBy === undefined) return null;
  const action = comesFrom === undefined || kindSpelt(comesFrom) !== 'action' ? null : actionIn(links, comesFrom);
  const { closed, body: of = body } = action ?? {};
  if (closed?.outcome !== 'CONVERTED' || closed.event !== causedBy) return no('UNKNOWN_CAUSE', 'causedBy');
  return body === of ? null : no('NOT_OF_THAT_BODY', 'body', { action: comesFrom!, body: of });
}

/** What an action became is as restricted as that is then, and as the entry by which it did. */
function asHiddenAs(action: string, entry: EventId, { envelope, links }: DecisionContext): Marking {
  const marked = [undefined, entry].map((event) => links.markingOf('actions', action, event) ?? OFFICIAL_OPEN);
  return marked.reduce(stricter, envelope.marking ?? OFFICIAL_OPEN);
}

function revise(item: PlannedItem, command: ReviseForwardPlanItem): Decision {
  const { title, comments, sponsor, purpose, recurrence, paperDueOn } = command;
  const says = { sponsor, purpose, recurrence, paperDueOn };
  const changes = Object.entries(says).some(([name, is]) => is !== undefined && item[name as keyof typeof says] !== is);
  if (!changes && title === undefined && comments === undefined) return no('NOTHING_CHANGES');
  return record(draft(Event.ForwardPlanItemRevised, { facts: says, texts: { title, comments } }));
}

function schedule(item: PlannedItem, command: ScheduleForwardPlanItem, context: DecisionContext): Decision {
  const plannedFor = heldDue(command.plannedFor);
  if (plannedFor === undefined) return no('PLACE_NEEDED', 'plannedFor');
  const { paperDueOn } = command;
  const scheduled = draft(Event.ForwardPlanItemScheduled, {
    facts: { plannedFor, paperDueOn },
    texts: { phrase: command.plannedFor.phrase },
  });
  return whyNotThere(plannedFor, command.plannedFor, context) ?? ifItMay(mayFollow, item, scheduled, context);
}

function receive({ paper, paperVersion }: ReceiveForwardPlanPaper, { links }: DecisionContext): Decision {
  if (paper !== undefined && paperVersion !== undefined && !links.versionsOf('documents', paper).includes(paperVersion))
    return no('UNKNOWN_PAPER_VERSION', 'paperVersion', { paper, version: paperVersion });
  return record(draft(Event.ForwardPlanPaperReceived, { facts: { paper, paperVersion } }));
}

/** At a meeting that was held by that day. A paper may print it of one of which nobody has recorded that it was held. */
function presented(item: PlannedItem, command: PresentForwardPlanItem, context: DecisionContext): Decision {
  const { meeting, agendaItem } = command;
  const decided = ifItMay(
    mayFollow,
    item,
    draft(Event.ForwardPlanItemPresented, { facts: { meeting, agendaItem } }),
    context,
  );
  if ('refusal' in decided || meeting === undefined) return decided;
  const { links, effectiveOn, imported } = context;
  const { status, date } = meetingIn(links, meeting);
  const isHeld = status === 'HELD' && date !== undefined && date <= effectiveOn;
  if (!isHeld && !imported) return no('MEETING_NOT_HELD', 'meeting', { meeting, on: effectiveOn });
  return whyNotOnAgenda(command, context) ?? decided;
}

function defer(item: PlannedItem, command: DeferForwardPlanItem, context: DecisionContext): Decision {
  const { paperDueOn, meeting, agendaItem } = command;
  const plannedFor = heldDue(command.plannedFor);
  if (plannedFor !== undefined && isSame(plannedFor, item.plannedFor)) return no('NOTHING_CHANGES', 'plannedFor');
  const deferred = draft(Event.ForwardPlanItemDeferred, {
    facts: { plannedFor, paperDueOn, meeting, agendaItem },
    texts: { phrase: command.plannedFor?.phrase },
  });
  return (
    whyNotThere(plannedFor, command.plannedFor, context) ??
    refusalIn(ifItMay(mayFollow, item, deferred, context)) ??
    whyNotOnAgenda(command, context) ??
    record(deferred)
  );
}

/** Nothing is planned for a meeting that is cancelled, nor for a day that has passed. What a paper prints is held as it was printed, even where it cannot be. */
function whyNotThere(
  plannedFor: Due | undefined,
  given: DueInput | undefined,
  { links, effectiveOn, imported }: DecisionContext,
): Refused | null {
  if (plannedFor === undefined || imported) return null;
  const { meeting } = plannedFor;
  if (meeting !== undefined && meetingIn(links, meeting).status === 'CANCELLED')
    return no('MEETING_CANCELLED', 'plannedFor.meeting', { meeting });
  const planned = dueDateOf(plannedFor, (ref) => meetingIn(links, ref));
  if (planned === null || planned >= effectiveOn) return null;
  return no('PLANNED_FOR_THE_PAST', anchorIn(given), { planned, on: effectiveOn });
}

function whyNotOnAgenda(
  { meeting, agendaItem }: { readonly meeting?: string; readonly agendaItem?: string },
  { links }: DecisionContext,
): Refused | null {
  if (meeting === undefined || agendaItem === undefined) return null;
  if (meetingIn(links, meeting).agenda.some(({ event }) => event === agendaItem)) return null;
  return no('UNKNOWN_AGENDA_ITEM', 'agendaItem', { meeting });
}

function anchorIn(given: DueInput | undefined): string {
  const anchor = (['on', 'dated', 'meeting'] as const).find((one) => given?.[one] !== undefined);
  return anchor === undefined ? 'plannedFor' : `plannedFor.${anchor}`;
}

function isSame(one: Due, other: Due | undefined): boolean {
  if (other === undefined) return false;
  return (
    one.on === other.on &&
    one.meeting === other.meeting &&
    (['how', 'from', 'to'] as const).every((member) => one.dated?.[member] === other.dated?.[member])
  );
}

function refusalIn(decided: Decision): Refused | null {
  return 'refusal' in decided ? { refusal: decided.refusal } : null;
}
