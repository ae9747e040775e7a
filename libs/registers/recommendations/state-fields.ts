import { day, labelled, link, withMembers, words, type StateFields } from '../../declarations/index.ts';
import * as field from './fields.ts';

/** Fields of a recommendation that another source may state otherwise, without naming the event that holds them. */
export const stateFields: StateFields = {
  title: field.title,
  words: field.verbatim,
  body: link('body', 'The body that follows it up.'),
  originator: field.originator,
  kind: field.recommendationKind,
  publication: field.publication,
  item: field.item,
  partOf: field.partOf,
  addressedTo: field.addressee,
  owner: field.owner,
  status: field.recommendationStatus,
  response: field.response,
  ...withMembers('due', field.dueDate),
  'due.original': labelled('First due date', field.dueDate),
  'due.current': labelled('Due date', field.dueDate),
  dueSetBy: field.dueSetBy,
  latestUpdate: words('The latest update.'),
  share: field.share,
  outcome: field.outcome,
  'riskAccepted.until': labelled('Accepted until', day('The last day on which the risk is accepted.')),
};
