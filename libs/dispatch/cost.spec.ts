import { postsOfTheDirectory } from '../policies/index.ts';
import { actingAs, ledgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import type { EventStore } from '../event-store/index.ts';
import type { Register } from '../ledger/index.ts';
import { createDispatch } from './index.ts';

/** What one update of a record that was touched before asks and folds, with so many events behind it. The same figures stand in docs/writing.md. */
async function costOfAnUpdate(events: number) {
  const house = await ledgerInAFolder();
  try {
    const asked = { readStream: 0, readBack: 0, append: 0, other: 0 };
    const folded = { evolve: 0, mayFollow: 0 };
    const { store } = house.ledger;
    const counting = new Proxy(store, {
      get(of, name: keyof EventStore) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        if (name === 'readStream')
          return async (...args: Parameters<EventStore['readStream']>) => {
            const page = await of.readStream(...args);
            asked.readStream += 1;
            asked.readBack += page.events.length;
            return page;
          };
        return (...args: unknown[]) => {
          if (name === 'append') asked.append += 1;
          else if (name !== 'isBefore') asked.other += 1;
          return (value as (...args: unknown[]) => unknown).apply(of, args);
        };
      },
    });
    const registers = house.ledger.registers.map((register): Register => {
      if (register.name !== 'actions') return register;
      return {
        ...register,
        evolve: (state, event) => ((folded.evolve += 1), register.evolve(state, event)),
        mayFollow: (state, event) => ((folded.mayFollow += 1), register.mayFollow(state, event)),
      };
    });
    const dispatch = createDispatch({ ...house.ledger, registers, posts: postsOfTheDirectory, store: counting });
    const as = (post: string) => actingAs(() => dispatch, post);
    await as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const ref = await as('opcc-officer').does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Review',
      owner: 'force-lead',
    });
    await as('commissioner').does({ type: 'AgreeAction', ref });
    const update = () => as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'It goes on.' });
    for (let written = 2; written < events; written += 1) await update();
    Object.assign(asked, { readStream: 0, readBack: 0, append: 0, other: 0 });
    Object.assign(folded, { evolve: 0, mayFollow: 0 });
    await update();
    return { asked, folded };
  } finally {
    await house.remove();
  }
}

describe('one update of an action', () => {
  it('asks the store little, reads nothing of what was written here, and folds no more than what is new, however long the record is', async () => {
    const short = await costOfAnUpdate(5);
    expect(short).toEqual({
      asked: { readStream: 2, readBack: 0, append: 1, other: 0 },
      folded: { evolve: 3, mayFollow: 2 },
    });
    expect(await costOfAnUpdate(60)).toEqual(short);
  });
});
