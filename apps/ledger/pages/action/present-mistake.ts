import type { Visit } from '../frame/visits.ts';
import { instantInWords } from '../../words/days.ts';
import { postInWords } from '../../words/values.ts';
import { furtherHistoryAt } from './present-action.ts';
import { presentHistory, type TimelineItem } from './present-history.ts';
import { questionInWords, type QuestionInWords } from './question-in-words.ts';
import type { MistakeRead } from './read-action.ts';

/** The page of an action that was recorded by mistake. */
export interface MistakePage {
  readonly title: string;
  readonly ref: string;
  readonly back: string;
  /** Who voided it, when and why: a heading and a line of text each. */
  readonly voided: readonly { readonly key: string; readonly text: string }[];
  readonly questions: readonly QuestionInWords[];
  readonly timeline: readonly TimelineItem[];
  readonly furtherHistory: string | null;
}

export function presentMistake(
  { ref, mistake, history, questions, furtherHistory, posts }: MistakeRead,
  { link, view }: Pick<Visit, 'link' | 'view'>,
): MistakePage {
  const { by, enteredBy, recordedAt } = mistake.event;
  const post = (by ?? enteredBy)?.post;
  return {
    title: `Action ${ref}, recorded by mistake`,
    ref,
    back: link('/actions'),
    voided: [
      ...(post === undefined ? [] : [{ key: 'Voided by', text: postInWords(post, posts.get(post)) }]),
      { key: 'When', text: instantInWords(recordedAt) },
      { key: 'Why', text: mistake.reason ?? 'Not shown: erased, or not for you to see' },
    ],
    questions: questions.map((one) => questionInWords(one, posts)),
    timeline: presentHistory(history, posts),
    furtherHistory: furtherHistoryAt(ref, furtherHistory, { link, view }),
  };
}
