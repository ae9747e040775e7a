import type { DueMeeting } from '../../declarations/index.ts';
import type { Links, LinkWanted, Marking } from '../../ledger/index.ts';
import { routesOver, type ClosureRoute, type LevelScale, type RouteFrom, type RuleLink } from '../../rules/index.ts';
import type { RecommendationCommand } from './commands.ts';
import type { MadeRecommendation, RecommendationState } from './state.ts';

/*
 * Registers never import each other: these are the shapes that recommendations rely on in the states of other registers.
 * `test/architecture` and the end-to-end tests hold both sides together.
 */

/** The rule by which recommendations of a body are closed; there need be none. */
export function routeRefOf(originator: string): string {
  return `${originator}-closure`;
}

/** Commands that are decided on whether the recommendation is closed. */
const ASKS_WHETHER_CLOSED: readonly RecommendationCommand['type'][] = [
  'RequestRecommendationExtension',
  'GrantRecommendationExtension',
  'MoveRecommendationDueDate',
  'JudgeRecommendationOutcome',
  'AcceptRecommendationRisk',
  'SupersedeRecommendation',
  'DeclineRecommendation',
  'RemoveRecommendation',
  'ReopenRecommendation',
];

export function asksWhetherClosed(type: RecommendationCommand['type']): boolean {
  return ASKS_WHETHER_CLOSED.includes(type);
}

const MOVES_THE_DATE: readonly RecommendationCommand['type'][] = [
  'RequestRecommendationExtension',
  'GrantRecommendationExtension',
  'MoveRecommendationDueDate',
];

/** The route that closes it, and the meetings at which it is due and is asked to be due. */
export function linksBeside({ type }: RecommendationCommand, state: RecommendationState): readonly LinkWanted[] {
  if (state.status === 'NOT_MADE') return [];
  const route = { register: 'rules', ref: routeRefOf(state.originator), field: 'ref' };
  const due = [state.due.current?.meeting, state.asked?.due.meeting].flatMap((ref) =>
    ref === undefined ? [] : [{ register: 'meetings', ref, field: 'ref' }],
  );
  return [...(asksWhetherClosed(type) ? [route] : []), ...(MOVES_THE_DATE.includes(type) ? due : [])];
}

/** Every route that was ever in force for recommendations of that body, as far as the caller may know. */
export function routesIn(links: Links, { originator }: MadeRecommendation): readonly RouteFrom[] {
  return routesOver(links.find('rules', routeRefOf(originator)) as RuleLink<ClosureRoute> | null);
}

/** A scale that a command names, and that is therefore there: whatever rule it is. */
export function scaleIn(links: Links, ref: string): RuleLink<LevelScale> {
  return links.find('rules', ref) as RuleLink<LevelScale>;
}

export function meetingIn(links: Links, ref: string): DueMeeting | null {
  return links.find('meetings', ref) as DueMeeting | null;
}

/** A recommendation that a command names, and that is therefore there. */
export function recommendationIn(links: Links, ref: string): MadeRecommendation {
  return links.find('recommendations', ref) as MadeRecommendation;
}

/** How the records are marked that it arises from. */
export function markingsOf(
  links: Links,
  { publication, partOf }: { publication?: string; partOf?: string },
): readonly Marking[] {
  return [
    publication === undefined ? null : links.markingOf('documents', publication),
    partOf === undefined ? null : links.markingOf('recommendations', partOf),
  ].filter((marking) => marking !== null);
}
