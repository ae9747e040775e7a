import type { MayIssue } from '../ledger/index.ts';
import { WRITING_CAPACITIES, type Capacity } from './capacities.ts';

/** Somebody who acts: the post, and in which capacity it acts. */
export interface Acting {
  readonly post: string;
  readonly capacity: Capacity;
}

/**
 * May this command be issued?
 *
 * Either the post that types it may issue it itself, or an OPCC officer types what another post did, naming that post in `by`
 * and the authority for it. Source: design §10.
 */
export function mayIssue(
  rule: MayIssue | undefined,
  typing: Acting,
  by: Acting | null,
  owner: string | null,
): 'yes' | 'no' | 'needs-authority' {
  if (rule === undefined || !WRITING_CAPACITIES.includes(typing.capacity)) return 'no';
  const typedForAnother = by !== null && by.post !== typing.post;
  if (!typedForAnother) return holds(rule, typing, owner) ? 'yes' : 'no';
  if (typing.capacity !== 'opcc-officer') return 'no';
  return holds(rule, by, owner) ? 'needs-authority' : 'no';
}

function holds(rule: MayIssue, acting: Acting, owner: string | null): boolean {
  if (rule === 'ANY_WRITER') return WRITING_CAPACITIES.includes(acting.capacity);
  if (rule === 'OWNER') return owner !== null && acting.post === owner;
  return rule.includes(acting.capacity);
}
