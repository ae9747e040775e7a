import { MONTHS } from '../declarations/index.ts';
import { TIME_ZONE, type CivilDate, type Dated, type Instant } from '../ledger/index.ts';

/** `2023-06-30` → `30 June 2023`. */
export function dayInWords(day: CivilDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `2023-06` → `June 2023`. */
export function monthInWords(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${MONTHS[Number(number) - 1]} ${year}`;
}

/** `by 9 October 2023`. No day is named that nobody stated. */
export function datedInWords({ how, from, to }: Dated): string {
  if (from !== undefined) return `between ${dayInWords(from)} and ${dayInWords(to)}`;
  return `${how === 'about' ? 'about' : 'by'} ${dayInWords(to)}`;
}

const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What calendar and clock on a wall in London show at an instant: a day, and `hh:mm`. */
export function onTheWall(instant: Instant): { readonly day: CivilDate; readonly time: string } {
  const parts = new Map(londonClock.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/** `14:30` → `2:30pm`; `00:00` → `midnight`; `12:00` → `midday`. As GOV.UK writes times. */
export function timeInWords(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  if (minutes === 0 && hours === 0) return 'midnight';
  if (minutes === 0 && hours === 12) return 'midday';
  const past = minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`;
  return `${hours % 12 === 0 ? 12 : hours % 12}${past}${hours < 12 ? 'am' : 'pm'}`;
}

/** `9 October 2023 at midday`, London time. */
export function instantInWords(instant: Instant): string {
  const { day, time } = onTheWall(instant);
  return `${dayInWords(day)} at ${timeInWords(time)}`;
}
