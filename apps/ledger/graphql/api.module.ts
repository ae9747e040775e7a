import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { ActionMutations, ActionsCommandHandler } from './actions/action-mutations.ts';
import { DirectoryCommandHandler, DirectoryMutations } from './directory/directory-mutations.ts';
import { AnswersFilter } from './answers.filter.ts';
import type { NoteFault } from './errors.ts';
import type { Gate } from './gate/gate.ts';
import { LedgerResolver } from './ledger/ledger.resolver.ts';
import { RecordMutations } from './ledger/record-mutations.resolver.ts';
import { MeetingMutations, MeetingsCommandHandler } from './meetings/meeting-mutations.ts';
import { mercuriusBehind } from './mercurius.ts';

/** The API. */
@Module({})
export class ApiModule {
  static behind(gate: Gate, noteFault: NoteFault): DynamicModule {
    return {
      module: ApiModule,
      imports: [GraphQLModule.forRoot<MercuriusDriverConfig>(mercuriusBehind(gate, noteFault))],
      providers: [
        { provide: APP_FILTER, useClass: AnswersFilter },
        LedgerResolver,
        ActionMutations,
        ActionsCommandHandler,
        MeetingMutations,
        MeetingsCommandHandler,
        DirectoryMutations,
        DirectoryCommandHandler,
        RecordMutations,
      ],
    };
  }
}
