import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Resolver } from '@nestjs/graphql';
import { MUTATIONS, type DeclaredMutation } from '../../../../libs/registers/index.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { addMutation, send, type RequestContext, type Written } from '../commands/mutations.ts';
import type { Input } from '../commands/submission.ts';
import { AnswerError } from '../errors.ts';
import { REGISTER_APIS } from '../registers.ts';

/** The mutations that take a record of any register: its reference says of which. */
@Resolver()
export class RecordMutations {
  readonly bus: CommandBus;
  readonly ledger: Ledger;
  constructor(bus: CommandBus, @Inject(LEDGER) ledger: Ledger) {
    this.bus = bus;
    this.ledger = ledger;
  }
}

for (const mutation of Object.values(MUTATIONS).filter(({ kind }) => kind === null))
  addMutation(RecordMutations.prototype, mutation.name, function (this: RecordMutations, input, context) {
    return sendToAny(this, mutation, input, context);
  });

async function sendToAny(
  resolver: RecordMutations,
  mutation: DeclaredMutation,
  input: Input,
  context: RequestContext,
): Promise<Written & { readonly record: string }> {
  const record = String(input['record']);
  const register = resolver.ledger.registers.find((one) => one.seriesOf(record) !== null)?.name ?? '';
  const api = REGISTER_APIS[register];
  if (api === undefined) throw new AnswerError('NOT_FOUND', 'There is no such record.', { field: 'record' });
  const written = await send(resolver, register, mutation, api.Command, input, context);
  return { ...written, record: written.accepted.ref };
}
