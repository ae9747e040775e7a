import { sql } from 'kysely';
import { dueDateOf, type Due, type DueMeeting } from '../../libs/declarations/index.ts';
import type { CivilDate, TextRef } from '../../libs/ledger/index.ts';
import {
  groupsOf,
  isWord,
  pageOf,
  recordAsOf,
  registerNamed,
  rowsAsOf,
  seesLink,
  textsHold,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  routeRefOf,
  standingAt,
  type MadeRecommendation,
  type RecommendationKind,
  type RecommendationResponse,
  type Standing,
} from '../../libs/registers/recommendations/index.ts';
import { routesOver, type ClosureRoute, type RuleLink } from '../../libs/rules/index.ts';
import { recommendationTracker } from './projection.ts';

/** Which recommendations. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface RecommendationFilter {
  /** The body that follows it up. */
  readonly body?: string;
  readonly originator?: string;
  readonly publication?: string;
  /** The post that leads on it. */
  readonly owner?: string;
  readonly kind?: readonly RecommendationKind[];
  readonly response?: readonly RecommendationResponse[];
  /** Words in the title, its words or the latest update, as far as the reader may read them; its whole reference, or its whole place in the publication. */
  readonly text?: string;
}

/** A recommendation at a basis. */
export interface TrackedRecommendation extends RecordAsOf<MadeRecommendation> {
  readonly standing: Standing;
  readonly due: TrackedDue;
  /** Open, and the current due date lies before the effective day of the basis; the first one does. */
  readonly overdue: boolean;
  readonly overdueByOriginal: boolean;
}

interface TrackedDue {
  readonly phrase?: TextRef;
  readonly original: CivilDate | null;
  readonly current: CivilDate | null;
  readonly extensions: number;
  readonly broughtForward: number;
  readonly movedWithMeeting: boolean;
}

/** One recommendation, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findRecommendation(view: LedgerView, ref: string): Promise<TrackedRecommendation | null> {
  const found = await recordAsOf<MadeRecommendation>(view, 'recommendations', ref);
  return found === null ? null : tracked(view, found);
}

/** The recommendations at the basis that pass the filter, by reference. */
export async function listRecommendations(
  view: LedgerView,
  filter: RecommendationFilter,
  page: PageWanted,
): Promise<Page<TrackedRecommendation>> {
  const rows = await filtered(view, filter, true);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const inOrder = isNarrowed ? rows : await filtered(view, filter, false);
  return pageOf(view, inOrder, page, (one: RecordAsOf<MadeRecommendation>) => tracked(view, one), rows, isNarrowed);
}

/** The references that recommendations at the basis have in that column: filters offer nothing that would find nothing. */
export async function recommendationsHave(
  view: LedgerView,
  column: 'body' | 'originator' | 'publication' | 'owner',
): Promise<readonly string[]> {
  const groups = await groupsOf(view, await filtered(view, {}, true), column);
  const keys = groups.flatMap(({ key }) => (key === null ? [] : [key]));
  const seen = await Promise.all(keys.map((key) => seesLink(view, key)));
  return keys.filter((_, index) => seen[index]);
}

async function tracked(view: LedgerView, one: RecordAsOf<MadeRecommendation>): Promise<TrackedRecommendation> {
  const { effective } = view.basis;
  const { phrase, original, current, extensions, broughtForward } = one.state.due;
  const [rule, originalOn, currentOn] = await Promise.all([
    routeOf(view, one.state),
    dayOf(view, original),
    dayOf(view, current),
  ]);
  const standing = standingAt(one.state, routesOver(rule), effective);
  const isOpen = !['CLOSED', 'SUPERSEDED', 'NOT_ADOPTED', 'REMOVED', 'RISK_ACCEPTED'].includes(standing.status);
  return {
    ...one,
    standing,
    due: {
      ...(phrase === undefined ? {} : { phrase }),
      original: originalOn,
      current: currentOn,
      extensions,
      broughtForward,
      movedWithMeeting: false,
    },
    overdue: isOpen && currentOn !== null && currentOn < effective,
    overdueByOriginal: isOpen && originalOn !== null && originalOn < effective,
  };
}

/** The closure route of its originator, as far as the reader may see it. The originator may not be for the reader: then there is none. */
async function routeOf(view: LedgerView, { originator }: MadeRecommendation): Promise<RuleLink<ClosureRoute> | null> {
  if ((originator as string | undefined) === undefined || registerNamed(view, 'rules') === null) return null;
  const rule = await recordAsOf<RuleLink<ClosureRoute>>(view, 'rules', routeRefOf(originator));
  return rule?.state ?? null;
}

async function dayOf(view: LedgerView, due: Due | undefined): Promise<CivilDate | null> {
  const meeting = due?.meeting === undefined ? null : await recordAsOf<DueMeeting>(view, 'meetings', due.meeting);
  return dueDateOf(due, () => meeting?.state ?? null);
}

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.words_event', 'row.words_part'],
  ['row.update_event', 'row.update_part'],
] as const;

async function filtered(view: LedgerView, filter: RecommendationFilter, isFound: boolean) {
  const { body, originator, publication, owner, kind, response, text } = filter;
  const links = [body, originator, publication, owner].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  let rows = rowsAsOf(view, recommendationTracker, isFound);
  if (!areSeen) rows = rows.where(sql<boolean>`1 = 0`);
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (originator !== undefined) rows = rows.where('row.originator', '=', originator);
  if (publication !== undefined) rows = rows.where('row.publication', '=', publication);
  if (owner !== undefined) rows = rows.where('row.owner', '=', owner);
  if (kind !== undefined) rows = rows.where('row.kind', 'in', kind);
  if (response !== undefined) rows = rows.where('row.response', 'in', response);
  if (text !== undefined)
    rows = rows.where(
      sql<boolean>`(${isWord('row.ref', text)} or ${isWord('row.item', text)} or ${textsHold(view, TEXTS, text)})`,
    );
  return rows;
}
