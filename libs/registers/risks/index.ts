import { registerOf } from '../../declarations/index.ts';
import { RISK_COMMANDS, type RiskCommand } from './commands.ts';
import { decide } from './decide.ts';
import { dues } from './dues.ts';
import { mayIssueThis } from './deciders.ts';
import { RISK_EVENTS, type RiskEvent } from './events.ts';
import { notices } from './notices.ts';
import { RISK_REFUSALS } from './refusals.ts';
import { RISK_SHOWN } from './shown.ts';
import {
  bodyOf,
  evolve,
  mayFollow,
  NOT_FOR_OWNERS,
  NOT_PROPOSED,
  ownersIn,
  refOf,
  titledAt,
  workOf,
  type RiskState,
} from './state.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './controls.ts';
export * from './events.ts';
export * from './fields.ts';
export * from './movement.ts';
export { RISK_REFUSALS, type RiskRefusal } from './refusals.ts';
export * from './shown.ts';
export * from './status.ts';
export { isOnRegister, type DaysInBand, type Overdue } from './stretches.ts';
export {
  latestScore,
  NOT_PROPOSED,
  type Assurance,
  type ControlMove,
  type ProposedRisk,
  type RiskAsked,
  type RiskControl,
  type RiskEnded,
  type RiskScore,
  type RiskState,
} from './state.ts';

/** The register of risks: what may happen, how it is scored, what controls it, and who accepted it until when. */
export const risks = registerOf<RiskState, RiskEvent, RiskCommand>({
  name: 'risks',
  singular: 'risk',
  events: RISK_EVENTS,
  commands: RISK_COMMANDS,
  initial: NOT_PROPOSED,
  evolve,
  mayFollow,
  decide,
  mayIssueThis,
  separation: { ends: NOT_FOR_OWNERS, workOf },
  stateFields,
  told,
  dues,
  filters: { risk: RISK_SHOWN.filters },
  // High risks are reviewed once a month (Leicestershire Police, risk procedure, by the papers of its audit panel).
  lateAfterDays: 31,
  bodyOf,
  ownersOf: ownersIn,
  refOf,
  titledAt,
  refusals: RISK_REFUSALS,
  notices,
});
