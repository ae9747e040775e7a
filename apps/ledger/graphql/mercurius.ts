import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from './commands/mutations.ts';
import { AnswerError, answerTo, errorFormatter, faultSentence, sendError, type NoteFault } from './errors.ts';
import { hadToTakeTurn } from '../turns.ts';
import type { Gate } from './gate/gate.ts';
import { comparisonFields } from './ledger/comparison.fields.ts';
import { ENTRY_FIELDS } from './ledger/entries.fields.ts';
import { LEDGER_FIELDS } from './ledger/ledger.fields.ts';
import { REPLAY_FIELDS } from './ledger/replay.fields.ts';
import { SLIPPAGE_FIELDS } from './ledger/slippage.fields.ts';
import { RISK_MOVEMENT_FIELDS } from './risks/risk-movement.fields.ts';
import { belongingOf, overBodies } from './ledger/of-bodies.ts';
import { RECORD_FIELDS } from './ledger/record.fields.ts';
import { SCALARS } from './ledger/scalars.ts';
import type { Fields } from './ledger/value.ts';
import { REGISTER_APIS } from './registers.ts';
import { FORM, NotJson } from './read-body.ts';
import { schemaOfFiles, typeDefinitions } from './schema-files.ts';

/** A compiled form of each document is made the second time it comes. */
const COMPILE_AFTER = 1;

/** The fields of each type, wherever they stand: what can be asked of the ledger stands with the register that answers. */
function together(all: readonly FieldsByType[]): FieldsByType {
  const types: Record<string, Fields<never>> = {};
  for (const fields of all) for (const [type, own] of Object.entries(fields)) types[type] = { ...types[type], ...own };
  return types;
}

function allFields(): FieldsByType {
  const schema = schemaOfFiles();
  const fields = together([
    LEDGER_FIELDS,
    REPLAY_FIELDS,
    SLIPPAGE_FIELDS,
    ENTRY_FIELDS,
    RECORD_FIELDS,
    ...Object.values(REGISTER_APIS).map((register) => register.fields),
    RISK_MOVEMENT_FIELDS,
    belongingOf(schema),
  ]);
  Object.assign(fields, together([fields, comparisonFields(schema, fields['Ledger'] ?? {})]));
  return { ...fields, Ledger: overBodies(schema, fields['Ledger'] ?? {}) };
}

type FieldsByType = { readonly [type: string]: Fields<never> };

/** How Mercurius is set up. The gate has the first word on every request, and `errorFormatter` the last. */
export function mercuriusBehind(gate: Gate, noteFault: NoteFault): MercuriusDriverConfig {
  return {
    driver: MercuriusDriver,
    path: '/graphql',
    typeDefs: typeDefinitions(),
    resolvers: { ...SCALARS, ...allFields() },
    jit: COMPILE_AFTER,
    allowBatchedQueries: false,
    graphiql: false,
    subscription: false,
    additionalRouteOptions: { preHandler: gate.preHandler },
    context: (request: FastifyRequest): RequestContext => ({
      identity: gate.identityOf(request),
      apart: hadToTakeTurn(request),
    }),
    errorFormatter: errorFormatter(noteFault),
    errorHandler: requestErrorHandler(noteFault),
  };
}

const UNREADABLE = `This request is no GraphQL over HTTP that can be read. Send ${FORM} by POST, content-type application/json.`;

/** Faults of the transport, by Fastify's names for them. */
const INCOMPLETE: { readonly [code: string]: string } = {
  FST_ERR_CTP_EMPTY_JSON_BODY: `This request is no GraphQL: it is empty. Send ${FORM}.`,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    'This request is no GraphQL: it has not as many bytes as its content-length says.',
};

/** Answers what fails before or beside execution: a body that is too large or no JSON, and faults of ours. */
function requestErrorHandler(noteFault: NoteFault) {
  return (error: Error & { statusCode?: number; code?: string }, _: FastifyRequest, reply: FastifyReply): void => {
    const known = answerTo(error);
    if (known !== null) return sendError(reply, 200, known);
    if (error.statusCode === 413)
      return sendError(reply, 413, new AnswerError('INVALID', 'A request has at most 1 MiB.'));
    if (error.statusCode === 415)
      return sendError(reply, 415, new AnswerError('INVALID', 'Send JSON: content-type application/json.'));
    if (error instanceof NotJson)
      return sendError(reply, 400, new AnswerError('INVALID', `${error.message} Send ${FORM}.`));
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
      return sendError(reply, error.statusCode, new AnswerError('INVALID', INCOMPLETE[error.code ?? ''] ?? UNREADABLE));
    return sendError(reply, 500, new AnswerError('UNAVAILABLE', faultSentence(noteFault(error))));
  };
}
