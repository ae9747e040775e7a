import { dueDatesAt, toldOfDue } from '../../declarations/index.ts';
import type { CommonFact, Tells } from '../../ledger/index.ts';
import type { ActionEvent } from './events.ts';
import { isOverdue } from './overdue.ts';
import { publishedStatusOf } from './published.ts';
import type { ActionState } from './state.ts';

/** What of an action is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<ActionState, Exclude<ActionEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_RAISED') return {};
    const { due, raised } = state;
    const dates = dueDatesAt(due, at);
    const { original, current } = dates;
    at.isPast(current);
    at.isPast(original);
    return {
      ...state,
      given: undefined,
      raised: raised.effectiveOn,
      published: publishedStatusOf(state.status),
      ...toldOfDue(due, dates),
      overdue: isOverdue(state, at.day, current),
      overdueByOriginal: isOverdue(state, at.day, original),
    };
  },
  movements: {
    ActionRaised: 'RAISED',
    ActionAgreed: 'AGREED',
    UpdateGiven: 'PROGRESSED',
    EvidenceAdded: 'EVIDENCED',
    ActionReportedComplete: 'REPORTED',
    ActionReturned: 'SENT_BACK',
    ActionSignedOff: 'CLOSED',
    ActionReassigned: 'RE_OWNED',
    DueDateExtended: 'RE_DATED',
    ActionDeferred: 'DEFERRED',
    ActionConverted: 'CLOSED',
    ActionMerged: 'MERGED',
    ActionSuperseded: 'SUPERSEDED',
    ActionWithdrawn: 'WITHDRAWN',
    ActionReopened: 'REOPENED',
  },
};
