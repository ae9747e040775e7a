import { dueDayAt } from '../../declarations/index.ts';
import type { CommonFact, Tells } from '../../ledger/index.ts';
import type { DecisionEvent } from './events.ts';
import { NOT_IN_THE_LOG, type DecisionStatus } from './fields.ts';
import { outstandingIn, unadvisedIn, type DecisionState } from './state.ts';

/** What of a decision is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<DecisionState, Exclude<DecisionEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_PROPOSED') return {};
    const dueOn = dueDayAt(state.due, at);
    const isPast = at.isPast(dueOn);
    const outstanding = outstandingIn(state);
    return {
      ...state,
      proposed: state.proposed.effectiveOn,
      'due.current': dueOn,
      neverRecorded: isPast && (NOT_IN_THE_LOG as readonly DecisionStatus[]).includes(state.status),
      'conditions.outstanding': outstanding.length,
      'conditions.overdue': outstanding.map(({ targetOn }) => at.isPast(targetOn)).some(Boolean),
      unadvised: unadvisedIn(state),
    };
  },
  movements: {
    DecisionProposed: 'RAISED',
    DecisionDrafted: 'PROGRESSED',
    DecisionOptionRejected: 'REFUSED',
    DecisionAdvised: 'ADVISED',
    DecisionConsulted: 'CONSULTED',
    DecisionPartWritten: 'RE_WORDED',
    DecisionDelegated: 'DELEGATED',
    DecisionMade: 'DECIDED',
    DecisionActionNamed: 'ASKED',
    DecisionDeferred: 'DEFERRED',
    DecisionRefused: 'REFUSED',
    DecisionNotTaken: 'DROPPED',
    DecisionConditionSet: 'ASKED',
    DecisionConditionReported: 'REPORTED',
    DecisionSigned: 'AGREED',
    DecisionRecorded: 'RECORDED',
    DecisionNoticePublished: 'PUBLISHED',
    DecisionWithheld: 'WITHHELD',
    DecisionVaried: 'VARIED',
    DecisionRevoked: 'WITHDRAWN',
    DecisionSuperseded: 'SUPERSEDED',
  },
};
