import { day, link, SESSION, type StateFields } from '../../declarations/index.ts';
import { meetingStatus } from './state.ts';

/** What another source may say otherwise of the meeting itself, without naming one of its events. */
export const stateFields: StateFields = {
  date: day('The day for which it is set or on which it was held.'),
  session: SESSION,
  status: meetingStatus,
  body: link('body', 'The body that meets.'),
};
