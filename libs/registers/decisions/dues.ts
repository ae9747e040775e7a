import type { DuesKept } from '../../ledger/index.ts';
import type { DecisionEvent } from './events.ts';

/** When something is to be decided. Nobody extends that: it is deferred, or its meeting moves. */
export const dues: DuesKept<DecisionEvent> = {
  said(event) {
    switch (event.type) {
      case 'DecisionProposed':
        return event.facts.due === undefined ? [] : [{ of: '', is: 'SETS', due: event.facts.due }];
      case 'DecisionDeferred':
        return [{ of: '', is: 'DEFERS', due: event.facts.due }];
      default:
        return [];
    }
  },
  saying: ['DecisionProposed', 'DecisionDeferred'],
  moving: [],
  heldIn: ['due', 'firstDue', 'deferrals'],
};
