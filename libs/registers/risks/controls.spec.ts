import fc from 'fast-check';
import { addDays } from '../../ledger/index.ts';
import { ControlsRead, controlsIn, taskedIn } from './controls.ts';
import type { RiskControl } from './state.ts';

const day = (number: number) => addDays('2023-01-01', number);
const on = fc.integer({ min: 0, max: 8 }).map(day);
const control: fc.Arbitrary<RiskControl> = fc
  .record(
    {
      kind: fc.constantFrom('ADDITIONAL', 'EXISTING'),
      standing: fc.constantFrom('NOT_IN_PLACE', 'IN_PLACE', 'GIVEN_UP'),
      targetOn: on,
      inPlaceOn: on,
      assurance: fc.array(fc.record({ line: fc.constantFrom('FIRST', 'THIRD'), effectiveOn: on }), { maxLength: 2 }),
    },
    { requiredKeys: ['kind', 'standing', 'assurance'] },
  )
  .map((one) => one as unknown as RiskControl);
/** Controls of which some are put in the place of others, added or taken away. */
const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.option(control)), { maxLength: 20 });

describe('the controls of a risk, read again and again', () => {
  it('are read as they stand, whatever was read before', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const read = new ControlsRead();
        let controls: readonly RiskControl[] = [];
        for (const [at, one] of all) {
          controls = one === null ? controls.toSpliced(at, 1) : controls.toSpliced(at, at % 2, one);
          const { standing, tasked, targets, assured, inPlace } = read.of(controls);
          const has = controlsIn(controls);
          const third = has.flatMap(({ assurance }) => assurance.filter(({ line }) => line === 'THIRD'));
          const daysOf = {
            targets: taskedIn(controls).flatMap(({ targetOn }) => targetOn ?? []),
            assured: third.map(({ effectiveOn }) => effectiveOn),
            inPlace: controls.flatMap(({ inPlaceOn }) => inPlaceOn ?? []),
          };
          expect([standing, tasked]).toEqual([has.length, taskedIn(controls).length]);
          for (const [days, expected] of [
            [targets, daysOf.targets],
            [assured, daysOf.assured],
            [inPlace, daysOf.inPlace],
          ] as const) {
            const inOrder = expected.toSorted();
            expect([days.first, days.last]).toEqual([inOrder[0] ?? null, inOrder.at(-1) ?? null]);
            for (let from = -1; from <= 9; from += 1)
              expect(days.from(day(from))).toBe(inOrder.find((that) => that >= day(from)) ?? null);
          }
        }
      }),
      { numRuns: 100, seed: 20241130 },
    );
  });
});
