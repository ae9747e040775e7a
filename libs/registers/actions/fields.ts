import {
  due,
  day,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  links,
  oneOf,
  optional,
  rows,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const title = line('What is to be done.');
export const item = itemNumber(
  'Number of the minute or agenda item, such as 7(c), 14/2018/P or AC 23-07: at most 32 letters, digits, spaces, “/”, “-”, “.” and brackets.',
);
export const owner = link('post', 'The post that is to do it; where several are, the one that leads.');
/** They are kept without the one that leads, so that a correction of either changes that alone. */
export const owners = labelled(
  'Other owners',
  links('post', 'The posts that are to do it with the one that leads, which need not be named again.'),
);
export const dueDate = labelled('When it is due', due('When it is due.'));
export const evidenceDocument = labelled(
  'Document that it is',
  link('document', 'Reference of the document of the ledger that it is.'),
);
export const evidenceVersion = labelled(
  'Version of that document',
  itemNumber('The version of it, as it is numbered.'),
);
export const phrase = labelled('When it is due, in words', line('When it is due, in words.'));

export const organisation = oneOf('Organisation', 'On which side the work lies.', {
  OPCC: {
    says: 'The Office of the Police and Crime Commissioner.',
    label: 'Office of the Police and Crime Commissioner',
  },
  FORCE: { says: 'The police force.', label: 'Police force' },
  JOINT: { says: 'Both together.', label: 'Office and force together' },
});
export type Organisation = MemberOf<typeof organisation>;

export const priority = oneOf('Priority', 'How urgent it was called.', {
  HIGH: 'Before others.',
  MEDIUM: 'In its turn.',
  LOW: 'After others.',
});
export type Priority = MemberOf<typeof priority>;

/** What may raise an action that no meeting does: offices keep letters, visits and complaints apart from minutes. */
const outside = {
  LETTER: 'A letter, or anything that was written to the body.',
  VISIT: 'A visit, of a station or of a service.',
  COMPLAINT: 'A complaint.',
  DECISION: 'A decision of whoever may take it alone.',
} as const;
/** A meeting is told by its own link, and so is never said here: whoever may not see it learns nothing of it. */
export const raisedOutside = labelled(
  'Raised by',
  oneOf('RaisedOutside', 'What raised an action beside a meeting.', outside),
);
export const raisedBy = labelled(
  'Raised by',
  oneOf('RaisedBy', 'What raised an action.', { MEETING: 'What was said at a meeting.', ...outside }),
);
export type RaisedBy = MemberOf<typeof raisedBy>;
export const occasion = labelled(
  'What raised it, in words',
  line('Which letter, visit, complaint or decision it was: whose, of which day, its number.'),
);
/** At most so many conditions of one sign-off. */
const MOST_REMAINING = 20;

/** Nothing is signed off in part: what remains to be done is another action, which follows from the one that is signed off. */
export const remaining = labelled(
  'What remains to be done',
  rows(
    'Remaining',
    'What remains to be done. Each becomes an action of its own, of the same body, that follows from this one: it is raised first, and marked at least as strictly.',
    {
      title: line('What is to be done.'),
      owner: optional(link('post', 'The post that is to do it.')),
      due: labelled('Due date', optional(day('The day on which it is due.'))),
    },
    MOST_REMAINING,
  ),
);

/** Not `promise`: that is, of a minuted item, whether it is one. */
export const keepsPromise = labelled(
  'Promise that it keeps',
  eventOfRecord('The event that minuted the promise which it keeps, of the meeting at which it was raised.', {
    of: 'meeting',
    unknown: 'PROMISE_NOT_MINUTED',
    listed: true,
  }),
);

export const decision = labelled(
  'Decision of which it came',
  link('decision', 'Reference of the decision of which it came.'),
);
export const causedBy = labelled(
  'Entry that opens it',
  eventOfRecord(
    'The entry of that decision which opens it: an action that it names, or a condition that is followed.',
    {
      of: 'decision',
      unknown: 'UNKNOWN_CAUSE',
    },
  ),
);

export const convertedInto = labelled(
  'What it became',
  oneOf('ConvertedInto', 'What an action may become.', { FORWARD_PLAN_ITEM: 'An item of the forward plan.' }),
);

export const actionStatus = oneOf('ActionStatus', 'Where an action stands.', {
  PROPOSED: 'Raised, and not yet agreed by the chair.',
  AGREED: 'Agreed; nothing has been heard of it.',
  IN_PROGRESS: 'Being done: after the first update, a return or a reopening.',
  REPORTED_COMPLETE: 'Its owner says that it is done; nobody has signed it off.',
  SIGNED_OFF: 'Done, and signed off by somebody who did not report it. Closed.',
  DEFERRED: 'Put off to a meeting or day.',
  CONVERTED: {
    says: 'Complete by other means: it became an item of something else. Closed.',
    label: 'Complete by other means',
  },
  MERGED: 'Goes on as another action, with which it was merged. Closed.',
  SUPERSEDED: 'Replaced by another action. Closed.',
  WITHDRAWN: 'No longer wanted. Closed.',
});
export type ActionStatus = MemberOf<typeof actionStatus>;
