import { randomUUID } from 'node:crypto';
import { mutation, operation } from './contract.ts';

export type Variables = Readonly<Record<string, unknown>>;
/** Whatever JSON an answer holds: tests name what they expect of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test compares it with what it says
export type Json = any;

/** What the server sent. */
export interface Sent {
  readonly status: number;
  /** The body, byte for byte. */
  readonly text: string;
}

export interface AnswerErrorShape {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly refusal: string | null; readonly field: string | null };
}

/** Somebody who uses a served ledger over HTTP: a post with a token, or the public. */
export class Client {
  readonly #url: () => string;
  readonly #token: string | null;

  /** @param url a function, for a server that is started again listens somewhere else. */
  constructor(url: () => string, token: string | null) {
    this.#url = url;
    this.#token = token;
  }

  /** Sends a document and gives what came back, unread. */
  async post(query: string, variables: Variables = {}): Promise<Sent> {
    return this.send(JSON.stringify({ query, variables }));
  }

  /** Sends any body. */
  async send(body: string): Promise<Sent> {
    const response = await fetch(`${this.#url()}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  /** Runs an operation of the contract, and must get an answer without errors. */
  async asks(name: string, variables: Variables = {}): Promise<Json> {
    return this.runs(operation(name), variables);
  }

  /** Runs any document, and must get an answer without errors. */
  async runs(query: string, variables: Variables = {}): Promise<Json> {
    const { text } = await this.post(query, variables);
    const { data, errors } = JSON.parse(text) as { data?: Json; errors?: readonly AnswerErrorShape[] };
    if (errors !== undefined && errors.length > 0)
      throw new Error(`${JSON.stringify(variables)}: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Sends a command, and must be accepted: the payload. */
  async does(field: string, input: Variables): Promise<Json> {
    return (await this.runs(mutation(field), { input: { commandId: randomUUID(), ...input } }))[field];
  }

  /** Sends a command, and must be told why not: the first error. */
  async fails(field: string, input: Variables): Promise<AnswerErrorShape> {
    const { text } = await this.post(mutation(field), { input: { commandId: randomUUID(), ...input } });
    return errorIn(text);
  }

  /** As {@link fails}, for any document. */
  async failsToRun(query: string, variables: Variables = {}): Promise<AnswerErrorShape> {
    return errorIn((await this.post(query, variables)).text);
  }
}

/** The first error of an answer. @throws when there is none */
export function errorIn(text: string): AnswerErrorShape {
  const { errors } = JSON.parse(text) as { errors?: readonly AnswerErrorShape[] };
  const [error] = errors ?? [];
  if (error === undefined) throw new Error(`nothing was refused: ${text.slice(0, 500)}`);
  return error;
}
