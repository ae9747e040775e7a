/** How often an answer asked the tables, and how to have it given again. Null: it is given once only, as what is written is. */
export interface Cost {
  readonly questions: number;
  readonly again: (() => Promise<number>) | null;
}

/** What is asked at once is one question, and on a busy machine less is: then an answer is given again so many times at most. */
const MOST_TIMES = 20;

/**
 * Does one of two answers cost more than the other, however often it is given? What one of them took the more only because it was interrupted, it does not
 * take each time.
 */
export async function costsApart(one: Cost, other: Cost): Promise<boolean> {
  let [least, leastOfOther] = [one.questions, other.questions];
  for (let times = 0; least !== leastOfOther && times < MOST_TIMES; times += 1) {
    const dearer = least > leastOfOther ? one : other;
    if (dearer.again === null) return true;
    const questions = await dearer.again();
    if (dearer === one) least = Math.min(least, questions);
    else leastOfOther = Math.min(leastOfOther, questions);
  }
  return least !== leastOfOther;
}
