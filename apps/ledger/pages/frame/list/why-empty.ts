import type { LedgerView } from '../../../../../libs/read-models/index.ts';
import { recordedByInWords } from '../dates.ts';
import type { KindOnPages } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { dayInWords } from '../../../../../libs/wording/index.ts';

/** Why a list shows none. All of it is found out from what the reader may see. */
export type WhyEmpty =
  /** There are some, and none passes all of the filters. */
  | { readonly why: 'filters'; readonly without: number }
  /** There are some, and all of them stand on earlier pages. */
  | { readonly why: 'page' }
  /** There are some on that day by all that is known, and none was recorded by then. */
  | { readonly why: 'not recorded'; readonly known: number }
  /** There are some today, and none was there by that day. */
  | { readonly why: 'not there yet'; readonly today: number }
  /** There are none for this reader, whether there are others or not. */
  | { readonly why: 'none' };

/** `total`: how many pass the filters, on whatever page. */
export async function whyEmpty(
  kind: Pick<KindOnPages, 'reads'>,
  { view, dates, viewAt }: Pick<Visit, 'view' | 'dates' | 'viewAt'>,
  total: number,
  isNarrowed: boolean,
): Promise<WhyEmpty> {
  const countIn = async (at: LedgerView) => (await kind.reads.list(at, {}, { first: 1 })).totalCount;
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
    if (today > 0) return { why: 'not there yet', today };
  }
  return { why: 'none' };
}

/** Whoever may see everything is told that there is none; anybody else, none that they may see, which says nothing of others. */
export function emptyInWords(
  { many, shown: { one, opened } }: Pick<KindOnPages, 'many' | 'shown'>,
  empty: WhyEmpty,
  { view, dates }: Pick<Visit, 'view' | 'dates'>,
): string {
  const { reader, basis } = view;
  const no = reader.audience === 'full' ? `No ${one}` : `No ${one} that you may see`;
  const day = dayInWords(basis.effective);
  switch (empty.why) {
    case 'filters':
      return `No ${one} matches all of these filters on ${day}. Without them there ${areMany(empty.without)}.`;
    case 'page':
      return `No more ${many} follow. Go back to the pages before this one.`;
    case 'not recorded':
      return `${no} had been recorded by ${recordedByInWords(dates)}. By all that is known today there ${areMany(empty.known)} on ${day}.`;
    case 'not there yet':
      return `${no} had been ${opened} by ${day}. Today there ${areMany(empty.today)}.`;
    case 'none':
      return reader.audience === 'full'
        ? `The ledger holds no ${one}.`
        : `There is no ${one} here that you may see. The ledger does not tell whether there are others.`;
  }
}

function areMany(count: number): string {
  return count === 1 ? 'is 1' : `are ${count.toLocaleString('en-GB')}`;
}
