import { present } from '../../declarations/index.ts';
import type { CivilDate, DueChange, DueSaid, DuesKept } from '../../ledger/index.ts';
import type { ForwardPlanEvent } from './events.ts';

/**
 * When an item is to come, and by when its paper is due. To schedule it says when it is to come, the first time or anew; nobody extends that: it is deferred,
 * or its meeting moves.
 */
export const dues: DuesKept<ForwardPlanEvent> = {
  said(event) {
    switch (event.type) {
      case 'ForwardPlanItemSuggested':
      case 'ForwardPlanItemScheduled': {
        const { plannedFor, paperDueOn } = event.facts;
        return [
          ...(plannedFor === undefined ? [] : [{ of: '', is: 'SETS', due: plannedFor } as const]),
          ...paperBy('MOVES', paperDueOn),
        ];
      }
      case 'ForwardPlanItemRevised':
      case 'ForwardPlanPaperCommissioned':
        return paperBy('MOVES', event.facts.paperDueOn);
      case 'ForwardPlanItemPresented':
        return [{ of: PAPER, is: 'SETS' }];
      case 'ForwardPlanItemDeferred': {
        const { plannedFor, paperDueOn } = event.facts;
        const paper = present({ due: paperDueOn === undefined ? undefined : { on: paperDueOn } });
        return [
          { of: '', is: 'DEFERS', due: plannedFor },
          { of: PAPER, is: 'DEFERS', ...paper },
        ];
      }
      default:
        return [];
    }
  },
  saying: [
    'ForwardPlanItemSuggested',
    'ForwardPlanItemScheduled',
    'ForwardPlanItemRevised',
    'ForwardPlanPaperCommissioned',
    'ForwardPlanItemPresented',
    'ForwardPlanItemDeferred',
  ],
  moving: ['ForwardPlanItemScheduled', 'ForwardPlanItemRevised', 'ForwardPlanPaperCommissioned'],
  heldIn: ['plannedFor', 'firstPlannedFor', 'deferrals'],
};

const PAPER = 'paper';

/** Another day for its paper moves the one that stood. */
function paperBy(is: DueChange, on: CivilDate | undefined): readonly DueSaid[] {
  return on === undefined ? [] : [{ of: PAPER, is, due: { on } }];
}
