import type { CivilDate, EventId } from '../ledger/index.ts';
import type { RuleKind } from './kinds.ts';

/** A version of a rule: its content has the shape of the rule's kind. */
export interface RuleVersion<Content = unknown> {
  /** The event that set it: its words stand there. */
  readonly event: EventId;
  /** Its number: what is given by it names it so. */
  readonly version: string;
  /** The London day from which it is in force. */
  readonly from: CivilDate;
  /** The London day from which the rule was in force no longer, where it ended under this version. */
  readonly until?: CivilDate;
  readonly content: Content;
}

/** What others read of a rule: `links.find('rules', ref)`, or its state. */
export interface RuleLink<Content = unknown> {
  readonly ref: string;
  readonly kind: RuleKind;
  /** The body whose rule it is. */
  readonly body: string;
  /** In the order in which they came into force; of one day, in the order in which they were set. */
  readonly versions: readonly RuleVersion<Content>[];
}

/** The version that is in force on a day; null where none is. A rule that there is not has none. */
export function inForceOn<Content>(rule: RuleLink<Content> | null, day: CivilDate): RuleVersion<Content> | null {
  const latest = rule?.versions.filter(({ from }) => from <= day).at(-1);
  return latest === undefined || (latest.until !== undefined && latest.until <= day) ? null : latest;
}

/** The version of that number, by which something was given; null where the rule has none of it (any more). */
export function versionNumbered<Content>(rule: RuleLink<Content> | null, version: string): RuleVersion<Content> | null {
  return rule?.versions.find((one) => one.version === version) ?? null;
}
