import rfc8785 from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, canonicalJson, NotCanonical, parseCanonical } from './json.ts';

const anyJson = fc.letrec((self) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
    fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
    fc.array(self('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key.isWellFormed() && !/^\d+$/.test(key) && key !== '__proto__'),
      self('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('canonical JSON', () => {
  it('is what RFC 8785 says, for everything that it accepts', () => {
    fc.assert(
      fc.property(anyJson, (value) => canonicalJson(value) === rfc8785(value)),
      { seed: 8785, numRuns: 500 },
    );
  });

  it('gives the same bytes again after JSON.parse and JSON.stringify, as EventStoreDB does to it', () => {
    fc.assert(
      fc.property(anyJson, (value) => JSON.stringify(JSON.parse(canonicalJson(value))) === canonicalJson(value)),
      { seed: 23, numRuns: 500 },
    );
  });

  it('sorts keys by UTF-16 code units, as RFC 8785 §3.2.3 prints them', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, a: 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.keys(JSON.parse(canonicalJson(keys)) as object)).toEqual([
      '\r',
      'a',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([
    ['a fraction', 0.5],
    ['a number beyond 2^53', 2 ** 53],
    ['minus zero', -0],
    ['not a number', NaN],
    ['a lone surrogate', '\ud800'],
    ['a key that looks like an integer', { 7: 'x' }],
    ['__proto__', JSON.parse('{"__proto__": 1}')],
    ['a date object', new Date(0)],
    ['undefined in a list', [undefined]],
    ['33 levels', Array.from({ length: 33 }).reduce((inner: unknown) => [inner], 1)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });

  it('reads only bytes that are in canonical form', () => {
    expect(parseCanonical(canonicalBytes({ b: 1, a: 'é' }))).toEqual({ a: 'é', b: 1 });
    for (const text of ['{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', '1.0', '{"a":"\\u0041"}', '{']) {
      expect(() => parseCanonical(Buffer.from(text))).toThrow(NotCanonical);
    }
  });
});
