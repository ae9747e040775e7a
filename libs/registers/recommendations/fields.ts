import {
  due,
  itemNumber,
  labelled,
  line,
  link,
  links,
  oneOf,
  share as shareOf,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const title = line('What it recommends, in a line.');
export const verbatim = labelled('Its words', words('Its words, as whoever made it printed them.'));
export const publication = labelled(
  'Published in',
  link('document', 'Reference of the document of the ledger in which it was published.'),
);
export const originator = labelled(
  'Who made it',
  link('body', 'The body that made it: an inspectorate, a firm of auditors, a reviewer, a panel.'),
);
export const partOf = labelled(
  'Part of',
  link('recommendation', 'Reference of the cause of concern that it is a part of.'),
);
export const item = labelled(
  'Place in the publication',
  itemNumber(
    'The paragraph or number of it in the publication, such as 4.12 or Recommendation 7: at most 32 characters.',
  ),
);
export const owner = labelled('Lead', link('post', 'The post that leads on it.'));
export const owners = labelled(
  'Owners',
  links('post', 'The posts that own it, the one that leads first. Any of them says how far it is.', { inOrder: true }),
);
export const dueDate = labelled('When it is due', due('When it is due.'));
export const phrase = labelled('When it is due, in words', line('When it is due, in words.'));
export const dueSetBy = labelled(
  'Who set the date',
  link('body', 'The body that set the date: whoever made the recommendation, or a body here that set one of its own.'),
);
export const evidenceDocument = labelled(
  'Document that it is',
  link('document', 'Reference of the document of the ledger that it is.'),
);
export const evidenceVersion = labelled(
  'Version of that document',
  itemNumber('The version of it, as it is numbered.'),
);
export const share = labelled(
  'Share complete',
  shareOf('How much of it is done, as its owner claims. It closes nothing.'),
);

export const scale = oneOf('GradedBy', 'By what sort of scale.', {
  PRIORITY: 'A scale of priorities.',
  GRADE: 'A scale of grades.',
});
export type GradedBy = MemberOf<typeof scale>;
export const level = itemNumber('The level, as the scale calls it.');

export const recommendationKind = oneOf('RecommendationKind', 'What was made.', {
  RECOMMENDATION: 'A recommendation.',
  AREA_FOR_IMPROVEMENT: 'An area for improvement.',
  CAUSE_OF_CONCERN: 'A cause of concern. What is to be done about it are recommendations that are part of it.',
  ACCELERATED_CAUSE_OF_CONCERN: 'A cause of concern that was made public before its report, as the public was at risk.',
  FINDING: 'A finding of an audit.',
  DEBRIEF_POINT: 'A point of a debrief before the report.',
  OBSERVATION: 'An observation, such as one of a visitor to custody.',
  LEARNING: 'Something to be learned, such as from a complaint or a death.',
});
export type RecommendationKind = MemberOf<typeof recommendationKind>;

export const addressee = oneOf('Addressee', 'To whom it is addressed.', {
  CHIEF_CONSTABLE: 'The chief constable.',
  COMMISSIONER: 'The commissioner.',
  BOTH: { says: 'Chief constable and commissioner.', label: 'Chief constable and commissioner' },
  OTHERS: { says: 'Somebody else, such as a national body.', label: 'Others' },
});
export type Addressee = MemberOf<typeof addressee>;

export const response = oneOf('RecommendationResponse', 'What those to whom it is addressed said to it.', {
  ACCEPTED: 'Accepted.',
  PARTLY_ACCEPTED: { says: 'Accepted in part; the reason says which.', label: 'Accepted in part' },
  NOT_ACCEPTED: { says: 'Not accepted; the reason says why.', label: 'Not accepted' },
  NOT_APPLICABLE: { says: 'Not applicable here; the reason says why.', label: 'Not applicable' },
  DEPENDENT: { says: 'Another body must act first.', label: 'Dependent on another body' },
});
export type RecommendationResponse = MemberOf<typeof response>;

export const word = oneOf('Word', 'What a party says of whether it is done.', {
  DONE: 'It is done.',
  PARTLY: { says: 'Some of it is done.', label: 'Partly done' },
  NOT_DONE: 'It is not done.',
});
export type Word = MemberOf<typeof word>;

export const outcome = oneOf('RecommendationOutcome', 'Whether what it was for came about, once it was closed.', {
  YES: 'It came about.',
  PARTLY: 'Some of it came about.',
  NO: 'It did not come about.',
  NOT_YET_KNOWN: 'Nobody can tell yet.',
});
export type RecommendationOutcome = MemberOf<typeof outcome>;

export const recommendationStatus = oneOf('RecommendationStatus', 'Where a recommendation stands.', {
  AWAITING_RESPONSE: 'Made; nobody has answered it or been given it.',
  AWAITING_ALLOCATION: 'Answered; nobody has been given it.',
  ALLOCATED: 'Given to somebody; nothing has been heard of it.',
  IN_PROGRESS: 'Something has been heard of it, or it was opened again.',
  REPORTED_COMPLETE: 'Its owner says that it is done.',
  SUBMITTED: 'Its owner and the office say that it is done; others are still to say so.',
  CLOSED: 'All whom the closure route asks for say that it is done.',
  RISK_ACCEPTED: 'Not done, and the risk of that is accepted for a time.',
  SUPERSEDED: 'Replaced by what a later inspection or audit found.',
  NOT_ADOPTED: 'It will not be done.',
  REMOVED: 'Taken off the list, with the agreement of a body.',
});
export type RecommendationStatus = MemberOf<typeof recommendationStatus>;

/** The statuses in which something is still to be done. */
export const OPEN_RECOMMENDATIONS: readonly RecommendationStatus[] = [
  'AWAITING_RESPONSE',
  'AWAITING_ALLOCATION',
  'ALLOCATED',
  'IN_PROGRESS',
  'REPORTED_COMPLETE',
  'SUBMITTED',
];
