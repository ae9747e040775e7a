import type { AnswerError, ErrorCode } from '../../graphql/errors.ts';
import type { Problem } from './typed.ts';

/** The status with which a form is shown again after the command in it came to that. */
const STATUS: { readonly [Code in ErrorCode]: number } = {
  INVALID: 400,
  REFUSED: 422,
  CONFLICT: 409,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  NOT_YET: 503,
  UNAVAILABLE: 503,
};

/** What the door of the API answered, as a form shows it: the sentence, at the field that it is about. */
export function problemOf({ message, extensions }: AnswerError): Problem {
  const { field } = extensions as { readonly field?: string | null };
  return { path: field ?? '', sentence: message };
}

export function statusOf({ extensions }: AnswerError): number {
  return STATUS[(extensions as { readonly code: ErrorCode }).code];
}
