import { findAction } from '../../../../projections/index.ts';
import { recordedByInWords, type Dates } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { dayInWords } from '../../words/days.ts';

interface NotYetThere {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What to say of an action that is not there on the dates asked for, and that this reader sees by all that is known, or today; null where they do not, or ask for no date. */
export async function whyNotYet(
  { view, dates, viewAt }: Pick<Visit, 'view' | 'dates' | 'viewAt'>,
  ref: string,
): Promise<NotYetThere | null> {
  const { on, recorded, proven } = dates;
  const isThere = async (others: Dates) => (await findAction(await viewAt(others), ref)) !== null;
  const day = dayInWords(view.basis.effective);
  if ((recorded !== undefined || proven === true) && (await isThere(on === undefined ? {} : { on })))
    return {
      heading: `Nothing had been recorded of action ${ref} by then`,
      paragraphs: [
        `Of ${day}, nothing had been recorded by ${recordedByInWords(dates)}. By all that is known today it was there on that day.`,
      ],
    };
  if (on !== undefined && (await isThere({})))
    return {
      heading: `Action ${ref} had not been raised by then`,
      paragraphs: [`It had not been raised by ${day}. It was raised later, and is there today.`],
    };
  return null;
}
