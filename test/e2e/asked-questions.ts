import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';

/** One question of the page: in the words of its reader, the operation that asks it, and what it answers from the examples. */
export interface Question {
  readonly words: string;
  /** The post that asks; null for the public. */
  readonly reader: string | null;
  readonly operation: string;
  readonly answer: unknown;
}

const SECTION = /^Asked by [^.`]*(?:\(`([a-z-]+)`\))?\.[^]*?^```graphql\n([^]*?)^```\n[^]*?^```json\n([^]*?)^```\n/m;
const page = readFileSync(join(projectRoot(), 'docs/questions.md'), 'utf8');
/** The sections of the page, whether or not they can be read. */
export const SECTIONS = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({ words: section.slice(0, section.indexOf('\n')), section }));
export const QUESTIONS = SECTIONS.flatMap(({ words, section }): Question[] => {
  const read = SECTION.exec(section);
  if (read === null) return [];
  const [, reader = null, operation, answer] = read;
  return [{ words, reader, operation: operation!, answer: JSON.parse(answer!) as unknown }];
});

/** Is it asked of the illustrative panel, whose records begin like this? */
export const isOfThePanel = ({ operation }: Question): boolean => /"FEN(PANEL|FORCE|OPCC)/.test(operation);
