import { registerOf } from '../../declarations/index.ts';
import { basisOf } from './basis.ts';
import { DECISION_COMMANDS, type DecisionCommand } from './commands.ts';
import { decide } from './decide.ts';
import { dues } from './dues.ts';
import { DECISION_EVENTS, type DecisionEvent } from './events.ts';
import { mayIssueThis } from './makers.ts';
import { notices } from './notices.ts';
import { DECISION_REFUSALS } from './refusals.ts';
import { DECISION_SHOWN } from './shown.ts';
import {
  bodyOf,
  evolve,
  madeOn,
  mayFollow,
  NOT_PROPOSED,
  ownersIn,
  refOf,
  titledAt,
  type DecisionState,
} from './state.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export { heldBasis, type DecisionBasis } from './basis.ts';
export * from './commands.ts';
export * from './events.ts';
export * from './fields.ts';
export { DECISION_REFUSALS, type DecisionRefusal } from './refusals.ts';
export * from './shown.ts';
export {
  NOT_PROPOSED,
  openingsIn,
  outstandingIn,
  unadvisedIn,
  type Advice,
  type Consultation,
  type DecisionCondition,
  type DecisionState,
  type Deferral,
  type NamedAction,
  type Outcome,
  type ProposedDecision,
} from './state.ts';

/** The register of decisions: what was decided, by whom, on what advice and on what was then known, and what became of it. */
export const decisions = registerOf<DecisionState, DecisionEvent, DecisionCommand>({
  name: 'decisions',
  singular: 'decision',
  events: DECISION_EVENTS,
  commands: DECISION_COMMANDS,
  initial: NOT_PROPOSED,
  evolve,
  mayFollow,
  decide,
  mayIssueThis,
  madeOn,
  citesAt: (command, state, context) =>
    command.type === 'MakeDecision' && state.status !== 'NOT_PROPOSED'
      ? (basisOf(command, state, context)?.recorded ?? null)
      : null,
  stateFields,
  told,
  dues,
  filters: { decision: DECISION_SHOWN.filters },
  // Decisions of a meeting are entered with its minutes, and minutes may be entered after 28 days.
  lateAfterDays: 28,
  bodyOf,
  ownersOf: ownersIn,
  refOf,
  titledAt,
  refusals: DECISION_REFUSALS,
  notices,
});
