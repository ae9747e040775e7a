import {
  conditions,
  count,
  day,
  digest,
  itemNumber,
  labelled,
  line,
  link,
  listOfRecords,
  oneOf,
  saying,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. */

export const title = line('What it is called.');
export const publisher = line('Who published it, in words.');
export const publishingBody = link('body', 'Who published it, where that is a body of the directory.');
export const date = day('The day that it bears.');
export const publishedAt = labelled('Where it was published', line('Where it was published: an address, or words.'));
export const version = itemNumber('The version, as it is numbered: 1, 2.1.');
export const sha256 = labelled(
  'Digest of its content',
  digest('SHA-256 of its content in hexadecimal. The content itself is kept elsewhere.'),
);
export const changed = labelled('What was changed', words('What was changed.'));
export const withholds = labelled('What it withholds', words('What it withholds.'));
export const exemption = line('Under which exemption, such as FOIA s40(2).');
export const variantAt = labelled('Where the variant was published', line('Where the redacted variant was published.'));
export const until = labelled('Kept until', day('The last day on which it is kept.'));
export const rule = labelled('Retention rule', line('The rule of the retention schedule, in words.'));

export const supersededBy = labelled('Replaced by', link('document', 'The document that replaces it.'));

/** The papers of the boards and the audit committee of 2016 to 2023, and what recommendations are published in and answered by. */
export const documentKind = oneOf('DocumentKind', 'What sort of paper it is.', {
  AGENDA: 'The agenda of a meeting.',
  MINUTES: 'Minutes of a meeting, or notes of one.',
  REPORT: 'A report or a paper, of officers or of anybody for whom there is no kind below.',
  INSPECTION_REPORT: 'A report of an inspection, of one force or of several.',
  INTERNAL_AUDIT_REPORT: 'A report of internal audit.',
  EXTERNAL_AUDIT_REPORT: 'A report of external audit.',
  REVIEW: 'A review that somebody commissioned, or that a body made of its own work.',
  SUPER_COMPLAINT: 'A report on a super-complaint.',
  CORONERS_REPORT: { says: 'A report of a coroner to prevent other deaths.', label: 'Coroner’s report' },
  RESPONSE: 'A response that was published, such as comments on a report of an inspection.',
  TRACKER: 'A list of actions, recommendations or risks.',
  DECISION: 'A decision record.',
  PLAN: 'A plan or a strategy.',
  POLICY: 'A policy, a procedure or a scheme.',
  LETTER: 'A letter or a message.',
  OTHER: 'Anything else.',
});
export type DocumentKind = MemberOf<typeof documentKind>;

export const list = labelled('What is counted', saying('The records that are counted.', listOfRecords));
export const filter = labelled(
  'Which of them',
  conditions('Which of them are counted, by the filters of their list. All of them where nothing is said.'),
);
export const asAt = labelled(
  'As at',
  day('The day as at which they are counted: no later than the day on which it was reported.'),
);
export const number = labelled('Number', count('How many the document says that there are.'));
export const of = labelled(
  'Of how many',
  count('Of how many, where it prints that beside the number. That is kept as it is printed, and not counted.'),
);
export const counts = labelled('What it counts, in its words', line('What it counts, in the words of the document.'));
