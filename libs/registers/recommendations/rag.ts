import type { Standing as RagStanding } from '../../rules/index.ts';
import type { RecommendationResponse, RecommendationStatus } from './fields.ts';

/**
 * Where a recommendation stands, as far as a RAG rule may ask. What is open is told apart by the answer to it: what does not apply here and what
 * another body must do first are not outstanding. A risk that is accepted is an end for as long as it is.
 */
export function ragStandingOf(status: RecommendationStatus, answered: RecommendationResponse | null): RagStanding {
  switch (status) {
    case 'CLOSED':
    case 'NOT_ADOPTED':
      return status;
    case 'SUPERSEDED':
    case 'REMOVED':
    case 'RISK_ACCEPTED':
      return 'ENDED_OTHERWISE';
    default:
      return answered === 'NOT_APPLICABLE' || answered === 'DEPENDENT' ? answered : 'OPEN';
  }
}
