import {
  anyRecord,
  day,
  due,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  oneOf,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. */

export const title = labelled('Item', line('The item, in a line.'));
export const comments = labelled(
  'Comments',
  words('Its scope, or whatever else a plan prints beside the item under comments.'),
);
export const sponsor = link('post', 'The post that brings the item and answers for its paper.');
export const plannedFor = labelled(
  'Planned for',
  due('For which meeting of the body, which month or other span, or which day it is planned.'),
);
export const phrase = labelled('Planned for, in words', line('For when it is planned, in words.'));
export const paperDueOn = labelled('Paper due on', day('The day by which its paper is to be there.'));
export const occasion = labelled(
  'Where it comes from, in words',
  line('Under which section of which Act, by which request or which yearly cycle it is on the plan.'),
);
export const comesFrom = labelled(
  'Record that it comes from',
  anyRecord('Reference of the action, recommendation, risk, decision or other record that it comes from.'),
);
export const causedBy = labelled(
  'Conversion that opens it',
  eventOfRecord('The entry by which the action that it comes from was converted into it.', {
    of: 'action',
    unknown: 'UNKNOWN_CAUSE',
  }),
);
export const convertedFrom = labelled('Action that became it', link('action', 'The action that became it.'));
export const paper = link('document', 'The document that is its paper.');
export const paperVersion = labelled('Version of the paper', itemNumber('The version of it, as it is numbered.'));
export const meeting = link('meeting', 'A meeting of the body.');
export const agendaItem = labelled(
  'Agenda item',
  eventOfRecord('The agenda item of that meeting: the entry that listed it.', {
    of: 'meeting',
    unknown: 'UNKNOWN_AGENDA_ITEM',
  }),
);

export const purpose = oneOf('ForwardPlanPurpose', 'What an item is on the plan for.', {
  DECISION: { says: 'A decision is to be taken on it.', label: 'For decision' },
  SCRUTINY: { says: 'Whoever answers for it is to be questioned on it.', label: 'For scrutiny' },
  INFORMATION: { says: 'It is to be noted.', label: 'For information' },
});
export type ForwardPlanPurpose = MemberOf<typeof purpose>;

export const recurrence = oneOf('ForwardPlanRecurrence', 'Whether an item comes again.', {
  NONE: { says: 'Once.', label: 'Once' },
  ANNUAL: { says: 'Every year: presented, it may be scheduled again.', label: 'Every year' },
  STANDING: { says: 'At every meeting: presented, it may be scheduled again.', label: 'Standing item' },
});
export type ForwardPlanRecurrence = MemberOf<typeof recurrence>;

const said = {
  STATUTE: { says: 'A statute asks for it.', label: 'Statute' },
  PANEL: { says: 'A panel asked for it.', label: 'Request of a panel' },
  CYCLE: { says: 'It comes round with the yearly cycle of business.', label: 'Cycle of business' },
  OTHER: { says: 'Somebody asked for it.', label: 'Somebody’s request' },
} as const;
/** That it comes of another record is told by the link to that, and never said here: whoever may not see the record learns nothing of it. */
export const originSaid = labelled(
  'Where it comes from',
  oneOf('ForwardPlanOriginSaid', 'Where an item comes from, beside other records.', said),
);
export type ForwardPlanOriginSaid = MemberOf<typeof originSaid>;
export const origin = labelled(
  'Where it comes from',
  oneOf('ForwardPlanOrigin', 'Where an item comes from.', {
    ...said,
    ACTION: 'An action.',
    RECOMMENDATION: 'A recommendation.',
    RISK: 'A risk.',
    DECISION: 'A decision.',
    MEETING: 'A meeting.',
    DOCUMENT: 'A document.',
    FORWARD_PLAN_ITEM: { says: 'An earlier item of a forward plan.', label: 'Forward plan' },
  }),
);
export type ForwardPlanOrigin = MemberOf<typeof origin>;

export const itemStatus = oneOf('ForwardPlanStatus', 'How far an item of a forward plan has come.', {
  SUGGESTED: { says: 'Suggested, and to be scheduled.', label: 'To be scheduled' },
  SCHEDULED: 'Scheduled for a meeting, a month or a day.',
  COMMISSIONED: 'Its paper is asked for.',
  RECEIVED: { says: 'Its paper is there.', label: 'Paper received' },
  PRESENTED: 'It was presented.',
  DEFERRED: 'Put off, to a meeting, a month or a day, or to a later meeting that nobody named.',
  DROPPED: 'Taken off the plan, for a reason.',
});
export type ForwardPlanStatus = MemberOf<typeof itemStatus>;
/** Those on which something is still to come. */
export const ON_THE_PLAN = [
  'SUGGESTED',
  'SCHEDULED',
  'COMMISSIONED',
  'RECEIVED',
  'DEFERRED',
] as const satisfies readonly ForwardPlanStatus[];

export const home = oneOf('ForwardPlanHome', 'Whether an item has a meeting, a month or a day to which it may come.', {
  STANDS: { says: 'The meeting or day stands, or a meeting may fall in the month.', label: 'Has a place' },
  NOWHERE: {
    says: 'No meeting, month or day is named: it is to be scheduled, or was put off to a later meeting.',
    label: 'No date',
  },
  MEETING_CANCELLED: { says: 'The meeting for which it is planned was cancelled.', label: 'Meeting cancelled' },
  MEETING_POSTPONED: { says: 'The meeting for which it is planned was postponed.', label: 'Meeting postponed' },
  NO_MEETING_EXPECTED: {
    says: 'By the cadence of the body, as it is now, no meeting falls in the month for which it is planned.',
    label: 'No meeting expected',
  },
});
export type ForwardPlanHome = MemberOf<typeof home>;
export const HOMES = Object.keys(home.members) as readonly ForwardPlanHome[];
/** Those of items that have no home: nothing is named, or what is named does not stand. */
export const HOMELESS = [
  'NOWHERE',
  'MEETING_CANCELLED',
  'NO_MEETING_EXPECTED',
] as const satisfies readonly ForwardPlanHome[];
/** Those of items that were promised to a meeting which is not to be, or not then. */
export const BROKEN_PROMISES = [
  'MEETING_CANCELLED',
  'MEETING_POSTPONED',
  'NO_MEETING_EXPECTED',
] as const satisfies readonly ForwardPlanHome[];
