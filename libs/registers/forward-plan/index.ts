import { registerOf } from '../../declarations/index.ts';
import { FORWARD_PLAN_COMMANDS, type ForwardPlanCommand } from './commands.ts';
import { decide } from './decide.ts';
import { dues } from './dues.ts';
import { FORWARD_PLAN_EVENTS, type ForwardPlanEvent } from './events.ts';
import { notices } from './notices.ts';
import { FORWARD_PLAN_REFUSALS } from './refusals.ts';
import { FORWARD_PLAN_ITEM_SHOWN } from './shown.ts';
import { bodyOf, evolve, mayFollow, NOT_SUGGESTED, ownersIn, refOf, titledAt, type ForwardPlanState } from './state.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './commands.ts';
export * from './events.ts';
export * from './fields.ts';
export * from './home.ts';
export { FORWARD_PLAN_REFUSALS, type ForwardPlanRefusal } from './refusals.ts';
export * from './shown.ts';
export {
  awaitsPaper,
  latenessOf,
  NOT_SUGGESTED,
  originOf,
  paperLateOn,
  type ForwardPlanState,
  type ItemDeferral,
  type PaperReceived,
  type PlannedItem,
  type Presentation,
} from './state.ts';

/** The register of forward plans: what is to come before which meeting of a body, its paper, and how often it was put off. */
export const forwardPlan = registerOf<ForwardPlanState, ForwardPlanEvent, ForwardPlanCommand>({
  name: 'forward-plan',
  singular: 'item',
  events: FORWARD_PLAN_EVENTS,
  commands: FORWARD_PLAN_COMMANDS,
  initial: NOT_SUGGESTED,
  evolve,
  mayFollow,
  decide,
  stateFields,
  told,
  dues,
  filters: { forwardPlanItem: FORWARD_PLAN_ITEM_SHOWN.filters },
  // What was put off at a meeting is entered with its minutes, and minutes may be entered after 28 days.
  lateAfterDays: 28,
  bodyOf,
  ownersOf: ownersIn,
  refOf,
  titledAt,
  refusals: FORWARD_PLAN_REFUSALS,
  notices,
});
