import type { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation } from '@nestjs/graphql';
import type { Accepted, Outcome, Submission } from '../../../../libs/dispatch/index.ts';
import type { Notice } from '../../../../libs/ledger/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import type { Identity } from '../../access/identity.ts';
import type { Ledger } from '../../ledger.ts';
import type { Fields } from '../ledger/value.ts';
import { checkInput } from './check-input.ts';
import { callerOf, mustBeAccepted, type RegisterCommand } from './register-command.ts';
import { submissionOf, type Input } from './submission.ts';

/** What a request carries through GraphQL. */
export interface RequestContext {
  readonly identity: Identity;
  /** It reads much, and in another thread. */
  readonly apart: boolean;
}

/** Parent value of every payload: what was accepted, and for whom. */
export interface Written {
  readonly accepted: Accepted;
  readonly position: string;
  /** The ledger as at the event that was written. Opened when the record is asked for. */
  readonly viewAfter: () => Promise<LedgerView>;
  /** What may be a slip in it. Looked for when it is asked for. */
  readonly notices: () => Promise<readonly Notice[] | null>;
}

/** The fields of every payload. */
export const PAYLOAD = { notices: ({ notices }) => notices() } satisfies Fields<Written>;

/** What the resolver of a register's mutations must have. */
export interface Sends {
  readonly bus: Pick<CommandBus, 'execute'>;
  readonly ledger: Pick<Ledger, 'noticesOf' | 'placeSeen' | 'positionFor' | 'viewAt'>;
}

/** Checks an input, sends the command that it makes, and answers with what was accepted or the error that it came to. */
export async function send(
  { bus, ledger }: Sends,
  register: string,
  mutation: DeclaredMutation,
  Command: CommandClass,
  input: Input,
  { identity }: RequestContext,
): Promise<Written> {
  const caller = callerOf(identity);
  checkInput(input);
  const submission = submissionOf(register, mutation, input, caller);
  const seen = typeof input['seen'] === 'string' ? await ledger.placeSeen(input['seen'], identity.reader) : null;
  const outcome: Outcome = await bus.execute(new Command(seen === null ? submission : { ...submission, seen }));
  const accepted = mustBeAccepted(outcome, mutation);
  return {
    accepted,
    position: await ledger.positionFor(accepted, identity.reader),
    viewAfter: () => ledger.viewAt(accepted, identity.reader),
    notices: () => ledger.noticesOf(accepted, caller),
  };
}

export type CommandClass = new (submission: Submission) => RegisterCommand;

/** Gives a resolver class its mutations: all do the same, see {@link send}. */
export function Mutations(register: string, mutations: readonly DeclaredMutation[], Command: CommandClass) {
  return (resolver: abstract new (...args: never[]) => Sends): void => {
    const prototype = resolver.prototype as Sends & Record<string, unknown>;
    for (const mutation of mutations) {
      const { name } = mutation;
      const value = function (this: Sends, input: Input, context: RequestContext): Promise<Written> {
        return send(this, register, mutation, Command, input, context);
      };
      addMutation(prototype, name, value);
    }
  };
}

/** Gives a resolver class one mutation. */
export function addMutation<This extends object>(
  prototype: This,
  name: string,
  value: (this: This, input: Input, context: RequestContext) => Promise<Written>,
): void {
  const property = { value, writable: true, configurable: true, enumerable: false };
  Object.defineProperty(prototype, name, property);
  Reflect.defineMetadata('design:paramtypes', [Object, Object], prototype, name);
  Mutation(name)(prototype, name, property);
  Args('input')(prototype, name, 0);
  Context()(prototype, name, 1);
}
