import { Recent } from './index.ts';

describe('what was used last', () => {
  it('is kept, and what was set longest ago goes', () => {
    const recent = new Recent<string, number>(2).set('a', 1).set('b', 2).set('c', 3);
    expect([...recent]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('is also what was set again', () => {
    const recent = new Recent<string, number>(2).set('a', 1).set('b', 2);
    recent.set('a', recent.get('a')!).set('c', 3);
    expect([...recent.keys()]).toEqual(['a', 'c']);
  });

  it('makes room for nothing that is there already', () => {
    const recent = new Recent<string, number>(2).set('a', 1).set('b', 2).set('b', 3);
    expect([...recent]).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
  });
});
