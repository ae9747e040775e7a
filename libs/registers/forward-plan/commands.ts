import {
  atLeastOne,
  command,
  labelled,
  link,
  onlyWith,
  optional,
  saying,
  words,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office keeps the plans of its bodies, and the monitoring officer that of a panel; the commissioner need not wait for an officer. */
const OFFICE: MayIssue = ['opcc-officer', 'monitoring-officer', 'commissioner'];

export const SuggestForwardPlanItem = command('SuggestForwardPlanItem', {
  says: 'Suggests an item for the forward plan of a body, for a meeting, a month or a day, or to be scheduled. It gets its reference from the ledger.',
  opens: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemSuggested,
  mayIssue: 'ANY_WRITER',
  fields: {
    body: link('body', 'Reference of the body on whose plan it is to be.'),
    title: field.title,
    comments: optional(field.comments),
    sponsor: optional(field.sponsor),
    purpose: labelled('Purpose', optional(field.purpose)),
    recurrence: optional(saying('Whether it comes again. Default: it does not.', field.recurrence)),
    origin: optional(field.originSaid),
    occasion: optional(field.occasion),
    comesFrom: optional(field.comesFrom),
    causedBy: optional(field.causedBy),
    plannedFor: optional(saying('For when it is suggested. Default: it is to be scheduled.', field.plannedFor)),
    paperDueOn: optional(field.paperDueOn),
  },
});
export type SuggestForwardPlanItem = CommandOf<typeof SuggestForwardPlanItem>;

export const ReviseForwardPlanItem = command('ReviseForwardPlanItem', {
  says: 'Says anew what an item is, who brings it, what it is for, whether it comes again or when its paper is due. What is left out stays.',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemRevised,
  mayIssue: OFFICE,
  rules: [atLeastOne('NOTHING_REVISED', ['title', 'comments', 'sponsor', 'purpose', 'recurrence', 'paperDueOn'])],
  fields: {
    title: optional(field.title),
    comments: optional(field.comments),
    sponsor: optional(field.sponsor),
    purpose: labelled('Purpose', optional(field.purpose)),
    recurrence: optional(field.recurrence),
    paperDueOn: optional(field.paperDueOn),
  },
});
export type ReviseForwardPlanItem = CommandOf<typeof ReviseForwardPlanItem>;

export const ScheduleForwardPlanItem = command('ScheduleForwardPlanItem', {
  says: 'Schedules an item for a meeting of the body, a month or a day: one that was suggested, that was put off to a later meeting, or that comes again. What has a place already is put off instead.',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemScheduled,
  mayIssue: OFFICE,
  fields: { plannedFor: field.plannedFor, paperDueOn: optional(field.paperDueOn) },
});
export type ScheduleForwardPlanItem = CommandOf<typeof ScheduleForwardPlanItem>;

export const CommissionForwardPlanPaper = command('CommissionForwardPlanPaper', {
  says: 'Asks for the paper of an item that is scheduled.',
  label: 'Commission the paper',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanPaperCommissioned,
  mayIssue: OFFICE,
  fields: {
    paperDueOn: optional(saying('The day by which it is to be there. Default: as it was said.', field.paperDueOn)),
    brief: labelled('What is asked for', optional(words('What the paper is to say.'))),
  },
});

export const ReceiveForwardPlanPaper = command('ReceiveForwardPlanPaper', {
  says: 'Records that the paper of an item came, on the effective day. How late it was is counted from the day on which it was due.',
  label: 'Record that the paper came',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanPaperReceived,
  mayIssue: OFFICE,
  rules: [onlyWith('VERSION_NEEDS_PAPER', 'paperVersion', 'paper')],
  fields: { paper: optional(field.paper), paperVersion: optional(field.paperVersion) },
});
export type ReceiveForwardPlanPaper = CommandOf<typeof ReceiveForwardPlanPaper>;

export const PresentForwardPlanItem = command('PresentForwardPlanItem', {
  says: 'Records that an item was presented, and at which meeting, under which item of its agenda.',
  label: 'Record that it was presented',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemPresented,
  mayIssue: OFFICE,
  rules: [onlyWith('AGENDA_ITEM_NEEDS_MEETING', 'agendaItem', 'meeting')],
  fields: {
    meeting: labelled('Presented at', optional(field.meeting)),
    agendaItem: optional(field.agendaItem),
  },
});
export type PresentForwardPlanItem = CommandOf<typeof PresentForwardPlanItem>;

export const DeferForwardPlanItem = command('DeferForwardPlanItem', {
  says: 'Puts an item off: to a meeting, a month or a day, or, where none is said, to a later meeting.',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemDeferred,
  mayIssue: OFFICE,
  requires: { reason: 'DEFERRAL_NEEDS_REASON' },
  rules: [onlyWith('AGENDA_ITEM_NEEDS_MEETING', 'agendaItem', 'meeting')],
  fields: {
    plannedFor: optional(saying('To when it is put off. Default: to a later meeting.', field.plannedFor)),
    paperDueOn: optional(field.paperDueOn),
    meeting: labelled('Put off at', optional(saying('The meeting of the body that put it off.', field.meeting))),
    agendaItem: optional(field.agendaItem),
  },
});
export type DeferForwardPlanItem = CommandOf<typeof DeferForwardPlanItem>;

export const DropForwardPlanItem = command('DropForwardPlanItem', {
  says: 'Takes an item off the plan.',
  label: 'Take it off the plan',
  about: 'forwardPlanItem',
  leadsTo: Event.ForwardPlanItemDropped,
  mayIssue: OFFICE,
  consequential: true,
  requires: { reason: 'DROPPING_NEEDS_REASON' },
});

export const FORWARD_PLAN_COMMANDS = [
  SuggestForwardPlanItem,
  ReviseForwardPlanItem,
  ScheduleForwardPlanItem,
  CommissionForwardPlanPaper,
  ReceiveForwardPlanPaper,
  PresentForwardPlanItem,
  DeferForwardPlanItem,
  DropForwardPlanItem,
] as const;
export type ForwardPlanCommand = CommandOf<(typeof FORWARD_PLAN_COMMANDS)[number]>;
