import { Inject, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import { Resolver } from '@nestjs/graphql';
import { MUTATIONS } from '../../../../libs/registers/index.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { Mutations, type CommandClass } from './mutations.ts';
import { RegisterCommand, RegisterCommandHandler } from './register-command.ts';

/** The door of the API to one register. */
export interface RegisterDoor {
  /** Its command on Nest's bus. */
  readonly Command: CommandClass;
  /** What Nest makes for it: the resolver of its mutations, and the handler of its command. */
  readonly providers: readonly Type[];
}

/** One Nest command, one handler and one resolver for a register, made from its commands: they differ in nothing else. */
export function registerDoor(register: string): RegisterDoor {
  const mutations = Object.values(MUTATIONS).filter((mutation) => mutation.register === register);

  class Command extends RegisterCommand {}

  @CommandHandler(Command)
  class Handler extends RegisterCommandHandler {
    constructor(@Inject(LEDGER) ledger: Ledger) {
      super(ledger);
    }
  }

  @Resolver()
  @Mutations(register, mutations, Command)
  class MutationResolver {
    readonly bus: CommandBus;
    readonly ledger: Ledger;
    constructor(@Inject(CommandBus) bus: CommandBus, @Inject(LEDGER) ledger: Ledger) {
      this.bus = bus;
      this.ledger = ledger;
    }
  }

  return { Command, providers: [Handler, MutationResolver] };
}
