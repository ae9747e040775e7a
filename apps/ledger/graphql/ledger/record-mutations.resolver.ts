import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { MUTATIONS } from '../../../../libs/registers/index.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { send, type RequestContext, type Written } from '../commands/mutations.ts';
import type { Input } from '../commands/submission.ts';
import { AnswerError } from '../errors.ts';
import { REGISTER_APIS } from '../registers.ts';

/** The one mutation that takes a record of any register: its reference says of which. */
@Resolver()
export class RecordMutations {
  readonly bus: CommandBus;
  readonly ledger: Ledger;
  constructor(bus: CommandBus, @Inject(LEDGER) ledger: Ledger) {
    this.bus = bus;
    this.ledger = ledger;
  }

  @Mutation('recordOtherwiseStated')
  async recordOtherwiseStated(
    @Args('input') input: Input,
    @Context() context: RequestContext,
  ): Promise<Written & { record: string }> {
    const record = String(input['record']);
    const register = this.ledger.registers.find((one) => one.seriesOf(record) !== null)?.name ?? '';
    const api = REGISTER_APIS[register];
    if (api === undefined) throw new AnswerError('NOT_FOUND', 'There is no such record.', { field: 'record' });
    const written = await send(this, register, MUTATIONS['recordOtherwiseStated']!, api.Command, input, context);
    return { ...written, record: written.accepted.ref };
  }
}
