import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { takeTurn, tellWhen, TooManyWait, type Turns } from '../../turns.ts';
import { Recent } from '../../../../libs/recent/index.ts';
import { BadToken, THE_PUBLIC, type Identities, type Identity } from '../../access/identity.ts';
import { SignInUnavailable } from '../../access/oidc-tokens.ts';
import { AnswerError, sendError } from '../errors.ts';
import { FORM } from '../read-body.ts';
import {
  checkCost,
  checkShape,
  LIMITS,
  onlyOperation,
  rowsOfLists,
  type Limits,
  type Refused,
  type RowsOfLists,
} from './limits.ts';
import { coerceVariables, fieldAt } from './variables.ts';

/** Documents whose verdict is remembered. */
const REMEMBERED = 1_000;

/** Documents that cost no more than this are answered at once: a record with its history, a page of a list. */
const FREE_OF_TURNS = 1_000;

/** What passes: what it costs, and whether it only reads. */
interface Admitted {
  readonly cost: number;
  readonly reads: boolean;
}

/** What a document is, whatever its variables. Refused: with the words for it. */
type Examined =
  { readonly document: DocumentNode; readonly operation: OperationDefinitionNode } | { readonly refused: Refused };

export interface GateOptions {
  readonly limits?: Limits;
  /** Whether the schema may be asked about itself. */
  readonly introspection: boolean;
  /** Whoever reads much waits for one of these. Without them nobody waits. */
  readonly turns?: Turns;
  /** Off in one test alone, which shows what Mercurius does then. */
  readonly oneOperation?: boolean;
}

/**
 * Stands before Mercurius: whatever does not pass is answered here, and no resolver runs.
 *
 * Order: the token, the method and form of the request, size, one operation, shape, validity, variables, page sizes, cost.
 */
export class Gate {
  readonly #schema: () => GraphQLSchema;
  readonly #identities: Identities;
  readonly #limits: Limits;
  readonly #options: GateOptions;
  readonly #examined = new Recent<string, Examined>(REMEMBERED);
  readonly #known = new WeakMap<FastifyRequest, Identity>();
  #rows: RowsOfLists | undefined;

