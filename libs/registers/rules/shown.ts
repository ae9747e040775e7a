import { labelOf, MONTHS, show, type Shape, type ShownValue } from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import {
  cadenceInWords,
  colour,
  PARTIES,
  partiesOf,
  party,
  ruleKind,
  standing,
  type Cadence,
  type ClosureRoute,
  type DueDatePolicy,
  type LateAllowance,
  type LevelScale,
  type Openings,
  type RagRule,
  type ScoreScale,
  type ScoreStep,
} from '../../rules/index.ts';
import type { RuleEvent } from './events.ts';
import { asks, lateRegister, openings } from './fields.ts';
import { ruleStatus, type AddedRule, type SetVersion, type WordsOfRows } from './state.ts';

/** A rule as its page and its list are given it. */
interface ShownRule {
  readonly ref: string;
  readonly state: AddedRule;
  /** Versions that are known and come into force later. */
  readonly ahead: readonly SetVersion[];
}

const STATES = show.tags(ruleStatus, { NO_VERSION: 'yellow', IN_FORCE: 'green', ENDED: 'grey' });

/** What happened to a rule, as people say it. */
export const RULE_HAPPENED: { readonly [type in Exclude<RuleEvent, CommonFact>['type']]: string } = {
  RuleAdded: 'Added',
  PriorityScaleSet: 'Priority scale set',
  GradeScaleSet: 'Scale of grades set',
  ScoreScaleSet: 'Score scale set',
  RagRuleSet: 'Rule of colours set',
  ClosureRouteSet: 'Closure route set',
  DueDatePolicySet: 'Due-date policy set',
  LateAllowanceSet: 'Allowance set',
  CadenceSet: 'Cadence set',
  OpeningPolicySet: 'Opening policy set',
  RuleEnded: 'In force no longer',
};

export const RULE_SHOWN = show.records<ShownRule>()({
  one: 'rule',
  opened: 'added',
  says: 'What bodies decided that others read: priorities, grades and scores, RAG rules, closure routes, due-date policies, allowances, cadences and opening policies, each with its versions.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref, state }) => show.sentence(show.text(state.title), ` (${ref})`),
  status: {
    of: ({ state }) => state.status,
    are: STATES,
    why: ({ state }, made) =>
      show.because(
        (RULE_HAPPENED as { readonly [type: string]: string })[made.type] ?? 'So',
        made,
        ...(state.status === 'IN_FORCE' ? [` Version ${latest(state)?.version ?? ''} is in force.`] : []),
        ...(state.status === 'NO_VERSION' ? [' No version has come into force since.'] : []),
      ),
  },
  fields: [
    { label: 'State', shows: ({ state }) => show.status(state.status) },
    { label: 'Kind', shows: ({ state }) => show.member(ruleKind, state.kind) },
    { label: 'Of', shows: ({ state }) => show.named(state.body) },
    { label: 'For entries into', shows: ({ state }) => show.member(lateRegister, state.register) },
    { label: 'Version in force', shows: ({ state }) => versionInForce(state) },
    {
      label: 'What it says',
      shows: ({ state }) => (latest(state) === undefined ? null : content(state, latest(state)!)),
    },
  ],
  sections: [
    {
      heading: 'Versions',
      caption: 'What was given by a version is read by that version, whatever came after.',
      columns: ['Version', 'In force from', 'Until', 'What it says', 'Why it was set'],
      rows: ({ state }) => state.versions.map((one) => version(state, one)),
      empty: 'No version that you may see has come into force.',
    },
    {
      heading: 'Set ahead',
      caption: 'Versions that are known and come into force later.',
      columns: ['Version', 'In force from', 'What it says', 'Why it was set'],
      rows: ({ state, ahead }) =>
        ahead.map((one) => [show.said(one.version), show.day(one.from), content(state, one), show.quote(one.why)]),
      empty: 'No version that you may see is set ahead.',
    },
  ],
  names: { body: 'A rule of this body' },
  columns: [
    { label: 'Kind', shows: ({ state }) => show.member(ruleKind, state.kind) },
    { label: 'Of', shows: ({ state }) => show.named(state.body) },
    { label: 'Version in force', shows: ({ state }) => versionInForce(state) },
  ],
  filters: {
    text: { kind: 'words', label: 'Words in the title', called: 'Words', most: 200 },
    status: {
      kind: 'oneOf',
      label: 'State',
      called: 'State',
      any: 'Any state',
      choices: show.choices(ruleStatus),
    },
    kind: { kind: 'oneOf', label: 'Kind', called: 'Kind', any: 'Any kind', choices: show.choices(ruleKind) },
    body: { kind: 'link', label: 'Body whose rule it is', called: 'Of', any: 'Any body', record: 'body' },
  },
  tabs: { by: 'status' },
});

/** What stands now, or stood when the rule ended. */
function latest({ versions }: AddedRule): SetVersion | undefined {
  return versions.at(-1);
}

function versionInForce(state: AddedRule): ShownValue | null {
  const last = latest(state);
  return last === undefined || state.status !== 'IN_FORCE'
    ? null
    : show.sentence(`${last.version}, from `, show.day(last.from));
}

