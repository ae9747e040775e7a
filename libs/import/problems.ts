/** What is wrong with an import, where, and what to do about it. */
export interface Problem {
  /** Name of the file inside the folder: `actions.csv`. */
  readonly file: string;
  /** The line on which the row begins, from 1. The header is line 1. */
  readonly line: number;
  readonly column?: string;
  readonly sentence: string;
}

/** More than this helps nobody: the first hundred are listed, the rest are counted. */
export const MOST_PROBLEMS = 100;

/** Collects all problems of a run, so that a person mends a file once and not once for each problem. */
export class Problems {
  #found = 0;
  readonly #listed: Problem[] = [];

  add(problem: { file: string; line: number; column?: string | undefined; sentence: string }): void {
    this.#found += 1;
    if (this.#listed.length >= MOST_PROBLEMS) return;
    const { file, line, column, sentence } = problem;
    this.#listed.push(column === undefined ? { file, line, sentence } : { file, line, column, sentence });
  }

  /** How many there are, listed or not. */
  get found(): number {
    return this.#found;
  }

  /** At most {@link MOST_PROBLEMS}, in the order of the files and, within a file, of its lines. */
  inOrder(files: readonly string[] = []): readonly Problem[] {
    const place = ({ file }: Problem): number => files.indexOf(file);
    return [...this.#listed].sort((a, b) => place(a) - place(b) || a.line - b.line);
  }
}

/** The word that was probably meant, if one of `known` is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const farthest = Math.max(2, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= farthest && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** How many letters must be added, removed or changed to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
