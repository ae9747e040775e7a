import { refusing } from '../../ledger/index.ts';

/** Every reason for which the directory refuses, in the order in which they are checked. */
export const DIRECTORY_REFUSALS = {
  ALREADY_ADDED: 'The directory holds {ref} already. Correct what it says, or choose another reference.',
  NOT_ADDED:
    'The directory did not hold this post yet on that day. Give a later effective day, or correct the day from which it holds the post.',
  NOT_A_POST: 'Entry {ref} is no post, and only a post has holders. Name the post.',
  INVALID_REFERENCE:
    'The reference is not one for {what}. Write a body in at most 16 capitals and digits (CGB), a post in at most 64 small letters and digits with hyphens between (chief-constable), not beginning with person-.',
  NAME_NEEDED: 'Give it a name.',
  INVALID_ORGANISATION:
    'A body is of the OPCC, the FORCE, both (JOINT) or the PANEL. Name one of these, or leave it out.',
  INVALID_CAPACITY:
    'No post acts as {capacity}. Name one of: {capacities}, or leave it out for a post that does not sign in.',
  STANDARD_POST:
    'Post {ref} is one that every ledger knows. It acts in the capacity of its name. Leave the capacity out.',
  UNKNOWN_BODY: 'The directory knows no body {body}. Add it first, or name another.',
  UNKNOWN_PERSON: 'The directory knows no person {person}. Add the person first, or name another.',
  INVALID_DATE: 'A date is a real day, written yyyy-mm-dd. Check the date.',
  ENDS_BEFORE_IT_BEGINS:
    'The tenure would end on {until}, before the day on which it begins ({from}). Check both days.',
  NOTHING_CHANGES: 'The directory says so already, so nothing was recorded.',
} as const;

export const refuse = refusing(DIRECTORY_REFUSALS);
