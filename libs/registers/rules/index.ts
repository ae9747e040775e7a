import { registerOf } from '../../declarations/index.ts';
import { MAY_ISSUE_FOR_RECORD, RULE_COMMANDS, type RuleCommand } from './commands.ts';
import { decide } from './decide.ts';
import { RULE_EVENTS, type RuleEvent } from './events.ts';
import { notices } from './notices.ts';
import { RULE_REFUSALS } from './refusals.ts';
import { bodyOf, evolve, mayFollow, NOT_ADDED, refOf, titledAt, type RuleState } from './state.ts';
import { RULE_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './events.ts';
export { lateRegister, type LateRegister } from './fields.ts';
export { RULE_REFUSALS } from './refusals.ts';
export * from './shown.ts';
export * from './state.ts';

/** What the world changes and code must not hold: scales, RAG rules, closure routes, due-date policies, allowances, cadences and opening policies. */
export const rules = registerOf<RuleState, RuleEvent, RuleCommand>({
  name: 'rules',
  singular: 'rule',
  events: RULE_EVENTS,
  commands: RULE_COMMANDS,
  initial: NOT_ADDED,
  evolve,
  mayFollow,
  decide,
  stateFields,
  told,
  filters: { rule: RULE_SHOWN.filters },
  // A rule is known from the minutes of the meeting that agreed it, and minutes may be entered after 28 days.
  lateAfterDays: 28,
  bodyOf,
  mayIssueForRecord: MAY_ISSUE_FOR_RECORD,
  ownersOf: () => [],
  refOf,
  titledAt,
  refusals: RULE_REFUSALS,
  notices,
});
