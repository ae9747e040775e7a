import type { LedgerView } from '../../../../libs/read-models/index.ts';
import { findRecommendation, type TrackedRecommendation } from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import type { Fields, ListArguments, Root } from '../ledger/value.ts';

/** A recommendation as the API answers it. */
export function recommendationValue(
  view: LedgerView,
  { ref, state, standing, mayAlreadyHold, disputed }: TrackedRecommendation,
) {
  return {
    view,
    ref,
    state,
    status: standing.status,
    kind: state.kind,
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

export const RECOMMENDATION_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    recommendation: recordNamed('recommendations', findRecommendation, recommendationValue),
  } satisfies Fields<Root>,
  Recommendation: {
    title: ({ view, state }) => view.text(state.title),
    words: ({ view, state }) => view.text(state.words),
    body: ({ view, state }) => bodyNamed(view, state.body),
    originator: ({ view, state }) => bodyNamed(view, state.originator),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof recommendationValue>>,
  RecommendationPayload: {
    ...PAYLOAD,
    recommendation: recordWritten(findRecommendation, recommendationValue),
  } satisfies Fields<Written>,
};
