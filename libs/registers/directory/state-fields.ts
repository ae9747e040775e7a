import { link, type StateFields } from '../../declarations/index.ts';
import { bodyOrganisation, capacity } from './fields.ts';

/** What another source may say otherwise of the record itself, without naming one of its events. Never a person's name. */
export const stateFields: StateFields = {
  organisation: bodyOrganisation,
  body: link('body', 'The body to which a post belongs.'),
  capacity,
};
