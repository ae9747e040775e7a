import type { Type } from '@nestjs/common';
import {
  ActionMutations,
  ActionsCommand,
  ActionsCommandHandler,
  ACTION_MUTATIONS,
} from './actions/action-mutations.ts';
import { ACTION_FIELDS } from './actions/action.fields.ts';
import type { CommandClass } from './commands/mutations.ts';
import type { MutationTable } from './commands/submission.ts';
import {
  DirectoryCommand,
  DirectoryCommandHandler,
  DirectoryMutations,
  DIRECTORY_MUTATIONS,
} from './directory/directory-mutations.ts';
import { DIRECTORY_FIELDS } from './directory/directory.fields.ts';
import type { Fields } from './ledger/value.ts';
import {
  MeetingMutations,
  MeetingsCommand,
  MeetingsCommandHandler,
  MEETING_MUTATIONS,
} from './meetings/meeting-mutations.ts';
import { MEETING_FIELDS } from './meetings/meeting.fields.ts';

/** What the API has of one register. */
export interface RegisterApi {
  /** Fields of its types that must ask something. */
  readonly fields: { readonly [type: string]: Fields<never> };
  readonly mutations: MutationTable;
  /** Its command on Nest's bus. */
  readonly Command: CommandClass;
  /** What Nest makes for it: the resolver of its mutations, and the handler of its command. */
  readonly providers: readonly Type[];
}

/** The registers of the API, by name. A new register is added here, and nowhere else in the set-up of the server. */
export const REGISTER_APIS: Readonly<Record<string, RegisterApi>> = {
  actions: {
    fields: ACTION_FIELDS,
    mutations: ACTION_MUTATIONS,
    Command: ActionsCommand,
    providers: [ActionMutations, ActionsCommandHandler],
  },
  meetings: {
    fields: MEETING_FIELDS,
    mutations: MEETING_MUTATIONS,
    Command: MeetingsCommand,
    providers: [MeetingMutations, MeetingsCommandHandler],
  },
  directory: {
    fields: DIRECTORY_FIELDS,
    mutations: DIRECTORY_MUTATIONS,
    Command: DirectoryCommand,
    providers: [DirectoryMutations, DirectoryCommandHandler],
  },
};
