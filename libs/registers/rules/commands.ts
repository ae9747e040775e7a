import { command, labelled, link, optional, reference, saying, type CommandOf } from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import { ruleKind } from '../../rules/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** What decides when something is late, closed or red is not for those whose work it measures. */
const MONITORING: MayIssue = ['monitoring-officer'];
/** A correction of a version changes the rule, as a new version would. */
export const MAY_ISSUE_FOR_RECORD: { readonly [command: string]: MayIssue } = { Correct: MONITORING };

const version = optional(
  saying(
    'The version, as it is numbered. Default: one more than the greatest that the rule has on that day.',
    field.version,
  ),
);

export const AddRule = command('AddRule', {
  says: 'Adds a rule of a body, without a version yet. Its reference is of its body and words; a closure route, an allowance, a cadence and an opening policy, of which a body has one, are named by the ledger.',
  opens: 'rule',
  leadsTo: Event.RuleAdded,
  mayIssue: MONITORING,
  fields: {
    kind: saying('What the rule is about.', ruleKind),
    body: link(
      'body',
      'The body whose rule it is: of a closure route whoever makes the recommendations, of an allowance the body of the records.',
    ),
    title: field.title,
    as: labelled(
      'Name in the reference',
      optional(
        reference(
          'What follows the body in its reference: small letters and digits with hyphens between, such as rag or priorities. None of a closure route, an allowance, a cadence or an opening policy.',
        ),
      ),
    ),
    register: optional(saying('For which register an allowance is. None of other rules.', field.lateRegister)),
  },
});
export type AddRule = CommandOf<typeof AddRule>;

export const SetPriorityScale = command('SetPriorityScale', {
  says: 'Sets a version of a priority scale: its levels, in force from the effective day on; it may lie ahead. What was given by another version keeps it.',
  about: 'rule',
  leadsTo: Event.PriorityScaleSet,
  mayIssue: MONITORING,
  fields: { version, levels: field.levels },
});
export type SetPriorityScale = CommandOf<typeof SetPriorityScale>;

export const SetGradeScale = command('SetGradeScale', {
  says: 'Sets a version of a scale of grades: its levels, in force from the effective day on; it may lie ahead. Grades of two versions are not comparable.',
  about: 'rule',
  leadsTo: Event.GradeScaleSet,
  mayIssue: MONITORING,
  fields: { version, levels: field.levels },
});
export type SetGradeScale = CommandOf<typeof SetGradeScale>;

export const SetScoreScale = command('SetScoreScale', {
  says: 'Sets a version of a score scale: likelihoods, impacts, bands of their product and how often each band is reviewed, in force from the effective day on; it may lie ahead.',
  about: 'rule',
  leadsTo: Event.ScoreScaleSet,
  mayIssue: MONITORING,
  fields: { version, ...field.scores },
});
export type SetScoreScale = CommandOf<typeof SetScoreScale>;

export const SetRagRule = command('SetRagRule', {
  label: 'Set RAG rule',
  says: 'Sets a version of a RAG rule: its cases, in force from the effective day on; it may lie ahead.',
  about: 'rule',
  leadsTo: Event.RagRuleSet,
  mayIssue: MONITORING,
  fields: { version, cases: field.cases },
});
export type SetRagRule = CommandOf<typeof SetRagRule>;

export const SetClosureRoute = command('SetClosureRoute', {
  says: 'Sets a version of a closure route: whose word closes what the body recommends, from the effective day on; it may lie ahead. What a route that asks for fewer finds done is closed from that day; what was closed stays closed.',
  about: 'rule',
  leadsTo: Event.ClosureRouteSet,
  mayIssue: MONITORING,
  fields: { version, ...field.says },
});
export type SetClosureRoute = CommandOf<typeof SetClosureRoute>;

export const SetDueDatePolicy = command('SetDueDatePolicy', {
  says: 'Sets a version of a due-date policy: what the body asks of due dates and of putting them off, from the effective day on; it may lie ahead. Whoever grants an extension is asked by it; nothing that was granted before is.',
  about: 'rule',
  leadsTo: Event.DueDatePolicySet,
  mayIssue: MONITORING,
  fields: { version, ...field.asks },
});
export type SetDueDatePolicy = CommandOf<typeof SetDueDatePolicy>;

export const SetLateAllowance = command('SetLateAllowance', {
  says: 'Sets a version of an allowance: after how many days an entry is late that is recorded from the effective day on; it may lie ahead.',
  about: 'rule',
  leadsTo: Event.LateAllowanceSet,
  mayIssue: MONITORING,
  fields: { version, days: field.days },
});
export type SetLateAllowance = CommandOf<typeof SetLateAllowance>;

export const SetCadence = command('SetCadence', {
  says: 'Sets a version of a cadence: how often the body meets, from the effective day on; it may lie ahead. It schedules and moves no meeting.',
  about: 'rule',
  leadsTo: Event.CadenceSet,
  mayIssue: MONITORING,
  fields: { version, ...field.cadence },
});
export type SetCadence = CommandOf<typeof SetCadence>;

export const SetOpeningPolicy = command('SetOpeningPolicy', {
  says: 'Sets a version of an opening policy: which facts of the body open records by themselves, from the effective day on; it may lie ahead. It opens something for facts alone that are recorded after it, by hand, while it is in force; to switch it off, end the rule.',
  about: 'rule',
  leadsTo: Event.OpeningPolicySet,
  mayIssue: MONITORING,
  fields: { version, ...field.openings },
});
export type SetOpeningPolicy = CommandOf<typeof SetOpeningPolicy>;

export const EndRule = command('EndRule', {
  says: 'Records that a rule is in force no longer, from the effective day on; it may lie ahead. What was given by it keeps rule and version.',
  about: 'rule',
  leadsTo: Event.RuleEnded,
  mayIssue: MONITORING,
  consequential: true,
  requires: { reason: 'END_NEEDS_REASON' },
});
export type EndRule = CommandOf<typeof EndRule>;

export const RULE_COMMANDS = [
  AddRule,
  SetPriorityScale,
  SetGradeScale,
  SetScoreScale,
  SetRagRule,
  SetClosureRoute,
  SetDueDatePolicy,
  SetLateAllowance,
  SetCadence,
  SetOpeningPolicy,
  EndRule,
] as const;
export type RuleCommand = CommandOf<(typeof RULE_COMMANDS)[number]>;
