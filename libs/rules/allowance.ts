import type { CivilDate } from '../ledger/index.ts';
import { inForceOn, type RuleLink } from './versions.ts';

/** The content of an allowance: a fact may be recorded so many days after it took effect without a reason. */
export interface LateAllowance {
  readonly days: number;
}

/** The allowance of a body for a register, as whoever asks whether something is late finds it. */
export type AllowanceLink = RuleLink<LateAllowance>;

/**
 * After how many days an entry is late that is recorded on that day: by the version of the allowance in force then, else the register's
 * own. What took effect when does not matter, nor which version is in force today.
 */
export function allowanceOn(rule: AllowanceLink | null, recordedOn: CivilDate, own: number): number {
  return inForceOn(rule, recordedOn)?.content.days ?? own;
}

/** The reference of the allowance of a body for a register: it has one for each. */
export function allowanceRef(body: string, register: string): string {
  return `${body}-late-${register}`;
}

/** The reference of the closure route of a body that makes recommendations: it has one. */
export function closureRouteRef(originator: string): string {
  return `${originator}-closure`;
}
