import { isAlone, mayIssue } from '../../../../libs/access/index.ts';
import type { Caller } from '../../../../libs/dispatch/index.ts';
import { REGISTERS, type DeclaredMutation } from '../../../../libs/registers/index.ts';
import type { Asker } from './fields.ts';

/** Whether somebody may give a command, by their post alone: themself, or typed for another. `owner`: the post that owns the record. */
export function askerOf({ mayIssue: rule, register }: DeclaredMutation, caller: Caller, owner: string | null): Asker {
  const themself = mayIssue(rule, caller, null, owner, ['commissioner']);
  const types = caller.capacity === 'opcc-officer' || (rule === 'SIGNER' && caller.capacity === 'monitoring-officer');
  const depends = REGISTERS.some(({ name, mayIssueThis }) => name === register && mayIssueThis !== undefined);
  const mayGrant = depends && caller.capacity === 'monitoring-officer';
  return { forThemself: themself !== 'no' || mayGrant, forAnother: types && !isAlone(rule) && rule !== 'OPERATOR' };
}
