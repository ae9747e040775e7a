import { setImmediate as turn } from 'node:timers/promises';
import { randomNumbers } from '../../test/e2e/random-numbers.ts';
import { holdings } from './holding.ts';

const only = (...alone: string[]) => ({ alone, shared: [] });

describe('what commands hold', () => {
  it('is held by one alone or shared by many, and never both, however many come and whatever more they try for', async () => {
    const { hold } = holdings();
    const chance = randomNumbers(7);
    const some = (most: number) =>
      Array.from({ length: Math.floor(chance() * most) }, () => `n${Math.floor(chance() * 6)}`);
    const alone = new Map<string, number>();
    const shared = new Map<string, number>();
    const count = (in_: Map<string, number>, name: string, by: number) => in_.set(name, (in_.get(name) ?? 0) + by);
    let had = 0;
    let missed = 0;
    const mustBeApart = (name: string) => {
      const [one, many] = [alone.get(name) ?? 0, shared.get(name) ?? 0];
      if (one > 1 || (one === 1 && many > 0)) throw new Error(`${name} is held by ${one} alone and by ${many}`);
    };
    const command = async () => {
      const wanted = { alone: new Set(some(2)), shared: new Set(some(3)) };
      const held = await hold(wanted);
      const mine = {
        alone: new Set(wanted.alone),
        shared: new Set([...wanted.shared].filter((name) => !wanted.alone.has(name))),
      };
      for (const name of mine.alone) count(alone, name, 1);
      for (const name of mine.shared) count(shared, name, 1);
      for (const name of some(4)) {
        if (chance() < 0.5) await turn();
        const takes = chance() < 0.3;
        const got = takes ? held.take(name) : held.share(name);
        if (got) had += 1;
        else missed += 1;
        if (!got || mine.alone.has(name) || (!takes && mine.shared.has(name))) continue;
        if (mine.shared.delete(name)) count(shared, name, -1);
        mine[takes ? 'alone' : 'shared'].add(name);
        count(takes ? alone : shared, name, 1);
      }
      [...mine.alone, ...mine.shared].forEach(mustBeApart);
      for (const name of mine.alone) count(alone, name, -1);
      for (const name of mine.shared) count(shared, name, -1);
      held.release();
    };
    // Nobody waits for ever: all of them end.
    await Promise.all(Array.from({ length: 2_000 }, command));
    expect(Math.min(had, missed)).toBeGreaterThan(200);
    expect([...alone.values(), ...shared.values()].every((left) => left === 0)).toBe(true);
  });

  it('comes in the order of asking: who wants a name alone is not passed by those who share it', async () => {
    const { hold } = holdings();
    const order: string[] = [];
    const first = await hold({ alone: [], shared: ['a'] });
    const alone = hold(only('a')).then((held) => (order.push('alone'), held));
    const late = hold({ alone: [], shared: ['a'] }).then((held) => (order.push('late'), held));
    expect((await hold(only('b'))).share('a')).toBe(false);
    await turn();
    expect(order).toEqual([]);
    first.release();
    (await alone).release();
    (await late).release();
    expect(order).toEqual(['alone', 'late']);
  });

  it('is given all at once, so that two who want the same two in different order both get them', async () => {
    const { hold } = holdings();
    const both = [hold(only('a', 'b')), hold(only('b', 'a'))];
    for (const one of both) (await one).release();
    (await hold(only('a', 'b'))).release();
  });
});
