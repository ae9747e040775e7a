import fc from 'fast-check';
import { addDays, BEGINNING_OF_DAYS, type CivilDate } from '../../ledger/index.ts';
import { PARTIES, type Party } from '../../rules/index.ts';
import { ROUTE_NUMBERS, routeNumbered, standingAt } from './closing.ts';
import type { Word } from './fields.ts';
import type { MadeRecommendation, WordSaid } from './state.ts';
import { inOneLine, saidIn, standsBy, underRoutes } from './under-routes.ts';

const LAST: CivilDate = '2023-03-01';

const said: fc.Arbitrary<readonly WordSaid[]> = fc
  .array(
    fc.record({
      on: fc.nat(20),
      party: fc.constantFrom<Party>(...PARTIES),
      word: fc.constantFrom<Word>('DONE', 'PARTLY', 'NOT_DONE'),
    }),
    { maxLength: 8 },
  )
  .map((words) =>
    words
      .sort((a, b) => a.on - b.on)
      .map(
        ({ on, ...word }, index) =>
          ({ ...word, event: `e${index}`, effectiveOn: addDays('2023-01-02', on) }) as unknown as WordSaid,
      ),
  );

const routes = fc
  .array(fc.record({ on: fc.nat(25), number: fc.constantFrom(...ROUTE_NUMBERS) }), { maxLength: 3 })
  .map((turns) => [
    { from: BEGINNING_OF_DAYS, parties: routeNumbered(3) },
    ...turns
      .sort((a, b) => a.on - b.on)
      .map(({ on, number }) => ({ from: addDays('2023-01-02', on), parties: routeNumbered(number) })),
  ]);

/** A recommendation of which nothing but words is known. */
const stateOf = (words: readonly WordSaid[]) =>
  ({ status: 'MADE', said: words, reopenings: [], begun: true }) as unknown as MadeRecommendation;

describe('where the words of a recommendation bring it, for tables', () => {
  it('is under each route that never changed what its page says under that route', () => {
    fc.assert(
      fc.property(said, (words) => {
        const under = underRoutes(words);
        for (const number of ROUTE_NUMBERS) {
          const route = [{ from: BEGINNING_OF_DAYS, parties: routeNumbered(number) }];
          const { status, reopenedByWords } = standingAt(stateOf(words), route, LAST);
          const has = (mask: number) => ((mask >> number) & 1) === 1;
          expect([
            number,
            has(under.closed) && 'CLOSED',
            has(under.submitted) && 'SUBMITTED',
            has(under.reported) && 'REPORTED_COMPLETE',
            has(under.reopened),
          ]).toEqual([
            number,
            status === 'CLOSED' && status,
            status === 'SUBMITTED' && status,
            status === 'REPORTED_COMPLETE' && status,
            reopenedByWords.length > 0,
          ]);
        }
      }),
      { seed: 13 },
    );
  });

  it('is the same of the words in one line, under routes that change', () => {
    fc.assert(
      fc.property(said, routes, fc.nat(30), (words, turns, on) => {
        const day = addDays('2023-01-02', on);
        const until = words.filter(({ effectiveOn }) => effectiveOn <= day);
        const standing = standingAt(stateOf(until), turns, day);
        const told = standsBy(saidIn(inOneLine(until)), turns, day);
        expect(told.step ?? 'IN_PROGRESS').toBe(standing.status);
        expect(told.closedOn).toBe(standing.closed?.on ?? null);
        expect(told.isReopened).toBe(standing.reopenedByWords.length > 0);
        const owner = standing.words.OWNER;
        if (owner?.counts === true && owner.word === 'DONE') expect(told.ownerDoneOn).toBe(owner.effectiveOn);
        else expect(told.ownerDoneOn).toBe(told.closedOn);
      }),
      { seed: 13 },
    );
  });

  it('is nowhere while nobody has said anything', () => {
    expect(underRoutes([])).toEqual({ closed: 0, submitted: 0, reported: 0, reopened: 0 });
    expect([inOneLine([]), saidIn(null)]).toEqual([null, []]);
  });
});
