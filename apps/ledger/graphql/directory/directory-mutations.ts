import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Resolver } from '@nestjs/graphql';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { CommandInput, Ref, Words } from '../commands/command-input.ts';
import { Mutations } from '../commands/mutations.ts';
import { recordMutations } from '../commands/record-mutations.ts';
import { RegisterCommand, RegisterCommandHandler } from '../commands/register-command.ts';
import type { MutationTable } from '../commands/submission.ts';

/** Fields of the inputs about bodies, posts and people. Each input has some of them: the schema says which. */
export class DirectoryInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Ref() readonly post?: string;
  @Ref() readonly person?: string;
  @Ref() readonly body?: string;
  @Words() readonly name?: string;
  @Words() readonly contact?: string;
}

export const DIRECTORY_MUTATIONS: MutationTable = {
  addBody: { command: 'AddBody', input: DirectoryInput, renamed: { ref: 'as' } },
  addPost: { command: 'AddPost', input: DirectoryInput, renamed: { ref: 'as' } },
  addPerson: { command: 'AddPerson', input: DirectoryInput },
  appointHolder: { command: 'AppointHolder', input: DirectoryInput, renamed: { post: 'ref' } },
  ...recordMutations('Body'),
  ...recordMutations('Post'),
};

export class DirectoryCommand extends RegisterCommand {}

@CommandHandler(DirectoryCommand)
export class DirectoryCommandHandler extends RegisterCommandHandler implements ICommandHandler<DirectoryCommand> {
  constructor(@Inject(LEDGER) ledger: Ledger) {
    super(ledger);
  }
}

@Resolver()
@Mutations('directory', DIRECTORY_MUTATIONS, DirectoryCommand)
export class DirectoryMutations {
  readonly bus: CommandBus;
  readonly ledger: Ledger;
  constructor(bus: CommandBus, @Inject(LEDGER) ledger: Ledger) {
    this.bus = bus;
    this.ledger = ledger;
  }
}
