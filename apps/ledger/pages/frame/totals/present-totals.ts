import { londonDayOf } from '../../../../../libs/ledger/index.ts';
import type { Page } from '../../../../../libs/read-models/index.ts';
import { dayInWords, capitalised, counted, type Line, type Piece } from '../../../../../libs/wording/index.ts';
import { addressOf, type Dates } from '../dates.ts';
import { listPath } from '../kind-on-pages.ts';
import { parametersOf } from '../list/read-filter.ts';
import type { Visit } from '../visits.ts';
import { askedOf, type TotalRead } from './read-totals.ts';

/** A total in words, as `totals.njk` draws it. */
export interface TotalShown {
  readonly paper: readonly Line[];
  readonly counts: readonly Line[];
  readonly asAt: string;
  readonly reported: string;
  /** The number that is held, which leads to the list that it counts; and how it differs. */
  readonly then: readonly Line[];
  readonly now: readonly Line[];
}

/** Totals in words. Pure. */
export function presentTotals(page: Page<TotalRead>, visit: Pick<Visit, 'view' | 'dates'>): readonly TotalShown[] {
  return page.edges.map(({ node }) => totalInWords(node, visit));
}

function totalInWords(total: TotalRead, { view, dates }: Pick<Visit, 'view' | 'dates'>): TotalShown {
  const { document, version, paragraph, counts, asAt, knownBy, number, of } = total;
  const place = [version === null ? null : `version ${version}`, paragraph].filter((part) => part !== null).join(', ');
  // A document that bears a day ahead knew no more than is known now.
  const isKnownSince = knownBy < londonDayOf(view.basis.recorded);
  const then: Dates = { ...dates, on: asAt, ...(isKnownSince ? { recorded: knownBy } : {}) };
  return {
    paper: [[document], ...(place === '' ? [] : [[{ text: capitalised(place), written: true as const }]])],
    counts: [
      [counts === null ? { text: 'Its words are not shown' } : { text: `“${counts}”`, written: true }],
      conditionsInWords(total),
    ],
    asAt: dayInWords(asAt),
    reported: of === null ? said(number) : `${said(number)} of ${said(of)}`,
    then: [held(total, total.asKnownThen, then), [{ text: `As known by ${dayInWords(knownBy)}` }]],
    now: [held(total, total.asKnownNow, { ...dates, on: asAt })],
  };
}

const said = (number: number) => number.toLocaleString('en-GB');

function held(total: TotalRead, count: number | null, at: Dates): Line {
  if (count === null) return [{ text: 'Not told: it is counted by something that is not shown to you' }];
  const asked = askedOf(total.kind, total.filter);
  const number: Piece = {
    text: said(count),
    ...(asked === null
      ? {}
      : { href: addressOf(listPath(total.kind), at, parametersOf(total.kind.shown.filters, asked)) }),
  };
  const more = count - total.number;
  if (more === 0) return [number, { text: ', as reported' }];
  return [number, { text: `, ${said(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} than reported` }];
}

/** `Actions. Status: signed off or agreed. Owner: Force lead.` */
function conditionsInWords({ kind: { many, shown }, filter, names }: TotalRead): Line {
  const line: Piece[] = [{ text: `${capitalised(many)}${filter.length === 0 ? '.' : ': '}` }];
  for (const [index, { filter: name, members, ofRecord }] of filter.entries()) {
    const declared = shown.filters[name];
    const called = declared?.called ?? name;
    const end = index === filter.length - 1 ? '.' : '; ';
    if (declared?.kind === 'flag') line.push({ text: `${called}${end}` });
    else if (members !== undefined) {
      const choices = declared?.kind === 'oneOf' ? declared.choices : [];
      const words = members.map((member) => choices.find(({ value }) => value === member)?.words ?? member);
      line.push({ text: `${called}: ${words.join(' or ')}${end}` });
    } else
      line.push(
        { text: `${called}: ` },
        (ofRecord === undefined ? undefined : names.get(ofRecord)) ?? { text: 'not shown' },
        { text: end },
      );
  }
  return line;
}

/** `3 numbers`: the caption of a table of totals. */
export function totalsCounted({ totalCount }: Pick<Page<unknown>, 'totalCount'>): string {
  return counted(totalCount, 'number');
}
