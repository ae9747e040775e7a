import fc from 'fast-check';
import { whyNotJson } from './why-not-json.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('why a text is no JSON', () => {
  it.each([
    ['', 'it is empty'],
    ['  \n ', 'it is empty'],
    ['{"query": "{\n ledger }"}', 'line 1, column 13, a line break stands within a string; write it as \\n'],
    ['{"query":\n "{\t}"}', 'line 2, column 4, a tab stands within a string; write it as \\t'],
    ['{"query": "\u0001"}', 'line 1, column 12, a control character stands within a string'],
    ['{"query": "\\x"}', 'line 1, column 12, a backslash stands before what it cannot escape'],
    ['{"query": "\\u12"}', 'line 1, column 12, a backslash stands before what it cannot escape'],
    ['{"query": "{ ledger }', 'line 1, column 11, the string that begins there does not end'],
    ["{'query': 1}", 'line 1, column 2, the name of a member in double quotes was expected'],
    ['{“query”: 1}', 'line 1, column 2, the name of a member in double quotes was expected'],
    ['{query: 1}', 'line 1, column 2, the name of a member in double quotes was expected'],
    ['{"query" 1}', 'line 1, column 10, a colon was expected'],
    ['{"query": ledger}', 'line 1, column 11, a value was expected'],
    ['{"query": True}', 'line 1, column 11, a value was expected'],
    ['{"a": 1 "b": 2}', 'line 1, column 9, a comma or the closing bracket was expected'],
    ['{"a": 01}', 'line 1, column 8, a comma or the closing bracket was expected'],
    ['{"a": [1, 2}', 'line 1, column 12, a comma or the closing bracket was expected'],
    ['{"a": 1,}', 'line 1, column 9, the name of a member in double quotes was expected'],
    ['[1,]', 'line 1, column 4, a value was expected'],
    ['{"query": "{ ledger }"', 'line 1, column 23, it ends where a comma or the closing bracket was expected'],
    ['{"a":', 'line 1, column 6, it ends where a value was expected'],
    ['{"a": 1} x', 'line 1, column 10, it should have ended before'],
    ['query { ledger }', 'line 1, column 1, a value was expected'],
  ])('of %j says %s', (text, words) => {
    expect(isJson(text)).toBe(false);
    expect(whyNotJson(text)).toContain(words);
  });

  it('finds something wrong with exactly those texts that are none', () => {
    const pieces = fc.constantFrom(
      ...'{}[],:"\\ \n\t\r'.split(''),
      'true',
      'null',
      '1',
      '-',
      '.5',
      'e9',
      'u00e9',
      'é',
      '\u0001',
      '""',
      '"a":',
    );
    const spoiled = fc.tuple(fc.json(), fc.nat(), pieces, fc.boolean()).map(([text, at, piece, replaces]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(replaces ? place + 1 : place);
    });
    const texts = fc.oneof(
      fc.json(),
      spoiled,
      fc.array(pieces, { maxLength: 12 }).map((one) => one.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(whyNotJson(text) === null).toBe(isJson(text));
      }),
      { seed: 20231009, numRuns: 3_000 },
    );
  });

  it('reads a mebibyte of brackets, of digits and of one string to the end', () => {
    const long = 1024 * 1024;
    expect(whyNotJson('['.repeat(long))).toContain('it ends where a value or the closing bracket was expected');
    expect(whyNotJson('9'.repeat(long))).toBeNull();
    expect(whyNotJson(`"${'\\n'.repeat(long)}"`)).toBeNull();
  });

  it('repeats nothing of what was sent', () => {
    fc.assert(
      fc.property(fc.constantFrom('{"a": ', '[', '', '{'), (before) => {
        expect(whyNotJson(`${before}swordfish`) ?? '').not.toContain('swordfish');
      }),
    );
  });
});
