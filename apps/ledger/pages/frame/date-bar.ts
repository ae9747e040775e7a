import type { Basis, ViewOfMeeting } from '../../../../libs/read-models/index.ts';
import { KINDS_OF_RECORD, pathOfKind } from '../../../../libs/declarations/index.ts';
import type { Reader } from '../../../../libs/access/index.ts';
import { listCompared } from '../../../../projections/index.ts';
import {
  addressOf,
  asOfDates,
  DATE_PARAMETERS,
  meetingIn,
  recordedInWords,
  type DateProblem,
  type Dates,
  type TypedDates,
} from './dates.ts';
import { endParameters } from '../comparing/ends.ts';
import { dayInWords, instantInWords } from '../../../../libs/wording/index.ts';

/** The date bar as the template takes it. */
export interface DateBar {
  /** Where the boxes are sent: the page itself, with what else it was asked for. */
  readonly action: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly typed: TypedDates;
  /** By field. */
  readonly problems: { readonly [field: string]: string };
  readonly wrongBoxes: readonly string[];
  /** The banner: which view one is looking at. Null for today, from all that is known. */
  readonly banner: string | null;
  /** The same page, today. */
  readonly today: string;
  /** Where these dates are compared with others: of the pages of a kind of record. Null on all others. */
  readonly compare: { readonly text: string; readonly href: string } | null;
  /** What the folded bar says: the day that is shown, and that there are others. */
  readonly shown: string;
  /** One sentence on every page: what was shown, and from what. Null while the dates will not do. */
  readonly answered: string | null;
  /** The same page at an address that names both dates, for whoever is to see the same basis. Null where it has that address already. */
  readonly pinned: string | null;
}

/** What a page must know to show its date bar. */
export interface DateBarContext {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly dates: Dates;
  readonly typed: TypedDates;
  readonly problems?: readonly DateProblem[];
  readonly basis: Basis | null;
  readonly reader: Reader;
}

/** Parameters that belong to a place in a list, which is another list on another date; and to what was recorded just now, or is led to. */
const PLACE_IN_A_LIST = ['after', 'at', 'named', 'cited', 'reported', 'section', 'done', 'event', 'entry'] as const;
/** What an address calls a place in a list: one that is not among these would be carried to another date. */
export type PlaceInAList = (typeof PLACE_IN_A_LIST)[number];

/** What an address asks for beside its dates, for the same page on others. */
export function keptOf(query: URLSearchParams): readonly (readonly [name: string, value: string])[] {
  return [...query].filter(
    ([name, value]) =>
      value !== '' && !DATE_PARAMETERS.includes(name) && !(PLACE_IN_A_LIST as readonly string[]).includes(name),
  );
}

export function presentDateBar({ path, query, dates, typed, problems = [], basis, reader }: DateBarContext): DateBar {
  const kept = keptOf(query);
  return {
    action: path,
    hidden: kept.map(([name, value]) => ({ name, value })),
    typed,
    problems: Object.fromEntries(problems.map(({ field, sentence }) => [field, sentence])),
    wrongBoxes: problems.flatMap(({ boxes }) => boxes),
    banner: basis === null ? null : bannerOf(dates, basis),
    today: addressOf(path, {}, kept),
    compare: basis === null ? null : compareWith(path, dates, kept),
    shown:
      basis === null
        ? 'Dates'
        : `${dates.on === undefined ? 'Today, ' : ''}${dayInWords(basis.effective)} – see another date`,
    answered: basis === null ? null : answeredFrom(dates, basis, reader),
    pinned: basis === null || isPinned(dates, basis) ? null : addressOf(path, pinned(dates, basis), kept),
  };
}

/**
 * Whoever looks back is led to what changed since; whoever does not chooses a date. Of a list what it is narrowed by is kept: it narrows what changed as
 * well.
 */
function compareWith(path: string, dates: Dates, kept: ReturnType<typeof keptOf>): DateBar['compare'] {
  const kind = KINDS_OF_RECORD.find((one) => path === pathOfKind(one) || path.startsWith(`${pathOfKind(one)}/`));
  if (kind === undefined || listCompared(kind) === null) return null;
  const { on, recorded, proven } = dates;
  const isEarlier = on !== undefined || recorded !== undefined;
  const ends = isEarlier ? endParameters({ before: dates, after: {} }) : [];
  const clock = proven === undefined ? {} : { proven };
  return {
    text: isEarlier ? 'Compare with today' : 'Compare with another date',
    href: addressOf(`${pathOfKind(kind)}/compare`, clock, [...(path === pathOfKind(kind) ? kept : []), ...ends]),
  };
}

/** Both dates stand in the address, and the moment is over: the end of today is now, and later another now. */
function isPinned(dates: Dates, basis: Basis): boolean {
  // A meeting may turn out to have been told otherwise.
  return meetingIn(dates) === null && dates.on !== undefined && asOfDates(dates).recorded === basis.recorded;
}

function pinned({ at: _, ...dates }: Dates, { effective, recorded }: Basis): Dates {
  return { ...dates, on: effective, recorded };
}

function bannerOf(dates: Dates, basis: Basis): string | null {
  const { on, recorded, proven } = dates;
  if (on === undefined && recorded === undefined && proven === undefined) return null;
  const meeting = meetingIn(dates);
  const what = meeting === null ? '' : `the meeting ${meeting.meeting} ${AS[meeting.view]}: `;
  const day = on === undefined ? `today, ${dayInWords(basis.effective)}` : dayInWords(on);
  const known =
    recorded !== undefined
      ? `as it was recorded by ${recordedInWords(recorded)}`
      : proven === true
        ? 'as this ledger has recorded it'
        : 'from all that is known today';
  const clock =
    proven === true ? ' Papers that were loaded later count from the moment at which they were loaded here.' : '';
  return `You are looking at ${what}${day}, ${known}.${clock}`;
}

const SEEN_BY: { readonly [audience in Reader['audience']]: string } = {
  public: 'what has been published',
  official: 'what is open to those cleared for OFFICIAL matters',
  full: 'everything that is held here',
};

function answeredFrom(dates: Dates, basis: Basis, reader: Reader): string {
  return `Answered for ${dayInWords(basis.effective)}, from what was recorded by ${knownByInWords(dates, basis)}. ${countedForInWords(basis, reader)}`;
}

/** Up to when what counts was recorded: as it was asked for, else the instant itself. */
export function knownByInWords(dates: Dates, { recorded }: Basis): string {
  return dates.recorded === undefined ? instantInWords(recorded) : recordedInWords(dates.recorded);
}

/** From when papers count, and for whom it was answered. */
export function countedForInWords({ clock }: Basis, { audience, ownsAs }: Reader): string {
  const own = ownsAs === undefined ? '' : ', and everything about what your post owns';
  const papers = clock === 'PROVEN' ? 'when they were loaded here' : 'the dates that they state';
  return `Papers that were loaded later count from ${papers}. You see ${SEEN_BY[audience]}${own}.`;
}

/** How a meeting is looked at. */
const AS: { readonly [view in ViewOfMeeting]: string } = { TOLD: 'as told', KNOWN_NOW: 'as known now' };

/** What a title says of the dates: ` on 30 June 2023`. */
export function titleOfDates(dates: Dates): string {
  const meeting = meetingIn(dates);
  if (meeting !== null) return ` at the meeting ${meeting.meeting} ${AS[meeting.view]}`;
  const { on, recorded } = dates;
  const day = on === undefined ? '' : ` on ${dayInWords(on)}`;
  return recorded === undefined ? day : `${day} as recorded by ${recordedInWords(recorded)}`;
}
