import type { Basis } from '../../../../libs/read-models/index.ts';
import { dayInWords, capitalised } from '../../../../libs/wording/index.ts';
import { countedForInWords, keptOf, knownByInWords } from '../frame/date-bar.ts';
import { addressOf, recordedInWords, type Dates, type TypedDates } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import {
  BY_CLOSING,
  END_CALLED,
  endParameters,
  ENDS,
  isOfEnds,
  type End,
  type EndProblem,
  type Ends,
  type ReadEnds,
} from './ends.ts';

/** The three bases of a comparison, as they answered. */
export interface ComparedBasesShown {
  readonly told: Basis;
  readonly knownNow: Basis;
  readonly closing: Basis;
}

/** Which dates were compared, in words that hold for all that a page says. Pure. */
export function basesInWords({ before, after }: Ends, { told, knownNow, closing }: ComparedBasesShown) {
  const by = knownByInWords;
  return [
    { called: 'As told', says: `${dayInWords(told.effective)}, from what was recorded by ${by(before, told)}` },
    {
      called: 'As known now',
      says: `${dayInWords(knownNow.effective)}, from what was recorded by ${by(after, closing)}`,
    },
    { called: 'At closing', says: `${dayInWords(closing.effective)}, from what was recorded by ${by(after, closing)}` },
  ];
}

/** `between 30 June 2023 and 9 October 2023`: what tells one comparison from another, for titles. */
export function endsInWords(
  { before, after }: Ends,
  { told, closing }: Pick<ComparedBasesShown, 'told' | 'closing'>,
): string {
  const end = ({ recorded }: Dates, { effective }: Basis) =>
    recorded === undefined
      ? dayInWords(effective)
      : `${dayInWords(effective)} as recorded by ${recordedInWords(recorded)}`;
  return `between ${end(before, told)} and ${end(after, closing)}`;
}

/** What stands at the foot of a page about two dates, also on paper: from what it was answered, and its address with all that this says. Pure. */
export function comparedFrom(
  path: string,
  ends: Ends,
  { told, closing }: ComparedBasesShown,
  { query, dates, view: { reader } }: Pick<Visit, 'query' | 'dates'> & { readonly view: Pick<Visit['view'], 'reader'> },
) {
  const end = (of: Dates, basis: Basis) =>
    `${dayInWords(basis.effective)}, from what was recorded by ${knownByInWords(of, basis)}`;
  const pinnedEnd = ({ effective, recorded }: Basis): Dates => ({ on: effective, recorded });
  const others = keptOf(query).filter(([name]) => !isOfEnds(name));
  const pinned = addressOf(path, clockOf(dates), [
    ...endParameters({ ...ends, before: pinnedEnd(told), after: pinnedEnd(closing) }),
    ...others,
  ]);
  const own = addressOf(path, clockOf(dates), [...endParameters(ends), ...others]);
  return {
    answered: `Compared: ${end(ends.before, told)}; with ${end(ends.after, closing)}. ${countedForInWords(closing, reader)}`,
    pinned: pinned === own ? null : pinned,
  };
}

/** The clock that both ends are on, as the dates of a page say it. */
export function clockOf({ proven }: Dates): Dates {
  return proven === undefined ? {} : { proven };
}

/**
 * Why two comparisons do not add up step by step to a third: what is learned between the second and the third date is moved between the first and the third
 * (docs/comparing.md).
 */
export const STEPS_APART =
  'The two steps together add up over several dates, and each step by itself does not: what became known between a second and a third date, and had happened after the first, is restated when the second is compared with the third, and has moved when the first is.';

/** The form of the two dates, with what was typed. `parameters`: what the page is asked for besides. Pure. */
export function presentEnds(
  path: string,
  { typed, problems, isNamed }: ReadEnds,
  parameters: readonly (readonly [name: string, value: string])[],
) {
  return {
    action: path,
    hidden: parameters.map(([name, value]) => ({ name, value })),
    isOpen: !isNamed || problems.length > 0,
    proven: typed.before.proven,
    ends: ENDS.map((name) => endOf(name, typed[name], problems)),
  };
}

const HINTS = {
  before: {
    on: 'For example, 30 6 2023.',
    recorded: 'What it was told from. Leave empty to count all that is known today.',
  },
  after: {
    on: 'For example, 9 10 2023. Leave empty for today.',
    recorded: 'Leave empty to count all that is known today.',
  },
} as const;

function endOf(name: End, typed: TypedDates, problems: readonly EndProblem[]) {
  return {
    name,
    called: END_CALLED[name],
    typed,
    onHint: HINTS[name].on,
    recordedHint: HINTS[name].recorded,
    wrong: Object.fromEntries(
      problems
        .filter(({ end }) => end === name)
        .map(({ sentence, boxes }) => [fieldOf(boxes), { sentence, parts: boxes.map(partOf) }]),
    ),
  };
}

/** `on-day` is a part of `on`; the time is a field by itself. */
function fieldOf([box = '']: readonly string[]): string {
  return box.replace(/-(?:day|month|year)$/, '');
}

function partOf(box: string): string {
  return box.slice(box.lastIndexOf('-') + 1);
}

/** The parameters that ask a page for a basis between the two: the earlier day, as known at the later date. */
export function betweenEnds({ before, after }: Ends, { knownNow }: Pick<ComparedBasesShown, 'knownNow'>): Dates {
  const { on: _, ...knownAtLater } = after;
  return { ...knownAtLater, on: knownNow.effective, ...(before.proven === true ? { proven: true as const } : {}) };
}

/** The page as it is before there is anything to compare with, and where an end will not do: the form alone. Pure. */
export function presentForm(
  { many }: { readonly many: string },
  heading: string,
  path: string,
  read: ReadEnds,
  parameters: readonly (readonly [name: string, value: string])[],
) {
  return {
    title: `${heading}: choose two dates for the ${many}`,
    errors: read.problems,
    caption: capitalised(many),
    compared: { answered: null, pinned: null },
    ends: presentEnds(path, read, parameters),
  };
}

/** By the rules of which basis bands and colours are, and the way to the other; null of a kind that no rule bands. Pure. */
export function rulesInWords(
  isBanded: boolean,
  ends: Ends,
  path: string,
  parameters: readonly (readonly [name: string, value: string])[],
  { link }: Pick<Visit, 'link'>,
) {
  if (!isBanded) return null;
  const { rule, ...others } = ends;
  const other: Ends = rule === undefined ? { ...others, rule: BY_CLOSING } : others;
  return rule === undefined
    ? {
        says: 'Bands and colours are by the rule that is in force at each of the three.',
        other: {
          text: 'Take all three by the rules at closing',
          href: link(path, [...endParameters(other), ...parameters]),
        },
      }
    : {
        says: 'All bands and colours are by the rules that are in force at closing.',
        other: { text: 'Take each by the rule of its day', href: link(path, [...endParameters(other), ...parameters]) },
      };
}
