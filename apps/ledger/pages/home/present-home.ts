import type { ActionCount } from '../../../../projections/index.ts';
import type { Visit } from '../frame/visits.ts';
import { publishedInWords } from '../frame/words.ts';
import { publishedSlug } from '../actions/read-filter.ts';
import { PUBLISHED_STATUSES } from '../../../../libs/registers/actions/index.ts';

/** What the ledger holds at the basis, in numbers. */
export interface HomeNumbers {
  readonly byPublished: readonly ActionCount[];
  readonly overdue: number;
  /** Fields of any record of which two sources say different things. */
  readonly contradictions: number;
}

/** A number and where it leads. */
export interface NumberShown {
  readonly label: string;
  readonly count: string;
  readonly href: string | null;
}

export function presentHome(numbers: HomeNumbers, { link, dates }: Pick<Visit, 'link' | 'dates'>) {
  const all = numbers.byPublished.reduce((total, { count }) => total + count, 0);
  const shown = (label: string, count: number, href: string | null): NumberShown => ({
    label,
    count: count.toLocaleString('en-GB'),
    href: count === 0 ? null : href,
  });
  const countOf = (key: string | null) => numbers.byPublished.find((group) => group.key === key)?.count ?? 0;
  const notListed = countOf(null);
  return {
    title: 'Home',
    actions: link('/actions'),
    isToday: dates.on === undefined,
    numbers: [
      shown('All actions', all, link('/actions')),
      ...PUBLISHED_STATUSES.map((status) =>
        shown(publishedInWords(status), countOf(status), link('/actions', [['published', publishedSlug(status)]])),
      ),
      ...(notListed === 0
        ? []
        : [shown('Not in a public list', notListed, link('/actions', [['published', publishedSlug(null)]]))]),
      shown('Overdue', numbers.overdue, link('/actions', [['overdue', 'yes']])),
      shown('Contradictions between sources, in all records', numbers.contradictions, null),
    ],
  };
}
