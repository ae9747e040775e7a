import { BEGINNING_OF_DAYS, END_OF_DAYS, type CivilDate } from '../../ledger/index.ts';
import { PARTIES, type RouteFrom } from '../../rules/index.ts';
import { furthestStep, ROUTE_NUMBERS, routeNumbered, walkThrough, type SaidStep, type SaidWord } from './closing.ts';
import { word, type Word } from './fields.ts';

/*
 * What a list must know of what the parties said. Where a recommendation stands another record decides, and lists are found in tables
 * before that is read: so a row says where its words bring it under every route that never changed, and keeps the words in one line, for
 * routes that did. Pure.
 */

/** Under which routes that never changed something is so: bit `n` is set where it is so under the route of number `n`. */
export interface UnderRoutes {
  readonly closed: number;
  /** Its owner and the office say that it is done, and others are still to say so. */
  readonly submitted: number;
  readonly reported: number;
  /** It was closed, and a party of the route said otherwise. */
  readonly reopened: number;
}

export function underRoutes(said: readonly SaidWord[]): UnderRoutes {
  const found = { closed: 0, submitted: 0, reported: 0, reopened: 0 };
  const FIELD = { CLOSED: 'closed', SUBMITTED: 'submitted', REPORTED_COMPLETE: 'reported' } as const;
  if (said.length === 0) return found;
  for (const number of ROUTE_NUMBERS) {
    const routes = [{ from: BEGINNING_OF_DAYS, parties: routeNumbered(number) }];
    const { step, isReopened } = standsBy(said, routes, END_OF_DAYS);
    if (step !== null) found[FIELD[step]] |= 1 << number;
    if (isReopened) found.reopened |= 1 << number;
  }
  return found;
}

/** Where words bring a recommendation on a day, whatever else is known of it. */
export interface StandsBy {
  readonly step: SaidStep | null;
  /** While it is closed. */
  readonly closedOn: CivilDate | null;
  /** The day of its owner's DONE, while that counts; else of its closing. */
  readonly ownerDoneOn: CivilDate | null;
  readonly isReopened: boolean;
}

export function standsBy(said: readonly SaidWord[], routes: readonly RouteFrom[], day: CivilDate): StandsBy {
  const walk = walkThrough(said, routes, day);
  const owner = walk.counting.get('OWNER');
  const closedOn = walk.closed?.on ?? null;
  return {
    step: furthestStep(walk),
    closedOn,
    ownerDoneOn: owner?.word === 'DONE' ? owner.effectiveOn : closedOn,
    isReopened: walk.reopened.length > 0,
  };
}

const WORDS = Object.keys(word.members) as readonly Word[];

/** What was said, in one line: for each word the number of its party, that of the word, and its day. Null where nothing was. */
export function inOneLine(said: readonly Pick<SaidWord, 'party' | 'word' | 'effectiveOn'>[]): string | null {
  if (said.length === 0) return null;
  return said.map((one) => `${PARTIES.indexOf(one.party)}${WORDS.indexOf(one.word)}${one.effectiveOn}`).join(' ');
}

/** The same read back. What it says of events is which one it was in the line. */
export function saidIn(line: string | null): readonly SaidWord[] {
  return (line?.split(' ') ?? []).map((one, index) => ({
    event: String(index),
    party: PARTIES[Number(one[0])]!,
    word: WORDS[Number(one[1])]!,
    effectiveOn: one.slice(2),
  }));
}
