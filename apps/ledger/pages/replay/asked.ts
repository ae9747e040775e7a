import type { ReplayOrder } from '../../../../libs/timeline/index.ts';
import { noSuchPage } from '../frame/outcomes.ts';

/** An order in which a record is replayed, as its page calls it. */
export interface OrderOnPage {
  readonly order: ReplayOrder;
  /** What the address says. */
  readonly parameter: string;
  readonly tab: string;
  readonly says: string;
}

/** The first is chosen where the address says nothing. */
export const ORDERS: readonly OrderOnPage[] = [
  {
    order: 'RECORDED',
    parameter: '',
    tab: 'As it was recorded',
    says: 'What the ledger came to know of it, fact by fact, in the order in which it did. Each step tells how the record then read, on the day that you look at.',
  },
  {
    order: 'EFFECTIVE',
    parameter: 'effective',
    tab: 'As it took effect',
    says: 'What happened, day by day, by all that is known. Corrections are in what they correct, and what was taken back is left out.',
  },
];

/** @throws PageProblem for what no link of this page asks */
export function orderIn(query: URLSearchParams): OrderOnPage {
  const asked = query.get('order') ?? '';
  const order = ORDERS.find(({ parameter }) => parameter === asked);
  if (order === undefined) throw noSuchPage();
  return order;
}

/** The same, for an address. */
export function parametersOf({ parameter }: OrderOnPage): readonly (readonly [name: string, value: string])[] {
  return parameter === '' ? [] : [['order', parameter]];
}
