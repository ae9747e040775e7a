import type { DuesKept } from '../../ledger/index.ts';
import type { RiskEvent } from './events.ts';

/** By when each control is to be in place. A target score that is set anew is another target, and no date that was moved. */
export const dues: DuesKept<RiskEvent> = {
  said(event) {
    switch (event.type) {
      case 'RiskControlAdded': {
        const { targetOn } = event.facts;
        return targetOn === undefined ? [] : [{ of: event.id, is: 'SETS', due: { on: targetOn } }];
      }
      case 'RiskControlMoved': {
        const { control, targetOn } = event.facts;
        return [{ of: control, is: 'MOVES', due: { on: targetOn } }];
      }
      default:
        return [];
    }
  },
  saying: ['RiskProposed', 'RiskControlAdded', 'RiskControlMoved'],
  moving: ['RiskControlMoved'],
  heldIn: [],
};
