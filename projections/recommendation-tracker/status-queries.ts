import { sql, type RawBuilder } from 'kysely';
import {
  combinationsOf,
  groupsOf,
  groupsOfTotals,
  onceFor,
  recordAsOf,
  registerNamed,
  rowsAsOf,
  seesLink,
  type LedgerView,
  type RowsQuery,
  type WorkedOut,
} from '../../libs/read-models/index.ts';
import {
  OPEN_RECOMMENDATIONS,
  routeNumber,
  routeRefOf,
  saidIn,
  standsBy,
  type RecommendationStatus,
  type SaidStep,
} from '../../libs/registers/recommendations/index.ts';
import { routesOver, type ClosureRoute, type RouteFrom, type RuleLink } from '../../libs/rules/index.ts';
import { recommendationTracker, STANDS_BY } from './projection.ts';

/*
 * Where recommendations stand, as the tables are asked. The closure route of whoever made one is another record, so that no row can hold it: for
 * every route that never changed a row says where its words bring it, and where a route did change the words themselves are read, by the register's
 * own rule. A list and a page so say the same (`recommendation-tracker.spec.ts` compares them).
 */

export type Rows = RowsQuery<typeof recommendationTracker.columns>;

/** The statuses in which something is still to be done. */
export const OPEN_STATUSES: readonly RecommendationStatus[] = OPEN_RECOMMENDATIONS;

/** How SQL is told where a row stands at the view's basis, for its reader. */
export interface StatusHere {
  readonly status: RawBuilder<RecommendationStatus>;
  /** 1 where a party of the route opened it again after it was closed, or a command did. */
  readonly isReopened: RawBuilder<number>;
  /**
   * The same out of the columns that running totals are kept of: of those whose route never changed. Null where they cannot tell, as a post to
   * which something was given is nothing to the reader.
   */
  readonly ofTotals: WorkedOut | null;
  /** Originators whose route changed. */
  readonly changed: readonly string[];
}

/** The routes of that originator by what the reader may see at the basis, each from its day. */
export async function routesFor(view: LedgerView, originator: string | undefined): Promise<readonly RouteFrom[]> {
  const isKnown =
    originator !== undefined && registerNamed(view, 'rules') !== null && (await seesLink(view, originator));
  const rule = isKnown ? await recordAsOf<RuleLink<ClosureRoute>>(view, 'rules', routeRefOf(originator)) : null;
  return routesOver(rule?.state ?? null);
}

export function statusHere(view: LedgerView): Promise<StatusHere> {
  return onceFor(view, statusHere, () => worked(view));
}

