import { OF_BODIES, type FilterShown, type OneOfFilter } from '../../../../../libs/declarations/index.ts';
import { opening } from '../../../../../libs/wording/index.ts';
import { dateParameters } from '../dates.ts';
import type { Visit } from '../visits.ts';
import { parametersOf, slugOf, without } from './read-filter.ts';
import type { Choice, Narrowed } from './read-narrowed.ts';

/** The page that is narrowed: its address, and what that says besides filters and dates. */
export interface NarrowedPage {
  readonly path: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** What a page says of what narrows it: the form, and what is in force. Pure. `filters.njk` draws it. */
export function presentFilters(read: Narrowed, page: NarrowedPage, visit: Pick<Visit, 'link' | 'dates'>) {
  return {
    path: page.path,
    filter: filterForm(read, page, visit),
    // A filter that will not do is not in force.
    inForce: read.problems.length > 0 ? [] : filtersInForce(read, page, visit),
    clear: visit.link(page.path, page.parameters),
  };
}

const TYPED_SHOWN = 60;

/** A control of the form, by its macro. */
function filterForm(read: Narrowed, { parameters }: NarrowedPage, { dates }: Pick<Visit, 'dates'>) {
  const { asked, problems } = read;
  const controls = offeredFilters(read).map(([name, filter]) => ({
    ...{ name, label: filter.label, problem: problems.find(({ id }) => id === name)?.sentence ?? null },
    ...controlOf(name, filter, read),
  }));
  return {
    hidden: [...parameters, ...dateParameters(dates)].map(([name, value]) => ({ name, value })),
    open: problems.length > 0,
    // Words to look for stand above the rest, which share two columns.
    wide: controls.filter(({ isWide }) => isWide),
    columns: halves(controls.filter(({ isWide }) => !isWide)),
    asked: Object.keys(asked).length,
  };
}

/** By bodies, where there is anything to choose: most ledgers have no panels and nothing illustrative. */
function offeredFilters({ kind, asked, choices, leavesOut }: Narrowed): readonly (readonly [string, FilterShown])[] {
  return Object.entries(kind.shown.filters).filter(([name, filter]) => {
    if (!Object.hasOwn(OF_BODIES, name) || asked[name] !== undefined) return true;
    return filter.kind === 'flag' ? leavesOut : (choices[name]?.length ?? 0) > 0;
  });
}

function controlOf(name: string, filter: FilterShown, read: Narrowed) {
  const { asked, choices } = read;
  const current = asked[name];
  const select = (any: string, among: readonly Choice[], value: string | undefined) => [
    { value: '', text: any, selected: value === undefined },
    ...among.map((choice) => ({ ...choice, selected: choice.value === value })),
  ];
  switch (filter.kind) {
    case 'words':
      return { control: 'input', isWide: true, value: current ?? '' };
    case 'number':
      return {
        control: 'input',
        isWide: false,
        value: current ?? '',
        hint: `A number from ${filter.least} to ${filter.most}`,
      };
    case 'flag':
      return { control: 'checkbox', isWide: false, checked: current === true };
    case 'oneOf': {
      const among = filter.choices.map(({ value, words, of }) => ({
        value: slugOf(value),
        text: of === undefined ? words : `${words} (${meaningOf(of, read)})`,
      }));
      return {
        control: 'select',
        isWide: false,
        items: select(filter.any, among, typeof current === 'string' ? slugOf(current) : undefined),
      };
    }
    case 'link': {
      const among = choices[name] ?? null;
      if (among === null) return { control: 'input', isWide: false, value: current ?? '', hint: 'Its reference' };
      return {
        control: 'select',
        isWide: false,
        items: select(filter.any, among, typeof current === 'string' ? current : undefined),
      };
    }
  }
}

/** What another word for some states means, in the words of the tabs: `signed off, complete by other means`. */
export function meaningOf(of: readonly string[], read: Pick<Narrowed, 'kind'>): string {
  const by = oneOfFilter(read, read.kind.shown.tabs?.by);
  return (by?.choices ?? [])
    .filter(({ value }) => of.includes(value))
    .map(({ words }) => words.toLowerCase())
    .join(', ');
}

function halves<One>(all: readonly One[]): readonly (readonly One[])[] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
}

/** What narrows the list, each with the way to lift it. */
function filtersInForce(
  { kind, asked, choices }: Narrowed,
  { path, parameters }: NarrowedPage,
  { link }: Pick<Visit, 'link'>,
) {
  const { filters } = kind.shown;
  return Object.entries(filters).flatMap(([name, filter]) => {
    const value = asked[name];
    if (value === undefined) return [];
    const text = inForce(filter, value, choices[name] ?? []);
    return [{ text, href: link(path, [...parameters, ...parametersOf(filters, without(asked, name))]) }];
  });
}

function inForce(filter: FilterShown, value: string | true, choices: readonly Choice[]): string {
  const { called } = filter;
  if (value === true) return called;
  switch (filter.kind) {
    case 'words':
      return `${called}: “${opening(value, TYPED_SHOWN)}”`;
    case 'oneOf':
      return `${called}: ${filter.choices.find((one) => one.value === value)?.words ?? value}`;
    default:
      return `${called}: ${choices.find((one) => one.value === value)?.text ?? value}`;
  }
}

/** A filter of a few choices by its name; null for any other. */
export function oneOfFilter({ kind: { shown } }: Pick<Narrowed, 'kind'>, name: string | undefined): OneOfFilter | null {
  const filter = name === undefined ? undefined : shown.filters[name];
  return filter?.kind === 'oneOf' ? filter : null;
}
