import { oneOf, type MemberOf } from '../declarations/index.ts';

/** What a rule can be about. Each kind has a content of its own shape. */
export const ruleKind = oneOf('RuleKind', 'What a rule is about.', {
  PRIORITY_SCALE: 'The priorities that an auditor or another body gives what it recommends.',
  GRADE_SCALE: 'The grades that an inspectorate gives. Those of two versions are not comparable.',
  SCORE_SCALE:
    'How a risk is scored: likelihoods, impacts, bands of their product, and how often each band is reviewed.',
  RAG: { says: 'Which colour something has, by what the ledger knows of it.', label: 'RAG rule' },
  CLOSURE_ROUTE: 'Who must have said that a recommendation of the body is done before it is closed.',
  DUE_DATE_POLICY: 'What the body asks of due dates and of moving them.',
  LATE_ALLOWANCE: {
    says: 'After how many days an entry into a register is late, for records of the body.',
    label: 'Allowance for late entries',
  },
  CADENCE: 'How often the body meets.',
  OPENING_POLICY:
    'Which facts of the body open records by themselves: a decision its actions, a conversion an item of the forward plan.',
});
export type RuleKind = MemberOf<typeof ruleKind>;

/** Whose word on a recommendation may be asked for. Four, and no more: who plays a part is a post, what the part is stands here. */
export const party = oneOf('Party', 'Who says whether a recommendation is done.', {
  OWNER: 'Whoever owns it.',
  OFFICE: 'The office of the commissioner, for the body that follows it up.',
  AUDITOR: 'An auditor.',
  ORIGINATOR: 'Whoever made the recommendation, such as an inspectorate.',
});
export type Party = MemberOf<typeof party>;
export const PARTIES = Object.keys(party.members) as readonly Party[];

/** Where something stands, as far as a RAG rule may ask. Each register says which of its states is which. */
export const standing = oneOf('RagStanding', 'Where something stands, as far as a RAG rule may ask.', {
  OPEN: 'Open.',
  CLOSED: 'Closed as done.',
  NOT_ADOPTED: 'Not adopted: it will not be done.',
  ENDED_OTHERWISE: 'Ended otherwise: superseded, withdrawn, removed or its risk accepted.',
  DEPENDENT: 'Dependent on another body.',
  NOT_APPLICABLE: 'Not applicable.',
});
export type Standing = MemberOf<typeof standing>;

/** Shown as a word beside the label, never as a colour alone. */
export const colour = oneOf('Colour', 'The colour that a rule gives.', {
  RED: 'Red.',
  AMBER: 'Amber.',
  YELLOW: 'Yellow.',
  GREEN: 'Green.',
  BLUE: 'Blue.',
  GREY: 'Grey.',
  WHITE: 'White.',
  BLACK: 'Black.',
});
export type Colour = MemberOf<typeof colour>;
