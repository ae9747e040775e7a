import { due, itemNumber, line, link, oneOf, type MemberOf } from '../../declarations/index.ts';

/* What more than one declaration of this register says. A word that means something else elsewhere is said where it is used. */

export const title = line('What is to be done.');
export const item = itemNumber(
  'Number of the minute or agenda item, such as 7(c), 14/2018/P or AC 23-07: at most 32 letters, digits, spaces, “/”, “-”, “.” and brackets.',
);
export const owner = link('post', 'The post that is to do it.');
export const dueDate = due('When it is due.');
export const phrase = line('When it is due, in words.');

export const organisation = oneOf('Organisation', 'On which side the work lies.', {
  OPCC: 'The Office of the Police and Crime Commissioner.',
  FORCE: 'The police force.',
  JOINT: 'Both together.',
});
export type Organisation = MemberOf<typeof organisation>;

export const priority = oneOf('Priority', 'How urgent it was called.', {
  HIGH: 'Before others.',
  MEDIUM: 'In its turn.',
  LOW: 'After others.',
});
export type Priority = MemberOf<typeof priority>;

export const convertedInto = oneOf('ConvertedInto', 'What an action may become.', {
  FORWARD_PLAN_ITEM: 'An item of the forward plan.',
});
