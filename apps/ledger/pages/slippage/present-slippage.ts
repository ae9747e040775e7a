import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { londonDayOf, type CivilDate } from '../../../../libs/ledger/index.ts';
import type { Page } from '../../../../libs/read-models/index.ts';
import type {
  MoveOfDate,
  SlippageCount,
  SlippageGrouping,
  SlippedDate,
  StepOfDate,
} from '../../../../projections/index.ts';
import {
  dayInWords,
  capitalised,
  counted,
  incompleteInWords,
  opening,
  type Line,
} from '../../../../libs/wording/index.ts';
import { dateParameters } from '../frame/dates.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { GROUPINGS, KINDS_OF_MOVE, parametersOf, REGISTERS_SHOWN, type SlippageAsked } from './asked.ts';

/** A move, with what the reader may read of who and why. */
export interface MoveRead {
  readonly move: MoveOfDate;
  readonly by: string | null;
  readonly authority: string | null;
  readonly reason: string | null;
}

export interface DateRead {
  readonly date: SlippedDate;
  readonly record: readonly Line[];
  readonly owner: readonly Line[];
  readonly heading: string | null;
  readonly moves: readonly MoveRead[];
}

export interface SlippageContext {
  readonly asked: SlippageAsked;
  /** In groups; null: each date. */
  readonly counts: readonly SlippageCount[] | null;
  readonly page: Page<DateRead> | null;
  /** Records that the list may lack, because one of their events could not be read. */
  readonly incomplete: number;
  readonly trail: readonly string[];
}

export const SLIPPAGE_PATH = '/slippage';
const TITLE_SHOWN = 180;
const COLUMNS = ['Record', 'Owner', 'First due', 'Due now', 'Moves', 'In all'];
const COLUMNS_OF_GROUPS = [
  ...['Dates', 'Moves', 'Put off', 'Brought forward', 'With their meeting', 'After the old date', 'Beyond the policy'],
  'Days in all',
];

/** What the page says. Pure. */
export function presentSlippage(
  { asked, counts, page, incomplete, trail }: SlippageContext,
  visit: Pick<Visit, 'link' | 'view' | 'dates'>,
) {
  const { by, ...narrowed } = asked;
  const at = (wanted: SlippageAsked) => visit.link(SLIPPAGE_PATH, parametersOf(wanted));
  const isEmpty = (page?.edges ?? counts ?? []).length === 0;
  return {
    title: by === undefined ? 'Slippage' : `Slippage ${tabOf(by).toLowerCase()}`,
    tabs: [
      { text: 'Each date', href: at(narrowed), active: by === undefined },
      ...GROUPINGS.map((one) => ({ text: one.text, href: at({ ...narrowed, by: one.by }), active: one.by === by })),
    ],
    filters: filtersOf(asked, visit),
    narrowing: narrowingOf(asked, at),
    total: page === null ? null : counted(page.totalCount, 'due date that was moved', 'due dates that were moved'),
    columns: by === undefined ? COLUMNS : [tabOf(by).replace(/^By /, ''), ...COLUMNS_OF_GROUPS].map(capitalised),
    rows: page?.edges.map(({ node }) => rowOf(node, visit)) ?? [],
    groups: counts?.map((count) => groupOf(count, asked, at)) ?? [],
    pagination:
      page === null ? null : paginationOf({ path: SLIPPAGE_PATH, parameters: parametersOf(asked), page, trail }, visit),
    empty: isEmpty ? 'No due date like this that you may see had been moved by this date.' : null,
    incomplete: incompleteInWords(incomplete),
  };
}

function tabOf(by: SlippageGrouping): string {
  return GROUPINGS.find((one) => one.by === by)!.text;
}

/** The form that narrows the list: what it does not hold of the address is kept. */
function filtersOf(asked: SlippageAsked, { dates }: Pick<Visit, 'dates'>) {
  const { register, kind, late, breached, ...kept } = asked;
  const select = (
    all: string,
    among: readonly { readonly value: string; readonly text: string }[],
    chosen?: string,
  ) => [
    { value: '', text: all, selected: chosen === undefined },
    ...among.map((one) => ({ ...one, selected: one.value === chosen })),
  ];
  const kinds = KINDS_OF_MOVE.map(({ called, text }) => ({ value: called, text }));
  return {
    path: SLIPPAGE_PATH,
    kept: [...parametersOf(kept), ...dateParameters(dates)].map(([name, value]) => ({ name, value })),
    registers: select(
      'All registers',
      REGISTERS_SHOWN.map((one) => ({ value: one.register, text: one.text })),
      register,
    ),
    kinds: select('Any move', kinds, KINDS_OF_MOVE.find((one) => one.kind === kind)?.called),
    late: late === true,
    breached: breached === true,
  };
}

