import { oneOf, type MemberOf } from './shapes.ts';

/** What a command and many an event say of a session; in an input it is a field of the envelope. */
export const SESSION = oneOf('Session', 'Whether the public and the press could be present.', {
  OPEN: 'Open to all.',
  CLOSED: 'Closed: only readers cleared for everything may see it.',
});
export type Session = MemberOf<typeof SESSION>;
