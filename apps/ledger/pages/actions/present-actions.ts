import {
  ACTION_STATUSES,
  PUBLISHED_STATUSES,
  publishedStatusOf,
  type ActionStatus,
} from '../../../../libs/registers/actions/index.ts';
import type { ActionCount, TrackedAction } from '../../../../projections/index.ts';
import type { Page } from '../../../../libs/read-models/index.ts';
import type { Visit } from '../frame/visits.ts';
import type { FieldProblem } from '../frame/outcomes.ts';
import { dateParameters } from '../frame/dates.ts';
import { paginationOf } from '../frame/pagination.ts';
import { publishedInWords, publishedMeaning, statusColour, statusInWords } from '../frame/words.ts';
import { datedInWords, dayInWords } from '../../words/days.ts';
import { counted, opening } from '../../words/phrases.ts';
import { emptyInWords, type WhyEmpty } from './why-empty.ts';
import { parametersOf, publishedSlug, statusSlug, type AskedActions } from './read-filter.ts';

/** An action with the words that its row shows, as far as the reader may read them. */
export interface ListedAction {
  readonly action: TrackedAction;
  readonly title: string | null;
  /** Name of the owning post; null while nobody is named. */
  readonly owner: string | null;
  readonly duePhrase: string | null;
  readonly update: string | null;
}

/** A choice that a filter offers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface TrackerContext {
  readonly asked: AskedActions;
  readonly problems: readonly FieldProblem[];
  readonly page: Page<ListedAction>;
  /** Set when the page holds none. */
  readonly whyEmpty: WhyEmpty | null;
  /** By status, of all that is asked for besides the status and what a public paper prints of it. */
  readonly counts: readonly ActionCount[];
  readonly owners: readonly Choice[];
  readonly bodies: readonly Choice[];
  readonly meetings: readonly Choice[];
  /** Records that the list may lack, because one of their events could not be read. */
  readonly incomplete: number;
  /** Cursors of the pages that one has come through, the last being the one before this page. */
  readonly trail: readonly string[];
}

const TITLE_SHOWN = 180;
const UPDATE_SHOWN = 120;

export function presentActions(context: TrackerContext, visit: Pick<Visit, 'link' | 'dates' | 'view'>) {
  const { asked, problems, page, whyEmpty, incomplete, trail } = context;
  const isNarrowed = parametersOf(asked).length > 0;
  return {
    title: 'Actions',
    errors: problems,
    total: isNarrowed
      ? `${counted(page.totalCount, 'action matches', 'actions match')}`
      : counted(page.totalCount, 'action'),
    tabs: tabsOf(context, visit),
    inPaper: inPaperOf(context, visit),
    filter: filterForm(context, visit),
    // A filter that will not do is not in force.
    inForce: problems.length > 0 ? [] : filtersInForce(context, visit),
    clear: visit.link('/actions'),
    rows: page.edges.map(({ node }) => rowOf(node, visit)),
    pagination: paginationOf({ path: '/actions', parameters: parametersOf(asked), page, trail }, visit),
    empty: whyEmpty === null ? null : emptyInWords(whyEmpty, visit),
    incomplete:
      incomplete === 0
        ? null
        : `This list may be incomplete: ${counted(incomplete, 'record')} could not be read in full.`,
  };
}

function rowOf({ action, title, owner, duePhrase, update }: ListedAction, { link }: Pick<Visit, 'link'>) {
  const { ref, state, due, overdue, disputed, mayAlreadyHold } = action;
  const { latestUpdate } = state;
  return {
    ref,
    item: state.item ?? null,
    href: link(`/actions/${ref}`),
    title: title === null ? null : opening(title, TITLE_SHOWN),
    owner: owner ?? 'Nobody named',
    status: { text: statusInWords(state.status), classes: statusColour(state.status) },
    overdue,
    mayHaveMoved: mayAlreadyHold.length > 0,
    disputed: disputed.length > 0,
    due: due.current === null ? null : dayInWords(due.current),
    duePhrase,
    extended: due.extensions === 0 ? null : `extended ${due.extensions === 1 ? 'once' : `${due.extensions} times`}`,
    update: update === null ? null : opening(update, UPDATE_SHOWN),
    updatedOn:
      latestUpdate === undefined
        ? null
        : latestUpdate.dated === undefined
          ? dayInWords(latestUpdate.effectiveOn)
          : datedInWords(latestUpdate.dated),
  };
}

