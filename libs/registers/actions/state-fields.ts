import { day, labelled, link, withMembers, words, type StateFields } from '../../declarations/index.ts';
import {
  actionStatus,
  dueDate,
  item,
  occasion,
  organisation,
  owner,
  owners,
  priority,
  raisedOutside,
  title,
} from './fields.ts';

/** Fields of an action that another source may state otherwise, without naming the event that holds them. */
export const stateFields: StateFields = {
  title,
  body: link('body', 'The body at which it was raised.'),
  meeting: link('meeting', 'The meeting at which it was raised.'),
  item,
  raisedBy: raisedOutside,
  occasion,
  owner,
  owners,
  organisation,
  priority,
  status: actionStatus,
  ...withMembers('due', dueDate),
  'due.original': labelled('First due date', dueDate),
  'due.current': labelled('Due date', dueDate),
  latestUpdate: words('The latest update.'),
  reportedComplete: labelled('Report of completion', words('The report that it is complete.')),
  closed: labelled('How it was closed', actionStatus),
  deferred: labelled('Deferral', day('The day to which it is put off.')),
  continuedAs: labelled('Where it goes on', link('action', 'The action in which it goes on.')),
};
