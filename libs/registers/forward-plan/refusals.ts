import { deciding, refusing } from '../../ledger/index.ts';

/**
 * What a command about an item of a forward plan may be refused for beside what its declaration says: the rules between its fields; what state it
 * is in, and for what reason; then whether it makes sense. Within each, in the order of checks.
 */
export const FORWARD_PLAN_REFUSALS = {
  NOTHING_REVISED:
    'Say what is otherwise: the item, its comments, sponsor, purpose or recurrence, or when its paper is due.',
  VERSION_NEEDS_PAPER: 'A version is one of a paper. Name the document too.',
  AGENDA_ITEM_NEEDS_MEETING: 'An agenda item is one of a meeting. Name the meeting too.',
  ALREADY_SUGGESTED: 'This item has been suggested already. Suggest another one.',
  NOT_SUGGESTED: 'There is no such item. Suggest it first.',
  ITEM_DROPPED: 'Item {ref} was taken off the plan. Suggest it anew.',
  ITEM_PRESENTED: 'Item {ref} was presented, and does not come again. Suggest another one.',
  ALREADY_SCHEDULED: 'Item {ref} has its place on the plan. Put it off, and say why.',
  NOT_SCHEDULED: 'Item {ref} is to be scheduled. Schedule it first.',
  ALREADY_COMMISSIONED: 'The paper of item {ref} is asked for already.',
  NOT_COMMISSIONED: 'Nobody has asked for a paper of item {ref}. Commission it first.',
  ALREADY_RECEIVED: 'The paper of item {ref} is there already.',
  DEFERRAL_NEEDS_REASON: 'Say why it is put off.',
  DROPPING_NEEDS_REASON: 'Say why it is taken off the plan.',
  PLANNED_AMBIGUOUS: 'Give one place only for which it is planned: a day, a span of days or a meeting.',
  PLACE_NEEDED: 'Say for which meeting, month or day it is scheduled.',
  UNKNOWN_CAUSE:
    'No action that is named as the record that it comes from was converted by that entry. Name the action, and the entry.',
  NOT_OF_THAT_BODY: 'Action {action} is one of {body}, and became an item of the plan of that body. Name the body.',
  OTHER_BODY: 'That meeting is not one of {body}, whose plan this is. Name a meeting of it.',
  MEETING_CANCELLED: 'Meeting {meeting} is cancelled. Name another one.',
  PLANNED_FOR_THE_PAST: 'It would be planned for {planned}, which had passed on {on}. Check the days.',
  UNKNOWN_PAPER_VERSION: 'Document {paper} has no version {version}. Name one that it has.',
  MEETING_NOT_HELD: 'Nobody has recorded that meeting {meeting} was held by {on}. Hold it first, or name another.',
  UNKNOWN_AGENDA_ITEM: 'Meeting {meeting} has no such agenda item. Name the entry that listed it.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export type ForwardPlanRefusal = keyof typeof FORWARD_PLAN_REFUSALS;

export const refuse = refusing(FORWARD_PLAN_REFUSALS);
/** The same as a decision answers it. */
export const no = deciding(refuse);
