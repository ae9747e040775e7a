import type { CivilDate } from '../../ledger/index.ts';
import type { ActionState } from './state.ts';

/**
 * Overdue on a day: the current due date lies before it, and the action is agreed, in progress or deferred. One that was
 * reported complete waits for the board, not for its owner. An unanchored action (`dueOn` null) is never overdue: it surfaces
 * as unanchored. See docs/time.md.
 */
export function isOverdue(state: ActionState, effectiveOn: CivilDate, dueOn: CivilDate | null): boolean {
  if (dueOn === null || dueOn >= effectiveOn) return false;
  return state.status === 'AGREED' || state.status === 'IN_PROGRESS' || state.status === 'DEFERRED';
}
