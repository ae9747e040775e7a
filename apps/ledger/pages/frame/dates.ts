import {
  addDays,
  firstInstantOf,
  instantOf,
  isCivilDate,
  lastInstantOf,
  londonDayOf,
  millisecondsOf,
  type CivilDate,
  type Instant,
} from '../../../../libs/ledger/index.ts';
import type { AsOf, Basis, ViewOfMeeting } from '../../../../libs/read-models/index.ts';
import { dayInWords, onTheWall, timeInWords } from '../../../../libs/wording/index.ts';

/*
 * The two dates of every page: what was true on which day, and as recorded by when. The address holds them
 * (`?on=2023-06-30&recorded=2023-07-01`), so that a page can be cited; all links carry them on. Or it names a meeting, which stands for both
 * (`?at-meeting=CGB-2023-06-21&meeting-view=told`).
 */

/** The dates as an address holds them. None at all: today, from all that is known now. */
export interface Dates {
  readonly on?: CivilDate;
  /** A London day, up to its end; or `yyyy-mm-ddThh:mm` on London's clocks; or an instant with its offset. */
  readonly recorded?: string;
  /** Count only what the ledger itself had recorded by then, not what imported papers say of when they were. */
  readonly proven?: true;
  /** The meeting for which the other dates stand. Where others are put in their place, it is no longer asked for. */
  readonly at?: AtMeeting;
}

/** A meeting as an address names it. */
export interface MeetingAsked {
  readonly meeting: string;
  readonly view: ViewOfMeeting;
}

/** A meeting, and the dates for which it stands. */
export interface AtMeeting extends MeetingAsked {
  readonly on: CivilDate;
  readonly recorded?: string;
}

/** What somebody typed into the boxes of the date bar: shown again when it will not do. */
export interface TypedDates {
  readonly on: TypedDay;
  readonly recorded: TypedDay & { readonly time: string };
  readonly proven: boolean;
  readonly meeting: string;
  readonly meetingView: ViewOfMeeting;
}
export interface TypedDay {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** A box that will not do. */
export interface DateProblem {
  readonly field: 'on' | 'recorded' | 'recorded-time' | 'meeting';
  /** Boxes of the field at fault, by their names. The first is where the error summary leads. */
  readonly boxes: readonly string[];
  readonly sentence: string;
}

/** The dates that are asked for. */
export interface DatesAsked {
  readonly dates: Dates;
  /** The meeting that stands for the dates: what they are the ledger knows. */
  readonly meeting?: MeetingAsked;
}

export type ReadDates =
  | (DatesAsked & {
      readonly typed: TypedDates;
      /** Came from the boxes: the address is to be written anew. */ readonly fromBoxes: boolean;
    })
  | { readonly problems: readonly DateProblem[]; readonly typed: TypedDates };

/** Characters of a box that are read, and shown again: the longest month, and more than any day, year or time has. */
const LONGEST_TYPED = 32;
const BOXES = ['on-day', 'on-month', 'on-year', 'recorded-day', 'recorded-month', 'recorded-year', 'recorded-time'];
/** Every parameter of an address that says which dates are meant. */
export const DATE_PARAMETERS: readonly string[] = ['on', 'recorded', 'clock', 'at-meeting', 'meeting-view', ...BOXES];
/** What is read of the reference of a meeting. */
const LONGEST_REFERENCE = 64;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const WALL = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d))?$/;

/** Reads the dates from an address: as written by a link, or by the boxes of the date bar. */
export function readDates(query: URLSearchParams): ReadDates {
  return BOXES.some((box) => query.has(box)) ? readBoxes(query) : readAddress(query);
}

function readAddress(query: URLSearchParams): ReadDates {
  const [on, recorded] = [query.get('on') ?? '', query.get('recorded') ?? ''];
  const proven = query.get('clock') === 'proven';
  const typed: TypedDates = {
    ...{ on: typedDay(on), recorded: typedRecorded(recorded), proven },
    ...typedMeeting(query),
  };
  const problems: DateProblem[] = [];
  if (on !== '' && !isCivilDate(on)) problems.push(problem('on', REAL_DATE));
  if (recorded !== '' && !isRecorded(recorded)) problems.push(problem('recorded', REAL_DATE));
  const isDated = on !== '' || recorded !== '';
  const meeting = meetingTyped(typed, isDated, problems);
  return problems.length > 0
    ? { problems, typed }
    : { dates: dates(on, recorded, proven), ...meeting, typed, fromBoxes: false };
}

function typedMeeting(query: URLSearchParams): Pick<TypedDates, 'meeting' | 'meetingView'> {
  return {
    meeting: (query.get('at-meeting') ?? '').trim().slice(0, LONGEST_REFERENCE),
    meetingView: query.get('meeting-view') === 'now' ? 'KNOWN_NOW' : 'TOLD',
  };
}

/** The meeting that stands for the dates, if one is named and no dates are. */
function meetingTyped(
  { meeting, meetingView: view }: TypedDates,
  isDated: boolean,
  problems: DateProblem[],
): { meeting?: MeetingAsked } {
  if (meeting === '') return {};
  if (isDated) problems.push(meetingProblem('Enter a meeting or dates, not both'));
  return { meeting: { meeting, view } };
}

