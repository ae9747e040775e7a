import { questionsOfRecord, type Question } from '../../../../../projections/index.ts';
import {
  datedInWords,
  dayInWords,
  instantInWords,
  postInWords,
  eventInWords,
} from '../../../../../libs/wording/index.ts';
import { tagOf } from '../list/present-list.ts';
import type { RecordPart } from './record-part.ts';

/** Facts of the record that later ones put in question. */
export const inQuestion: RecordPart = {
  template: 'frame/record/in-question.njk',
  async show({ visit, ref, drawing }) {
    const questions = await questionsOfRecord(visit.view, ref);
    if (questions.length === 0) return null;
    const posts = questions.flatMap(({ of }) => (of.register === 'directory' ? [of.ref] : []));
    const names = await Promise.all(posts.map(async (post) => [post, (await drawing.named(post)).text] as const));
    return { tag: IN_QUESTION, questions: questions.map((one) => questionInWords(one, new Map(names))) };
  },
};

const IN_QUESTION = tagOf({ words: 'In question', colour: 'orange' });

/** What is in question of a record, in words. */
export interface QuestionInWords {
  /** `Signed off, 22 June 2023`: the fact that is in question. */
  readonly about: string;
  readonly why: string;
  /** The fact of another record that puts it in question. */
  readonly because: string;
}

/** @param posts names of posts, as far as the reader may know them */
export function questionInWords(
  { about, why, fact, of }: Pick<Question, 'about' | 'why' | 'fact' | 'of'>,
  posts: ReadonlyMap<string, string>,
): QuestionInWords {
  const when = about.dated === undefined ? dayInWords(about.effectiveOn) : datedInWords(about.dated);
  return {
    about: `${eventInWords(about.type)}, ${when}`,
    why: WHY[why](of.ref, postInWords(of.ref, posts.get(of.ref))),
    because: `${nameOf(of, posts)}: ${eventInWords(fact.type).toLowerCase()}, ${dayInWords(fact.effectiveOn)}; recorded ${instantInWords(fact.recordedAt)}`,
  };
}

const WHY: { readonly [why in Question['why']]: (ref: string, post: string) => string } = {
  AUTHORITY_NOT_HELD: (ref) =>
    `The meeting ${ref}, which is its authority, was not held by then, or not in time to decide it.`,
  AUTHORITY_NOT_MADE: (ref) => `The decision ${ref}, which is its authority, was not made by then, or held no longer.`,
  OWN_WORK: (_, post) =>
    `By what is now known of the post ${post}, somebody who did it or typed it had held a post whose work it was.`,
};

function nameOf({ register, ref }: Question['of'], posts: ReadonlyMap<string, string>): string {
  if (register === 'meetings') return `Meeting ${ref}`;
  return register === 'decisions' ? `Decision ${ref}` : postInWords(ref, posts.get(ref));
}