function version(state: AddedRule, one: SetVersion): readonly (ShownValue | null)[] {
  const next = state.versions[state.versions.indexOf(one) + 1];
  const until = one.until ?? next?.from;
  return [
    show.said(one.version),
    show.day(one.from),
    until === undefined ? null : show.day(until),
    content(state, one),
    show.quote(one.why),
  ];
}

/** What a version says, as its kind has it. */
function content({ kind }: Pick<AddedRule, 'kind'>, { content: says, words = {} }: SetVersion): ShownValue | null {
  switch (kind) {
    case 'CLOSURE_ROUTE':
      return route(says as ClosureRoute);
    case 'DUE_DATE_POLICY':
      return flags(asks, says as DueDatePolicy);
    case 'LATE_ALLOWANCE':
      return show.said(`Late after ${(says as LateAllowance).days} days`);
    case 'OPENING_POLICY':
      return flags(openings, says as Openings);
    case 'CADENCE':
      return cadence(says as Cadence, words);
    case 'PRIORITY_SCALE':
    case 'GRADE_SCALE':
      return levelScale(says as LevelScale, words);
    case 'SCORE_SCALE':
      return scoreScale(says as ScoreScale, words);
    case 'RAG':
      return ragRule(says as RagRule, words);
  }
}

function cadence({ months = [], ...often }: Cadence, words: WordsOfRows): ShownValue | null {
  const inWords = cadenceInWords(often);
  return show.lines(
    `${inWords.charAt(0).toUpperCase()}${inWords.slice(1)}`,
    ...months.map(({ month }, row) => named(MONTHS[month - 1] ?? '', wordsIn(words, 'months', 'purpose', row))),
  );
}

/** The words that a row has in a column. */
function wordsIn(words: WordsOfRows, field: string, column: string, row: number): ShownValue | null {
  return show.textOfRow(words[field]?.[column], row);
}

function named(name: string, words: ShownValue | null): ShownValue | null {
  return words === null ? show.said(name) : show.sentence(`${name}: `, words);
}

function levelScale({ levels: all }: LevelScale, words: WordsOfRows): ShownValue | null {
  return show.lines(...all.map(({ level }, row) => named(level, wordsIn(words, 'levels', 'meaning', row))));
}

function scoreScale({ likelihoods, impacts, bands }: ScoreScale, words: WordsOfRows): ShownValue | null {
  const step = (field: string, called: string) => (one: ScoreStep, row: number) =>
    named(`${called} ${one.score}`, wordsIn(words, field, 'meaning', row));
  return show.lines(
    ...likelihoods.map(step('likelihoods', 'Likelihood')),
    ...impacts.map(step('impacts', 'Impact')),
    ...bands.map(({ band, least, most, reviewMonths, colour: of }) =>
      show.sentence(
        `${band}: ${least === most ? least : `${least} to ${most}`}`,
        ...(of === undefined ? [] : [', ', show.member(colour, of)]),
        ...(reviewMonths === undefined
          ? []
          : [`, reviewed every ${reviewMonths === 1 ? 'month' : `${reviewMonths} months`}`]),
      ),
    ),
  );
}

/** `Red, Outstanding past its target: open, past the current date` */
function ragRule({ cases: all }: RagRule, words: WordsOfRows): ShownValue | null {
  return show.lines(
    ...all.map(({ colour: of, standing: stands, pastCurrent, pastOriginal, shareBelow }, row) => {
      const label = wordsIn(words, 'cases', 'label', row);
      const asks = [
        ...(stands === undefined ? [] : [standing.members[stands].label.toLowerCase()]),
        ...(pastCurrent === undefined ? [] : [`${pastCurrent ? 'past' : 'within'} the current date`]),
        ...(pastOriginal === undefined ? [] : [`${pastOriginal ? 'past' : 'within'} the first date`]),
        ...(shareBelow === undefined
          ? []
          : [shareBelow > 100 ? 'with a share complete' : `less than ${shareBelow} % complete`]),
      ];
      return show.sentence(
        show.member(colour, of),
        ...(label === null ? [] : [', ', label]),
        `: ${asks.length === 0 ? 'whatever is left' : asks.join(', ')}`,
      );
    }),
  );
}

function route(asked: ClosureRoute): ShownValue | null {
  const parties = partiesOf(asked);
  return show.lines(...PARTIES.filter((one) => parties.includes(one)).map((one) => show.member(party, one)));
}

/** What a policy says under the names of its fields, without what it does not ask. */
function flags<Content extends object>(
  shapes: { readonly [Name in keyof Content]-?: Shape },
  content: Content,
): ShownValue | null {
  const lines = Object.entries<Shape>(shapes).map(([name, shape]) => {
    const value = (content as { readonly [name: string]: unknown })[name];
    return value === undefined || value === false
      ? null
      : `${labelOf(name, shape)}${value === true ? '' : `: ${value as number}`}`;
  });
  return show.lines(...lines);
}
