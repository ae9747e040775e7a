import type { CommandEnvelope, Refusal } from '../ledger/index.ts';
import { whyNotGiven, type Fault } from './checks.ts';
import {
  called,
  commandId,
  day,
  eventOfRecord,
  itemNumber,
  labelled,
  line,
  link,
  marking,
  oneOf,
  optional,
  reference,
  saying,
  span,
  words,
  type MemberOf,
  type Shape,
} from './shapes.ts';

/** What a command and many an event say of a session; in an input it is a field of the envelope. */
export const SESSION = oneOf('Session', 'Whether the public and the press could be present.', {
  OPEN: 'Open to all.',
  CLOSED: 'Closed: only readers cleared for everything may see it.',
});
export type Session = MemberOf<typeof SESSION>;

/** A field of the envelope that has members of its own, each named by its path: `source.document`. */
export interface Part {
  readonly kind: 'part';
  readonly says: string;
  /** Its type in the API, and what that means. */
  readonly name: string;
  readonly typeSays: string;
  readonly members: { readonly [field: string]: Shape };
  /** Where exactly one member is given: the sentence for when none is, or several are. */
  readonly exactlyOne?: string;
}

/** What every command may carry, whatever it commands: of the inputs of the API, of papers and of forms. */
export const ENVELOPE = {
  commandId: commandId(
    'A UUID of your making: after any doubt send the same command with the same id again. An accepted command is remembered, by caller and record: it is answered as it was, for ever. One that was refused is not: it is decided afresh.',
  ),
  effectiveOn: labelled(
    'Day on which it took effect',
    optional(
      day(
        'The day in London on which it took effect; today where none is given. A day ahead only for what is settled ahead, such as who is to hold a post.',
      ),
    ),
  ),
  dated: labelled(
    'When it took effect',
    optional(span('When no day is known, what is known. Instead of `effectiveOn`.')),
  ),
  before: labelled(
    'Event before which it stands',
    optional(
      eventOfRecord(
        'An event of this record that took effect the same day: this fact is read just before it. Where none is named, after everything recorded.',
      ),
    ),
  ),
  by: labelled(
    'Who did it',
    optional(link('post', 'The post that did it, when you type it for somebody else; then `authority` is needed.')),
  ),
  authority: {
    kind: 'part',
    says: 'On whose say it was done.',
    name: 'AuthorityInput',
    typeSays:
      'On whose say: exactly one of the four, and each is a reference, never free text (letters, digits, “-” and “/”, at most 64).',
    exactlyOne: 'Name exactly one: a meeting, a decision, a delegation or a document.',
    members: {
      meeting: labelled(
        'Meeting that decided it',
        optional(link('meeting', 'Reference of the meeting that decided it.')),
      ),
      decision: labelled('Decision', optional(reference('Reference of a decision.'))),
      delegation: labelled('Delegation', optional(reference('Reference in the scheme of delegation.'))),
      document: labelled(
        'Document that says so',
        optional(link('document', 'Reference of the document in which they said so, such as a letter or a report.')),
      ),
    },
  },
  source: {
    kind: 'part',
    says: 'The paper that says so.',
    name: 'SourceInput',
    typeSays: 'The paper in which a fact stands.',
    members: {
      document: labelled('Source document', called({ column: 'document' }, optional(line('Title of the paper.')))),
      paragraph: labelled(
        'Place in the source',
        called({ column: 'paragraph' }, optional(line('Place in the paper.'))),
      ),
      quote: labelled('Words of the source', called({ column: 'quote' }, optional(words('Its words.')))),
      publishedOn: labelled(
        'When the source was published',
        called({ column: 'published_on' }, optional(day('The day on which it was published.'))),
      ),
      record: labelled(
        'Document that is the source',
        optional(link('document', 'Reference of the document of the ledger that the paper is.')),
      ),
      version: labelled(
        'Version of that document',
        optional(itemNumber('The version of it, as it is numbered, where a particular one is meant.')),
      ),
    },
  },
  reason: optional(
    words(
      'Why, in words. A late entry needs it: one that is recorded more days after it took effect than the register allows.',
    ),
  ),
  marking: optional(
    marking('Protective marking of this fact. Where it is not said, that of its record; OFFICIAL for a new record.'),
  ),
  session: optional(
    saying(
      'Whether the matter was dealt with in an open or a closed session. Where it is not said, as its record or meeting was; else open.',
      SESSION,
    ),
  ),
} as const satisfies { readonly [field: string]: Shape | Part };
export type EnvelopeField = keyof typeof ENVELOPE;

