import { refusing } from '../../ledger/index.ts';

/** Every reason for which the directory refuses beside what the declarations say, in the order in which they are checked. */
export const DIRECTORY_REFUSALS = {
  ALREADY_ADDED: 'The directory holds {ref} already. Correct what it says, or choose another reference.',
  NOT_ADDED:
    'The directory did not hold this post yet on that day. Give a later effective day, or correct the day from which it holds the post.',
  NOT_A_POST: 'Entry {ref} is no post, and only a post has holders. Name the post.',
  NOT_A_PERSON:
    'Only a person whom the directory holds on that day has a subject. Name the person, or give a later effective day.',
  NOT_A_BODY:
    'Only a body that the directory holds on that day reads others. Name the body, or give a later effective day.',
  READS_ITSELF: '{ref} has its own records in any case. Name another body.',
  READS_ALREADY: '{ref} reads {reads} already on that day.',
  NOT_READ: '{ref} does not read that body on that day, so there is nothing to end.',
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
  RESERVED_REFERENCE:
    'The ledger writes {ref} where no post did something: itself, or whoever runs it. No post is called so. Choose another reference.',
  CALLED_AS_A_PAGE:
    'A page about the list of posts is called {ref}, so nobody could open that of such a post. Choose another reference.',
  STANDARD_POST:
    'Post {ref} is one that every ledger knows. It acts in the capacity of its name. Leave the capacity out.',
  SUBJECT_TAKEN:
    'Another person of the directory is known to the identity provider under this subject. Take it away from them first.',
  SUBJECT_NEEDED:
    'The identity provider does not know {person}, so nobody could tell them from others. Record the subject of their tokens with the appointment.',
  ENDS_BEFORE_IT_BEGINS:
    'The tenure would end on {until}, before the day on which it begins ({from}). Check both days.',
  NOTHING_CHANGES: 'The directory says so already, so nothing was recorded.',
} as const;

export const refuse = refusing(DIRECTORY_REFUSALS);
