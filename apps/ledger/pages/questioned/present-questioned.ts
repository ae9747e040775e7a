import type { Page } from '../../../../libs/read-models/index.ts';
import type { QuestionOfRecord } from '../../../../projections/index.ts';
import { questionInWords } from '../action/question-in-words.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { counted, opening } from '../../words/phrases.ts';
import { postInWords } from '../../words/values.ts';

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
    incomplete:
      incomplete === 0
        ? null
        : `This list may be incomplete: ${counted(incomplete, 'record')} could not be read in full.`,
  };
}

/** Only actions have a page of their own. */
function recordInWords({ record: { register, ref } }: QuestionOfRecord, link: Visit['link']) {
  if (register === 'actions') return { name: ref, href: link(`/actions/${ref}`) };
  return { name: register === 'meetings' ? `Meeting ${ref}` : postInWords(ref, null), href: null };
}
