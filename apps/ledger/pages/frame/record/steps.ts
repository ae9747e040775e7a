import type { CivilDate } from '../../../../../libs/ledger/index.ts';
import { stepsOf, type StepsOfRecord } from '../../../../../projections/index.ts';
import { dayInWords, instantInWords } from '../../../../../libs/wording/index.ts';
import { keptOf } from '../date-bar.ts';
import { addressOf, type Dates } from '../dates.ts';
import type { Visit } from '../visits.ts';
import type { RecordPart } from './record-part.ts';

/** Since when it stands so, and the way to what it was before and became then: by days, and by what was known. */
export const steps: RecordPart = {
  template: 'frame/record/steps.njk',
  async show({ visit, ref }) {
    const { view, dates } = visit;
    const found = await stepsOf(view, ref);
    // Only of an earlier day it must be asked what today is.
    const isEarlier = dates.on !== undefined && found.effective.next !== null;
    const today = isEarlier ? (await visit.viewAt({})).basis.effective : view.basis.effective;
    return presentSteps(found, visit, today);
  },
};

/** Pure. */
export function presentSteps(
  { effective, recorded }: StepsOfRecord,
  {
    path,
    query,
    dates,
    view: { basis },
  }: Pick<Visit, 'path' | 'query' | 'dates'> & { readonly view: Pick<Visit['view'], 'basis'> },
  today: CivilDate,
) {
  const kept = keptOf(query);
  const at = (others: Dates) => addressOf(path, { ...dates, ...others }, kept);
  const byDay = (text: string, day: CivilDate | null) =>
    day === null || day > today ? null : { text, labelText: `From ${dayInWords(day)}`, href: at({ on: day }) };
  const byInstant = (text: string, instant: string | null) =>
    instant === null ? null : { text, labelText: `From ${instantInWords(instant)}`, href: at({ recorded: instant }) };
  const isAhead = effective.next !== null && effective.next > today;
  const isKnownThen = dates.recorded !== undefined || dates.proven === true;
  return {
    since:
      effective.since === null
        ? null
        : `The answer ${dates.on === undefined ? 'has' : 'had'} been the same since ${dayInWords(effective.since)}.`,
    ahead: isAhead ? `By what was recorded it is to stand otherwise from ${dayInWords(effective.next)}.` : null,
    previous: byDay('Change before', effective.previous),
    next: byDay('Change after', effective.next),
    known: {
      open: isKnownThen,
      since:
        recorded.since === null
          ? null
          : `Of ${dayInWords(basis.effective)} this has been known since ${instantInWords(recorded.since)}.`,
      previous: byInstant('Known before', recorded.previous),
      next: byInstant('Known after', recorded.next),
    },
  };
}
