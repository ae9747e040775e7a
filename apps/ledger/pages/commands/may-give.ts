import { isAlone, mayIssue } from '../../../../libs/access/index.ts';
import type { Caller } from '../../../../libs/dispatch/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import type { Asker } from './fields.ts';

/**
 * In whose name somebody may give a command, by the posts alone: what a form asks does not change with what the record has come to since
 * it was opened. Whether it may be given now, offers tell. `owners`: the posts that own the record, the one that
 * leads first.
 */
export function askerOf(
  { mayIssue: rule }: Pick<DeclaredMutation, 'mayIssue'>,
  caller: Caller,
  owners: readonly string[],
): Asker {
  const themself = mayIssue(rule, caller, null, owners, ['commissioner']);
  const types = caller.capacity === 'opcc-officer' || (rule === 'SIGNER' && caller.capacity === 'monitoring-officer');
  return { forThemself: themself !== 'no', forAnother: types && !isAlone(rule) && rule !== 'OPERATOR' };
}
