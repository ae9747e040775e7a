import { SHOWN_TO_PANELS } from '../../../../../libs/registers/directory/index.ts';
import type { Page } from '../../../../../libs/read-models/index.ts';
import { listPath, recordPath, type KindOnPages } from '../kind-on-pages.ts';
import { paginationOf } from '../pagination.ts';
import { presentTotals, totalsCounted } from '../totals/present-totals.ts';
import { panelRisksPath } from '../../panel-risks/path.ts';
import type { Visit } from '../visits.ts';
import { capitalised, counted, incompleteInWords, opening } from '../../../../../libs/wording/index.ts';
import { presentMatrix } from './matrix.ts';
import { presentFilters, meaningOf, oneOfFilter } from './present-filters.ts';
import { parametersOf, without } from './read-filter.ts';
import type { ListedRecord, ListRead } from './read-list.ts';
import { emptyInWords } from './why-empty.ts';

const HEADING_SHOWN = 180;

/** What the page of a list says. Pure. */
export function presentList(read: ListRead, visit: Pick<Visit, 'link' | 'dates' | 'view'>) {
  const { kind, asked, problems, page, whyEmpty, incomplete, leavesOut, trail } = read;
  const { shown, many } = kind;
  const parameters = parametersOf(shown.filters, asked);
  return {
    title: capitalised(many),
    says: shown.says,
    many,
    errors: problems,
    tabs: tabsOf(read, visit),
    tabsCalled:
      shown.tabs === undefined ? '' : `${capitalised(many)} by ${filterCalled(kind, shown.tabs.by).toLowerCase()}`,
    beside: besideOf(read, visit),
    ages: agesInWords(read),
    matrix: presentMatrix(read, visit),
    ...presentFilters(read, { path: listPath(kind), parameters: [] }, visit),
    list: rowsOf(
      kind,
      page,
      parameters.length > 0
        ? counted(page.totalCount, `${shown.one} matches`, `${many} match`)
        : counted(page.totalCount, shown.one, many),
      visit,
    ),
    pagination: paginationOf({ path: listPath(kind), parameters, page, trail }, visit),
    totals: totalsOf(read, visit),
    empty: whyEmpty === null ? null : emptyInWords(kind, whyEmpty, visit),
    incomplete: incompleteInWords(incomplete),
    panel: panelInWords(read),
    panelRisks: panelRisksOf(read, visit),
    leftOut: leavesOut
      ? { text: `See those of illustrative bodies`, href: visit.link(listPath(kind), [['illustrative', 'yes']]) }
      : null,
  };
}

/** What papers print of what is listed; there is nothing to show where none does. */
function totalsOf({ kind, totals }: ListRead, visit: Pick<Visit, 'view' | 'dates'>) {
  if (totals === null || totals.totalCount === 0) return null;
  const more = totals.totalCount - totals.edges.length;
  return {
    heading: `Numbers of ${kind.many} that papers report, beside what the ledger holds`,
    total: `${totalsCounted(totals)}${more === 0 ? '' : `, of which the latest ${totals.edges.length} are shown`}`,
    rows: presentTotals(totals, visit),
  };
}

/** Of the bodies that a panel reads: what its members are shown of them, so that nobody takes silence for a full list. */
function panelInWords({ asked, choices }: ListRead): string | null {
  const { readBy } = asked;
  if (typeof readBy !== 'string') return null;
  const called = choices['readBy']?.find(({ value }) => value === readBy)?.text ?? readBy;
  return `The members of ${called} are shown: ${SHOWN_TO_PANELS}`;
}

/** The way to what became of the risks that a panel reads since it last met. */
function panelRisksOf({ kind, asked: { readBy } }: ListRead, { link }: Linking): string | null {
  return kind.kind === 'risk' && typeof readBy === 'string' ? link(panelRisksPath(readBy)) : null;
}

type Linking = Pick<Visit, 'link'>;

function filterCalled({ shown }: KindOnPages, name: string | undefined): string {
  return (name === undefined ? undefined : shown.filters[name]?.called) ?? 'Status';
}

/** A table of records of one kind, as `rows.njk` draws it. */
export interface ShownRows {
  readonly title: string;
  readonly total: string;
  /** What each column is called; the first is the record itself. `status`: null where the kind has none. */
  readonly firstColumn: string;
  readonly status: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly ReturnType<typeof rowOf>[];
}

