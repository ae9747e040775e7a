import {
  CAPACITIES,
  isAlone,
  mayIssue,
  type Acting,
  type Capacity,
  type PostCapacity,
} from '../../libs/access/index.ts';
import type { Command, MayIssue, RecordEvent, Register } from '../../libs/ledger/index.ts';
import { mayIssueForRecord } from '../../libs/records/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { documents } from '../../libs/registers/documents/index.ts';
import { recommendations } from '../../libs/registers/recommendations/index.ts';
import { decisions } from '../../libs/registers/decisions/index.ts';
import { FOR_ITS_MAKER } from '../../libs/registers/decisions/makers.ts';
import { risks } from '../../libs/registers/risks/index.ts';
import { forwardPlan } from '../../libs/registers/forward-plan/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import { rules } from '../../libs/registers/rules/index.ts';

/**
 * Whose the record is: another post's, the caller's own post's, another's of which the caller in person reported the end, or that of a
 * commissioner's post which is not the caller's.
 */
export type Whose = 'others' | 'own' | 'own report' | 'a commissioner’s';

/** A line of the table. `typed`: the caller names in `by` another post, one that may, and on whose authority. */
export interface Case {
  readonly whose: Whose;
  readonly typed: boolean;
}

/** What is answered: done, not theirs to do, or refused to them for this record. */
export type Answer = 'yes' | 'no' | 'refused';

/** A command of the table, and what of it the rule depends on. */
export interface Row {
  readonly register:
    | 'actions'
    | 'meetings'
    | 'directory'
    | 'documents'
    | 'rules'
    | 'recommendations'
    | 'risks'
    | 'decisions'
    | 'forward-plan';
  readonly name: string;
  readonly command: Command & Readonly<Record<string, unknown>>;
  readonly state?: unknown;
  readonly events?: readonly RecordEvent[];
}

/** The post that owns what is not the caller's own. */
export const ANOTHER = 'estates-lead';
/** The post that decides for the force on what {@link ANOTHER} owns or asked for. */
export const DECIDES = 'finance-lead';
/** A second post in each capacity that writes: for whom others type, or whose the record is. */
export const SECOND: Readonly<Partial<Record<PostCapacity, string>>> = {
  commissioner: 'deputy-commissioner',
  'opcc-officer': 'chief-executive',
  'monitoring-officer': 'deputy-monitoring-officer',
  'force-lead': ANOTHER,
  'internal-auditor': 'audit-firm',
  external: 'inspectorate',
};

const REGISTERS = {
  actions,
  meetings,
  directory,
  documents,
  rules,
  recommendations,
  risks,
  decisions,
  'forward-plan': forwardPlan,
} as unknown as Readonly<Record<Row['register'], Register>>;
const AUTHORITY = { record: 'POST', ref: 'chief-executive', capacity: 'opcc-officer', holders: [] };
const TENURE = [
  { id: 'tenure', type: 'HolderAppointed', facts: { person: 'person-other' } },
] as unknown as RecordEvent[];
const KNOWN = [
  { id: 'added', type: 'PersonAdded', facts: {} },
  { id: 'known', type: 'SubjectSet', facts: {} },
] as unknown as RecordEvent[];

/** Of risks some commands are those of whoever decides on the register on which one stands; and whoever asks says for which side. */
const BY_REGISTER = [
  'SetRiskAppetite',
  'RefuseRiskRequest',
  'EscalateRisk',
  'DeescalateRisk',
  'MergeRisk',
  'ReopenRisk',
];
const ANSWERING = ['AcceptRisk', 'CloseRisk'];
const ASKING = ['RequestRiskAcceptance', 'RequestRiskClosure'];

