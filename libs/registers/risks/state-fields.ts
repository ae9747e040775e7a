import { day, labelled, link, type StateFields } from '../../declarations/index.ts';
import * as field from './fields.ts';

/** Fields of a risk that another source may state otherwise, without naming the event that holds them. */
export const stateFields: StateFields = {
  title: field.title,
  cause: field.cause,
  what: field.what,
  effect: field.effect,
  cost: field.cost,
  body: link('body', 'The body whose risk it is.'),
  register: field.riskRegister,
  kind: field.riskKind,
  category: field.riskCategory,
  owner: field.owner,
  status: field.riskStatus,
  response: field.response,
  'acceptance.until': labelled('Accepted until', day('The last day on which it is accepted.')),
};
