import { oneOf, type MemberOf } from '../declarations/index.ts';
import { daysBetween, type CivilDate } from '../ledger/index.ts';
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

/** A stretch of days, from the first to the last. */
export interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * May a meeting fall between those days, by a cadence? Counted from the day of the last meeting in the diary up to then, else from the next one:
 * in months by calendar months, in weeks by days. A month that is for something of its own counts. Without any day to count from nobody can say
 * that none does.
 *
 * `days`: those of the meetings of the body that stand.
 */
export function mayFallIn(
  { every, unit, months = [] }: Cadence,
  days: readonly CivilDate[],
  { from, to }: Stretch,
): boolean {
  const inOrder = days.toSorted();
  const counted = inOrder.findLast((day) => day <= to) ?? inOrder[0];
  if (counted === undefined) return true;
  if (unit === 'WEEKS') {
    const step = 7 * every;
    const last = daysBetween(counted, to);
    return last - mod(last, step) >= daysBetween(counted, from);
  }
  const [first, last, start] = [from, to, counted].map(monthNumberOf) as [number, number, number];
  for (let month = first; month <= last; month += 1)
    if (mod(month - start, every) === 0 || months.some((own) => own.month === mod(month, 12) + 1)) return true;
  return false;
}

/** Months since the year 0, of which January is a multiple of twelve. */
function monthNumberOf(day: CivilDate): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function mod(number: number, of: number): number {
  return ((number % of) + of) % of;
}
