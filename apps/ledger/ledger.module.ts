import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DemoTokenController } from './access/demo-token.controller.ts';
import type { DemoTokens } from './access/demo-tokens.ts';
import type { Door } from './access/door.ts';
import type { Identities } from './access/identity.ts';
import type { OfficeSignIn } from './access/office-sign-in.ts';
import { ApiModule } from './graphql/api.module.ts';
import type { Gate } from './graphql/gate/gate.ts';
import type { NoteFault } from './graphql/errors.ts';
import { HealthController } from './health/health.controller.ts';
import {
  DEMO_TOKENS,
  DOOR,
  IDENTITIES,
  LEDGER,
  NOTE_SIGN_IN,
  OFFICE_SIGN_IN,
  POSTS_AND_PEOPLE,
  PUBLIC_URL,
} from './injected.ts';
import type { Ledger } from './ledger.ts';
import type { NoteSignIn } from './log.ts';
import type { SignInOffered } from './pages/frame/frame.ts';
import { PagesModule } from './pages/pages.module.ts';

/** What was made before Nest: see `start-ledger.ts`. */
export interface Parts {
  readonly ledger: Ledger;
  readonly identities: Identities;
  /** Set for the demo sign-in alone: without them there is no route that gives out tokens. */
  readonly demoTokens: DemoTokens | null;
  /** Set where people sign in by the identity provider of their office. */
  readonly officeSignIn: OfficeSignIn | null;
  readonly door: Door;
  readonly publicUrl: string | null;
  readonly gate: Gate;
  readonly noteFault: NoteFault;
  readonly noteSignIn: NoteSignIn;
}

/** The server, put together: the ledger below, and the doors to it. Every door reads and writes through {@link LEDGER} alone. */
@Module({})
export class LedgerModule {
  static of(parts: Parts): DynamicModule {
    const provided: Provider[] = [
      { provide: LEDGER, useValue: parts.ledger },
      { provide: POSTS_AND_PEOPLE, useValue: parts.ledger },
      { provide: IDENTITIES, useValue: parts.identities },
      { provide: DEMO_TOKENS, useValue: parts.demoTokens },
      { provide: DOOR, useValue: parts.door },
      { provide: OFFICE_SIGN_IN, useValue: parts.officeSignIn },
      { provide: NOTE_SIGN_IN, useValue: parts.noteSignIn },
      { provide: PUBLIC_URL, useValue: parts.publicUrl },
    ];
    return {
      module: LedgerModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        ApiModule.behind(parts.gate, parts.noteFault),
        PagesModule.of({ signIn: signInOf(parts), noteFault: parts.noteFault }),
      ],
      controllers: [HealthController, ...(parts.demoTokens === null ? [] : [DemoTokenController])],
      providers: provided,
      exports: provided,
    };
  }
}

function signInOf({ demoTokens, officeSignIn }: Parts): SignInOffered {
  if (demoTokens !== null) return 'demo';
  return officeSignIn === null ? null : 'office';
}
