import type { CivilDate, Instant } from '../../../../libs/ledger/index.ts';
import {
  asOfDates,
  dateParameters,
  datesAtMeeting,
  meetingParameters,
  readDates,
  type DateProblem,
  type Dates,
  type DatesAsked,
  type TypedDates,
} from '../frame/dates.ts';
import type { Basis } from '../../../../libs/read-models/index.ts';
import type { FieldProblem } from '../frame/outcomes.ts';

/*
 * The two dates that a page compares. The address holds them (`?before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09`), each as a page
 * holds its own two dates, so that a comparison can be cited. Which clock both are on is said once, as of any page (`clock=proven`).
 */

/** The earlier of the two, and the later. */
export const ENDS = ['before', 'after'] as const;
export type End = (typeof ENDS)[number];
export type Ends = { readonly [end in End]: Dates } & { readonly rule?: typeof BY_CLOSING };
/** All three bases are banded and coloured by the rules that are in force at the later date. */
export const BY_CLOSING = 'closing';
/** As an address asks for them: what a meeting stands for the ledger knows. */
export type EndsAsked = { readonly [end in End]: DatesAsked };

/** What each is called, on the form and where it will not do. */
export const END_CALLED: { readonly [end in End]: string } = { before: 'Earlier date', after: 'Later date' };

export interface ReadEnds {
  /** Null where one of them cannot be read. */
  readonly ends: EndsAsked | null;
  /** False where no earlier one is named: there is nothing to compare with yet. */
  readonly isNamed: boolean;
  readonly typed: { readonly [end in End]: TypedDates };
  /** Came from the boxes of the form: the address is to be written anew. */
  readonly fromBoxes: boolean;
  readonly problems: readonly EndProblem[];
}

/** A box of the form that will not do, with all the boxes that it is about. */
export interface EndProblem extends FieldProblem {
  readonly end: End;
  /** By their names within the end, the first being where the error summary leads. */
  readonly boxes: readonly string[];
}

/** Reads both ends from an address, as written by a link or by the boxes of the form. Of all that will not do each is named. */
export function readEnds(query: URLSearchParams): ReadEnds {
  const read = { before: readDates(ofEnd('before', query)), after: readDates(ofEnd('after', query)) };
  const problems = ENDS.flatMap((end) => {
    const one = read[end];
    return 'problems' in one ? one.problems.map((problem) => problemOf(end, problem)) : [];
  });
  const typed = { before: read.before.typed, after: read.after.typed };
  if ('problems' in read.before || 'problems' in read.after)
    return { ends: null, isNamed: false, typed, fromBoxes: false, problems };
  const ends = { before: askedOf(read.before), after: askedOf(read.after) };
  const isTyped = read.before.fromBoxes || read.after.fromBoxes;
  const fromBoxes = isTyped || ENDS.some((end) => hasViewAlone(end, query));
  if (isNamed(ends.before)) return { ends, isNamed: true, typed, fromBoxes, problems };
  // An address that was opened by hand, or from a page at a date, may have no earlier one yet; of a form that was sent something was typed.
  const isSent = isTyped || (hasViewAlone('before', query) && isNamed(ends.after));
  return { ends, isNamed: false, typed, fromBoxes, problems: isSent ? [NO_EARLIER] : [] };
}

const NO_EARLIER: EndProblem = {
  ...{ id: 'before-on-day', sentence: 'Enter the earlier date' },
  ...{ end: 'before', boxes: ['on-day', 'on-month', 'on-year'] },
};

function askedOf({ dates, meeting }: DatesAsked): DatesAsked {
  return { dates, ...(meeting === undefined ? {} : { meeting }) };
}

/** The form says of every end how a meeting is to be seen, also where there is none. */
function hasViewAlone(end: End, query: URLSearchParams): boolean {
  return query.has(boxOf(end, 'meeting-view')) && !query.has(boxOf(end, 'at-meeting'));
}

function isNamed({ dates: { on, recorded }, meeting }: DatesAsked): boolean {
  return on !== undefined || recorded !== undefined || meeting !== undefined;
}

