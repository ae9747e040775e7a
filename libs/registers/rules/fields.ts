import { count, itemNumber, labelled, line, oneOf, optional, yesNo, type MemberOf } from '../../declarations/index.ts';

/* What more than one declaration of this register says. */

export const title = line('What it is called.');
export const version = itemNumber('The version, as it is numbered: 1, 2.1. What is given by it names it so.');

/** The registers whose records are of a body: the allowance of that body is for them. */
export const lateRegister = oneOf('LateRegister', 'Whose entries an allowance is for.', {
  ACTIONS: 'Actions.',
  DOCUMENTS: 'Documents.',
  MEETINGS: 'Meetings.',
  RECOMMENDATIONS: 'Recommendations.',
  RULES: 'Rules.',
});
export type LateRegister = MemberOf<typeof lateRegister>;

/** Of a closure route: whose word it asks for. */
export const says = {
  ownerSays: labelled('The owner', yesNo('Whether whoever owns it must have said that it is done.')),
  officeSays: labelled('The office', yesNo('Whether the office of the commissioner must have said that it is done.')),
  auditorSays: labelled('The auditor', yesNo('Whether an auditor must have said that it is done.')),
  originatorSays: labelled(
    'The originator',
    yesNo('Whether whoever made the recommendation must have said that it is done.'),
  ),
};

/** Of a due-date policy: what it does not ask is left out. */
export const asks = {
  dateNeeded: labelled(
    'A date is needed',
    optional(yesNo('Whether everything that the body follows up has a due date.')),
  ),
  mostDays: labelled(
    'Most days to the first date',
    optional(
      count('At most so many days lie between the making or raising of it and its first due date.', { most: 3660 }),
    ),
  ),
  mostExtensions: labelled(
    'Most extensions',
    optional(count('A due date is put off at most so often: 1 where it is put off once only.', { most: 100 })),
  ),
  beforeItPasses: labelled(
    'Only before it passes',
    optional(yesNo('Whether a due date is put off only while it has not passed.')),
  ),
  reasonNeeded: labelled('A reason is needed', optional(yesNo('Whether putting a due date off needs a reason.'))),
};

export const days = labelled(
  'Days',
  count('A fact may be recorded so many days after it took effect without a reason.', { most: 3660 }),
);
