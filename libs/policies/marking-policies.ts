import type { Submission } from '../dispatch/index.ts';
import type { MarkingPolicy } from '../ledger/index.ts';
import { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';

/** Every policy that marks. All of them are always on. */
export const MARKING_POLICIES: readonly MarkingPolicy[] = [asHiddenAsItsMeeting];

/** May a policy have to do something because of that command? */
export function mayCause({ register, command }: Pick<Submission, 'register' | 'command'>): boolean {
  return MARKING_POLICIES.some(({ causes }) => causes.register === register && causes.commands.includes(command.type));
}
