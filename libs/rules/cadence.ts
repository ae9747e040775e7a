import { oneOf, type MemberOf } from '../declarations/index.ts';
import type { RuleLink } from './versions.ts';

export const cadenceUnit = oneOf('CadenceUnit', 'In what a cadence counts.', {
  WEEKS: 'Weeks.',
  MONTHS: 'Calendar months: bi-monthly is every 2 months.',
});
export type CadenceUnit = MemberOf<typeof cadenceUnit>;

/** The content of a cadence: how often a body meets. */
export interface Cadence {
  readonly every: number;
  readonly unit: CadenceUnit;
  /** Months that are for something of their own, such as a December for finance alone. What for is words. */
  readonly months?: readonly { readonly month: number }[];
}

/** The cadence of a body, as whoever asks how often it meets finds it. */
export type CadenceLink = RuleLink<Cadence>;

/** The reference of the cadence of a body: it has one. */
export function cadenceRef(body: string): string {
  return `${body}-cadence`;
}

/** `every 4 weeks`, `every 2 months`, `every month` */
export function cadenceInWords({ every, unit }: Pick<Cadence, 'every' | 'unit'>): string {
  const one = unit === 'WEEKS' ? 'week' : 'month';
  return every === 1 ? `every ${one}` : `every ${every} ${one}s`;
}
