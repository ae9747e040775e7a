import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a word of the field means: in prose, with the pieces that programs write marked as such. */
export interface Term {
  readonly term: string;
  readonly means: readonly { readonly text: string; readonly code: boolean }[];
}

export interface Glossary {
  readonly terms: readonly Term[];
  /** Acronyms, and what they stand for. */
  readonly acronyms: ReadonlyMap<string, string>;
}

/** The glossary of `docs/glossary.md`: people read on a page what engineers read there, and there is no second copy. */
export function readGlossary(root: string): Glossary {
  return glossaryIn(readFileSync(join(root, 'docs', 'glossary.md'), 'utf8'));
}

/** @throws when a table is not there: a page without its words would say nothing of it */
export function glossaryIn(markdown: string): Glossary {
  const [terms = '', acronyms = ''] = markdown.split(/^## Acronyms$/m);
  const rows = (part: string) =>
    [...part.matchAll(/^\| \*\*(.+?)\*\* \| (.+?) \|/gm)].map(([, term = '', means = '']) => ({ term, means }));
  const glossary = {
    terms: rows(terms).map(({ term, means }) => ({ term, means: piecesOf(means) })),
    acronyms: new Map(rows(acronyms).map(({ term, means }) => [term, means])),
  };
  if (glossary.terms.length === 0 || glossary.acronyms.size === 0) throw new Error('docs/glossary.md holds no words');
  return glossary;
}

/** `an immutable fact: ` in prose, `ActionRaised` as programs write it. */
function piecesOf(means: string): Term['means'] {
  return means
    .split('`')
    .map((text, at) => ({ text, code: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
