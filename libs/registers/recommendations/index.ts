import { registerOf } from '../../declarations/index.ts';
import { RECOMMENDATION_COMMANDS, type RecommendationCommand } from './commands.ts';
import { decide, whyNotNow } from './decide.ts';
import { dues } from './dues.ts';
import { RECOMMENDATION_EVENTS, type RecommendationEvent } from './events.ts';
import { linksBeside } from './links.ts';
import { notices } from './notices.ts';
import { RECOMMENDATION_REFUSALS } from './refusals.ts';
import {
  bodyOf,
  evolve,
  mayFollow,
  NOT_FOR_OWNERS,
  NOT_MADE,
  ownersIn,
  refOf,
  titledAt,
  workOf,
  type RecommendationState,
} from './state.ts';
import { RECOMMENDATION_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './closing.ts';
export * from './commands.ts';
export * from './events.ts';
export * from './fields.ts';
export { routeRefOf } from './links.ts';
export { RECOMMENDATION_REFUSALS, type RecommendationRefusal } from './refusals.ts';
export * from './rag.ts';
export * from './shown.ts';
export * from './under-routes.ts';
export {
  hasEvidence,
  inWords,
  NOT_MADE,
  type DueMove,
  type Ended,
  type ExtensionAsked,
  type Graded,
  type MadeRecommendation,
  type RecommendationDue,
  type RecommendationState,
  type WordSaid,
} from './state.ts';

/** The register of recommendations: what inspectors, auditors, reviews and panels asked for, until all who must have said that it is done. */
export const recommendations = registerOf<RecommendationState, RecommendationEvent, RecommendationCommand>({
  name: 'recommendations',
  singular: 'recommendation',
  events: RECOMMENDATION_EVENTS,
  commands: RECOMMENDATION_COMMANDS,
  initial: NOT_MADE,
  evolve,
  mayFollow,
  whyNotNow,
  decide,
  separation: { ends: NOT_FOR_OWNERS, workOf },
  linksBeside,
  stateFields,
  told,
  dues,
  filters: { recommendation: RECOMMENDATION_SHOWN.filters },
  // What inspectors recommended is gone through once a month (Leicestershire, Corporate Governance and Accountability Strategy, 2021).
  lateAfterDays: 31,
  bodyOf,
  ownersOf: ownersIn,
  refOf,
  titledAt,
  refusals: RECOMMENDATION_REFUSALS,
  notices,
});
