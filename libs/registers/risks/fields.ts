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
