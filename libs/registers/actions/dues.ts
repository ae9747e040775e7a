import type { DuesKept } from '../../ledger/index.ts';
import type { ActionEvent } from './events.ts';

/** When an action is due. Whoever defers it says to when, and leaves its due date. */
export const dues: DuesKept<ActionEvent> = {
  said(event) {
    switch (event.type) {
      case 'ActionRaised':
        return event.facts.due === undefined ? [] : [{ of: '', is: 'SETS', due: event.facts.due }];
      case 'DueDateExtended':
        return [{ of: '', is: 'GRANTS', due: event.facts.due }];
      case 'ActionDeferred': {
        const { meeting, until } = event.facts;
        const to = until === undefined ? (meeting === undefined ? undefined : { meeting }) : { on: until };
        return [{ of: '', is: 'DEFERS', keeps: true, due: to }];
      }
      default:
        return [];
    }
  },
  saying: ['ActionRaised', 'DueDateExtended', 'ActionDeferred'],
  moving: ['DueDateExtended'],
  heldIn: ['due'],
};
