import { registerOf } from '../../declarations/index.ts';
import { DOCUMENT_COMMANDS, type DocumentCommand } from './commands.ts';
import { decide, recordsCounted } from './decide.ts';
import { DOCUMENT_EVENTS, type DocumentEvent } from './events.ts';
import { notices } from './notices.ts';
import { DOCUMENT_REFUSALS } from './refusals.ts';
import { bodyOf, evolve, mayFollow, NOT_RECORDED, refOf, titledAt, versionsOf, type DocumentState } from './state.ts';
import { DOCUMENT_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './events.ts';
export { documentKind, type DocumentKind } from './fields.ts';
export { DOCUMENT_REFUSALS } from './refusals.ts';
export * from './shown.ts';
export * from './state.ts';

/** The papers that a body holds: evidence, and what facts cite. Their content is kept elsewhere. */
export const documents = registerOf<DocumentState, DocumentEvent, DocumentCommand>({
  name: 'documents',
  singular: 'document',
  events: DOCUMENT_EVENTS,
  commands: DOCUMENT_COMMANDS,
  initial: NOT_RECORDED,
  evolve,
  mayFollow,
  decide,
  stateFields,
  told,
  linksBeside: recordsCounted,
  filters: { document: DOCUMENT_SHOWN.filters },
  // A paper is filed with the minutes of the meeting that it came to, and minutes may be entered after 28 days.
  lateAfterDays: 28,
  bodyOf,
  ownersOf: () => [],
  refOf,
  titledAt,
  versionsOf,
  refusals: DOCUMENT_REFUSALS,
  notices,
});
