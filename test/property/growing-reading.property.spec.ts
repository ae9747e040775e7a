import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { REGISTERS } from '../../libs/registers/index.ts';
import { amend, fold, GrowingReading, type Foldable, type KnownEvent } from '../../libs/timeline/index.ts';
import { histories } from './histories.ts';
import { SUBJECTS } from './worlds.ts';

const NUM_RUNS = Number(process.env['HISTORIES'] ?? 150);

/** At any time, in whatever order events come to be known, a growing reading is what reading all that is known anew gives. */
function growsAsItReads(words: (typeof SUBJECTS)[string][0]): void {
  const register = REGISTERS.find(({ name }) => name === words.register) as unknown as Foldable<unknown, KnownEvent>;
  // Mostly in the order of the log, with a few that come to be known late.
  const late = fc.array(fc.nat({ max: 20 }), { maxLength: 4 });
  fc.assert(
    fc.property(histories(words), late, fc.boolean(), (events, moved, isPlain) => {
      // Where some fact is before another all is read anew, so half of them have none.
      const order = events.map(({ before, ...event }) =>
        isPlain || before === undefined ? event : { ...event, before },
      );
      for (const at of isPlain ? [] : moved) order.push(...order.splice(at % order.length, 1));
      const reading = new GrowingReading<unknown, KnownEvent>(register, order.slice(0, 2));
      const known = order.slice(0, 2);
      for (const event of order.slice(2)) {
        reading.know(event);
        known.push(event);
        // Asked for now and then, so that states are kept and have to be let go again.
        if (known.length % 2 === 0) reading.stateAfter(reading.amended.length);
        const amended = amend(register, known);
        if (!isDeepStrictEqual(reading.amended, amended)) throw new Error(`other facts after ${event.id}`);
        for (let count = 0; count <= amended.length; count += known.length % 2 === 0 ? 1 : amended.length + 1)
          if (!isDeepStrictEqual(reading.stateAfter(count), fold(register, amended.slice(0, count))))
            throw new Error(`another state after ${count} facts, once ${event.id} was known`);
      }
    }),
    { numRuns: NUM_RUNS, seed: 16 },
  );
}

it.each(Object.entries(SUBJECTS))('a reading that grows is one made anew: %s', (_, [words]) => {
  growsAsItReads(words);
});
