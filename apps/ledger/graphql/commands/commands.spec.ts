import { ENVELOPE, ENVELOPE_FIELDS, type Shape } from '../../../../libs/declarations/index.ts';
import type { Caller, Outcome } from '../../../../libs/dispatch/index.ts';
import { MUTATIONS } from '../../../../libs/registers/index.ts';
import type { AnswerError } from '../errors.ts';
import { checkInput } from './check-input.ts';
import { callerOf, mustBeAccepted } from './register-command.ts';
import { isOfTheEnvelope, submissionOf, type Input } from './submission.ts';

const caller: Caller = { post: 'opcc-officer', person: 'p-1', capacity: 'opcc-officer' };
const commandId = '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11';
const event = '0b6f6b52-8f3c-4a39-9d3e-0c2f6b1f7a10';

const submit = (mutation: string, input: Input) =>
  submissionOf('any', MUTATIONS[mutation]!, { commandId, ...input }, caller);

function errorOf(work: () => unknown): AnswerError['extensions'] {
  try {
    work();
  } catch (error) {
    return (error as AnswerError).extensions;
  }
  throw new Error('nothing was refused');
}

describe('an input becomes a command', () => {
  it('with what every command carries apart from what this one says', () => {
    const submission = submit('signOffAction', {
      ref: 'CGB-2023-04-A1',
      effectiveOn: '2023-06-21',
      by: 'commissioner',
      authority: { meeting: 'CGB-2023-06-21', decision: null },
      source: { document: 'Minutes', paragraph: null },
      reason: null,
    });
    expect(submission).toEqual({
      register: 'any',
      command: { type: 'SignOffAction', ref: 'CGB-2023-04-A1' },
      envelope: {
        commandId,
        effectiveOn: '2023-06-21',
        by: 'commissioner',
        authority: { meeting: 'CGB-2023-06-21' },
        source: { document: 'Minutes' },
      },
      caller,
    });
  });

  it('keeps apart when a meeting is and when its scheduling took effect', () => {
    const dated = { how: 'by', to: '2023-10-09' };
    const span = { how: 'between', from: '2023-12-01', to: '2023-12-31' };
    const { command, envelope } = submit('scheduleMeeting', { body: 'CGB', dated, span });
    expect([command, envelope.dated]).toEqual([{ type: 'ScheduleMeeting', body: 'CGB', dated: span }, dated]);
  });

  it('names a post by its reference, whatever the command calls it', () => {
    expect(submit('addPost', { ref: 'clerk', name: 'Clerk' }).command).toEqual({
      type: 'AddPost',
      as: 'clerk',
      name: 'Clerk',
    });
    expect(submit('appointHolder', { post: 'clerk', person: 'person-abcde' }).command).toMatchObject({ ref: 'clerk' });
  });

  it('takes a correction without a value as one that takes the value away, and keeps null where null is the value', () => {
    expect(submit('correctAction', { ref: 'A', event, path: 'owner' }).command).toMatchObject({
      is: null,
    });
    expect(submit('correctAction', { ref: 'A', event, path: 'owner', is: null }).command).toMatchObject({ is: null });
    expect(submit('correctAction', { ref: 'A', event, path: 'owner', is: 'clerk' }).command).toMatchObject({
      is: 'clerk',
    });
  });

  it.each([
    ['nothing is said', {}, undefined],
    ['OFFICIAL is said, which opens nothing that a meeting has closed', { marking: 'OFFICIAL' }, undefined],
    [
      'SENSITIVE is said in any spelling',
      { marking: 'official-sensitive' },
      { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
    ],
    [
      'a closed session is said',
      { session: 'CLOSED' },
      { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
    ],
  ])('marks when %s', (_, said, marking) => {
    expect(submit('raiseAction', { title: 't', ...said }).envelope.marking).toEqual(marking);
  });

  it('marks anew with what the command is about', () => {
    const { command, envelope } = submit('markAction', { ref: 'A', marking: 'OFFICIAL' });
    expect([command, envelope.marking]).toEqual([
      { type: 'Mark', ref: 'A', to: { classification: 'OFFICIAL', sensitive: false } },
      undefined,
    ]);
  });

  it.each(['SECRET', 'TOP_SECRET', 'TOP SECRET', 'secret'])('never when it is marked %s', (marking) => {
    expect(errorOf(() => submit('raiseAction', { title: 't', marking }))).toEqual({
      code: 'REFUSED',
      refusal: 'MARKING_TOO_HIGH',
      field: 'marking',
    });
  });
});

describe('the ids that an input may hold', () => {
  it('are those that dispatch writes in small letters, and no others', () => {
    const ids = (fields: readonly (readonly [string, Shape])[]) => [
      ...new Set(
        fields.flatMap(([name, { kind }]) => (kind === 'commandId' || kind === 'eventOfRecord' ? [name] : [])),
      ),
    ];
    expect(ids(Object.entries(ENVELOPE_FIELDS)).sort()).toEqual(['before', 'commandId']);
    expect(ids(Object.values(MUTATIONS).flatMap(({ command }) => Object.entries(command.fields)))).toEqual([
      ...['agendaItem', 'question', 'continues', 'minute', 'causedBy', 'keepsPromise', 'control', 'condition', 'event'],
    ]);
  });
});

describe('an input is refused before it becomes a command', () => {
  it.each<[string, Input, string, string]>([
    ['a commandId that is no UUID', { commandId: '1' }, 'MALFORMED', 'commandId'],
    ['no commandId', { commandId: null }, 'NEEDED', 'commandId'],
    ['two authorities', { authority: { meeting: 'CGB-2023-06-21', decision: 'D' } }, 'AMBIGUOUS', 'authority'],
    ['no authority in an authority', { authority: { meeting: null } }, 'NEEDED', 'authority'],
    ['an authority of no kind', { authority: { say: 'D' } }, 'MALFORMED', 'authority.say'],
    ['a meeting that is spelt as none', { authority: { meeting: 'CGB' } }, 'MALFORMED', 'authority.meeting'],
    ['an authority in words', { authority: { decision: 'Mr Smith said so' } }, 'MALFORMED', 'authority.decision'],
    ['an event to stand before that is no UUID', { before: 'the last' }, 'MALFORMED', 'before'],
    ['a post with spaces', { by: 'the chair' }, 'MALFORMED', 'by'],
    ['a day of no calendar', { effectiveOn: '2023-02-30' }, 'MALFORMED', 'effectiveOn'],
    ['a span without its first day', { dated: { how: 'between', to: '2023-10-09' } }, 'MALFORMED', 'dated.from'],
    ['a paper that was published on no day', { source: { publishedOn: 'May' } }, 'MALFORMED', 'source.publishedOn'],
    ['an oversize quote', { source: { quote: 'x'.repeat(32 * 1024 + 1) } }, 'TOO_LONG', 'source.quote'],
    ['an oversize reason', { reason: 'é'.repeat(16 * 1024 + 1) }, 'TOO_LONG', 'reason'],
  ])('for %s', (_, input, refusal, field) => {
    expect(errorOf(() => checkInput({ commandId, ...input }))).toEqual({ code: 'INVALID', refusal, field });
  });

  it('by every field that the envelope declares', () => {
    const fields = Object.keys(ENVELOPE).filter(isOfTheEnvelope);
    expect(fields.length).toBeGreaterThan(6);
    for (const field of fields)
      expect(errorOf(() => checkInput({ commandId, [field]: { a: 5 } })).field).toMatch(
        new RegExp(`^${field}(\\.a)?$`),
      );
  });

  it('and passes at the limits', () => {
    checkInput({
      commandId,
      ref: 'A',
      text: 'é'.repeat(16 * 1024),
      reason: null,
      authority: null,
      source: { quote: null },
    });
    checkInput({ commandId, ref: 'A'.repeat(64), authority: { delegation: 'SoD/4-2' } });
  });
});

describe('what became of a command is answered', () => {
  const row = MUTATIONS['scheduleMeeting']!;
  it.each<[Outcome, object]>([
    [
      { outcome: 'not-found', field: 'ref' },
      { code: 'NOT_FOUND', refusal: null, field: 'ref' },
    ],
    [
      { outcome: 'forbidden', sentence: 'No.' },
      { code: 'FORBIDDEN', refusal: null, field: null },
    ],
    [
      { outcome: 'refused', refusal: { code: 'DAY_NEEDED', sentence: 'No.', field: 'on' } },
      { code: 'REFUSED', refusal: 'DAY_NEEDED', field: 'on' },
    ],
    [
      { outcome: 'refused', refusal: { code: 'NO', sentence: 'No.' } },
      { code: 'REFUSED', refusal: 'NO', field: null },
    ],
    [
      { outcome: 'invalid', sentence: 'No.', field: 'dated.to', refusal: 'MALFORMED' },
      { code: 'INVALID', refusal: 'MALFORMED', field: 'span.to' },
    ],
    [
      { outcome: 'conflict', sentence: 'No.' },
      { code: 'CONFLICT', refusal: null, field: null },
    ],
    [
      { outcome: 'unavailable', sentence: 'No.' },
      { code: 'UNAVAILABLE', refusal: null, field: null },
    ],
  ])('%j', (outcome, extensions) => {
    expect(errorOf(() => mustBeAccepted(outcome, row))).toEqual(extensions);
  });

  it('with FORBIDDEN to the public', () => {
    expect(errorOf(() => callerOf({ reader: { audience: 'public' }, caller: null })).code).toBe('FORBIDDEN');
  });
});
