import {
  count,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  links,
  oneOf,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const title = line('What may happen, in a line.');
export const cause = words('What may bring it about.');
export const what = labelled('Event', words('What may happen.'));
export const effect = words('What would come of it.');
export const cost = labelled('What it could cost', words('What it could cost, in money or otherwise.'));
export const owner = labelled('Responsible officer', link('post', 'The post whose holder is responsible for it.'));
export const owners = labelled(
  'Owners',
  links('post', 'The posts that own it, the one that leads first. Any of them scores and reviews it.', {
    inOrder: true,
  }),
);
export const scale = labelled('Score scale', link('rule', 'Reference of the score scale.'));
export const version = itemNumber('The version of the scale.');
export const likelihood = count('How likely it is, by the scale.', { least: 1, most: 100 });
export const impact = count('How much it would matter, by the scale.', { least: 1, most: 100 });
export const measure = labelled('What it is', words('What is done, or is to be done.'));
export const control = labelled(
  'Control',
  eventOfRecord('The control: the entry that added it.', { unknown: 'UNKNOWN_CONTROL' }),
);
export const controlOwner = labelled('Owner of the control', link('post', 'The post that answers for the control.'));

export const riskRegister = oneOf('RiskRegister', 'The register on which a risk stands.', {
  FORCE: 'The register of the force.',
  OPCC: { says: 'The register of the office of the commissioner.', label: 'OPCC' },
  JOINT: 'The register that both keep together.',
});
export type RiskRegister = MemberOf<typeof riskRegister>;

export const riskKind = oneOf('RiskKind', 'Whether it would do harm or good.', {
  THREAT: 'A threat: it would do harm.',
  OPPORTUNITY: 'An opportunity: it would do good.',
});
export type RiskKind = MemberOf<typeof riskKind>;

/** The categories of HM Government, The Orange Book (2023), annex 4: police registers name theirs otherwise, and each of those is one of these. */
export const riskCategory = oneOf('RiskCategory', 'What sort of risk it is.', {
  STRATEGY: 'Of aims and plans.',
  GOVERNANCE: 'Of oversight and decisions.',
  OPERATIONS: 'Of the service itself.',
  LEGAL: 'Of law and claims.',
  PROPERTY: 'Of buildings and estates, safety in them among it.',
  FINANCIAL: 'Of money.',
  COMMERCIAL: 'Of contracts and suppliers.',
  PEOPLE: 'Of the people who work there.',
  TECHNOLOGY: 'Of systems and equipment.',
  INFORMATION: 'Of data.',
  SECURITY: 'Of unauthorised access.',
  PROJECT: { says: 'Of projects and programmes.', label: 'Project or programme' },
  REPUTATION: 'Of the trust of the public.',
});
export type RiskCategory = MemberOf<typeof riskCategory>;

export const scoreOf = oneOf('RiskScoreOf', 'What was scored.', {
  INHERENT: 'The risk as it would be without any control.',
  CURRENT: 'The risk as it is, with the controls that are in place.',
  TARGET: 'The risk as it is to be, by a day.',
});
export type RiskScoreOf = MemberOf<typeof scoreOf>;

export const response = oneOf('RiskResponse', 'What is done about a risk.', {
  TREAT: 'Controls bring it down.',
  TOLERATE: 'It is borne as it is.',
  TRANSFER: 'Somebody else bears it, such as an insurer.',
  TERMINATE: 'What gives rise to it is ended.',
});
export type RiskResponse = MemberOf<typeof response>;

export const controlKind = oneOf('RiskControlKind', 'Whether the control was there, or is to come.', {
  EXISTING: 'It was there when the risk was looked at.',
  ADDITIONAL: 'It is to be put in place, by a day.',
});
export type RiskControlKind = MemberOf<typeof controlKind>;

export const controlStanding = oneOf('RiskControlStanding', 'Whether a control is in place.', {
  NOT_IN_PLACE: { says: 'It is not in place.', label: 'Not in place' },
  IN_PLACE: { says: 'It is in place.', label: 'In place' },
  GIVEN_UP: { says: 'It will not be put in place, or is there no more, and nothing is waited for.', label: 'Given up' },
});
export type RiskControlStanding = MemberOf<typeof controlStanding>;

export const effectiveness = oneOf('RiskControlEffectiveness', 'How well a control works.', {
  EFFECTIVE: 'It does what it is for.',
  PARTLY_EFFECTIVE: { says: 'It does some of what it is for.', label: 'Partly effective' },
  INEFFECTIVE: 'It does not do what it is for.',
});
export type RiskControlEffectiveness = MemberOf<typeof effectiveness>;

/** The three lines of HM Treasury, Assurance frameworks (2012), and of the Institute of Internal Auditors (2020). */
export const assuranceLine = oneOf('AssuranceLine', 'Who assures a control.', {
  FIRST: { says: 'Whoever manages it.', label: 'First line' },
  SECOND: { says: 'Whoever oversees it, such as a board or a compliance function.', label: 'Second line' },
  THIRD: { says: 'Somebody independent, such as internal audit or an inspectorate.', label: 'Third line' },
});
export type AssuranceLine = MemberOf<typeof assuranceLine>;

/** The opinions of the Government Internal Audit Agency, which most firms of auditors give under these names or others. */
export const opinion = oneOf('AssuranceOpinion', 'What was found of a control.', {
  SUBSTANTIAL: 'It is adequate and effective.',
  MODERATE: 'Some improvement is needed.',
  LIMITED: 'There are significant weaknesses.',
  UNSATISFACTORY: 'There are fundamental weaknesses.',
});
export type AssuranceOpinion = MemberOf<typeof opinion>;

export const asksFor = oneOf('RiskAskedFor', 'What is asked for a risk.', {
  ACCEPTANCE: 'That it is accepted, until a day.',
  CLOSING: 'That it is closed.',
});
export type RiskAskedFor = MemberOf<typeof asksFor>;

/** Of the register that both keep: who asks is of one side, who accepts of the other. */
export const side = oneOf('RiskSide', 'For whom somebody acts.', {
  FORCE: 'The force.',
  OPCC: { says: 'The office of the commissioner.', label: 'OPCC' },
});
export type RiskSide = MemberOf<typeof side>;

export const riskStatus = oneOf('RiskStatus', 'Where a risk stands.', {
  PROPOSED: 'Proposed; nobody has registered it.',
  AWAITING_REVIEW: { says: 'Somebody must look at it: see its conditions.', label: 'Awaiting review' },
  OVERDUE_CONTROL: {
    says: 'An additional control is not in place, and its day has passed.',
    label: 'Overdue control',
  },
  CONTROLS_TASKED: { says: 'An additional control is not in place yet.', label: 'Controls tasked' },
  CONTROLLED: 'Its current score is at its target or within appetite, or it is accepted.',
  MANAGED: 'None of these: nothing more is tasked, and it is not acceptably controlled.',
  MERGED: 'It goes on in another risk.',
  CLOSED: 'Closed.',
});
export type RiskStatus = MemberOf<typeof riskStatus>;
/** Those that are on a register now. */
export const OPEN_RISKS = [
  'AWAITING_REVIEW',
  'OVERDUE_CONTROL',
  'CONTROLS_TASKED',
  'CONTROLLED',
  'MANAGED',
] as const satisfies readonly RiskStatus[];

/** What a panel is told of a risk since it last met. Which facts it is told by, `movement.ts` says. */
export const riskMovement = oneOf('RiskMovementKind', 'What became of a risk since a panel last met.', {
  NEW: { says: 'It came on its register, whatever became of it since.', label: 'New' },
  CLOSED: 'It was closed.',
  MERGED: { says: 'It goes on in another risk.', label: 'Merged into another' },
  REOPENED: 'It was opened again.',
  ESCALATED: 'It went up to another register.',
  DEESCALATED: { says: 'It went down to another register, and is not closed.', label: 'De-escalated' },
  FIRST_SCORED: { says: 'It was given its first current score.', label: 'Scored for the first time' },
  SCORE_ROSE: { says: 'A current score is above the one before it.', label: 'Score rose' },
  SCORE_FELL: { says: 'A current score is below the one before it.', label: 'Score fell' },
  FELL_WITHOUT_CONTROL: {
    says: 'A current score is below the one before it, and no control was put in place between the two.',
    label: 'Score fell with no new control',
  },
  SCORED_ON_OTHER_AXES: {
    says: 'A current score is on other axes than the one before it, so that the two are not set against each other.',
    label: 'Scored on other axes',
  },
  RE_BANDED: { says: 'Re-banded: the scale banded the same score otherwise.', label: 'Re-banded by its scale' },
  TARGET_SET: { says: 'It was given a target, its first or another.', label: 'Target set' },
  CONTROL_ADDED: { says: 'A control was added.', label: 'Control added' },
  CONTROL_IN_PLACE: { says: 'An additional control was put in place.', label: 'Control put in place' },
  CONTROL_DROPPED: { says: 'A control was given up.', label: 'Control dropped' },
  CONTROL_RE_DATED: { says: 'The day of a control was put in the place of another.', label: 'Day of a control moved' },
  CONTROL_OVERDUE: { says: 'The day of a control passed, and it was not in place.', label: 'Control fell overdue' },
  RE_OWNED: { says: 'Another post is responsible for it.', label: 'Given to another owner' },
  RE_WORDED: { says: 'It was worded otherwise.', label: 'Worded otherwise' },
  ACCEPTED: 'It was accepted.',
  REVIEWED_UNCHANGED: {
    says: 'It was looked at, and nothing of it was changed.',
    label: 'Reviewed with nothing changed',
  },
  REVIEW_MISSED: { says: 'Its review was due, and the day passed.', label: 'Not reviewed when due' },
});
export type RiskMovementKind = MemberOf<typeof riskMovement>;

export const riskMovementStep = oneOf('RiskMovementStep', 'Why an answer is another than the one that was told.', {
  RESTATED: 'It was so already, and was not known yet, or was known otherwise.',
  MOVED: 'It came about since.',
});
export type RiskMovementStep = MemberOf<typeof riskMovementStep>;

export const riskRestatement = oneOf('RiskRestatement', 'How what was told came to be told otherwise.', {
  LEARNED: { says: 'It was recorded since.', label: 'Learned since' },
  CORRECTED: { says: 'It was corrected since.', label: 'Corrected since' },
  VOIDED: { says: 'It was taken back since.', label: 'Taken back since' },
  RESTORED: { says: 'It was restored since.', label: 'Restored since' },
});
export type RiskRestatement = MemberOf<typeof riskRestatement>;
