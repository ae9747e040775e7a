import { searchIsAScan } from './search.ts';

describe('a search', () => {
  it('finds what looking through all words finds that the reader may read, in every list, also once some are erased', async () => {
    const told = await searchIsAScan(1);
    expect(told.found).toBeGreaterThan(5);
    expect(told.missed).toBeGreaterThan(20);
  });
});
