import { BEGINNING_OF_DAYS, type CivilDate } from '../ledger/index.ts';
import { PARTIES, type Party } from './kinds.ts';
import { inForceOn, type RuleLink } from './versions.ts';

/** The content of an originator's closure route: which parties must have said DONE. At least one. */
export interface ClosureRoute {
  readonly ownerSays: boolean;
  readonly officeSays: boolean;
  readonly auditorSays: boolean;
  readonly originatorSays: boolean;
}

/** Where no route of the originator is in force: whoever owns it reports it, and the office agrees. */
export const DEFAULT_ROUTE: readonly Party[] = ['OWNER', 'OFFICE'];

const SAYS: { readonly [one in Party]: keyof ClosureRoute } = {
  OWNER: 'ownerSays',
  OFFICE: 'officeSays',
  AUDITOR: 'auditorSays',
  ORIGINATOR: 'originatorSays',
};

/** The parties that a route asks for, in the order of {@link PARTIES}; of none, {@link DEFAULT_ROUTE}. */
export function partiesOf(route: ClosureRoute | null): readonly Party[] {
  return route === null ? DEFAULT_ROUTE : PARTIES.filter((one) => route[SAYS[one]]);
}

/** The parties whose word closes on a day, by the version of the originator's route that is in force then. */
export function partiesOn(rule: RuleLink<ClosureRoute> | null, day: CivilDate): readonly Party[] {
  return partiesOf(inForceOn(rule, day)?.content ?? null);
}

/** A route from a day on. */
export interface RouteFrom {
  readonly from: CivilDate;
  readonly parties: readonly Party[];
}

/** The routes that ever held, each from its day, in their order: the first from the beginning of days. */
export function routesOver(rule: RuleLink<ClosureRoute> | null): readonly RouteFrom[] {
  const days = (rule?.versions ?? []).flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until])]);
  const turns = [BEGINNING_OF_DAYS, ...[...new Set(days)].sort()];
  const routes = turns.map((from) => ({ from, parties: partiesOn(rule, from) }));
  return routes.filter(({ parties }, index) => index === 0 || parties.join() !== routes[index - 1]!.parties.join());
}
