import type { RecordProjection } from '../../libs/read-models/index.ts';
import {
  NOT_IN_THE_LOG,
  outstandingIn,
  unadvisedIn,
  type DecisionState,
  type DecisionStatus,
} from '../../libs/registers/decisions/index.ts';

const COLUMNS = {
  status: 'text',
  outcome: 'text',
  maker: 'text',
  body: 'text',
  made_by: 'text',
  delegate: 'text',
  meeting: 'text',
  decided_on: 'text',
  due_on: 'text',
  due_meeting: 'text',
  awaited: 'integer',
  deferrals: 'integer',
  conditions: 'integer',
  outstanding: 'integer',
  outstanding_by: 'text',
  unadvised: 'integer',
  public_interest: 'integer',
  title_event: 'text',
  title_part: 'text',
  summary_event: 'text',
  summary_part: 'text',
  decided_event: 'text',
  decided_part: 'text',
} as const;

const NEVER_REACHED_IT: readonly DecisionStatus[] = NOT_IN_THE_LOG;

/** What is said of decisions. One row for each state of a decision. */
export const decisionLog: RecordProjection<DecisionState, typeof COLUMNS> = {
  name: 'decision_log',
  version: 1,
  register: 'decisions',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['status'], ['body'], ['made_by'], ['delegate'], ['meeting']],
  totals: [['status', 'body']],
  row({ state }) {
    if (state.status === 'NOT_PROPOSED') return null;
    const { outcome, due, title, summary } = state;
    const outstanding = outstandingIn(state);
    const outstandingBy = outstanding.flatMap(({ targetOn }) => targetOn ?? []).toSorted();
    const authority = outcome?.authority ?? null;
    return {
      status: state.status,
      outcome: outcome?.how ?? null,
      maker: state.maker,
      body: state.body,
      made_by: outcome?.how === 'MADE' ? outcome.by : null,
      delegate: state.delegated?.delegate ?? null,
      meeting: authority !== null && 'meeting' in authority ? authority.meeting : null,
      decided_on: outcome?.effectiveOn ?? null,
      due_on: due?.on ?? due?.dated?.to ?? null,
      due_meeting: due?.meeting ?? null,
      awaited: NEVER_REACHED_IT.includes(state.status) ? 1 : 0,
      deferrals: state.deferrals.length,
      conditions: state.conditions.length,
      outstanding: outstanding.length,
      outstanding_by: outstandingBy[0] ?? null,
      unadvised: state.drafted !== undefined && unadvisedIn(state).length > 0 ? 1 : 0,
      public_interest: state.recorded?.publicInterest === true ? 1 : 0,
      title_event: title?.event ?? null,
      title_part: title?.part ?? null,
      summary_event: summary?.event ?? null,
      summary_part: summary?.part ?? null,
      decided_event: outcome?.decided?.event ?? null,
      decided_part: outcome?.decided?.part ?? null,
    };
  },
};
