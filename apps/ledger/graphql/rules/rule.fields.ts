import { rowsWithWords, type Rows, type RowsOfState } from '../../../../libs/declarations/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import { ROWS, type SetVersion } from '../../../../libs/registers/rules/index.ts';
import {
  inForceOn,
  type Cadence,
  type ClosureRoute,
  type DueDatePolicy,
  type LateAllowance,
  type Openings,
  type RuleKind,
} from '../../../../libs/rules/index.ts';
import {
  countRules,
  findRule,
  listRules,
  type RuleAsOf,
  type RuleFilter,
  type RuleGrouping,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  pageWanted,
  searchIn,
  seen,
  seenOrNull,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';

/** A rule as the API answers it. */
export function ruleValue(view: LedgerView, { ref, state, ahead, mayAlreadyHold, disputed }: RuleAsOf) {
  const { status, kind, register = null } = state;
  const inForce = inForceOn(state, view.basis.effective);
  return {
    view,
    ref,
    state,
    status,
    kind,
    register,
    inForce: seenOrNull(view, versionOf(kind, inForce)),
    versions: state.versions.map((version) => seen(view, versionOf(kind, version)!)),
    ahead: ahead.map((version) => seen(view, versionOf(kind, version)!)),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

/** A version, with what it says in the field of its kind. */
function versionOf(kind: RuleKind, version: SetVersion | null) {
  if (version === null) return null;
  const { content, until = null, words = {}, ...rest } = version;
  const policy = content as DueDatePolicy;
  return {
    ...{ ...rest, until, kind, content, words },
    closureRoute: kind === 'CLOSURE_ROUTE' ? (content as ClosureRoute) : null,
    dueDatePolicy: kind === 'DUE_DATE_POLICY' ? { ...ASKS_NOTHING, ...policy } : null,
    openingPolicy:
      kind === 'OPENING_POLICY'
        ? { decisionsOpenActions: null, conversionsOpenItems: null, ...(content as Openings) }
        : null,
    lateAfterDays: kind === 'LATE_ALLOWANCE' ? (content as LateAllowance).days : null,
  };
}

type AnsweredVersion = NonNullable<ReturnType<typeof versionOf>>;

/** The rows that a version holds under a field, with their words; what a row does not have is null. */
async function opened({ view, content, words }: Seen<AnsweredVersion>, field: keyof typeof ROWS) {
  const shape = ROWS[field] as Rows;
  const rows = (content as { readonly [field: string]: RowsOfState['rows'] })[field] ?? [];
  const all = await rowsWithWords(shape, { rows, words: words[field] ?? {} }, (text) => view.text(text));
  const none = Object.fromEntries(Object.keys(shape.columns).map((column) => [column, null]));
  return all.map((row) => ({ ...none, ...row }));
}

const ASKS_NOTHING = {
  dateNeeded: null,
  mostDays: null,
  mostExtensions: null,
  beforeItPasses: null,
  reasonNeeded: null,
  authorityFrom: null,
};

interface Filtered {
  readonly filter?: RuleFilter | null;
}

export const RULE_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    rule: recordNamed('rules', findRule, ruleValue),
    async rules({ view }, { filter, ...page }: Filtered & ListArguments) {
      const rules = await listRules(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(rules, (row) => ruleValue(view, row)) };
    },
    ruleCounts: ({ view }, { by, filter }: Filtered & { by: RuleGrouping }) => countRules(view, by, searchIn(filter)),
  } satisfies Fields<Root>,
  RuleConnection: { incomplete: ({ view }) => incompleteIn(view, 'rules') } satisfies Fields<Root>,
  Rule: {
    title: ({ view, state }) => view.text(state.title),
    body: ({ view, state }) => bodyNamed(view, state.body),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof ruleValue>>,
  RuleVersion: {
    why: ({ view, why }) => view.text(why),
    levels: (version) =>
      version.kind === 'PRIORITY_SCALE' || version.kind === 'GRADE_SCALE' ? opened(version, 'levels') : null,
    scores: async (version) =>
      version.kind !== 'SCORE_SCALE'
        ? null
        : {
            likelihoods: await opened(version, 'likelihoods'),
            impacts: await opened(version, 'impacts'),
            bands: await opened(version, 'bands'),
          },
    cadence: async (version) => {
      if (version.kind !== 'CADENCE') return null;
      const { every, unit } = version.content as Cadence;
      return { every, unit, months: await opened(version, 'months') };
    },
    cases: (version) => (version.kind === 'RAG' ? opened(version, 'cases') : null),
  } satisfies Fields<Seen<AnsweredVersion>>,
  RulePayload: {
    ...PAYLOAD,
    rule: recordWritten(findRule, ruleValue),
  } satisfies Fields<Written>,
};
