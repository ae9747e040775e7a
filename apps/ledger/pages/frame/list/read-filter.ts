import { kindOfRecord, type FiltersShown, type FilterShown } from '../../../../../libs/declarations/index.ts';
import type { AnyAsked } from '../kind-on-pages.ts';
import { badAddress, type FieldProblem } from '../outcomes.ts';

/** `in-progress`: one of a few choices in an address. */
export function slugOf(value: string): string {
  return value.toLowerCase().replaceAll('_', '-');
}

/**
 * Reads what is asked for. A text that is too long is said to whoever typed it, and its beginning kept.
 * @throws PageProblem for a choice that no form offers: nothing is shown rather than another list than the one asked for
 */
export function readAsked(
  filters: FiltersShown,
  query: URLSearchParams,
): { readonly asked: AnyAsked; readonly problems: readonly FieldProblem[] } {
  const asked: { [filter: string]: string | true } = {};
  const problems: FieldProblem[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const wanted = query.get(name);
    if (wanted === null) continue;
    const { value, problem } = READ[filter.kind](name, wanted, filter as never);
    if (value !== undefined && value !== '') asked[name] = value;
    if (problem !== undefined) problems.push({ id: name, sentence: problem });
  }
  return { asked, problems };
}

interface ReadValue {
  readonly value?: string | true;
  readonly problem?: string;
}
type FilterOf<Kind extends FilterShown['kind']> = Extract<FilterShown, { readonly kind: Kind }>;

const READ: {
  readonly [Kind in FilterShown['kind']]: (name: string, wanted: string, filter: FilterOf<Kind>) => ReadValue;
} = {
  words: (_, wanted, { most }) => {
    const typed = wanted.trim();
    const value = typed.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
    return typed.length <= most
      ? { value }
      : { value, problem: `Words to look for must be ${most} characters or fewer: the first of yours are kept` };
  },
  oneOf: (name, wanted, { choices }) => {
    const choice = choices.find(({ value }) => slugOf(value) === wanted);
    if (choice === undefined) throw noSuchChoice(name);
    return { value: choice.value };
  },
  link: (name, wanted, { record }) => {
    if (!kindOfRecord(record).spelling.test(wanted)) throw noSuchChoice(name);
    return { value: wanted };
  },
  number: (_, typed, { called, least, most }) => {
    const wanted = typed.trim();
    // A form that was sent with nothing typed asks for nothing.
    if (wanted === '') return {};
    const number = Number(wanted);
    return Number.isInteger(number) && number >= least && number <= most
      ? { value: String(number) }
      : { problem: `${called} must be a whole number from ${least} to ${most}` };
  },
  flag: (name, wanted) => {
    if (wanted !== 'yes') throw noSuchChoice(name);
    return { value: true };
  },
};

function noSuchChoice(name: string) {
  return badAddress(`It asks for a choice of “${name}” that there is not.`);
}

/** The parameters that ask for this, in the order of the form. */
export function parametersOf(filters: FiltersShown, asked: AnyAsked): [name: string, value: string][] {
  return Object.entries(filters).flatMap(([name, { kind }]): [string, string][] => {
    const value = asked[name];
    if (value === undefined) return [];
    return [[name, value === true ? 'yes' : kind === 'oneOf' ? slugOf(value) : value]];
  });
}

/** What is asked for, without these filters. */
export function without(asked: AnyAsked, ...filters: readonly (string | undefined)[]): AnyAsked {
  return Object.fromEntries(Object.entries(asked).filter(([name]) => !filters.includes(name)));
}