  constructor(schema: () => GraphQLSchema, identities: Identities, options: GateOptions) {
    this.#schema = schema;
    this.#identities = identities;
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  /** Who sent a request that passed the gate. */
  identityOf(request: FastifyRequest): Identity {
    return this.#known.get(request) ?? THE_PUBLIC;
  }

  /** For Fastify: before the handler. Answers what does not pass. */
  readonly preHandler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const answer = (status: number, error: AnswerError): FastifyReply => {
      sendError(reply, status, error);
      return reply;
    };
    try {
      this.#known.set(request, await this.#identities.fromHeader(request.headers.authorization));
    } catch (cause) {
      if (cause instanceof SignInUnavailable) return answer(503, new AnswerError('UNAVAILABLE', cause.message));
      if (!(cause instanceof BadToken)) throw cause;
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      return answer(401, new AnswerError('FORBIDDEN', cause.message));
    }
    if (request.method !== 'POST') {
      reply.header('allow', 'POST');
      return answer(405, new AnswerError('INVALID', 'Send GraphQL by POST.'));
    }
    if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? ''))
      return answer(415, new AnswerError('INVALID', 'Send JSON: content-type application/json.'));
    const admitted = this.#check(request.body, request.validationError !== undefined);
    if ('sentence' in admitted) {
      const { sentence, ...about } = this.#worded(admitted);
      return answer(400, new AnswerError('INVALID', sentence, about));
    }
    if (!admitted.reads || admitted.cost <= FREE_OF_TURNS || this.#options.turns === undefined) return undefined;
    try {
      return await takeTurn(this.#options.turns, request, reply, askerOf(request, this.identityOf(request)));
    } catch (cause) {
      if (!(cause instanceof TooManyWait)) throw cause;
      return answer(tellWhen(reply).statusCode, new AnswerError('UNAVAILABLE', cause.message));
    }
  };

  /** Why a request body will not be run, or null. */
  check(body: unknown, malformed = false): Refused | null {
    const admitted = this.#check(body, malformed);
    return 'sentence' in admitted ? this.#worded(admitted) : null;
  }

  #worded(refused: Refused): Refused {
    return this.#options.introspection ? refused : { ...refused, sentence: withoutSuggestions(refused.sentence) };
  }

  #check(body: unknown, malformed: boolean): Refused | Admitted {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return { sentence: `Send one JSON object: ${FORM}. Lists of operations are not taken.` };
    const { query, variables, operationName } = body as {
      query?: unknown;
      variables?: unknown;
      operationName?: unknown;
    };
    if (typeof query !== 'string' || query === '')
      return {
        sentence: `This request is no GraphQL: "query", which holds the document, ${missing(query)}. Send ${FORM}.`,
        field: 'query',
      };
    if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables)))
      return { sentence: '"variables" is a JSON object.', field: 'variables' };
    if (malformed)
      return { sentence: `Send one JSON object: ${FORM}. It has a member that GraphQL over HTTP does not.` };

    const examined = this.#examine(query);
    if ('refused' in examined) return examined.refused;
    const { document, operation } = examined;
    if (
      typeof operationName === 'string' &&
      operationName !== '' &&
      operationName !== operation.name?.value &&
      this.#options.oneOperation !== false
    )
      return {
        sentence: `This document holds no operation called "${operationName.slice(0, 64)}".`,
        field: 'operationName',
      };

    const coerced = coerceVariables(this.#schema(), document, operation, (variables ?? {}) as Record<string, unknown>);
    if ('sentence' in coerced) return coerced;
    this.#rows ??= rowsOfLists(this.#schema());
    const checked = checkCost(document, operation, coerced.variables, this.#limits, this.#rows);
    return 'sentence' in checked ? checked : { ...checked, reads: operation.operation === OperationTypeNode.QUERY };
  }

  #examine(query: string): Examined {
    if (query.length > this.#limits.characters)
      return {
        refused: {
          sentence: `A document has at most ${this.#limits.characters} characters; this one has ${query.length}.`,
        },
      };
    const known = this.#examined.get(query);
    if (known !== undefined) return known;
    const examined = this.#examineAnew(query);
    this.#examined.set(query, examined);
    return examined;
  }

  #examineAnew(query: string): Examined {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: this.#limits.tokens });
    } catch (error) {
      const { message, locations } = error as GraphQLError;
      if (message.includes('tokens'))
        return { refused: { sentence: `A document has at most ${this.#limits.tokens} tokens.` } };
      const [at] = locations ?? [];
      return {
        refused: {
          sentence: `This is not GraphQL${at === undefined ? '' : `, from line ${at.line}, column ${at.column}`}${syntaxFault(message)}.`,
        },
      };
    }
    const operation = this.#operationOf(document);
    if ('sentence' in operation) return { refused: operation };
    const shape = checkShape(document, operation, this.#limits);
    if (shape !== null) return { refused: shape };
    if (!this.#options.introspection && asksAboutSchema(document))
      return { refused: { sentence: 'This server does not answer questions about its schema: read schema.graphql.' } };
    const [error] = validate(this.#schema(), document, undefined, { maxErrors: 1 });
    if (error === undefined) return { document, operation };
    const field = fieldAt(document, error.nodes?.[0]);
    return { refused: { sentence: error.message, ...(field === undefined ? {} : { field }) } };
  }

  #operationOf(document: DocumentNode): OperationDefinitionNode | Refused {
    const operation = onlyOperation(document);
    if (!('sentence' in operation) || this.#options.oneOperation !== false) return operation;
    return document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION) ?? operation;
  }
}

function missing(query: unknown): string {
  if (query === undefined) return 'is missing';
  return query === '' ? 'is empty' : 'is no text';
}

/** What the grammar says, without what was sent: `: expected Name`. */
function syntaxFault(message: string): string {
  const [, expected] = /^Syntax Error: (Expected .{1,80}?), found /.exec(message) ?? [];
  const [, fault] =
    /^Syntax Error: (Unterminated string|Unexpected character|Invalid number|Invalid character)\b/.exec(message) ?? [];
  const words = expected ?? fault;
  return words === undefined ? '' : `: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** Who asks, for whoever gives out turns: a person in a post, else an address. */
export function askerOf(request: FastifyRequest, { caller }: Identity): string {
  return caller === null ? `address ${request.ip}` : `${caller.post} ${caller.person}`;
}

/** Whether a document has a field of introspection. Words of a search are no fields, whatever they are. */
function asksAboutSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name }) {
      asks ||= name.value === '__schema' || name.value === '__type';
    },
  });
  return asks;
}

/** GraphQL's own sentences name what there is: a schema that is not shown is not told by the piece. */
function withoutSuggestions(sentence: string): string {
  return sentence.replace(/ Did you mean [^]*$/, '');
}
