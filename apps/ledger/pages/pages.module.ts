import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NoteFault } from '../graphql/errors.ts';
import { projectRoot } from '../graphql/schema-files.ts';
import { LEDGER, SIGN_IN } from '../injected.ts';
import type { Ledger } from '../ledger.ts';
import { openAssets } from './assets/assets.ts';
import { AssetsController } from './assets/assets.controller.ts';
import { AtMeetingController } from './at-meeting/at-meeting.controller.ts';
import { CommandsController } from './commands/commands.controller.ts';
import { SeveralController } from './commands/several/several.controller.ts';
import { ComparingController } from './comparing/comparing.controller.ts';
import { FormsGuard } from './frame/forms.guard.ts';
import { ASSETS, GLOSSARY, KEPT_FORMS, NOTE_FAULT, RENDER } from './frame/injected.ts';
import type { SignInOffered } from './frame/frame.ts';
import { KeptForms } from './frame/kept-forms.ts';
import { ListController } from './frame/list/list.controller.ts';
import { RecordController } from './frame/record/record.controller.ts';
import { openTemplates } from './frame/templates.ts';
import { UnknownPageController } from './frame/unknown-page.controller.ts';
import { Visits } from './frame/visits.ts';
import { HelpController } from './help/help.controller.ts';
import { readGlossary, type Glossary } from './help/read-glossary.ts';
import { HomeController } from './home/home.controller.ts';
import { LateEntriesController } from './late-entries/late-entries.controller.ts';
import { PanelRisksController } from './panel-risks/panel-risks.controller.ts';
import { PromisesController } from './promises/promises.controller.ts';
import { QuestionedController } from './questioned/questioned.controller.ts';
import { SlippageController } from './slippage/slippage.controller.ts';
import { ReplayController } from './replay/replay.controller.ts';
import { KeptController } from './sign-in/kept.controller.ts';
import { OfficeSignInController } from './sign-in/office-sign-in.controller.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';

/** Pages for people. A new page adds its controller to this list. */
const PAGES = [
  HomeController,
  AtMeetingController,
  ListController,
  ComparingController,
  RecordController,
  ReplayController,
  PromisesController,
  QuestionedController,
  SlippageController,
  LateEntriesController,
  PanelRisksController,
  SeveralController,
  CommandsController,
  HelpController,
];

@Module({})
export class PagesModule {
  static of({ signIn, noteFault }: { readonly signIn: SignInOffered; readonly noteFault: NoteFault }): DynamicModule {
    return {
      module: PagesModule,
      controllers: [AssetsController, ...PAGES, ...signInPages(signIn), UnknownPageController],
      providers: [
        Visits,
        { provide: APP_GUARD, useClass: FormsGuard },
        { provide: ASSETS, useFactory: () => openAssets() },
        { provide: GLOSSARY, useFactory: () => readGlossary(projectRoot()) },
        { provide: RENDER, useFactory: ({ acronyms }: Glossary) => openTemplates(acronyms), inject: [GLOSSARY] },
        { provide: SIGN_IN, useValue: signIn },
        {
          provide: KEPT_FORMS,
          useFactory: (ledger: Ledger) => new KeptForms(ledger.secret('kept forms')),
          inject: [LEDGER],
        },
        { provide: NOTE_FAULT, useValue: noteFault },
      ],
    };
  }
}

function signInPages(signIn: SignInOffered) {
  if (signIn === null) return [];
  return [KeptController, signIn === 'demo' ? SignInController : OfficeSignInController];
}
