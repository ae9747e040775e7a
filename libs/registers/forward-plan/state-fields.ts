import { labelled, link, withMembers, type StateFields } from '../../declarations/index.ts';
import * as field from './fields.ts';

/** Fields of an item that another source may state otherwise, without naming the event that holds them. */
export const stateFields: StateFields = {
  title: field.title,
  comments: field.comments,
  body: link('body', 'The body on whose plan it is.'),
  sponsor: field.sponsor,
  purpose: labelled('Purpose', field.purpose),
  recurrence: field.recurrence,
  status: labelled('Status', field.itemStatus),
  ...withMembers('plannedFor', field.plannedFor),
  firstPlannedFor: labelled('First planned for', field.plannedFor),
  paperDueOn: field.paperDueOn,
};
