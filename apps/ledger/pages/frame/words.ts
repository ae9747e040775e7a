import { TIME_ZONE, type Authority, type CivilDate, type Dated, type Instant } from '../../../../libs/ledger/index.ts';
import {
  ACTION_STATUSES,
  inWords,
  publishedStatusOf,
  type ActionStatus,
  type Organisation,
  type Priority,
  type PublishedStatus,
} from '../../../../libs/registers/actions/index.ts';

/*
 * How pages say things. A page never prints a code: what the ledger keeps as IN_PROGRESS is read as “In progress”, and 2023-06-30
 * as “30 June 2023”.
 */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `2023-06-30` → `30 June 2023`. */
export function dayInWords(day: CivilDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
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

/** `in progress` → `In progress`. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 action`, `0 actions`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? singular : plural}`;
}

/** The first characters of a text, up to the end of a word. Lists show no more: the record shows it all. */
export function opening(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** `Signed off`. */
export function statusInWords(status: ActionStatus): string {
  return status === 'CONVERTED' ? 'Complete by other means' : capitalised(inWords(status));
}

/** What a public paper would print; `Not in a public list` where it would print nothing. */
export function publishedInWords(published: PublishedStatus | null): string {
  if (published === null) return 'Not in a public list';
  return {
    NO_STATUS: 'No status',
    IN_PROGRESS: 'In progress',
    AWAITING_SIGN_OFF: 'Awaiting sign-off',
    COMPLETE: 'Complete',
  }[published];
}

/** What a public paper means by that, in the words of the ledger: `signed off, complete by other means`. */
export function publishedMeaning(published: PublishedStatus | null): string {
  return ACTION_STATUSES.filter((status) => publishedStatusOf(status) === published)
    .map((status) => statusInWords(status).toLowerCase())
    .join(', ');
}

/** Colour of a status tag. Never the only signal: the tag says the status in words. */
export function statusColour(status: ActionStatus): string {
  switch (status) {
    case 'PROPOSED':
      return 'govuk-tag--purple';
    case 'AGREED':
    case 'IN_PROGRESS':
      return 'govuk-tag--blue';
    case 'REPORTED_COMPLETE':
      return 'govuk-tag--yellow';
    case 'SIGNED_OFF':
    case 'CONVERTED':
      return 'govuk-tag--green';
    case 'DEFERRED':
      return 'govuk-tag--orange';
    case 'MERGED':
    case 'SUPERSEDED':
    case 'WITHDRAWN':
      return 'govuk-tag--grey';
  }
}

export const ORGANISATIONS: { readonly [organisation in Organisation]: string } = {
  OPCC: 'Office of the Police and Crime Commissioner',
  FORCE: 'Police force',
  JOINT: 'Office and force together',
};

export const PRIORITIES: { readonly [priority in Priority]: string } = { HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low' };

/** `Meeting CGB-2023-06-21`: on whose say. */
export function authorityInWords(authority: Authority): string {
  const [kind = '', reference = ''] = Object.entries(authority)[0] ?? [];
  return `${capitalised(kind)} ${reference}`;
}

const POSTS: { readonly [post: string]: string } = {
  commissioner: 'Police and Crime Commissioner',
  'opcc-officer': 'OPCC officer',
  'monitoring-officer': 'Monitoring officer',
  'force-lead': 'Force lead',
  'internal-auditor': 'Internal auditor',
  'jarap-member': 'Audit panel (JARAP) member',
  'panel-member': 'Police and Crime Panel member',
};

/** A post by the name that the directory gives it to this reader; else by what every ledger calls it, else by its reference in words. */
export function postInWords(post: string, name: string | null | undefined): string {
  return name ?? POSTS[post] ?? capitalised(post.replaceAll('-', ' '));
}
