import type { StateFields } from '../../declarations/index.ts';
import { date, documentKind, publisher, publishingBody, title, until } from './fields.ts';
import { documentStatus } from './state.ts';

/** What another source may say otherwise of the document itself, without naming one of its events. */
export const stateFields: StateFields = {
  title,
  publisher,
  publishingBody,
  date,
  kind: documentKind,
  status: documentStatus,
  'retained.until': until,
};
