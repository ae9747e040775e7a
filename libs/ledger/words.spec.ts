import fc from 'fast-check';
import { whyNotWords, wordsAsWritten } from './index.ts';

const LINE = false;
const LINES = true;

describe('words', () => {
  it.each([
    ['a byte-order mark before them', '\uFEFFEstates', 'Estates', 'Estates'],
    ['a byte-order mark within them', 'Est\uFEFFates', 'Estates', 'Estates'],
    ['space around them', ' \u00a0\tEstates\n\n', 'Estates', 'Estates'],
    ['a break within a line', 'Estates:\nthe review', 'Estates: the review', 'Estates:\nthe review'],
    ['a break of Windows', 'Estates:\r\nthe review', 'Estates: the review', 'Estates:\nthe review'],
    ['a break of an old Mac', 'Estates:\rthe review', 'Estates: the review', 'Estates:\nthe review'],
    ['a break of a line or paragraph', 'Estates:\u2028the\u2029review', 'Estates: the review', 'Estates:\nthe\nreview'],
    ['a tab', 'Estates\tthe review', 'Estates the review', 'Estates\tthe review'],
    ['nothing but marks and space', '\uFEFF \r\n', '', ''],
  ])('are written without what no reader sees: %s', (_, words, line, lines) => {
    expect([wordsAsWritten(words, LINE), wordsAsWritten(words, LINES)]).toEqual([line, lines]);
  });

  it.each([
    ['U+0000', 'a\u0000b'],
    ['U+0007', 'a\u0007b'],
    ['U+000B', 'a\u000bb'],
    ['U+001B', '\u001b[31mred'],
    ['U+007F', 'a\u007f'],
    ['U+0085', 'a\u0085b'],
    ['U+202E', 'invoice\u202Efdp.exe'],
    ['U+202A', '\u202AC:\\papers\u202C'],
    ['U+2066', 'a\u2066b\u2069'],
  ])('are not taken with what is not seen and does something: %s', (code, words) => {
    expect(whyNotWords(wordsAsWritten(words, LINES))).toContain(code);
  });

  it.each([
    ['a space of no width', '\u200b'],
    ['joiners alone', '\u200d\u200c\u200d'],
    ['a soft hyphen', '\u00ad \u00ad'],
    ['fillers', '\u3164\u115f'],
    ['an empty pattern of Braille', '\u2800\u2800'],
    ['tags', '\u{e0041}\u{e0042}'],
    ['a selector of variants', '\ufe0f'],
    ['marks of direction', '\u200e\u200f'],
  ])('are not taken where nothing can be seen of them: %s', (_, words) => {
    expect(whyNotWords(words)).toMatch(/^Nothing can be seen/);
  });

  it('are not taken with half of a character', () => expect(whyNotWords('a\ud83d')).toMatch(/half/));

  it.each([
    ['a family', '👨‍👩‍👧'],
    ['a flag of a country', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a heart in colour', '❤️'],
    ['Persian with a joiner that does not join', 'می‌خواهم'],
    ['Sinhala with a joiner', 'ශ්‍රී'],
    ['Hebrew with a mark of direction', 'שלום!\u200f'],
    ['Welsh', 'Heddlu Gogledd Cymru: ŵ ŷ'],
    ['letters and marks apart', 'e\u0301'],
  ])('stay as they are where scripts and emoji need what is not seen: %s', (_, words) => {
    expect([wordsAsWritten(words, LINE), whyNotWords(words)]).toEqual([words, null]);
  });

  it('need not be there: whether something must be said is another question', () => expect(whyNotWords('')).toBeNull());
});

/** Words as they come: letters, and at some places what editors, spreadsheets and attackers put between them. */
const BETWEEN = ['\uFEFF', '\n', '\r\n', '\r', '\t', ' ', '\u2028', '\u200d', '\u200b', '\u0007', '\u202e', '👩‍🚒', 'ී'];
const anyWords = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constantFrom(...BETWEEN)), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
const seeded = { seed: 20231009, numRuns: 3_000 };

/** The rule read character by character, without the expressions of `words.ts`. */
function naively(words: string, isLine: boolean): string {
  let written = '';
  const characters = [...words];
  characters.forEach((character, index) => {
    const isBreak =
      ['\n', '\r', '\u2028', '\u2029'].includes(character) && !(character === '\r' && characters[index + 1] === '\n');
    if (character === '\uFEFF' || (character === '\r' && !isBreak)) return;
    if (isBreak) written += isLine ? ' ' : '\n';
    else written += isLine && character === '\t' ? ' ' : character;
  });
  return written.trim();
}

describe('any words', () => {
  it.each([LINE, LINES])('are written as the rule says, where they may have several lines: %s', (mayHaveLines) => {
    fc.assert(
      fc.property(anyWords, (words) => {
        // A mark of byte order may stand between the two characters of one break of a line.
        const plain = words.replaceAll('\uFEFF', '');
        expect(wordsAsWritten(words, mayHaveLines)).toBe(naively(plain, !mayHaveLines));
      }),
      seeded,
    );
  });

  it('are written once: what is written is written so', () => {
    fc.assert(
      fc.property(anyWords, fc.constantFrom(LINE, LINES), (words, mayHaveLines) => {
        const written = wordsAsWritten(words, mayHaveLines);
        expect(wordsAsWritten(written, mayHaveLines)).toBe(written);
        if (!mayHaveLines) expect(written).not.toMatch(/[\n\r\t\uFEFF\u2028\u2029]/);
      }),
      seeded,
    );
  });

  it('are taken if and only if each of their characters may stand there and one can be seen', () => {
    const isInvisible = (character: string) => /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u.test(character);
    const mayNotStand = (character: string) => {
      const code = character.codePointAt(0)!;
      const isControl = code < 0x20 ? code !== 0x09 && code !== 0x0a : code >= 0x7f && code <= 0x9f;
      return isControl || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    };
    fc.assert(
      fc.property(anyWords, (words) => {
        const written = wordsAsWritten(words, LINES);
        const characters = [...written];
        const unfit =
          characters.some(mayNotStand) || (characters.length > 0 && characters.every((one) => isInvisible(one)));
        expect([written, whyNotWords(written) !== null]).toEqual([written, unfit]);
      }),
      seeded,
    );
  });
});
