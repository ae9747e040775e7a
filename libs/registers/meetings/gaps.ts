import { daysBetween, type CivilDate } from '../../ledger/index.ts';

/** From one meeting that was held to the next. */
export interface Gap<Held> {
  readonly from: Held;
  readonly to: Held;
  readonly days: number;
}

/** The gaps between meetings that were held, in the order of their days. Pure. */
export function gapsBetween<Held extends { readonly date: CivilDate }>(held: readonly Held[]): readonly Gap<Held>[] {
  const inOrder = held.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return inOrder.slice(1).map((to, index) => {
    const from = inOrder[index]!;
    return { from, to, days: daysBetween(from.date, to.date) };
  });
}