/** What a link of this page narrows it by, each with the way to the list without it. */
function narrowingOf(asked: SlippageAsked, at: (asked: SlippageAsked) => string) {
  const { owner, body, publication, month } = asked;
  const without = (name: keyof SlippageAsked) =>
    at(Object.fromEntries(Object.entries(asked).filter(([one]) => one !== name)));
  return [
    ...(owner === undefined ? [] : [{ text: `Owner: ${owner}`, href: without('owner') }]),
    ...(body === undefined ? [] : [{ text: `Body: ${body}`, href: without('body') }]),
    ...(publication === undefined ? [] : [{ text: `Published in: ${publication}`, href: without('publication') }]),
    ...(month === undefined ? [] : [{ text: `First due in ${monthInWords(month)}`, href: without('month') }]),
  ];
}

function groupOf(count: SlippageCount, asked: SlippageAsked, at: (asked: SlippageAsked) => string) {
  const { key, label } = count;
  const { by, ...narrowed } = asked;
  const narrows = key === null ? null : { [NARROWED_BY[by!]]: key };
  return {
    text: capitalised(by === 'MONTH' && key !== null ? monthInWords(key) : label),
    href: narrows === null ? null : at({ ...narrowed, ...narrows }),
    figures: [
      ...[count.count, count.moves, count.extended, count.broughtForward, count.movedWithMeeting],
      ...[count.late, count.breached, count.totalDays],
    ].map((figure) => figure.toLocaleString('en-GB')),
  };
}

const NARROWED_BY: { readonly [By in SlippageGrouping]: keyof SlippageAsked } = {
  OWNER: 'owner',
  BODY: 'body',
  PUBLICATION: 'publication',
  MONTH: 'month',
  REGISTER: 'register',
};

function monthInWords(month: string): string {
  return dayInWords(`${month}-01`).replace(/^1 /, '');
}

function rowOf({ date, record, owner, heading, moves }: DateRead, { link }: Pick<Visit, 'link'>): (readonly Line[])[] {
  const { of, original, current, totalDays, beside } = date;
  const said = [
    ...(heading === null ? [] : [[{ text: opening(heading, TITLE_SHOWN), written: true as const }]]),
    ...(of === '' ? [] : [[{ text: of === 'paper' ? 'Its paper' : 'One of its controls' }]]),
  ];
  return [
    [...record, ...said],
    owner.length === 0 ? [[{ text: 'Nobody' }]] : [...owner],
    [[{ text: dayOr(original) }]],
    [[{ text: dayOr(current) }]],
    [
      ...moves.flatMap((move) => moveInLines(move, link)),
      ...beside.map((one): Line => [
        entryOf(one.kind === 'DEFERRED' ? 'Deferred' : 'Set anew', one, link),
        { text: `${one.to === null ? '' : ` to ${dayInWords(one.to)}`}: no move of its due date` },
      ]),
    ],
    [[{ text: `${counted(moves.length, 'move')}, ${counted(totalDays, 'day')}` }]],
  ];
}

function moveInLines({ move, by, authority, reason }: MoveRead, link: Visit['link']): readonly Line[] {
  const { kind, from, to, days, knownAt, afterItPassed, breaches } = move;
  const what = KINDS_OF_MOVE.find((one) => one.kind === kind)!.text;
  const on = `recorded on ${dayInWords(londonDayOf(knownAt))}`;
  const details = [
    ` from ${dayOr(from)} to ${dayOr(to)}${days === null ? '' : `, ${counted(Math.abs(days), 'day')}${days < 0 ? ' earlier' : ''}`}`,
    ...(authority === null ? [] : [`on the authority of ${authority}`]),
    ...(by === null ? [] : [`by ${by}`]),
    afterItPassed === true ? `${on}, after the old date had passed` : on,
    ...breaches.map((breach) => BREACHES[breach] ?? ''),
  ];
  return [
    [entryOf(what, move, link), { text: details.join('; ') }],
    ...(reason === null ? [] : [[{ text: `“${reason}”`, written: true as const }]]),
  ];
}

/** What an extension did not keep of a policy. The others are none of an extension. */
const BREACHES: { readonly [breach: string]: string | undefined } = {
  EXTENDED_TOO_OFTEN: 'more often than the policy in force then lets',
  EXTENDED_TOO_LATE: 'once its date had passed, which the policy in force then does not let',
  NO_REASON: 'without the reason that the policy in force then asks for',
  NO_AUTHORITY: 'without the named authority that the policy in force then asks for',
};

/** The way to the entry on the page of its record. */
function entryOf(text: string, { record, event }: Pick<StepOfDate, 'record' | 'event'>, link: Visit['link']) {
  const kind = kindSpelt(record);
  return kind === null ? { text } : { text, href: `${link(recordPath(KINDS[kind], record))}#event-${event}` };
}

function dayOr(day: CivilDate | null): string {
  return day === null ? 'no known day' : dayInWords(day);
}
