import { nameInWords, type Shape } from '../../../../libs/declarations/index.ts';
import { MUTATIONS } from '../../../../libs/registers/index.ts';
import { commandInWords } from './addresses.ts';

/* What forms say of fields: what the declarations say to every edge, in the words of people. */

/** What people call fields, by the names that programs have for them. */
export type Labels = ReadonlyMap<string, string>;

/** What a field means. */
export function hintOf({ says }: Pick<Shape, 'says'>, labels: Labels): string {
  return inWords(says, labels).replace(/^Reference of (?:the|an?) /, 'The ');
}

/** A sentence of a declaration. Programs read in it of names of fields and commands, people of what these are called. */
export function inWords(sentence: string, labels: Labels): string {
  return sentence.replace(/`([^`]+)`/g, (_, name: string) => {
    const mutation = MUTATIONS[name];
    return `“${mutation === undefined ? (labels.get(name) ?? nameInWords(name)) : commandInWords(mutation)}”`;
  });
}

/** `Title` → `title`, and `SHA-256` as it is: within a sentence. */
export function withinASentence(label: string): string {
  return /^.[a-z\s]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}
