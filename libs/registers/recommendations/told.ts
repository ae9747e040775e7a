import { dueDatesAt, toldOfDue } from '../../declarations/index.ts';
import type { CivilDate, CommonFact, KindOfMovement, MovementKind, Tells, ToldAt } from '../../ledger/index.ts';
import { inForceOn, ragOf, routesOver, type ClosureRoute, type RagRule, type RuleLink } from '../../rules/index.ts';
import { isRiskAccepted, Standings, type Standing } from './closing.ts';
import type { RecommendationEvent } from './events.ts';
import { OPEN_RECOMMENDATIONS } from './fields.ts';
import { routeRefOf } from './links.ts';
import { ragStandingOf } from './rag.ts';
import type { MadeRecommendation, RecommendationState } from './state.ts';

/** What of a recommendation is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<RecommendationState, Exclude<RecommendationEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_MADE') return {};
    const { due, made, evidence } = state;
    const standing = standingOf(state, at);
    const dates = dueDatesAt(due, at);
    const { original, current } = dates;
    const isOpen = OPEN_RECOMMENDATIONS.includes(standing.status);
    const [isPast, isPastOriginal] = [at.isPast(current), at.isPast(original)];
    return {
      ...state,
      given: undefined,
      begun: undefined,
      made: made.effectiveOn,
      status: standing.status,
      riskAccepted: state.riskAccepted,
      'riskAccepted.holds': isRiskAccepted(state, at.day),
      closed: standing.closed,
      reopenedByWords: standing.reopenedByWords,
      route: standing.route,
      waitingFor: standing.waitingFor,
      outOfStep: standing.outOfStep,
      evidence,
      'evidence.any': standing.hasEvidence,
      ...toldOfDue(due, dates),
      dueSetBy: due.dueSetBy,
      overdue: isOpen && isPast,
      overdueByOriginal: isOpen && isPastOriginal,
    };
  },
  movements: {
    RecommendationMade: 'RAISED',
    RecommendationAnswered: 'ANSWERED',
    RecommendationAllocated: 'RE_OWNED',
    RecommendationUpdated: 'PROGRESSED',
    RecommendationGraded: 'RE_GRADED',
    RecommendationEvidenced: 'EVIDENCED',
    ExtensionRequested: 'ASKED',
    ExtensionGranted: 'RE_DATED',
    ExtensionRefused: 'REFUSED',
    RecommendationDueDateMoved: 'RE_DATED',
    OwnerWordSaid: word('REPORTED'),
    OfficeWordSaid: word('SAID'),
    AuditorWordSaid: word('SAID'),
    OriginatorWordSaid: word('SAID'),
    ShareClaimed: 'PROGRESSED',
    OutcomeJudged: 'JUDGED',
    RiskAccepted: 'ACCEPTED',
    RecommendationSuperseded: 'SUPERSEDED',
    RecommendationNotAdopted: 'DROPPED',
    RecommendationRemoved: 'WITHDRAWN',
    RecommendationReopened: 'REOPENED',
  },
  banded: ['rag'],
  colour(state, rag, at) {
    if (state.status === 'NOT_MADE') return undefined;
    const rule = at.record<RuleLink<RagRule>>('rules', rag);
    const version = rule?.kind === 'RAG' ? inForceOn(rule, at.day) : null;
    if (version === null) return undefined;
    const { original, current } = dueDatesAt(state.due, at);
    const { status } = standingOf(state, at);
    return ragOf(version.content, {
      standing: ragStandingOf(status, state.answered?.response ?? null),
      pastCurrent: at.isPast(current),
      pastOriginal: at.isPast(original),
      ...(state.latestShare === undefined ? {} : { share: state.latestShare.share }),
    })?.colour;
  },
};

/** By the routes of whoever made it; of nobody who is for the reader, by the one that always holds. */
function standingOf(state: MadeRecommendation, at: ToldAt): Standing {
  const { originator } = state as Partial<MadeRecommendation>;
  const rule = originator === undefined ? null : at.record<RuleLink<ClosureRoute>>('rules', routeRefOf(originator));
  at.isPast(state.riskAccepted?.until);
  const standings = at.kept?.('standings', standingsBy) ?? standingsBy();
  return standings(state, rule, at.day);
}

/** Where one stands by a rule, told again and again: while that is the same, so are its routes. */
function standingsBy() {
  const standings = new Standings();
  let by: RuleLink<ClosureRoute> | null = null;
  let routes = routesOver(by);
  return (state: MadeRecommendation, rule: typeof by, day: CivilDate): Standing => {
    if (rule !== by) [by, routes] = [rule, routesOver(rule)];
    return standings.at(state, routes, day);
  };
}

/** A word closes it where it is the last one needed, and opens it again where somebody of the route says otherwise. */
function word(otherwise: MovementKind): KindOfMovement {
  return ({ before, after }) => {
    const [was, is] = [before?.['status'] === 'CLOSED', after?.['status'] === 'CLOSED'];
    return was === is ? otherwise : is ? 'CLOSED' : 'REOPENED';
  };
}
