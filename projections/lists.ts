import {
  askedBy,
  kindOfList,
  kindSpelt,
  OF_BODIES,
  type Asked,
  type Condition,
  type FiltersShown,
  type ListOfRecords,
  type RecordKind,
  type RecordShown,
  type ShownRecord,
  type ShownValue,
} from '../libs/declarations/index.ts';
import type { TextRef } from '../libs/ledger/index.ts';
import {
  viewOver,
  type Ages,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../libs/read-models/index.ts';
import { ACTION_SHOWN, ACTION_STATUSES, publishedStatusOf } from '../libs/registers/actions/index.ts';
import { DECISION_SHOWN, openingsIn, type CitedShown } from '../libs/registers/decisions/index.ts';
import { BODY_SHOWN, PERSON_SHOWN, POST_SHOWN } from '../libs/registers/directory/index.ts';
import { DOCUMENT_SHOWN } from '../libs/registers/documents/index.ts';
import { FORWARD_PLAN_ITEM_SHOWN } from '../libs/registers/forward-plan/index.ts';
import { MEETING_SHOWN } from '../libs/registers/meetings/index.ts';
import { RECOMMENDATION_SHOWN } from '../libs/registers/recommendations/index.ts';
import { RISK_SHOWN } from '../libs/registers/risks/index.ts';
import { RULE_SHOWN } from '../libs/registers/rules/index.ts';
import type { Band } from '../libs/rules/index.ts';
import {
  actionAges,
  countActions,
  findAction,
  listActions,
  ownersOfActions,
  type ActionFilter,
  type ActionGrouping,
} from './action-tracker/queries.ts';
import {
  citedAtBasis,
  countDecisions,
  decisionsHave,
  decisionWithState,
  findDecision,
  listDecisions,
  type DecisionFilter,
} from './decision-log/queries.ts';
import {
  bodiesOfPosts,
  bodiesThatRead,
  findBody,
  findPerson,
  findPost,
  pageOfBodies,
  pageOfPeople,
  pageOfPosts,
} from './directory/queries.ts';
import { countDocuments, findDocument, listDocuments } from './document-catalogue/queries.ts';
import {
  countForwardPlanItems,
  findForwardPlanItem,
  forwardPlanItemsHave,
  forwardPlanItemWithState,
  listForwardPlanItems,
  type ForwardPlanFilter,
} from './forward-plan/queries.ts';
import { countMeetings, findMeeting, listMeetings } from './meeting-calendar/queries.ts';
import {
  countRecommendations,
  findRecommendation,
  listRecommendations,
  ownersOfRecommendations,
  recommendationAges,
  recommendationsHave,
  recommendationWithState,
  type RecommendationFilter,
} from './recommendation-tracker/queries.ts';
import {
  countRisks,
  findRisk,
  listRisks,
  matrixOf,
  ownersOfRisks,
  risksHave,
  riskWithState,
  scalesAmong,
  scoredAlike,
  type RiskFilter,
} from './risk-register/queries.ts';
import { causeOf, openedBy } from './consequences/queries.ts';
import { countRules, findRule, listRules } from './rule-book/queries.ts';
import { actionsKeeping, promiseKeptBy } from './promises/queries.ts';

/*
 * How the ledger is asked for the records of each kind, by the filters that its register declares. Pages and reported totals ask through
 * here, so that what is narrowed in the one way is narrowed so in the other.
 */

type LinkFilters<F extends FiltersShown> = {
  [Name in keyof F]: F[Name] extends { readonly kind: 'link' } ? Name : never;
}[keyof F];

/** How many there are in each group. */
export type Counts = readonly { readonly key: string | null; readonly count: number }[];

/** Records by the two numbers of a score, on the axes that a scale has on the day. */
export interface ScoredMatrix {
  /** The scales by which some of them are scored, as the reader may see them: that by which most are first. */
  readonly scales: readonly string[];
  /** How many are counted here, scored or not. */
  readonly total: number;
  /** The one that is asked for, else the first; null where none of them is scored by any. */
  readonly scale: string | null;
  /** Which score it is of. */
  readonly of: string;
  /** Null without a scale, and where there is none such for the reader. */
  readonly counts: {
    readonly version: string;
    readonly isInForce: boolean;
    readonly down: readonly StepOfScale[];
    readonly across: readonly StepOfScale[];
    readonly cells: readonly {
      readonly down: number;
      readonly across: number;
      readonly count: number;
      readonly band: Band | null;
    }[];
    readonly onOtherAxes: number;
    readonly onOtherScales: number;
    readonly unscored: number;
  } | null;
}

/** A step of an axis, and what it means. */
export interface StepOfScale {
  readonly score: number;
  readonly meaning: ShownValue | null;
}

/** How the ledger is asked for records of a kind: the queries of the projection that keeps them. */
export interface Reads<Rec, F extends FiltersShown> {
  /** What is asked, as those queries are asked for it. Default: as it is. */
  filter?(asked: Asked<F>): object;
  find(view: LedgerView, ref: string): Promise<Rec | null>;
  list(view: LedgerView, asked: Asked<F>, page: PageWanted): Promise<Page<Rec>>;
  /** How many there are of each member of the filter by which tabs count. */
  counts?(view: LedgerView, asked: Asked<F>): Promise<Counts>;
  /** How old those of them are that are open. */
  ages?(view: LedgerView, asked: Asked<F>): Promise<Ages>;
  /** For a kind that shows a matrix: those that pass all that is asked for but its own filters, which say by which scale it is and of which score. */
  matrix?(view: LedgerView, asked: Asked<F>): Promise<ScoredMatrix>;
  /**
   * How a state that it had before is shown, for a kind of which another record tells where it stands. Default: by the state alone.
   */
  stood?(view: LedgerView, record: Rec): Promise<(state: unknown) => Rec>;
  /** For each filter by another record: the references that find something. */
  readonly choices: { readonly [Name in LinkFilters<F>]: (view: LedgerView) => Promise<readonly string[]> };
  /** The registers of which a damaged record may be lacking in the list. */
  readonly readFrom: readonly string[];
}

/** What every record is at a basis, whatever its kind. */
export type AnyRecordAsOf = Pick<RecordAsOf<unknown>, 'ref' | 'mayAlreadyHold' | 'disputed'>;

/** What is asked of any list: members of a few, which are alternatives; a reference or words; a flag. */
export interface AnyAsked {
  readonly [filter: string]: readonly string[] | string | true | undefined;
}

/** The list of a kind of record: what its register shows of it, and how the ledger is asked for it. Any kind in the same way. */
export interface RecordList {
  readonly shown: RecordShown<AnyRecordAsOf>;
  /** What is asked of the list, but for its bodies, as the queries of its projection are asked. */
  filter(asked: AnyAsked): object;
  find(view: LedgerView, ref: string): Promise<AnyRecordAsOf | null>;
  list(view: LedgerView, asked: AnyAsked, page: PageWanted): Promise<Page<AnyRecordAsOf>>;
  counts(view: LedgerView, asked: AnyAsked): Promise<Counts>;
  /** Null for a kind of which nothing stays open. */
  ages(view: LedgerView, asked: AnyAsked): Promise<Ages | null>;
  /** Null for a kind that shows no matrix. */
  matrix(view: LedgerView, asked: AnyAsked): Promise<ScoredMatrix | null>;
  /** The record as a state of it from before would be shown. */
  stood(view: LedgerView, record: AnyRecordAsOf): Promise<(state: unknown) => AnyRecordAsOf>;
  readonly choices: { readonly [filter: string]: (view: LedgerView) => Promise<readonly string[]> };
  readonly readFrom: readonly string[];
}

/**
 * What a register shows, and the queries that answer it: the one place that checks that they fit. Each record is handled with what belongs
 * to its kind, which TypeScript does not see, so it is said here.
 */
export function recordList<Rec extends ShownRecord, F extends FiltersShown>(
  shown: RecordShown<Rec, F>,
  reads: Reads<Rec & AnyRecordAsOf, F>,
): RecordList {
  const none = {
    filter: (asked: AnyAsked) => asked,
    counts: () => Promise.resolve([]),
    ages: () => Promise.resolve(null),
    matrix: () => Promise.resolve(null),
    stood: (_: LedgerView, record: AnyRecordAsOf) => Promise.resolve((state: unknown) => ({ ...record, state })),
  };
  const own = { ...none, ...reads, shown } as unknown as RecordList;
  return {
    ...own,
    list: overBodies(own.shown, (view, asked, page: PageWanted) => own.list(view, asked, page)),
    counts: overBodies(own.shown, (view, asked) => own.counts(view, asked)),
    ages: overBodies(own.shown, (view, asked) => own.ages(view, asked)),
    matrix: overBodies(own.shown, (view, asked) => own.matrix(view, asked)),
    choices: { ...own.choices, ...CHOICES_OF_BODIES },
  };
}

/** Offered are bodies that read others; one body among many is a filter of most lists, and nothing more of the others. */
const CHOICES_OF_BODIES: RecordList['choices'] = { bodies: () => Promise.resolve([]), readBy: bodiesThatRead };

/**
 * A question of a list, of the bodies that are asked for: it is asked of a view of which lists are of those. Its own filters are left to it, and what
 * they name is named to the view.
 */
function overBodies<More extends readonly unknown[], Answer>(
  shown: Pick<RecordShown<AnyRecordAsOf>, 'filters'>,
  ask: (view: LedgerView, asked: AnyAsked, ...more: More) => Promise<Answer>,
) {
  return async (view: LedgerView, asked: AnyAsked, ...more: More): Promise<Answer> => {
    const { own, viewFor } = withoutBodies(shown, asked);
    return ask(await viewFor(view), own, ...more);
  };
}

/** The bodies of a list, taken out of what is asked of it: what is left of that, and the view in which its list is of those. */
export function withoutBodies(
  { filters }: Pick<RecordShown<AnyRecordAsOf>, 'filters'>,
  asked: AnyAsked,
): { readonly own: AnyAsked; readonly viewFor: (view: LedgerView) => Promise<LedgerView> } {
  const own = Object.entries(asked).filter(([name, value]) => !Object.hasOwn(OF_BODIES, name) && value !== undefined);
  const named = own.flatMap(([name, value]) => {
    const kind = filters[name]?.kind;
    return (kind === 'link' || kind === 'words') && typeof value === 'string' ? [value.trim()] : [];
  });
  const { bodies, readBy, illustrative } = asked;
  const wanted = {
    ...(bodies === undefined || bodies === true ? {} : { bodies: [bodies].flat() }),
    ...(typeof readBy === 'string' ? { readBy } : {}),
    ...(illustrative === true ? { illustrative } : {}),
  };
  const references = named.filter((one) => kindSpelt(one) !== null);
  return { own: Object.fromEntries(own), viewFor: (view) => viewOver(view, wanted, references) };
}

/** The list of every kind of record. One that is forgotten does not compile. */
export const LISTS: { readonly [Kind in RecordKind]: RecordList } = {
  action: recordList(ACTION_SHOWN, {
    filter: actionsAsked,
    find: findActionWithOrigin,
    list: (view, asked, page) => listActions(view, actionsAsked(asked), page),
    counts: (view, asked) => countActions(view, 'STATUS', actionsAsked(asked)),
    ages: (view, asked) => actionAges(view, actionsAsked(asked)),
    choices: { owner: ownersOfActions, body: actionsBy('BODY'), meeting: actionsBy('MEETING') },
    readFrom: ['actions', 'meetings'],
  }),
  recommendation: recordList(RECOMMENDATION_SHOWN, {
    filter: recommendationsAsked,
    find: findRecommendation,
    list: (view, asked, page) => listRecommendations(view, recommendationsAsked(asked), page),
    counts: (view, asked) => countRecommendations(view, 'STATUS', recommendationsAsked(asked)),
    ages: (view, asked) => recommendationAges(view, recommendationsAsked(asked)),
    stood: recommendationWithState,
    choices: {
      body: (view) => recommendationsHave(view, 'BODY'),
      originator: (view) => recommendationsHave(view, 'ORIGINATOR'),
      publication: (view) => recommendationsHave(view, 'PUBLICATION'),
      owner: ownersOfRecommendations,
      scale: async (view) => [
        ...new Set((await recommendationsHave(view, 'PRIORITY')).map((key) => key.slice(0, key.indexOf('|')))),
      ],
    },
    readFrom: ['recommendations', 'meetings', 'rules'],
  }),
  risk: recordList(RISK_SHOWN, {
    filter: risksAsked,
    find: findRisk,
    list: (view, asked, page) => listRisks(view, risksAsked(asked), page),
    counts: (view, asked) => countRisks(view, 'STATUS', risksAsked(asked)),
    matrix: (view, asked) => matrixOfRisks(view, risksAsked(asked)),
    stood: riskWithState,
    choices: {
      body: (view) => risksHave(view, 'body'),
      owner: ownersOfRisks,
      scale: (view) => risksHave(view, 'current_rule'),
    },
    readFrom: ['risks', 'rules'],
  }),
  decision: recordList(DECISION_SHOWN, {
    filter: decisionsAsked,
    find: findDecisionWhole,
    list: (view, asked, page) => listDecisions(view, decisionsAsked(asked), page),
    counts: (view, asked) => countDecisions(view, 'STATUS', decisionsAsked(asked)),
    stood: decisionWithState,
    choices: {
      body: (view) => decisionsHave(view, 'body'),
      madeBy: (view) => decisionsHave(view, 'made_by'),
      delegate: (view) => decisionsHave(view, 'delegate'),
      meeting: (view) => decisionsHave(view, 'meeting'),
    },
    readFrom: ['decisions', 'meetings'],
  }),
  forwardPlanItem: recordList(FORWARD_PLAN_ITEM_SHOWN, {
    filter: forwardPlanAsked,
    find: findForwardPlanItemWithCause,
    list: (view, asked, page) => listForwardPlanItems(view, forwardPlanAsked(asked), page),
    counts: (view, asked) => countForwardPlanItems(view, 'STATUS', forwardPlanAsked(asked)),
    stood: forwardPlanItemWithState,
    choices: {
      body: (view) => forwardPlanItemsHave(view, 'body'),
      sponsor: (view) => forwardPlanItemsHave(view, 'sponsor'),
      plannedMeeting: (view) => forwardPlanItemsHave(view, 'planned_meeting'),
      presentedMeeting: (view) => forwardPlanItemsHave(view, 'presented_meeting'),
    },
    readFrom: ['forward-plan', 'meetings', 'rules', 'decisions'],
  }),
  meeting: recordList(MEETING_SHOWN, {
    find: findMeetingWithPromises,
    list: listMeetings,
    counts: (view, asked) => countMeetings(view, 'STATUS', asked),
    choices: { body: async (view) => (await countMeetings(view, 'BODY', {})).map(({ key }) => key) },
    readFrom: ['meetings'],
  }),
  document: recordList(DOCUMENT_SHOWN, {
    find: findDocument,
    list: listDocuments,
    counts: (view, asked) => countDocuments(view, 'STATUS', asked),
    choices: {
      body: async (view) => (await countDocuments(view, 'BODY', {})).flatMap(({ key }) => (key === null ? [] : [key])),
    },
    readFrom: ['documents'],
  }),
  rule: recordList(RULE_SHOWN, {
    find: findRule,
    list: listRules,
    counts: (view, asked) => countRules(view, 'STATUS', asked),
    choices: {
      body: async (view) => (await countRules(view, 'BODY', {})).flatMap(({ key }) => (key === null ? [] : [key])),
    },
    readFrom: ['rules'],
  }),
  body: recordList(BODY_SHOWN, {
    find: findBody,
    list: (view, _, page) => pageOfBodies(view, page),
    choices: {},
    readFrom: ['directory'],
  }),
  post: recordList(POST_SHOWN, {
    find: findPost,
    list: pageOfPosts,
    choices: { body: bodiesOfPosts },
    readFrom: ['directory'],
  }),
  person: recordList(PERSON_SHOWN, {
    find: findPerson,
    list: (view, _, page) => pageOfPeople(view, page),
    choices: {},
    readFrom: ['directory'],
  }),
};

/**
 * How many of a list there are at the view's basis, by conditions as events hold them. Null where that cannot be told: one of them is by a
 * record that is not for the reader, or this version has no such filter or choice.
 */
export async function countIn(
  view: LedgerView,
  { list, filter }: { readonly list: ListOfRecords; readonly filter: readonly Condition[] },
): Promise<number | null> {
  const records = LISTS[kindOfList(list)];
  const asked = askedBy(records.shown.filters, filter);
  return asked === null ? null : (await records.list(view, asked, { first: 1 })).totalCount;
}

/** What is asked, as the ledger is asked for it: what a public paper would not list is a choice of its own there. */
function actionsAsked(asked: Asked<(typeof ACTION_SHOWN)['filters']>): ActionFilter {
  const { published, status, extended, ...given } = asked;
  const others = { ...given, ...(extended === undefined ? {} : { extended: leastOf(extended) }) };
  if (published === undefined) return { ...others, ...(status === undefined ? {} : { status }) };
  const printed = ACTION_STATUSES.filter((one) => published.includes(publishedStatusOf(one) ?? 'NOT_LISTED'));
  return { ...others, status: printed.filter((one) => status === undefined || status.includes(one)) };
}

/** How often something was extended at least, by the words for it. */
function leastOf(extended: readonly ('ONCE_OR_MORE' | 'MORE_THAN_ONCE')[]): number {
  return Math.min(...extended.map((one) => (one === 'ONCE_OR_MORE' ? 1 : 2)));
}

/** Whatever actions have at this basis: filters offer nothing that would find nothing. */
function actionsBy(grouping: ActionGrouping) {
  return async (view: LedgerView) =>
    (await countActions(view, grouping, {})).flatMap(({ key }) => (key === null ? [] : [key]));
}

/** With the minute of the promise that it keeps, the entry because of which it was raised, and what its conversion opened. */
async function findActionWithOrigin(view: LedgerView, ref: string) {
  const action = await findAction(view, ref);
  if (action === null) return null;
  const { state } = action;
  const promise = await promiseKeptBy(view, state);
  const cause = await causeOf(view, state);
  if (state.closed === undefined) return { ...action, promise, cause };
  return { ...action, promise, cause, opened: await openedBy(view, state.closed.event) };
}

/** With the actions that keep what was promised there. */
async function findMeetingWithPromises(view: LedgerView, ref: string) {
  const meeting = await findMeeting(view, ref);
  if (meeting === null) return null;
  const promises = meeting.state.items.filter(({ promise }) => promise);
  const keptAs = promises.map(async ({ event }) => [event, await actionsKeeping(view, event)] as const);
  return { ...meeting, keptAs: new Map(await Promise.all(keptAs)) };
}

/** With the entry by which an action became it. */
async function findForwardPlanItemWithCause(view: LedgerView, ref: string) {
  const item = await findForwardPlanItem(view, ref);
  return item === null ? null : { ...item, cause: await causeOf(view, item.state) };
}

/** With what it cites, as that stood at its basis, and with what its entries opened. */
async function findDecisionWhole(view: LedgerView, ref: string) {
  const decision = await findDecision(view, ref);
  if (decision === null) return null;
  const entries = openingsIn(decision.state);
  const opened = new Map(
    await Promise.all(entries.map(async (entry) => [entry, await openedBy(view, entry)] as const)),
  );
  const cited = await citedAtBasis(view, decision.state);
  if (cited === null) return { ...decision, opened };
  return { ...decision, opened, cited: await Promise.all(cited.refs.map((one) => citedAsItStood(cited.view, one))) };
}

/** A record of any kind as it stood at a basis: what it was about, and its status there. */
export async function citedAsItStood(view: LedgerView, ref: string): Promise<CitedShown> {
  const list = LISTS[kindSpelt(ref)!];
  const { shown } = list;
  const record = await list.find(view, ref);
  if (record === null) return { ref, isThere: false };
  const tag = shown.status === undefined ? undefined : shown.status.are[shown.status.of(record)];
  const { state } = record as Partial<RecordAsOf<{ readonly title?: TextRef; readonly name?: TextRef }>>;
  const heading = state?.title ?? state?.name;
  return {
    ...{ ref, isThere: true },
    ...(heading === undefined ? {} : { heading }),
    ...(tag === undefined ? {} : { status: tag.words }),
  };
}

function decisionsAsked(asked: Asked<(typeof DECISION_SHOWN)['filters']>): DecisionFilter {
  const { unpublished, deferredTwice, status, ...others } = asked;
  const recorded =
    unpublished === undefined ? status : (status ?? ['RECORDED' as const]).filter((one) => one === 'RECORDED');
  return {
    ...others,
    ...(recorded === undefined ? {} : { status: recorded }),
    ...(deferredTwice === undefined ? {} : { deferred: 2 }),
  };
}

function forwardPlanAsked(asked: Asked<(typeof FORWARD_PLAN_ITEM_SHOWN)['filters']>): ForwardPlanFilter {
  const { deferredTwice, ...others } = asked;
  return { ...others, ...(deferredTwice === undefined ? {} : { deferred: 2 }) };
}

function risksAsked(asked: Asked<(typeof RISK_SHOWN)['filters']>): RiskFilter {
  const { overdueForReview, notLookedAt, scored, likelihood, impact, ...others } = asked;
  return {
    ...others,
    ...(scored?.[0] === undefined ? {} : { scored: scored[0] }),
    ...(likelihood === undefined ? {} : { likelihood: Number(likelihood) }),
    ...(impact === undefined ? {} : { impact: Number(impact) }),
    ...(overdueForReview === undefined ? {} : { reviewOverdue: true }),
    ...(notLookedAt === undefined ? {} : { isNew: true }),
  };
}

/** What is asked for of a score says which matrix it is, and narrows none: it shows where else the others are. */
async function matrixOfRisks(view: LedgerView, asked: RiskFilter): Promise<ScoredMatrix> {
  const { scale: wanted, scored: of = 'CURRENT', likelihood: _, impact: __, ...filter } = asked;
  const scored = await scoredAlike(view, of, filter);
  const by = await scalesAmong(view, scored);
  const scale = wanted ?? by.scales[0] ?? null;
  const matrix = scale === null ? null : await matrixOf(view, scale, () => Promise.resolve(scored));
  if (matrix === null) return { ...by, scale, of, counts: null };
  const { likelihoods: down, impacts: across, cells, ...counted } = matrix;
  const renamed = cells.map(({ likelihood, impact, ...cell }) => ({ down: likelihood, across: impact, ...cell }));
  return { ...by, scale, of, counts: { ...counted, down, across, cells: renamed } };
}

function recommendationsAsked(asked: Asked<(typeof RECOMMENDATION_SHOWN)['filters']>): RecommendationFilter {
  const { extended, unevidenced, unlinked, withoutRisk, ...others } = asked;
  return {
    ...others,
    ...(extended === undefined ? {} : { extended: leastOf(extended) }),
    ...(unevidenced === undefined ? {} : { evidence: false }),
    ...(unlinked === undefined ? {} : { linked: false }),
    ...(withoutRisk === undefined ? {} : { linkedRisk: false }),
  };
}
