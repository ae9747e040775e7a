import { Buffer } from 'node:buffer';
import { MAX_TEXT_BYTES } from './event.ts';

/**
 * Free words as the ledger writes them. Whatever edge they come through, they are written so before a command is digested, and what
 * must not stand in words is refused (`docs/writing.md`).
 */

/** Words as they are written: without byte-order marks and space around them, and on one line unless their field may have more. */
export function wordsAsWritten(words: string, mayHaveLines: boolean): string {
  const lines = words
    .replaceAll('\uFEFF', '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029]/g, '\n');
  return (mayHaveLines ? lines : lines.replace(/[\n\t]/g, ' ')).trim();
}

/** Control characters but the line feed and the tab, which are laid out. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** Embeddings, overrides and isolates of direction: what is read is not what stands there. Marks of direction stay, scripts need them. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;
const NOTHING_SEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]+$/u;

/** Why words cannot be taken, in a sentence; null when they can. Empty ones can: whether something must be said is another question. */
export function whyNotWords(words: string): string | null {
  if (!words.isWellFormed()) return 'This text holds half of a character.';
  const [control] = CONTROL.exec(words) ?? [];
  if (control !== undefined) return `This text holds a control character (${codeOf(control)}). Take it out.`;
  const [direction] = DIRECTION.exec(words) ?? [];
  if (direction !== undefined)
    return `This text holds a character that turns the direction of writing (${codeOf(direction)}). Take it out.`;
  return NOTHING_SEEN.test(words) ? 'Nothing can be seen of this text. Say something, or leave it out.' : null;
}

/** Why a text is too long to be kept, in a sentence; null when it is not. */
export function whyNotSoLong(text: string): string | null {
  const bytes = Buffer.byteLength(text, 'utf8');
  return bytes > MAX_TEXT_BYTES
    ? `This text has ${bytes} bytes; at most ${MAX_TEXT_BYTES} are kept. Shorten it.`
    : null;
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Characters that people and word processors write for one another. A dash comes first in its set, where it means itself. */
export const ALIKE = ["'‘’‚‛ʼ′`´", '"“”„‟″«»', '-‐‑‒–—―−'] as const;

/** A name as names are compared: capitals, spaces and which quotes and dashes do not matter. Empty where nothing is left. */
export function nameCompared(words: string): string {
  return [...words.normalize('NFKC').toLowerCase().replace(/\s/g, '')]
    .map((character) => ALIKE.find((one) => one.includes(character))?.[0] ?? character)
    .join('');
}
