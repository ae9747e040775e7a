import { addDays, addMonths, type CommonFact, type Tells, type ToldAt } from '../../ledger/index.ts';
import type { ScoreScale, RuleLink } from '../../rules/index.ts';
import type { RiskEvent } from './events.ts';
import { ControlsRead } from './controls.ts';
import { CONDITIONS, standingOn, THIRD_LINE_MONTHS, type ScaleOf, type ScoreRead } from './status.ts';
import type { RiskState } from './state.ts';

/** What of a risk is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<RiskState, Exclude<RiskEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_PROPOSED') return {};
    const controls = (at.kept?.('controls', newlyRead) ?? newlyRead()).of(state.controls);
    const standing = standingOn(state, scalesAt(at), at.day, controls);
    const { status, conditions, reviewDue, scores, sinceBefore, toTarget } = standing;
    at.isPast(reviewDue);
    at.isPast(state.acceptance?.until);
    // Of all its targets the next: those after it are asked about once that is past.
    at.isPast(controls.targets.from(at.day));
    if (scores.CURRENT?.now.isHighest === true) assuranceLapses(controls.assured.last, at);
    const told: Record<string, unknown> = {
      ...state,
      given: undefined,
      isNew: undefined,
      proposed: state.proposed.effectiveOn,
      status,
      open: state.status === 'REGISTERED' && state.ended === undefined,
      'score.inherent': scoreTold(scores.INHERENT),
      'band.inherent': bandTold(scores.INHERENT),
      'score.current': scoreTold(scores.CURRENT),
      'band.current': bandTold(scores.CURRENT),
      'score.target': scoreTold(scores.TARGET),
      'band.target': bandTold(scores.TARGET),
      reviewDue,
      sinceBefore,
      toTarget,
      'controls.standing': controls.standing,
    };
    for (const [name, path] of CONDITION_PATHS) told[path] = conditions[name];
    return told;
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

const newlyRead = () => new ControlsRead();

function scalesAt(at: ToldAt): ScaleOf {
  return (ref) => {
    const rule = at.record<RuleLink<ScoreScale>>('rules', ref);
    return rule?.kind === 'SCORE_SCALE' ? rule : null;
  };
}

const CONDITION_PATHS = CONDITIONS.map((name) => [name, `conditions.${name}`] as const);

function scoreTold(read: ScoreRead | undefined) {
  if (read === undefined) return undefined;
  const { rule, version, likelihood, impact } = read.score;
  return { rule, version, likelihood, impact };
}

/** What its band is called; null where none is. */
function bandTold(read: ScoreRead | undefined): string | null | undefined {
  return read === undefined ? undefined : (read.now.band?.band ?? null);
}

/** Months are clipped, so it may be a few days after the same day of the year before. */
function assuranceLapses(had: string | null, at: ToldAt): void {
  if (had === null) return;
  const last = addMonths(had, THIRD_LINE_MONTHS);
  at.turnsOn(...[0, 1, 2, 3, 4].map((days) => addDays(last, days)));
}
