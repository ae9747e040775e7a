import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Resolver } from '@nestjs/graphql';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { CommandInput, DueInput, Part, Ref, Words } from '../commands/command-input.ts';
import { Mutations } from '../commands/mutations.ts';
import { recordMutations } from '../commands/record-mutations.ts';
import { RegisterCommand, RegisterCommandHandler } from '../commands/register-command.ts';
import type { MutationTable } from '../commands/submission.ts';

/** Fields of the inputs about meetings. Each input has some of them: the schema says which. */
export class MeetingInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Ref() readonly body?: string;
  @Ref() readonly owner?: string;
  @Words() readonly item?: string;
  @Words() readonly title?: string;
  @Words() readonly text?: string;
  @Part(() => DueInput) readonly due?: DueInput;
}

/** `dated` in every input is when the fact took effect; the span of the meeting itself is `span`. */
const SPAN = { span: 'dated' };

export const MEETING_MUTATIONS: MutationTable = {
  scheduleMeeting: { command: 'ScheduleMeeting', input: MeetingInput, renamed: SPAN, hasSession: true },
  holdMeeting: { command: 'HoldMeeting', input: MeetingInput },
  cancelMeeting: { command: 'CancelMeeting', input: MeetingInput },
  postponeMeeting: { command: 'PostponeMeeting', input: MeetingInput, renamed: SPAN },
  minuteItem: { command: 'MinuteItem', input: MeetingInput, hasSession: true },
  ...recordMutations('Meeting'),
};

export class MeetingsCommand extends RegisterCommand {}

@CommandHandler(MeetingsCommand)
export class MeetingsCommandHandler extends RegisterCommandHandler implements ICommandHandler<MeetingsCommand> {
  constructor(@Inject(LEDGER) ledger: Ledger) {
    super(ledger);
  }
}

@Resolver()
@Mutations('meetings', MEETING_MUTATIONS, MeetingsCommand)
export class MeetingMutations {
  readonly bus: CommandBus;
  readonly ledger: Ledger;
  constructor(bus: CommandBus, @Inject(LEDGER) ledger: Ledger) {
    this.bus = bus;
    this.ledger = ledger;
  }
}
