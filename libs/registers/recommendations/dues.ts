import type { DuesKept } from '../../ledger/index.ts';
import type { RecommendationEvent } from './events.ts';

/** When a recommendation is due. A date that is asked for moves nothing. */
export const dues: DuesKept<RecommendationEvent> = {
  said(event) {
    switch (event.type) {
      case 'RecommendationMade':
        return event.facts.due === undefined ? [] : [{ of: '', is: 'SETS', due: event.facts.due }];
      case 'ExtensionGranted':
      case 'RecommendationDueDateMoved':
        return [{ of: '', is: 'GRANTS', due: event.facts.due }];
      default:
        return [];
    }
  },
  saying: ['RecommendationMade', 'ExtensionGranted', 'RecommendationDueDateMoved'],
  moving: ['ExtensionGranted', 'RecommendationDueDateMoved'],
  heldIn: ['due'],
};
