import { ALIKE } from '../ledger/index.ts';

/*
 * An index of the trigrams of all words, restricted ones too: every three characters in a row of the words of one part, and in which lines they
 * stand. It finds where words may stand; whether they do, and who may read them, is then asked of the words themselves. What is erased leaves it
 * with its line.
 *
 * To take in a few words costs as much as to take in hundreds. So the latest are read as they are, until there are enough of them.
 */

/** Parts of one event that are told apart by their lines. */
const PARTS_OF_EVENT = 64;
/** So many lines are taken in at once. */
export const LINES_AT_ONCE = 128;
/** Of longer words some trigrams tell enough: all else is asked of the words that these find. */
const MOST_TRIGRAMS = 24;

/** The number of the part of an event, of those that it has from 0 on, among all lines. */
export function lineOf(sequence: number, part: number): number {
  if (part >= PARTS_OF_EVENT) throw new RangeError(`an event has at most ${PARTS_OF_EVENT} parts with words`);
  return sequence * PARTS_OF_EVENT + part;
}

/** SQL: the event of a line. */
export function sequenceOfLine(line: string): string {
  return `${line} / ${PARTS_OF_EVENT}`;
}

export const CREATE_WORDS_INDEX = `
  CREATE VIRTUAL TABLE words_index
    USING fts5(words, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1');
  INSERT INTO words_index (words_index, rank) VALUES ('secure-delete', 1);
  CREATE TABLE words_indexed (upto INTEGER NOT NULL);
  INSERT INTO words_indexed VALUES (0);`;

/** SQL: takes in all that is not in yet. */
export const INDEX_WORDS = `
  INSERT INTO words_index (rowid, words)
    SELECT line, ${asIndexed('content')} FROM texts WHERE sequence > (SELECT upto FROM words_indexed) ORDER BY line;
  UPDATE words_indexed SET upto = coalesce((SELECT max(sequence) FROM texts), 0);`;

/** SQL: takes words out before they are erased. */
export const UNINDEX_WORDS = `
  INSERT INTO words_index (words_index, rowid, words)
    SELECT 'delete', line, ${asIndexed('content')} FROM texts
    WHERE sequence = ? AND part = ? AND sequence <= (SELECT upto FROM words_indexed)`;

/** SQL: words as they are taken in. */
function asIndexed(words: string): string {
  const quoted = (character: string) => `'${character.replace("'", "''")}'`;
  const alike = ALIKE.flatMap(([first, ...others]) => others.map((other) => [other, first!] as const));
  return alike.reduce(
    (sql, [other, first]) => `replace(${sql}, ${quoted(other)}, ${quoted(first)})`,
    `lower(${words})`,
  );
}

/** The same for words that are sought. Pure. */
function asSought(words: string): readonly string[] {
  return [...words.replace(/[A-Z]/g, (letter) => letter.toLowerCase())].map(
    (character) => ALIKE.find((one) => one.includes(character))?.[0] ?? character,
  );
}

/** SQL: all that a column holds, without spaces: by it what is called so, and in no other way, is found. */
export function wholeWord(column: string): string {
  return asIndexed(`replace(${column}, ' ', '')`);
}

/** What {@link wholeWord} is of a column that holds these words. Pure. */
export function wholeWordOf(words: string): string {
  return asSought(words.replace(/\s/g, '')).join('');
}

/**
 * What lines are asked for that may hold these words: all of their trigrams. Null for words that have none, and for those that cannot be told from
 * a shorter text. Pure.
 */
export function trigramsOf(words: string): string | null {
  const characters = asSought(words);
  if (characters.length < 3 || characters.includes('\0')) return null;
  const trigrams = new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')));
  return [...trigrams]
    .slice(0, MOST_TRIGRAMS)
    .map((trigram) => `"${trigram.replaceAll('"', '""')}"`)
    .join(' ');
}
