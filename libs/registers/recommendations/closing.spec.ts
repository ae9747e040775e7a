import fc from 'fast-check';
import { addDays, BEGINNING_OF_DAYS, type CivilDate } from '../../ledger/index.ts';
import { PARTIES, type Party, type RouteFrom } from '../../rules/index.ts';
import {
  ROUTE_NUMBERS,
  routeNumber,
  routeNumbered,
  standingAt,
  Standings,
  standingUnder,
  type Standing,
} from './closing.ts';
import type { RecommendationStatus, Word } from './fields.ts';
import { underRoutes } from './under-routes.ts';
import type { MadeRecommendation, WordSaid } from './state.ts';

const DAY_0: CivilDate = '2023-01-02';
const day = (number: number): CivilDate => addDays(DAY_0, number);

type Said = readonly [on: number, party: Party, word: Word];
type Told = readonly [from: number, parties: readonly Party[]];

function saidOf(words: readonly Said[]): readonly WordSaid[] {
  return words.map(([on, party, word], index) => ({
    event: `word-${index}`,
    effectiveOn: day(on),
    by: null,
    byPerson: null,
    enteredBy: 'opcc-officer',
    enteredByPerson: null,
    authority: null,
    party,
    word,
  }));
}

/** As the fold leaves it at the end of a day: with what was said by then. */
function stateOn(on: number, words: readonly Said[], more: Partial<MadeRecommendation> = {}): MadeRecommendation {
  const said = saidOf(words).filter(({ effectiveOn }) => effectiveOn <= day(on));
  return {
    status: 'MADE',
    owner: 'force-lead',
    said,
    reopenings: [],
    begun: said.length > 0,
    ...more,
  } as MadeRecommendation;
}

function routesOf(first: readonly Party[], later: readonly Told[] = []): readonly RouteFrom[] {
  return [
    { from: BEGINNING_OF_DAYS, parties: first },
    ...later.map(([from, parties]) => ({ from: day(from), parties })),
  ];
}

const OFFICE_CLOSES = routesOf(['OWNER', 'OFFICE']);

