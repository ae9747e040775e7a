import type { DelayGroup, Delays } from '../../../../projections/index.ts';
import {
  datedInWords,
  dayInWords,
  monthInWords,
  capitalised,
  counted,
  incompleteInWords,
  opening,
  type Line,
  eventInWords,
} from '../../../../libs/wording/index.ts';
import { paginationOf } from '../frame/pagination.ts';
import { eventPath, recordedInLines } from '../frame/record/entry-in-a-list.ts';
import type { Visit } from '../frame/visits.ts';
import { COUNTED, parametersOf, type Asked, type Counted } from './asked.ts';
import type { EntryRead, LateEntriesRead } from './read-late-entries.ts';

export const LATE_ENTRIES_PATH = '/late-entries';
const WORDS_SHOWN = 160;

/** What the page says. Pure. */
export function presentLateEntries(read: LateEntriesRead, visit: Pick<Visit, 'link' | 'view'>) {
  const { asked, delays, page, incomplete, trail } = read;
  const to = (wanted: Asked) => visit.link(LATE_ENTRIES_PATH, parametersOf(wanted));
  const isOfAll = Object.keys(asked.only).length === 0;
  return {
    title: `Late entries${asked.counted === COUNTED[0] ? '' : ` ${asked.counted.tab.toLowerCase()}`}${onlyInWords(read)}`,
    intro: introOf(delays),
    tabs: COUNTED.map((one) => ({
      text: one.tab,
      href: to({ ...asked, counted: one }),
      active: one === asked.counted,
    })),
    delays: {
      caption: 'Days between the day on which a fact took effect and the day on which it was recorded',
      columns: [asked.counted.column, ...MEASURES.map(([column]) => column)],
      rows: [
        ...delays.groups.map((group) => delayRow(labelOf(group, asked.counted), group, lateIn(group, asked, to))),
        delayRow('All', delays, delays.late === 0 ? null : to({ ...asked, only: {} })),
      ],
    },
    list: {
      heading: `${isOfAll ? 'All late entries' : 'Late entries'}${onlyInWords(read)}`,
      all: isOfAll ? null : to({ ...asked, only: {} }),
      total: counted(page.totalCount, 'late entry', 'late entries'),
      columns: ['Record', 'What happened', 'Took effect', 'Recorded', 'By', 'Entered by'],
      rows: page.edges.map(({ node }) => rowOf(node, visit.link)),
      empty: page.edges.length === 0 ? 'Nothing that you may see was recorded later than is allowed.' : null,
    },
    pagination: paginationOf({ path: LATE_ENTRIES_PATH, parameters: parametersOf(asked), page, trail }, visit),
    incomplete: incompleteInWords(incomplete),
  };
}

function introOf({ count, late, medianDays, ninetiethDays, longestDays }: Delays): string {
  if (count === 0) return 'Nothing that you may see had taken effect by this date.';
  return `Of ${counted(count, 'entry', 'entries')}, ${late.toLocaleString('en-GB')} ${late === 1 ? 'was' : 'were'} late. Half were recorded within ${days(medianDays)} of taking effect, nine of ten within ${days(ninetiethDays)}, and the last after ${days(longestDays)}.`;
}

function days(many: number | null): string {
  return counted(many ?? 0, 'day');
}

const BANDS = ['Ahead', 'Same day', '1 to 7', '8 to 30', '31 to 90', 'More'];
/** The columns of a row, after what it is of. */
const MEASURES: readonly (readonly [column: string, of: (delays: Delays) => number | null])[] = [
  ['Entries', ({ count }) => count],
  ['Late', ({ late }) => late],
  ['Half within', ({ medianDays }) => medianDays],
  ['Nine of ten within', ({ ninetiethDays }) => ninetiethDays],
  ['Longest', ({ longestDays }) => longestDays],
  ...BANDS.map((band, index) => [band, ({ bands }: Delays) => bands[index]!.count] as const),
];

/** A row of figures; `href` leads to its late entries. */
function delayRow(label: string, delays: Delays, href: string | null) {
  return {
    label,
    cells: MEASURES.map(([column, of]) => ({
      column,
      text: of(delays)?.toLocaleString('en-GB') ?? '',
      href: column === 'Late' ? href : null,
    })),
  };
}

/** Nobody can ask for those of a post that is not for them. */
function lateIn({ key, late }: DelayGroup, asked: Asked, to: (wanted: Asked) => string): string | null {
  return key === null || late === 0 ? null : to({ ...asked, only: { [asked.counted.parameter]: key } });
}

function labelOf({ key, label }: DelayGroup, { by }: Counted): string {
  return by === 'MONTH' && key !== null ? monthInWords(key) : capitalised(label);
}

function onlyInWords({ asked: { only }, post }: LateEntriesRead): string {
  const { register, month } = only;
  return [
    only.post === undefined ? '' : `, entered by ${post ?? only.post}`,
    register === undefined ? '' : `, of the register of ${register.replaceAll('-', ' ')}`,
    month === undefined ? '' : `, recorded in ${monthInWords(month)}`,
  ].join('');
}

function rowOf({ entry: { record: ref, event }, record, words, by, enteredBy }: EntryRead, link: Visit['link']) {
  const cells: readonly (readonly Line[])[] = [
    record,
    [
      [{ text: eventInWords(event.type), href: eventPath(ref, event.id, link) }],
      ...(words === null ? [] : [[{ text: `“${opening(words, WORDS_SHOWN)}”`, written: true as const }]]),
    ],
    [[{ text: event.dated === null ? dayInWords(event.effectiveOn) : datedInWords(event.dated) }]],
    recordedInLines(event),
    by === null ? [] : [[by]],
    enteredBy === null ? [] : [[enteredBy]],
  ];
  return cells;
}
