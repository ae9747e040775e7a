import type { Submission } from '../dispatch/index.ts';
import type { MarkingPolicy, OpeningPolicy, Policy } from '../ledger/index.ts';
import { asHiddenAsItsAction, asHiddenAsItsDecision } from './as-hidden-as-its-cause.ts';
import { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';
import { conversionOpensItem } from './conversion-opens-item.ts';
import { decisionOpensActions } from './decision-opens-actions.ts';

/** Every policy that marks. All of them are always on. */
export const MARKING_POLICIES: readonly MarkingPolicy[] = [
  asHiddenAsItsMeeting,
  asHiddenAsItsDecision,
  asHiddenAsItsAction,
];
/** Every policy that opens records. Rules of bodies switch them on. */
export const OPENING_POLICIES: readonly OpeningPolicy[] = [decisionOpensActions, conversionOpensItem];
export const POLICIES: readonly Policy[] = [...MARKING_POLICIES, ...OPENING_POLICIES];

/** May one of these policies have to do something because of that command? */
export function mayCause(
  { register, command }: Pick<Submission, 'register' | 'command'>,
  policies: readonly Policy[] = POLICIES,
): boolean {
  return policies.some(({ causes }) => causes.register === register && causes.commands.includes(command.type));
}