function rowsOfRisks(): readonly Row[] {
  const register = 'risks';
  return Object.keys(risks.mayIssue).flatMap((type): readonly Row[] => {
    if (ASKING.includes(type))
      return ['FORCE', 'OPCC'].map((side) => ({ register, name: `${type} for ${side}`, command: { type, side } }));
    if (!BY_REGISTER.includes(type) && !ANSWERING.includes(type)) return [{ register, name: type, command: { type } }];
    return ['OPCC', 'FORCE', 'JOINT'].map((on) => {
      const isAsked = ANSWERING.includes(type) && on === 'JOINT';
      const state = { status: 'REGISTERED', register: on, ...(isAsked ? { asked: { side: 'FORCE' } } : {}) };
      return { register, name: `${type} in ${on}${isAsked ? ', asked for by FORCE' : ''}`, command: { type }, state };
    });
  });
}

/** Of decisions some commands are those of whoever decides: the commissioner, the body or the delegate; and advice those of who knows. */
function rowsOfDecisions(): readonly Row[] {
  const register = 'decisions';
  return Object.keys(decisions.mayIssue).flatMap((type): readonly Row[] => {
    if (type === 'AdviseOnDecision')
      return ['LEGAL', 'FINANCE', 'PLAN'].map((adviceOn) => ({
        ...{ register, name: `${type} on ${adviceOn}`, command: { type, adviceOn } },
      }));
    if (!FOR_ITS_MAKER.includes(type) && type !== 'DelegateDecision')
      return [{ register, name: type, command: { type } }];
    const of = (maker: string, name: string, more = {}): Row => ({
      ...{ register, name: `${type} ${name}`, command: { type }, state: { status: 'ADVISED', maker, ...more } },
    });
    const first = [of('COMMISSIONER', 'of the commissioner'), of('BODY', 'of a body')];
    return type === 'DelegateDecision' ? first : [...first, of('COMMISSIONER', 'delegated', { delegated: {} })];
  });
}

/** Every command of every register, from the declarations, those of the directory that grant authority, or take it away, apart. */
export function rows(): readonly Row[] {
  const own = (register: Row['register']) =>
    Object.entries(REGISTERS[register].mayIssue)
      .filter(([, rule]) => rule !== 'OPERATOR')
      .map(([type]): Row => ({ register, name: type, command: { type } }));
  const ofRecord = (register: Row['register']) =>
    Object.keys(mayIssueForRecord).map((type): Row => ({ register, name: type, command: { type } }));
  return [
    ...own('actions'),
    ...ofRecord('actions'),
    ...own('recommendations'),
    ...ofRecord('recommendations'),
    ...rowsOfRisks(),
    ...ofRecord('risks'),
    ...rowsOfDecisions(),
    ...ofRecord('decisions'),
    ...own('forward-plan'),
    ...ofRecord('forward-plan'),
    ...own('meetings'),
    ...ofRecord('meetings'),
    ...own('documents'),
    ...ofRecord('documents'),
    ...own('rules'),
    ...ofRecord('rules'),
    ...own('directory'),
    {
      register: 'directory',
      name: 'AddPost of authority',
      command: { type: 'AddPost', as: 'x', capacity: 'opcc-officer' },
    },
    { register: 'directory', name: 'AppointHolder of authority', command: { type: 'AppointHolder' }, state: AUTHORITY },
    ...ofRecord('directory'),
    { register: 'directory', name: 'Correct of a capacity', command: { type: 'Correct', path: 'capacity' } },
    { register: 'directory', name: 'Void of a tenure', command: { type: 'Void', event: 'tenure' }, events: TENURE },
    { register: 'directory', name: 'Void of a known person', command: { type: 'Void', event: 'added' }, events: KNOWN },
  ];
}

/** What has owners, and reports of what was done, by the command that opens it; only who types its end must not be at work on it. */
const OWNED: { readonly [register in Row['register']]?: string } = {
  actions: 'RaiseAction',
  recommendations: 'MakeRecommendation',
  risks: 'ProposeRisk',
  decisions: 'ProposeDecision',
};

export function casesOf(row: Row): readonly Case[] {
  const each = (typed: boolean, ...of: readonly Whose[]) => of.map((whose) => ({ whose, typed }));
  const opens = OWNED[row.register];
  if (opens === undefined || row.name === opens) return [...each(false, 'others'), ...each(true, 'others')];
  if (!endsAsDone(row)) return [...each(false, 'others', 'own', 'own report'), ...each(true, 'others')];
  const signers = ruleOf(row) === 'SIGNER' ? (['a commissioner’s'] as const) : [];
  return [false, true].flatMap((typed) => each(typed, 'others', 'own', 'own report', ...signers));
}

