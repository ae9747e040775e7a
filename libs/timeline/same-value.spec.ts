import { sameValue } from './same-value.ts';

describe('two values', () => {
  it.each([
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [undefined, undefined],
  ])('%j and %j are the same', (a, b) => {
    expect(sameValue(a, b)).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: 1 }, { a: '1' }],
    [[1, 2], [1]],
    [[], {}],
    [{}, []],
    [null, {}],
    [undefined, {}],
    [{ a: null }, {}],
    [new Map([[1, 2]]), new Map([[1, 2]])],
  ])('%j and %j are not', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
  });
});
