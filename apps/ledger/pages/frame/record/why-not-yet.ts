import { recordedByInWords, type Dates } from '../dates.ts';
import type { KindOnPages } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { dayInWords } from '../../../../../libs/wording/index.ts';

interface NotYetThere {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What to say of a record that is not there on the dates asked for, and that this reader sees by all that is known, or today; null where they do not, or ask for no date. */
export async function whyNotYet(
  { reads, shown: { one, opened } }: KindOnPages,
  { view, dates, viewAt }: Pick<Visit, 'view' | 'dates' | 'viewAt'>,
  ref: string,
): Promise<NotYetThere | null> {
  const { on, recorded, proven } = dates;
  const isThere = async (others: Dates) => (await reads.find(await viewAt(others), ref)) !== null;
  const day = dayInWords(view.basis.effective);
  if ((recorded !== undefined || proven === true) && (await isThere(on === undefined ? {} : { on })))
    return {
      heading: `Nothing had been recorded of ${one} ${ref} by then`,
      paragraphs: [
        `Of ${day}, nothing had been recorded by ${recordedByInWords(dates)}. By all that is known today it was there on that day.`,
      ],
    };
  if (on !== undefined && (await isThere({})))
    return {
      heading: `${one.charAt(0).toUpperCase()}${one.slice(1)} ${ref} had not been ${opened} by then`,
      paragraphs: [`It had not been ${opened} by ${day}. It was ${opened} later, and is there today.`],
    };
  return null;
}
