import { refusing } from '../../ledger/index.ts';

/** Every reason for which the directory refuses, in the order in which they are checked. */
export const DIRECTORY_REFUSALS = {
  ALREADY_ADDED: 'The directory holds {ref} already. Correct what it says, or choose another reference.',
  NOT_ADDED:
    'The directory did not hold this post yet on that day. Give a later effective day, or correct the day from which it holds the post.',
  NOT_A_POST: 'Entry {ref} is no post, and only a post has holders. Name the post.',
  NOT_A_PERSON:
    'Only a person whom the directory holds on that day has a subject. Name the person, or give a later effective day.',
  NOT_A_MONITORING_OFFICER:
    'Post {ref} does not act as monitoring-officer. An operator appoints to such a post alone: name one.',
  GRANTER_UNKNOWN:
    'The directory does not know who you are, so it cannot tell whether you would do this in your own cause. Have the monitoring officer or an operator record the subject by which the identity provider knows you.',
  OWN_APPOINTMENT: 'Nobody appoints themself, or changes a tenure of their own. Somebody else has to do this.',
  OWN_POST:
    'Nobody changes who holds the post that they act in or hold, or what it may do. Another monitoring officer has to do this.',
  OWN_SUBJECT:
    'Nobody sets their own subject, or has it taken away. Another monitoring officer has to do this, or an operator.',
  SOMEBODY_ELSE_CAN: 'The holder of {post} can appoint to this post, so an operator does not. Ask them.',
  INVALID_REFERENCE:
    'The reference is not one for {what}. Write a body in at most 16 capitals and digits (CGB), a post in at most 64 small letters and digits with hyphens between (chief-constable), not beginning with person-.',
  RESERVED_REFERENCE:
    'The ledger writes {ref} where no post did something: itself, or whoever runs it. No post is called so. Choose another reference.',
  NAME_NEEDED: 'Give it a name.',
  INVALID_ORGANISATION:
    'A body is of the OPCC, the FORCE, both (JOINT) or the PANEL. Name one of these, or leave it out.',
  INVALID_CAPACITY:
    'No post acts as {capacity}. Name one of: {capacities}, or leave it out for a post that does not sign in.',
  STANDARD_POST:
    'Post {ref} is one that every ledger knows. It acts in the capacity of its name. Leave the capacity out.',
  UNKNOWN_BODY: 'The directory knows no body {body}. Add it first, or name another.',
  UNKNOWN_PERSON: 'The directory knows no person {person}. Add the person first, or name another.',
  INVALID_SUBJECT:
    'A subject has 1 to 256 characters, as the identity provider writes it in its tokens. Leave it out to take it away.',
  SUBJECT_TAKEN:
    'Another person of the directory is known to the identity provider under this subject. Take it away from them first.',
  SUBJECT_NEEDED:
    'The identity provider does not know {person}, so nobody could tell them from others. Record the subject of their tokens with the appointment.',
  INVALID_DATE: 'A date is a real day, written yyyy-mm-dd. Check the date.',
  ENDS_BEFORE_IT_BEGINS:
    'The tenure would end on {until}, before the day on which it begins ({from}). Check both days.',
  NOTHING_CHANGES: 'The directory says so already, so nothing was recorded.',
} as const;

export const refuse = refusing(DIRECTORY_REFUSALS);
