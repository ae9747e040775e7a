import { oneOf, present, rowsOf, type MemberOf, type Rows } from '../../declarations/index.ts';
import { unmoved, type CivilDate, type Refusal, type TextRef, type TitledAt } from '../../ledger/index.ts';
import type {
  Band,
  Cadence,
  ClosureRoute,
  DueDatePolicy,
  LateAllowance,
  LevelScale,
  Openings,
  RagRule,
  RuleKind,
  RuleVersion,
  ScoreScale,
  ScoreStep,
} from '../../rules/index.ts';
import type { RuleAdded, RuleEvent, VersionSet } from './events.ts';
import { cases, levels, months, scores, type LateRegister } from './fields.ts';
import { refuse } from './refusals.ts';

export const ruleStatus = oneOf('RuleStatus', 'Where a rule stands.', {
  NO_VERSION: { says: 'No version of it has been in force yet.', label: 'No version yet' },
  IN_FORCE: 'A version of it is in force.',
  ENDED: 'In force no longer.',
});
export type RuleStatus = MemberOf<typeof ruleStatus>;
export const RULE_STATES = Object.keys(ruleStatus.members) as readonly RuleStatus[];

/** What each kind of rule says in a version. */
export interface ContentOf {
  readonly PRIORITY_SCALE: LevelScale;
  readonly GRADE_SCALE: LevelScale;
  readonly SCORE_SCALE: ScoreScale;
  readonly RAG: RagRule;
  readonly CLOSURE_ROUTE: ClosureRoute;
  readonly DUE_DATE_POLICY: DueDatePolicy;
  readonly LATE_ALLOWANCE: LateAllowance;
  readonly CADENCE: Cadence;
  readonly OPENING_POLICY: Openings;
}

/** A version as the register has it. Why it was set is the reason of its event. */
export interface SetVersion<Content = ContentOf[RuleKind]> extends RuleVersion<Content> {
  readonly why?: TextRef;
  /** Of what it says in rows: the texts in which each column of words stands, by the field and the column. */
  readonly words?: WordsOfRows;
}

export interface WordsOfRows {
  readonly [field: string]: { readonly [column: string]: TextRef };
}

export interface AddedRule {
  readonly status: RuleStatus;
  readonly ref: string;
  readonly kind: RuleKind;
  readonly body: string;
  /** Of an allowance. */
  readonly register?: LateRegister;
  readonly title?: TextRef;
  readonly versions: readonly SetVersion[];
}

export type RuleState = { readonly status: 'NOT_ADDED' } | AddedRule;

export const NOT_ADDED: RuleState = { status: 'NOT_ADDED' };

/** Which kind of rule each event sets a version of. */
export const SETS: { readonly [type in VersionSet['type']]: RuleKind } = {
  PriorityScaleSet: 'PRIORITY_SCALE',
  GradeScaleSet: 'GRADE_SCALE',
  ScoreScaleSet: 'SCORE_SCALE',
  RagRuleSet: 'RAG',
  ClosureRouteSet: 'CLOSURE_ROUTE',
  DueDatePolicySet: 'DUE_DATE_POLICY',
  LateAllowanceSet: 'LATE_ALLOWANCE',
  CadenceSet: 'CADENCE',
  OpeningPolicySet: 'OPENING_POLICY',
};

function setsVersion(event: RuleEvent): event is VersionSet {
  return Object.hasOwn(SETS, event.type);
}

/**
 * Is this event legal in that state? What a version says is asked here too, as a correction may change it. A version may be set after the
 * end: bodies take up again what they dropped, and the reference of a rule of which a body has one is there once.
 */
export function mayFollow(state: RuleState, event: RuleEvent): Refusal | null {
  if (event.type === 'RuleAdded') return state.status === 'NOT_ADDED' ? null : refuse('ALREADY_ADDED');
  if (setsVersion(event)) return whyNotSet(state, event);
  if (event.type !== 'RuleEnded') return null;
  if (state.status === 'NOT_ADDED') return refuse('NOT_ADDED', { field: 'ref' });
  return state.status === 'IN_FORCE' ? null : refuse('NOT_IN_FORCE', { field: 'ref', values: { ref: state.ref } });
}

function whyNotSet(state: RuleState, event: VersionSet): Refusal | null {
  if (state.status === 'NOT_ADDED') return refuse('NOT_ADDED', { field: 'ref' });
  const { ref, kind } = state;
  if (SETS[event.type] !== kind) return refuse('OTHER_KIND', { field: 'ref', values: { ref, kind } });
  // An event that would be written may lack what the command has yet to say.
  const { version } = event.facts as Partial<VersionSet['facts']>;
  if (version === undefined) return null;
  if (state.versions.some((one) => one.version === version))
    return refuse('VERSION_EXISTS', { field: 'version', values: { ref, version } });
  return whyNotContent(event);
}