/** The meeting of the date bar will not do. What is said of a box does not end in a full stop. */
export function meetingProblem(sentence: string): DateProblem {
  return { field: 'meeting', boxes: ['at-meeting'], sentence: sentence.replace(/\.$/, '') };
}

function isRecorded(recorded: string): boolean {
  const wall = WALL.exec(recorded);
  return wall !== null ? isCivilDate(wall[1] ?? '') : INSTANT.test(recorded) && !Number.isNaN(Date.parse(recorded));
}

function readBoxes(query: URLSearchParams): ReadDates {
  const box = (name: string) => (query.get(name) ?? '').trim().slice(0, LONGEST_TYPED);
  const dayOf = (field: string): TypedDay => ({
    day: box(`${field}-day`),
    month: box(`${field}-month`),
    year: box(`${field}-year`),
  });
  const typed: TypedDates = {
    on: dayOf('on'),
    recorded: { ...dayOf('recorded'), time: box('recorded-time') },
    proven: query.get('clock') === 'proven',
    ...typedMeeting(query),
  };
  const problems: DateProblem[] = [];
  const on = dayTyped('on', typed.on, problems);
  const day = dayTyped('recorded', typed.recorded, problems);
  const time = timeTyped(typed.recorded.time, problems);
  if (time !== '' && isEmpty(typed.recorded))
    problems.push({
      field: 'recorded',
      boxes: boxesOf('recorded'),
      sentence: 'Enter the date that goes with the time',
    });
  const isDated = !isEmpty(typed.on) || !isEmpty(typed.recorded) || typed.recorded.time !== '';
  const meeting = meetingTyped(typed, isDated, problems);
  if (problems.length > 0) return { problems, typed };
  return { dates: dates(on, time === '' ? day : `${day}T${time}`, typed.proven), ...meeting, typed, fromBoxes: true };
}

function dates(on: string, recorded: string, proven: boolean): Dates {
  return {
    ...(on === '' ? {} : { on }),
    ...(recorded === '' ? {} : { recorded }),
    ...(proven ? { proven: true as const } : {}),
  };
}

const NAME = { on: 'The date', recorded: 'The date recorded by' } as const;
const REAL_DATE = 'must be a real date, like 30 6 2023';
type Field = keyof typeof NAME;

function problem(
  field: Field,
  what: string,
  parts: readonly (keyof TypedDay)[] = ['day', 'month', 'year'],
): DateProblem {
  return { field, boxes: parts.map((part) => `${field}-${part}`), sentence: `${NAME[field]} ${what}` };
}

function boxesOf(field: Field): readonly string[] {
  return ['day', 'month', 'year'].map((part) => `${field}-${part}`);
}

function isEmpty({ day, month, year }: TypedDay): boolean {
  return day === '' && month === '' && year === '';
}

/** What is wrong with a day that was typed into three boxes, and in which. */
export interface DayFault {
  readonly what: string;
  readonly parts: readonly (keyof TypedDay)[];
}

/** The day that was typed into three boxes, empty when none was; or why it is none. Months are taken as numbers or by name. */
export function readDay(typed: TypedDay): CivilDate | DayFault {
  if (isEmpty(typed)) return '';
  const missing = (['day', 'month', 'year'] as const).filter((part) => typed[part] === '');
  if (missing.length > 0) return { what: `must include a ${missing.join(' and a ')}`, parts: missing };
  if (/^\d{1,3}$/.test(typed.year)) return { what: 'must have a year of 4 numbers', parts: ['year'] };
  const day = `${typed.year}-${monthNumber(typed.month)}-${typed.day.padStart(2, '0')}`;
  return isCivilDate(day) ? day : { what: REAL_DATE, parts: ['day', 'month', 'year'] };
}

