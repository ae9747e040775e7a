import type { MayIssue } from '../ledger/index.ts';
import { WRITING_CAPACITIES, type PostCapacity } from './capacities.ts';

/** Somebody who acts: the post, and in which capacity it acts. */
export interface Acting {
  readonly post: string;
  readonly capacity: PostCapacity;
}

/**
 * May this command be issued?
 *
 * Either the post that types it may issue it itself, or an OPCC officer types what another post did, naming that post in `by`
 * and the authority for it.
 *
 * What grants authority (`alone`) is typed by nobody for those who may; what is an `OPERATOR`'s is nobody's who signs in.
 *
 * What ends a thing as done (`SIGNER`) is the commissioner's. The monitoring officer may type it as an officer may, and where the
 * work is a commissioner's post's own may give it, on the authority of a meeting (`needs-meeting`). See `docs/writing.md`.
 *
 * @param owners the posts that own the record, the one that leads first
 * @param workOf the capacities of the posts whose work the record is: asked for `SIGNER` alone
 */
export function mayIssue(
  rule: MayIssue | undefined,
  typing: Acting,
  by: Acting | null,
  owners: readonly string[],
  workOf: readonly (PostCapacity | null)[] = [],
): 'yes' | 'no' | 'needs-authority' | 'needs-meeting' {
  if (rule === undefined || !writes(typing)) return 'no';
  if (rule === 'OPERATOR') return 'no';
  const typedForAnother = by !== null && by.post !== typing.post;
  const doing = typedForAnother ? by : typing;
  const maySignInstead =
    rule === 'SIGNER' && doing.capacity === 'monitoring-officer' && workOf.includes('commissioner');
  if (!holds(rule, doing, owners) && !maySignInstead) return 'no';
  if (typedForAnother && !mayTypeForAnother(rule, typing)) return 'no';
  if (maySignInstead) return 'needs-meeting';
  return typedForAnother ? 'needs-authority' : 'yes';
}

function mayTypeForAnother(rule: MayIssue, { capacity }: Acting): boolean {
  if (isAlone(rule)) return false;
  return capacity === 'opcc-officer' || (rule === 'SIGNER' && capacity === 'monitoring-officer');
}

function holds(rule: MayIssue, acting: Acting, owners: readonly string[]): boolean {
  if (rule === 'ANY_WRITER') return writes(acting);
  if (rule === 'SIGNER') return acting.capacity === 'commissioner';
  if (rule === 'OWNER') return owners.includes(acting.post);
  if (rule === 'LEAD') return acting.post === owners[0];
  if (rule === 'OPERATOR') return false;
  return (isAlone(rule) ? rule.alone : rule).includes(acting.capacity);
}

function writes({ capacity }: Acting): boolean {
  return (WRITING_CAPACITIES as readonly string[]).includes(capacity);
}

/** A rule of which nobody types the command for those who may. */
export function isAlone(rule: MayIssue | undefined): rule is { readonly alone: readonly string[] } {
  return typeof rule === 'object' && 'alone' in rule;
}
