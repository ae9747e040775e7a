import type { GroupCount } from '../../../../libs/read-models/index.ts';
import { ACTION_SHOWN } from '../../../../libs/registers/actions/index.ts';
import { capitalised } from '../../../../libs/wording/index.ts';
import { listPath } from '../frame/kind-on-pages.ts';
import { parametersOf } from '../frame/list/read-filter.ts';
import { emptyInWords, type WhyEmpty } from '../frame/list/why-empty.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { promisesAt } from '../promises/present-promises.ts';

/** What the ledger holds at the basis, in numbers. */
export interface HomeNumbers {
  readonly byStatus: readonly GroupCount[];
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

const { status: STATUS, published: PUBLISHED } = ACTION_SHOWN.filters;

export function presentHome(numbers: HomeNumbers, { link, dates, view }: Pick<Visit, 'link' | 'dates' | 'view'>) {
  const { byStatus, overdue, contradictions, whyEmpty } = numbers;
  const shown = (label: string, count: number, href: string | null, inPaper: string | null = null): NumberShown => ({
    label,
    inPaper,
    count: count.toLocaleString('en-GB'),
    href: count === 0 ? null : href,
  });
  const actions = (asked: Parameters<typeof parametersOf>[1]) =>
    link(listPath(KINDS.action), parametersOf(ACTION_SHOWN.filters, asked));
  const countOf = (status: string) => byStatus.find(({ key }) => key === status)?.count ?? 0;
  return {
    title: 'Home',
    actions: link(listPath(KINDS.action)),
    isToday: dates.on === undefined,
    empty: whyEmpty === null ? null : emptyInWords(KINDS.action, whyEmpty, { view, dates }),
    parts: [
      ...Object.values(KINDS).map((kind) => ({
        name: capitalised(kind.many),
        href: link(listPath(kind)),
        says: kind.shown.says,
      })),
      {
        name: 'Promises',
        href: promisesAt({}, { link }),
        says: 'What minutes promised, and the actions that keep it.',
      },
    ],
    numbers: [
      shown(
        'All actions',
        byStatus.reduce((total, { count }) => total + count, 0),
        link(listPath(KINDS.action)),
      ),
      ...STATUS.choices
        .filter(({ value }) => countOf(value) > 0)
        .map(({ value, words }) => shown(words, countOf(value), actions({ status: value }), inPaper(value))),
      shown('Overdue', overdue, actions({ overdue: true })),
      shown('Contradictions between sources, in all records', contradictions, null),
    ],
  };
}

/** What a public paper prints of actions in that status. */
function inPaper(status: string): string | null {
  return PUBLISHED.choices.find(({ of }) => (of as readonly string[]).includes(status))?.words ?? null;
}
