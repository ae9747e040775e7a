import { day, labelled, line, oneOf, span, words, type MemberOf } from './shapes.ts';

/** What a command and many an event say of a session; in an input it is a field of the envelope. */
export const SESSION = oneOf('Session', 'Whether the public and the press could be present.', {
  OPEN: 'Open to all.',
  CLOSED: 'Closed: only readers cleared for everything may see it.',
});
export type Session = MemberOf<typeof SESSION>;

/** What every event has from its envelope and a correction may name. */
export const ENVELOPE_FACTS = {
  effectiveOn: labelled('Day on which it took effect', day('The day on which it took effect.')),
  dated: labelled('When it took effect', span('The span in which it took effect.')),
  reason: words('Why.'),
  'source.document': labelled('Source document', line('The paper in which it stands.')),
  'source.paragraph': labelled('Place in the source', line('Where in the paper it stands.')),
  'source.quote': labelled('Words of the source', words('What the paper says.')),
  'source.publishedOn': labelled('When the source was published', day('The day on which the paper was published.')),
} as const;
