import { dayNumberOf, type RecordProjection } from '../../libs/read-models/index.ts';
import {
  inOneLine,
  underRoutes,
  type Graded,
  type MadeRecommendation,
  type RecommendationState,
} from '../../libs/registers/recommendations/index.ts';
import { END_OF_DAYS } from '../../libs/ledger/index.ts';

const COLUMNS = {
  body: 'text',
  originator: 'text',
  kind: 'text',
  publication: 'text',
  part_of: 'text',
  addressed_to: 'text',
  response: 'text',
  owner: 'text',
  co_owners: 'text',
  allocated: 'integer',
  item: 'text',
  scale: 'text',
  level: 'text',
  priority: 'text',
  ended: 'text',
  accepted_until: 'text',
  begun: 'integer',
  said: 'text',
  closed_under: 'integer',
  submitted_under: 'integer',
  reported_under: 'integer',
  reopened_under: 'integer',
  reopened: 'integer',
  out_of_step: 'integer',
  evidence: 'integer',
  evidence_in: 'text',
  share_part: 'integer',
  share_of: 'integer',
  outcome: 'text',
  asked: 'integer',
  due_on: 'text',
  due_meeting: 'text',
  first_on: 'text',
  first_meeting: 'text',
  first_set_on: 'text',
  extensions: 'integer',
  extended_late: 'integer',
  made_on: 'integer',
  title_event: 'text',
  title_part: 'text',
  words_event: 'text',
  words_part: 'text',
  update_event: 'text',
  update_part: 'text',
} as const;

/** By what it stands where it does, on a day and by a route: the words that were said are too many to count by. */
export const STANDS_BY = [
  'originator',
  'ended',
  'closed_under',
  'submitted_under',
  'reported_under',
  'accepted_until',
  'begun',
  'allocated',
  'response',
] as const;

/** What was recommended, and what of where it stands no other record tells. One row for each state of a recommendation. */
export const recommendationTracker: RecordProjection<RecommendationState, typeof COLUMNS> = {
  name: 'recommendation_tracker',
  version: 5,
  register: 'recommendations',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['originator'], ['publication'], ['part_of'], ['owner'], ['co_owners']],
  wholeWords: ['item'],
  totals: [
    ['body', ...STANDS_BY],
    ['owner', 'body'],
  ],
  row({ state }) {
    if (state.status === 'NOT_MADE') return null;
    const { current, original, originalSetOn, extensions, extendedLate } = state.due;
    const under = underRoutes(state.said);
    const update = state.latestUpdate?.text;
    return {
      body: state.body,
      originator: state.originator,
      kind: state.kind,
      publication: state.publication ?? null,
      part_of: state.partOf ?? null,
      addressed_to: state.addressedTo ?? null,
      response: state.answered?.response ?? null,
      owner: state.owner ?? null,
      co_owners: state.owners?.join(' ') ?? null,
      allocated: state.owner === undefined ? 0 : 1,
      item: state.item ?? null,
      scale: state.priority?.rule ?? null,
      level: state.priority?.level ?? null,
      priority: priorityKey(state.priority),
      ended: state.ended?.how ?? null,
      accepted_until: state.riskAccepted === undefined ? null : (state.riskAccepted.until ?? END_OF_DAYS),
      begun: state.begun ? 1 : 0,
      said: inOneLine(state.said),
      closed_under: under.closed,
      submitted_under: under.submitted,
      reported_under: under.reported,
      reopened_under: under.reopened,
      reopened: state.reopenings.length,
      out_of_step: new Set(latestWords(state)).size > 1 ? 1 : 0,
      ...evidenceOf(state),
      share_part: state.latestShare?.share.part ?? null,
      share_of: state.latestShare?.share.of ?? null,
      outcome: state.outcome?.outcome ?? null,
      asked: state.asked === undefined ? 0 : 1,
      due_on: current?.on ?? current?.dated?.to ?? null,
      due_meeting: current?.meeting ?? null,
      first_on: original?.on ?? original?.dated?.to ?? null,
      first_meeting: original?.meeting ?? null,
      first_set_on: originalSetOn ?? null,
      extensions,
      extended_late: extendedLate,
      made_on: dayNumberOf(state.made.effectiveOn),
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      words_event: state.words?.event ?? null,
      words_part: state.words?.part ?? null,
      update_event: update?.event ?? null,
      update_part: update?.part ?? null,
    };
  },
};

/** A priority as lists are grouped by it: scale, version and level, of which none has a bar in it. */
function priorityKey(given: Graded | undefined): string | null {
  return given === undefined ? null : `${given.rule}|${given.version}|${given.level}`;
}

/** References between spaces, so that each is found whole; null for none. */
function inAList(refs: readonly (string | undefined)[]): string | null {
  const each = [...new Set(refs.filter((ref) => ref !== undefined))];
  return each.length === 0 ? null : ` ${each.join(' ')} `;
}

/** The latest word of each party that said one: they differ where not all are the same. */
function latestWords({ said }: MadeRecommendation): readonly string[] {
  return [...new Map(said.map(({ party, word }) => [party, word])).values()];
}

/** How many pieces there are whatever the reader may see; where there are none, the documents that would be some for who may see them. */
function evidenceOf({ evidence, said }: MadeRecommendation): { evidence: number; evidence_in: string | null } {
  const pieces = evidence + said.filter((word) => word.evidence !== undefined).length;
  return { evidence: pieces, evidence_in: pieces > 0 ? null : inAList(said.map(({ cites }) => cites)) };
}
