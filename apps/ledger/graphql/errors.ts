import type { FastifyReply } from 'fastify';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { FactSince } from '../../../libs/dispatch/index.ts';
import { StoreUnavailable } from '../../../libs/event-store/index.ts';
import { BadBasis, NotYet, RecordDamaged } from '../../../libs/read-models/index.ts';

/** What went wrong, for a program: the domain's own word is in `refusal`, the input at fault in `field`. */
export type ErrorCode = 'INVALID' | 'REFUSED' | 'CONFLICT' | 'FORBIDDEN' | 'NOT_FOUND' | 'NOT_YET' | 'UNAVAILABLE';

/** What else an error says to a program. */
export interface AboutError {
  readonly refusal?: string;
  readonly field?: string;
  /** Of a CONFLICT: what others have recorded since. */
  readonly facts?: readonly FactSince[];
}

/** An error that is meant for whoever asked. Anything else that is thrown stays inside, under an id. */
export class AnswerError extends GraphQLError {
  constructor(code: ErrorCode, sentence: string, about: AboutError = {}) {
    const { refusal = null, field = null, facts } = about;
    super(sentence, { extensions: { code, refusal, field, ...(facts === undefined ? {} : { facts }) } });
  }
}

/** The answer to a thrown value, or null when it is a fault of ours that nobody outside should read. */
export function answerTo(thrown: unknown): AnswerError | null {
  if (thrown instanceof AnswerError) return thrown;
  if (thrown instanceof BadBasis) return new AnswerError('INVALID', thrown.message, { field: thrown.field });
  if (thrown instanceof NotYet) return new AnswerError('NOT_YET', thrown.message, { field: 'atLeast' });
  if (thrown instanceof RecordDamaged) return new AnswerError('UNAVAILABLE', thrown.message, { refusal: 'DAMAGED' });
  if (thrown instanceof StoreUnavailable)
    return new AnswerError('UNAVAILABLE', 'The store of the ledger is away. Ask again in a moment.');
  return null;
}

/** Notes a fault of ours and answers the id under which it was noted. */
export type NoteFault = (fault: unknown) => string;

/** The shape of every refusal that is sent before a document runs. */
export interface ErrorBody {
  readonly errors: readonly GraphQLFormattedError[];
}

export function errorBody(error: AnswerError): ErrorBody {
  return { errors: [error.toJSON()] };
}

/** The words for a fault of ours. */
export function faultSentence(id: string): string {
  return `Something went wrong here, and it is not your fault. Say the number ${id} when you report it.`;
}

/** Makes what Mercurius answers with when fields failed: answers as they are, faults as an id and nothing more. */
export function errorFormatter(noteFault: NoteFault) {
  return (execution: ExecutionResult): { statusCode: number; response: ExecutionResult } => {
    const errors = (execution.errors ?? []).map((error) => {
      const { locations, path } = error;
      const thrown = originOf(error);
      const answer = answerTo(thrown);
      const known = answer ?? new AnswerError('UNAVAILABLE', faultSentence(noteFault(thrown)));
      const shown = { message: known.message, locations, path, extensions: known.extensions };
      // Mercurius hands on whatever stands here; its type wants an error.
      return shown as unknown as GraphQLError;
    });
    return { statusCode: 200, response: { data: execution.data ?? null, errors } };
  };
}

/** What a resolver threw, below the wrappings of GraphQL. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (
    !(origin instanceof AnswerError) &&
    origin instanceof Error &&
    'originalError' in origin &&
    origin.originalError instanceof Error
  )
    origin = origin.originalError;
  return origin;
}

/** Sends a refusal as GraphQL over HTTP does. */
export function sendError(reply: FastifyReply, status: number, error: AnswerError): void {
  void reply.code(status).type('application/json; charset=utf-8').send(errorBody(error));
}
