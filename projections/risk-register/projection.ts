import type { RecordProjection } from '../../libs/read-models/index.ts';
import { END_OF_DAYS } from '../../libs/ledger/index.ts';
import {
  controlsIn,
  isControlledBetween,
  latestScore,
  scoreBefore,
  taskedIn,
  thirdLineOn,
  type ProposedRisk,
  type RiskScore,
  type RiskState,
} from '../../libs/registers/risks/index.ts';
import { productOf } from '../../libs/rules/index.ts';

const COLUMNS = {
  standing: 'text',
  body: 'text',
  register: 'text',
  kind: 'text',
  category: 'text',
  response: 'text',
  owner: 'text',
  co_owners: 'text',
  inherent_rule: 'text',
  inherent_version: 'text',
  inherent_likelihood: 'integer',
  inherent_impact: 'integer',
  current_rule: 'text',
  current_version: 'text',
  current_likelihood: 'integer',
  current_impact: 'integer',
  current_score: 'integer',
  before_rule: 'text',
  before_version: 'text',
  before_score: 'integer',
  controlled_since: 'integer',
  target_rule: 'text',
  target_version: 'text',
  target_likelihood: 'integer',
  target_impact: 'integer',
  target_score: 'integer',
  appetite_rule: 'text',
  appetite_version: 'text',
  appetite_score: 'integer',
  is_new: 'integer',
  looked_at: 'text',
  accepted_until: 'text',
  asked: 'integer',
  controls: 'integer',
  tasked: 'integer',
  tasked_by: 'text',
  third_line_on: 'text',
  title_event: 'text',
  title_part: 'text',
  cause_event: 'text',
  cause_part: 'text',
  what_event: 'text',
  what_part: 'text',
  effect_event: 'text',
  effect_part: 'text',
} as const;

/** What is said of risks, and what of where they stand no other record tells. One row for each state of a risk. */
export const riskRegister: RecordProjection<RiskState, typeof COLUMNS> = {
  name: 'risk_register',
  version: 1,
  register: 'risks',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['owner'], ['co_owners'], ['current_rule']],
  totals: [
    ['register', 'standing', 'body'],
    ['owner', 'body'],
  ],
  row({ state }) {
    if (state.status === 'NOT_PROPOSED') return null;
    const { acceptance, appetite, controls } = state;
    const [inherent, current, target] = (['INHERENT', 'CURRENT', 'TARGET'] as const).map((of) =>
      latestScore(state, of),
    );
    const before = scoreBefore(state);
    const tasked = taskedIn(controls);
    const taskedBy = tasked.flatMap(({ targetOn }) => targetOn ?? []).toSorted();
    return {
      standing: state.ended?.how ?? state.status,
      body: state.body,
      register: state.register,
      kind: state.kind,
      category: state.category ?? null,
      response: state.response?.response ?? null,
      owner: state.owner ?? null,
      co_owners: state.owners?.join(' ') ?? null,
      inherent_rule: inherent?.rule ?? null,
      inherent_version: inherent?.version ?? null,
      inherent_likelihood: inherent?.likelihood ?? null,
      inherent_impact: inherent?.impact ?? null,
      current_rule: current?.rule ?? null,
      current_version: current?.version ?? null,
      current_likelihood: current?.likelihood ?? null,
      current_impact: current?.impact ?? null,
      current_score: product(current),
      before_rule: before?.rule ?? null,
      before_version: before?.version ?? null,
      before_score: product(before),
      controlled_since:
        before !== undefined && current !== undefined && isControlledBetween(controls, before, current) ? 1 : 0,
      target_rule: target?.rule ?? null,
      target_version: target?.version ?? null,
      target_likelihood: target?.likelihood ?? null,
      target_impact: target?.impact ?? null,
      target_score: product(target),
      appetite_rule: appetite?.rule ?? null,
      appetite_version: appetite?.version ?? null,
      appetite_score: appetite?.most ?? null,
      is_new: state.isNew ? 1 : 0,
      looked_at: state.lookedAt?.effectiveOn ?? null,
      accepted_until: acceptance === undefined ? null : (acceptance.until ?? END_OF_DAYS),
      asked: state.asked === undefined ? 0 : 1,
      controls: controlsIn(controls).length,
      tasked: tasked.length,
      tasked_by: taskedBy[0] ?? null,
      third_line_on: thirdLineOn(controls),
      ...placesOf(state),
    };
  },
};

function product(score: RiskScore | undefined): number | null {
  return score === undefined ? null : productOf(score);
}

/** Where its words stand. */
function placesOf({ title, cause, what, effect }: ProposedRisk) {
  return {
    title_event: title?.event ?? null,
    title_part: title?.part ?? null,
    cause_event: cause?.event ?? null,
    cause_part: cause?.part ?? null,
    what_event: what?.event ?? null,
    what_part: what?.part ?? null,
    effect_event: effect?.event ?? null,
    effect_part: effect?.part ?? null,
  };
}
