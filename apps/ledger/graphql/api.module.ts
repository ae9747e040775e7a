import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { AnswersFilter } from './answers.filter.ts';
import type { NoteFault } from './errors.ts';
import type { Gate } from './gate/gate.ts';
import { ComparisonResolver } from './ledger/comparison.resolver.ts';
import { LedgerResolver } from './ledger/ledger.resolver.ts';
import { RecordMutations } from './ledger/record-mutations.resolver.ts';
import { mercuriusBehind } from './mercurius.ts';
import { REGISTER_APIS } from './registers.ts';

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
        ComparisonResolver,
        RecordMutations,
        ...Object.values(REGISTER_APIS).flatMap(({ providers }) => providers),
      ],
    };
  }
}
