import { lastOfDays, type CivilDate } from './dates.ts';

/**
 * Days within which a local policing body publishes its comments on a report of the inspectors of constabulary: "before the end of the
 * period of 56 days beginning with the day on which the report is published" (Police Act 1996 s55(5A), inserted by the Policing and Crime Act 2017
 * s37). Calendar days: no weekend and no holiday is left out.
 */
export const COMMENTS_WITHIN_DAYS = 56;

/**
 * The last day in London on which comments on an inspectors' report are published in time, of a report published on that day.
 *
 * The day of publication is the first of the 56, so this is 55 days after it. Whether a report is one to which the section applies is for
 * whoever asks to know.
 */
export function commentsDueOn(publishedOn: CivilDate): CivilDate {
  return lastOfDays(COMMENTS_WITHIN_DAYS, publishedOn);
}
