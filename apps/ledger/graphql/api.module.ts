import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { ActionMutations, ActionsCommandHandler } from './actions/action-mutations.ts';
import { ActionPayloadResolver, ActionResolver } from './actions/action.resolver.ts';
import { DirectoryCommandHandler, DirectoryMutations } from './directory/directory-mutations.ts';
import { DIRECTORY_RESOLVERS } from './directory/directory.resolver.ts';
import type { NoteFault } from './errors.ts';
import type { Gate } from './gate/gate.ts';
import { HISTORY_RESOLVERS } from './ledger/history.resolver.ts';
import { LEDGER_RESOLVERS } from './ledger/ledger.resolver.ts';
import { RecordMutations } from './ledger/record-mutations.resolver.ts';
import { MeetingMutations, MeetingsCommandHandler } from './meetings/meeting-mutations.ts';
import { MEETING_RESOLVERS } from './meetings/meeting.resolver.ts';
import { mercuriusBehind } from './mercurius.ts';

/** The API. */
@Module({})
export class ApiModule {
  static behind(gate: Gate, noteFault: NoteFault): DynamicModule {
    return {
      module: ApiModule,
      imports: [GraphQLModule.forRoot<MercuriusDriverConfig>(mercuriusBehind(gate, noteFault))],
      providers: [
        ...LEDGER_RESOLVERS,
        ...HISTORY_RESOLVERS,
        ActionResolver,
        ActionPayloadResolver,
        ...MEETING_RESOLVERS,
        ...DIRECTORY_RESOLVERS,
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
