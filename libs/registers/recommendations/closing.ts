import { BEGINNING_OF_DAYS, type CivilDate, type EventId } from '../../ledger/index.ts';
import { PARTIES, type Party, type RouteFrom } from '../../rules/index.ts';
import type { RecommendationStatus } from './fields.ts';
import { givesEvidence, type MadeRecommendation, type WordSaid } from './state.ts';

/*
 * Where a recommendation stands, of the words that were said and of the route that asks for them. The route is another record, so no
 * state of the fold tells it: it is worked out here, for a day, from the state on that day and every version of the route. Pure.
 */

/** What closed it: the word that was the last one needed, or the version of the route from which no more was needed. */
export type ClosedBy = { readonly word: EventId } | { readonly routeFrom: CivilDate };

/** It was closed, and somebody whom the route asks for said otherwise. */
export interface ReopenedByWord {
  readonly on: CivilDate;
  readonly party: Party;
  readonly event: EventId;
}

/** Two parties that do not say the same, and the day from which they have not without a break. */
export interface Difference {
  readonly parties: readonly [Party, Party];
  readonly since: CivilDate;
}

/** The latest word of a party since the last reopening by a command, and whether it still counts. */
export type StandingWord = WordSaid & {
  /**
   * False of what was said before somebody whom the route asks for opened it again by their word, and of the owner's DONE after another
   * party said PARTLY or NOT_DONE.
   */
  readonly counts: boolean;
};

export interface Standing {
  readonly status: RecommendationStatus;
  /** Set while it is closed. */
  readonly closed?: { readonly on: CivilDate; readonly by: ClosedBy };
  /** Since the last reopening by a command, in their order. */
  readonly reopenedByWords: readonly ReopenedByWord[];
  /** The parties that the route in force on the day asks for. */
  readonly route: readonly Party[];
  /** Of them, those whose DONE is still to come. None while it is closed, or ended otherwise. */
  readonly waitingFor: readonly Party[];
  readonly words: { readonly [party in Party]?: StandingWord };
  /** Who differs from whom, and since when; in the order of the parties. */
  readonly outOfStep: readonly Difference[];
  /** There is any: a piece that was added, or what a party's word gives. */
  readonly hasEvidence: boolean;
}

/**
 * Where it stands on a day.
 *
 * @param state on that day
 * @param routes every route that was ever in force for its originator, each from its day, in their order
 */
export function standingAt(state: MadeRecommendation, routes: readonly RouteFrom[], day: CivilDate): Standing {
  return new Standings().at(state, routes, day);
}

/** Where one stands, asked again and again as more is said of it: of words that begin as those before, only the rest are gone through. */
export class Standings {
  #routes: readonly RouteFrom[] = [];
  #said: readonly WordSaid[] = [];
  #going = goingThrough<WordSaid>(this.#routes);
  #differing = differing();

  at(state: MadeRecommendation, routes: readonly RouteFrom[], day: CivilDate): Standing {
    this.#goThrough(state.said, routes);
    return standingBy(state, this.#going.until(day), this.#differing, day);
  }

  #goThrough(said: readonly WordSaid[], routes: readonly RouteFrom[]): void {
    const before = this.#said;
    let same = 0;
    while (same < before.length && before[same] === said[same]) same += 1;
    if (same < before.length || routes !== this.#routes) {
      same = 0;
      this.#going = goingThrough(routes);
      this.#differing = differing();
    }
    for (const word of same === 0 ? said : said.slice(same)) {
      this.#going.take(word);
      this.#differing.take(word);
    }
    this.#said = said;
    this.#routes = routes;
  }
}

function standingBy(
  state: MadeRecommendation,
  walk: Walk<WordSaid>,
  { latest, differences, hasEvidence }: Differing,
  day: CivilDate,
): Standing {
  const status = statusOf(state, walk, day);
  const isOver = walk.closed !== undefined || state.ended !== undefined;
  return {
    status,
    ...(walk.closed === undefined || status !== 'CLOSED' ? {} : { closed: walk.closed }),
    reopenedByWords: walk.reopened,
    route: walk.route,
    waitingFor: isOver ? [] : walk.route.filter((party) => !saysDone(walk.counting, party)),
    words: wordsIn(latest, walk.counting),
    outOfStep: differences(),
    hasEvidence: state.evidence > 0 || hasEvidence(),
  };
}

/** A route that never changed, as the number of {@link routeNumbered}: bit 0 the owner, 1 the office, 2 the auditor, 3 the originator. */
export function routeNumber(parties: readonly Party[]): number {
  return parties.reduce((number, party) => number | (1 << PARTIES.indexOf(party)), 0);
}

/** The parties of that number, 1 to 15. */
export function routeNumbered(number: number): readonly Party[] {
  return PARTIES.filter((_, bit) => (number & (1 << bit)) !== 0);
}

/** Every route that there can be, by its number. */
export const ROUTE_NUMBERS: readonly number[] = Array.from({ length: 15 }, (_, index) => index + 1);

/** Where it stands under a route that never changed, by its number. */
export function standingUnder(state: MadeRecommendation, route: number, day: CivilDate): Standing {
  return standingAt(state, [{ from: BEGINNING_OF_DAYS, parties: routeNumbered(route) }], day);
}

/** What matters of a word to where a recommendation stands. */
export type SaidWord = Pick<WordSaid, 'party' | 'word' | 'effectiveOn' | 'event'>;

interface Walk<One extends SaidWord> {
  readonly route: readonly Party[];
  readonly closed?: { readonly on: CivilDate; readonly by: ClosedBy };
  readonly reopened: readonly ReopenedByWord[];
  /** The words that count. */
  readonly counting: ReadonlyMap<Party, One>;
}