/** The same, a member of a part by its path. */
export const ENVELOPE_FIELDS: { readonly [path: string]: Shape } = Object.fromEntries(
  Object.entries<Shape | Part>(ENVELOPE).flatMap(([field, one]) =>
    one.kind === 'part'
      ? Object.entries(one.members).map(([member, shape]) => [`${field}.${member}`, shape])
      : [[field, one]],
  ),
);

/** What of it every event holds, and a correction may name. */
export const ENVELOPE_FACTS: { readonly [path: string]: Shape } = Object.fromEntries(
  Object.entries(ENVELOPE_FIELDS).filter(([path]) => /^(effectiveOn|dated|reason|source\..*)$/.test(path)),
);

/** Why a field of the envelope may not be given so; null when it may. A part that holds what it does not have stands in clear: it is refused. */
export function whyNotInEnvelope(field: EnvelopeField, value: unknown): Fault | null {
  const one: Shape | Part = ENVELOPE[field];
  if (one.kind !== 'part') return given(value) || one.optional !== true ? whyNotGivenOr(one, value) : null;
  if (!given(value)) return null;
  const members =
    typeof value === 'object' ? Object.entries(value as object).filter(([, member]) => given(member)) : [];
  for (const [name, member] of members) {
    const shape = Object.hasOwn(one.members, name) ? one.members[name]! : null;
    const fault = shape === null ? NO_SUCH_FIELD : whyNotGiven(shape, member);
    if (fault !== null) return { ...fault, at: [name, ...fault.at] };
  }
  if (one.exactlyOne === undefined || members.length === 1) return null;
  return { code: members.length === 0 ? 'NEEDED' : 'AMBIGUOUS', sentence: one.exactlyOne, at: [] };
}

const NO_SUCH_FIELD: Fault = { code: 'MALFORMED', sentence: 'There is no such field.', at: [] };

/** What the input alone can tell to be wrong with an envelope. The same for everybody. @param imported papers may leave unsaid who did it */
export function whyNotEnvelope(envelope: CommandEnvelope, imported: boolean): Refusal | null {
  const { authority, by, effectiveOn, dated, source, stated } = envelope;
  const said = { ...envelope, authority: authority === 'notStated' ? undefined : authority };
  for (const field of Object.keys(ENVELOPE) as EnvelopeField[]) {
    const fault = whyNotInEnvelope(field, (said as { readonly [field: string]: unknown })[field]);
    if (fault !== null) return refusal(fault, [field, ...fault.at].join('.'));
  }
  if (dated !== undefined && effectiveOn !== undefined && effectiveOn !== dated.to)
    return refusal(TWO_DAYS, 'effectiveOn');
  if (source?.version !== undefined && source.record === undefined) return refusal(NEEDED, 'source.record');
  if (!imported && (authority === 'notStated' || by === null || stated !== undefined))
    return refusal(FOR_PAPERS, 'authority');
  const fault = stated === undefined ? null : whyNotGiven(ENVELOPE.effectiveOn, stated);
  return fault === null ? null : refusal(fault, 'recorded_on');
}

const TWO_DAYS: Fault = {
  code: 'AMBIGUOUS',
  sentence: 'A fact without a known day takes effect on the last day of its span: leave effectiveOn out.',
  at: [],
};
const FOR_PAPERS: Fault = {
  code: 'MALFORMED',
  sentence: 'Only an import may leave unsaid who did it and on what authority.',
  at: [],
};

function refusal({ code, sentence }: Fault, field: string): Refusal {
  return { code, sentence, field };
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function whyNotGivenOr(shape: Shape, value: unknown): Fault | null {
  return given(value) ? whyNotGiven(shape, value) : NEEDED;
}

const NEEDED: Fault = { code: 'NEEDED', sentence: 'This is needed here.', at: [] };
