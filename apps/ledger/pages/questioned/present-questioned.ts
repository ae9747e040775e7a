import type { Page } from '../../../../libs/read-models/index.ts';
import type { QuestionOfRecord } from '../../../../projections/index.ts';
import { questionInWords } from '../frame/record/in-question.ts';
import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { KINDS } from '../kinds.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { counted, incompleteInWords, opening, postInWords } from '../../../../libs/wording/index.ts';

/** A question with the title of the action that it is about, as far as the reader may read it. */
export interface ListedQuestion {
  readonly question: QuestionOfRecord;
  readonly title: string | null;
}

export interface QuestionedContext {
  readonly page: Page<ListedQuestion>;
  /** Names of the posts that the list names. */
  readonly posts: ReadonlyMap<string, string>;
  /** Records that the list may lack, because one of their events could not be read. */
  readonly incomplete: number;
  readonly trail: readonly string[];
}

const TITLE_SHOWN = 180;

/** What the page says. Pure. */
export function presentQuestioned(
  { page, posts, incomplete, trail }: QuestionedContext,
  visit: Pick<Visit, 'link' | 'view'>,
) {
  return {
    title: 'In question',
    total: counted(page.totalCount, 'entry in question', 'entries in question'),
    rows: page.edges.map(({ node: { question, title } }) => ({
      ...recordInWords(question, visit.link),
      title: title === null ? null : opening(title, TITLE_SHOWN),
      ...questionInWords(question, posts),
    })),
    pagination: paginationOf({ path: '/questioned', page, trail }, visit),
    empty: page.edges.length === 0 ? 'Nothing that you may see was in question on this date.' : null,
    incomplete: incompleteInWords(incomplete),
  };
}

function recordInWords({ record: { ref } }: QuestionOfRecord, link: Visit['link']) {
  const kind = kindSpelt(ref);
  if (kind === null) return { name: ref, href: null };
  const href = link(recordPath(KINDS[kind], ref));
  if (kind === 'action') return { name: ref, href };
  return { name: kind === 'meeting' ? `Meeting ${ref}` : postInWords(ref, null), href };
}
