/**
 * The two kinds of time that the ledger knows.
 *
 * A {@link CivilDate} is a day in Europe/London: effective dates, due dates, meeting dates. An {@link Instant} is a
 * moment in UTC with milliseconds: stamps. Both are text whose order is the order in time, so they compare with `<`.
 */
export type CivilDate = string & { readonly kind?: 'civil-date' };
export type Instant = string & { readonly kind?: 'instant' };

export const TIME_ZONE = 'Europe/London';

/** Before every fact and after every fact: the open ends of half-open intervals of days. */
export const BEGINNING_OF_DAYS: CivilDate = '0000-01-01';
export const END_OF_DAYS: CivilDate = '9999-12-31';

const DAY_MS = 86_400_000;
const londonDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit', hourCycle: 'h23' });

/** True for a real day written `yyyy-mm-dd`; false for 2023-02-30. */
export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** True for an instant as the ledger writes it: RFC 3339, UTC, exactly three digits of milliseconds. */
export function isInstant(text: string): text is Instant {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** True for any instant of RFC 3339, as people and programs write it: with its offset, and as many digits of seconds as they like. */
export function isMoment(text: string): boolean {
  const day = RFC_3339.exec(text)?.[1];
  return day !== undefined && isCivilDate(day);
}

/** Such an instant as the ledger writes it: in UTC with milliseconds, finer ones cut off. */
export function instantWritten(moment: string): Instant {
  return instantOf(millisecondsOf(moment.toUpperCase()));
}

/** The instant `milliseconds` after 1 January 1970 UTC. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** Milliseconds after 1 January 1970 UTC. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

const dayOfQuarterHour = new Map<number, CivilDate>();

/** The day that a calendar on a wall in London shows at that instant. */
export function londonDayOf(instant: Instant): CivilDate {
  // London's midnight is always a whole quarter of an hour in UTC, and formatting with Intl is slow: a rebuild asks for every event.
  const milliseconds = millisecondsOf(instant);
  const quarterHour = Math.floor(milliseconds / 900_000);
  let day = dayOfQuarterHour.get(quarterHour);
  if (day === undefined) {
    day = londonDay.format(milliseconds);
    if (dayOfQuarterHour.size > 50_000) dayOfQuarterHour.clear();
    dayOfQuarterHour.set(quarterHour, day);
  }
  return day;
}

const firstInstantOfDay = new Map<CivilDate, Instant>();

/** The first instant of a day in London: 00:00 GMT, or 23:00 UTC of the day before in British Summer Time. */
export function firstInstantOf(day: CivilDate): Instant {
  let instant = firstInstantOfDay.get(day);
  if (instant === undefined) {
    const midnightUtc = Date.parse(`${day}T00:00:00.000Z`);
    const offsetHours = Number(londonHour.format(midnightUtc));
    instant = instantOf(midnightUtc - (offsetHours > 12 ? offsetHours - 24 : offsetHours) * 3_600_000);
    if (firstInstantOfDay.size > 50_000) firstInstantOfDay.clear();
    firstInstantOfDay.set(day, instant);
  }
  return instant;
}

/** The last instant of a day in London. */
export function lastInstantOf(day: CivilDate): Instant {
  return instantOf(millisecondsOf(firstInstantOf(addDays(day, 1))) - 1);
}

/**
 * The instant at which the clocks of London show that time (`hh:mm`) on that day. Of a time that they show twice, when Summer Time ends, the
 * first; of one that they leave out, when it begins, the instant an hour on.
 */
export function instantAt(day: CivilDate, time: string): Instant {
  const asUtc = Date.parse(`${day}T${time}:00.000Z`);
  const inSummer = asUtc - 3_600_000;
  const shown = londonHour.format(inSummer);
  return instantOf(shown === time.slice(0, 2) && londonDayOf(instantOf(inSummer)) === day ? inSummer : asUtc);
}

/** `day` moved by a whole number of days. */
export function addDays(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The last day of a period of that many days "beginning with" `first`, as statutes say it: `first` is one of them.
 *
 * A period "of" days "after" a day does not count that day: that is {@link addDays}.
 * @throws RangeError for a period of no whole day
 */
export function lastOfDays(days: number, first: CivilDate): CivilDate {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`A period has at least one whole day, not ${days}.`);
  return addDays(first, days - 1);
}

/**
 * `day` moved by a whole number of calendar months: to the same day of that month, or to its last day where it has no such day (31 January and
 * a month: the last day of February).
 */
export function addMonths(day: CivilDate, months: number): CivilDate {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastDay))).toISOString().slice(0, 10);
}

/** Days from `from` to `to`: negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS);
}

/** The greater of two dates or two instants. */
export function later<T extends string>(a: T, b: T): T {
  return a < b ? b : a;
}

/** The smaller of two dates or two instants. */
export function earlier<T extends string>(a: T, b: T): T {
  return b < a ? b : a;
}

/**
 * When the source of a fact gives no day.
 *
 * `by`: at some time up to and including `to` (a paper that prints "completed"). `about`: near `to`. `between`: from
 * `from` to `to`. The same value says when something is due over a span: due on its last day.
 */
export interface Dated {
  readonly from?: CivilDate;
  readonly to: CivilDate;
  readonly how: 'by' | 'about' | 'between';
}

/** True for a {@link Dated} of real days in their order, with both days for `between`, and nothing else in it. */
export function isDated(value: unknown): value is Dated {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { from, to, how, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length > 0 || typeof to !== 'string' || !isCivilDate(to)) return false;
  if (how !== 'by' && how !== 'about' && how !== 'between') return false;
  if (from === undefined) return how !== 'between';
  return typeof from === 'string' && isCivilDate(from) && from <= to;
}