describe('where a recommendation stands', () => {
  const statusOn = (on: number, words: readonly Said[], routes = OFFICE_CLOSES): RecommendationStatus =>
    standingAt(stateOn(on, words), routes, day(on)).status;

  it('is reported complete by its owner, and closed by whoever else the route asks for', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [3, 'OFFICE', 'DONE'],
    ];
    expect([0, 1, 2, 3].map((on) => statusOn(on, words))).toEqual([
      'ALLOCATED',
      'REPORTED_COMPLETE',
      'REPORTED_COMPLETE',
      'CLOSED',
    ]);
    const all = routesOf(PARTIES);
    expect([1, 3].map((on) => statusOn(on, words, all))).toEqual(['REPORTED_COMPLETE', 'SUBMITTED']);
    expect(standingAt(stateOn(3, words), all, day(3)).waitingFor).toEqual(['AUDITOR', 'ORIGINATOR']);
  });

  it('is in progress again when another party says that it is not whole, and its owner must say so anew', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [2, 'AUDITOR', 'PARTLY'],
      [3, 'OFFICE', 'DONE'],
      [4, 'OWNER', 'DONE'],
    ];
    expect([1, 2, 3, 4].map((on) => statusOn(on, words))).toEqual([
      'REPORTED_COMPLETE',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'CLOSED',
    ]);
    expect(standingAt(stateOn(3, words), OFFICE_CLOSES, day(3)).words.OWNER).toMatchObject({
      word: 'DONE',
      counts: false,
    });
  });

  it('stays closed whatever a party says whom the route does not ask for', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [1, 'OFFICE', 'DONE'],
      [2, 'ORIGINATOR', 'NOT_DONE'],
    ];
    expect(statusOn(2, words)).toBe('CLOSED');
    expect(standingAt(stateOn(2, words), OFFICE_CLOSES, day(2)).outOfStep).toEqual([
      { parties: ['OWNER', 'ORIGINATOR'], since: day(2) },
      { parties: ['OFFICE', 'ORIGINATOR'], since: day(2) },
    ]);
  });

  it('is opened again by a party of the route, and all that was said before counts no more', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [1, 'OFFICE', 'DONE'],
      [5, 'OFFICE', 'NOT_DONE'],
      [6, 'OFFICE', 'DONE'],
      [7, 'OWNER', 'DONE'],
    ];
    expect([1, 5, 6, 7].map((on) => statusOn(on, words))).toEqual(['CLOSED', 'IN_PROGRESS', 'IN_PROGRESS', 'CLOSED']);
    const { closed, reopenedByWords } = standingAt(stateOn(7, words), OFFICE_CLOSES, day(7));
    expect(closed).toEqual({ on: day(7), by: { word: 'word-4' } });
    expect(reopenedByWords).toEqual([{ on: day(5), party: 'OFFICE', event: 'word-2' }]);
    // Of three, the one who said nothing since must say so anew, though nobody contradicted it.
    const three = routesOf(['OWNER', 'OFFICE', 'AUDITOR']);
    const all: Said[] = [
      [1, 'OWNER', 'DONE'],
      [1, 'OFFICE', 'DONE'],
      [1, 'AUDITOR', 'DONE'],
      [2, 'AUDITOR', 'NOT_DONE'],
      [3, 'OWNER', 'DONE'],
      [4, 'AUDITOR', 'DONE'],
    ];
    expect(standingAt(stateOn(4, all), three, day(4))).toMatchObject({
      status: 'REPORTED_COMPLETE',
      waitingFor: ['OFFICE'],
    });
  });

  it('is closed from its own day by a route that asks for fewer, and stays closed under one that asks for more', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [2, 'OFFICE', 'DONE'],
    ];
    const routes = routesOf(PARTIES, [
      [10, ['OWNER', 'OFFICE']],
      [20, PARTIES],
    ]);
    expect([9, 10, 20].map((on) => statusOn(on, words, routes))).toEqual(['SUBMITTED', 'CLOSED', 'CLOSED']);
    expect(standingAt(stateOn(30, words), routes, day(30))).toMatchObject({
      closed: { on: day(10), by: { routeFrom: day(10) } },
      route: PARTIES,
      waitingFor: [],
    });
  });

  it('is as its end says while it has one, and accepted up to the last day of it', () => {
    const done: Said[] = [
      [1, 'OWNER', 'DONE'],
      [1, 'OFFICE', 'PARTLY'],
    ];
    const riskAccepted = { until: day(5) } as MadeRecommendation['riskAccepted'];
    const accepted = (on: number) =>
      standingAt(stateOn(on, done, { riskAccepted: riskAccepted! }), OFFICE_CLOSES, day(on)).status;
    expect([5, 6].map(accepted)).toEqual(['RISK_ACCEPTED', 'IN_PROGRESS']);
    const ended = { how: 'SUPERSEDED' } as MadeRecommendation['ended'];
    const standing = standingAt(stateOn(6, done, { ended: ended! }), OFFICE_CLOSES, day(6));
    expect(standing).toMatchObject({ status: 'SUPERSEDED', waitingFor: [] });
  });

  it('tells the words of four parties and who differs from whom, each pair since the day from which it has without a break', () => {
    const words: Said[] = [
      [1, 'OWNER', 'DONE'],
      [2, 'OFFICE', 'PARTLY'],
      [4, 'AUDITOR', 'NOT_DONE'],
      [6, 'OFFICE', 'NOT_DONE'],
      [8, 'OWNER', 'DONE'],
    ];
    const standing = standingAt(stateOn(9, words), OFFICE_CLOSES, day(9));
    expect(PARTIES.map((party) => standing.words[party]?.word ?? null)).toEqual(['DONE', 'NOT_DONE', 'NOT_DONE', null]);
    expect(standing.outOfStep).toEqual([
      { parties: ['OWNER', 'OFFICE'], since: day(2) },
      { parties: ['OWNER', 'AUDITOR'], since: day(4) },
    ]);
    const before = standingAt(stateOn(5, words), OFFICE_CLOSES, day(5));
    expect(before.outOfStep.map(({ parties }) => parties.join())).toEqual([
      'OWNER,OFFICE',
      'OWNER,AUDITOR',
      'OFFICE,AUDITOR',
    ]);
  });
});

/**
 * The same, day by day, from nothing but the rule as it is written: whoever reads it keeps a slate of what each party has said and rubs out
 * what counts no more.
 */
function naive(
  words: readonly Said[],
  routes: readonly RouteFrom[],
  until: number,
): Pick<Standing, 'status' | 'closed'> {
  let slate: { readonly [party in Party]?: Word } = {};
  let closedOn: number | null = null;
  let isBegun = false;
  const allDone = (route: readonly Party[]) => route.every((party) => slate[party] === 'DONE');
  for (let on = 0; on <= until; on += 1) {
    const route = routes.filter(({ from }) => from <= day(on)).at(-1)!.parties;
    if (closedOn === null && allDone(route)) closedOn = on;
    for (const [, party, word] of words.filter(([when]) => when === on)) {
      isBegun = true;
      const differs = word !== 'DONE';
      if (closedOn !== null && differs && route.includes(party)) {
        closedOn = null;
        slate = {};
      }
      slate = { ...slate, [party]: word };
      if (closedOn === null && differs && party !== 'OWNER' && slate.OWNER === 'DONE') {
        const { OWNER: _, ...others } = slate;
        slate = others;
      }
      if (closedOn === null && allDone(route)) closedOn = on;
    }
  }
  const open =
    slate.OWNER !== 'DONE'
      ? isBegun
        ? 'IN_PROGRESS'
        : 'ALLOCATED'
      : slate.OFFICE === 'DONE'
        ? 'SUBMITTED'
        : 'REPORTED_COMPLETE';
  return closedOn === null
    ? { status: open }
    : { status: 'CLOSED', closed: { on: day(closedOn) } as Standing['closed'] & object };
}