/** The counts, each of them the list of what it counts: in the words of the ledger, which lead on this page. */
function tabsOf({ asked, counts }: TrackerContext, { link }: Pick<Visit, 'link'>) {
  const { status: current, ...others } = asked;
  const { published } = asked;
  const counted = (status: ActionStatus) =>
    published === undefined || publishedStatusOf(status) === published
      ? (counts.find(({ key }) => key === status)?.count ?? 0)
      : 0;
  const tab = (text: string, count: number, status: ActionStatus | undefined) => ({
    text: `${text} (${count.toLocaleString('en-GB')})`,
    href: link('/actions', parametersOf(status === undefined ? others : { ...others, status })),
    active: current === status,
  });
  const all = ACTION_STATUSES.reduce((total, status) => total + counted(status), 0);
  return [
    tab('All', all, undefined),
    ...ACTION_STATUSES.filter((status) => counted(status) > 0 || status === current).map((status) =>
      tab(statusInWords(status), counted(status), status),
    ),
  ];
}

/** The same actions in the words of a public paper, each explained by those of the ledger. */
function inPaperOf({ asked, counts }: TrackerContext, { link }: Pick<Visit, 'link'>) {
  if (counts.length === 0) return [];
  const { status: _status, published: current, ...others } = asked;
  const inPaper = [...PUBLISHED_STATUSES, null].map((published) => {
    const count = counts
      .filter(({ key }) => publishedStatusOf(key as ActionStatus) === published)
      .reduce((total, group) => total + group.count, 0);
    return {
      text: publishedInWords(published),
      means: publishedMeaning(published),
      count,
      href: count === 0 ? null : link('/actions', parametersOf({ ...others, published })),
      current: current === published,
    };
  });
  // What no paper prints is spoken of where there is any.
  return inPaper.filter(({ text, count, current }) => count > 0 || current || text !== publishedInWords(null));
}

function filterForm({ asked, problems, owners, bodies, meetings }: TrackerContext, { dates }: Pick<Visit, 'dates'>) {
  const select = (any: string, choices: readonly Choice[], current: string | undefined) => [
    { value: '', text: any, selected: current === undefined },
    ...choices.map((choice) => ({ ...choice, selected: choice.value === current })),
    // What is asked for is shown even when nothing has it on this date.
    ...(current === undefined || choices.some(({ value }) => value === current)
      ? []
      : [{ value: current, text: current, selected: true }]),
  ];
  const { published, status } = asked;
  const listed = [
    ...[...PUBLISHED_STATUSES, null].map((one) => ({
      value: publishedSlug(one),
      text: `${publishedInWords(one)} (${publishedMeaning(one)})`,
    })),
  ];
  const statuses = ACTION_STATUSES.map((one) => ({ value: statusSlug(one), text: statusInWords(one) }));
  return {
    hidden: dateParameters(dates).map(([name, value]) => ({ name, value })),
    text: asked.text ?? '',
    problem: problems.find(({ id }) => id === 'text')?.sentence ?? null,
    open: problems.length > 0,
    status: select('Any status', statuses, status === undefined ? undefined : statusSlug(status)),
    published: select('Any', listed, published === undefined ? undefined : publishedSlug(published)),
    owner: select('Any owner', owners, asked.owner),
    body: select('Any body', bodies, asked.body),
    meeting: select('Any meeting', meetings, asked.meeting),
    overdue: asked.overdue === true,
  };
}

/** What narrows the list, each with the way to lift it. */
function filtersInForce({ asked, owners, bodies, meetings }: TrackerContext, { link }: Pick<Visit, 'link'>) {
  const named = (choices: readonly Choice[], value: string) =>
    choices.find((choice) => choice.value === value)?.text ?? value;
  const inForce: [name: keyof AskedActions, text: string][] = [];
  if (asked.text !== undefined) inForce.push(['text', `Words: “${opening(asked.text, 60)}”`]);
  if (asked.status !== undefined) inForce.push(['status', `Status: ${statusInWords(asked.status)}`]);
  if (asked.published !== undefined)
    inForce.push(['published', `In a public paper: ${publishedInWords(asked.published)}`]);
  if (asked.owner !== undefined) inForce.push(['owner', `Owner: ${named(owners, asked.owner)}`]);
  if (asked.body !== undefined) inForce.push(['body', `Body: ${named(bodies, asked.body)}`]);
  if (asked.meeting !== undefined) inForce.push(['meeting', `Raised at: ${named(meetings, asked.meeting)}`]);
  if (asked.overdue !== undefined) inForce.push(['overdue', 'Overdue']);
  return inForce.map(([name, text]) => {
    const { [name]: _lifted, ...others } = asked;
    return { text, href: link('/actions', parametersOf(others)) };
  });
}
