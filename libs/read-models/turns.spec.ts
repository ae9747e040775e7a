import { inTurns } from './index.ts';
import { Turn } from './turns.ts';

const many = Array.from({ length: 2_000 }, (_, index) => index);

describe('work on many', () => {
  it('gives what each comes to, in their order', async () => {
    expect(await inTurns(many, async (one) => one * 2)).toEqual(many.map((one) => one * 2));
    expect(await inTurns([], async (one) => one)).toEqual([]);
  });

  it('lets others have their turn before all is done', async () => {
    let done = 0;
    const working = inTurns(many, async () => void (done += 1));
    const seen = await new Promise<number>((resolve) => setImmediate(() => resolve(done)));
    expect([seen > 0, seen < many.length]).toEqual([true, true]);
    await working;
    expect(done).toBe(many.length);
  });
});

describe('work that stops now and then', () => {
  it('gives what it comes to, and lets others have their turn once it has lasted a while', async () => {
    let done = 0;
    function* work(): Generator<void, number> {
      for (; done < 60; done += 1) {
        for (const until = performance.now() + 1; performance.now() < until;);
        yield;
      }
      return done;
    }
    const working = new Turn().goThrough(work());
    const seen = await new Promise<number>((resolve) => setImmediate(() => resolve(done)));
    expect([seen > 0, seen < 60]).toEqual([true, true]);
    expect(await working).toBe(60);
  });
});