function endsAsDone({ register, command }: Row): boolean {
  return REGISTERS[register].separation?.ends[command.type] !== undefined;
}

function ruleOf({ register: name, command, state, events = [] }: Row): MayIssue | undefined {
  const register = REGISTERS[name];
  const rules = { ...mayIssueForRecord, ...register.mayIssueForRecord, ...register.mayIssue } as {
    readonly [type: string]: MayIssue | undefined;
  };
  return register.mayIssueThis?.(command, state ?? register.initial, events) ?? rules[command.type];
}

/** Who owns the record of a cell. */
export function ownerOf(capacity: Capacity, whose: Whose): string {
  return whose === 'own' ? capacity : whose === 'a commissioner’s' ? 'deputy-commissioner' : ANOTHER;
}

/** For whom it is typed: a post that may issue it itself and is not the typist's. */
export function typedFor(row: Row, whose: Whose): Acting {
  const rule = ruleOf(row);
  const capacity =
    rule === 'SIGNER'
      ? whose === 'a commissioner’s'
        ? 'monitoring-officer'
        : 'commissioner'
      : rule === 'OWNER' || rule === 'LEAD' || rule === 'ANY_WRITER'
        ? 'force-lead'
        : ((isAlone(rule) ? rule.alone : (rule as readonly string[]))[0] as Capacity);
  // Of risks ANOTHER owns them, or asked for it.
  const isWork = row.register === 'risks' && endsAsDone(row) && capacity === 'force-lead';
  return { post: isWork ? DECIDES : SECOND[capacity]!, capacity };
}

/** What the declarations say: the same functions that dispatch asks. What is typed or ends something has the authority that it needs. */
export function expected(row: Row, capacity: Capacity, { whose, typed }: Case): Answer {
  const work = whose === 'own' ? capacity : whose === 'a commissioner’s' ? 'commissioner' : 'force-lead';
  const by = typed ? typedFor(row, whose) : null;
  if (mayIssue(ruleOf(row), { post: capacity, capacity }, by, [ownerOf(capacity, whose)], [work]) === 'no') return 'no';
  return endsAsDone(row) && (whose === 'own' || whose === 'own report') ? 'refused' : 'yes';
}

const SHOWN: { readonly [answer in Answer]: string } = { yes: 'yes', no: '·', refused: 'refused' };

/** The table as it stands in `docs/access.md`. */
export function table(): string {
  const head = ['Register', 'Command', 'Record', ...CAPACITIES, 'typed by'];
  const lines = rows().flatMap((row) => {
    const cases = casesOf(row);
    const answers = (whose: Whose) => [
      ...CAPACITIES.map((capacity) => SHOWN[expected(row, capacity, { whose, typed: false })]),
      cases.some((one) => one.typed && one.whose === whose) ? typists(row, whose) : '',
    ];
    // A line that says the same of another record says nothing.
    const whose = cases
      .filter(({ typed }) => !typed)
      .map((one) => one.whose)
      .filter((one) => one === 'others' || answers(one).slice(0, -1).join() !== answers('others').slice(0, -1).join());
    return whose.map((one, index) =>
      [
        ...(index === 0 ? [row.register, row.name] : ['', '']),
        ...[whose.length === 1 ? '' : one, ...answers(one)],
      ].join(' | '),
    );
  });
  return [head.join(' | '), head.map(() => '---').join(' | '), ...lines].map((line) => `| ${line} |`).join('\n');
}

/** Who may type it for another post that may. */
function typists(row: Row, whose: Whose): string {
  const answers = CAPACITIES.map((capacity) => [capacity, expected(row, capacity, { whose, typed: true })] as const);
  const may = answers.filter(([, answer]) => answer === 'yes').map(([capacity]) => capacity);
  if (may.length > 0) return may.join(', ');
  return SHOWN[answers.some(([, answer]) => answer === 'refused') ? 'refused' : 'no'];
}
