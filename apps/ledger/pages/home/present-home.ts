import type { ActionCount } from '../../../../projections/index.ts';
import { ACTION_STATUSES, publishedStatusOf, type ActionStatus } from '../../../../libs/registers/actions/index.ts';
import { parametersOf } from '../actions/read-filter.ts';
import { emptyInWords, type WhyEmpty } from '../actions/why-empty.ts';
import type { Visit } from '../frame/visits.ts';
import { publishedInWords, statusInWords } from '../frame/words.ts';

/** What the ledger holds at the basis, in numbers. */
export interface HomeNumbers {
  readonly byStatus: readonly ActionCount[];
  readonly overdue: number;
  /** Fields of any record of which two sources say different things. */
  readonly contradictions: number;
  /** Set when there is no action. */
  readonly whyEmpty: WhyEmpty | null;
}

/** A number and where it leads. */
export interface NumberShown {
  readonly label: string;
  /** What a public paper prints of the same actions. */
  readonly inPaper: string | null;
  readonly count: string;
  readonly href: string | null;
}

export function presentHome(numbers: HomeNumbers, { link, dates, view }: Pick<Visit, 'link' | 'dates' | 'view'>) {
  const { byStatus, overdue, contradictions, whyEmpty } = numbers;
  const shown = (label: string, count: number, href: string | null, inPaper: string | null = null): NumberShown => ({
    label,
    inPaper,
    count: count.toLocaleString('en-GB'),
    href: count === 0 ? null : href,
  });
  const countOf = (status: ActionStatus) => byStatus.find(({ key }) => key === status)?.count ?? 0;
  return {
    title: 'Home',
    actions: link('/actions'),
    isToday: dates.on === undefined,
    empty: whyEmpty === null ? null : emptyInWords(whyEmpty, { view, dates }),
    numbers: [
      shown(
        'All actions',
        byStatus.reduce((total, { count }) => total + count, 0),
        link('/actions'),
      ),
      ...ACTION_STATUSES.filter((status) => countOf(status) > 0).map((status) =>
        shown(
          statusInWords(status),
          countOf(status),
          link('/actions', parametersOf({ status })),
          publishedInWords(publishedStatusOf(status)),
        ),
      ),
      shown('Overdue', overdue, link('/actions', parametersOf({ overdue: true }))),
      shown('Contradictions between sources, in all records', contradictions, null),
    ],
  };
}
