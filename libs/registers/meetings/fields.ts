import {
  count,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  oneOf,
  optional,
  rows,
  time,
  words,
  type MemberOf,
} from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const place = line('Where it is.');
export const chair = labelled('Chair', link('post', 'The post that chairs it.'));
export const quorum = labelled(
  'Quorum',
  count('How many members must be there for it to decide anything.', { least: 1, most: 1000 }),
);
export const webcast = labelled('Webcast', line('Where it can be watched: an address, or words.'));

export const opened = labelled('Opened at', time('The time at which it opened.'));
export const closed = labelled('Closed at', time('The time at which it closed.'));

export const attendance = oneOf('Attendance', 'How somebody attended.', {
  PRESENT: 'A member, and there.',
  IN_ATTENDANCE: { says: 'There, and no member: an officer, an adviser, a guest.', label: 'In attendance' },
  APOLOGIES: 'Not there, and sent apologies.',
  ABSENT: 'A member, and not there.',
});
export type Attendance = MemberOf<typeof attendance>;

/** Posts and organisations. A name that the minutes print is words. */
export const attenders = rows(
  'Attender',
  'Who was there and who was not, by organisation or by post.',
  {
    as: labelled('How', attendance),
    body: optional(labelled('Organisation', link('body', 'The organisation.'))),
    post: optional(labelled('Post', link('post', 'The post.'))),
    people: optional(
      labelled('How many', count('How many people, where it is more than one.', { least: 1, most: 1000 })),
    ),
    joined: optional(labelled('From item', itemNumber('The item from which they were there, where they came late.'))),
    left: optional(labelled('Left before item', itemNumber('The item before which they left.'))),
    who: optional(labelled('In words', line('Who, as the minutes have it.'))),
  },
  200,
);

/** The kinds of interest of the Localism Act 2011, s. 30, and of the Local Government Association’s Model Councillor Code of Conduct (2020). */
export const interestKind = oneOf('InterestKind', 'What sort of interest was declared.', {
  DISCLOSABLE_PECUNIARY: { says: 'A disclosable pecuniary interest.', label: 'Disclosable pecuniary interest' },
  OTHER_REGISTRABLE: { says: 'Another interest that is registered.', label: 'Other registrable interest' },
  NON_REGISTRABLE: { says: 'An interest that is not registered.', label: 'Non-registrable interest' },
  NONE: { says: 'Members were asked, and nobody declared any.', label: 'None declared' },
});
export type InterestKind = MemberOf<typeof interestKind>;

/** The paragraphs of part 1 of Schedule 12A to the Local Government Act 1972, as it is in England. */
export const exemptParagraph = oneOf('ExemptParagraph', 'By which paragraph of Schedule 12A information is exempt.', {
  PARAGRAPH_1: { says: 'Information relating to any individual.', label: 'Paragraph 1: an individual' },
  PARAGRAPH_2: {
    says: 'Information which is likely to reveal the identity of an individual.',
    label: 'Paragraph 2: who somebody is',
  },
  PARAGRAPH_3: {
    says: 'Information relating to the financial or business affairs of any particular person.',
    label: 'Paragraph 3: financial or business affairs',
  },
  PARAGRAPH_4: {
    says: 'Information relating to consultations or negotiations in connection with a labour relations matter.',
    label: 'Paragraph 4: labour relations',
  },
  PARAGRAPH_5: {
    says: 'Information in respect of which a claim to legal professional privilege could be maintained.',
    label: 'Paragraph 5: legal privilege',
  },
  PARAGRAPH_6: {
    says: 'Information which reveals that a notice, an order or a direction is to be made.',
    label: 'Paragraph 6: notices, orders and directions',
  },
  PARAGRAPH_7: {
    says: 'Information relating to the prevention, investigation or prosecution of crime.',
    label: 'Paragraph 7: crime',
  },
});
export type ExemptParagraph = MemberOf<typeof exemptParagraph>;
export const grounds = rows(
  'ExclusionGround',
  'The paragraphs of Schedule 12A on which the public was excluded.',
  { paragraph: labelled('Paragraph', exemptParagraph) },
  7,
);

export const resolutionOutcome = oneOf('ResolutionOutcome', 'What became of a motion.', {
  AGREED: 'It was agreed.',
  NOTED: 'What was reported was noted.',
  LOST: 'It was not agreed.',
});
export type ResolutionOutcome = MemberOf<typeof resolutionOutcome>;
const votes = (says: string) => count(says, { most: 1000 });
export const inFavour = labelled('In favour', votes('How many voted for it.'));
export const against = votes('How many voted against it.');
export const abstained = votes('How many abstained.');

export const section = line('The part of the agenda in which it stands, as the body calls it, such as Finance.');
export const author = labelled('Author', link('post', 'The post that wrote the paper.'));
export const paper = labelled('Paper', link('document', 'The document that is its paper.'));
export const paperVersion = labelled('Version of the paper', itemNumber('The version of it, as it is numbered.'));
export const agendaItem = labelled(
  'Agenda item',
  eventOfRecord('The agenda item: the entry that listed it.', { unknown: 'UNKNOWN_AGENDA_ITEM' }),
);
export const question = labelled(
  'Question',
  eventOfRecord('The question: the entry that recorded it.', { unknown: 'UNKNOWN_QUESTION' }),
);
export const minute = labelled(
  'What is corrected',
  eventOfRecord('The entry that holds what the minutes say.', { unknown: 'NOT_IN_THE_MINUTES' }),
);
export const fromMeeting = labelled(
  'Carried over from the meeting',
  link('meeting', 'The meeting from which the item was carried over.'),
);

export const overview = words('What the paper says, in short.');
export const forceUpdate = labelled('Force update', words('What the force said.'));
export const commissionersResponse = labelled('Commissioner’s response', words('What the commissioner answered.'));

export const agendaItemStatus = oneOf('AgendaItemState', 'Where an agenda item stands at its meeting.', {
  LISTED: 'On the agenda, and nothing is recorded of what became of it.',
  PRESENTED: 'Presented.',
  VERBAL_ONLY: { says: 'Presented without a paper.', label: 'Verbal only' },
  NOT_REACHED: { says: 'Not reached for want of time.', label: 'Not reached' },
  DEFERRED: 'Put off, to a meeting, a month or a later meeting.',
  WITHDRAWN: 'Taken off the agenda.',
});
export type AgendaItemStatus = MemberOf<typeof agendaItemStatus>;

export const minutesStatus = oneOf('MinutesState', 'Where the minutes of a meeting stand.', {
  DRAFT: 'Drafted.',
  CIRCULATED: 'Sent to those who were there.',
  CONFIRMED: 'Confirmed as a correct record at a later meeting.',
  PUBLISHED: 'Confirmed, and published.',
});
export type MinutesStatus = MemberOf<typeof minutesStatus>;

/** As lists of meetings are narrowed by it. */
export const minutesStanding = oneOf('MinutesStanding', 'Where the minutes of a meeting stand, if there are any.', {
  NONE: 'No minutes are recorded.',
  ...minutesStatus.members,
});
export type MinutesStanding = MemberOf<typeof minutesStanding>;