describe('where a recommendation stands, whatever is said and however the route changes', () => {
  const LAST = 14;
  const party = fc.constantFrom(...PARTIES);
  const said = fc
    .array(
      fc.tuple(fc.integer({ min: 0, max: LAST }), party, fc.constantFrom<Word>('DONE', 'DONE', 'PARTLY', 'NOT_DONE')),
      {
        maxLength: 14,
      },
    )
    .map((words) => [...words].sort(([a], [b]) => a - b));
  const parties = fc.integer({ min: 1, max: 15 }).map(routeNumbered);
  const routes = fc
    .tuple(
      parties,
      fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: LAST }), parties), {
        maxLength: 4,
        selector: ([from]) => from,
      }),
    )
    .map(([first, later]) =>
      routesOf(
        first,
        [...later].sort(([a], [b]) => a - b),
      ),
    );

  it('is on each day what a reader who goes from day to day would say', () => {
    fc.assert(
      fc.property(said, routes, (words, over) => {
        for (let on = 0; on <= LAST; on += 1) {
          const { status, closed } = standingAt(stateOn(on, words), over, day(on));
          const expected = naive(words, over, on);
          expect([on, status, closed?.on]).toEqual([on, expected.status, expected.closed?.on]);
        }
      }),
      { numRuns: 150, seed: 20231001 },
    );
  });

  it('is told alike to whoever asks again and again, and to whoever asks once', () => {
    const asking = fc.record({
      on: fc.integer({ min: 0, max: LAST }),
      without: fc.integer({ min: 0, max: 20 }),
      isOther: fc.boolean(),
    });
    fc.assert(
      fc.property(said, routes, routes, fc.array(asking, { maxLength: 12 }), (words, one, other, asked) => {
        const all = saidOf(words);
        const standings = new Standings();
        for (const { on, without, isOther } of asked) {
          const here = all.filter(({ effectiveOn }, index) => index !== without && effectiveOn <= day(on));
          const state = { ...stateOn(on, []), said: here };
          const over = isOther ? other : one;
          expect(standings.at(state, over, day(on))).toEqual(standingAt(state, over, day(on)));
        }
      }),
      { numRuns: 150, seed: 20231004 },
    );
  });

  it('is closed under a route that never changes exactly where the bit of that route is set', () => {
    fc.assert(
      fc.property(said, (words) => {
        const state = stateOn(LAST, words);
        const bits = underRoutes(state.said).closed;
        for (const number of ROUTE_NUMBERS) {
          expect(routeNumber(routeNumbered(number))).toBe(number);
          const { status } = standingUnder(state, number, day(LAST));
          expect([number, (bits & (1 << number)) !== 0]).toEqual([number, status === 'CLOSED']);
        }
      }),
      { numRuns: 80, seed: 20231002 },
    );
  });

  it('differs between two parties exactly since the first day of the days at whose end they differed, without a break', () => {
    fc.assert(
      fc.property(said, (words) => {
        const wordOn = (one: Party, upTo: number) =>
          words
            .slice(0, upTo)
            .filter(([, who]) => who === one)
            .at(-1)?.[2];
        const differAfter = (a: Party, b: Party, upTo: number) => {
          const [left, right] = [wordOn(a, upTo), wordOn(b, upTo)];
          return left !== undefined && right !== undefined && left !== right;
        };
        const expected = PARTIES.flatMap((a, index) =>
          PARTIES.slice(index + 1).flatMap((b) => {
            if (!differAfter(a, b, words.length)) return [];
            let first = words.length;
            while (first > 1 && differAfter(a, b, first - 1)) first -= 1;
            return [{ parties: [a, b], since: day(words[first - 1]![0]) }];
          }),
        );
        expect(standingAt(stateOn(LAST, words), routesOf(['OWNER']), day(LAST)).outOfStep).toEqual(expected);
      }),
      { numRuns: 300, seed: 20231003 },
    );
  });
});
