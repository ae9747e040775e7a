import {
  event,
  fixed,
  kept,
  labelled,
  link,
  newReference,
  optional,
  words,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/**
 * Its reference was made of the body, so that is not corrected: one of another body is voided and suggested anew. The record that it comes from is
 * a link of its own (`Linked`). Of one that an action became, that action stands here too, as its reference was made of that and who may see it turns on it.
 */
export const ForwardPlanItemSuggested = event('ForwardPlanItemSuggested', {
  facts: {
    ref: newReference('forwardPlanItem'),
    body: fixed(link('body', 'The body on whose plan it is.')),
    sponsor: optional(field.sponsor),
    purpose: optional(field.purpose),
    origin: optional(field.originSaid),
    recurrence: field.recurrence,
    plannedFor: optional(field.plannedFor),
    paperDueOn: optional(field.paperDueOn),
    convertedFrom: fixed(optional(field.convertedFrom)),
    causedBy: fixed(optional(field.causedBy)),
  },
  texts: {
    title: field.title,
    comments: optional(field.comments),
    occasion: optional(field.occasion),
    phrase: optional(field.phrase),
  },
  leads: 'title',
});
export type ForwardPlanItemSuggested = EventOf<typeof ForwardPlanItemSuggested>;

/** What it does not say stays as it was. */
export const ForwardPlanItemRevised = event('ForwardPlanItemRevised', {
  facts: {
    sponsor: optional(field.sponsor),
    purpose: optional(field.purpose),
    recurrence: optional(field.recurrence),
    paperDueOn: optional(field.paperDueOn),
  },
  texts: { title: optional(field.title), comments: optional(field.comments) },
  leads: 'title',
});
export type ForwardPlanItemRevised = EventOf<typeof ForwardPlanItemRevised>;

export const ForwardPlanItemScheduled = event('ForwardPlanItemScheduled', {
  facts: { plannedFor: kept(field.plannedFor), paperDueOn: optional(field.paperDueOn) },
  texts: { phrase: optional(field.phrase) },
  leads: 'phrase',
});
export type ForwardPlanItemScheduled = EventOf<typeof ForwardPlanItemScheduled>;

export const ForwardPlanPaperCommissioned = event('ForwardPlanPaperCommissioned', {
  facts: { paperDueOn: optional(field.paperDueOn) },
  texts: { brief: labelled('What is asked for', optional(words('What the paper is to say.'))) },
  leads: 'brief',
});

/** The day of the event is that on which the paper came. */
export const ForwardPlanPaperReceived = event('ForwardPlanPaperReceived', {
  facts: { paper: fixed(optional(field.paper)), paperVersion: fixed(optional(field.paperVersion)) },
});
export type ForwardPlanPaperReceived = EventOf<typeof ForwardPlanPaperReceived>;

/** How it was presented, and what was minuted, stands in the register of meetings under that agenda item. */
export const ForwardPlanItemPresented = event('ForwardPlanItemPresented', {
  facts: {
    meeting: fixed(optional(labelled('Presented at', field.meeting))),
    agendaItem: fixed(optional(field.agendaItem)),
  },
});

/** To when, or to a later meeting that nobody names; from when is what was so before it. */
export const ForwardPlanItemDeferred = event('ForwardPlanItemDeferred', {
  facts: {
    plannedFor: optional(field.plannedFor),
    paperDueOn: optional(field.paperDueOn),
    meeting: fixed(optional(labelled('Put off at', field.meeting))),
    agendaItem: fixed(optional(field.agendaItem)),
  },
  texts: { phrase: optional(field.phrase) },
  leads: 'phrase',
});
export type ForwardPlanItemDeferred = EventOf<typeof ForwardPlanItemDeferred>;

/** Why is the reason of the event. */
export const ForwardPlanItemDropped = event('ForwardPlanItemDropped');

export const FORWARD_PLAN_EVENTS = [
  ForwardPlanItemSuggested,
  ForwardPlanItemRevised,
  ForwardPlanItemScheduled,
  ForwardPlanPaperCommissioned,
  ForwardPlanPaperReceived,
  ForwardPlanItemPresented,
  ForwardPlanItemDeferred,
  ForwardPlanItemDropped,
] as const;
export type ForwardPlanOwnEvent = EventOf<(typeof FORWARD_PLAN_EVENTS)[number]>;
export type ForwardPlanEvent = ForwardPlanOwnEvent | CommonFact;
