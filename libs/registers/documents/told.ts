import type { CommonFact, Tells } from '../../ledger/index.ts';
import type { DocumentEvent } from './events.ts';
import { commentsDue, type DocumentState } from './state.ts';

/** What of a document is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<DocumentState, Exclude<DocumentEvent['type'], CommonFact['type']>> = {
  fields(state) {
    return state.status === 'NOT_RECORDED' ? {} : { ...state, commentsDue: commentsDue(state) };
  },
  movements: {
    DocumentRecorded: 'RAISED',
    DocumentVersionAdded: 'VERSION_ADDED',
    DocumentRedacted: 'VERSION_ADDED',
    DocumentWithdrawn: 'WITHDRAWN',
    DocumentReplaced: 'SUPERSEDED',
    DocumentRetained: 'RE_DATED',
    TotalReported: 'REPORTED',
  },
};