function dayTyped(field: Field, typed: TypedDay, problems: DateProblem[]): string {
  const day = readDay(typed);
  if (typeof day === 'string') return day;
  problems.push(problem(field, day.what, day.parts));
  return '';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthNumber(month: string): string {
  const named = /^[a-z]{3,}$/i.test(month) ? MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 : 0;
  return (named > 0 ? String(named) : month).padStart(2, '0');
}

/** `14:30`, `2:30pm`, `2pm` → `14:30`, `14:30`, `14:00`. */
function timeTyped(text: string, problems: DateProblem[]): string {
  if (text === '') return '';
  const [, hour = '', minute = '00', half = ''] = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?$/i.exec(text) ?? [];
  const isNoon = half !== '' && Number(hour) === 12;
  const hours = Number(hour) + (half.toLowerCase() === 'pm' ? 12 : 0) - (isNoon ? 12 : 0);
  const isTime =
    hour !== '' && Number(minute) < 60 && (half === '' ? hours < 24 : Number(hour) >= 1 && Number(hour) <= 12);
  if (isTime) return `${String(hours).padStart(2, '0')}:${minute}`;
  problems.push({
    field: 'recorded-time',
    boxes: ['recorded-time'],
    sentence: 'The time must be a real time, like 2:30pm or 14:30',
  });
  return '';
}

function typedDay(day: string): TypedDay {
  const [, year = '', month = '', date = ''] = /^(\d{1,4})-(\d{1,2})-(\d{1,2})/.exec(day) ?? [];
  return { day: date.replace(/^0/, ''), month: month.replace(/^0/, ''), year };
}

function typedRecorded(recorded: string): TypedDates['recorded'] {
  if (INSTANT.test(recorded) && isRecorded(recorded)) {
    const { day, time } = onTheWall(recorded);
    return { ...typedDay(day), time };
  }
  return { ...typedDay(recorded), time: /T(\d{2}:\d{2})$/.exec(recorded)?.[1] ?? '' };
}

/** What to ask the ledger for. A day recorded by is meant up to its last instant. */
export function asOfDates({ on, recorded, proven }: Dates): AsOf {
  return {
    ...(on === undefined ? {} : { effective: on }),
    ...(recorded === undefined ? {} : { recorded: instantRecorded(recorded) }),
    ...(proven === true ? { clock: 'PROVEN' as const } : {}),
  };
}

function instantRecorded(recorded: string): Instant {
  const [, day, hours, minutes] = WALL.exec(recorded) ?? [];
  if (day === undefined) return instantOf(Date.parse(recorded));
  if (hours === undefined) return instantOf(millisecondsOf(firstInstantOf(addDays(day, 1))) - 1);
  const time = `${hours}:${minutes}`;
  const inWinter = instantOf(Date.parse(`${day}T${time}:00.000Z`));
  const inSummer = instantOf(millisecondsOf(inWinter) - 3_600_000);
  // When the clocks go back an hour comes twice; “by 1:30am” then includes both.
  return onTheWall(inWinter).time === time ? inWinter : inSummer;
}

/** The day recorded by, when the address names a whole day. */
export function wholeDayRecorded({ recorded }: Dates): CivilDate | null {
  return recorded !== undefined && isCivilDate(recorded) ? recorded : null;
}

/** `the end of 1 July 2023`, `2:30pm on 1 July 2023`. */
export function recordedInWords(recorded: string): string {
  const [, wallDay, hours, minutes] = WALL.exec(recorded) ?? [];
  if (wallDay !== undefined && hours === undefined) return `the end of ${dayInWords(wallDay)}`;
  const { day, time } = wallDay === undefined ? onTheWall(recorded) : { day: wallDay, time: `${hours}:${minutes}` };
  return `${timeInWords(time)} on ${dayInWords(day)}`;
}

/** `the end of 1 July 2023`; without a date, what the ledger itself has recorded until now. */
export function recordedByInWords({ recorded, proven }: Dates): string {
  const by = recorded === undefined ? 'now' : recordedInWords(recorded);
  return proven === true ? `${by}, counting papers from when they were loaded here` : by;
}

/** The dates for which a meeting stands, as the ledger told its basis. */
export function datesAtMeeting({ meeting, view }: MeetingAsked, { effective, recorded, clock }: Basis): Dates {
  const dates = { on: effective, ...(view === 'TOLD' ? { recorded: recordedUntil(recorded) } : {}) };
  return { ...dates, ...(clock === 'PROVEN' ? { proven: true as const } : {}), at: { meeting, view, ...dates } };
}

/** Up to when something had been recorded, as an address says it: the last instant of a day is the day. */
export function recordedUntil(recorded: Instant): string {
  const day = londonDayOf(recorded);
  return recorded === lastInstantOf(day) ? day : recorded;
}

/** The meeting for which dates stand; null where none was asked for, or where others were put in the place of its dates. */
export function meetingIn({ on, recorded, at }: Dates): MeetingAsked | null {
  return at === undefined || at.on !== on || at.recorded !== recorded ? null : at;
}

/** The parameters that name a meeting. */
export function meetingParameters({ meeting, view }: MeetingAsked): [name: string, value: string][] {
  return [
    ['at-meeting', meeting],
    ['meeting-view', view === 'TOLD' ? 'told' : 'now'],
  ];
}

/** The parameters that say these dates. */
export function dateParameters(dates: Dates): [name: string, value: string][] {
  const { on, recorded, proven } = dates;
  const meeting = meetingIn(dates);
  if (meeting !== null)
    return [...meetingParameters(meeting), ...(proven === true ? [['clock', 'proven'] as [string, string]] : [])];
  return [
    ...(on === undefined ? [] : [['on', on] as [string, string]]),
    ...(recorded === undefined ? [] : [['recorded', recorded] as [string, string]]),
    ...(proven === true ? [['clock', 'proven'] as [string, string]] : []),
  ];
}

/** An address of this server: a path, what it asks for, and the dates. */
export function addressOf(
  path: string,
  dates: Dates,
  parameters: Iterable<readonly [name: string, value: string]> = [],
): string {
  const query = new URLSearchParams(
    [...parameters, ...dateParameters(dates)].map(([name, value]): [string, string] => [name, value]),
  );
  // A colon needs no escape in a query, and an address is read by people.
  const text = query.toString().replaceAll('%3A', ':');
  return text === '' ? path : `${path}?${text}`;
}