/** What no version of its kind says. */
function whyNotContent(event: VersionSet): Refusal | null {
  switch (event.type) {
    case 'PriorityScaleSet':
    case 'GradeScaleSet':
      return whyNotOnce(
        'levels',
        event.facts.levels.map(({ level }) => level),
      );
    case 'ScoreScaleSet': {
      const { likelihoods, impacts, bands } = event.facts;
      return (
        whyNotOnce('likelihoods', numbersOf(likelihoods)) ??
        whyNotOnce('impacts', numbersOf(impacts)) ??
        whyNotOnce(
          'bands',
          bands.map(({ band }) => band),
        ) ??
        whyNotBands(bands)
      );
    }
    case 'RagRuleSet':
      return null;
    case 'ClosureRouteSet': {
      const { ownerSays, officeSays, auditorSays, originatorSays } = event.facts;
      const isAsked = ownerSays || officeSays || auditorSays || originatorSays;
      return isAsked ? null : refuse('ROUTE_ASKS_NOBODY', { field: 'ownerSays' });
    }
    case 'DueDatePolicySet': {
      const { version: _, ...asks } = event.facts;
      const isAsked = Object.values(asks).some((one) => one !== undefined && one !== false);
      return isAsked ? null : refuse('POLICY_ASKS_NOTHING', { field: 'dateNeeded' });
    }
    case 'OpeningPolicySet': {
      const { decisionsOpenActions, conversionsOpenItems } = event.facts;
      const opens = decisionsOpenActions === true || conversionsOpenItems === true;
      return opens ? null : refuse('POLICY_OPENS_NOTHING', { field: 'decisionsOpenActions' });
    }
    case 'LateAllowanceSet':
      return null;
    case 'CadenceSet':
      return whyNotOnce(
        'months',
        (event.facts.months ?? []).map(({ month }) => String(month)),
      );
  }
}

function numbersOf(steps: readonly ScoreStep[]): readonly string[] {
  return steps.map(({ score }) => String(score));
}

/** Whatever is named stands once, whatever its capitals. */
function whyNotOnce(field: string, names: readonly string[]): Refusal | null {
  const seen = names.map((name) => name.toLowerCase());
  const twice = names.find((name, index) => seen.indexOf(name.toLowerCase()) < index);
  return twice === undefined ? null : refuse('TWICE', { field, values: { name: twice } });
}

function whyNotBands(bands: readonly Band[]): Refusal | null {
  for (const [index, { band, least, most }] of bands.entries()) {
    if (most < least) return refuse('UPSIDE_DOWN', { field: 'bands', values: { band, least, most } });
    const other = bands.slice(0, index).find((one) => one.least <= most && least <= one.most);
    if (other !== undefined)
      return refuse('BANDS_OVERLAP', { field: 'bands', values: { band: other.band, other: band } });
  }
  return null;
}

/** What one more event makes of a rule. Total, as for every register: it does not ask whether the event was legal. */
export function evolve(state: RuleState, event: RuleEvent): RuleState {
  if (event.type === 'RuleAdded') return state.status === 'NOT_ADDED' ? added(event) : state;
  if (state.status === 'NOT_ADDED') return state;
  if (setsVersion(event)) {
    if (SETS[event.type] !== state.kind) return state;
    return { ...state, status: 'IN_FORCE', versions: [...state.versions, versionSet(event)] };
  }
  switch (event.type) {
    case 'RuleEnded':
      return { ...state, status: 'ENDED', versions: endedFrom(state.versions, event.effectiveOn) };
    default:
      return unmoved(state, event);
  }
}

function added({ facts, texts }: RuleAdded): AddedRule {
  return { status: 'NO_VERSION', ...facts, ...present({ title: texts.title }), versions: [] };
}

function versionSet(event: VersionSet): SetVersion {
  const { version, ...content } = event.facts;
  const words = wordsOf(event);
  return {
    ...{ event: event.id, version, from: event.effectiveOn, content },
    ...present({ why: event.texts.reason }),
    ...(Object.keys(words).length === 0 ? {} : { words }),
  };
}

/** The rows that versions hold, by their fields. */
export const ROWS = { levels, ...scores, cases, months } as const;

function wordsOf(event: VersionSet): WordsOfRows {
  const held = Object.entries(ROWS).map(
    ([field, shape]) => [field, rowsOf(event, field, shape as Rows).words] as const,
  );
  const words: Readonly<Record<string, unknown>> = Object.fromEntries(
    held.filter(([, one]) => Object.keys(one).length > 0),
  );
  return words as WordsOfRows;
}

/** The version that was in force is so until that day. */
function endedFrom(versions: readonly SetVersion[], until: CivilDate): readonly SetVersion[] {
  const last = versions.at(-1);
  return last === undefined || last.until !== undefined ? versions : [...versions.slice(0, -1), { ...last, until }];
}

/** The reference of a rule; null while it is not added. */
export function refOf(state: RuleState): string | null {
  return state.status === 'NOT_ADDED' ? null : state.ref;
}

/** The body whose rule it is; null while there is none. */
export function bodyOf(state: RuleState): string | null {
  return state.status === 'NOT_ADDED' ? null : state.body;
}

/** Two rules of one body and kind that are called alike may be one that was added twice. */
export function titledAt(state: RuleState): TitledAt | null {
  if (state.status === 'NOT_ADDED' || state.title === undefined) return null;
  return { place: `${state.body} ${state.kind}`, title: state.title };
}