export function rowsOf(kind: KindOnPages, page: Page<ListedRecord>, total: string, visit: Linking): ShownRows {
  const { shown } = kind;
  return {
    title: capitalised(kind.many),
    total,
    firstColumn: capitalised(shown.one),
    status: shown.status === undefined ? null : filterCalled(kind, shown.tabs?.by),
    columns: shown.columns.map(({ label }) => label),
    rows: page.edges.map(({ node }) => rowOf(node, kind, visit)),
  };
}

function rowOf({ record, heading, beside, illustrative, cells }: ListedRecord, kind: KindOnPages, { link }: Linking) {
  const { shown } = kind;
  const tag = shown.status?.are[shown.status.of(record)];
  return {
    ref: record.ref,
    href: link(recordPath(kind, record.ref)),
    beside,
    heading: heading === null ? shown.unheaded : opening(heading, HEADING_SHOWN),
    // What it leads by tells one record from another, so not the sentence for a name that is not shown.
    byName: shown.byName === true && heading !== null,
    tags: [...(tag === undefined ? [] : [tag]), ...(shown.tags?.(record) ?? [])].map(tagOf),
    mayHaveMoved: record.mayAlreadyHold.length > 0,
    disputed: record.disputed.length > 0,
    illustrative,
    cells,
  };
}

/** A tag of GOV.UK Frontend. */
export function tagOf({ words, colour }: { readonly words: string; readonly colour: string }) {
  return { text: words, classes: `govuk-tag--${colour}` };
}

/** The counts, each of them the list of what it counts: in the words of the rows below. */
function tabsOf(read: ListRead, { link }: Linking) {
  const { kind, asked, counts } = read;
  const { tabs, filters } = kind.shown;
  const by = oneOfFilter(read, tabs?.by);
  if (tabs === undefined || by === null) return [];
  const current = asked[tabs.by];
  const among = oneOfFilter(read, tabs.beside?.filter)?.choices.find(
    ({ value }) => tabs.beside !== undefined && value === asked[tabs.beside.filter],
  )?.of;
  const countOf = (value: string) =>
    among === undefined || among.includes(value) ? (counts.find(({ key }) => key === value)?.count ?? 0) : 0;
  const tab = (text: string, count: number, value: string | undefined) => ({
    text: `${text} (${count.toLocaleString('en-GB')})`,
    href: link(listPath(kind), parametersOf(filters, { ...asked, [tabs.by]: value })),
    active: current === value,
  });
  const all = by.choices.reduce((total, { value }) => total + countOf(value), 0);
  return [
    tab('All', all, undefined),
    ...by.choices
      .filter(({ value }) => countOf(value) > 0 || value === current)
      .map(({ value, words }) => tab(words, countOf(value), value)),
  ];
}

/** The same records in other words, each of which stands for some of those of the tabs and is explained by them. */
function besideOf(read: ListRead, { link }: Linking) {
  const { kind, asked, counts } = read;
  const { tabs, filters } = kind.shown;
  const beside = oneOfFilter(read, tabs?.beside?.filter);
  if (tabs?.beside === undefined || beside === null || counts.length === 0) return null;
  const { filter, heading } = tabs.beside;
  const current = asked[filter];
  const choices = beside.choices.map(({ value, words, of = [] }, index) => {
    const count = counts
      .filter(({ key }) => key !== null && of.includes(key))
      .reduce((total, one) => total + one.count, 0);
    return {
      text: words,
      means: meaningOf(of, read),
      count,
      href:
        count === 0
          ? null
          : link(listPath(kind), parametersOf(filters, { ...without(asked, tabs.by), [filter]: value })),
      current: current === value,
      isLast: index === beside.choices.length - 1,
    };
  });
  // The last, which stands for all that the others do not, is spoken of where there is any.
  return {
    heading,
    choices: choices.filter(({ count, current: isCurrent, isLast }) => count > 0 || isCurrent || !isLast),
  };
}

/** How long what is open has been so: on average, at most, and how many in each band of days. Null where nothing is open. */
function agesInWords({ ages }: ListRead) {
  if (ages === null || ages.averageDays === null || ages.oldestDays === null) return null;
  const days = (count: number) => counted(count, 'day');
  const among = ages.bands.map(({ from, to, count }) => ({
    days: to === null ? `${days(from)} or more` : `${from} to ${days(to)}`,
    count: count.toLocaleString('en-GB'),
  }));
  return {
    summary: `Open for ${days(ages.averageDays)} on average`,
    says: `Of those that are open (${ages.count.toLocaleString('en-GB')}), the oldest has been so for ${days(ages.oldestDays)}.`,
    bands: among,
  };
}