async function worked(view: LedgerView): Promise<StatusHere> {
  const { effective } = view.basis;
  const all = rowsAsOf(view, recommendationTracker, true);
  const [routes, unseen] = await Promise.all([routesOf(view, all), ownersUnseen(view, all)]);
  const said = await saidUnder(view, all, routes.changed);
  // The number of the route that holds, for whoever made it.
  const constant = [...routes.constant].filter(([, number]) => number !== routes.usual);
  const number =
    constant.length === 0
      ? sql<number>`${routes.usual}`
      : sql<number>`case row.originator ${sql.join(
          constant.map(([ref, one]) => sql`when ${ref} then ${one}`),
          sql` `,
        )} else ${routes.usual} end`;
  const changed = [...routes.changed.keys()];
  const isBit = (mask: string) => sql<boolean>`((${sql.ref(`row.${mask}`)} >> (${number})) & 1) = 1`;
  const isSo = (mask: string, which: readonly Line[]) => {
    const bit = isBit(mask);
    if (changed.length === 0) return bit;
    const lines = which.map(({ originator, said: line }) => sql`(${originator}, ${line})`);
    const isLine = lines.length === 0 ? sql`1 = 0` : sql`(row.originator, row.said) in (values ${sql.join(lines)})`;
    return sql<boolean>`case when row.originator in (${sql.join(changed)}) then ${isLine} else ${bit} end`;
  };
  const allocated =
    unseen.length === 0
      ? sql`row.allocated = 1`
      : sql`(row.owner is not null and row.owner not in (${sql.join(unseen)}))`;
  const isStep = (step: SaidStep) => said.filter((line) => line.step === step);
  const statusBy = (is: (mask: string, step: SaidStep) => RawBuilder<boolean>) => sql<RecommendationStatus>`case
      when row.ended is not null then row.ended
      when ${is('closed_under', 'CLOSED')} then 'CLOSED'
      when row.accepted_until >= ${effective} then 'RISK_ACCEPTED'
      when ${is('submitted_under', 'SUBMITTED')} then 'SUBMITTED'
      when ${is('reported_under', 'REPORTED_COMPLETE')} then 'REPORTED_COMPLETE'
      when row.begun = 1 then 'IN_PROGRESS'
      when ${allocated} then 'ALLOCATED'
      when row.response is null then 'AWAITING_RESPONSE'
      else 'AWAITING_ALLOCATION' end`;
  return {
    changed,
    ofTotals: unseen.length === 0 ? { key: statusBy(isBit), of: STANDS_BY } : null,
    status: statusBy((mask, step) => isSo(mask, isStep(step))),
    isReopened: sql<number>`case when row.reopened > 0
      or ${isSo(
        'reopened_under',
        said.filter(({ isReopened }) => isReopened),
      )} then 1 else 0 end`,
  };
}

interface Routes {
  /** The number of the route that holds where nothing else is said. */
  readonly usual: number;
  /** Originators whose route never changed, and its number. */
  readonly constant: ReadonlyMap<string, number>;
  /** Those whose did, up to the day of the basis. */
  readonly changed: ReadonlyMap<string, readonly RouteFrom[]>;
}

async function routesOf(view: LedgerView, all: Rows): Promise<Routes> {
  const { effective } = view.basis;
  const originators = await valuesOf(view, all, 'originator');
  const constant = new Map<string, number>();
  const changed = new Map<string, readonly RouteFrom[]>();
  await Promise.all(
    originators.map(async (originator) => {
      const routes = (await routesFor(view, originator)).filter(({ from }) => from <= effective);
      if (routes.length > 1) changed.set(originator, routes);
      else constant.set(originator, routeNumber(routes[0]!.parties));
    }),
  );
  return { usual: routeNumber(routesOver(null)[0]!.parties), constant, changed };
}

/** The words that were said on a recommendation of one whose route changed, and where they bring it. */
interface Line {
  readonly originator: string;
  readonly said: string;
  readonly step: SaidStep | null;
  readonly isReopened: boolean;
}

async function saidUnder(view: LedgerView, all: Rows, changed: Routes['changed']): Promise<readonly Line[]> {
  if (changed.size === 0) return [];
  const rows = all.where('row.originator', 'in', [...changed.keys()]).where('row.said', 'is not', null);
  const lines = await combinationsOf(view, rows, ['originator', 'said']);
  return lines.map(({ of }) => {
    const [originator, said] = [of['originator'] as string, of['said'] as string];
    const { step, isReopened } = standsBy(saidIn(said), changed.get(originator)!, view.basis.effective);
    return { originator, said, step, isReopened };
  });
}

/** The posts to which something was given and that are nothing to this reader: for them nobody was given it. */
async function ownersUnseen(view: LedgerView, all: Rows): Promise<readonly string[]> {
  const owners = await valuesOf(view, all, 'owner');
  const seen = await Promise.all(owners.map((owner) => seesLink(view, owner)));
  return owners.filter((_, index) => !seen[index]);
}

async function valuesOf(view: LedgerView, all: Rows, column: 'originator' | 'owner'): Promise<readonly string[]> {
  const groups = (await groupsOfTotals(view, recommendationTracker, column, {})) ?? (await groupsOf(view, all, column));
  return groups.flatMap(({ key }) => key ?? []);
}
