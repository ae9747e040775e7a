import type { RuleLink } from './versions.ts';

/** The content of an opening policy: which facts of the body open records of other registers by themselves. */
export interface Openings {
  readonly decisionsOpenActions?: boolean;
  readonly conversionsOpenItems?: boolean;
}

/** The opening policy of a body, as whoever draws its consequences finds it. */
export type OpeningsLink = RuleLink<Openings>;

/** The reference of the opening policy of a body: it has one. */
export function openingsRef(body: string): string {
  return `${body}-opening`;
}
