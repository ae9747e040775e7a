import fc from 'fast-check';
import { differenceBetween, StateKeeper, stateFrom } from './state-differences.ts';

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 1, 'a', 'b'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** What is read back of each state that was kept. */
function readBack(states: readonly unknown[]): readonly unknown[] {
  const keeper = new StateKeeper();
  const kept = states.map((state, index) => keeper.keep(index + 1, state));
  return kept.map(({ base }, index) => stateFrom(kept.slice(base - 1, index + 1).map(({ json }) => json)));
}
/** Characters that n states take. */
function length(states: readonly unknown[]): number {
  const keeper = new StateKeeper();
  return states.reduce<number>((sum, state, index) => sum + keeper.keep(index + 1, state).json.length, 0);
}

describe('states kept as differences', () => {
  it('are read back as they were, whatever lists and objects they hold', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 30 }), (states) => {
        expect(readBack(states)).toEqual(JSON.parse(JSON.stringify(states)));
      }),
      { seed: 20231009, numRuns: 300 },
    );
  });

  it('are kept alike whether or not they share what is alike', () => {
    const shared = { items: [{ a: 1 }], status: 'HELD' };
    const copied = JSON.parse(JSON.stringify(shared)) as typeof shared;
    expect(differenceBetween(shared, copied)).toBeNull();
    expect(differenceBetween(shared, { ...copied, gone: undefined })).toBeNull();
  });

  it.each([
    [
      'at the end of a list',
      (n: number) => ({ items: Array.from({ length: n }, (_, i) => ({ item: i, text: 'minuted' })) }),
    ],
    [
      'at its beginning',
      (n: number) => ({ items: Array.from({ length: n }, (_, i) => ({ item: n - i, text: 'minuted' })) }),
    ],
    [
      'deep within',
      (n: number) => ({ a: { b: [{ c: Array.from({ length: n }, (_, i) => ({ item: i, text: 'minuted' })) }] } }),
    ],
  ])('take four times as much for four times as many entries put %s', (_, stateOf) => {
    const states = (n: number) => Array.from({ length: n }, (_, index) => stateOf(index));
    expect(length(states(400)) / length(states(100))).toBeLessThan(5);
    // The control: whole states take sixteen times as much.
    const whole = (n: number) => JSON.stringify(states(n)).length;
    expect(whole(400) / whole(100)).toBeGreaterThan(12);
  });

  it('are read from no more than twice what the state itself takes', () => {
    const states = Array.from({ length: 300 }, (_, n) => ({ items: Array.from({ length: n }, (_, i) => `item ${i}`) }));
    const keeper = new StateKeeper();
    const kept = states.map((state, index) => keeper.keep(index + 1, state));
    kept.forEach(({ base }, index) => {
      const read = kept.slice(base - 1, index + 1).reduce((sum, { json }) => sum + json.length, 0);
      expect(read).toBeLessThanOrEqual(2 * JSON.stringify(states[index]).length + 100);
    });
  });
});
