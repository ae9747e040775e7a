import { totalsAreRows } from './totals.ts';

describe('running totals', () => {
  it('tell what counting the rows tells, at every basis of which they tell anything, live and rebuilt, for each reader', async () => {
    const told = await totalsAreRows(2);
    expect(told.groups).toBeGreaterThan(120);
    expect(told.unable).toBeGreaterThan(100);
    expect(told.largest).toBeGreaterThan(1);
  });
});
