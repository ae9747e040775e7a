import type { AnyProjection } from '../libs/read-models/index.ts';
import { actionTracker } from './action-tracker/projection.ts';
import { decisionLog } from './decision-log/projection.ts';
import { directoryEntries } from './directory/projection.ts';
import { agendas } from './agenda/projection.ts';
import { documentCatalogue } from './document-catalogue/projection.ts';
import { forwardPlanItems } from './forward-plan/projection.ts';
import { meetingCalendar } from './meeting-calendar/projection.ts';
import { recommendationTracker } from './recommendation-tracker/projection.ts';
import { riskRegister } from './risk-register/projection.ts';
import { ruleBook } from './rule-book/projection.ts';
import { minutedPromises } from './promises/projection.ts';
import { reportedTotals } from './reported-totals/projection.ts';

export * from './action-tracker/queries.ts';
export {
  agendaOf,
  countAgendaItems,
  listAgendaItems,
  type AgendaFilter,
  type DeferralAt,
  type ListedItem,
} from './agenda/queries.ts';
export { COMPARED_LISTS, type AnyComparedList } from './compared-lists.ts';
export { causeOf, openedBy, type CauseOfRecord, type Opened } from './consequences/queries.ts';
export { listContradictions, type Contradiction } from './contradictions/queries.ts';
export { listCompared, type ListCompared, type NarrowedComparison } from './comparing.ts';
export type { StatedValue } from './contradictions/projection.ts';
export {
  citedAtBasis,
  citedSince,
  countDecisions,
  DECISION_GROUPINGS,
  findDecision,
  listDecisions,
  type CitedSince,
  type DecisionFilter,
  type DecisionGrouping,
  type TrackedDecision,
} from './decision-log/queries.ts';
export * from './directory/queries.ts';
export type { Citation, CitedAs } from './document-catalogue/projection.ts';
export * from './document-catalogue/queries.ts';
export {
  countForwardPlanItems,
  findForwardPlanItem,
  FORWARD_PLAN_GROUPINGS,
  listForwardPlanItems,
  type ForwardPlanFilter,
  type ForwardPlanGrouping,
  type TrackedForwardPlanItem,
} from './forward-plan/queries.ts';
export {
  citedAsItStood,
  countIn,
  LISTS,
  type AnyRecordAsOf,
  type Counts,
  type RecordList,
  type ScoredMatrix,
  type StepOfScale,
} from './lists.ts';
export * from './meeting-calendar/queries.ts';
export {
  actionsKeeping,
  countPromises,
  listPromises,
  promiseKeptBy,
  type MinutedPromise,
  type MinuteOf,
  type PromiseFilter,
} from './promises/queries.ts';
export {
  countRecordsNaming,
  linksOf,
  listCalled,
  listNaming,
  namesGiven,
  namesOf,
  type LinkOf,
  type NamingOf,
  type NamingRecordNamed,
} from './naming/queries.ts';
export {
  countRecommendations,
  findRecommendation,
  listRecommendations,
  RECOMMENDATION_GROUPINGS,
  recommendationAges,
  recommendationsFirstDue,
  recommendationsHave,
  recommendationWithState,
  type RecommendationFilter,
  type RecommendationGrouping,
  type TrackedRecommendation,
} from './recommendation-tracker/queries.ts';
export { recommendationColours } from './recommendation-tracker/compared-queries.ts';
export {
  colourOf,
  recommendationTable,
  type LabelledCase,
  type RagRow,
  type RecommendationTable,
} from './recommendation-tracker/table-queries.ts';
export { QUESTION_REASONS, type Question, type QuestionReason } from './questioned/projection.ts';
export { listQuestions, questionsOfRecord, type QuestionOfRecord } from './questioned/queries.ts';
export {
  heldBeside,
  listTotals,
  type HeldBeside,
  type TotalFilter,
  type TotalOfDocument,
} from './reported-totals/queries.ts';
export type { DelayBand, Delays } from './record-history/entry-delays.ts';
export { entryDelays, listLateEntries, type DelayGroup, type LateEntry } from './record-history/entry-queries.ts';
export type { HistoryRow } from './record-history/projection.ts';
export {
  findRecord,
  historyOf,
  listLinksToNothing,
  meetingFacts,
  sourceOfEvent,
  whatMadeIt,
  valueOfEvent,
  wordsOf,
  type AnyRecord,
  type HistoryEvent,
  type LinkToNothing,
  type MeetingFact,
  type MeetingFactsAsked,
} from './record-history/queries.ts';
export { replayOfRecord, type ReplayPage, type ReplayStep, type ReplayWanted } from './record-history/replay.ts';
export type { MeetingList } from './record-history/meeting-facts.ts';
export { risksOfPanel, type PanelAsked, type PanelRisks } from './panel-risks.ts';
export {
  countMoved,
  daysOfAll,
  listMoved,
  matrixMovement,
  type MatrixLine,
  type MatrixMovement,
  type MovedCount,
  type MovedFilter,
  type MovedRisk,
  type PlaceInMatrix,
} from './risk-register/movement-queries.ts';
export {
  controlsOf,
  countRisks,
  findRisk,
  listRisks,
  readScore,
  RISK_GROUPINGS,
  riskMatrix,
  scoresOf,
  type MatrixCell,
  type RiskFilter,
  type RiskGrouping,
  type RiskMatrix,
  type TrackedRisk,
} from './risk-register/queries.ts';
export { breachesOf } from './rule-book/policy-queries.ts';
export * from './rule-book/queries.ts';

export {
  countSlippage,
  listSlippage,
  REGISTERS_THAT_SLIP,
  SLIPPAGE_GROUPINGS,
  type MoveOfDate,
  type SlippageCount,
  type SlippageFilter,
  type SlippageGrouping,
  type SlippedDate,
  type StepOfDate,
} from './slippage/queries.ts';
export type { Steps } from './steps/projection.ts';
export { stepsOf, type StepsOfRecord } from './steps/queries.ts';

/** Every projection that has rows of its own. Histories are read from events, contradictions from what stands beside the states. */
export const PROJECTIONS: readonly AnyProjection[] = [
  actionTracker,
  meetingCalendar,
  agendas,
  directoryEntries,
  recommendationTracker,
  riskRegister,
  decisionLog,
  forwardPlanItems,
  documentCatalogue,
  ruleBook,
  minutedPromises,
  reportedTotals,
];
