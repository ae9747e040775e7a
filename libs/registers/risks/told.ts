import { addDays, addMonths, type CommonFact, type Tells, type ToldAt } from '../../ledger/index.ts';
import type { ScoreScale, RuleLink, Banded } from '../../rules/index.ts';
import type { RiskEvent } from './events.ts';
import {
  controlsIn,
  standingOn,
  taskedIn,
  THIRD_LINE_MONTHS,
  thirdLineOn,
  type ScaleOf,
  type ScoreRead,
} from './status.ts';
import type { RiskState } from './state.ts';

/** What of a risk is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<RiskState, Exclude<RiskEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_PROPOSED') return {};
    const { given: _given, proposed, isNew: _isNew, ...own } = state;
    const { status, conditions, reviewDue, scores, sinceBefore, toTarget } = standingOn(state, scalesAt(at), at.day);
    at.isPast(reviewDue);
    at.isPast(state.acceptance?.until);
    for (const { targetOn } of taskedIn(state.controls)) at.isPast(targetOn);
    if (scores.CURRENT?.now.isHighest === true) assuranceLapses(thirdLineOn(state.controls), at);
    const each = Object.entries(conditions).map(([name, isSo]) => [`conditions.${name}`, isSo] as const);
    return {
      ...own,
      proposed: proposed.effectiveOn,
      status,
      open: state.status === 'REGISTERED' && state.ended === undefined,
      ...scoreTold('inherent', scores.INHERENT),
      ...scoreTold('current', scores.CURRENT),
      ...scoreTold('target', scores.TARGET),
      reviewDue,
      sinceBefore,
      toTarget,
      'controls.standing': controlsIn(state.controls).length,
      ...Object.fromEntries(each),
    };
  },
  movements: {
    RiskProposed: 'RAISED',
    RiskRegistered: 'REGISTERED',
    RiskAllocated: 'RE_OWNED',
    RiskReworded: 'RE_WORDED',
    RiskScored: 'RE_SCORED',
    RiskReviewed: 'REVIEWED',
    RiskAppetiteSet: 'RESPONSE_CHOSEN',
    RiskResponseChosen: 'RESPONSE_CHOSEN',
    RiskControlAdded: 'CONTROLLED',
    RiskControlMoved: 'CONTROLLED',
    RiskControlReported: 'CONTROLLED',
    RiskControlAssured: 'CONTROLLED',
    RiskAcceptanceRequested: 'ASKED',
    RiskAcceptanceGranted: 'ACCEPTED',
    RiskClosureRequested: 'ASKED',
    RiskClosed: 'CLOSED',
    RiskRequestRefused: 'REFUSED',
    RiskEscalated: 'ESCALATED',
    RiskDeescalated: 'DE_ESCALATED',
    RiskMerged: 'MERGED',
    RiskReopened: 'REOPENED',
  },
  banded: ['band.inherent', 'band.current', 'band.target'],
};

function scalesAt(at: ToldAt): ScaleOf {
  return (ref) => {
    const rule = at.record<RuleLink<ScoreScale>>('rules', ref);
    return rule?.kind === 'SCORE_SCALE' ? rule : null;
  };
}

/** A score, and what its band is called. */
function scoreTold(of: 'inherent' | 'current' | 'target', read: ScoreRead | undefined) {
  if (read === undefined) return {};
  const { rule, version, likelihood, impact } = read.score;
  return { [`score.${of}`]: { rule, version, likelihood, impact }, [`band.${of}`]: bandOf(read.now) };
}

function bandOf({ band }: Banded): string | null {
  return band?.band ?? null;
}

/** Months are clipped, so it may be a few days after the same day of the year before. */
function assuranceLapses(had: string | null, at: ToldAt): void {
  if (had === null) return;
  const last = addMonths(had, THIRD_LINE_MONTHS);
  at.turnsOn(...[0, 1, 2, 3, 4].map((days) => addDays(last, days)));
}
