import type { LedgerView } from '../../../../libs/read-models/index.ts';
import { listActions } from '../../../../projections/index.ts';
import { recordedByInWords } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { dayInWords } from '../../words/days.ts';

/** Why a list of actions shows none. All of it is found out from what the reader may see. */
export type WhyEmpty =
  /** There are some, and none passes all of the filters. */
  | { readonly why: 'filters'; readonly without: number }
  /** There are some, and all of them stand on earlier pages. */
  | { readonly why: 'page' }
  /** There are some on that day by all that is known, and none was recorded by then. */
  | { readonly why: 'not recorded'; readonly known: number }
  /** There are some today, and none was raised by that day. */
  | { readonly why: 'not raised'; readonly today: number }
  /** There are none for this reader, whether there are others or not. */
  | { readonly why: 'none' };

/** `total`: how many pass the filters, on whatever page. */
export async function whyEmpty(
  { view, dates, viewAt }: Pick<Visit, 'view' | 'dates' | 'viewAt'>,
  total: number,
  isNarrowed: boolean,
): Promise<WhyEmpty> {
  if (total > 0) return { why: 'page' };
  const without = isNarrowed ? await countIn(view) : 0;
  if (without > 0) return { why: 'filters', without };
  const { on, recorded, proven } = dates;
  if (recorded !== undefined || proven === true) {
    const known = await countIn(await viewAt(on === undefined ? {} : { on }));
    if (known > 0) return { why: 'not recorded', known };
  }
  if (on !== undefined) {
    const today = await countIn(await viewAt({}));
    if (today > 0) return { why: 'not raised', today };
  }
  return { why: 'none' };
}

async function countIn(view: LedgerView): Promise<number> {
  return (await listActions(view, {}, { first: 1 })).totalCount;
}

/** Whoever may see everything is told that there is none; anybody else, none that they may see, which says nothing of others. */
export function emptyInWords(empty: WhyEmpty, { view, dates }: Pick<Visit, 'view' | 'dates'>): string {
  const { reader, basis } = view;
  const no = reader.audience === 'full' ? 'No action' : 'No action that you may see';
  const day = dayInWords(basis.effective);
  switch (empty.why) {
    case 'filters':
      return `No action matches all of these filters on ${day}. Without them there ${areMany(empty.without)}.`;
    case 'page':
      return 'No more actions follow. Go back to the pages before this one.';
    case 'not recorded':
      return `${no} had been recorded by ${recordedByInWords(dates)}. By all that is known today there ${areMany(empty.known)} on ${day}.`;
    case 'not raised':
      return `${no} had been raised by ${day}. Today there ${areMany(empty.today)}.`;
    case 'none':
      return reader.audience === 'full'
        ? 'The ledger holds no action.'
        : 'There is no action here that you may see. The ledger does not tell whether there are others.';
  }
}

function areMany(count: number): string {
  return count === 1 ? 'is 1' : `are ${count.toLocaleString('en-GB')}`;
}
