import type { Page } from '../../../../libs/read-models/index.ts';
import { MINUTED_COLUMNS } from '../../../../libs/registers/meetings/index.ts';
import { counted, incompleteInWords, type Line } from '../../../../libs/wording/index.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';

/** Which promises an address asks for. */
export interface PromisesAsked {
  /** Of the minutes of this meeting alone. */
  readonly meeting?: string;
  /** Those that an action keeps, or those that none does. */
  readonly kept?: boolean;
}

export interface PromisesContext {
  /** Each promise as the cells of its row, drawn. */
  readonly page: Page<readonly (readonly Line[])[]>;
  readonly counts: { readonly kept: number; readonly others: number };
  /** Records that the list may lack, because one of their events could not be read. */
  readonly incomplete: number;
  readonly trail: readonly string[];
  readonly asked: PromisesAsked;
}

export const PROMISES_PATH = '/promises';

/** The address of those that an address asks for. */
export function promisesAt(asked: PromisesAsked, { link }: Pick<Visit, 'link'>): string {
  return link(PROMISES_PATH, parametersOf(asked));
}

function parametersOf({ meeting, kept }: PromisesAsked): readonly (readonly [name: string, value: string])[] {
  return [
    ...(meeting === undefined ? [] : [['meeting', meeting] as const]),
    ...(kept === undefined ? [] : [['kept', kept ? 'yes' : 'no'] as const]),
  ];
}

/** What the page says. Pure. */
export function presentPromises(
  { page, counts, incomplete, trail, asked }: PromisesContext,
  visit: Pick<Visit, 'link' | 'view'>,
) {
  const { meeting, kept } = asked;
  const of = meeting === undefined ? {} : { meeting };
  const tab = (text: string, count: number, which: PromisesAsked) => ({
    text: `${text} (${count.toLocaleString('en-GB')})`,
    href: promisesAt({ ...of, ...which }, visit),
    active: which.kept === kept,
  });
  return {
    title: 'Promises',
    meeting: meeting === undefined ? null : { ref: meeting, href: visit.link(recordPath(KINDS.meeting, meeting)) },
    all: visit.link(PROMISES_PATH),
    tabs: [
      tab('All', counts.kept + counts.others, {}),
      tab('Kept as an action', counts.kept, { kept: true }),
      tab('No action', counts.others, { kept: false }),
    ],
    total: counted(page.totalCount, 'promise', 'promises'),
    columns: ['Meeting', ...MINUTED_COLUMNS],
    rows: page.edges.map(({ node }) => node),
    pagination: paginationOf({ path: PROMISES_PATH, parameters: parametersOf(asked), page, trail }, visit),
    empty: page.edges.length === 0 ? 'No promise like this that you may see had been minuted by this date.' : null,
    incomplete: incompleteInWords(incomplete),
  };
}
