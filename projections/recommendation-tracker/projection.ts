import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { RecommendationState } from '../../libs/registers/recommendations/index.ts';

const COLUMNS = {
  body: 'text',
  originator: 'text',
  kind: 'text',
  publication: 'text',
  response: 'text',
  owner: 'text',
  item: 'text',
  title_event: 'text',
  title_part: 'text',
  words_event: 'text',
  words_part: 'text',
  update_event: 'text',
  update_part: 'text',
} as const;

/** What was recommended, and where it stands. One row for each state of a recommendation. */
export const recommendationTracker: RecordProjection<RecommendationState, typeof COLUMNS> = {
  name: 'recommendation_tracker',
  version: 1,
  register: 'recommendations',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['originator'], ['publication'], ['owner']],
  row({ state }) {
    if (state.status === 'NOT_MADE') return null;
    const update = state.latestUpdate?.text;
    return {
      body: state.body,
      originator: state.originator,
      kind: state.kind,
      publication: state.publication ?? null,
      response: state.answered?.response ?? null,
      owner: state.owner ?? null,
      item: state.item ?? null,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      words_event: state.words?.event ?? null,
      words_part: state.words?.part ?? null,
      update_event: update?.event ?? null,
      update_part: update?.part ?? null,
    };
  },
};
