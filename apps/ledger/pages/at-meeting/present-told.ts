import type { NoPoint } from '../../../../libs/read-models/index.ts';
import type { HistoryEvent } from '../../../../projections/index.ts';
import {
  datedInWords,
  dayInWords,
  instantInWords,
  counted,
  incompleteInWords,
  opening,
  type Line,
  eventInWords,
} from '../../../../libs/wording/index.ts';
import { addressOf, meetingParameters, recordedInWords, recordedUntil } from '../frame/dates.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { paginationOf } from '../frame/pagination.ts';
import { eventPath, recordedInLines } from '../frame/record/entry-in-a-list.ts';
import { sourceInWords } from '../frame/record/present-history.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { LISTS, parametersOf, type ListOnPage } from './lists.ts';
import type { FactRead, ToldRead } from './read-told.ts';

const WORDS_SHOWN = 160;

/** The page of the lists of a meeting. */
export function toldPath(ref: string): string {
  return `${recordPath(KINDS.meeting, ref)}/told`;
}

/** What the page says. Pure. */
export function presentTold(read: ToldRead, visit: Pick<Visit, 'link' | 'view'>) {
  const { ref, point, list, page, counts, incomplete, trail } = read;
  const { link } = visit;
  return {
    ...headOf(ref, visit, `${list.heading}, `),
    intro: `It was on ${dayInWords(point.day)}, and was told what had been recorded by ${recordedInWords(recordedUntil(point.cutOff.recorded))}.`,
    ways: waysOf(ref),
    tabs: LISTS.map((one) => ({
      text: `${one.tab} (${(counts.get(one.list) ?? 0).toLocaleString('en-GB')})`,
      href: link(toldPath(ref), parametersOf(one)),
      active: one === list,
    })),
    list: { heading: list.heading, says: list.says },
    total: counted(page.totalCount, 'fact'),
    columns: columnsOf(list),
    rows: page.edges.map(({ node }) => rowOf(node, list, link)),
    empty: page.edges.length === 0 ? list.empty : null,
    pagination: paginationOf({ path: toldPath(ref), parameters: parametersOf(list), page, trail }, visit),
    incomplete: incompleteInWords(incomplete),
    whyNot: null,
  };
}

const WHY_NOT: { readonly [why in Exclude<NoPoint, 'ABSENT'>]: string } = {
  CANCELLED: 'This meeting was cancelled, so nothing was told to it.',
  NO_DAY: 'No day is known for this meeting yet, so nothing can be said of what it was told.',
  AHEAD: 'This meeting lies ahead of the day that you look at, so nothing can be said of what it was told.',
};

/** What the page says of a meeting that is no point in time. Pure. */
export function presentNoPoint(ref: string, why: Exclude<NoPoint, 'ABSENT'>, visit: Pick<Visit, 'link'>) {
  return { ...headOf(ref, visit), whyNot: WHY_NOT[why] };
}

function headOf(ref: string, { link }: Pick<Visit, 'link'>, what = 'What it was told, ') {
  return { title: `${what}meeting ${ref}`, meeting: { ref, href: link(recordPath(KINDS.meeting, ref)) } };
}

/** The ways to the ledger at this meeting. */
function waysOf(meeting: string) {
  const at = (view: 'TOLD' | 'KNOWN_NOW') => addressOf('/', {}, meetingParameters({ meeting, view }));
  return [
    { text: 'See the ledger as it was told', href: at('TOLD') },
    { text: 'See the same day as known now', href: at('KNOWN_NOW') },
  ];
}

function columnsOf({ list }: ListOnPage): readonly string[] {
  const columns = ['Record', 'What happened', 'Took effect', 'Recorded', 'By', 'Source'];
  return list === 'RESTATED_SINCE' ? [...columns, 'Restated since'] : columns;
}

function rowOf({ fact, record, words, by, source }: FactRead, { list }: ListOnPage, link: Visit['link']) {
  const { event, amendedSince } = fact;
  const cells: (readonly Line[])[] = [
    record,
    [
      [{ text: eventInWords(event.type), href: eventPath(fact.record, event.id, link) }],
      ...(words === null ? [] : [[{ text: `“${opening(words, WORDS_SHOWN)}”`, written: true as const }]]),
    ],
    [[{ text: event.dated === null ? dayInWords(event.effectiveOn) : datedInWords(event.dated) }]],
    recordedInLines(event),
    by === null ? [] : [[by]],
    sourceInWords(source) === null ? [] : [[{ text: sourceInWords(source)!, written: true as const }]],
  ];
  if (list !== 'RESTATED_SINCE') return cells;
  return [...cells, amendedSince.map((one) => amendmentInWords(fact.record, one, link))];
}

function amendmentInWords(ref: string, event: HistoryEvent, link: Visit['link']): Line {
  const when = event.stated === null ? instantInWords(event.recordedAt) : dayInWords(event.stated);
  return [{ text: eventInWords(event.type), href: eventPath(ref, event.id, link) }, { text: `, ${when}` }];
}