/** The id of the box of an end: that of its page's own date bar, after the end. */
export function boxOf(end: End, box: string): string {
  return `${end}-${box}`;
}

function problemOf(end: End, { boxes, sentence }: Pick<DateProblem, 'boxes' | 'sentence'>): EndProblem {
  return {
    ...{ end, boxes, id: boxOf(end, boxes[0] ?? 'on-day') },
    sentence: `${END_CALLED[end]}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
  };
}

/** The parameters of one end, by the names that the dates of a page have. */
function ofEnd(end: End, query: URLSearchParams): URLSearchParams {
  const own = [...query].flatMap(([name, value]): [string, string][] => {
    if (name === end) return [['on', value]];
    if (name === 'clock') return [[name, value]];
    return name.startsWith(`${end}-`) ? [[name.slice(end.length + 1), value]] : [];
  });
  return new URLSearchParams(own);
}

/** The parameters that say both ends. The clock is left to the dates of the page. */
export function endParameters(ends: Ends): readonly Parameter[] {
  const rule: readonly Parameter[] = ends.rule === undefined ? [] : [['rule', ends.rule]];
  return [...ENDS.flatMap((end) => endWritten(end, dateParameters(withoutClock(ends[end])))), ...rule];
}

/** The same of what is asked for. */
export function endsAskedFor(ends: EndsAsked): readonly Parameter[] {
  return ENDS.flatMap((end) => {
    const { dates, meeting } = ends[end];
    return endWritten(end, meeting === undefined ? dateParameters(withoutClock(dates)) : meetingParameters(meeting));
  });
}

type Parameter = readonly [name: string, value: string];

function endWritten(end: End, parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.map(([name, value]) => [name === 'on' ? end : boxOf(end, name), value]);
}

function withoutClock({ proven: _, ...dates }: Dates): Dates {
  return dates;
}

/** What both ends stand for, as the ledger answered them. */
export function endsAnswered(ends: EndsAsked, answered: { readonly told: Basis; readonly closing: Basis }): Ends {
  const of = ({ dates, meeting }: DatesAsked, basis: Basis) =>
    meeting === undefined ? dates : datesAtMeeting(meeting, basis);
  return { before: of(ends.before, answered.told), after: of(ends.after, answered.closing) };
}

/** Every parameter of an address that belongs to the two ends, as a link or as the form writes them. */
export function isOfEnds(name: string): boolean {
  return name === 'rule' || ENDS.some((end) => isOf(end, name));
}

export function isOf(end: End, name: string): boolean {
  return name === end || name.startsWith(`${end}-`);
}

/** The day and the moment on which somebody compares: neither end lies ahead of them. */
export interface Now {
  readonly effective: CivilDate;
  readonly recorded: Instant;
}

/**
 * What is at fault with an end, in the words of the form; null for what is no part of it. Of two that are the wrong way round it is said which of their
 * boxes to turn.
 * @param field as the ledger names it: `before.effective`
 */
export function atFault(field: string, sentence: string, ends: EndsAsked, now: Now): EndProblem | null {
  const [end, part] = field.split('.');
  if (end !== 'before' && end !== 'after') return null;
  const { effective, recorded } = asOfDates(ends[end].dates);
  const isAhead =
    part === 'effective'
      ? effective !== undefined && effective > now.effective
      : recorded !== undefined && recorded > now.recorded;
  switch (part) {
    case 'effective':
      return problemOf(end, {
        boxes: ends[end].meeting === undefined ? ['on-day', 'on-month', 'on-year'] : ['at-meeting'],
        sentence: isAhead
          ? 'The date must be today or in the past'
          : 'The date lies after the later one: turn the two dates round',
      });
    case 'recorded':
      return problemOf(end, {
        boxes: ends[end].meeting === undefined ? ['recorded-day', 'recorded-month', 'recorded-year'] : ['at-meeting'],
        sentence: isAhead
          ? 'The date recorded by must be now or in the past'
          : 'The date recorded by lies after that of the later one: turn the two dates recorded by round',
      });
    case 'meeting':
    case 'view':
      return problemOf(end, { boxes: ['at-meeting'], sentence: sentence.replace(/\.$/, '') });
    default:
      return null;
  }
}