/** The words and the routes of days up to that one, in their order: a route holds from the beginning of its day. */
export function walkThrough<One extends SaidWord>(
  said: readonly One[],
  routes: readonly RouteFrom[],
  day: CivilDate,
): Walk<One> {
  const going = goingThrough<One>(routes.filter(({ from }) => from <= day));
  for (const word of said) going.take(word);
  return going.until(day);
}

interface Going<One extends SaidWord> {
  /** Takes in the next word, with the routes up to its day. */
  take(word: One): void;
  /** Where the words that were taken in have led by that day, which is none before theirs. What counts is told until the next is taken in. */
  until(day: CivilDate): Walk<One>;
}

function goingThrough<One extends SaidWord>(turns: readonly RouteFrom[]): Going<One> {
  const counting = new Map<Party, One>();
  let reopened: readonly ReopenedByWord[] = [];
  let route: readonly Party[] = [];
  let closed: Walk<One>['closed'];
  const closeIfDone = (on: CivilDate, by: ClosedBy): void => {
    if (closed === undefined && route.length > 0 && route.every((party) => saysDone(counting, party)))
      closed = { on, by };
  };
  let next = 0;
  const turnUntil = (until: CivilDate): void => {
    for (; next < turns.length && turns[next]!.from <= until; next += 1) {
      route = turns[next]!.parties;
      closeIfDone(turns[next]!.from, { routeFrom: turns[next]!.from });
    }
  };
  return {
    take(word) {
      const { party, event, effectiveOn } = word;
      turnUntil(effectiveOn);
      const isDone = word.word === 'DONE';
      if (closed !== undefined && !isDone && route.includes(party)) {
        closed = undefined;
        counting.clear();
        reopened = [...reopened, { on: effectiveOn, party, event }];
      }
      counting.set(party, word);
      // Whoever differs sends it back: its owner must say so anew. What is closed is not sent back by a party that the route does not ask for.
      if (closed === undefined && !isDone && party !== 'OWNER' && saysDone(counting, 'OWNER')) counting.delete('OWNER');
      closeIfDone(effectiveOn, { word: event });
    },
    until(day) {
      const here = { next, route, closed };
      turnUntil(day);
      const found = { route, ...(closed === undefined ? {} : { closed }), reopened, counting };
      ({ next, route, closed } = here);
      return found;
    },
  };
}

function saysDone(counting: ReadonlyMap<Party, SaidWord>, party: Party): boolean {
  return counting.get(party)?.word === 'DONE';
}

/** A step to which words alone bring a recommendation. */
export type SaidStep = 'CLOSED' | 'SUBMITTED' | 'REPORTED_COMPLETE';

/** The furthest step to which the words that count bring it; null where its owner's DONE is to come. */
export function furthestStep({ closed, counting }: Pick<Walk<SaidWord>, 'closed' | 'counting'>): SaidStep | null {
  if (closed !== undefined) return 'CLOSED';
  if (!saysDone(counting, 'OWNER')) return null;
  return saysDone(counting, 'OFFICE') ? 'SUBMITTED' : 'REPORTED_COMPLETE';
}

/** The furthest step of which the conditions hold. */
function statusOf(state: MadeRecommendation, walk: Walk<WordSaid>, day: CivilDate): RecommendationStatus {
  if (state.ended !== undefined) return state.ended.how;
  const step = furthestStep(walk);
  if (step !== 'CLOSED' && isRiskAccepted(state, day)) return 'RISK_ACCEPTED';
  if (step !== null) return step;
  if (state.begun) return 'IN_PROGRESS';
  if (state.owner !== undefined) return 'ALLOCATED';
  return state.answered === undefined ? 'AWAITING_RESPONSE' : 'AWAITING_ALLOCATION';
}

/** Accepted up to and including the last day of it; for good where nobody said until when. */
export function isRiskAccepted({ riskAccepted }: Pick<MadeRecommendation, 'riskAccepted'>, day: CivilDate): boolean {
  return riskAccepted !== undefined && (riskAccepted.until === undefined || day <= riskAccepted.until);
}

function wordsIn(latest: ReadonlyMap<Party, WordSaid>, counting: ReadonlyMap<Party, WordSaid>): Standing['words'] {
  const standing = [...latest].map(
    ([party, word]) => [party, { ...word, counts: counting.get(party) === word }] as const,
  );
  return Object.fromEntries(standing);
}

interface Differing {
  take(word: WordSaid): void;
  /** The latest word of each party that said any. */
  readonly latest: ReadonlyMap<Party, WordSaid>;
  /** Who differs from whom, by the latest word of each, whether or not it still counts: to say otherwise is what opens it again. */
  readonly differences: () => readonly Difference[];
  readonly hasEvidence: () => boolean;
}

function differing(): Differing {
  const latest = new Map<Party, WordSaid>();
  const since = new Map<string, Difference>();
  let hasEvidence = false;
  const order = ({ parties: [a, b] }: Difference): number => PARTIES.indexOf(a) * PARTIES.length + PARTIES.indexOf(b);
  return {
    latest,
    take(word) {
      latest.set(word.party, word);
      hasEvidence ||= givesEvidence(word);
      for (const other of PARTIES) {
        const theirs = latest.get(other);
        if (other === word.party || theirs === undefined) continue;
        const parties = PARTIES.filter((party) => party === other || party === word.party) as unknown as [Party, Party];
        const pair = parties.join();
        if (theirs.word === word.word) since.delete(pair);
        else if (!since.has(pair)) since.set(pair, { parties, since: word.effectiveOn });
      }
    },
    differences: () => [...since.values()].sort((a, b) => order(a) - order(b)),
    hasEvidence: () => hasEvidence,
  };
}
