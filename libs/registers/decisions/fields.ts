import {
  anyRecords,
  day,
  due,
  eventOfRecord,
  instant,
  labelled,
  line,
  link,
  oneOf,
  optional,
  rows,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const title = line('What is to be decided, in a line.');
export const summary = words('What it is about.');
export const planned = labelled('When it is to be decided', due('When it is to be decided.'));
export const phrase = labelled('When it is to be decided, in words', line('When it is to be decided, in words.'));
export const recommendation = labelled('What is recommended', words('What whoever decides is recommended to do.'));
export const option = labelled('Option', words('What might be done instead.'));
export const advice = labelled('Advice', words('What was advised.'));
export const consultedBody = labelled('Body consulted', link('body', 'The body that was consulted.'));
export const consultedPost = labelled('Post consulted', link('post', 'The post that was consulted.'));
export const who = labelled(
  'Who was consulted, in words',
  line('Who was consulted, where no body or post of the ledger will do.'),
);
export const said = labelled('What they said', words('What they said; what nobody answered is left out.'));
export const signedBy = labelled('Signed by', link('post', 'The post that signed it.'));
export const decided = labelled('What was decided', words('What was decided.'));
export const delegate = labelled('Delegated to', link('post', 'The post to which it is delegated.'));
export const condition = labelled(
  'Condition',
  eventOfRecord('The condition: the entry that set it.', { unknown: 'UNKNOWN_CONDITION' }),
);
export const cites = labelled(
  'What it cites',
  anyRecords(
    'References of the records and documents that were before whoever decided. Each is read back as it stood at the basis.',
  ),
);
export const basisOn = labelled(
  'Basis: as of the day',
  day('What took effect after this day was not before whoever decided.'),
);
export const basisRecorded = labelled(
  'Basis: as recorded by',
  instant('What was recorded after this instant was not before whoever decided.'),
);

/** What a decision asks somebody to do. Each becomes an action of its own where the opening policy of the body says so. */
export const actionTitle = labelled('What is to be done', line('What is to be done.'));
export const actionOwner = labelled('Owner', link('post', 'The post that is to do it.'));
export const actionDue = labelled('When it is due', due('When it is due.'));
export const actionPhrase = labelled('When it is due, in words', line('When it is due, in words.'));
export const actions = rows(
  'NamedAction',
  'The actions that it opens.',
  {
    title: line('What is to be done.'),
    owner: optional(link('post', 'The post that is to do it.')),
    due: labelled('Due date', optional(day('The day on which it is due.'))),
    phrase: labelled('When it is due, in words', optional(line('When it is due, in words.'))),
  },
  30,
);
export const follower = labelled(
  'Seen to by',
  link(
    'post',
    'The post that sees to it. Where one is named, the condition is followed as an action of that post, due by that day.',
  ),
);
export const conditions = rows(
  'NamedCondition',
  'What it is subject to.',
  {
    subjectTo: labelled('Condition', line('What the decision is subject to.')),
    targetOn: labelled('To be met by', optional(day('The day by which it is to be met.'))),
    owner: labelled(
      'Seen to by',
      optional(link('post', 'The post that sees to it: the condition is followed as an action of that post.')),
    ),
  },
  20,
);

export const maker = oneOf('DecisionMaker', 'Who is to decide, unless it is delegated.', {
  COMMISSIONER: 'The commissioner.',
  BODY: { says: 'The body, at a meeting of it.', label: 'The body' },
});
export type DecisionMaker = MemberOf<typeof maker>;

/** The block under which papers of police and crime commissioners print what a decision means: “Implications”. */
export const adviceOn = oneOf('DecisionAdviceOn', 'What advice is on.', {
  FINANCE: { says: 'What it costs, and where that comes from.', label: 'Finance' },
  LEGAL: 'Whether it is lawful.',
  EQUALITY: 'Whom it touches otherwise than others.',
  RISK: 'What it puts at risk, and what it would do to risks.',
  PLAN: { says: 'How it stands to the police and crime plan.', label: 'Police and crime plan' },
  COMMUNICATIONS: 'Who is told of it, and how.',
});
export type DecisionAdviceOn = MemberOf<typeof adviceOn>;
export const ADVICE = Object.keys(adviceOn.members) as readonly DecisionAdviceOn[];

export const part = oneOf('DecisionPart', 'Which part of a decision it is.', {
  OPEN: { says: 'The part that the public may have once it is published.', label: 'Open part' },
  CLOSED: { says: 'The part for those who may see what a closed session dealt with.', label: 'Closed part' },
});
export type DecisionPart = MemberOf<typeof part>;

export const conditionStanding = oneOf('DecisionConditionStanding', 'Whether a condition of a decision is met.', {
  OUTSTANDING: { says: 'Nobody has said that it is met.', label: 'Outstanding' },
  MET: 'It is met.',
  NOT_MET: { says: 'It is found not to be met.', label: 'Not met' },
  FALLEN_AWAY: { says: 'It is asked for no longer.', label: 'Fallen away' },
});
export type DecisionConditionStanding = MemberOf<typeof conditionStanding>;
/** Those that are still waited for. */
export const WAITED_FOR: readonly DecisionConditionStanding[] = ['OUTSTANDING', 'NOT_MET'];

export const clock = oneOf('DecisionBasisClock', 'By which recorded time the basis of a decision reads.', {
  PROVEN: 'When the ledger recorded it.',
  STATED: 'When its source recorded it, where an import tells that; else when the ledger did.',
});
export type DecisionBasisClock = MemberOf<typeof clock>;

export const outcome = oneOf('DecisionOutcome', 'What came of a decision.', {
  MADE: 'It was made.',
  DEFERRED: 'It was put off.',
  REFUSED: 'What was recommended was refused.',
  NOT_TAKEN: { says: 'It was not taken, and will not be.', label: 'Not taken' },
});
export type DecisionOutcome = MemberOf<typeof outcome>;

export const decisionStatus = oneOf('DecisionStatus', 'How far a decision has come.', {
  PROPOSED: 'Proposed.',
  DRAFTED: 'What is recommended is written.',
  ADVISED: 'Advice was given.',
  DEFERRED: 'Put off.',
  MADE: { says: 'Made; nobody has recorded it in the log of decisions.', label: 'Made' },
  REFUSED: { says: 'Refused; nobody has recorded that in the log of decisions.', label: 'Refused' },
  NOT_TAKEN: { says: 'Not taken; nobody has recorded that in the log of decisions.', label: 'Not taken' },
  RECORDED: { says: 'In the log of decisions, and neither published nor withheld.', label: 'Recorded' },
  PUBLISHED: 'Published.',
  WITHHELD: 'Withheld from publication, for a reason.',
  REVOKED: 'Revoked: it holds no longer.',
  SUPERSEDED: { says: 'Another decision stands in its place.', label: 'Superseded' },
});
export type DecisionStatus = MemberOf<typeof decisionStatus>;
/** Those that never reached the log. */
export const NOT_IN_THE_LOG = [
  'PROPOSED',
  'DRAFTED',
  'ADVISED',
  'DEFERRED',
  'MADE',
  'REFUSED',
  'NOT_TAKEN',
] as const satisfies readonly DecisionStatus[];
