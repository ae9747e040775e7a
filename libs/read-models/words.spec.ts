import { openDatabase } from '../sqlite/index.ts';
import { globOf } from './words.ts';

const database = openDatabase(':memory:', { durable: false });
afterAll(() => database.close());

function isFound(words: string, text: string): boolean {
  const found = database.prepare<[string, string], number>('select lower(?) glob ?').pluck();
  return found.get(text, `*${globOf(words)}*`) === 1;
}

describe('words that are looked for', () => {
  it.each([
    ["the Chief's letter", 'Read the Chief’s letter'],
    ['the Chief’s letter', "Read the Chief's letter"],
    ["'read' and ‘read’", '‘read’ and ʼread`'],
    ['"public facing"', 'a “public facing” summary'],
    ['„public facing‟', 'a "public facing" summary'],
    ['follow-up', 'a follow–up report'],
    ['follow—up', 'a follow‑up report'],
    ['2023 - 24', '2023 − 24'],
    ['VAWG', 'on vawg'],
  ])('finds %s in %s, whichever quotes, apostrophes and dashes either has', (words, text) => {
    expect([isFound(words, text), isFound(text, words)]).toEqual([true, words.length === text.length]);
  });

  it.each([
    ["don't", 'donut'],
    ['follow-up', 'follow up'],
    ['"read"', "'read'"],
    ['50%', '500'],
    ['a_c', 'abc'],
    ['a*c', 'abc'],
    ['a?c', 'abc'],
    ['[abc]', 'a'],
    ['[a-c]', 'b'],
    ['a^', 'ab'],
  ])('does not find %s in %s', (words, text) => {
    expect(isFound(words, text)).toBe(false);
  });

  it.each(['*', '?', '[', ']', '^', '\\', '%', '_', '[*]', 'a]b', '[^-]', '-', '–-—'])(
    'finds %s where it stands',
    (words) => {
      expect(isFound(words, `before ${words} after`)).toBe(true);
    },
  );

  it('takes English capitals for small letters, and leaves all others as the database does', () => {
    expect(isFound('ÉTÉ', 'ÉTÉ')).toBe(true);
    expect(isFound('ÉTÉ', 'été')).toBe(false);
  });

  it('stays below what the database takes for a pattern, however many dashes there are', () => {
    expect(isFound('—'.repeat(200), '-'.repeat(200))).toBe(true);
  });
});
