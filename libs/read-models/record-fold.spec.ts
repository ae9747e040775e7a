import type { Marking, RecordEvent, Register } from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { pastEvent } from '../spec-kit/index.ts';
import type { KnownEvent } from '../timeline/index.ts';
import { RecordFold } from './record-fold.ts';

const register = actions as unknown as Register;
const SENSITIVE: Marking = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' };

/** An event that says how often it is looked at. */
function watched(event: KnownEvent, looked: () => void): KnownEvent {
  return new Proxy(event, {
    get(target, member) {
      looked();
      return Reflect.get(target, member) as unknown;
    },
  });
}

/** How often earlier events are looked at, and facts folded, when one more comes after so many. `parted`: not all saw all of them. */
function costOf(
  earlier: number,
  last: Partial<RecordEvent>,
  parted: boolean,
): { readonly looks: number; readonly folds: number } {
  let looks = 0;
  let folds = 0;
  const counting: Register = {
    ...register,
    evolve(state, event) {
      folds += 1;
      return register.evolve(state, event);
    },
  };
  const fold = new RecordFold(counting, () => null);
  const fact = (index: number, more: Partial<RecordEvent>): KnownEvent => ({
    ...pastEvent('actions', { type: 'UpdateGiven', effectiveOn: '2023-06-21', ...more } as never, index),
    sequence: index,
    recordedAt: '2023-06-21T12:00:00.000Z',
  });
  const opening = { type: 'ActionRaised', facts: { ref: 'CGB-2023-06-A1', body: 'CGB' } };
  for (let index = 1; index <= earlier; index += 1)
    fold.add([
      watched(
        fact(index, index === 1 ? opening : index === 2 && parted ? { marking: SENSITIVE } : {}),
        () => (looks += 1),
      ),
    ]);
  looks = 0;
  folds = 0;
  fold.add([fact(earlier + 1, last)]);
  return { looks, folds };
}

describe('one event more of a record', () => {
  it.each<readonly [string, Partial<RecordEvent>, boolean]>([
    ['a fact that comes last', {}, false],
    ['a fact without a day', { dated: { to: '2023-06-21', how: 'by' } }, false],
    ['a fact that only some may see', { marking: SENSITIVE }, true],
    ['a fact that all may see, after others that only some may', {}, true],
  ])('is folded by itself, with hardly a look at those before: %s', (_, last, parted) => {
    const { looks, folds } = costOf(500, last, parted);
    expect(looks).toBeLessThan(5);
    expect(folds).toBeLessThanOrEqual(parted ? 2 : 1);
  });

  it('has all of them looked at when it is late, amends, or decides who may see what (controls)', () => {
    const late = { effectiveOn: '2023-06-20' };
    const amends = {
      type: 'Corrected',
      facts: { target: 'event-2', schema: 1, path: 'effectiveOn', is: '2023-06-22' },
    };
    const marks = { type: 'Marked', facts: { target: 'event-2', to: { ...SENSITIVE } } };
    const parts = { marking: SENSITIVE };
    for (const last of [late, amends, marks, parts]) expect(costOf(500, last, false).looks).toBeGreaterThan(500);
  });
});
