import type { Caller, Submission } from '../../../../libs/dispatch/index.ts';
import { ENVELOPE, type Fields } from '../../../../libs/declarations/index.ts';
import { readMarking, type CommandEnvelope } from '../../../../libs/ledger/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { AnswerError } from '../errors.ts';
import { inputFieldsOf } from './inputs.ts';

export type Input = Readonly<Record<string, unknown>>;

/** Splits an input into what every command carries and what this one says. */
export function submissionOf(register: string, mutation: DeclaredMutation, input: Input, caller: Caller): Submission {
  const { type, fields } = mutation.command;
  const said = withoutNulls(input, fields);
  const envelope = Object.fromEntries(Object.entries(said).filter(([field]) => isOfTheEnvelope(field)));
  const command: Record<string, unknown> = { type };
  for (const { name, field } of inputFieldsOf(mutation)) if (said[name] !== undefined) command[field] = said[name];
  for (const [field, { ofEnvelope, otherwise }] of Object.entries(fields)) {
    if (ofEnvelope === true && said[field] !== undefined) command[field] = said[field];
    if (otherwise !== undefined && command[field] === undefined) command[field] = otherwise;
  }
  const point = Object.keys(fields).find((field) => fields[field]?.kind === 'marking');
  const marking = markingOf(said, point !== undefined);
  if (marking !== undefined && point !== undefined) command[point] = marking;
  else if (marking !== undefined) envelope['marking'] = marking;
  return {
    register,
    command: command as unknown as Submission['command'],
    envelope: envelope as unknown as CommandEnvelope,
    caller,
  };
}

/** Marking and session become one: see `markingOf`. */
export function isOfTheEnvelope(field: string): boolean {
  return field !== 'marking' && field !== 'session' && Object.hasOwn(ENVELOPE, field);
}

/** The field of the input that the domain's name for it stands for. */
export function inputFieldOf(mutation: DeclaredMutation, field: string): string {
  const [first = '', ...rest] = field.split('.');
  const written = inputFieldsOf(mutation).find((one) => one.field === first)?.name ?? first;
  return [written, ...rest].join('.');
}

/**
 * OFFICIAL without a session says no more than leaving both out, and must not open what its meeting has closed; so it marks
 * only where marking is the point, and there too leaves the session as it is.
 */
function markingOf(said: Input, isThePoint: boolean) {
  const { marking, session } = said as { marking?: string; session?: 'OPEN' | 'CLOSED' };
  if (marking === undefined && session === undefined) return undefined;
  const read = readMarking(marking ?? 'OFFICIAL', session);
  if ('refusal' in read)
    throw new AnswerError('REFUSED', read.refusal.sentence, { refusal: read.refusal.code, field: 'marking' });
  const { classification, sensitive } = read.marking;
  if (isThePoint) return { classification, sensitive, ...(session === undefined ? {} : { session }) };
  return session !== undefined || sensitive ? read.marking : undefined;
}

/** Null and absent are the same in an input, except where a value may be anything at all. */
function withoutNulls(input: Input, fields: Fields = {}): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(input)) {
    if (fields[field]?.kind === 'anyValue' && value !== undefined) said[field] = value;
    else if (value === null || value === undefined) continue;
    else said[field] = withoutNullsIn(value);
  }
  return said;
}

function withoutNullsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullsIn);
  return typeof value === 'object' && value !== null ? withoutNulls(value as Input) : value;
}
