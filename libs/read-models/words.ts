import { ALIKE } from '../ledger/index.ts';

/**
 * Words as a pattern of SQLite's GLOB, for a text of small letters (`lower`): straight and typographic quotes, apostrophes and dashes
 * are the same, and whatever GLOB takes for a sign of its own means itself. Like `lower` it knows the capitals of English alone.
 */
export function globOf(words: string): string {
  return [...words.replace(/[A-Z]/g, (letter) => letter.toLowerCase())]
    .map((character) => {
      const set = ALIKE.find((one) => one.includes(character));
      if (set !== undefined) return `[${set}]`;
      return '*?['.includes(character) ? `[${character}]` : character;
    })
    .join('');
}
