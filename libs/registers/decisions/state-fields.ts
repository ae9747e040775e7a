import { labelled, link, withMembers, words, yesNo, type StateFields } from '../../declarations/index.ts';
import * as field from './fields.ts';

/** Fields of a decision that another source may state otherwise, without naming the event that holds them. */
export const stateFields: StateFields = {
  title: field.title,
  summary: field.summary,
  body: link('body', 'The body in whose business it is decided.'),
  maker: labelled('Who decides', field.maker),
  status: field.decisionStatus,
  ...withMembers('due', field.planned),
  firstDue: labelled('When it was first to be decided', field.planned),
  'drafted.recommendation': field.recommendation,
  'delegated.delegate': field.delegate,
  'outcome.how': labelled('What came of it', field.outcome),
  'outcome.decided': field.decided,
  'openPart.content': labelled('Open part', words('What the open part says.')),
  'signed.signedBy': field.signedBy,
  'recorded.publicInterest': labelled(
    'Of significant public interest',
    yesNo('Whether it is of significant public interest.'),
  ),
};
